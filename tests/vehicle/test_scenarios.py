"""Scenarios: what a file may say, what it changes, and what is wrong with it at which line."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.scenarios import Scenario, ScenarioError, Setting, applied, bundled, scenarios
from pledger.vehicle.words import Account, Basis, Candidate, Input, Plan
from vehicle.made import three
from vehicle.test_tariff import by_quarter, tariff

BASE = Setting(three(), tariff())


def written(folder: Path, text: str) -> tuple[Scenario, ...]:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return scenarios(path)


def one(folder: Path, text: str) -> Setting:
    """The base case as a scenario whose fields are `text` has it."""
    [scenario] = written(
        folder, "scenarios:\n  - name: mine\n" + "".join(f"    {line}\n" for line in text.splitlines())
    )
    return applied(scenario, BASE)


def named(plan: Plan, name: str) -> Candidate:
    return next(c for c in plan.candidates if c.id == name)


def mean(one: Input) -> float:
    assert isinstance(one.belief, Belief)
    return one.belief.mean()


def test_a_scenario_that_names_nothing_changes_nothing() -> None:
    assert applied(Scenario(name="as it is"), BASE) == BASE


def test_the_ruling_and_the_replacement(tmp_path: Path) -> None:
    got = one(
        tmp_path,
        "tariff:\n"
        "  - {on: 2026-04-01, lines: [rest], without: 0, kept: 0}\n"
        "  - {on: 2026-07-01, lines: [rest], without: 25 %, kept: 20 %}",
    )
    assert got.plan == BASE.plan
    assert got.tariff is not None
    quarters = by_quarter(got.tariff)
    assert quarters[1] == pytest.approx(40e9 * 0.125 * 0.2 / 4)
    assert quarters[2] == pytest.approx((40e9 * 0.125 + 100e9 * 0.05) * 0.2 / 4)


def test_a_declined_call_stops_what_is_selected_later_and_the_relief(tmp_path: Path) -> None:
    got = one(tmp_path, "declined: {on: 2027-04-01}")
    assert got.plan.funding.window_end == 1, "the quarter before the one that holds the day"
    assert got.tariff is not None
    assert not by_quarter(got.tariff, 12)[5:].any()
    kept = one(tmp_path, "declined: {on: 2027-04-01, tariffs_snap_back: false}")
    assert kept.tariff == BASE.tariff


def test_what_happens_to_projects(tmp_path: Path) -> None:
    got = one(
        tmp_path,
        "projects:\n"
        "  - {longer_years: 3, cash_yield: 0.5}\n"
        "  - {projects: [largest], cancelled_on: 2028-07-01}\n"
        "  - {projects: [OHIO], later_years: 1, cost: 2, proceeds: 1, overrun: 1.1}",
    )
    ohio, reactors, was = named(got.plan, "ohio"), named(got.plan, "reactors"), named(BASE.plan, "ohio")
    assert mean(ohio.delay) == mean(was.delay) + 12
    assert mean(reactors.cash_yield) == pytest.approx(mean(was.cash_yield) / 2)
    assert (reactors.cancelled, ohio.cancelled) == (7, None)
    assert mean(ohio.start) == mean(was.start) + 4
    assert mean(ohio.cost) == pytest.approx(2 * mean(was.cost))
    assert mean(ohio.overrun) == pytest.approx(1.1 * mean(was.overrun))
    assert mean(ohio.proceeds) == 1
    assert ohio.cost.basis is Basis.ASSUMPTION
    assert ohio.cost.sources[0].where == "scenario mine"
    assert named(got.plan, "texas").cost == named(BASE.plan, "texas").cost


def test_other_terms(tmp_path: Path) -> None:
    got = one(
        tmp_path,
        "terms: {before: 1/2, after: 90 %, deemed_rate: 0.04, account: principal, ceiling: 200.0e+9, tenor_years: 20,\n"
        "        interpretation: principal only, cap_per_year: 20.0e+9, pool: programme, recovered: each side}",
    ).plan
    assert {(i.rules.after, i.rules.deemed_rate, i.rules.account) for i in got.interpretations} == {
        (0.9, 0.04, Account.PRINCIPAL)
    }
    assert (got.funding.ceiling, got.funding.cap_per_year, got.funding.tenor) == (200e9, 20e9, 80)
    assert got.interpretation.belief.options[0] == ("principal only", 1.0)  # type: ignore[union-attr]


def test_how_long_relief_lasts_and_who_bears_the_tariff(tmp_path: Path) -> None:
    got = one(tmp_path, "relief_until: 2026-07-01\nborne_by_exporters: 40 %").tariff
    assert got is not None
    assert by_quarter(got)[0] == pytest.approx(2 * by_quarter(tariff())[0])
    assert not by_quarter(got)[2:].any()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("scenarios:\n  - label: no name\n", "own.yaml:2: scenarios.0.name: is missing"),
        ("scenarios: []\n", "own.yaml:1: scenarios"),
        ("scenarios:\n  - name: a\n    terms:\n      befor: 0.5\n", "own.yaml:4: scenarios.0.terms.befor"),
        ("scenarios:\n  - name: a\n    terms:\n      before: 1.5\n", "own.yaml:4: scenarios.0.terms.before"),
        ("scenarios:\n  - name: a\n    projects:\n      - cost: -1\n", "own.yaml:4: scenarios.0.projects.0.cost"),
        ("scenarios:\n  - name: a\n    declined: {on: soon}\n", "own.yaml:3: scenarios.0.declined.on"),
        (
            "scenarios:\n  - name: a\n    tariff:\n      - {on: 2027-01-01}\n",
            "own.yaml:4: scenarios.0.tariff.0: a change of tariffs says one thing; give `snap_back: true`",
        ),
        ("scenarios:\n  - name: a\n  - name: a\n", "own.yaml:3: scenarios.1.name: 'a' names two scenarios"),
        ("- name: a\n", "own.yaml:1"),
        ("scenarios:\n  - name: [\n", "own.yaml"),
        ("\xff", "own.yaml"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_field(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ScenarioError) as wrong:
        written(tmp_path, text)
    assert str(wrong.value).startswith(said)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("projects:\n  - {projects: [atlantis], cost: 2}", "scenario 'mine': no project named 'atlantis'; known: Ohio"),
        ("terms: {interpretation: nothing}", "no reading 'nothing' of the terms"),
        ("tariff:\n  - {on: 2027-01-01, lines: [ships], snap_back: true}", "no goods 'ships'"),
    ],
)
def test_what_is_not_in_the_plan_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        one(tmp_path, text)


def test_the_bundled_ones_apply_and_each_changes_something() -> None:
    every = bundled()
    assert len(every) == 5
    assert len({s.name for s in every}) == 5
    for scenario in every:
        assert scenario.label
        assert applied(scenario, BASE) != BASE, scenario.name


@settings(max_examples=30, deadline=None)
@given(st.dates(dt.date(2026, 10, 1), dt.date(2050, 1, 1)), st.floats(0.1, 10), st.floats(-5, 5))
def test_inputs_keep_their_names_and_their_order(day: dt.date, factor: float, years: float) -> None:
    scenario = Scenario.model_validate(
        {
            "name": "any",
            "projects": ({"cost": factor, "later_years": years, "cancelled_on": day},),
            "declined": {"on": day},
        }
    )
    got = applied(scenario, BASE).plan
    for was, now in zip(BASE.plan.candidates, got.candidates, strict=True):
        assert (was.id, was.selected) == (now.id, now.selected)
        for part in ("proceeds", "cost", "overrun", "start", "delay", "cash_yield"):
            assert getattr(was, part).name == getattr(now, part).name
