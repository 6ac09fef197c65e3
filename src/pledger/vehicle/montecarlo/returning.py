"""Returns of one party's net flows, compiled: internal rate of return and payback."""

from __future__ import annotations

import math

from pledger.vehicle.montecarlo.calling import SLACK
from pledger.vehicle.montecarlo.compiled import inner
from pledger.vehicle.words import Floats

__all__ = ["irr", "payback"]

_WIDEST = 4.0
"""Bound of the continuous rate per quarter that is looked at: rates from -99.99999 % to some million % a year."""
_STEP, _GROWTH = 0.0025, 1.2
"""First step of the search away from zero, one per cent a year, and how steps grow."""
_CLOSE = 1e-14
"""Width of a bracket that is a point."""
_NEAR = 1e-8
"""A step of Newton's so short is the last: what it leaves is of the order of its square."""
_STEPS = 200
_DUST = 1e-14
"""As `roots`: flows below this share of the largest are rounding, and count as none."""


@inner
def _sums(flow: Floats, first: int, last: int, sign: float, d: float) -> tuple[float, float, float, float]:
    """Inflows and outflows, discounted at the continuous rate `d` a quarter to `first`, and both weighted by time.

    Horner's scheme in the square of the discount factor, for even and odd quarters side by side: half as long a chain
    of operations that wait for each other.
    """
    v = math.exp(-d)
    w = v * v
    a = b = da = db = oa = ob = oda = odb = 0.0
    q = last
    if (last - first) % 2 == 0:
        a, b = max(sign * flow[q], 0.0), -min(sign * flow[q], 0.0)
        q -= 1
    while q > first:
        even, odd = sign * flow[q - 1], sign * flow[q]
        da, db = da * w + a, db * w + b
        a, b = a * w + max(even, 0.0), b * w - min(even, 0.0)
        oda, odb = oda * w + oa, odb * w + ob
        oa, ob = oa * w + max(odd, 0.0), ob * w - min(odd, 0.0)
        q -= 2
    return a + v * oa, b + v * ob, 2.0 * w * (da + v * oda) + v * oa, 2.0 * w * (db + v * odb) + v * ob


@inner
def _root(flow: Floats, first: int, last: int, sign: float, low: float, high: float, start: float) -> float:
    """The root between `low`, where the value is positive, and `high`, where it is not; Newton on ln(in / out).

    That is nearly a straight line in the continuous rate, so that a few steps do; where they leave the bracket it is
    halved instead.
    """
    d = start
    for _ in range(_STEPS):
        if not low < d < high:
            d = 0.5 * (low + high)
        a, b, ta, tb = _sums(flow, first, last, sign, d)
        if a >= b:
            low = d
        else:
            high = d
        if a <= 0.0 or b <= 0.0:
            step = 0.0
        else:
            slope = tb / b - ta / a
            step = -math.log(a / b) / slope if slope < 0.0 else 0.0
        if abs(step) <= _NEAR and (step != 0.0 or a == b):
            return d + step
        if high - low <= _CLOSE * (1.0 + abs(d)):
            return d
        d = d + step if step != 0.0 else 0.5 * (low + high)
    return d


@inner
def _value(flow: Floats, first: int, last: int, sign: float, d: float) -> float:
    v = math.exp(-d)
    total = 0.0
    for q in range(last, first - 1, -1):
        total = total * v + sign * flow[q]
    return total


@inner
def _nearest(flow: Floats, first: int, last: int, sign: float) -> float:
    """The root nearest to zero, by steps to both sides; NaN where the value never changes its sign."""
    up = down = 0.0
    above = below = _value(flow, first, last, sign, 0.0)
    step = _STEP
    while up < _WIDEST:
        further = up + step
        value = _value(flow, first, last, sign, further)
        if (value > 0.0) != (above > 0.0):
            turned = sign if above > 0.0 else -sign
            return _root(flow, first, last, turned, up, further, 0.5 * (up + further))
        up, above = further, value
        value = _value(flow, first, last, sign, -further)
        if (value > 0.0) != (below > 0.0):
            turned = sign if value > 0.0 else -sign
            return _root(flow, first, last, turned, -further, down, 0.5 * (down - further))
        down, below = -further, value
        step *= _GROWTH
    return math.nan


@inner
def _meant(flow: Floats, quarters: int) -> Floats:
    """The flows without those that are rounding: a new array only where there are such."""
    largest = 0.0
    for q in range(quarters):
        largest = max(largest, abs(flow[q]))
    meant, least = flow, _DUST * largest
    copied = False
    for q in range(quarters):
        if flow[q] != 0.0 and abs(flow[q]) <= least:
            if not copied:
                meant, copied = flow.copy(), True
            meant[q] = 0.0
    return meant


@inner
def irr(flows: Floats, quarters: int) -> float:
    """The internal rate of return per year of net flows by quarter; NaN where there is none.

    Where the running total of the flows changes its sign once, the root on the side of the total's sign is the only one
    there (Norstrom, "A sufficient condition for a unique nonnegative internal rate of return", Journal of Financial and
    Quantitative Analysis 7, 1972; for negative rates the same from the end) and is taken. Else the one nearest to zero,
    as far as steps of one per cent a year near zero and wider ones farther off can tell.
    """
    flow = _meant(flows, quarters)
    first, last = 0, quarters - 1
    while first < quarters and flow[first] == 0.0:
        first += 1
    while last > first and flow[last] == 0.0:
        last -= 1
    if last <= first:
        return math.nan
    sign = -1.0 if flow[first] > 0.0 else 1.0
    inflow = outflow = late = early = total = 0.0
    turns = 0
    for q in range(first, last + 1):
        c = sign * flow[q]
        if c > 0.0:
            inflow += c
            late += c * (q - first)
        else:
            outflow -= c
            early -= c * (q - first)
        was = total
        total += c
        if was < 0.0 <= total or total < 0.0 <= was:
            turns += 1
    if inflow <= 0.0 or outflow <= 0.0:
        return math.nan
    if total == 0.0:
        return 0.0
    if total < 0.0:  # the first flow is an outflow, so from the front the running total has changed back or never
        turns = 0 if sign * flow[last] > 0.0 else 2
        rest = 0.0
        for q in range(last, first - 1, -1):
            was = rest
            rest += sign * flow[q]
            if (was >= 0.0) != (rest >= 0.0):
                turns += 1
    else:
        turns -= 1  # it starts at zero and falls
    longer = late / inflow - early / outflow
    if turns == 1 and longer > 0.0:
        guess = math.log(inflow / outflow) / longer
        if total > 0.0:
            d = _root(flow, first, last, sign, 0.0, _WIDEST, guess)
        else:
            d = _root(flow, first, last, sign, -_WIDEST, 0.0, guess)
        if abs(d) > _WIDEST - 1e-6:  # what was found is the end of the bracket
            return math.nan
    else:
        d = _nearest(flow, first, last, sign)
    return math.expm1(4.0 * d)


@inner
def payback(flow: Floats, quarters: int) -> float:
    """The first quarter at whose end the running total, having been below zero, is not any more; NaN where none is.

    To one part in 10^9 of the deepest it was, as `returns.payback` has it.
    """
    total = deepest = 0.0
    for q in range(quarters):
        total += flow[q]
        deepest = min(deepest, total)
    if deepest == 0.0:
        return math.nan
    total = 0.0
    below = False
    for q in range(quarters):
        total += flow[q]
        if total < SLACK * deepest:
            below = True
        elif below:
            return float(q)
    return math.nan
