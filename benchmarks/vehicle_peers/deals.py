"""waterfall-py: the debt waterfall of one deal at a time, from its cash on; it knows no calls, split or guarantor."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from typing import Any

import numpy as np

from pledger.vehicle.finance.loans import loans
from pledger.vehicle.words import Floats, per_quarter

__all__ = ["agrees", "deal", "engine"]

RATE, TENOR = 0.045, 60


def engine() -> Any | None:
    """The library, where it is installed."""
    try:
        return import_module("waterfall")
    except ImportError:
        return None


def deal(found: Any, cash: Floats, principal: float) -> Any:
    """Run one deal: a loan repaid in equal parts, and equity, from cash by quarter."""
    day = dt.date(2030, 1, 1)
    senior = found.Tranche(
        name="loan", tranche_type="senior", principal=principal, coupon=4 * per_quarter(RATE), day_count="30/360",
        amort_type="custom", term_periods=TENOR, custom_principal=[principal / TENOR] * TENOR,
    )  # fmt: skip
    equity = found.Tranche(name="equity", tranche_type="equity", principal=1.0)
    return found.run(
        found.Deal(
            deal_close_date=day,
            operations_start_date=day,
            period_frequency="Q",
            deal_type="PF",
            tranches=[senior, equity],
            cfads_stream=[float(c) for c in cash],
            data_currency="USD",
            reporting_basis="calendar",
        )
    )


def agrees(found: Any, cash: Floats, principal: float) -> bool:
    """Whether a deal's debt service is that of our loans, where the cash suffices."""
    draws = np.zeros((1, len(cash) + 1))
    draws[0, 0] = principal
    ours = loans(draws, np.array([1]), RATE, TENOR).due[0, 1:]
    theirs = [sum(row.debt_service_by_tranche.values()) for row in deal(found, cash, principal).periods]
    return bool(np.allclose(ours, theirs, rtol=1e-9, atol=1e-6 * principal))
