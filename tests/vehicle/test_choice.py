"""The exact choice, its limits that cannot hold together, and the frontier: as brute force finds them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.choosing.choice import Kind, Limit, Problem, best, fits, possible, value
from pledger.vehicle.choosing.frontier import frontier
from pledger.vehicle.choosing.impossible import conflict
from vehicle.brute import brute_best, brute_frontier, brute_possible

FEW = settings(deadline=None, max_examples=25)


def limit(kind: Kind, coefficients: list[int], bound: int, name: str = "") -> Limit:
    return Limit(name or f"{kind} {coefficients} {bound}", kind, tuple(coefficients), bound)


@st.composite
def problems(draw: st.DrawFn, most: int = 15, tight: bool = False) -> Problem:
    """Ties are wanted: few different numbers, at scales from one to a million."""
    count = draw(st.integers(0, most))
    scale = draw(st.sampled_from([1, 7, 1000, 999_983]))
    small = st.integers(0, draw(st.sampled_from([2, 9, 1_000_000 // scale + 1])))
    row = st.lists(small, min_size=count, max_size=count)
    costs = [scale * c for c in draw(row)]
    values = [scale * v for v in draw(row)]
    whole = sum(costs)
    limits = []
    for kind in draw(st.lists(st.sampled_from(Kind), max_size=5)):
        if kind in (Kind.CEILING, Kind.YEAR):
            part = costs if kind is Kind.CEILING else [draw(st.integers(0, c)) for c in costs]
            limits.append(limit(kind, part, draw(st.integers(0, max(1, whole // (3 if tight else 1))))))
        elif kind in (Kind.AT_MOST, Kind.AT_LEAST) and count:
            inside = draw(st.lists(st.booleans(), min_size=count, max_size=count))
            limits.append(share(costs, inside, draw(st.integers(0, 100)), kind))
        elif count:
            place = draw(st.integers(0, count - 1))
            sign = -1 if kind is Kind.MUST else 1
            limits.append(
                limit(kind, [sign * (i == place) for i in range(count)], -1 if sign < 0 else 0, f"{kind} {place}")
            )
    return Problem(tuple(values), tuple(costs), tuple(limits))


def share(costs: list[int], inside: list[bool], percent: int, kind: Kind) -> Limit:
    sign = 1 if kind is Kind.AT_MOST else -1
    terms = [sign * (100 * cost * its - percent * cost) for cost, its in zip(costs, inside, strict=True)]
    return limit(kind, terms, 0)


@FEW
@given(problems())
def test_the_best_choice_is_that_of_brute_force(problem: Problem) -> None:
    assert best(problem) == brute_best(problem)


@FEW
@given(problems(most=9, tight=True))
def test_limits_that_cannot_hold_together_are_an_irreducible_set(problem: Problem) -> None:
    count = len(problem.values)
    found = conflict(problem)
    assert (found is None) == brute_possible(problem.limits, count)
    if found is not None:
        assert not brute_possible(found.limits, count)
        for left in found.limits:
            assert brute_possible([other for other in found.limits if other is not left], count)
        for mend in found.mends:
            others = [other for other in problem.limits if other is not mend.limit]
            assert mend.helps == brute_possible(others, count)
            if mend.bound is not None:
                assert brute_possible([*others, replace(mend.limit, bound=mend.bound)], count)
                assert not brute_possible([*others, replace(mend.limit, bound=mend.bound - 1)], count)


@FEW
@given(problems(most=9), st.data())
def test_the_frontier_is_that_of_brute_force(problem: Problem, data: st.DataObject) -> None:
    count = len(problem.values)
    row = st.lists(st.integers(-20, 20), min_size=count, max_size=count)
    strategy, returns = [abs(s) for s in data.draw(row)], data.draw(row)
    found = frontier(strategy, returns, problem)
    assert [(p.strategy, p.returns) for p in found.points] == brute_frontier(strategy, returns, problem)
    assert found.complete
    for point in found.points:
        assert fits(point.choice, problem.limits)
        assert (value(strategy, point.choice), value(returns, point.choice)) == (point.strategy, point.returns)


def test_ties_go_to_the_cheaper_and_then_to_the_first() -> None:
    assert best(Problem((5, 5, 0), (3, 2, 1), (limit(Kind.CEILING, [3, 2, 1], 4),))) == (False, True, False)
    assert best(Problem((5, 5, 5), (2, 2, 2), (limit(Kind.CEILING, [2, 2, 2], 4),))) == (True, True, False)


def test_many_equal_projects_beyond_one_step_of_the_order() -> None:
    count = 50
    chosen = best(Problem((1,) * count, (1,) * count, (limit(Kind.CEILING, [1] * count, 23),)))
    assert chosen == tuple(i < 23 for i in range(count))


def test_large_numbers_that_differ_by_one() -> None:
    """The ceiling is met to the unit: one more would break it."""
    costs = (999_999, 999_998, 500_000, 499_999, 3)
    exact = limit(Kind.CEILING, list(costs), 1_499_998)
    problem = Problem(costs, costs, (exact,))
    assert best(problem) == brute_best(problem)


def test_a_share_says_what_it_would_have_to_be() -> None:
    costs = [30, 50, 20]
    gas = [True, False, False]
    must = [limit(Kind.MUST, [-1, 0, 0], -1, "must gas"), limit(Kind.CEILING, costs, 50, "ceiling")]
    most = share(costs, gas, 40, Kind.AT_MOST)
    problem = Problem((1, 1, 1), tuple(costs), (*must, most))
    found = conflict(problem, [(most, gas)])
    assert found is not None
    shares = {mend.limit.kind: mend.share for mend in found.mends}
    assert shares[Kind.AT_MOST] is not None
    assert shares[Kind.AT_MOST] == Fraction(3, 5)
    assert {mend.limit.name for mend in found.mends} == {"must gas", "ceiling", most.name}
    assert not possible(problem.limits, 3)


def test_a_frontier_that_is_too_long_says_so() -> None:
    count = 8
    strategy, returns = tuple(2**i for i in range(count)), tuple(-(2**i) for i in range(count))
    found = frontier(strategy, returns, Problem((0,) * count, (1,) * count), most_points=10)
    assert not found.complete
    assert len(found.points) == 10
    pairs = [(p.strategy, p.returns) for p in found.points]
    assert pairs == [(s, -s) for s, _ in pairs]
    assert max(b - a for (a, _), (b, _) in itertools.pairwise(pairs)) <= 64
    assert pairs[0] == (0, 0)
    assert found.points[-1].strategy == 2**count - 1
