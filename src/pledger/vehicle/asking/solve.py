"""What would have to be true: the value of one lever at which a stated claim holds.

The claim's measure (a chance, or a statistic of an answer) is computed on a coarse grid over the lever's range and,
where it crosses what the claim asks, by bisection. Every run has the same random numbers, so the measure moves with the
lever alone, and nothing of a crossing is due to luck between runs. Where the measure goes up and down, each crossing is
reported; where no value in the range meets the claim, that is the answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from pledger.vehicle.asking.wishes import AskError

__all__ = ["Crossing", "Measure", "Probe", "Solution", "solve"]

GRID = 9
"""Values of the coarse grid, ends included."""
FINENESS = 1 / 1024
"""Bisection ends when the crossing is known to this share of the range."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the claim speaks of, at one value of the lever."""

    value: float
    error: float = 0.0
    """Monte Carlo standard error."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One run of a search."""

    at: float
    measure: Measure
    holds: bool


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where the claim begins or ceases to hold."""

    holds: Probe
    """The value next to the crossing at which the claim holds."""
    fails: Probe
    """The value beside it, a step away, at which it does not."""
    error: float | None
    """Standard error of the place: that of the measure over its slope. None where the measure has no slope there."""

    @property
    def rising(self) -> bool:
        """Whether the claim holds above the crossing (else below it)."""
        return self.holds.at > self.fails.at


@dataclass(frozen=True, slots=True)
class Solution:
    """The answer: crossings in order of the lever, and the grid that was looked at."""

    low: float
    high: float
    grid: tuple[Probe, ...]
    crossings: tuple[Crossing, ...]

    @property
    def everywhere(self) -> bool:
        """The claim holds at every value that was tried."""
        return all(p.holds for p in self.grid)

    @property
    def nowhere(self) -> bool:
        """It holds at none."""
        return not any(p.holds for p in self.grid)

    @property
    def monotonic(self) -> bool:
        """The measure goes one way over the grid, up to two standard errors."""
        steps = [
            math.copysign(1, b.measure.value - a.measure.value)
            for a, b in pairwise(self.grid)
            if abs(b.measure.value - a.measure.value) > 2 * math.hypot(a.measure.error, b.measure.error)
        ]
        return len(set(steps)) <= 1


def solve(
    measure: Callable[[float], Measure],
    holds: Callable[[float], bool],
    low: float,
    high: float,
    *,
    whole: bool = False,
    grid: int = GRID,
    progress: Callable[[float], None] | None = None,
) -> Solution:
    """Every crossing of a claim over a lever's range `low` to `high`.

    `measure` computes what the claim speaks of at a value of the lever, `holds` says whether that meets the claim. With
    `whole` the lever takes whole numbers only and a crossing lies between neighbours; else it is known to 1/1024 of the
    range. Two crossings between neighbours of the grid cancel out and are not seen: `grid` says how coarse it is.
    Raises AskError for a range without width.
    """
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise AskError(f"a lever needs a range with a lower and an upper end, not {low:g} to {high:g}")
    if grid < 2:
        raise AskError("a grid has at least its two ends")
    seen: dict[float, Probe] = {}

    def probe(at: float) -> Probe:
        if at not in seen:
            found = measure(at)
            seen[at] = Probe(at, found, holds(found.value))
            if progress is not None:
                progress(at)
        return seen[at]

    step = 1.0 if whole else (high - low) * FINENESS
    points = sorted({_place(low, high, n / (grid - 1), whole) for n in range(grid)})
    probes = tuple(probe(at) for at in points)
    crossings = tuple(_crossing(probe, a, b, step, whole=whole) for a, b in pairwise(probes) if a.holds != b.holds)
    return Solution(points[0], points[-1], probes, crossings)


def _place(low: float, high: float, share: float, whole: bool) -> float:
    at = low + share * (high - low)
    return float(min(math.floor(high), max(math.ceil(low), round(at)))) if whole else at


def _crossing(probe: Callable[[float], Probe], a: Probe, b: Probe, step: float, *, whole: bool) -> Crossing:
    first, last = a, b
    while last.at - first.at > step * 1.0000001:
        at = first.at + (last.at - first.at) / 2
        middle = probe(math.floor(at) if whole else at)
        if middle.holds == first.holds:
            first = middle
        else:
            last = middle
    holds, fails = (first, last) if first.holds else (last, first)
    # The slope over the stretch of the grid: over the last step it would be one of a few scenarios.
    slope = (b.measure.value - a.measure.value) / (b.at - a.at)
    return Crossing(holds, fails, abs(holds.measure.error / slope) if slope else None)
