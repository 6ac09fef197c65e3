"""German: "Laut X ...", "X zufolge", "X sagte, ...", "..., sagte X", "wie X meldete", "das geht aus X hervor"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.model import Span
from pledger.reading.attribution.scripts import made, origin, pattern, trimmed, words
from pledger.reading.found import FoundAttribution

__all__ = ["german"]

_VERB = re.compile(
    r"(?:,|\b(?:ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|hatten|soll|sollen|will|wollen|kann|können|"
    r"könnte|könnten|dürfte|dürften|muss|müssen|plant|planen|steht|stehen|gibt|liegt|beträgt|prüft|erwägt|fließen|"
    r"kostet|kosten|entsteht|entstehen|geht|gehen|zahlt|zahlen|baut|bauen)\b)"
)
_ADJUNCT = re.compile(
    r"[,.;:]|\b(?:am|im|in einem|in einer|gegenüber|unter Berufung auf|mit Verweis auf|zuvor|zuerst|bereits)\s"
)
_CITES = re.compile(r"\b(?P<cue>unter Berufung auf|mit Verweis auf|mit Bezug auf)\s(?P<source>[^,.;]{2,60})")
# A noun phrase behind a preposition: articles, adjectives, nouns, and genitives or "von" behind them.
_NOUN = re.compile(
    r"(?:(?:der|die|das|dem|den|des|ein|eine|einem|einer|eines|zwei|drei|mehreren|mehrerer|ihrem|seinem)\s)?"
    r"(?:[a-zäöüß]{3,24}(?:en|er|em|e|es)\s){0,2}[A-ZÄÖÜ][\w.&’'-]{0,40}"
    r"(?:(?:\s(?:der|des|von|vom|aus|für|und|beim?)(?:\s(?:dem|der|den))?)?\s[A-ZÄÖÜ][\w.&’'-]{0,40}){0,5}"
)
_HERVOR = re.compile(r"\b(?P<cue>(?:geht|ging|gehen)\saus)\s(?P<source>[^;,.]{3,90}?)\s(?P<end>hervor)\b")
_SHOWN = re.compile(
    r"So\s(?P<cue>(?:stellt|stellte|sieht|sah|beschreibt|beschrieb|schildert|schilderte|formuliert|heißt|hieß|steht)\ses)\s"
    r"(?:in\s)?(?P<source>[^;,]{3,120}?)(?:\s(?:dar|voraus))?[.!]?"
)
_FIGURE = re.compile(
    r"(?P<source>(?:[A-ZÄÖÜ]\w{1,20}\s){0,3}[A-ZÄÖÜ][\w.&-]{1,30})\s(?P<cue>kam|kommt|kamen|kommen)\s"
    r"(?:[^,.;]{0,60}?\s)?(?=auf\s(?:[\w]{3,12}\s){0,2}\d)"
)
_NAMES = re.compile(
    r"(?P<source>[A-ZÄÖÜ][\w.&-]{1,30}(?:\s[A-ZÄÖÜ][\w.&-]{1,30}){0,3})\s(?P<cue>nennt|nannte|beziffert|bezifferte|schätzt|schätzte)\s"
)


def german(text: str, span: Span, before: Span | None) -> Iterator[FoundAttribution]:
    """The attribution of one sentence, with whom it relays."""
    low, high = span.start, span.end
    lead = pattern("de", "leading", r"\b", r"\s").match(text, low, high)
    if lead is not None and lead.group().strip().lower() != "wie":
        found = _VERB.search(text, lead.end(), min(high, lead.end() + 90))
        noun = _NOUN.match(text, lead.end(), high)
        verb = found.start() if found else noun.end() if noun else lead.end()
        source, content = trimmed(text, lead.end(), verb), trimmed(text, verb, high)
        if source and content:
            yield made(text, "de", source, Span(lead.start(), lead.end() - 1), [content], "says")
            return
    before = trimmed(text, before.start, before.end) if before else None
    for reader in (_according, _hervor, _shown, _reported_as):
        one = reader(text, span, before)
        if one is not None:
            yield one
            if reader is _hervor:
                yield from _named(text, Span(one.cue.end if one.cue else low, high))
            return
    yield from _said(text, span)


def _according(text: str, span: Span, _: Span | None) -> FoundAttribution | None:
    """ "..., X zufolge" and "laut X" within the sentence."""
    after = re.compile(r"\bzufolge\b").search(text, span.start, span.end)
    if after is not None:
        first = max(text.rfind(mark, span.start, after.start()) for mark in (",", "(")) + 1 or span.start
        source = trimmed(text, max(first, span.start), after.start())
        cue = Span(after.start(), after.end())
        parts = [(span.start, max(span.start, first - 1)), (after.end(), span.end)]
    else:
        lead = re.compile(r"\b(?:laut|gemäß)\s|\bnach\sAngaben\s(?:von\s)?").search(text, span.start, span.end)
        noun = _NOUN.match(text, lead.end(), span.end) if lead else None
        if lead is None or noun is None:
            return None
        source, cue = trimmed(text, *noun.span()), Span(lead.start(), lead.end() - 1)
        parts = [(span.start, lead.start()), (noun.end(), span.end)]
    contents = [part for part in (trimmed(text, *pair) for pair in parts) if part]
    return made(text, "de", source, cue, contents, "says") if source and contents else None


def _hervor(text: str, span: Span, before: Span | None) -> FoundAttribution | None:
    """ "Das geht aus X hervor" credits the sentence before; "Wie aus X hervorgeht" its own."""
    found = _HERVOR.search(text, span.start, span.end)
    if found is None:
        return None
    own = trimmed(text, span.start, found.start())
    told = before if own is not None and own.end - own.start < 5 else own
    source = trimmed(text, *found.span("source"))
    return made(text, "de", source, Span(*found.span("cue")), [told]) if told and source else None


def _shown(text: str, span: Span, before: Span | None) -> FoundAttribution | None:
    """ "So stellt es X dar" credits the sentence before."""
    found = _SHOWN.fullmatch(text, span.start, span.end)
    source = trimmed(text, *found.span("source")) if found else None
    return made(text, "de", source, Span(*found.span("cue")), [before]) if found and source and before else None


def _reported_as(text: str, span: Span, _: Span | None) -> FoundAttribution | None:
    """ "..., wie X am Dienstag meldete"."""
    found = _wie().search(text, span.start, span.end)
    if found is None:
        return None
    source = trimmed(text, *found.span("source"))
    parts = [trimmed(text, span.start, found.start()), trimmed(text, found.end(), span.end)]
    contents = [part for part in parts if part]
    return made(text, "de", source, Span(*found.span("cue")), contents) if source and contents else None


@cache
def _wie() -> re.Pattern[str]:
    verbs = "|".join(sorted((*words("de", "said"), *words("de", "told")), key=len, reverse=True))
    return re.compile(
        rf"\b[Ww]ie\s(?P<source>(?:aus\s)?[^,.;:]{{2,60}}?)(?:\s(?:am|im|in|unter|zuvor|bereits|zuerst|gestern|heute)\b[^,;:]{{0,40}}?)?"
        rf"\s(?P<cue>{verbs})(?=[,.]|$)"
    )


def _named(text: str, span: Span) -> Iterator[FoundAttribution]:
    """ "X nennt diese Zahlen" in a further clause."""
    found = _NAMES.search(text, span.start, span.end)
    content = trimmed(text, found.end(), span.end) if found else None
    source = trimmed(text, *found.span("source")) if found else None
    if found and content and source:
        yield made(text, "de", source, Span(*found.span("cue")), [content])


def _said(text: str, span: Span) -> Iterator[FoundAttribution]:
    """Verbs of saying, before and behind what is said; amounts to which somebody comes."""
    said = pattern("de", "said", r"\b", r"\b").search(text, span.start, span.end)
    if said is None:
        figure = _FIGURE.search(text, span.start, span.end)
        content = trimmed(text, figure.end(), span.end) if figure else None
        if figure and content:
            source = trimmed(text, *figure.span("source"))
            yield made(text, "de", source, Span(*figure.span("cue")), [content])
        else:
            yield from _named(text, span)
        return
    cue = Span(said.start(), said.end())
    cites = _CITES.search(text, said.end(), span.end)
    if text[span.start : said.start()].rstrip().endswith((",", "“", "”", '"', "«")):
        stop = _ADJUNCT.search(text, said.end(), span.end)
        source = trimmed(text, said.end(), stop.start() if stop else span.end)
        content = trimmed(text, span.start, said.start())
    else:
        mark = re.compile(r"[:,„\"]").search(text, said.end(), span.end)
        start = text.rfind(",", span.start, said.start()) + 1 or span.start
        source = trimmed(text, max(start, span.start), said.start())
        content = trimmed(text, mark.end() if mark.group() in ":," else mark.start(), span.end) if mark else None
    if source is None or content is None:
        return
    yield made(text, "de", source, cue, [content])
    if cites is not None:
        one = origin(text, "de", trimmed(text, *cites.span("source")), Span(*cites.span("cue")), source)
        if one is not None:
            yield one
