"""Chinese: "据X报道，...", "X表示，...", "X援引Y报道称，...", "...，X写道"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pledger.model import Span
from pledger.reading.attribution.scripts import made, origin, pattern, trimmed
from pledger.reading.found import FoundAttribution

__all__ = ["chinese"]

_CITES = re.compile(r"援引|引述|引用")
_CITED_END = re.compile(r"(?:的话|的消息|的说法|的报道|消息|报道|報道|的表述)+$")
_NEWS = re.compile(
    r"(?P<source>[^，,。：:]{2,30}?)(?:(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)?(?P<cue>消息|讯|訊|电|電)(?=[，,：:])"
)
_REPORT = re.compile(
    r"(?:的)?(?:最新|独家)?(?:报道|報道|报导|消息)(?:中)?$|(?:在|于)[^，,。]{0,12}(?:报道|聲明|声明|文章)中$"
)


def chinese(text: str, span: Span, before: Span | None) -> Iterator[FoundAttribution]:
    """The attribution of one sentence, with whom it relays."""
    del before
    lead = pattern("zh", "leading").match(text, span.start, span.end)
    if lead is not None:
        mark = next((k for k in range(lead.end(), min(span.end, lead.end() + 60)) if text[k] in "，,：:"), -1)
        if mark > 0:
            verb = pattern("zh", "leading_end", after=r"\s?$").search(text, lead.end(), mark)
            stop = verb.start() if verb else mark
            report = bool(verb) and text[stop - 1] == "的"  # "据日本方面的报道": the report itself
            stop = mark if report else stop
            content = trimmed(text, mark + 1, span.end)
            if content and trimmed(text, lead.end(), stop):
                cue = Span(lead.start(), lead.end())
                if report and (source := trimmed(text, lead.end(), stop)):
                    yield made(text, "zh", source, cue, [content], "relays")
                    return
                yield from _relayed(text, Span(lead.end(), stop), cue, content, "relays" if verb else "says")
                return
    news = _NEWS.match(text, span.start, span.end)
    if news is not None:
        content = trimmed(text, news.end(), span.end)
        source = trimmed(text, *news.span("source"))
        if content and source:
            yield made(text, "zh", source, Span(*news.span("cue")), [content], "relays")
            return
    for said in pattern("zh", "said", after=r"(?=[，,：:\"“「])").finditer(text, span.start, span.end):
        start = max((text.rfind(mark, span.start, said.start()) for mark in "，,；;"), default=-1) + 1
        content = trimmed(text, said.end(), span.end)
        if content and said.start() - max(start, span.start) <= 40:
            found = list(_relayed(text, Span(max(start, span.start), said.start()), Span(*said.span()), content))
            if found:
                yield from found
                return
    last = pattern("zh", "said", after=r"(?=[。.]?$)").search(text, max(span.start, span.end - 12), span.end)
    if last is None:
        return
    start = max((text.rfind(mark, span.start, last.start()) for mark in "，,；;”」"), default=-1) + 1
    content = trimmed(text, span.start, start)
    if content and 0 < last.start() - start <= 40:
        yield from _relayed(text, Span(start, last.start()), Span(*last.span()), content)


def _relayed(text: str, words: Span, cue: Span, content: Span, kind: str = "") -> Iterator[FoundAttribution]:
    """The source in `words`, parted from whom it cites: "路透社援引知情人士的话"."""
    cites = _CITES.search(text, words.start, words.end)
    outer = trimmed(text, words.start, cites.start() if cites else words.end)
    if outer is None:
        return
    if not cites and (report := _REPORT.search(text, outer.start, outer.end)) and report.start() > outer.start + 1:
        outer = trimmed(text, outer.start, report.start()) or outer
    yield made(text, "zh", outer, cue, [content], kind)
    if cites is None:
        return
    stop = words.end
    if ending := _CITED_END.search(text, cites.end(), words.end):
        stop = ending.start()
    inner = origin(text, "zh", trimmed(text, cites.end(), stop), Span(*cites.span()), outer)
    if inner is not None:
        yield inner
