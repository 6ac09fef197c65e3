"""A date as written, and what every reader of dates needs: the words before it, years in patterns, lead-in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.numbers import alternation
from pledger.reading.tails import Tail

__all__ = ["YEAR", "Point", "back", "directed", "leads"]

YEAR = r"(?P<year>(?:18|19|20|21)[0-9]{2})(?![0-9A-Za-z%]|[.,][0-9])"
"""A year in a pattern, as group `year`."""

_LEAD_REACH = 24


@dataclass(frozen=True, slots=True)
class Point:
    """A date as written, in a normalised text, before the words around it widen it."""

    start: int
    end: int
    interval: Interval
    unit: str = "day"
    """day, week, month, season, quarter, half, year, decade: what the words name."""
    framed: bool = False
    """The interval is final: words around must not change it."""
    frame: str = ""
    """What a preposition made of it: until, since, before, after; empty where none did."""
    base: Interval | None = None
    """The interval before the preposition changed it."""
    event: str = ""
    """What happens then, where the form of the date tells ("over ten years" is when a sum is spent)."""


def back(text: str, at: int, reach: int) -> str:
    """The last `reach` characters before `at`."""
    return text[max(0, at - reach) : at]


_DIRECTED = re.compile(r"(?<![\w-])(?:last|next|this(?: past| coming)?)[ \n]$", re.IGNORECASE)


def directed(text: str, at: int) -> int:
    """Where a date at `at` begins with the "last", "next" or "this" that tells its year."""
    match = _DIRECTED.search(back(text, at, 13))
    return at - len(match.group()) if match else at


@cache
def _lead(kind: str) -> Tail:
    words = alternation(lexicon("dates")["lead"][kind])
    between = "early|late|about|around|at least|calendar|fiscal|possibly|possible|next|last|this"
    return Tail(rf"(?<![\w]){words}(?: the)?[ \u00a0\n\-]{{0,2}}(?:(?:{between}) |mid-)?$")


def leads(text: str, at: int, kind: str) -> bool:
    """Whether a word that lets a lone month, season or year be a date stands before `at` ("in", "by", "early")."""
    return _lead(kind).search(back(text, at, _LEAD_REACH)) is not None
