"""The shapes that uncertain inputs take, made of the parts that every belief is made of."""

from __future__ import annotations

import math

from pledger.ledger.distributions import Belief, Part, Shape

__all__ = ["point", "triangular"]


def point(x: float, unit: str) -> Belief:
    """The belief that a number is `x` and nothing else.

    A ValueError where `x` is not finite.
    """
    if not math.isfinite(x):
        raise ValueError(f"a point is a finite number, not {x}")
    return Belief(unit, (Part(x, x, Shape.UNIFORM, 1.0),))


def triangular(low: float, mode: float, high: float, unit: str) -> Belief:
    """The triangular distribution over `low` to `high` with its peak at `mode`.

    A rising part over low to mode of weight (mode - low) / (high - low) and a falling part over mode to high with the
    rest: its density is continuous at the mode, its mean (low + mode + high) / 3. Where the mode is one of the ends
    there is one part, where all three are equal it is a point. A ValueError where they are not finite and in order.
    """
    if not (math.isfinite(low) and math.isfinite(mode) and math.isfinite(high) and low <= mode <= high):
        raise ValueError(f"a triangle needs finite numbers with low <= mode <= high, not {low}, {mode}, {high}")
    if low == high:
        return point(mode, unit)
    # The width of the widest floats is no float: halves then.
    scale = 1.0 if math.isfinite(high - low) else 0.5
    width = scale * high - scale * low
    rising = Part(low, mode, Shape.RISING, (scale * mode - scale * low) / width)
    falling = Part(mode, high, Shape.FALLING, (scale * high - scale * mode) / width)
    return Belief(unit, tuple(side for side in (rising, falling) if side.low < side.high))
