"""The kernel computes what `cash` computes, in cases of every kind and in the scenarios that it draws."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings

from pledger.vehicle.finance import cash, returns
from pledger.vehicle.montecarlo.columns import case
from pledger.vehicle.montecarlo.kernel import ANSWERS, BY_PROJECT, PER_SIDE, SERIES, block
from pledger.vehicle.montecarlo.tables import SIDES, tables
from pledger.vehicle.words import Account, Case, Floats, Flows, Plan, Pool, Recovered, Rules
from vehicle.plans import cases, certain, plan


def scenarios(
    made: Plan, seed: int, start: int, count: int
) -> tuple[Floats, npt.NDArray[np.float32], Floats, npt.NDArray[np.float32]]:
    """Answers, series, sums of the series, and what each project comes to."""
    answers = np.empty((count, len(ANSWERS)))
    series = np.empty((count, len(SERIES), made.quarters), np.float32)
    sums, tally = np.zeros(series.shape[1:]), np.zeros((len(made.candidates), len(BY_PROJECT)))
    by_project = np.empty((count, *tally.shape), np.float32)
    block(tables(made, seed), start, answers, series, sums, tally, by_project)
    assert np.allclose(by_project.sum(axis=0, dtype=np.float64), tally, rtol=1e-5, atol=1.0)
    return answers, series, sums, by_project


def by_quarter(flows: Flows) -> Floats:
    """What the series of the kernel are, of a case."""
    called, received = flows.draws.sum(axis=0), flows.receipts.sum(axis=0)
    series = [called, called.cumsum(), flows.cash.sum(axis=0), received, flows.claims.sum(axis=0), *flows.parties]
    return np.stack([*series, received - called])


def same(found: Floats | float, wanted: Floats | float, scale: float) -> bool:
    return bool(np.abs(found - wanted).max(initial=0.0) <= 1e-9 * scale)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_case_comes_to_what_cash_says(given_case: Case) -> None:
    flows = cash.run(given_case)
    made = certain(given_case)
    answers, _, sums, by_project = scenarios(made, 7, 3, 1)
    wanted = by_quarter(flows)
    scale = max(1.0, float(np.abs(wanted).max()))
    for found, series, name in zip(sums, wanted, SERIES, strict=True):
        assert same(found, series, scale), name
    got = dict(zip(ANSWERS, answers[0], strict=True))
    totals = {"called": flows.draws, "cash": flows.cash, "premium": flows.premium, "claims": flows.claims}
    for name, flow in {**totals, "recoveries": flows.recoveries}.items():
        assert same(got[name], flow.sum(), scale * 10), name
    assert same(got["drawn"], flows.draws[:, :11].sum(), scale)
    by_year = np.add.reduceat(flows.draws.sum(axis=0), np.unique([0, *_years(given_case)]))
    assert same(got["peak"], by_year.max(), scale)
    for side, told in zip(SIDES, returns.returns(flows, made.discount, made.discount[0]), strict=True):
        _returns_agree({what: got[f"{what}.{side}"] for what in PER_SIDE}, told, scale)
    if given_case.rules.pool is Pool.PROJECT:
        _projects_agree(flows, made, by_project[0])


def _years(given_case: Case) -> list[int]:
    return [q for q in range(given_case.quarters) if (q + given_case.first_quarter) % 4 == 0]


def _returns_agree(got: dict[str, float], told: returns.Returns, scale: float) -> None:
    assert same(got["receipts"], told.received, scale * 10)
    assert same(got["npv"], told.npv, scale * 10)
    if told.paid <= 1e-9 * scale:  # nothing but rounding was paid, if that
        return
    assert told.multiple is not None
    assert got["multiple"] == pytest.approx(told.multiple, rel=1e-9)
    assert (None if math.isnan(got["payback"]) else got["payback"]) == told.payback
    if not math.isnan(got["irr"]):  # two rates close to each other may be passed over
        assert min(abs(got["irr"] - rate) for rate in told.irr.rates) <= 1e-8 * (1 + abs(got["irr"]))
    else:
        assert len(told.irr.rates) != 1 or told.irr.rates[0] == -1.0 or abs(math.log1p(told.irr.rates[0])) > 15.9


def _projects_agree(flows: Flows, made: Plan, found: npt.NDArray[np.float32]) -> None:
    quarters = -np.arange(made.quarters) / 4
    for p, row in enumerate(found):
        draws, received = flows.draws[p], flows.receipts[p]
        scale = max(1.0, float(draws.sum() + flows.cash[p].sum()))
        wanted = [
            1.0, draws.sum(), returns.principal_back(received, draws),
            ((received - draws) * (1 + made.discount[0]) ** quarters).sum(),
            ((flows.cash[p] - received) * (1 + made.discount[3]) ** quarters).sum(),
        ]  # fmt: skip
        assert np.allclose(row, wanted, rtol=1e-6, atol=1e-6 * scale)


@pytest.mark.parametrize("pool", Pool)
@pytest.mark.parametrize("recovered", Recovered)
def test_a_drawn_scenario_is_a_case_that_cash_can_run(pool: Pool, recovered: Recovered) -> None:
    rules = (Rules(0.05, pool=pool, recovered=recovered), Rules(0.03, Account.PRINCIPAL, 0.7, 0.2, pool, recovered))
    made = plan(6, rules=rules, ceiling=2.5e10, cap_per_year=5e9)
    made = replace(
        made, candidates=(*made.candidates[:4], replace(made.candidates[4], cancelled=13), *made.candidates[5:])
    )
    bound = 0
    for scenario in range(40, 52):
        drawn = case(made, 5, scenario)
        answers, _, sums, _ = scenarios(made, 5, scenario, 1)
        assert answers[0, 1] == len(drawn.projects)
        if not drawn.projects:
            assert not sums.any()
            continue
        flows = cash.run(drawn)
        bound += flows.wanted.sum() > flows.draws.sum() * (1 + 1e-9)
        assert made.interpretations[int(answers[0, 0])].rules == drawn.rules
        assert same(sums, by_quarter(flows), float(np.abs(sums).max()))
    assert bound, "neither ceiling nor cap was met"


@pytest.mark.parametrize("pool", Pool)
def test_money_is_conserved_in_every_quarter_of_every_scenario(pool: Pool) -> None:
    made = plan(12, rules=(Rules(0.05, pool=pool), Rules(0.0, pool=pool)), ceiling=4e10, cap_per_year=8e9)
    answers, series, _, _ = scenarios(made, 0, 0, 600)
    of = {name: series[:, s].astype(np.float64) for s, name in enumerate(SERIES)}
    scale = of["drawn"].max()
    pledging = of["public_lender"] + of["guarantor"] + of["banks"]
    slack = 1e-6 * scale  # series are kept in single precision
    assert np.abs(pledging - of["pledging"]).max() <= slack
    assert np.abs(pledging + of["host"] - (of["cash"] - of["calls"])).max() <= slack
    assert np.abs(of["receipts"] + of["host"] - of["cash"]).max() <= slack
    assert np.abs(of["calls"].cumsum(axis=1) - of["drawn"]).max() <= slack * 10
    assert of["drawn"].max() <= 4e10 * (1 + 1e-6)
    assert answers[:, ANSWERS.index("peak")].max() <= 8e9 * (1 + 1e-9)
    got = dict(zip(ANSWERS, answers.T, strict=True))
    sides = sum(got[f"receipts.{side}"] for side in ("public_lender", "guarantor", "banks", "host"))
    assert np.allclose(sides, got["cash"] + got["claims"], rtol=1e-9)  # claims pass from the guarantor to the banks
