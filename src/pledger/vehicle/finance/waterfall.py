"""From a project's cash to what each party gets: the split with the host, then the order behind the pledging side.

Amounts are dollars of the quarter, rates per year as in `Funding` and `Rules`. A unit is a project with an allocation
account of its own or, where the rules pool, all projects together: U units stand for P projects.

Order of a quarter: opening balances, interest on them, the quarter's draw, then the quarter's cash.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.vehicle.finance.loans import loans
from pledger.vehicle.words import Floats, Funding, Pool, Project, Recovered, Rules, per_quarter

__all__ = ["Behind", "available", "behind", "shared", "together"]


def available(project: Project, completed: int, quarters: int) -> Floats:
    """Cash available for debt service (CFADS) of one project, (T,).

    `final * cash_yield / 4 * ramp * (1 + growth)^((q - completed) / 4)` in the `life` quarters from `completed` on;
    `ramp` is `min(1, k / ramp_quarters)` in the k-th of them.
    """
    passed = np.arange(quarters) - completed
    ramp = np.minimum(1.0, (passed + 1) / project.ramp_quarters)
    full = project.final * project.cash_yield / 4 * ramp * np.power(1 + project.growth, np.maximum(passed, 0) / 4)
    return np.where((passed >= 0) & (passed < project.life), full, 0.0)


def together(rules: Rules) -> Callable[[Floats], Floats]:
    """How arrays by project, (P,) or (P, T), become arrays by unit: as they are or, pooled, summed to one row."""
    if rules.pool is Pool.PROGRAMME:
        return lambda by_project: by_project.sum(axis=0, keepdims=True)
    return lambda by_project: by_project


def shared(draws: Floats, cash: Floats, rules: Rules) -> tuple[Floats, Floats]:
    """Closing allocation accounts and what the pledging side receives, each (U, T), of draws and cash (U, T).

    The account is `opening * (1 + accrual) + draw` before the quarter's cash. While it is above zero cash is split by
    `before`, and once it is zero by `after`; the quarter that clears it is split at the point where it does. Receipts
    after that do not make it negative, so that a later draw counts in full.

    Where each side must recover, the host has a like account (same draws and accrual, less its own receipts), and the
    split changes when both are zero.
    """
    account, host = np.zeros(draws.shape[0]), np.zeros(draws.shape[0])
    closing, receipts = np.zeros_like(draws), np.zeros_like(draws)
    for q in range(draws.shape[1]):
        account = account * (1 + rules.accrual) + draws[:, q]
        clears = _clears(account, rules.before)
        if rules.recovered is Recovered.EACH:
            host = host * (1 + rules.accrual) + draws[:, q]
            clears = np.maximum(clears, _clears(host, 1 - rules.before))
        early = np.minimum(cash[:, q], clears)
        receipts[:, q] = rules.before * early + rules.after * (cash[:, q] - early)
        done = cash[:, q] >= clears
        account = np.where(done, 0.0, np.maximum(0.0, account - rules.before * early))
        host = np.where(done, 0.0, np.maximum(0.0, host - (1 - rules.before) * early))
        closing[:, q] = account
    return closing, receipts


def _clears(account: Floats, share: float) -> Floats:
    """The cash that brings an account to zero at a share of it; infinite where the share is 0 and something is owed."""
    owed = account > 0
    return np.divide(account, share, out=np.where(owed, np.inf, 0.0), where=owed & (share > 0))


@dataclass(frozen=True, slots=True)
class Behind:
    """What becomes of the pledging side's receipts: (U, T) each, named as in `Flows`."""

    premium: Floats
    forgone: Floats
    service: Floats
    claims: Floats
    recoveries: Floats
    public_service: Floats
    residual: Floats
    guaranteed_balance: Floats
    public_balance: Floats


def behind(
    draws: Floats,
    receipts: Floats,
    completed: npt.NDArray[np.int64],
    stopped: npt.NDArray[np.int64],
    funding: Funding,
    rules: Rules,
) -> Behind:
    """The inner waterfall of receipts (U, T), for draws (P, T) and the quarters (P,) of completion and of stopping.

    Loans fall due at `completed` or, for a project that never completes, at `stopped`. Receipts serve, in this order:

    1. the premium on the opening guaranteed balances that have fallen due; what lacks is forgone;
    2. interest and principal of the guaranteed loans; what lacks is a claim on the guarantor;
    3. recovery of the claims of earlier quarters, without interest;
    4. interest and principal of the public loans, and arrears with interest on them;
    5. equity.

    A stopped project with an account of its own has no receipts: its public loans go into arrears, which bear interest
    to the end as if they were capitalised. In a pool the others' cash serves them.
    """
    units, quarters = receipts.shape
    total = together(rules)
    due = np.where(stopped < quarters, stopped, completed)
    guaranteed = loans(funding.guaranteed_loan * draws, due, funding.bank_rate, funding.tenor)
    public = loans(funding.public_loan * draws, due, funding.public_rate, funding.tenor)
    premium_due = per_quarter(funding.premium) * total(guaranteed.serving)
    service = total(guaranteed.due)
    scheduled = total(public.due)
    public_rate = per_quarter(funding.public_rate)

    premium = np.minimum(receipts, premium_due)
    served = np.minimum(receipts - premium, service)
    claims = service - served
    left = receipts - premium - served
    recoveries, public_service = np.zeros_like(receipts), np.zeros_like(receipts)
    arrears = np.zeros_like(receipts)
    claimed, unpaid = np.zeros(units), np.zeros(units)
    for q in range(quarters):
        recoveries[:, q] = np.minimum(left[:, q], claimed)
        claimed = claimed - recoveries[:, q] + claims[:, q]
        owed = scheduled[:, q] + unpaid * (1 + public_rate)
        public_service[:, q] = np.minimum(left[:, q] - recoveries[:, q], owed)
        unpaid = arrears[:, q] = owed - public_service[:, q]
    return Behind(
        premium=premium,
        forgone=premium_due - premium,
        service=service,
        claims=claims,
        recoveries=recoveries,
        public_service=public_service,
        residual=left - recoveries - public_service,
        guaranteed_balance=total(guaranteed.closing),
        public_balance=total(public.closing) + arrears,
    )
