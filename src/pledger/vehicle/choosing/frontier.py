"""Strategy against return: every choice that cannot be bettered in the one without giving up some of the other.

Method of the epsilon constraint (Haimes, Lasdon and Wismer, IEEE Transactions on Systems, Man and Cybernetics 1, 1971),
exact for whole numbers: take the greatest return and, at that return, the greatest strategic value; then ask for at
least one unit of strategic value more, and so on until nothing is possible any more. None is missed, also not those
that no weighting of the two would ever find. Where several choices give the same point, one of them stands for it.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from pledger.vehicle.choosing.choice import Choice, Kind, Limit, Problem, SolverError, greatest, one_of_the_best, value

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
    """False where there are more points than were asked for: those that are here are efficient all the same."""


def frontier(strategy: Sequence[int], returns: Sequence[int], problem: Problem, most_points: int = 1000) -> Frontier:
    """The efficient points of two values within the limits of a problem; no points where nothing is within them.

    Where there are more than `most_points` (at least 2), about as many of them, spread over the strategic value: the
    widest gap that may hold another point is looked into first.
    """
    line = _Line(tuple(strategy), tuple(returns), problem)
    first = line.after(None)
    if first is None:
        return Frontier((), complete=True)
    points = [first]
    while len(points) <= most_points:
        point = line.after(points[-1].strategy + 1)
        if point is None:
            return Frontier(tuple(points), complete=True)
        points.append(point)
    return Frontier(_spread(line, first, most_points), complete=False)


def _spread(line: _Line, first: Point, most_points: int) -> tuple[Point, ...]:
    """Efficient points with the widest gaps between them narrowed, by as many solutions as points are asked for."""
    last = line.last()
    found = {first.strategy: first, last.strategy: last}
    gaps = [(first.strategy - last.strategy, first.strategy, last.strategy)]
    for _ in range(most_points - 2):
        if not gaps:
            break
        _, low, high = heapq.heappop(gaps)
        middle = (low + high + 1) // 2
        point = line.after(middle)
        # Nothing efficient lies between the middle and the point that is found from there on.
        if point is not None and point.strategy < high:
            found[point.strategy] = point
            if high - point.strategy > 1:
                heapq.heappush(gaps, (point.strategy - high, point.strategy, high))
        if middle - low > 1:
            heapq.heappush(gaps, (low - middle, low, middle))
    return tuple(found[strategy] for strategy in sorted(found))


@dataclass(frozen=True, slots=True)
class _Line:
    """The two values and the limits."""

    strategy: tuple[int, ...]
    returns: tuple[int, ...]
    problem: Problem

    def after(self, least: int | None) -> Point | None:
        """The point of the greatest return with at least so much strategic value, and of those with the most of it."""
        limits = self.problem.limits
        if least is not None:
            limits = (*limits, _at_least(self.strategy, least))
        return self._point(self.returns, self.strategy, limits)

    def last(self) -> Point:
        """The point of the greatest strategic value, and of those with the greatest return."""
        point = self._point(self.strategy, self.returns, self.problem.limits)
        if point is None:
            raise SolverError("limits that were possible are not any more")
        return point

    def _point(self, first: tuple[int, ...], then: tuple[int, ...], limits: tuple[Limit, ...]) -> Point | None:
        most = greatest(first, limits)
        if most is None:
            return None
        choice = one_of_the_best(Problem(then, self.problem.costs, (*limits, _at_least(first, most))))
        if choice is None:
            raise SolverError("a value that was found before is not found again")
        return Point(value(self.strategy, choice), value(self.returns, choice), choice)


def _at_least(coefficients: tuple[int, ...], least: int) -> Limit:
    return Limit("", Kind.MUST, tuple(-c for c in coefficients), -least)
