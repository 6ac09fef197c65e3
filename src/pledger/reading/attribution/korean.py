"""Korean: "X에 따르면 ...", "X는 ...고 밝혔다", "X는 Y를 인용해 ...고 보도했다"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pledger.model import Span
from pledger.reading.attribution.scripts import EDGES, QUOTES, made, origin, pattern, trimmed
from pledger.reading.found import FoundAttribution

__all__ = ["korean"]

_SUBJECT = re.compile(r"[\w)\]](?:은|는|이|가|도)(?=\s)")
_DATE = re.compile(r"\s{0,2}(?:지난\s)?(?:\d{1,2}월\s)?\d{1,2}일(?:\([^()]{1,12}\))?\s(?!까지)")
_CITED = re.compile(r"(?P<source>[^,.\n]{2,40}?)[을를]\s(?:인용해|인용하며|인용,)\s")
_OPENER = re.compile(r"(?:한편|앞서|이날|또|다만|반면|그러나)\s")
_VIA = re.compile(r"(?P<via>[^,.\n]{2,30}?)[이가]\s(?:[^,.\n]{0,16}\s)?(?:옮겨\s실은|전재한|게재한|소개한|공유한)\s")


def korean(text: str, span: Span, before: Span | None) -> Iterator[FoundAttribution]:
    """The attribution of one sentence, with whom it relays."""
    del before
    opener = _OPENER.match(text, span.start, span.end)
    at = opener.end() if opener else span.start
    lead = pattern("ko", "leading").search(text, at, span.end)
    said = None
    for said in pattern("ko", "said").finditer(text, at, span.end):  # noqa: B007 (the last one is meant)
        pass
    end = said.start() if said else span.end
    if lead is not None and lead.start() > at:
        via = _VIA.match(text, at, lead.start())
        source = trimmed(text, via.end() if via else at, lead.start() + _kept(lead.group()))
        content = trimmed(text, lead.end(), span.end if said is None else end)
        if source and content and source.end - source.start <= 80:
            one = made(text, "ko", source, Span(source.end, lead.end()), [content], "relays" if via else "says")
            outer = trimmed(text, *via.span("via")) if via else None
            yield FoundAttribution(
                one.source, _cue(text, one), one.content, one.contents, one.anonymous, one.kind, outer
            )
            return
    if said is None:
        return
    source, start = _topic(text, at, end)
    date = _DATE.match(text, start, end)
    start = date.end() if date else start
    cited = _CITED.match(text, start, end)
    if cited is not None:
        start = cited.end()
    quotes = list(QUOTES.finditer(text, start, end))
    if quotes and not text[start : quotes[0].start()].strip(EDGES):
        start = quotes[0].start()
    content = trimmed(text, start, end)
    if content is None:
        return
    yield made(text, "ko", source, Span(said.start(), said.end()), [content])
    if cited is not None:
        one_more = origin(
            text, "ko", trimmed(text, *cited.span("source")), Span(cited.end("source") + 2, cited.end() - 1), source
        )
        if one_more is not None:
            yield one_more


def _kept(lead: str) -> int:
    """How much of the leading words belongs to the source: a report, not only who made it."""
    return 3 if lead.startswith(" 보도") else 0


def _cue(text: str, one: FoundAttribution) -> Span | None:
    return trimmed(text, one.cue.start, one.cue.end) if one.cue else None


def _topic(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """The subject with its particle at the head of the sentence, and where the words behind it begin."""
    stop = next((m.start() for m in QUOTES.finditer(text, start, end)), end)
    found = _SUBJECT.search(text, start, stop)
    if found is None or found.end() - start > 60:
        return None, start
    return trimmed(text, start, found.end() - 1), found.end()
