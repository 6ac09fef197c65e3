"""Why no choice is within the limits: a smallest set of them that cannot hold together, and what would mend each.

The set is irreducible: without any one of its limits the others can be kept. It is found by the deletion filter
(Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 3,
1991): each limit is left out in turn, for good if what remains is still impossible. Shares are left out first and
musts last, so that the set names as many plain wishes of the user's as can explain it.

Mends. For the ceiling or a year's cap: the least bound that would do with all other limits kept. For a share: the
least (or greatest) share that would do, exactly, by Dinkelbach's method (Management Science 13, 1967). For a must: to
drop it. A limit whose mend alone does not help, since others conflict too, says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pledger.vehicle.choosing.choice import Kind, Limit, Problem, best, possible, value

__all__ = ["Conflict", "Mend", "conflict"]

_ORDER = (Kind.AT_LEAST, Kind.AT_MOST, Kind.YEAR, Kind.CEILING, Kind.MUST_NOT, Kind.MUST)


@dataclass(frozen=True, slots=True)
class Mend:
    """What would make a limit harmless with all the others kept."""

    limit: Limit
    helps: bool
    """Whether changing this limit alone is enough."""
    bound: int | None = None
    """Of a ceiling or cap: the least that would do, in the units of the problem."""
    share: Fraction | None = None
    """Of a share: the least that would do as its upper limit, or the greatest as its lower one."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Limits that cannot hold together, each of them needed for that."""

    mends: tuple[Mend, ...]

    @property
    def limits(self) -> tuple[Limit, ...]:
        """The limits, in the order in which they were given."""
        return tuple(mend.limit for mend in self.mends)


def conflict(problem: Problem, parts: Sequence[tuple[Limit, Sequence[bool]]] = ()) -> Conflict | None:
    """The conflict of a problem that has no solution, with the mends; None where it has one.

    `parts`: for each limit on a share which projects belong to the part that it limits.
    """
    count = len(problem.values)
    if possible(problem.limits, count):
        return None
    kept = list(problem.limits)
    for limit in sorted(problem.limits, key=lambda item: _ORDER.index(item.kind)):
        without = [other for other in kept if other is not limit]
        if not possible(without, count):
            kept = without
    members = {id(limit): part for limit, part in parts}
    return Conflict(tuple(_mend(problem, limit, members.get(id(limit))) for limit in kept))


def _mend(problem: Problem, limit: Limit, part: Sequence[bool] | None) -> Mend:
    others = tuple(other for other in problem.limits if other is not limit)
    if not possible(others, len(problem.values)):
        return Mend(limit, helps=False)
    if limit.kind in (Kind.CEILING, Kind.YEAR):
        smallest = _certain(tuple(-c for c in limit.coefficients), problem, others)
        return Mend(limit, helps=True, bound=value(limit.coefficients, smallest))
    if part is not None and limit.kind in (Kind.AT_MOST, Kind.AT_LEAST):
        return Mend(limit, helps=True, share=_share(problem, others, part, limit.kind))
    return Mend(limit, helps=True)


def _share(problem: Problem, others: tuple[Limit, ...], part: Sequence[bool], kind: Kind) -> Fraction | None:
    """The least (for an upper limit) or greatest share of the cost that the part can have within the other limits.

    Dinkelbach: for the share s of some choice, find the choice with the least `cost in part - s * cost`; where that is
    not below 0, s is the least; else its own share is smaller, and the search goes on from there.
    """
    sign = 1 if kind is Kind.AT_MOST else -1
    inside = tuple(cost if belongs else 0 for cost, belongs in zip(problem.costs, part, strict=True))
    choice = _certain(tuple(-sign * c for c in inside), problem, others)
    while (whole := value(problem.costs, choice)) > 0:
        share = Fraction(value(inside, choice), whole)
        gain = tuple(
            -sign * (i * share.denominator - c * share.numerator) for i, c in zip(inside, problem.costs, strict=True)
        )
        better = _certain(gain, problem, others)
        if value(gain, better) <= 0:
            return share
        choice = better
    return None


def _certain(values: tuple[int, ...], problem: Problem, limits: tuple[Limit, ...]) -> tuple[bool, ...]:
    found = best(Problem(values, problem.costs, limits))
    if found is None:
        raise ValueError("limits that were possible are not any more")
    return found
