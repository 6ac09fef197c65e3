"""Strategy against return: every choice that cannot be bettered in the one without giving up some of the other.

Method of the epsilon constraint (Haimes, Lasdon and Wismer, IEEE Transactions on Systems, Man and Cybernetics 1, 1971),
exact for whole numbers: take the greatest return and, at that return, the greatest strategic value; then ask for at
least one unit of strategic value more, and so on until nothing is possible any more. None is missed, also not those
that no weighting of the two would ever find.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.vehicle.choice import Choice, Kind, Limit, Problem, best, value

__all__ = ["Frontier", "Point", "frontier"]


@dataclass(frozen=True, slots=True)
class Point:
    """An efficient choice."""

    strategy: int
    returns: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Frontier:
    """Efficient points from the greatest return to the greatest strategic value."""

    points: tuple[Point, ...]
    complete: bool
    """False where there are more points than were asked for; the last one is then still the one of most strategy."""

    @property
    def price(self) -> int:
        """The return that is given up by putting strategy before all: that of the first point less that of the last."""
        return self.points[0].returns - self.points[-1].returns if self.points else 0


def frontier(strategy: Sequence[int], returns: Sequence[int], problem: Problem, most_points: int = 1000) -> Frontier:
    """The efficient points of two values within the limits of a problem; no points where nothing is within them."""
    strategy, returns = tuple(strategy), tuple(returns)
    last = _point(strategy, returns, problem, first=strategy, then=returns)
    if last is None:
        return Frontier((), complete=True)
    points: list[Point] = []
    limits = problem.limits
    while len(points) < most_points:
        point = _point(strategy, returns, Problem(problem.values, problem.costs, limits), first=returns, then=strategy)
        if point is None:
            return Frontier(tuple(points), complete=True)
        points.append(point)
        limits = (*problem.limits, _at_least(strategy, point.strategy + 1))
    complete = points[-1].strategy == last.strategy
    return Frontier(tuple(points if complete else [*points[:-1], last]), complete)


def _point(
    strategy: tuple[int, ...], returns: tuple[int, ...], problem: Problem, first: tuple[int, ...], then: tuple[int, ...]
) -> Point | None:
    """The choice with the most of `first`, and of those with the most of `then`."""
    most = best(Problem(first, problem.costs, problem.limits))
    if most is None:
        return None
    limits = (*problem.limits, _at_least(first, value(first, most)))
    choice = best(Problem(then, problem.costs, limits))
    if choice is None:
        choice = most
    return Point(value(strategy, choice), value(returns, choice), choice)


def _at_least(coefficients: tuple[int, ...], least: int) -> Limit:
    return Limit("", Kind.MUST, tuple(-c for c in coefficients), -least)
