"""The flows of a run as tables: by party, by unit (a project, or the pool) and by project, one row a quarter.

Amounts are dollars of the quarter; rows are in the order of units, then quarters, then parties.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from pledger.vehicle.finance.waterfall import together
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import PARTIES, Floats, Flows, Pool

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["OF_UNITS", "POOL", "by_party", "frame", "party_table", "project_table", "save", "unit_table", "units"]

POOL = "all projects"
"""The name of the one unit of a programme that pools."""
OF_UNITS = (
    "account",
    "receipts",
    "premium",
    "forgone",
    "service",
    "claims",
    "recoveries",
    "public_service",
    "residual",
    "guaranteed_balance",
    "public_balance",
)
"""The arrays of `Flows` that hold a row for each unit."""


def units(flows: Flows) -> tuple[str, ...]:
    """The names of the U units: the projects, or the pool."""
    case = flows.case
    return (POOL,) if case.rules.pool is Pool.PROGRAMME else tuple(project.name for project in case.projects)


def by_party(flows: Flows) -> tuple[Floats, Floats]:
    """What each of `PARTIES` received and what it paid, (4, U, T) each, not negative."""
    funding, total = flows.case.funding, together(flows.case.rules)
    draws, cash = total(flows.draws), total(flows.cash)
    received = np.stack(
        [
            flows.public_service + flows.residual,
            flows.premium + flows.recoveries,
            flows.service,
            cash - flows.receipts,
        ]
    )
    paid = np.stack(
        [
            (funding.equity + funding.public_loan) * draws,
            flows.claims,
            funding.guaranteed_loan * draws,
            np.zeros_like(draws),
        ]
    )
    return received, paid


def party_table(flows: Flows, grid: Grid) -> pa.Table:
    """Columns `unit, quarter, label, party, received, paid, net`."""
    received, paid = by_party(flows)
    names, count = units(flows), flows.case.quarters
    size = len(names) * count
    return pa.table(
        {
            "unit": pa.array(np.repeat(np.array(names, dtype=object), count * len(PARTIES)), pa.string()),
            "quarter": pa.array(np.tile(np.repeat(np.arange(count, dtype=np.int32), len(PARTIES)), len(names))),
            "label": pa.array([label for label in _labels(grid, count) for _ in PARTIES] * len(names), pa.string()),
            "party": pa.array([party.value for party in PARTIES] * size, pa.string()),
            "received": _long(received),
            "paid": _long(paid),
            "net": _long(received - paid),
        }
    )


def unit_table(flows: Flows, grid: Grid) -> pa.Table:
    """Columns `unit, quarter, label, draws, cash, host`, and every array of `Flows` that is by unit, by its name."""
    total = together(flows.case.rules)
    draws, cash = total(flows.draws), total(flows.cash)
    columns = {"draws": draws, "cash": cash, "host": cash - flows.receipts}
    columns |= {name: getattr(flows, name) for name in OF_UNITS}
    return _wide("unit", units(flows), columns, grid, flows.case.quarters)


def project_table(flows: Flows, grid: Grid) -> pa.Table:
    """Columns `project, quarter, label, wanted, draws, equity, public_loan, guaranteed_loan, cash`."""
    funding = flows.case.funding
    columns = {
        "wanted": flows.wanted,
        "draws": flows.draws,
        "equity": funding.equity * flows.draws,
        "public_loan": funding.public_loan * flows.draws,
        "guaranteed_loan": funding.guaranteed_loan * flows.draws,
        "cash": flows.cash,
    }
    names = tuple(project.name for project in flows.case.projects)
    return _wide("project", names, columns, grid, flows.case.quarters)


def frame(table: pa.Table) -> pd.DataFrame:
    """A table as a pandas data frame. Raises ImportError, with the mend, where pandas is not installed."""
    try:
        import pandas as pd  # noqa: F401  pyarrow asks for it when it is needed, and says less
    except ImportError as error:
        raise ImportError("data frames need pandas: pip install 'pledger[frames]'") from error
    found: pd.DataFrame = table.to_pandas()
    return found


def save(table: pa.Table, path: Path) -> None:
    """Write a table as CSV or Parquet, by the ending of its path. Raises ValueError for another ending."""
    match path.suffix.lower():
        case ".csv":
            pa_csv.write_csv(table, path)
        case ".parquet":
            pa_parquet.write_table(table, path)
        case other:
            raise ValueError(f"{path.name}: tables are written as .csv or .parquet, not as '{other}'")


def _wide(kind: str, names: tuple[str, ...], columns: dict[str, Floats], grid: Grid, count: int) -> pa.Table:
    return pa.table(
        {
            kind: pa.array(np.repeat(np.array(names, dtype=object), count), pa.string()),
            "quarter": pa.array(np.tile(np.arange(count, dtype=np.int32), len(names))),
            "label": pa.array(_labels(grid, count) * len(names), pa.string()),
        }
        | {name: pa.array(values.reshape(-1)) for name, values in columns.items()}
    )


def _labels(grid: Grid, count: int) -> list[str]:
    return [grid.label(quarter) for quarter in range(count)]


def _long(values: Floats) -> pa.Array:
    """(4, U, T) as a column of U x T x 4."""
    return pa.array(np.moveaxis(values, 0, -1).reshape(-1))
