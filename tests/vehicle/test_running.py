"""`pledger run` as a person and a program use it, and `pledger.simulate` as a notebook does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

import pledger
from pledger.cli.verbs import cli
from pledger.ledger import Ledger
from pledger.vehicle.finance.central import central
from pledger.vehicle.planning.plan import plan
from pledger.vehicle.terms import terms
from vehicle.test_cases import CASE

FEW = ("--scenarios", "600")


@pytest.fixture(scope="module")
def ledger_file(corpus_ledger: Ledger, corpus_file: Path) -> Path:
    """The file of the ledger on the bundled corpus, read."""
    assert corpus_ledger.documents()
    return corpus_file


def run(ledger: Path | str, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--ledger", str(ledger), "run", *arguments], env={"COLUMNS": "160"})


def answer(ledger: Path | str, *arguments: str) -> Any:
    done = run(ledger, *arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_table_has_what_an_analyst_asks(ledger_file: Path) -> None:
    done = run(ledger_file, "japan", *FEW)
    assert done.exit_code == 0, done.output
    for words in (
        "drawn by the deadline",
        "share of the ceiling",
        "most called in a calendar year",
        "pledging side",
        "guarantor",
        "half the interest",
        "Tariff relief",
        "Insurance or investment?",
        "SoftBank Group",
        "reported",
        "reference",
        "assumption",
        "Left out",
    ):
        assert words in done.stdout, words


def test_the_same_for_programs(ledger_file: Path) -> None:
    found = answer(ledger_file, "japan", *FEW)
    answers = {a["name"]: a for a in found["answers"]}
    drawn = answers["drawn"]
    assert 0 <= drawn["p5"] <= drawn["p25"] <= drawn["p50"] <= drawn["p75"] <= drawn["p95"] <= 550e9
    assert answers["drawn share"]["mean"] == pytest.approx(drawn["mean"] / 550e9)
    assert sum(i["weight"] for i in found["interpretations"]) == pytest.approx(1)
    chances = {i["name"]: i["principal_back"] for i in found["interpretations"]}
    assert chances["principal and interest"] >= chances["half the interest"] >= chances["principal"]
    relief = found["relief"]
    assert relief["investment"] + relief["insurance"] + relief["neither"] == pytest.approx(1)
    assert {i["basis"] for i in found["inputs"]} == {"reported", "reference", "assumption"}
    for given in found["inputs"]:
        if given["basis"] == "reported":
            assert given["sources"] or given["claims"], given["name"]
    assert all(e["why"] and e["mend"] for e in found["excluded"])


def test_the_workbook_holds_the_central_case(ledger_file: Path, tmp_path: Path) -> None:
    book = tmp_path / "japan.xlsx"
    assert run(ledger_file, "japan", *FEW, "--project", "Ohio", "--xlsx", str(book)).exit_code == 0
    sheet = openpyxl.load_workbook(book)["Inputs"]
    rows = {row[3]: row for row in sheet.iter_rows(values_only=True) if row[3]}
    assert rows["P01_cost"][1] == pytest.approx(33e9, rel=0.01)
    assert rows["P01_cost"][4] == "reported"
    assert rows["P01_cash_yield"][4] == "reference"
    assert rows["ceiling"][1] == 550e9


def test_one_project_read_in_one_way_written_to_files(ledger_file: Path, tmp_path: Path) -> None:
    table, parquet = tmp_path / "flows.csv", tmp_path / "flows.parquet"
    asked = (
        "japan",
        "--project",
        "Ohio",
        "--interpretation",
        "principal",
        "--csv",
        str(table),
        "--parquet",
        str(parquet),
    )
    found = answer(ledger_file, *asked, *FEW)
    assert [p["name"] for p in found["projects"]] == ["SoftBank Group gas-fired power project"]
    assert found["interpretation"] == "principal"
    rows = pq.read_table(parquet).to_pylist()
    assert {row["party"] for row in rows} == {"public_lender", "guarantor", "banks", "host"}
    paid = sum(row["paid"] for row in rows if row["party"] in ("public_lender", "banks"))
    assert paid > 30e9
    assert table.read_text(encoding="utf-8").startswith('"unit","quarter","label","party"')


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["japn"], "did you mean 'japan'?"),
        (["eu"], "no vehicle terms reported"),
        (["korea"], "no report gives an amount"),
        (["japan", "--project", "Ohoi"], "did you mean 'SoftBank Group"),
        (["japan", "--interpretation", "half"], "half the interest"),
        (["japan", "--csv", "flows.txt"], "is to end in .csv"),
        (["japan", "--xlsx", "no/such/folder/book.xlsx"], "no such folder"),
        (["japan", "--scenarios", "0"], "--scenarios"),
        (["--case", "x.yaml", "--project", "a"], "not both"),
        (["japan", "--case", "x.yaml"], "not both"),
        (["--case", "none.yaml"], "cannot be read"),
        ([], "name a programme"),
    ],
)
def test_wrong_usage_is_one_line_with_the_mend(
    ledger_file: Path, arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from pledger.cli.verbs import run as verb

    with pytest.raises(SystemExit) as left:
        verb(["--ledger", str(ledger_file), "run", *arguments])
    said = capsys.readouterr()
    assert left.value.code == 2
    assert said.err.startswith("pledger: ")
    assert said.err.count("\n") == 1
    assert says in said.err
    assert not said.out


def test_no_ledger_is_made_by_asking(tmp_path: Path) -> None:
    done = run(tmp_path / "none.db", "japan")
    assert done.exit_code == 2
    assert not (tmp_path / "none.db").exists()


def test_a_case_of_ones_own_needs_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    done = run("nowhere.db", "--case", str(path))
    assert done.exit_code == 0, done.output
    assert "two plants: flows by year" in done.stdout
    found = answer("nowhere.db", "--case", str(path), "--csv", str(tmp_path / "f.csv"))
    assert sum(year["calls"] for year in found["years"]) == pytest.approx(33e9 + 1.3 * 2.1e9)
    for year in found["years"]:
        parties = sum(year[p] for p in ("public_lender", "guarantor", "banks", "host"))
        assert parties == pytest.approx(year["cash"] - year["calls"], abs=1.0)
    assert {p["completed"] for p in found["projects"]} == {"2029 Q4", "2029 Q3"}


def test_the_python_call(ledger_file: Path, corpus_ledger: Ledger) -> None:
    by_path = pledger.simulate(ledger_file, "japan", scenarios=600, seed=3)
    by_ledger = pledger.simulate(corpus_ledger, scenarios=600, seed=3)
    frame = by_path.frame()
    assert frame.equals(by_ledger.frame()), "equal seeds, equal answers"
    assert not frame.equals(pledger.simulate(corpus_ledger, scenarios=600, seed=4).frame())
    assert list(frame.columns[:3]) == ["name", "label", "unit"]
    assert frame.loc[frame["name"] == "drawn", "p50"].gt(0).all()
    assert len(by_path.scenarios_frame()) == 600


def test_the_central_case_is_of_those_that_more_probably_proceed(corpus_ledger: Ledger) -> None:
    found = plan(corpus_ledger, terms("japan"))
    likely = [c.name for c in found.candidates if c.proceeds.belief.quantile(0.5) >= 0.5]  # type: ignore[union-attr]
    assert [p.name for p in central(found).projects] == likely != [c.name for c in found.candidates]
    every = central(found, "principal", every=True)
    assert len(every.projects) == len(found.candidates)
    assert every.rules.account.value == "principal"
    with pytest.raises(ValueError, match="no reading"):
        central(found, "neither")
