"""Japanese: "Xによると、...", "Xは...と述べた", "...とXは報じた", "Xが伝えた"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.model import Span
from pledger.reading.attribution.scripts import EDGES, QUOTES, made, origin, pattern, trimmed, words
from pledger.reading.found import FoundAttribution

__all__ = ["japanese"]

_DATE = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?:の[^、。]{1,10}で|午前|午後|夜|朝|付)?、|(?:同日|同日の会見で)、")
_VIA = re.compile(r"(?P<via>[^、。「」]{2,30}?)が(?:配信|転載|掲載|紹介|再掲)した(?=[^、。]{2,})")
_MATERIAL = re.compile(
    r"(?P<source>[^、。「」がはと]{2,24})の(?:資料|発表|報道|記事|情報|話|談話)(?:をもとに|を基に|として|を引用して|を引用し、)"
)


def japanese(text: str, span: Span, before: Span | None) -> Iterator[FoundAttribution]:
    """The attribution of one sentence, with whom it relays."""
    lead = pattern("ja", "leading").search(text, span.start, span.end)
    said = None
    for said in pattern("ja", "said").finditer(text, span.start, span.end):  # noqa: B007 (the last one is meant)
        pass
    end = said.start() if said else span.end
    if lead is not None and lead.start() > span.start:
        start = max(text.rfind("、", span.start, lead.start()), text.rfind("，", span.start, lead.start())) + 1
        stop = lead.end() - 2 if lead.group() in ("の報道では", "報道では") else lead.start()
        source = trimmed(text, max(start, span.start), stop)
        content = trimmed(text, lead.end(), span.end if said is None else end)
        if source and content and source.end - source.start <= 80:
            yield from _through(text, source, Span(stop, lead.end()), content)
            return
    last = _behind().search(text, span.start, span.end)
    if last is not None and (said is None or said.start() < last.start()):
        source = trimmed(text, *last.span("source"))
        content = trimmed(text, span.start, last.start())
        if source and content:
            yield made(text, "ja", source, Span(*last.span("verb")), [content])
            yield from _material(text, content, source)
            return
    if said is None:
        bare = _bare().fullmatch(text, span.start, span.end)
        if bare is not None and before is not None:
            source = trimmed(text, *bare.span("source"))
            content = trimmed(text, before.start, before.end)
            if source and content:
                yield made(text, "ja", source, Span(*bare.span("verb")), [content])
                yield from _material(text, Span(bare.end("source"), span.end), source)
                return
        yield from _intended(text, span)
        return
    source, at = _topic(text, span.start, end)
    date = _DATE.match(text, at, end)
    at = date.end() if date else at
    quotes = list(QUOTES.finditer(text, at, end))
    start = quotes[0].start() if quotes and not text[at : quotes[0].start()].strip(EDGES) else at
    content = trimmed(text, start, end)
    if content is not None:
        yield made(text, "ja", source, Span(said.start(), said.end()), [content])


@cache
def _behind() -> re.Pattern[str]:
    """The source and its verb behind the content: "...と、Xが報じた"."""
    verbs = "|".join(
        sorted(
            (word[1:] for word in words("ja", "said") if word not in ("とした", "としている")), key=len, reverse=True
        )
    )
    # "とした" is too short to stand behind a source.
    return re.compile(
        rf"と、?(?P<source>[^、。「」と]{{2,40}}?)[はが](?:[^、。「」]{{1,12}}に)?(?P<verb>{verbs})(?=。?$|。|$)"
    )


@cache
def _bare() -> re.Pattern[str]:
    """A sentence that says only who told the one before: "Xが伝えた。"."""
    verbs = "|".join(sorted((word[1:] for word in words("ja", "relaying")), key=len, reverse=True))
    return re.compile(
        rf"(?P<source>[^、。「」はが]{{2,40}})[がは](?:[^、。「」]{{1,30}}?(?:として|もとに|基に|で))?(?P<verb>{verbs})。?"
    )


def _through(text: str, source: Span, cue: Span, content: Span) -> Iterator[FoundAttribution]:
    """A leading source, parted from who passes it on: "Xが配信したYの記事によると"."""
    via = _VIA.match(text, source.start, source.end)
    outer = trimmed(text, *via.span("via")) if via else None
    told = trimmed(text, via.end(), source.end) if via else source
    one = made(text, "ja", told, cue, [content], "says" if via is None else "relays")
    yield FoundAttribution(one.source, one.cue, one.content, one.contents, one.anonymous, one.kind, outer)


def _material(text: str, span: Span, via: Span) -> Iterator[FoundAttribution]:
    """Whose papers a report builds on: "Yの資料をもとに"."""
    found = _MATERIAL.search(text, span.start, span.end)
    if found is not None:
        one = origin(text, "ja", trimmed(text, *found.span("source")), Span(found.end("source"), found.end()), via)
        if one is not None:
            yield one


def _topic(text: str, start: int, end: int) -> tuple[Span | None, int]:
    """The subject with its particle at the head of the sentence, and where the words behind it begin."""
    stop = next((m.start() for m in QUOTES.finditer(text, start, end)), end)
    for k in range(start + 1, min(stop, start + 60)):
        topic = text[k] in words("ja", "subjects") and text[k + 1 : k + 2] not in ("、", "")
        if topic or text[k : k + 2] == "は、":
            comma = max(text.rfind("、", start, k), text.rfind("，", start, k))
            return trimmed(text, comma + 1 if comma >= 0 else start, k), k + 1
    return None, start


def _intended(text: str, span: Span) -> Iterator[FoundAttribution]:
    cue = pattern("ja", "intends").search(text, span.start, span.end)
    if cue is None:
        return
    source, at = _topic(text, span.start, cue.start())
    content = trimmed(text, at, cue.start())
    if source is not None and content is not None:
        yield made(text, "ja", source, Span(cue.start(), cue.end()), [content], "intends")
