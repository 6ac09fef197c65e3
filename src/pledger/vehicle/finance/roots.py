"""Every rate at which the flows of a series are worth nothing, by a search that cannot overlook one.

With `v = e^t` the discount factor of a quarter (a rate of `e^-t - 1`, so that every rate above -1 has one t), the net
present value is `f(t) = sum c_q e^(q t)`. By Descartes' rule it has at most as many zeros as its flows change sign.

The derivative of `e^(-k t) f(t)` has the flows `c_q (q - k)`: those before k change sign. With k between the two flows
of a change of sign there is one change fewer, so that as many such steps as there are changes lead to a series that
has none, and no zero. Back from there, Rolle's theorem holds at each step: between two neighbouring zeros of the
derivative `e^(-k t) f(t)` is monotone, and so has a single zero where its ends differ in sign, else none.

(G. Pólya and G. Szegö, Problems and Theorems in Analysis II, part V, problems 36 to 77: Laguerre's proof of the rule.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from pledger.vehicle.words import Floats

__all__ = ["zeros"]

_DUST = 1e-14
"""Flows below this share of the largest are rounding, and count as none."""
_TOUCH = 1e-13
"""A value below this share of the sum of its terms, signs aside, is zero as far as floats can tell: more than what the
rounding of 140 terms comes to, far less than any flow that is meant."""


@dataclass(frozen=True, slots=True)
class _Series:
    """`sum sign * e^(size + power * t)`, none of its terms zero: logarithms, so that no factor overflows."""

    power: Floats
    sign: Floats
    size: Floats

    def terms(self, t: float) -> Floats:
        """The terms at t over the largest of them."""
        size = self.size + self.power * t
        terms: Floats = self.sign * np.exp(size - size.max())
        return terms

    def value(self, t: float) -> float:
        """The sum at t over its largest term: the sign and the zeros of the sum, without its range."""
        return float(self.terms(t).sum())

    def side(self, t: float) -> int:
        """The sign at t: -1, 0 within rounding, or 1."""
        terms = self.terms(t)
        total = float(terms.sum())
        return 0 if abs(total) <= _TOUCH * float(np.abs(terms).sum()) else int(math.copysign(1, total))

    def changes(self) -> list[int]:
        """Places after which the sign changes."""
        return [int(place) for place in np.flatnonzero(self.sign[1:] != self.sign[:-1])]

    def derived(self, place: int) -> _Series:
        """The derivative of `e^(-k t)` times this, over `e^(-k t)`, with k midway in the change after `place`."""
        factor = self.power - (self.power[place] + self.power[place + 1]) / 2
        return _Series(self.power, self.sign * np.sign(factor), self.size + np.log(np.abs(factor)))


def zeros(flow: Floats) -> list[float]:
    """Every t, rising, at which `sum flow[q] e^(q t)` is zero; one that is only touched is given once."""
    least = _DUST * float(np.abs(flow).max(initial=0.0))
    power = np.flatnonzero(np.abs(flow) > least)
    if power.size < 2:
        return []
    kept = flow[power]
    series = _Series((power - power[0]).astype(np.float64), np.sign(kept), np.log(np.abs(kept)))
    steps = [series]
    for place in series.changes():
        steps.append(steps[-1].derived(place))
    found: list[float] = []
    for step in reversed(steps[:-1]):
        found = _between(step, found)
    return found


def _between(series: _Series, turns: Sequence[float]) -> list[float]:
    """Zeros of a series that, up to a positive factor, is monotone between its turns."""
    found: list[float] = []
    left, before = -math.inf, int(series.sign[0])
    for turn in turns:
        here = series.side(turn)
        if here == 0:
            found.append(turn)
        elif here * before < 0:
            found.append(_zero(series, left, turn, before))
        left, before = turn, here
    if before * int(series.sign[-1]) < 0:
        found.append(_zero(series, left, math.inf, before))
    return found


def _zero(series: _Series, left: float, right: float, before: int) -> float:
    """The one zero between two places (infinite ones too) whose signs differ, `before` being that on the left."""
    step = 1 / max(1.0, float(series.power[-1]))
    if math.isinf(left) and math.isinf(right):
        here = series.side(0.0)
        if here == 0:
            return 0.0
        left, right = (0.0, right) if here == before else (left, 0.0)
    while math.isinf(right):
        further = left + step
        if series.value(further) * before <= 0:
            right = further
        else:
            left, step = further, 2 * step
    while math.isinf(left):
        further = right - step
        if series.value(further) * before >= 0:
            left = further
        else:
            right, step = further, 2 * step
    if series.value(left) * series.value(right) > 0:
        # Rounding: `side` saw a sign where the plain sum has none to speak of. The zero is at that end.
        return min(left, right, key=lambda t: abs(series.value(t)))
    return float(brentq(series.value, left, right, xtol=1e-16, rtol=1e-15))
