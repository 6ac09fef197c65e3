"""Answers of a simulation: summaries, readings of the terms, and relief beside the pledge."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.asking.adjust import forced
from pledger.vehicle.asking.answers import Answer, answers, by_interpretation, column, relieved, summary
from pledger.vehicle.asking.levers import lever
from pledger.vehicle.asking.quantities import QUANTITIES, Unit, quantity
from pledger.vehicle.asking.scenarios import Scenario, Setting, applied
from pledger.vehicle.asking.solve import Measure, solve
from pledger.vehicle.asking.stated import measured, parsed, until_then
from pledger.vehicle.asking.tariff import stepped
from pledger.vehicle.montecarlo.simulate import simulate
from pledger.vehicle.montecarlo.simulation import Simulation
from vehicle.made import three
from vehicle.test_tariff import START, tariff

N = 4000
PLAN = three()


@pytest.fixture(scope="module")
def base() -> Simulation:
    return simulate(PLAN, N, seed=3)


def test_every_quantity_has_an_answer(base: Simulation) -> None:
    found = answers(base)
    assert [a.name for a in found] == [q.name for q in QUANTITIES]
    for a in found:
        assert a.defined == 0 or a.p5 <= a.p25 <= a.p50 <= a.p75 <= a.p95
        if a.unit is Unit.EVENT and a.defined:
            assert 0 <= a.mean <= 1
    by_name = {a.name: a for a in found}
    assert by_name["drawn share"].mean == pytest.approx(by_name["drawn"].mean / 550e9)
    assert by_name["funded"].mean == pytest.approx(0.8 + 1 + 0.4, abs=0.05)
    assert by_name["payback of pledging"].defined <= by_name["principal back of pledging"].mean + 1e-9


def test_a_summary_by_hand() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, np.nan])
    found = summary(quantity("irr"), values)
    assert (found.mean, found.p50, found.defined) == (2.5, 2.5, 0.8)
    assert found.error == pytest.approx(np.std([1, 2, 3, 4], ddof=1) / 2)
    nothing = summary(quantity("irr"), np.full(3, np.nan))
    assert math.isnan(nothing.mean)
    assert nothing.defined == 0


def test_without_a_ceiling_there_is_no_share_of_it() -> None:
    free = replace(PLAN, funding=replace(PLAN.funding, ceiling=math.inf))
    assert not np.isfinite(column(simulate(free, 50), quantity("drawn share"))).any()


def test_the_error_of_a_mean_covers_another_seed(base: Simulation) -> None:
    for a, b in zip(answers(base), answers(simulate(PLAN, N, seed=4)), strict=True):
        if a.defined and b.defined:
            assert abs(a.mean - b.mean) <= 5 * math.hypot(a.error, b.error) + 1e-12, a.name


def test_each_reading_of_the_terms_in_the_same_scenarios(base: Simulation) -> None:
    found = by_interpretation(PLAN, lambda name: simulate(PLAN, N, seed=3, interpretation=name))
    assert [r.interpretation.name for r in found] == ["principal only", "with interest"]
    assert [r.weight for r in found] == [0.4, 0.6]
    only, interest = found
    assert interest.back.mean >= only.back.mean, "interest on the account keeps the even split for longer"
    mixed = sum(r.weight * r.back.mean for r in found)
    whole = summary(quantity("principal back"), column(base, quantity("principal back")))
    assert whole.mean == pytest.approx(mixed, abs=4 * whole.error + 0.01)


def test_relief_beside_the_pledge(base: Simulation) -> None:
    found = relieved(base, tariff())
    years = dict(found.yearly)
    assert years[2027] == pytest.approx(3.0e9)
    assert max(years) == 2029
    assert found.worth.mean < sum(years.values()), "later years are discounted"
    assert found.verdict.investment + found.verdict.insurance + found.verdict.neither == pytest.approx(1)
    assert found.cost.mean >= 0
    assert found.covers_by is not None
    ended = relieved(base, stepped(tariff(), START, without=0.1, kept=0.1))
    assert ended.worth.mean == 0
    assert ended.covers_by is None
    assert ended.verdict.insurance == 0


def same(a: Answer, b: Answer) -> bool:
    return repr(a) == repr(b)  # NaN is not equal to itself


def test_a_scenario_that_changes_nothing_answers_the_same_to_the_last_bit(base: Simulation) -> None:
    for scenario in (
        Scenario(name="nothing"),
        Scenario.model_validate(
            {
                "name": "by its own values",
                "projects": ({"cost": 1, "cash_yield": 1, "overrun": 1, "later_years": 0, "longer_years": 0},),
                "terms": {"before": 0.5, "after": 0.1, "ceiling": 550e9, "tenor_years": 15},
            }
        ),
    ):
        got = answers(simulate(applied(scenario, Setting(PLAN, None)).plan, N, seed=3))
        assert all(same(a, b) for a, b in zip(answers(base), got, strict=True))


NOTHING: dict[str, dict[str, object]] = {
    "projects": {"cost": 1, "overrun": 1, "cash_yield": 1, "later_years": 0, "longer_years": 0},
    "terms": {
        "before": 0.5, "after": 0.1, "ceiling": 550e9, "tenor_years": 15, "premium": 0.01, "bank_rate": 0.035,
        "public_rate": 0.02, "pool": "project", "recovered": "pledging side", "account": "principal and interest",
    },
}  # fmt: skip
"""What the plan has already, as fields of a scenario."""


@settings(max_examples=8, deadline=None)
@given(
    st.sets(st.sampled_from(sorted(NOTHING["projects"]))),
    st.sets(st.sampled_from(sorted(NOTHING["terms"]))),
    st.sampled_from([None, ("largest",), ("ohio", "texas")]),
)
def test_no_field_changes_anything_by_what_is_there_already(
    of_projects: set[str], of_terms: set[str], projects: tuple[str, ...] | None
) -> None:
    scenario = Scenario.model_validate(
        {
            "name": "nothing",
            "projects": ({"projects": projects, **{k: NOTHING["projects"][k] for k in of_projects}},),
            "terms": {k: NOTHING["terms"][k] for k in of_terms},
        }
    )
    got = simulate(applied(scenario, Setting(PLAN, None)).plan, 200, seed=3)
    assert np.array_equal(got.answers, simulate(PLAN, 200, seed=3).answers, equal_nan=True)


def test_a_scenario_moves_what_it_should(base: Simulation) -> None:
    def under(**fields: object) -> dict[str, Answer]:
        scenario = Scenario.model_validate({"name": "mine", **fields})
        return {a.name: a for a in answers(simulate(applied(scenario, Setting(PLAN, None)).plan, N, seed=3))}

    was = {a.name: a for a in answers(base)}
    split = under(terms={"after": 0.9})
    assert split["receipts of pledging"].mean > was["receipts of pledging"].mean
    assert split["cash"].mean == was["cash"].mean
    late = under(projects=({"longer_years": 3},))
    assert late["npv of pledging"].mean < was["npv of pledging"].mean
    gone = under(projects=({"projects": ("largest",), "proceeds": 0},))
    assert gone["called"].p95 < was["called"].p95
    stopped = under(declined={"on": PLAN_DAY})
    assert stopped["funded"].mean == pytest.approx(was["funded"].mean - 0.4, abs=0.05), "reactors are selected later"


PLAN_DAY = dt.date(2027, 2, 1)


share = st.floats(0, 1)


def measure_of(text: str, name: str, scenarios: int = 1500) -> tuple[Measure, ...]:
    stated, its = parsed(text), lever(PLAN, name)

    def measure(at: float) -> Measure:
        plan = until_then(its.turn(at), stated)
        return measured(stated, plan, column(simulate(plan, scenarios, seed=1), stated.quantity))

    found = solve(measure, stated.holds, its.low, its.high, whole=its.whole, grid=5)
    for crossing in found.crossings:
        assert stated.holds(measure(crossing.holds.at).value)
        assert not stated.holds(measure(crossing.fails.at).value)
    return tuple(c.holds.measure for c in found.crossings)


@pytest.mark.parametrize(
    ("text", "name", "crossings"),
    [
        ("principal back by 2045 >= 60%", "cash_yield", 1),
        ("mean npv >= 0", "after", 1),
        ("principal back by 2027 >= 50%", "cash_yield", 0),
        ("drawn by 2028 >= 20bn with 60%", "delay", 1),
    ],
)
def test_what_would_have_to_be_true(text: str, name: str, crossings: int) -> None:
    assert len(measure_of(text, name)) == crossings


@settings(max_examples=5, deadline=None)
@given(st.sampled_from([("cash_yield", "back.pledging"), ("after", "receipts.pledging"), ("proceeds", "drawn")]), share)
def test_a_lever_moves_every_scenario_one_way(moved: tuple[str, str], share: float) -> None:
    """Receipts in dollars may well fall with the yield: an account that is served sooner earns less interest."""
    its = lever(PLAN, moved[0])
    at = its.low + share * (its.high - its.low)
    low, high = (simulate(its.turn(x), 400, seed=2).answer(moved[1]) for x in (at, its.high))
    assert np.all(low <= high * (1 + 1e-9))


def test_forcing_a_reading_is_what_the_simulation_does() -> None:
    a = simulate(forced(PLAN, "principal only"), 500, seed=6)
    b = simulate(PLAN, 500, seed=6, interpretation="principal only")
    assert np.array_equal(a.answers, b.answers, equal_nan=True)
