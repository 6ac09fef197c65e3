"""`pledger supply`: what a person and a program get, and that what is written can be read back and is no formula."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pledger.cli import main
from pledger.exposure.supply.table import commodities, load

TUNGSTEN = (
    "# names en: tungsten, wolfram\nstep,measure,importer,country,share,year,source,note\n"
    "mined,production,,China,83 %,2025,https://example.org,=HYPERLINK(\"x\")\n"
    "mined,production,,Atlantis,5 %,2025,https://example.org,\n"
    "mined,imports,US,China,27 %,2024,https://example.org,\n"
    "mined,reliance,US,US,over 50 %,2025,https://example.org,\n"
)  # fmt: skip
"""A table of a user's, with a formula in a cell and a country that is none."""


def run(*arguments: str, folder: Path) -> Result:
    from pledger.cli.verbs import cli

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return CliRunner().invoke(cli, list(arguments), catch_exceptions=False, env={"COLUMNS": "120"})


def test_the_list_has_every_commodity_with_its_measures(tmp_path: Path) -> None:
    shown = run("supply", "--group", "CN,Russland", folder=tmp_path)
    assert shown.exit_code == 0, shown.output
    for words in (
        "Gallium",
        "9,025 to 10,000",
        "China 95 to 100 %",
        "China and Russia",
        "Reliance of the United",
    ):
        assert words in " ".join(shown.output.split()), words
    data = json.loads(run("supply", "--json", folder=tmp_path).stdout)
    assert {each["key"] for each in data} == set(commodities())
    diamond = next(each for each in data if each["key"] == "industrial_diamond")
    assert diamond["measures"]["hhi"] == {"low": 9025.0, "high": 10000.0}
    assert diamond["measures"]["leader"]["country"] == "CN"
    assert diamond["reliance"]["low"] == 0.35
    copper = run("supply", "--importer", "Japan", "--json", folder=tmp_path)
    assert all(each["reliance"] is None for each in json.loads(copper.stdout))


def test_one_commodity_is_told_with_every_word_and_its_source(tmp_path: Path) -> None:
    shown = " ".join(run("supply", "Industriediamanten", "--group", "CN,KR", folder=tmp_path).output.split())
    for words in (
        "at least 95 %",
        "https://pubs.usgs.gov/periodicals/mcs2026/mcs2026-diamond.pdf",
        "HHI 6,018 to 6,118, highly concentrated",
        "China and South Korea together 85 %",
        "from 1 to 6 months of use assumption",
        "GEOPOLRISK FOR THE UNITED STATES",
        "weak reference",
    ):
        assert words in shown, words
    (data,) = json.loads(run("supply", "industrial_diamond", "--json", folder=tmp_path).stdout)
    bought = next(
        m for m in data["markets"] if m["measure"] == "imports" and m["year"] == 2024 and m["step"] == "manufactured"
    )
    assert [(s["country"], s["low"]) for s in bought["shares"]] == [
        ("CN", 0.77),
        ("KR", 0.08),
        ("IE", 0.05),
        ("rest", 0.1),
    ]
    assert bought["reference"]["hhi"] == pytest.approx({"low": 6018.0, "high": 6118.0})
    assert data["risks"][0]["method"] == "GeoPolRisk"


def test_a_table_of_the_users_own(tmp_path: Path) -> None:
    (tmp_path / "tungsten.csv").write_text(TUNGSTEN)
    shown = run("supply", "tungsten.csv", folder=tmp_path)
    assert shown.exit_code == 1
    words = " ".join(shown.output.split())
    assert "TUNGSTEN" in words
    assert "tungsten.csv, row 4, column 'country'" in words
    assert "'Atlantis' is no country that is known" in words
    assert "HHI 6,889" in words


def test_shares_that_reports_name_stand_beside_the_tables(tmp_path: Path) -> None:
    told = "China produced 63% of the world's synthetic diamonds in 2025, according to the Ministry of Commerce."
    (tmp_path / "a.txt").write_text(f"3 February 2026\n\n{told}\n")
    assert run("read", "a.txt", folder=tmp_path).exit_code == 0
    (data,) = json.loads(run("supply", "industrial_diamond", "--json", folder=tmp_path).stdout)
    market = data["markets"][0]
    (share,) = (s for s in market["shares"] if s["basis"] == "reported")
    assert (share["country"], share["low"]) == ("CN", 0.63)
    assert market["reported"]["hhi"]["low"] == pytest.approx(3969)
    assert market["reference"]["hhi"]["low"] == pytest.approx(9025), "the reference stays what it is"
    assert [c["kind"] for c in data["conflicts"]] == ["dispute"]
    shown = run("supply", "industrial_diamond", folder=tmp_path).output
    assert f"pledger why {share['figure']}" in " ".join(shown.split())
    assert "DISPUTE" in shown
    early = run("supply", "industrial_diamond", "--as-of", "2026-01-01", folder=tmp_path).output
    assert "DISPUTE" not in early
    (tmp_path / "mine.csv").write_text(
        "commodity,step,country,share,year,source\nindustrial diamond,manufactured,CN,70 %,2025,x\n"
    )
    (mine,) = json.loads(run("supply", "mine.csv", "--json", folder=tmp_path).stdout)
    assert [s["basis"] for s in mine["markets"][0]["shares"]] == ["reference", "reported"]


def test_what_is_written_is_read_back_and_holds_no_formula(tmp_path: Path) -> None:
    run("supply", "industrial_diamond", "--csv", "diamond.csv", folder=tmp_path)
    again, problems = load(tmp_path / "diamond.csv")
    assert problems == ()
    first = commodities()["industrial_diamond"]
    assert (again.key, again.markets, again.levels, again.names) == (
        first.key,
        first.markets,
        first.levels,
        first.names,
    )
    (tmp_path / "tungsten.csv").write_text(TUNGSTEN)
    run("supply", "tungsten.csv", "--csv", "out.csv", "--xlsx", "out.xlsx", folder=tmp_path)
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["note"] == '\'=HYPERLINK("x")'
    assert (rows[0]["country"], rows[0]["low"]) == ("CN", "0.83")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Supply", "Measures", "Source"]
    cells = [cell for row in book["Supply"].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert run("supply", "gallium", "--csv", "-", folder=tmp_path).stdout.startswith("commodity,step,measure")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["galium"], "no commodity is called 'galium'; did you mean gallium?"),
        (["kryptonite"], "name a FILE.csv, or one of"),
        (["--group", "Chiena"], "'Chiena' is no country that is known; did you mean China?"),
        (["--importer", "US,JP"], "name one country"),
        (["none.csv"], "cannot be read"),
        (["gallium", "--xlsx", "out.csv"], "is to end in .xlsx"),
        (["gallium", "--as-of", "2026-01-01"], "no ledger at"),
    ],
)
def test_wrong_usage_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["supply", *arguments])
    assert left.value.code == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_a_file_that_is_no_table_does_not_keep_the_others_from_being_shown(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    shown = run("supply", "gallium", "empty.csv", folder=tmp_path)
    assert shown.exit_code == 1
    assert "GALLIUM" in shown.output
    assert "it is empty and holds no table" in " ".join(shown.output.split())
