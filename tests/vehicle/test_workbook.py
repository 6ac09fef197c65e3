"""The workbook: its formulas, recomputed by engines that know only the file, give Pledger's figures."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.ledger.distributions import Belief, Part, Shape
from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.returns import returns
from pledger.vehicle.words import (
    PARTIES,
    Account,
    Basis,
    Case,
    Flows,
    Funding,
    Input,
    Party,
    Pool,
    Project,
    Recovered,
    Rules,
    Source,
)  # fmt: skip
from pledger.views.workbook import MOST_PROJECTS, write
from pledger.views.workbook.book import NEVER, safe_text
from vehicle.spreadsheet import Cells, by_formulas, by_office, cached, changed, office, recomputed

DISCOUNT, SIDE = (0.03, 0.04, 0.05, 0.06), 0.035
FUNDING = Funding(
    equity=0.02, public_loan=0.31, guaranteed_loan=0.67, premium=0.004, bank_rate=0.055, public_rate=0.045, tenor=12
)
RULES = Rules(0.05)
GAS = Project("Gas plant", 1000.0, 1.1, 0, 1, 6, 30, 0.20, 0.02, 3)
SMELTER = Project("=Smelter", 500.0, 1.0, 0, 3, 5, 25, 0.90, 0.0, 2)
PORT = Project("@Port, 'old' [x]", 300.0, 1.2, -3, -2, 4, 20, 0.5, -0.01, 1)
LOST = replace(GAS, name="Lost", cancelled=4)
LATE = Project("Late", 400.0, 1.0, 9, 12, 4, 30, 0.4)


def case(rules: Rules, funding: Funding, *projects: Project, quarters: int = 16) -> Case:
    return Case(projects, rules, funding, quarters, first_quarter=2)


CASES = {
    "an account for each project": case(RULES, FUNDING, GAS, SMELTER, PORT),
    "a pool": case(replace(RULES, pool=Pool.PROGRAMME, account=Account.HALF_INTEREST), FUNDING, GAS, SMELTER, PORT),
    "each side recovers": case(
        Rules(0.02, Account.INTEREST, 0.6, 0.1, Pool.PROJECT, Recovered.EACH), FUNDING, GAS, SMELTER
    ),
    "a cap": case(replace(RULES, account=Account.PRINCIPAL), replace(FUNDING, cap_per_year=300.0), GAS, SMELTER),
    "a ceiling": case(RULES, replace(FUNDING, ceiling=1200.0), GAS, SMELTER),
    "cancelled, in a pool": case(replace(RULES, pool=Pool.PROGRAMME), FUNDING, LOST, SMELTER),
    "selected after the window": case(RULES, replace(FUNDING, window_end=5), GAS, LATE),
    "no share before": case(replace(RULES, before=0.0), FUNDING, GAS),
}


def written(path: Path, case: Case, **options: object) -> Flows:
    flows = run(case)
    write(path, case, flows, title="A case", discount=DISCOUNT, side=SIDE, first_year=2026)
    return flows


def close(one: float | str, other: float | str, scale: float = 1.0) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9 * scale)


def figures(cells: Cells) -> dict[str, float | str]:
    """Column of formulas on the sheet of checks, by label: totals and results."""
    return {
        str(label): cells["Check", f"C{address[1:]}"]
        for (sheet, address), label in cells.items()
        if sheet == "Check" and address.startswith("A") and ("Check", f"C{address[1:]}") in cells
    }


def same(cells: Cells, others: Cells) -> None:
    assert others.keys() <= cells.keys()
    apart = {place: (cells[place], others[place]) for place in others if not close(cells[place], others[place], 1000.0)}
    assert not apart


@pytest.mark.parametrize("name", CASES)
def test_formulas_give_our_figures(name: str, tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    flows = written(path, CASES[name])
    cells = recomputed(path)
    same(cells, cached(path))
    assert cells["Read me", "B4"] == cells["Read me", "B5"] == 1
    mine = figures(cells)
    for place, party in enumerate(PARTIES):
        [total] = [v for label, v in mine.items() if label.startswith("Programme: ") and _named(label, party)]
        assert close(total, float(flows.parties[place].sum()), 1000.0)
    [whole] = returns(flows, DISCOUNT, SIDE)[-1:]
    assert close(mine["Pledging side together: NPV"], whole.npv, 1000.0)
    assert not math.isclose(whole.npv, 0.0)


def _named(label: str, party: Party) -> bool:
    return party.value.replace("_", " ") in label.lower()


@pytest.mark.parametrize("name", ["a cap", "cancelled, in a pool"])
def test_an_independent_spreadsheet_gives_our_figures(name: str, tmp_path: Path) -> None:
    """By LibreOffice where it is installed, else by the `formulas` package on a short case."""
    path, program = tmp_path / "case.xlsx", office()
    if program:
        written(path, CASES[name])
        same(by_office(path, program), cached(path))
    else:
        short = {
            "a cap": case(
                Rules(0.02, Account.INTEREST, 0.6, 0.1, Pool.PROJECT, Recovered.EACH),
                replace(FUNDING, cap_per_year=350.0, tenor=3), replace(SMELTER, build=2, start=0), quarters=5,
            ),
            "cancelled, in a pool": case(
                replace(RULES, pool=Pool.PROGRAMME), replace(FUNDING, ceiling=700.0, tenor=3),
                replace(SMELTER, build=2, start=0), replace(GAS, cancelled=3), quarters=4,
            ),
        }[name]  # fmt: skip
        written(path, short)
        same(by_formulas(path), {place: v for place, v in cached(path).items() if not isinstance(v, str)})


def test_a_changed_input_recomputes_the_case(tmp_path: Path) -> None:
    """Blue cells are the case: other numbers in them give what Pledger gives for that other case."""
    path = tmp_path / "case.xlsx"
    written(path, CASES["an account for each project"])
    cells = recomputed(
        path,
        {"deemed_rate": 0.01, "before": 0.7, "ceiling": 1500.0, "cap_per_year": 400.0, "each_side": 1.0,
         "P01_overrun": 1.3, "P02_cash_yield": 1.4, "P02_start": 5, "P03_cancelled": 6, "bank_rate": 0.08, "tenor": 7},
    )  # fmt: skip
    other = case(
        Rules(0.01, before=0.7, recovered=Recovered.EACH),
        replace(FUNDING, ceiling=1500.0, cap_per_year=400.0, bank_rate=0.08, tenor=7),
        replace(GAS, overrun=1.3), replace(SMELTER, cash_yield=1.4, start=5), replace(PORT, cancelled=6),
    )  # fmt: skip
    flows = run(other)
    mine = figures(cells)
    for told in returns(flows, DISCOUNT, SIDE):
        who = next(label for label in mine if (_named(label, told.party) if told.party else "together" in label))
        who = who.rpartition(": ")[0]
        for what, value in (("paid", told.paid), ("received", told.received), ("NPV", told.npv)):
            assert close(mine[f"{who}: {what}"], value, 1000.0), (who, what)
    assert flows.claims.sum() > 0
    assert cells["Read me", "B4"] == 1, "money is conserved whatever the inputs"
    assert cells["Read me", "B5"] == 0, "and what was written before does not agree any more"


@settings(deadline=None, max_examples=5)
@given(
    rules=st.builds(
        Rules,
        deemed_rate=st.floats(0, 0.3),
        account=st.sampled_from(Account),
        before=st.sampled_from([0.0, 0.3, 0.5, 1.0]),
        after=st.sampled_from([0.0, 0.1, 1.0]),
        pool=st.sampled_from(Pool),
        recovered=st.sampled_from(Recovered),
    ),
    ceiling=st.sampled_from([math.inf, 900.0, 250.5]),
    cap=st.sampled_from([math.inf, 333.0, 90.25]),
    projects=st.lists(
        st.builds(
            Project,
            name=st.just("p"),
            cost=st.just(0.0) | st.floats(0.01, 2000.0),
            overrun=st.floats(0.5, 3.0),
            selected=st.integers(-6, 0),
            start=st.integers(0, 6),
            build=st.integers(1, 8),
            life=st.integers(0, 12),
            cash_yield=st.floats(0, 3.0),
            growth=st.floats(-0.5, 0.5),
            ramp_quarters=st.integers(1, 4),
            cancelled=st.none() | st.integers(-2, 9),
        ),
        min_size=1,
        max_size=2,
    ),
)
def test_any_case(
    tmp_path_factory: pytest.TempPathFactory, rules: Rules, ceiling: float, cap: float, projects: list[Project]
) -> None:
    named = [replace(project, name=f"p{n}") for n, project in enumerate(projects)]
    path = tmp_path_factory.mktemp("any") / "case.xlsx"
    written(path, case(rules, replace(FUNDING, ceiling=ceiling, cap_per_year=cap, tenor=5), *named, quarters=10))
    cells = recomputed(path)
    assert cells["Read me", "B4"] == 1
    assert cells["Read me", "B5"] == 1


def test_words_of_the_input_never_become_formulas(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    evil = replace(GAS, name='=HYPERLINK("http://example.org","x")')
    case_ = case(RULES, FUNDING, evil, replace(SMELTER, name="+1+1"), quarters=8)
    write(path, case_, run(case_), title="@SUM(1)")
    book = openpyxl.load_workbook(path)
    assert not any(
        cell.data_type == "f" and "HYPERLINK(" in cell.value
        for sheet in book for row in sheet.iter_rows() for cell in row
    )  # fmt: skip
    words = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert not [w for w in words if w.startswith(("=", "+", "-", "@"))]
    assert safe_text(" =1") == "'=1"
    assert safe_text("plain") == "plain"


def test_inputs_name_their_basis_and_source(tmp_path: Path) -> None:
    path = tmp_path / "case.xlsx"
    given_ = CASES["no share before"]
    point = Belief("USD", (Part(1000.0, 1000.0, Shape.UNIFORM, 1.0),))
    told = Input("Gas plant.cost", "cost", "USD", Basis.REPORTED, point, (Source("a ministry", 2026, weak=True),))
    write(path, given_, run(given_), title="A case", sources=[told])
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Inputs"].iter_rows()]
    [row] = [row for row in rows if row[3] == "P01_cost"]
    assert row == ["Cost", 1000, "USD", "P01_cost", "reported", "a ministry (2026) (weak source)"]
    [row] = [row for row in rows if row[3] == "P01_cancelled"]
    assert row[1] == NEVER


def test_too_many_projects_say_the_mend(tmp_path: Path) -> None:
    many = case(RULES, FUNDING, *(replace(GAS, name=f"p{n}") for n in range(MOST_PROJECTS + 1)), quarters=2)
    with pytest.raises(ValueError, match="--project"):
        write(tmp_path / "case.xlsx", many, run(many), title="A case")


def test_a_changed_copy_has_no_cached_value(tmp_path: Path) -> None:
    path, bare = tmp_path / "case.xlsx", tmp_path / "bare.xlsx"
    written(path, CASES["no share before"])
    changed(path, bare, {"before": 0.25})
    assert ("Results", "B5") not in cached(bare)
    assert ("Results", "B5") in cached(path)
