"""Levers: their ranges, and that each turns what it says and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.levers import lever, lever_names
from pledger.vehicle.shapes import point, triangular
from pledger.vehicle.words import Basis, Input, Plan, Source
from vehicle.made import made, three

PLAN = three()


def spread(one: Input) -> tuple[float, float]:
    assert isinstance(one.belief, Belief)
    return one.belief.bounds()


@pytest.mark.parametrize("name", lever_names())
def test_every_lever_has_a_range_with_its_ground_and_turns(name: str) -> None:
    its = lever(PLAN, name)
    assert its.low < its.high
    assert its.says
    assert its.label
    assert its.basis is Basis.ASSUMPTION or its.sources
    low, high = its.turn(its.low), its.turn(its.high)
    assert low != high
    if its.now is not None:
        now = its.turn(its.now)
        for was, is_ in zip(PLAN.candidates, now.candidates, strict=True):
            for part in ("proceeds", "cost", "overrun", "start", "delay", "cash_yield"):
                assert spread(getattr(is_, part)) == pytest.approx(spread(getattr(was, part)))
        assert now.funding == PLAN.funding
        assert now.interpretations == PLAN.interpretations


def test_the_range_of_a_factor_is_that_of_the_sectors() -> None:
    its = lever(PLAN, "cash_yield")  # 5 to 20 % around 12.5 %
    assert (its.low, its.high) == pytest.approx((0.4, 1.6))
    assert its.basis is Basis.REFERENCE
    assert its.sources == (Source("a report", 2026),)
    turned = its.turn(1.6).candidates[0].cash_yield
    assert spread(turned) == pytest.approx((0.08, 0.32))
    assert turned.basis is Basis.ASSUMPTION, "nobody reported it"


def test_a_certain_project_stays_certain() -> None:
    turned = lever(PLAN, "proceeds").turn(0.5)
    assert [spread(c.proceeds) for c in turned.candidates] == [(0.5, 0.5), (1.0, 1.0), (0.5, 0.5)]


def test_what_the_terms_leave_open_is_the_range() -> None:
    fixed = (
        made("terms.premium", triangular(0.005, 0.01, 0.02, "rate"), Basis.ASSUMPTION),
        made("terms.tenor", triangular(40, 60, 88, "quarters")),
        made("terms.before", point(0.5, "share"), Basis.REPORTED),
    )
    plan: Plan = replace(PLAN, fixed=fixed)
    assert (lever(plan, "premium").low, lever(plan, "premium").high) == (0.005, 0.02)
    assert (lever(plan, "tenor").low, lever(plan, "tenor").high) == (10, 22)
    assert lever(plan, "tenor").turn(22).funding.tenor == 88
    assert (lever(plan, "before").low, lever(plan, "before").high) == (0, 1)
    assert lever(plan, "before").now == 0.5
    assert lever(plan, "deemed_rate").now is None, "the two readings differ"


def test_an_unknown_lever_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="no lever 'yield'; known: cash_yield"):
        lever(PLAN, "yield")
