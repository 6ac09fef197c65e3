"""Distributions over numbers and over words, in the few forms that beliefs take; see `beliefs` for what they mean."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

__all__ = ["DAY", "SHARE", "Belief", "Categories", "Part", "Shape"]

DAY, SHARE = "day", "share"
"""Units of beliefs that are not about amounts."""
_HALVINGS = 1100
"""Enough to come from any two floats to neighbours."""
_SLACK = 1e-12
"""Rounding of a sum of weights that is one."""
Floats = npt.NDArray[np.float64]


class Shape(StrEnum):
    """How a part's probability lies over its stretch."""

    UNIFORM = "uniform"
    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """One side: a probability, spread over low to high; a point where the two are equal."""

    low: float
    high: float
    shape: Shape
    weight: float

    def below(self, x: float) -> float:
        """Probability, given this part, of at most `x`."""
        if x >= self.high:
            return 1.0
        if x < self.low:
            return 0.0
        u = (x - self.low) / (self.high - self.low)
        match self.shape:
            case Shape.UNIFORM:
                return u
            case Shape.RISING:
                return u * u
            case Shape.FALLING:
                return u * (2 - u)

    def at(self, u: Floats) -> Floats:
        """The inverse of `below` for probabilities `u`."""
        match self.shape:
            case Shape.RISING:
                u = np.sqrt(u)
            case Shape.FALLING:
                u = 1 - np.sqrt(1 - u)
        return np.clip(self.low + u * (self.high - self.low), self.low, self.high)

    def moments(self) -> tuple[float, float]:
        """Mean and variance, given this part."""
        width = self.high - self.low
        match self.shape:
            case Shape.UNIFORM:
                return self.low + width / 2, width * width / 12
            case Shape.RISING:
                return self.low + 2 * width / 3, width * width / 18
            case Shape.FALLING:
                return self.low + width / 3, width * width / 18


@dataclass(frozen=True, slots=True)
class Belief:
    """A distribution over numbers: whole units of a currency, fractions, or days."""

    unit: str
    """ISO 4217 code of an amount; `share` (0.1 is 10 %); `day` (`datetime.date.fromordinal`)."""
    parts: tuple[Part, ...]
    """Their weights sum to 1."""
    doubt: float = 0.0
    """Probability that none of the reported values is right."""

    def cdf(self, x: float) -> float:
        """Probability of at most `x`."""
        return min(1.0, math.fsum(part.weight * part.below(x) for part in self.parts))

    def quantile(self, p: float) -> float:
        """The smallest number that is not exceeded with probability `p` (0 to 1)."""
        if not 0 <= p <= 1:
            raise ValueError(f"a probability is between 0 and 1, not {p}")
        low, high = self.bounds()
        if p <= 0 or self.cdf(low) >= p - _SLACK:
            return low
        for _ in range(_HALVINGS):
            middle = low + (high - low) / 2
            if not low < middle < high:
                break
            if self.cdf(middle) >= p - _SLACK:
                high = middle
            else:
                low = middle
        return high

    def bounds(self) -> tuple[float, float]:
        """The least and the greatest number that is held possible."""
        return min(part.low for part in self.parts), max(part.high for part in self.parts)

    def mean(self) -> float:
        """The expected number."""
        return math.fsum(part.weight * part.moments()[0] for part in self.parts)

    def variance(self) -> float:
        """The expected square of the distance from the mean."""
        mean = self.mean()
        return math.fsum(p.weight * (p.moments()[1] + (p.moments()[0] - mean) ** 2) for p in self.parts)

    def sample(self, generator: np.random.Generator, n: int) -> Floats:
        """`n` draws. Two random numbers are used for each, whatever the parts, so that draws can be compared."""
        which = _pick([part.weight for part in self.parts], generator.random(n))
        u = generator.random(n)
        drawn = np.empty(n)
        for number, part in enumerate(self.parts):
            mine = which == number
            drawn[mine] = part.at(u[mine])
        return drawn

    def day(self, p: float) -> dt.date:
        """Of a date: the day by which it comes with probability `p`."""
        if self.unit != DAY:
            raise TypeError(f"this belief is in {self.unit}, not in days")
        end = self.bounds()[1]
        return dt.date.fromordinal(int(min(math.floor(self.quantile(p)), math.ceil(end) - 1)))


@dataclass(frozen=True, slots=True)
class Categories:
    """A distribution over words: stages, parties, places."""

    options: tuple[tuple[str, float], ...]
    """The most probable first; the probabilities sum to 1."""
    doubt: float = 0.0

    def probability(self, option: str) -> float:
        """The probability of one word."""
        return dict(self.options).get(option, 0.0)

    def sample(self, generator: np.random.Generator, n: int) -> npt.NDArray[np.str_]:
        """`n` draws."""
        which = _pick([p for _, p in self.options], generator.random(n))
        return np.array([word for word, _ in self.options])[which]


def _pick(weights: Sequence[float], u: Floats) -> npt.NDArray[np.intp]:
    edges = np.cumsum(weights)
    found: npt.NDArray[np.intp] = np.searchsorted(edges, u * edges[-1], side="right")
    return np.minimum(found, len(weights) - 1)
