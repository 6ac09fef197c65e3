"""The phrases of German that name a source, and whether anybody can be named by them."""

from __future__ import annotations

import re
from functools import cache

from pledger.reading.attribution.scripts import FILL, words

__all__ = ["backward", "forward", "is_anonymous", "speaks"]

_DET = (
    r"(?:[Dd](?:er|ie|as|em|en|es)|[Ee]in(?:e|em|en|er|es)?|[Kk]ein(?:e|em|en|er|es)?|[Zz]wei|[Dd]rei|[Vv]ier|[Mm]ehrere[nrs]?|[Ii]hr(?:e|em|en|er|es)?"
    r"|[Ss]ein(?:e|em|en|er|es)?|[Dd]iese[rmns]?|[Ee]inige[nr]?|[Vv]iele[nr]?|[Aa]ndere[nrm]?|[Bb]eide[nr]?|[Uu]nsere[nr]?|\d{1,2})"
)
_CAP = (
    rf"(?:[A-ZÄÖÜ][\w.&’'/-]{{0,50}}(?:\s?&\s[A-ZÄÖÜ][\w.&’'/-]{{0,40}})?"
    rf"|[„“«»\"]{FILL}{{1,80}}[”“»«\"]|\({FILL}{{1,60}}\))"
)
_ADJ = r"(?:(?!(?:unter|über|hinter|oder|aber|eine|einen|gegen|neben|zwischen)\s)[a-zäöüß-]{3,28}(?:en|er|em|e|es)\s)"
_INSERT = r"(?:mit\s(?:dem|der|den)\s(?:[A-ZÄÖÜ]\w{2,20})\s(?:vertraute[nr]?\s))"
_LINK = (
    r"\s(?:(?<=Bericht )auf|(?<=Beitrag )auf|der|des|von|vom|aus|für|beim|bei|im|in|und)"
    r"(?:\s(?:dem|der|den|des|einem|einer|einen))?(?:\s[a-zäöüß-]{3,28}(?:en|er|em|e|es)){0,2}"
)
_NOUN = re.compile(rf"(?:{_DET}\s)?(?:{_INSERT})?(?:{_ADJ}){{0,3}}{_CAP}(?:(?:{_LINK})?\s{_CAP}){{0,8}}")
_PERSON = re.compile(
    r"(?:[Dd](?:er|ie)\s)?[A-ZÄÖÜ][\w-]{0,40}(?:leiter|chef|minister|sprecher|direktor|präsident|vorstand|meister|führer|kommissar|sekretär|manager|analyst|anwalt|ökonom|professor)(?:in)?"
    r"\s(?:Dr\.\s|Prof\.\s)?[A-ZÄÖÜ][\w’-]{1,24}(?:\s(?:[A-Z]\.\s)?(?:von\s|van\s|de\s)?[A-ZÄÖÜ][\w’-]{1,30})?(?![\w’-])"
)
_OPENING = re.compile(r"(?:[Aa]uch|[Uu]nd|[Aa]ber|[Dd]och|[Dd]enn|[Nn]ur|[Ss]elbst|[Ss]ogar)\s")
_TIME = re.compile(
    r"^(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Frühjahr|Herbst|Sommer|Winter|Jahr|Jahren|Monat|Woche|Prozent|Rand|Dollar|Euro|Franken|Mio|Mrd|Interview|Gespräch|Anfrage|Rundfunk)"
)


@cache
def _adjunct() -> re.Pattern[str]:
    return re.compile(r"\s(?:am|im|in|bei|beim|für|aus|und)\s(?:[a-zäöüß]{1,12}\s){0,2}(?=[A-ZÄÖÜ])")


def forward(own: str, start: int, high: int) -> tuple[int, int] | None:
    """The noun phrase that begins at `start`; days, interviews and other adjuncts end it."""
    while start < high and own[start] == " ":
        start += 1
    found = _NOUN.match(own, start, high)
    if found is None:
        return None
    end = found.end()
    for link in _adjunct().finditer(own, start, end):
        if _TIME.match(own[link.end() : end]):
            end = link.start()
            break
    if person := _PERSON.match(own, start, end):  # "... von Vertriebsleiter Ole Lind Aufträge": two names are enough
        end = person.end()
    name = own[start:end]
    if _TIME.match(name) or name.lower() in words("de", "pronouns"):
        return None
    return start, end


def backward(own: str, low: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that fills the words from `low` to `end`, as the subject before a verb does."""
    while end > low and own[end - 1] in " ,":
        end -= 1
    while low < end and own[low] in " ,:;–-":
        low += 1
    if opening := _OPENING.match(own, low, end):
        low = opening.end()
    found = forward(own, low, end)
    if found is not None and found[1] == end:
        return found
    if found is not None and own[found[1] : found[1] + 1] == ",":  # "Ein Diplomat, der nicht genannt werden will,"
        return found
    return None


def speaks(name: str) -> bool:
    """Whether a phrase can be a source: a name, or a noun for somebody who speaks."""
    plain = re.sub(rf"[„“«»”\"()]|{FILL}", "", name).strip()
    if not plain:
        return True
    if plain.lower() in (*words("de", "own"), *words("de", "pronouns")):
        return False
    heads = [w for w in re.findall(r"[\w&.'’/-]+", plain) if w[:1].isupper()]
    if heads and heads[0].lower() in (
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "dem",
        "den",
        "des",
        "nach",
        "laut",
        "im",
        "in",
        "für",
        "zwei",
        "drei",
    ):
        heads = heads[1:]
    if not heads:
        return False
    first = heads[0].lower()
    return not any(first == m or (len(m) > 4 and first.endswith(m)) for m in words("de", "mute"))


def is_anonymous(name: str) -> bool:
    """Whether the phrase names nobody in particular: "zwei Insider", "ein Diplomat"."""
    plain = re.findall(r"[\w-]+", name.replace(FILL, ""))
    lowered = [w.lower() for w in plain]
    if FILL in name and any(
        w in ("zeitung", "zeitschrift", "magazin", "wirtschaftszeitung", "fachzeitschrift") for w in lowered
    ):
        return False
    hit = next(
        (i for i, w in enumerate(lowered) if any(w == a or w.endswith("-" + a) for a in words("de", "anonymous"))), None
    )
    if hit is None or any(w.endswith(words("de", "offices")) for w in lowered):
        return False
    behind = plain[hit + 1 :]
    # "Analyst Karl Lind" has a name, "ein Diplomat aus Oslo" has none.
    return not (behind and behind[0][:1].isupper() and not lowered[hit].endswith(("en", "er")) and len(behind) >= 2)
