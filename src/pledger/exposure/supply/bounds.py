"""Shares of which only the ends are known: what follows from them exactly, whatever the truth between the ends.

Shares are numbers from 0 to 1. What no row names is never taken for nothing nor for one supplier: it is the rest, from
its least to its most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from pledger.exposure.supply.words import REST, Supplied

__all__ = ["Bounds", "Held", "held", "largest_square_sum", "least_square_sum", "linear", "readings", "united"]

_ROUNDING = 0.005
"""How far a share told in whole per cent may be from the truth."""
_EXACT = 10
"""At most so many shares with room are tried in every combination."""
_MOST = 16
"""Sources that are read one by one where they differ; of more, the widest ends count at once."""
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Bounds:
    """From the least to the most that a number can be; both ends are reached."""

    low: float
    high: float

    @property
    def exact(self) -> bool:
        """Whether there is nothing between the ends."""
        return self.high - self.low <= _TINY


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds how much of a market: named countries, and the rest that is not named."""

    named: Mapping[str, Bounds]
    rest: Bounds
    over: float = 0.0
    """By how much the least shares are more than the whole: rounding where small, else an error of the table."""

    @property
    def sound(self) -> bool:
        """Whether the shares can all be true at once, but for rounding."""
        return self.over <= _ROUNDING * (len(self.named) + 1)


def held(words: Iterable[Supplied]) -> Held:
    """The ends of each country's share: from the least to the most that any of the words admits, as far as all fit.

    What others surely have, a country cannot have; what others can at most have, leaves at least the remainder to it.
    Least shares that rounding has brought above the whole are scaled to it.
    """
    ends: dict[str, Bounds] = {}
    for said in words:
        low, high = said.low or 0.0, 1.0 if said.high is None else said.high
        old = ends.get(said.country)
        ends[said.country] = Bounds(low, high) if old is None else Bounds(min(old.low, low), max(old.high, high))
    rest = ends.pop(REST, None)
    least = sum(b.low for b in ends.values()) + (rest.low if rest else 0.0)
    over = max(0.0, least - 1.0)
    if over > 0:
        ends = {c: Bounds(b.low / least, max(b.low, min(b.high, 1.0)) / least) for c, b in ends.items()}
        rest = Bounds(rest.low / least, rest.high / least) if rest else None
    most = sum(b.high for b in ends.values())
    others = rest or Bounds(0.0, 1.0)
    others = Bounds(others.low, max(others.high, 1.0 - most))  # what is missing to the whole is nobody's that is named
    low_all, high_all = sum(b.low for b in ends.values()) + others.low, most + others.high
    named = {c: _tightened(b, low_all, high_all) for c, b in ends.items()}
    return Held(named, _tightened(others, low_all, high_all), over)


def readings(words: Iterable[Supplied]) -> tuple[Held, ...]:
    """Who holds how much, once by each source that differs from another on some country; once where none does.

    Each reading has all of its source's own words; on countries of which that source does not speak it has the words
    of the others, and where these do not fit beside its own, only what they say at most.
    """
    by_source: dict[tuple[str, ...], list[Supplied]] = {}
    for said in words:
        by_source.setdefault(tuple(s.where for s in said.sources) or (said.figure or "",), []).append(said)
    named = [{s.country for s in its} for its in by_source.values()]
    differing = [its for n, its in enumerate(by_source.values()) if _meets(named, n)]
    all_words = [s for its in by_source.values() for s in its]
    if len(differing) < 2 or len(differing) > _MOST:
        return (held(all_words),) if all_words else ()
    return tuple(_reading(own, all_words) for own in differing)


def _meets(named: Sequence[set[str]], number: int) -> bool:
    """Whether another source names a country that this one names."""
    return any((named[number] & other) - {REST} for n, other in enumerate(named) if n != number)


def _reading(own: Sequence[Supplied], words: Sequence[Supplied]) -> Held:
    its = {s.country for s in own}
    others = [s for s in words if s.country not in its]
    found = held([*own, *others])
    if found.over <= _TINY or not others:
        return found
    return held([*own, *(replace(s, low=None) for s in others)])


def united(ends: Iterable[Bounds]) -> Bounds:
    """From the least to the most of several."""
    found = list(ends)
    return Bounds(min(b.low for b in found), max(b.high for b in found))


def _tightened(one: Bounds, low_all: float, high_all: float) -> Bounds:
    """A share beside what all the others have at least and at most."""
    low = max(one.low, 1.0 - (high_all - one.high), 0.0)
    high = min(one.high, 1.0 - (low_all - one.low))
    return Bounds(min(low, 1.0), max(min(low, 1.0), high))


def least_square_sum(shares: Sequence[Bounds], rest: Bounds) -> float:
    """The least sum of squares, with the rest spread over so many that its own squares vanish.

    The named have together at least what the rest cannot have: the smallest are filled up first, all to one level.
    """
    wanted = 1.0 - rest.high
    level_low, level_high = 0.0, 1.0
    if sum(b.low for b in shares) >= wanted:
        return sum(b.low**2 for b in shares)
    for _ in range(200):
        level = (level_low + level_high) / 2
        filled = sum(min(max(level, b.low), b.high) for b in shares)
        level_low, level_high = (level, level_high) if filled < wanted else (level_low, level)
    return sum(min(max(level_high, b.low), b.high) ** 2 for b in shares)


def largest_square_sum(shares: Sequence[Bounds], rest: Bounds) -> float:
    """The largest sum of squares, with the rest in one hand.

    A convex function is largest at a corner: every share at an end, but one that takes what is left. All corners are
    tried where at most `_EXACT` shares have room; beyond, the bound is by their chords, which exceeds the truth by at
    most a quarter of the square of one share's room.
    """
    parts = [*shares, rest]
    room = 1.0 - sum(b.low for b in parts)
    sure = sum(b.low**2 for b in parts)
    free = sorted((b for b in parts if b.high - b.low > _TINY), key=lambda b: b.high + b.low, reverse=True)
    if room <= _TINY or not free:
        return sure
    if len(free) > _EXACT:
        return sure + _by_chords(free, room)
    best = 0.0
    for filled in product((False, True), repeat=len(free)):
        left = room - sum(b.high - b.low for b, full in zip(free, filled, strict=True) if full)
        if left < -_TINY:
            continue
        gain = sum(b.high**2 - b.low**2 for b, full in zip(free, filled, strict=True) if full)
        if left <= _TINY:
            best = max(best, gain)
        for b, full in zip(free, filled, strict=True):
            if not full and b.high - b.low >= left - _TINY:
                best = max(best, gain + left * (2 * b.low + left))
    return sure + best


def _by_chords(free: Sequence[Bounds], room: float) -> float:
    gain = 0.0
    for b in free:
        taken = min(room, b.high - b.low)
        gain += taken * (b.high + b.low)
        room -= taken
    return gain


def linear(parts: Sequence[tuple[Bounds, Bounds]]) -> Bounds:
    """The ends of the sum of share times weight, over shares that add up to 1, each within its ends as its weight is.

    The least has the least weights, with what is left to give where they are smallest; the most likewise.
    """
    ends = []
    for top in (False, True):
        weights = [(w.high if top else w.low, b) for b, w in parts]
        room = 1.0 - sum(b.low for _, b in weights)
        total = sum(weight * b.low for weight, b in weights)
        for weight, b in sorted(weights, key=lambda pair: pair[0], reverse=top):
            taken = max(0.0, min(room, b.high - b.low))
            total += weight * taken
            room -= taken
        ends.append(total)
    return Bounds(ends[0], max(ends))
