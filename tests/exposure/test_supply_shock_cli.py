"""`pledger supply COMMODITY` with plants, a halt and an economy: what a person, a program and a spreadsheet get."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ledger.build import Article, project, stage, usd
from pledger.exposure.supply.prospects import prospect
from pledger.exposure.supply.supplying import supplying
from pledger.exposure.supply.table import commodities
from pledger.ledger import Ledger
from pledger.model import EntityKind, Stage
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.shapes import point
from vehicle.ledgers import ledger_of

GRIT = project("synthetic_diamond", "Fjord", "Georgia")
BARE = project("synthetic_diamond", "Harbour", "Texas")
OVER = project("synthetic_diamond", "Quay", "Ohio")
DAY = dt.date(2026, 3, 1)
FEW = ("--scenarios", "500")


def articles() -> list[Article]:
    return [
        Article("A", DAY)
        .says("The plant costs that much.", "that much", usd(6e8), GRIT)
        .says("So far it has come.", "far", stage(Stage.COMMITTED), GRIT),
        Article("B", DAY).says("A plant in Texas is wanted.", "wanted", stage(Stage.CANDIDATE), BARE),
        Article("C", DAY).says("It is off.", "off", stage(Stage.CANCELLED), OVER),
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("grit") / "l.db"
    ledger_of(where, *articles()).close()
    return where


def run(path: Path, *arguments: str, folder: Path) -> Result:
    from pledger.cli.verbs import cli

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        wanted = ["--ledger", str(path), "supply", "industrial_diamond", *arguments]
        return CliRunner().invoke(cli, wanted, env={"COLUMNS": "120"})


def told(path: Path, *arguments: str, folder: Path) -> Any:
    done = run(path, *arguments, "--json", *FEW, folder=folder)
    assert done.exit_code == 0, done.output
    [each] = json.loads(done.stdout)
    return each


def test_a_halt_with_and_without_a_project(path: Path, tmp_path: Path) -> None:
    asked = ("--covers", "Fjord=over 80 %", "--halt", "china", "--months", "6", "--from", "2031-01")
    its = told(path, *asked, folder=tmp_path)
    supply, world = its["projects"]["changes"]
    assert [supply["table"], world["table"]] == ["supply", "world"]
    assert 0.8 <= supply["covers"]["p5"] < supply["covers"]["p95"] <= 1
    assert 0 < supply["chance"] < 1
    halt = its["halt"]
    assert [halt[key] for key in ("supplier", "importer", "begins", "months")] == ["CN", "US", "2031-01-01", 6]
    with_it, without = halt["runs"]
    assert without["label"].startswith("without Fjord")
    assert without["missing"]["mean"] > with_it["missing"]["mean"] >= 0
    assert halt["saved_by_plants"]["mean"] == pytest.approx(without["missing"]["mean"] - with_it["missing"]["mean"])
    assert {i["basis"] for i in its["projects"]["inputs"]} >= {"reference", "assumption"}
    again = told(path, *asked, folder=tmp_path)
    assert again["halt"] == halt
    other = told(path, *asked, "--seed", "9", folder=tmp_path)
    assert other["halt"] != halt


def test_what_a_person_reads_and_the_files(path: Path, tmp_path: Path) -> None:
    done = run(
        path, "--covers", "Fjord=1", "--halve", "CN", "--from", "2031-01", "--charts", "out", "--series", "m.csv", *FEW,
        folder=tmp_path,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    words = " ".join(done.output.split())
    assert (
        "If China cuts its exports by 50.0 % of synthetic industrial diamond for 12 months from January 2031" in words
    )
    texas = "no report says what share of the use of the United States it would cover"
    assert texas in words, "a plant that is not counted is named"
    made = {file.suffix for file in (tmp_path / "out").iterdir()}
    assert made == {".svg", ".png"}
    assert len(list((tmp_path / "out").iterdir())) == 8
    rows = list(csv.DictReader((tmp_path / "m.csv").open(encoding="utf-8")))
    assert {row["run"] for row in rows} >= {"as reported"}
    assert len({row["month"] for row in rows}) == 18
    demand = [float(row["mean"]) for row in rows if row["column"] == "demand"]
    assert all(0 < x <= 1 for x in demand)


def test_a_halt_without_a_ledger(tmp_path: Path) -> None:
    from pledger.cli.verbs import cli

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        patch.delenv("PLEDGER_LEDGER", raising=False)
        wanted = ["supply", "industrial_diamond", "--halt", "CN", "--json", *FEW]
        done = CliRunner().invoke(cli, wanted, catch_exceptions=False)
    assert done.exit_code == 0
    [each] = json.loads(done.stdout)
    assert "projects" not in each
    assert [r["label"] for r in each["halt"]["runs"]] == ["as reported"]


def test_an_economy(path: Path, tmp_path: Path) -> None:
    asked = ("--economy", "test", "--region", "reg1", "--sector", "mining", "--months", "1", "--series", "e.csv")
    its = told(path, *asked, folder=tmp_path)["economy"]
    assert (its["region"], its["sector"], its["days_lost"], its["crashed"]) == ("reg1", "mining", 30, False)
    assert its["share"] == pytest.approx(its["exported"])
    assert its["lost_by_industry"]["mining, reg1"] > 0
    rows = list(csv.DictReader((tmp_path / "e.csv").open(encoding="utf-8")))
    assert len(rows) == its["days"] * 48


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--halt", "Chiena"), "--halt: 'Chiena' is no country that is known; did you mean China?"),
        (("--halt", "CN", "--halve", "KR"), "give --halt or --halve, not both"),
        (("--halt", "JP"), "JP is no named supplier of US; there are CN, IE, KR"),
        (("--halt", "CN", "--without", "Fjord"), "'Fjord' is no project that is known to supply it; there are: none"),
        (("--without", "Fjord"), "--without and --from belong to a halt"),
        (("--covers", "Fjord"), "is no PROJECT=SHARE; write --covers 'Element Six=100 %'"),
        (("--covers", "Fjord=60"), "more than the whole; write 'Fjord=60 %'"),
        (("--covers", "Fjord=120 %"), "more than the whole; write 100 % for all of its use or more"),
        (("--covers", "Nobody=1"), "'Nobody' is no project of the ledger"),
        (("--economy", "test"), "--economy needs --sector"),
        (("--economy", "nowhere", "--sector", "x"), "no table at nowhere"),
        (("--economy", "test", "--sector", "mining"), "--economy needs --region"),
        (("--assumptions", "none.yaml", "--halt", "CN"), "none.yaml: cannot be read"),
    ],
)
def test_wrong_usage_is_one_line_with_its_mend(
    path: Path, tmp_path: Path, arguments: tuple[str, ...], says: str
) -> None:
    done = run(path, *arguments, *FEW, folder=tmp_path)
    assert done.exit_code != 0
    assert says in f"{done.output} {done.exception}", done.output


def test_projects_of_the_sectors_are_found_and_those_that_cannot_count_are_told(path: Path) -> None:
    with opened(path) as ledger:
        its = supplying(ledger, commodities()["industrial_diamond"], "US", [("Fjord", point(0.5, "share"))])
        assert [p.name.split()[0] for p in its.plants] == ["Fjord"]
        assert its.plants[0].place == "US"
        assert {e.what.split()[0] for e in its.left_out} == {"Harbour", "Quay"}
        with pytest.raises(AskError, match="fits several projects"):
            supplying(ledger, commodities()["industrial_diamond"], "US", [("diamond", point(1.0, "share"))])


def test_a_project_that_no_run_can_have_is_looked_at_alone(path: Path) -> None:
    with opened(path) as ledger:
        by_name = {e.name.split()[0]: e.id for e in ledger.entities() if e.kind is EntityKind.PROJECT}
        whole = prospect(ledger, "JP>US", by_name["Fjord"])
        assert whole is not None
        assert whole.funding.ceiling > 0
        alone = prospect(ledger, "JP>US", by_name["Harbour"])
        assert alone is not None
        assert [c.id for c in alone.candidates] == [by_name["Harbour"]]
        assert prospect(ledger, "JP>US", by_name["Quay"]) is None
        assert prospect(ledger, "JP>US", "nobody") is None


def opened(path: Path) -> Ledger:
    import pledger

    return pledger.open(str(path))
