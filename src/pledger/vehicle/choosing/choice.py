"""The exact choice: which projects to take so that their values sum to the most within limits.

    maximise   sum value[i] x[i]        x[i] is 0 or 1
    subject to sum coefficient[k][i] x[i] <= bound[k]   for every limit k

All numbers are whole, so that a limit is kept or broken and two choices are equal or not, with nothing in between; who
makes the problem says what a unit is. Solved by branch and cut (HiGHS through `scipy.optimize.milp`) to no gap. What
comes back is checked in whole numbers; a choice that only rounding let through is cut off and the search goes on.

Ties. Of choices with the same value the one that costs least is taken; of those, the one that holds the first project
of the list in which they differ. So the answer never depends on the path that the solver took.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

__all__ = [
    "Choice",
    "Kind",
    "Limit",
    "Problem",
    "SolverError",
    "best",
    "fits",
    "greatest",
    "one_of_the_best",
    "possible",
    "value",
]

_CHUNK = 20
"""Projects whose order is settled in one step: powers of two up to 2^19 are far within what the solver tells apart."""
_OPTIMAL, _INFEASIBLE = 0, 2
"""What `milp` reports."""

Choice = tuple[bool, ...]
"""For each project of the problem, in its order, whether it is taken."""


class SolverError(RuntimeError):
    """The solver gave up; this is not the same as a problem without a solution."""


class Kind(StrEnum):
    """What a limit is about."""

    CEILING = "ceiling"
    YEAR = "cap per year"
    AT_MOST = "share at most"
    AT_LEAST = "share at least"
    MUST = "must have"
    MUST_NOT = "must not have"


@dataclass(frozen=True, slots=True)
class Limit:
    """`sum coefficients[i] x[i] <= bound`."""

    name: str
    """As a person names it: `ceiling`, `cap of 2027`, `at most 40 % gas`, `must have Portsmouth`."""
    kind: Kind
    coefficients: tuple[int, ...]
    bound: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What to choose from, what it is worth and what it costs, within which limits."""

    values: tuple[int, ...]
    costs: tuple[int, ...]
    """Break ties; they are limited only where a limit says so."""
    limits: tuple[Limit, ...] = ()

    def __post_init__(self) -> None:
        lengths = {len(self.values), len(self.costs), *(len(limit.coefficients) for limit in self.limits)}
        if len(lengths) != 1:
            raise ValueError(f"values, costs and limits speak of different numbers of projects: {sorted(lengths)}")


def best(problem: Problem) -> Choice | None:
    """The best choice, ties broken as the module says; None where no choice is within the limits."""
    found = _most(problem.values, problem.limits)
    if found is None:
        return None
    limits = (*problem.limits, _at_least(problem.values, value(problem.values, found)))
    negative = tuple(-cost for cost in problem.costs)
    found = _certain(negative, limits)
    limits = (*limits, _at_least(negative, value(negative, found)))
    return _first(found, limits)


def one_of_the_best(problem: Problem) -> Choice | None:
    """A choice of the greatest value, for where many are made and ties do not matter; nothing without value is taken
    that no limit asks for."""
    count = len(problem.values)
    return _most([v * (count + 1) - (v == 0) for v in problem.values], problem.limits)


def greatest(values: Sequence[int], limits: Sequence[Limit]) -> int | None:
    """The greatest sum of values within the limits; None where no choice is within them."""
    found = _most(values, limits)
    return None if found is None else value(values, found)


def possible(limits: Sequence[Limit], count: int) -> bool:
    """Whether any choice of `count` projects is within the limits."""
    return _most((0,) * count, limits) is not None


def fits(choice: Sequence[bool], limits: Sequence[Limit]) -> bool:
    """Whether a choice is within the limits."""
    return all(value(limit.coefficients, choice) <= limit.bound for limit in limits)


def value(of: Sequence[int], choice: Sequence[bool]) -> int:
    """The sum of a number over what is taken."""
    return sum(v for v, taken in zip(of, choice, strict=True) if taken)


def _first(choice: Choice, limits: Sequence[Limit]) -> Choice:
    """Of all choices within the limits the first in the order of the list. `choice` is one of them."""
    count = len(choice)
    fixed = list(limits)
    for start in range(0, count, _CHUNK):
        end = min(start + _CHUNK, count)
        weights = tuple(2 ** (end - 1 - i) if start <= i < end else 0 for i in range(count))
        choice = _certain(weights, fixed)
        fixed.append(_at_least(weights, value(weights, choice)))
    return choice


def _at_least(coefficients: Sequence[int], least: int) -> Limit:
    return Limit("", Kind.MUST, tuple(-c for c in coefficients), -least)


def _certain(values: Sequence[int], limits: Sequence[Limit]) -> Choice:
    found = _most(values, limits)
    if found is None:
        raise SolverError("a choice that was found before is not found again; the numbers are too large to tell apart")
    return found


def _most(values: Sequence[int], limits: Sequence[Limit]) -> Choice | None:
    """A choice with the greatest value, or None."""
    count = len(values)
    if not count:
        return () if fits((), limits) else None
    rows = [_reduced(limit) for limit in limits]
    scale = math.gcd(*values) or 1
    cost = np.array([-v // scale for v in values], dtype=np.float64)
    while True:
        constraints = [_row(limit) for limit in rows]
        done = milp(
            cost,
            integrality=np.ones(count, dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"mip_rel_gap": 0.0, "presolve": False},
        )
        if done.status == _INFEASIBLE:
            return None
        if done.status != _OPTIMAL or done.x is None:
            raise SolverError(f"the solver stopped without an answer: {done.message}")
        choice = tuple(bool(x > 0.5) for x in done.x)
        if fits(choice, rows):
            return choice
        rows.append(_other_than(choice))


def _row(limit: Limit) -> LinearConstraint:
    """A limit with its largest number made 1, so that the solver's tolerances are as small against every row.

    What they let through is found out afterwards, in whole numbers.
    """
    scale = max((abs(c) for c in limit.coefficients), default=0) or 1
    return LinearConstraint(np.array(limit.coefficients, dtype=np.float64) / scale, ub=limit.bound / scale)


def _reduced(limit: Limit) -> Limit:
    """The same limit in the smallest whole numbers."""
    scale = math.gcd(*limit.coefficients) or 1
    return replace(limit, coefficients=tuple(c // scale for c in limit.coefficients), bound=limit.bound // scale)


def _other_than(choice: Choice) -> Limit:
    """Cuts off one choice: at least one project is taken or left that was not."""
    signs = tuple(1 if taken else -1 for taken in choice)
    return Limit("", Kind.MUST, signs, sum(choice) - 1)
