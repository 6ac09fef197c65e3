"""How far values reach, so that one can be said to lie outside of others: amounts and shares by how precisely they are
stated (`ledger.agree`), dates by their days."""

from __future__ import annotations

import math
from collections.abc import Sequence

from pledger.ledger.agree import reach
from pledger.ledger.explain import point
from pledger.ledger.say import number
from pledger.ledger.say import value as say
from pledger.model import DateValue, Money, Qualifier, Share, Value

__all__ = ["SHARE", "bounds", "outside", "span_of"]

SHARE = "share"
"""The unit of bounds on shares; those on amounts have a currency."""
Ends = tuple[float, float]


def span_of(values: Sequence[Value], like: Value) -> Ends | None:
    """From the lowest to the highest that these values allow, of those that can be held against `like`; None for none.

    Amounts in units of their currency, shares as fractions, days as ordinals; an open end is infinite.
    """
    found = [ends for value in values if _alike(value, like) and (ends := _ends(value)) is not None]
    return (min(low for low, _ in found), max(high for _, high in found)) if found else None


def outside(value: Value, low: float | None, high: float | None, unit: str) -> bool | None:
    """Whether a value lies outside of bounds in this unit; None for one that has another unit or none."""
    if not (isinstance(value, Money) and value.currency == unit) and not (isinstance(value, Share) and unit == SHARE):
        return None
    middle = point(value)
    if middle is None:
        return None
    return (low is not None and middle < low) or (high is not None and middle > high)


def bounds(low: float | None, high: float | None, unit: str) -> str:
    """Bounds in words: `$5bn to $10bn`, `more than 20 %`."""
    low_words, high_words = (None if end is None else _bound(end, unit) for end in (low, high))
    if low_words is None:
        return f"up to {high_words}"
    return f"at least {low_words}" if high_words is None else f"{low_words} to {high_words}"


def _bound(end: float, unit: str) -> str:
    return f"{number(100 * end)} %" if unit == SHARE else say(Money(end, end, unit, Qualifier.EXACT))


def _alike(a: Value, b: Value) -> bool:
    match a, b:
        case Money(), Money():
            return (a.currency, a.period) == (b.currency, b.period)
        case Share(), Share():
            return (a.of, a.period) == (b.of, b.period)
        case DateValue(), DateValue():
            return a.event == b.event
    return False


def _ends(value: Value) -> Ends | None:
    if isinstance(value, Money | Share):
        found = reach(value, say(value))
        return found.low - found.spare, found.high + found.spare
    if isinstance(value, DateValue):
        start, end = value.interval.start, value.interval.end
        return (start.toordinal() if start else -math.inf), (end.toordinal() if end else math.inf)
    return None
