"""Laws of the cash: nothing is lost, limits hold, banks are whole, interpretations coincide where they must, and what
a higher yield does to each side; with counterexamples where it is tempting to believe more.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.returns import pledging
from pledger.vehicle.words import (
    PARTIES,
    Account,
    Case,
    Floats,
    Flows,
    Funding,
    Party,
    Pool,
    Project,
    Recovered,
    Rules,
    per_quarter,
)
from vehicle.strategies import cases

NEAR = 1e-9
LOANS = Funding(0.1, 0.4, 0.5, premium=0.01, bank_rate=0.06, public_rate=0.04, tenor=20)


def size(flows: Flows) -> float:
    """The largest amount in play, to hold differences against."""
    return float(max(1.0, flows.wanted.sum(), flows.cash.sum(), flows.account.max(), flows.public_balance.max()))


def same(one: Flows, other: Flows) -> None:
    """All that parties see of two runs."""
    for name in ("draws", "cash", "account", "receipts", "premium", "service", "claims", "recoveries", "parties"):
        np.testing.assert_allclose(
            getattr(one, name), getattr(other, name), rtol=NEAR, atol=NEAR * size(one), err_msg=name
        )


@settings(deadline=None)
@given(cases())
def test_nothing_is_lost_in_any_quarter(case: Case) -> None:
    flows = run(case)
    near = NEAR * size(flows)
    pooled = case.rules.pool is Pool.PROGRAMME
    draws = flows.draws.sum(axis=0, keepdims=True) if pooled else flows.draws
    cash = flows.cash.sum(axis=0, keepdims=True) if pooled else flows.cash
    assert (flows.receipts <= cash + near).all()
    used = flows.premium + (flows.service - flows.claims) + flows.recoveries + flows.public_service + flows.residual
    np.testing.assert_allclose(used, flows.receipts, atol=near)
    np.testing.assert_allclose(flows.parties.sum(axis=0), (cash - draws).sum(axis=0), atol=near)
    np.testing.assert_allclose(
        pledging(flows),
        sum(flows.parties[PARTIES.index(party)] for party in Party if party is not Party.HOST),
        atol=near,
    )
    for name in (
        *("wanted", "draws", "cash", "account", "receipts", "premium", "forgone", "service", "claims", "recoveries"),
        *("public_service", "residual", "guaranteed_balance", "public_balance"),
    ):
        assert (getattr(flows, name) >= 0).all(), name
    assert (np.cumsum(flows.recoveries, axis=1) <= np.cumsum(flows.claims, axis=1) + near).all()


@settings(deadline=None)
@given(cases())
def test_no_limit_is_passed_and_all_that_is_called_was_wanted(case: Case) -> None:
    flows = run(case)
    total = flows.draws.sum(axis=0)
    assert total.sum() <= case.funding.ceiling * (1 + NEAR)
    years = (case.first_quarter + np.arange(case.quarters)) // 4
    for year in np.unique(years):
        assert total[years == year].sum() <= case.funding.cap_per_year * (1 + NEAR)
    # Calls may come later than wanted, never earlier; what completes was paid in full.
    assert (np.cumsum(flows.draws, axis=1) <= np.cumsum(flows.wanted, axis=1) * (1 + NEAR) + NEAR).all()
    for p, project in enumerate(case.projects):
        if flows.completed[p] < case.quarters:
            np.testing.assert_allclose(flows.draws[p].sum(), project.final, rtol=NEAR)
            assert flows.completed[p] >= project.start + project.build
            assert not flows.draws[p, flows.completed[p] :].any()
            assert flows.stopped[p] == case.quarters
        else:
            assert not flows.cash[p].any()
        if project.selected > case.funding.window_end:
            assert not flows.draws[p].any()
        if project.cancelled is not None:
            assert not flows.draws[p, max(1, project.cancelled) :].any()


@settings(deadline=None)
@given(cases())
def test_a_loan_is_worth_what_is_still_owed_on_it(case: Case) -> None:
    """At its own rate, draws less service come to the closing balance: nothing is forgiven, nothing paid twice."""
    flows, funding = run(case), case.funding
    left = np.arange(case.quarters)[::-1]
    for share, rate, service, balance in (
        (funding.guaranteed_loan, funding.bank_rate, flows.service, flows.guaranteed_balance),
        (funding.public_loan, funding.public_rate, flows.public_service, flows.public_balance),
    ):
        lent = share * flows.draws.sum(axis=0) - service.sum(axis=0)
        owed = float(np.dot(lent, (1 + per_quarter(rate)) ** left))
        np.testing.assert_allclose(owed, balance[:, -1].sum(), atol=NEAR * 10 * size(flows))


@settings(deadline=None, max_examples=40)
@given(cases())
def test_interpretations_coincide_where_they_must(case: Case) -> None:
    half = replace(case.rules, before=0.5, after=min(0.5, case.rules.after))
    same(
        run(replace(case, rules=replace(half, recovered=Recovered.EACH))),
        run(replace(case, rules=replace(half, recovered=Recovered.PLEDGING))),
    )
    principal = run(replace(case, rules=replace(case.rules, account=Account.PRINCIPAL)))
    for account in Account:
        same(principal, run(replace(case, rules=replace(case.rules, account=account, deemed_rate=0.0))))
    one = replace(case, projects=case.projects[:1], funding=replace(case.funding, window_end=2**31 - 1))
    same(
        run(replace(one, rules=replace(case.rules, pool=Pool.PROJECT))),
        run(replace(one, rules=replace(case.rules, pool=Pool.PROGRAMME))),
    )
    flat = replace(case.rules, after=case.rules.before)
    by_account = [run(replace(case, rules=replace(flat, account=account))) for account in Account]
    np.testing.assert_allclose(by_account[0].receipts, by_account[1].receipts, atol=NEAR * size(by_account[0]))
    np.testing.assert_allclose(by_account[0].receipts, by_account[2].receipts, atol=NEAR * size(by_account[0]))


@settings(deadline=None)
@given(cases())
def test_a_limit_that_does_not_bind_changes_nothing(case: Case) -> None:
    free = replace(case, funding=replace(case.funding, ceiling=np.inf, cap_per_year=np.inf))
    total = float(run(free).draws.sum())
    if total > 0:
        same(run(free), run(replace(free, funding=replace(free.funding, ceiling=total, cap_per_year=total))))


@settings(deadline=None, max_examples=40)
@given(cases())
def test_dollars_or_billions_make_no_difference(case: Case) -> None:
    """No amount is small in itself: 2^30 times the cost and the limits is 2^30 times every flow, to the last bit."""
    many = 2.0**30
    scaled = replace(
        case,
        projects=tuple(replace(project, cost=project.cost * many) for project in case.projects),
        funding=replace(
            case.funding, ceiling=case.funding.ceiling * many, cap_per_year=case.funding.cap_per_year * many
        ),
    )
    one, other = run(case), run(scaled)
    for name in ("draws", "cash", "account", "receipts", "claims", "public_balance", "parties"):
        np.testing.assert_array_equal(getattr(one, name) * many, getattr(other, name), err_msg=name)
    np.testing.assert_array_equal(one.completed, other.completed)


def raised(case: Case, which: int, by: float) -> Case:
    """The case with one project's yield raised."""
    place = which % len(case.projects)
    projects = list(case.projects)
    projects[place] = replace(projects[place], cash_yield=projects[place].cash_yield + by)
    return replace(case, projects=tuple(projects))


def carried_at(accrual: float, receipts: Floats) -> Floats:
    """Receipts so far with what they would have earned at a rate per quarter, at each quarter's end."""
    worth = np.zeros_like(receipts)
    for q in range(receipts.shape[1]):
        worth[:, q] = (worth[:, q - 1] * (1 + accrual) if q else 0.0) + receipts[:, q]
    return worth


@settings(deadline=None)
@given(cases(), st.integers(0, 3), st.integers(1, 50))
def test_a_higher_yield_never_lowers_what_the_host_receives_in_any_quarter(
    case: Case, which: int, percent: int
) -> None:
    """Its quarter is `(1 - before) cash + (before - after) late`, where late, the cash after recovery, only grows."""
    low, high = run(case), run(raised(case, which, percent / 100))
    near = NEAR * size(high)
    assert (high.account <= low.account + near).all()
    assert (high.parties[PARTIES.index(Party.HOST)] >= low.parties[PARTIES.index(Party.HOST)] - near).all()


@settings(deadline=None)
@given(cases(), st.integers(0, 3), st.integers(1, 50), st.integers(0, 10))
def test_a_higher_yield_never_lowers_what_the_pledging_side_s_receipts_are_worth(
    case: Case, which: int, percent: int, more: int
) -> None:
    """Receipts so far, carried at the account's own rate or any higher one, only grow with the yield.

    Where the account bears no interest that is: receipts so far, in dollars.
    """
    low, high = run(case), run(raised(case, which, percent / 100))
    rate = case.rules.accrual + more / 100
    near = NEAR * size(high) * (1 + rate) ** case.quarters
    assert (carried_at(rate, high.receipts) >= carried_at(rate, low.receipts) - near).all()


@settings(deadline=None, max_examples=40)
@given(cases(), st.integers(0, 3), st.integers(1, 50))
def test_the_banks_receive_the_same_at_any_yield(case: Case, which: int, percent: int) -> None:
    np.testing.assert_array_equal(run(case).service, run(raised(case, which, percent / 100)).service)


def with_yield(cash_yield: float, rules: Rules, funding: Funding = LOANS) -> Flows:
    return run(Case((Project("works", 1000.0, life=130, cash_yield=cash_yield),), rules, funding))


def test_but_a_higher_yield_may_lower_a_quarter_of_the_pledging_side() -> None:
    """The split changes earlier: half of 50 in quarter 30, or a tenth of 100."""
    low, high = (with_yield(share, Rules(0.0)).receipts[0, 30] for share in (0.2, 0.4))
    assert (low, high) == (25.0, 10.0)


def test_and_its_dollars_in_all_since_it_earns_less_interest() -> None:
    """At 12.5 % the account bears interest for all of 34 years, at 20 % for 14."""
    low, high = with_yield(0.125, Rules(0.05)), with_yield(0.20, Rules(0.05))
    assert low.receipts.sum() > 1900
    assert high.receipts.sum() < 1800
    worth = [carried_at(Rules(0.05).accrual, flows.receipts)[0, -1] for flows in (low, high)]
    assert worth[0] < worth[1]
    # The same with the public lender, who has what banks and guarantor leave.
    lender = PARTIES.index(Party.PUBLIC_LENDER)
    assert low.parties[lender].sum() > high.parties[lender].sum()


def test_and_the_guarantor_may_pay_claims_that_a_lower_yield_spares_it() -> None:
    """After the change of split a tenth of the cash no longer serves the banks, and earlier receipts went to equity."""
    funding = replace(LOANS, equity=0.2, guaranteed_loan=0.4, premium=0.0, tenor=60)
    low, high = with_yield(0.12, Rules(0.0), funding), with_yield(0.30, Rules(0.0), funding)
    assert low.claims.sum() == 0
    assert high.claims.sum() > 0
    guarantor = PARTIES.index(Party.GUARANTOR)
    worst = [np.cumsum(flows.parties[guarantor]).min() for flows in (low, high)]
    assert worst[1] < worst[0]
