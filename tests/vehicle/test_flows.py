"""Flows as tables: what is in them adds up, and comes back from CSV and Parquet as it was."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pa_parquet
import pytest

from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.flows import POOL, frame, party_table, project_table, save, unit_table
from pledger.vehicle.finance.schedule import calls, unfinished
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import PARTIES, Case, Funding, Pool, Project, Rules

GRID = Grid.at(dt.date(2026, 11, 22), quarters=60)
CASE = Case(
    projects=(
        Project("power plant", 900.0, cash_yield=0.3),
        Project("terminal", 600.0, selected=2, start=3, build=6, cash_yield=0.2, cancelled=7),
        Project("smelter", 800.0, selected=4, start=5, cash_yield=0.4),
        Project("late", 100.0, selected=9, start=9),
    ),
    rules=Rules(0.05),
    funding=Funding(0.1, 0.4, 0.5, 0.01, 0.06, 0.04, tenor=20, ceiling=1800.0, window_end=8),
    quarters=60,
    first_quarter=3,
)
POOLED = replace(CASE, rules=Rules(0.05, pool=Pool.PROGRAMME))


@pytest.mark.parametrize("case", [CASE, POOLED], ids=["by project", "pooled"])
def test_parties_by_quarter_add_up_to_the_run(case: Case) -> None:
    flows = run(case)
    table = frame(party_table(flows, GRID))
    assert list(table.columns) == ["unit", "quarter", "label", "party", "received", "paid", "net"]
    net = table.pivot_table(index="party", columns="quarter", values="net", aggfunc="sum")
    np.testing.assert_allclose(net.loc[[party.value for party in PARTIES]].to_numpy(), flows.parties, atol=1e-9)
    assert (table[["received", "paid"]] >= 0).all().all()
    assert table["label"].iloc[0] == "2026 Q4"


def test_units_are_the_projects_or_the_pool() -> None:
    assert frame(unit_table(run(CASE), GRID))["unit"].unique().tolist() == [
        "power plant",
        "terminal",
        "smelter",
        "late",
    ]
    assert frame(unit_table(run(POOLED), GRID))["unit"].unique().tolist() == [POOL]


def test_rows_are_where_their_names_say() -> None:
    flows = run(CASE)
    units, projects = frame(unit_table(flows, GRID)), frame(project_table(flows, GRID))
    parties = frame(party_table(flows, GRID))
    for place, project in enumerate(CASE.projects):
        rows = units[units["unit"] == project.name]
        assert rows["quarter"].tolist() == list(range(60))
        for name in ("receipts", "claims", "public_balance", "account"):
            np.testing.assert_array_equal(rows[name].to_numpy(), getattr(flows, name)[place])
        rows = projects[projects["project"] == project.name]
        np.testing.assert_array_equal(rows["draws"].to_numpy(), flows.draws[place])
        np.testing.assert_allclose(rows[["equity", "public_loan", "guaranteed_loan"]].sum(axis=1), rows["draws"])
        rows = parties[(parties["unit"] == project.name) & (parties["party"] == "banks")]
        np.testing.assert_allclose(rows["paid"].to_numpy(), 0.5 * flows.draws[place])


def test_tables_come_back_as_they_were_written(tmp_path: Path) -> None:
    table = party_table(run(CASE), GRID)
    save(table, tmp_path / "flows.parquet")
    assert pa_parquet.read_table(tmp_path / "flows.parquet").equals(table)
    save(table, tmp_path / "flows.csv")
    pd.testing.assert_frame_equal(pd.read_csv(tmp_path / "flows.csv"), frame(table), check_dtype=False)
    with pytest.raises(ValueError, match=r"flows.xls: tables are written as .csv or .parquet, not as '.xls'"):
        save(table, tmp_path / "flows.xls")


def test_projects_that_never_pay_are_listed_with_the_reason() -> None:
    found = {line.what: line.why for line in unfinished(CASE, calls(CASE))}
    assert found == {
        "terminal": "cancelled in quarter 7: never pays",
        "smelter": "cut by the ceiling in quarter 7: never completes",
        "late": "selected after the window's end: not funded",
    }
    slow = replace(CASE, projects=(Project("canal", 100.0, start=50, build=20),))
    assert unfinished(slow, calls(slow))[0].why == "not completed within the grid"
