"""Cash of a case: the worked example by hand, then case after case beside an independent sheet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from pledger.vehicle.finance.cash import run
from pledger.vehicle.words import Account, Case, Funding, Pool, Project, Recovered, Rules
from vehicle.agree import assert_agrees
from vehicle.sheet import Sheet
from vehicle.strategies import cases

FUNDING = Funding(
    equity=0.1, public_loan=0.4, guaranteed_loan=0.5, premium=0.01, bank_rate=0.06, public_rate=0.04, tenor=20
)
EXAMPLE = Case(
    projects=(Project("plant", 1000.0, build=4, life=40, cash_yield=0.12),), rules=Rules(0.05), funding=FUNDING
)
RICH = replace(EXAMPLE, projects=(replace(EXAMPLE.projects[0], cash_yield=0.40),))


def test_the_worked_example_draws_along_the_s_curve() -> None:
    flows = run(EXAMPLE)
    # F(1/4) = 3/16 - 2/64 = 0.15625, F(2/4) = 0.5, F(3/4) = 27/16 - 54/64 = 0.84375, F(1) = 1.
    assert flows.draws[0, :6].tolist() == [156.25, 343.75, 343.75, 156.25, 0, 0]
    assert flows.draws.sum() == 1000
    assert flows.completed.tolist() == [4]


def test_at_a_yield_of_12_percent_the_split_never_changes() -> None:
    flows = run(EXAMPLE)
    # 1,000 x 12 % / 4 = 30 a quarter for 40 quarters, 15 to each side.
    assert flows.cash[0, 3:45].tolist() == [0] + [30] * 40 + [0]
    assert flows.receipts[0, 4:44].tolist() == [15] * 40
    assert flows.parties[3, 4:44].tolist() == [15] * 40
    # 1.05^(1/4) = 1.0122722344: 156.25, then 156.25 x 1.01227... + 343.75 = 501.9175366, and so on.
    assert flows.account[0, :4] == pytest.approx([156.25, 501.9175366, 851.8271863, 1018.5310092], abs=1e-7)
    # Interest on 1,018.53 is 12.50, so that 15 a quarter lower the account by 2.50 only.
    assert flows.account[0, 4] == pytest.approx(1018.5310092 + 12.4996514 - 15, abs=1e-6)
    # 1,018.5310092 x 1.05^10 - 15 x (1.05^10 - 1) / 0.0122722344 = 1,659.0797 - 768.6798 (the last quarter of cash).
    assert flows.account[0, 43] == pytest.approx(890.3999, abs=1e-3)


def test_at_a_yield_of_40_percent_it_changes_in_the_24th_quarter_of_operation() -> None:
    flows = run(RICH)
    assert flows.receipts[0, 4:27].tolist() == [50] * 23
    # 28.9432906 are open after q = 26. With interest 29.2984895 are owed in q = 27, which take 58.5969790 of the
    # quarter's 100; of the other 41.4030210 the pledging side has a tenth, 4.1403021.
    assert flows.account[0, 26] == pytest.approx(28.9432906, abs=1e-7)
    assert flows.receipts[0, 27] == pytest.approx(33.4387916, abs=1e-7)
    assert flows.parties[3, 27] == pytest.approx(66.5612084, abs=1e-7)
    assert flows.account[0, 27:].tolist() == [0] * (flows.case.quarters - 27)
    assert flows.receipts[0, 28:44] == pytest.approx(10)
    assert flows.parties[3, 28:44] == pytest.approx(90)


def test_behind_the_pledging_side_by_hand() -> None:
    """One quarter to build, rates of 1 % a quarter, two repayments: small enough for a pencil."""
    one_percent = 1.01**4 - 1
    funding = Funding(0.2, 0.3, 0.5, one_percent, one_percent, one_percent, tenor=2)
    project = Project("kiosk", 100.0, build=1, life=4, cash_yield=2.0)
    flows = run(Case((project,), Rules(0.0, before=0.5, after=0.5), funding, quarters=6))
    # Cash of 50 a quarter from q = 1, 25 to the side. Guaranteed 50, public 30.
    # q = 1: premium 0.50, service 0.50 + 25 = 25.50, 24.50 of it there: a claim of 1. Public: 15.30 due, none paid.
    # q = 2: premium 0.25, service 0.25 + 25 = 25.25, 24.75 there: a claim of 0.50. Public owes 15.30 more and interest.
    # q = 3: nothing due to banks: 1.50 to the guarantor, 23.50 to the public loans.
    np.testing.assert_allclose(flows.premium[0], [0, 0.5, 0.25, 0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(flows.service[0], [0, 25.5, 25.25, 0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(flows.claims[0], [0, 1, 0.5, 0, 0, 0], atol=1e-12)
    np.testing.assert_allclose(flows.recoveries[0], [0, 0, 0, 1.5, 0, 0], atol=1e-12)
    np.testing.assert_allclose(flows.guaranteed_balance[0], [50, 25, 0, 0, 0, 0], atol=1e-12)
    # Public balance: 30; 30.30; 30.603; then interest 0.30603 and 23.50 paid: 7.40903; then 7.4831203 are paid.
    np.testing.assert_allclose(flows.public_service[0], [0, 0, 0, 23.5, 7.4831203, 0], atol=1e-9)
    np.testing.assert_allclose(flows.public_balance[0], [30, 30.3, 30.603, 7.40903, 0, 0], atol=1e-9)
    np.testing.assert_allclose(flows.residual[0], [0, 0, 0, 0, 25 - 7.4831203, 0], atol=1e-9)


A = Project("A", 1000.0, 1.2, start=0, build=6, life=40, cash_yield=0.30, growth=0.02, ramp_quarters=4)
B = Project("B", 700.0, start=3, build=8, life=60, cash_yield=0.18)
C = Project("C", 400.0, 1.5, selected=2, start=5, build=3, life=24, cash_yield=0.55, growth=-0.03, ramp_quarters=7)
THREE = (A, B, C)
POOLED = Rules(0.05, pool=Pool.PROGRAMME)
POOR = tuple(replace(project, cash_yield=project.cash_yield / 3) for project in THREE)
RICHER = tuple(replace(project, cash_yield=project.cash_yield * 3) for project in THREE)

CASES = {
    "the worked example": EXAMPLE,
    "the worked example at 40 %": RICH,
    "several projects": Case(THREE, Rules(0.05), FUNDING),
    "a cap per year": Case(THREE, Rules(0.05), replace(FUNDING, cap_per_year=450.0), first_quarter=2),
    "a cap that is met exactly": Case((A,), Rules(0.05), replace(FUNDING, cap_per_year=1200.0)),
    "a cap that pushes calls beyond the grid": Case(THREE, Rules(0.05), replace(FUNDING, cap_per_year=100.0), 60),
    "a ceiling": Case(THREE, Rules(0.05), replace(FUNDING, ceiling=1800.0)),
    "a ceiling that is met exactly": Case(THREE, Rules(0.05), replace(FUNDING, ceiling=2500.0)),
    "ceiling and cap": Case(THREE, Rules(0.05), replace(FUNDING, ceiling=1500.0, cap_per_year=500.0), first_quarter=1),
    "a window that one project misses": Case(THREE, Rules(0.05), replace(FUNDING, window_end=1)),
    "pooled": Case(THREE, POOLED, FUNDING),
    "pooled, cut by the ceiling": Case(THREE, POOLED, replace(FUNDING, ceiling=1800.0)),
    "pooled, one cancelled": Case((replace(A, cancelled=3), B, C), POOLED, FUNDING),
    "principal only": Case(THREE, Rules(0.05, Account.PRINCIPAL), FUNDING),
    "half the interest": Case(THREE, Rules(0.05, Account.HALF_INTEREST), FUNDING),
    "each side recovers, 60/40": Case(RICHER, Rules(0.05, before=0.6, after=0.2, recovered=Recovered.EACH), FUNDING),
    "each side recovers, 40/60": Case(RICHER, Rules(0.05, before=0.4, after=0.1, recovered=Recovered.EACH), FUNDING),
    "each side recovers, pooled": Case(RICHER, replace(POOLED, before=0.6, recovered=Recovered.EACH), FUNDING),
    "claims and their recovery": Case(
        (replace(A, ramp_quarters=16),), Rules(0.05), replace(FUNDING, tenor=14, premium=0.02)
    ),
    "arrears of public loans": Case(POOR, Rules(0.05), replace(FUNDING, tenor=8)),
    "arrears of public loans, pooled": Case(POOR, POOLED, replace(FUNDING, tenor=8)),
    "growth and ramp": Case((replace(A, growth=0.07, ramp_quarters=12),), Rules(0.03), FUNDING),
    "cancelled": Case((replace(A, cancelled=4), B), Rules(0.05), FUNDING),
    "cancelled when all is drawn": Case((replace(A, cancelled=7), B), Rules(0.05), FUNDING),
    "no premium": Case(THREE, Rules(0.05), replace(FUNDING, premium=0.0)),
    "loans that outlast the grid": Case(THREE, Rules(0.05), replace(FUNDING, tenor=300)),
    "started before the grid": Case((replace(A, selected=-5, start=-3), B), Rules(0.05), FUNDING),
    "drawn before the grid": Case((replace(A, selected=-9, start=-9), B), Rules(0.05), FUNDING),
    "paid by equity alone": Case(
        THREE, Rules(0.05), replace(FUNDING, equity=1.0, public_loan=0.0, guaranteed_loan=0.0)
    ),
    "guaranteed loans alone": Case(
        THREE, Rules(0.05), replace(FUNDING, equity=0.0, public_loan=0.0, guaranteed_loan=1)
    ),
}

# 80 quarters hold all that happens but the end of long loans, which is the point of one case.
BESIDE_THE_SHEET = {name: replace(case, quarters=min(case.quarters, 80)) for name, case in CASES.items()}


@pytest.mark.parametrize("name", BESIDE_THE_SHEET)
def test_a_case_beside_the_sheet(name: str) -> None:
    case = BESIDE_THE_SHEET[name]
    assert_agrees(run(case), Sheet(case))


@settings(deadline=None, max_examples=40)
@given(cases(most=3, quarters=30))
def test_any_case_beside_the_sheet(case: Case) -> None:
    assert_agrees(run(case), Sheet(case))


def test_the_cases_show_what_their_names_say() -> None:
    """The sheet agrees on nothing where nothing happens: each case is looked at for what it is there for."""
    flows = {name: run(case) for name, case in BESIDE_THE_SHEET.items()}
    assert flows["claims and their recovery"].claims.sum() > 0
    assert flows["claims and their recovery"].recoveries.sum() == pytest.approx(
        flows["claims and their recovery"].claims.sum()
    )
    assert flows["a cap per year"].completed.tolist() != flows["several projects"].completed.tolist()
    assert flows["a cap that is met exactly"].completed[0] == 6
    assert (flows["a cap that pushes calls beyond the grid"].completed >= 60).any()
    assert (flows["a ceiling"].stopped < 80).any()
    assert (flows["a ceiling that is met exactly"].stopped == 80).all()
    assert flows["pooled, cut by the ceiling"].draws.sum() == pytest.approx(1800)
    assert flows["a window that one project misses"].draws[2].sum() == 0
    late = flows["arrears of public loans"]
    assert late.public_balance[0, late.completed[0] + 8] > 0
    assert flows["cancelled"].draws[0].sum() == pytest.approx(1200 * (3 * (4 / 6) ** 2 - 2 * (4 / 6) ** 3))
    assert flows["cancelled"].service[0].sum() == pytest.approx(flows["cancelled"].claims[0].sum())
    assert flows["started before the grid"].draws[0, 0] == pytest.approx(1200 * (3 * (4 / 6) ** 2 - 2 * (4 / 6) ** 3))
    assert flows["started before the grid"].completed[0] == 3
    assert flows["drawn before the grid"].draws[0, :2].tolist() == [1200, 0]
    assert flows["loans that outlast the grid"].guaranteed_balance[0, -1] > 0
    receipts = {
        name: flows[name].receipts.sum() for name in ("several projects", "principal only", "half the interest")
    }
    assert receipts["principal only"] < receipts["half the interest"] < receipts["several projects"]
