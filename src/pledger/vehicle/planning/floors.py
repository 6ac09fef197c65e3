"""Beliefs with a floor: a number below it counts as the floor itself, exactly, in the parts of which beliefs are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pledger.ledger.distributions import Belief, Part, Shape

__all__ = ["floored"]


def floored(belief: Belief, floor: float) -> Belief:
    """The distribution of max(X, floor).

    What lies below becomes a point at the floor. Of a rising triangle over a to b the rest has a density proportional
    to (x - a) = (x - floor) + (floor - a): a rising triangle and a uniform stretch over floor to b, in the ratio of
    (b - floor) / 2 to (floor - a). Of a falling one it is a falling one, of a uniform stretch a uniform one.
    """
    if belief.bounds()[0] >= floor:
        return belief
    parts = [part for its in belief.parts for part in _cut(its, floor) if part.weight > 0]
    below = sum(part.weight for part in parts if part.high <= floor)
    above = tuple(part for part in parts if part.high > floor)
    return replace(belief, parts=(Part(floor, floor, Shape.UNIFORM, below), *above))


def _cut(part: Part, floor: float) -> Iterator[Part]:
    if part.low >= floor:
        yield part
        return
    under = part.below(floor) if floor < part.high else 1.0
    yield Part(floor, floor, Shape.UNIFORM, part.weight * under)
    if under == 1.0:
        return
    left = part.weight * (1 - under)
    if part.shape is Shape.RISING:
        rising, level = (part.high - floor) / 2, floor - part.low
        yield Part(floor, part.high, Shape.RISING, left * rising / (rising + level))
        yield Part(floor, part.high, Shape.UNIFORM, left * level / (rising + level))
    else:
        yield Part(floor, part.high, part.shape, left)
