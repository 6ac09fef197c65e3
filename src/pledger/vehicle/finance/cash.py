"""One case from terms to flows, quarter by quarter: the reference that any faster computation must agree with."""

from __future__ import annotations

import numpy as np

from pledger.vehicle.finance.checks import check
from pledger.vehicle.finance.schedule import calls
from pledger.vehicle.finance.waterfall import available, behind, shared, together
from pledger.vehicle.words import Case, Flows

__all__ = ["run"]


def run(case: Case) -> Flows:
    """Calls, cash, its split, the loans behind the pledging side, and the net flow of each party.

    Dollars by quarter; see `Flows` for the arrays. Raises `CaseError` for a case that cannot be run.
    """
    check(case)
    funding = case.funding
    schedule = calls(case)
    total = together(case.rules)
    cash = np.stack(
        [
            available(project, int(completed), case.quarters)
            for project, completed in zip(case.projects, schedule.completed, strict=True)
        ]
    )
    account, receipts = shared(total(schedule.draws), total(cash), case.rules)
    inner = behind(schedule.draws, receipts, schedule.completed, schedule.stopped, funding, case.rules)
    called = schedule.draws.sum(axis=0)
    parties = np.stack(
        [
            (inner.public_service + inner.residual).sum(axis=0) - (funding.equity + funding.public_loan) * called,
            (inner.premium + inner.recoveries - inner.claims).sum(axis=0),
            inner.service.sum(axis=0) - funding.guaranteed_loan * called,
            cash.sum(axis=0) - receipts.sum(axis=0),
        ]
    )
    return Flows(
        case=case,
        wanted=schedule.wanted,
        draws=schedule.draws,
        completed=schedule.completed,
        cash=cash,
        account=account,
        receipts=receipts,
        premium=inner.premium,
        forgone=inner.forgone,
        service=inner.service,
        claims=inner.claims,
        recoveries=inner.recoveries,
        public_service=inner.public_service,
        residual=inner.residual,
        guaranteed_balance=inner.guaranteed_balance,
        public_balance=inner.public_balance,
        parties=parties,
        stopped=schedule.stopped,
    )
