"""German: "Laut X ...", "X sagte, ...", "..., sagte X", "hieß es in X", "so X", the subjunctive that goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.attribution.german_fixed import FIXED, about, one_source
from pledger.reading.attribution.german_nouns import backward, forward
from pledger.reading.attribution.scripts import FILL, Sentence, alternatives, hidden, made, origin, trimmed, words
from pledger.reading.found import FoundAttribution

__all__ = ["german"]

_FIGURE = re.compile(
    r"(?P<source>(?:[A-ZÄÖÜ]\w{1,20}\s){0,3}[A-ZÄÖÜ][\w.&-]{1,30})\s(?P<cue>kam|kommt|kamen|kommen)\s"
    r"(?:[^,.;]{0,60}?\s)?(?=auf\s(?:[\w]{3,12}\s){0,2}\d)"
)
_SUBJUNCTIVE_VERB = r"(?:[a-zäöüß]{2,20}e)"
_ADDED = re.compile(r",\s(?P<np>(?:die|der|das|ein|eine)\s[A-ZÄÖÜ][^,;:]{2,60})$")
_BREAK = re.compile(r",(?!\d)|[;:](?=\s)")
_TITLED = re.compile(rf"[A-ZÄÖÜ]\w+\s[„“«»\"]{FILL}+[”“»«\"]\s$")
_TELLS = re.compile(r"^(?:Das|Dies|Dies alles|Dasselbe|Ähnliches|Davor|Darauf|Darüber|Entsprechendes)\s$")
_NUMBER = re.compile(
    r"\d|\b(?:diese|dieselbe|dieselben|die gleiche|ähnliche|andere)[nrm]?\s(?:Zahl|Summe|Beträge|Größenordnung|Werte)"
    r"|Milliarde|Million|Billion|Hälfte|Drittel|Viertel"
)
_TOLD_TO = re.compile(r"\b(?:dieser|unserer|der)\s(?:Zeitung|Redaktion)\b|\b(?:dem|der)\s[„“\"»«]")


@cache
def _said() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<cue>{alternatives('de', 'said')})(?![\w-])")


@cache
def _perfect() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<aux>hatte|hatten|hat|haben)\s"
        rf"(?P<rest>[^.;]{{3,160}}?)\s(?P<cue>{alternatives('de', 'participles')})(?![\w-])"
    )


@cache
def _cites() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<cue>{alternatives('de', 'cites')})\s")


@cache
def _particles() -> dict[str, re.Pattern[str]]:
    table: dict[str, Any] = lexicon("attribution_de")["particles"]
    return {
        form: re.compile(rf"(?<!\w)(?:{ends})(?!\w)")
        for ends, verbs in table.items()
        for verb in verbs
        for form in (verb, verb.replace("ß", "ss"))
    }


@cache
def _judged() -> re.Pattern[str]:
    """What is welcomed or praised: "begrüßt die Vorlage", not "begrüßt die Gäste"."""
    return re.compile(
        rf"\s(?:[a-zäöüß]{{2,12}}\s){{1,3}}(?:[A-ZÄÖÜ]?\w{{0,25}})(?i:{alternatives('de', 'judged')})\w{{0,3}}(?!\w)"
    )


@cache
def _declined() -> re.Pattern[str]:
    """ "X wollte das nicht kommentieren", "X lehnte eine Stellungnahme ab"."""
    return re.compile(
        rf"(?<!\w)(?P<cue>(?:wollte|wollten|will|wollen|mochte|mochten|möchte)\s(?:[^,.;\s]{{1,25}}\s){{0,6}}?(?:nicht|keine[nrm]?)\s"
        rf"(?:[^,.;\s]{{1,25}}\s){{0,4}}?{alternatives('de', 'commenting')}"
        r"|(?:lehnte|lehnten|lehnt|lehnen)\s(?:eine(?:n|\sweitere)?\s)?(?:Stellungnahme|Kommentar|Auskunft|Angaben)[^,.;]{0,50}?\sab"
        r"|(?:gab|gaben|gibt)\skeine(?:n)?\s(?:Kommentar|Stellungnahme|Auskunft)[^,.;]{0,40}?\sab"
        r"|(?:war|waren)\s(?:[^,.;\s]{1,20}\s){0,4}nicht\szu\serreichen"
        r"|(?:reagierte|antwortete|äußerte|äusserte)n?\s(?:sich\s)?(?:[^,.;\s]{1,20}\s){0,3}nicht)(?!\w)"
    )


def _silent(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """Those who say nothing, for the chain only."""
    for found in _declined().finditer(own):
        low = max(own.rfind(", ", 0, found.start()) + 2, own.rfind("; ", 0, found.start()) + 2, 0) if ", " in own else 0
        name = backward(own, low, found.start())
        if name is not None and (one := one_source(sentence, own, name, found.span("cue"), [], "says")) is not None:
            yield one


@cache
def _subjunctive() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){alternatives('de', 'subjunctive')}(?![\w-])")


def german(sentence: Sentence) -> Iterator[FoundAttribution]:
    """The attributions of one sentence, with whom they relay."""
    text, span = sentence.text, sentence.span
    own = hidden(text, span)
    found: list[FoundAttribution] = []
    for reader in (*FIXED, _silent, _verbs, _perfectly, _figure):
        for one in reader(sentence, own):
            if one.cue is not None and not any(
                one.cue.overlaps(part) for k in found for part in (k.cue, k.source) if part is not None
            ):
                found.append(one)
    if not found:
        yield from _going_on(sentence, own)
        return
    found.sort(key=lambda one: (one.via is not None, (one.cue or span).start))
    yield from found


def _verbs(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """Verbs of saying, before and behind what is said."""
    for found in _said().finditer(own):
        ends = _particles().get(found["cue"])
        clause = _BREAK.search(own[found.end() :])
        stop = found.end() + clause.start() if clause else len(own)
        particle = ends.search(own, found.end(), stop) if ends else None
        if ends is not None and particle is None:
            continue
        read = _inverted(sentence, own, found, particle is not None) or _direct(
            sentence, own, found, stop, particle is not None
        )
        if read is None:
            continue
        yield read
        cited = _cites().search(own, found.end())
        name = forward(own, cited.end(), len(own)) if cited else None
        if cited is not None and name is not None:
            inner = one_source(sentence, own, name, cited.span("cue"), [], "says")
            if inner is not None:
                yield origin(inner, read.source)


def _inverted(sentence: Sentence, own: str, verb: re.Match[str], completed: bool) -> FoundAttribution | None:
    """ "..., sagte X", "Das teilte X mit"."""
    head = own[: verb.start()]
    quoted = bool(re.search(r"[,“”\"»«–]\s?$", head)) and not _TITLED.search(head)
    tells = bool(_TELLS.match(head))
    topical = bool(
        re.match(
            r"(?:Am|Im|In|Zuvor|Bereits|Noch|Zugleich|Zudem|Gleichzeitig|Gegenüber|Auf|Danach|Allerdings|Dagegen|Auch|Später)\s[^,.;:]{0,60}$",
            head,
        )
    )
    if not (quoted or tells or topical):
        return None
    name = forward(own, verb.end(), len(own))
    if name is None or (quoted and _relative(own, verb.start())):
        return None
    if tells and own[name[1] : name[1] + 1] not in (" ", ".", ",", ":", ""):
        return None
    if topical and not (
        completed or own[name[1] : name[1] + 60].find(",") >= 0 or own[name[1] : name[1] + 60].find(":") >= 0
    ):
        return None
    parts = [(0, verb.start())] if quoted else [(name[1], len(own))]
    colon = re.match(r"[^,.:;]{0,50}:\s", own[name[1] :])
    if quoted and colon:
        parts.append((name[1] + colon.end(), len(own)))
    one = one_source(sentence, own, name, verb.span("cue"), [] if tells else parts)
    return about(sentence, one) if one is not None and tells else one


def _relative(own: str, verb: int) -> bool:
    """Whether the verb closes a clause of its own ("..., die sie erwartet, ..."), so that no subject follows."""
    return own[verb - 1 : verb] != " " and own[verb - 1 : verb] not in '“”"»«'


def _direct(sentence: Sentence, own: str, verb: re.Match[str], stop: int, completed: bool) -> FoundAttribution | None:
    """ "X sagte, ...", "X beziffert die Kosten auf ..."."""
    head = own[: verb.start()]
    low = max(
        (
            m.end()
            for m in re.finditer(
                r"[;:]\s|,\s(?:und|aber|doch|denn)\s|,\s(?=(?:andere|[A-ZÄÖÜ]))|\b(?:und|aber)\s(?=[a-z]{3,6}\s[A-ZÄÖÜ])",
                head,
            )
        ),
        default=0,
    )
    relative = re.match(r"(?P<np>[^,]{3,80}), (?:der|die|das|den|dem|deren|dessen)\s[^,]{3,80},\s$", head[low:])
    stretch = low + relative.end("np") if relative else verb.start()
    name = backward(own, low, stretch) or (backward(own, 0, stretch) if low else None)
    if name is None and (added := _ADDED.search(head)) and own[verb.end() : verb.end() + 1] == " ":
        name = backward(own, added.start("np"), stretch)  # "..., die Gewerkschaft lehnt sie ab"
    if name is None:
        return _by_pronoun(sentence, own, verb, low, stop, completed)
    rest = own[verb.end() : stop]
    word = verb["cue"]
    closes = own[stop : stop + 1]
    clause = closes in (",", ":") and stop < len(own)
    quote = bool(re.match(r"[^,.;]{0,80}[„“»«\"]", own[verb.end() :]))
    if word in words("de", "numbered"):
        if not (clause or quote or _NUMBER.search(rest)):
            return None
    elif word in words("de", "clausal") and not (clause or quote or completed or _judged().search(rest)):
        return None
    if not rest.strip() and not clause:
        return None
    if word in words("de", "clausal") and not quote and not completed and _judged().search(rest):
        return one_source(sentence, own, name, verb.span("cue"), [(verb.end(), stop)])
    begin = stop if clause else verb.end()
    return one_source(sentence, own, name, verb.span("cue"), [(begin, len(own))])


def _by_pronoun(
    sentence: Sentence, own: str, verb: re.Match[str], low: int, stop: int, completed: bool
) -> FoundAttribution | None:
    """ "Er kündigte an, ...": whom the sentence before quotes, or the subject before a colon."""
    if own[low : verb.start()].strip() not in ("Er", "Sie", "er", "sie", "Es", "es"):
        return None
    if not (completed or (own[stop : stop + 1] in (",", ":") and own[stop : stop + 1])):
        return None
    if own[max(0, low - 2) : low].startswith(":"):
        name = forward(own, 0, low)
        return one_source(sentence, own, name, verb.span("cue"), [(verb.end(), len(own))]) if name else None
    last = sentence.last
    at = sentence.span.start
    content = trimmed(sentence.text, at + verb.end(), sentence.span.end)
    if last is None or last.source is None or content is None or low:
        return None
    cue = Span(at + verb.start("cue"), at + verb.end("cue"))
    return made(sentence.text, "de", last.source, cue, [content], anonymous=last.anonymous)


def _perfectly(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """ "Noch im Herbst hatte X mit dem Bau gerechnet"."""
    found = _perfect().search(own)
    if found is None:
        return
    name = backward(own, 0, found.start()) or forward(own, found.start("rest"), found.end("rest"))
    if name is not None and not re.match(
        r"(?:dem|den|ein|eine[mn]?|das|die|[A-ZÄÖÜ]\w+\s[A-ZÄÖÜ]\w+en$)\s?", own[name[0] : name[1]]
    ):
        low = max(name[1], found.end("aux"))
        one = one_source(sentence, own, name, found.span("cue"), [(low, found.start("cue")), (found.end(), len(own))])
        if one is not None:
            yield one


def _figure(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """Amounts to which somebody comes."""
    found = _FIGURE.search(own)
    if found is not None:
        one = one_source(sentence, own, found.span("source"), found.span("cue"), [(found.end(), len(own))])
        if one is not None:
            yield one


def _going_on(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """A subjunctive: behind a colon what the subject before it says, else the word of the source before."""
    colon = own.find(": ")
    verb = _subjunctive().search(own)
    if verb is None:
        return
    at = sentence.span.start
    if 0 < colon < verb.start():
        name = forward(own, 0, colon)
        if name is not None and name[1] < colon:
            one = one_source(sentence, own, name, (colon, colon + 1), [(colon + 1, len(own))], "says")
            if one is not None:
                yield one
        return
    last = sentence.last
    if last is None or last.source is None or own[: verb.start()].count(",") > 1:
        return
    content = trimmed(sentence.text, at, sentence.span.end)
    if content is not None:
        yield made(
            sentence.text, "de", last.source, Span(at + verb.start(), at + verb.end()), [content],
            anonymous=last.anonymous, kind="says",
        )  # fmt: skip
