"""Whether the value that a model gives is the one that our recognisers read in the same words."""

from __future__ import annotations

import datetime as dt
import math

from pledger.model import DateValue, Instruments, Money, Ownership, Party, Share, StageValue, Text, Value
from pledger.reading.kinds import label
from pledger.reading.names import foreign_place, normal_name
from pledger.reading.second.answer import Said

__all__ = ["agrees"]

_CLOSE = 1e-9
"""Relative difference by which two ways of writing one number may differ in floating point."""


def agrees(said: Said, value: Value, words: str) -> bool:
    """Whether `said` gives the value that we read in `words`; what is stored is ours in any case."""
    match value:
        case Money():
            return said.currency == value.currency and _bounds(said, value.low, value.high)
        case Share():
            return _bounds(said, value.low, value.high)
        case DateValue():
            days = (_day(said.start), _day(said.end))
            return days == (value.interval.start, value.interval.end) and said.event in (None, value.event)
        case StageValue():
            return said.stage == value.stage
        case Party():
            named = normal_name(said.name or "")
            return named in (value.name, *value.aliases) and said.role == value.role
        case Ownership():
            return normal_name(said.owner or "") == value.owner and normal_name(said.owned or "") == value.owned
        case Instruments():
            return bool(said.instruments) and set(said.instruments or ()) == set(value.instruments)
        case Text():
            return said.text is not None and _text(said.text, value.text, words)


def _bounds(said: Said, low: float | None, high: float | None) -> bool:
    """Whether the numbers are ours. Where we read one bound only, the same number at both ends says no other."""
    given = [number for number in (said.low, said.high) if number is not None]
    ours = [number for number in (low, high) if number is not None]
    if not given or not ours:
        return False
    if len(ours) == 1 or low == high:
        return all(_equal(number, ours[0]) for number in given)
    return len(given) == 2 and _equal(given[0], ours[0]) and _equal(given[1], ours[1])


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=_CLOSE, abs_tol=0.0)


def _day(words: str | None) -> dt.date | str | None:
    """A day as the model writes it; words that are no day equal none of ours."""
    if words is None:
        return None
    try:
        return dt.date.fromisoformat(words)
    except ValueError:
        return words


def _text(said: str, ours: str, words: str) -> bool:
    """Words that mean a value of ours: itself, its topic, the words it was read in, its label, its place's own name."""
    forms = {ours, ours.partition(":")[0], words, label(ours)}
    return said.casefold() in {form.casefold() for form in forms} or foreign_place(said) == ours
