"""Whether the flows of a run agree with the sheet, array by array and quarter by quarter."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import numpy as np

from pledger.vehicle.words import PARTIES, Floats, Flows
from vehicle.sheet import Sheet

NEAR = 1e-9


def assert_agrees(flows: Flows, sheet: Sheet) -> None:
    """Every array of a run is the sheet's, to one part in 10^9 of the largest amount in play."""
    projects, units, quarters = range(len(flows.case.projects)), range(len(sheet.members)), flows.case.quarters
    by_project: dict[str, Callable[[int, int], Fraction | Decimal]] = {
        "wanted": sheet.wanted,
        "draws": sheet.paid,
        "cash": sheet.cash,
    }
    by_unit: dict[str, Callable[[int, int], Decimal]] = {
        "account": sheet.account,
        "receipts": sheet.received,
        "premium": sheet.premium,
        "forgone": lambda u, q: sheet.premium_due(u, q) - sheet.premium(u, q),
        "service": sheet.service,
        "claims": sheet.claims,
        "recoveries": sheet.recoveries,
        "public_service": sheet.public_paid,
        "residual": sheet.residual,
        "guaranteed_balance": sheet.guaranteed_balance,
        "public_balance": sheet.public_balance,
    }
    expected = {name: _rows(formula, projects, quarters) for name, formula in by_project.items()}
    expected |= {name: _rows(formula, units, quarters) for name, formula in by_unit.items()}
    expected["parties"] = np.array([[float(sheet.net(party.value, q)) for q in range(quarters)] for party in PARTIES])
    scale = max(1.0, *(float(np.abs(values).max()) for values in expected.values()))
    for name, values in expected.items():
        found = getattr(flows, name)
        assert found.shape == values.shape, name
        np.testing.assert_allclose(found, values, rtol=NEAR, atol=NEAR * scale, err_msg=name)
    for p in projects:
        completed, stopped = sheet.completed(p), sheet.stopped(p)
        if completed is not None and completed < quarters:
            assert flows.completed[p] == completed
        else:
            assert flows.completed[p] >= quarters
        assert flows.stopped[p] == (quarters if stopped is None else min(stopped, quarters))


def _rows(formula: Callable[[int, int], Fraction | Decimal], rows: range, quarters: int) -> Floats:
    return np.array([[float(formula(row, q)) for q in range(quarters)] for row in rows])
