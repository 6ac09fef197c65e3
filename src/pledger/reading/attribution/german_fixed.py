"""Set phrases of German that name a source: "laut X", "X zufolge", "hieß es in X", "so X", "wie X meldete"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.model import Span
from pledger.reading.attribution.german_nouns import forward, is_anonymous, speaks
from pledger.reading.attribution.scripts import Sentence, alternatives, made, trimmed, words
from pledger.reading.found import FoundAttribution

__all__ = ["FIXED", "about", "one_source"]

_HERVOR = re.compile(
    r"\b(?P<cue>(?:geht|ging|gehen|gingen)\s(?:auch\s)?aus)\s(?P<source>[^;,.]{3,90}?)\s(?P<end>hervor)\b"
)
_SHOWN = re.compile(
    r"So\s(?P<cue>(?:stellt|stellte|sieht|sah|beschreibt|beschrieb|schildert|schilderte|formuliert|heißt|hieß|heisst|hiess|steht|stand)\ses)\s"
    r"(?:auch\s)?(?:im\s|in\s|beim\s|bei\s)?(?P<source>[^;,]{3,120}?)(?:\s(?:dar|voraus))?(?:[,.!]|$)"
)
_ZUFOLGE = re.compile(r"\bzufolge\b")
_SO = re.compile(r"(?:^|[,“”»«\"–]\s?|[,“”»«\"]\s)(?P<cue>[Ss]o)\s(?=(?:der\s|die\s|das\s|ein\s|eine\s)?[A-ZÄÖÜ])")


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<cue>{alternatives('de', 'leading')})"
        r"(?P<link>\s(?:von|vom|des|der|eines|einer|aus|zweier|dreier|mehrerer))?\s",
        re.IGNORECASE,
    )


@cache
def _impersonal() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?P<cue>{alternatives('de', 'impersonal')})"
        r"(?:\s(?:dazu|weiter|am\s\w+|zudem|ferner|zuletzt|nur))?(?P<tail>\s(?:in|im|aus|bei|beim|von|vom|seitens)\s(?:der\s|dem\s|den\s)?)?"
    )


@cache
def _wie() -> re.Pattern[str]:
    verbs = "|".join(sorted((*words("de", "said"), *words("de", "told")), key=len, reverse=True))
    return re.compile(
        rf"\b[Ww]ie\s(?P<source>(?:aus\s)?[^,.;:]{{2,60}}?)(?:\s(?:am|im|in|unter|zuvor|bereits|zuerst|gestern|heute|mit)\b[^,;:]{{0,40}}?)?"
        rf"\s(?P<cue>{verbs})(?=[,.]|$)"
    )


def one_source(
    sentence: Sentence,
    own: str,
    name: tuple[int, int],
    cue: tuple[int, int],
    parts: list[tuple[int, int]],
    kind: str = "",
) -> FoundAttribution | None:
    """The attribution to the phrase at `name`, or None where nobody can speak by it; positions in the sentence."""
    text, at = sentence.text, sentence.span.start
    source = trimmed(text, at + name[0], at + name[1])
    if source is None or not speaks(source.of(text)):
        return None
    contents = [part for part in (trimmed(text, at + a, at + b) for a, b in parts) if part is not None]
    return made(
        text,
        "de",
        source,
        Span(at + cue[0], at + cue[1]),
        contents,
        anonymous=is_anonymous(own[name[0] : name[1]]),
        kind=kind,
    )


def _lead(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "Laut X ...", "..., nach Angaben von X ...": at the head or within the sentence."""
    for found in _leading().finditer(own):
        if own[found.start() : found.end()].lower().startswith("angaben") or found["cue"].lower() == "den angaben":
            continue
        name = forward(own, found.end(), len(own))
        genitive = found["cue"].lower().startswith(("nach", "aus"))
        if name is None or (
            genitive
            and found["link"] is None
            and not re.match(r"(?:eine[rs]|de[rs]|[Ii]hrer|seines|[A-ZÄÖÜ])", own[name[0] :])
        ):
            continue
        if found["link"] is not None and found["link"].strip() in (
            "des",
            "der",
            "eines",
            "einer",
            "zweier",
            "dreier",
            "mehrerer",
        ):
            name = (found.start("link") + 1, name[1])
        if found["cue"].lower().endswith(("bericht", "umfrage", "mitteilung")) and found["link"] is None:
            continue
        one = one_source(
            sentence, own, name, (found.start(), found.end("cue")), [(0, found.start()), (name[1], len(own))], "says"
        )
        if one is not None:
            yield one


def _after(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "X zufolge"."""
    found = _ZUFOLGE.search(own)
    if found is None:
        return
    low = max(own.rfind(mark, 0, found.start()) for mark in (",", "(", ";", ":")) + 1
    name = None
    for start in range(low, found.start()):
        if start > low and own[start - 1] != " ":
            continue
        tried = forward(own, start, found.start())
        if tried is not None and own[tried[1] : found.start()].strip() == "":
            name = tried
            break
    if (
        name is None
        and (pronoun := re.search(r"\b(?:Ihm|Ihr|Ihnen|ihm|ihr|ihnen|Dem|Denen)\s$", own[: found.start()]))
        and sentence.last
    ):
        source = sentence.last.source
        content = trimmed(sentence.text, sentence.span.start + found.end(), sentence.span.end)
        if source is not None and content is not None:
            cue = Span(sentence.span.start + pronoun.start(), sentence.span.start + found.end())
            yield made(sentence.text, "de", source, cue, [content], anonymous=sentence.last.anonymous, kind="says")
        return
    if name is not None:
        one = one_source(sentence, own, name, found.span(), [(0, name[0]), (found.end(), len(own))], "says")
        if one is not None:
            yield one


def _reported_as(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "..., wie X am Dienstag meldete"."""
    found = _wie().search(own)
    if found is None:
        return
    start = found.start("source") + (4 if found["source"].startswith("aus ") else 0)
    name = forward(own, start, found.end("source"))
    if name is not None:
        one = one_source(sentence, own, name, found.span("cue"), [(0, found.start()), (found.end(), len(own))])
        if one is not None:
            yield one


def _hervor(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "Das geht aus X hervor" credits the sentence before; "Wie aus X hervorgeht" its own."""
    found = _HERVOR.search(own)
    if found is None:
        return
    short = found.start() < 6
    name = forward(own, found.start("source"), found.end("source"))
    one = one_source(sentence, own, name, found.span("cue"), [] if short else [(0, found.start())]) if name else None
    if one is not None:
        yield about(sentence, one) if short else one


def about(sentence: Sentence, one: FoundAttribution) -> FoundAttribution:
    """The attribution with the sentence before as what is said."""
    told = trimmed(sentence.text, sentence.before.start, sentence.before.end) if sentence.before else None
    return FoundAttribution(one.source, one.cue, told, (told,) if told else (), one.anonymous, one.kind)


def _shown(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "So stellt es X dar", "So steht es in X" credit the sentence before."""
    found = _SHOWN.match(own)
    name = forward(own, found.start("source"), found.end("source")) if found else None
    one = one_source(sentence, own, name, found.span("cue"), []) if found and name else None
    if one is not None:
        yield about(sentence, one)


def _so(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "..., so X"."""
    for found in _SO.finditer(own):
        if found.start("cue") == 0:
            continue
        name = forward(own, found.end(), len(own))
        behind = own[name[1] : name[1] + 8] if name else ""
        if name is not None and re.match(r"[,:.“”»]|\s(?:weiter|am|im|gegen|in)|$", behind):
            one = one_source(
                sentence, own, name, found.span("cue"), [(0, found.start("cue")), (name[1], len(own))], "says"
            )
            if one is not None:
                yield one


def _impersonally(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "..., hieß es in Bern", "Im Ministerium hieß es, ..."."""
    for found in _impersonal().finditer(own):
        name = forward(own, found.end(), len(own)) if found["tail"] else None
        parts = [(0, found.start())]
        if name is None:
            head = re.match(r"(?:[Aa]us|[Ii]n|[Ii]m|[Bb]eim?|[Vv]on|[Vv]om)\s(?:der\s|dem\s|den\s)?", own)
            name = forward(own, head.end(), found.start()) if head else None
            parts = [(found.end(), len(own))]
        if name is not None:
            one = one_source(sentence, own, name, found.span("cue"), parts, "says")
            if one is not None:
                yield one


FIXED = (_lead, _after, _reported_as, _hervor, _shown, _so, _impersonally)
"""The readers of set phrases, in the order in which they have the words."""
