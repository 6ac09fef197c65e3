"""`pledger expose` as a user calls it: exit codes, files, formulas in cells, and what is said once."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pledger.cli import main
from pledger.exposure.portfolio.words import NOT_ADVICE
from pledger.ledger import Ledger

HERE = Path(__file__).resolve().parents[1]
HOSTILE = (
    "name,isin,weight\n"
    "Hitachi,JP3788600009,60\n"
    '"=HYPERLINK(""http://evil.example"",""Cameco"")",CA13321L1085,30\n'
    "@SUM(1+1)*cmd|' /C calc'!A0,,10\n"
)
Called = Callable[..., tuple[int, str, str]]


@pytest.fixture
def called(corpus_file: Path, corpus_ledger: Ledger, capsys: pytest.CaptureFixture[str]) -> Called:
    """Run the verb over the bundled corpus; its exit code, answer and errors."""
    assert corpus_ledger

    def call(*arguments: object) -> tuple[int, str, str]:
        code: object = 0
        try:
            main(["--ledger", str(corpus_file), "expose", *map(str, arguments)])
        except SystemExit as left:
            code = left.code
        told = capsys.readouterr()
        return (code if isinstance(code, int) else 0), told.out, told.err

    return call


def test_what_is_printed(called: Called) -> None:
    code, told, errors = called(HERE / "portfolio30.csv")
    assert code == 1, "one row of the file is a problem, and is listed"
    assert "Held twice" in errors
    told = " ".join(told.split())
    for words in (
        "30 holdings",
        "Hitachi",
        "supplier",
        "they do not add up to the last one",
        "no longer listed",
        "Unmatched".upper(),
    ):
        assert words in told
    assert told.count("It is not investment advice.") == 1, "said once, plainly"


def test_json_names_everything(called: Called) -> None:
    code, told, _ = called(HERE / "portfolio30.csv", "--json", "--scenario", "call declined")
    its = json.loads(told)
    assert code == 1
    assert its["about"] == NOT_ADVICE
    assert len(its["holdings"]) + len(its["unmatched"]) == its["portfolio"]["rows"] == 30
    assert {path["kind"] for path in its["paths"]} == {"role", "sector", "commodity"}
    roles = [path["role"] for path in its["paths"] if path["role"]]
    assert all(role["figure"] and role["sentences"][0]["claim"] for role in roles)
    assert its["scenario"]["name"] == "call declined"
    assert its["total"]["high"] >= max(group["high"] for group in its["by_holding"])
    assert its["problems"][0]["where"] == "portfolio30.csv, row 31"


def test_formulas_in_cells_are_only_words_in_what_is_written(called: Called, tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text(HOSTILE)
    files = tmp_path / "x.csv", tmp_path / "x.xlsx", tmp_path / "x.svg"
    options = ("--csv", files[0], "--xlsx", files[1], "--chart", files[2])
    code, told, _ = called(tmp_path / "h.csv", *options)
    assert code == 0
    assert "Cameco" in told
    for row in csv.reader(io.StringIO(files[0].read_text("utf-8-sig"))):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in row)
    book = load_workbook(files[1])
    assert book.sheetnames[:3] == ["Paths", "Holdings", "Sums"]
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"], "no cell is a formula"
    assert [row[1].value for row in book["Holdings"].iter_rows(min_row=2)] == [
        "Hitachi", '=HYPERLINK("http://evil.example","Cameco")', "@SUM(1+1)*cmd|' /C calc'!A0"
    ]  # fmt: skip
    assert "Hitachi" in files[2].read_text()


@pytest.mark.parametrize(("arguments", "says"), [
    (("none.csv",), "cannot be read"), (("h.csv", "--scenario", "rain"), "no scenario 'rain'; known:"),
    (("h.csv", "--scenario", "call declind"), "did you mean 'call declined'?"),
    (("h.csv", "--file", "s.yaml"), "name one of them with --scenario"),
    (("h.csv", "--csv", "h.csv"), "is the portfolio itself"),
])  # fmt: skip
def test_wrong_usage_is_one_line_with_the_mend(
    called: Called, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("h.csv").write_text(HOSTILE)
    code, told, errors = called(*arguments)
    assert (code, told) == (2, "")
    assert says in errors
    assert len(errors.strip().splitlines()) == 1
    assert Path("h.csv").read_text() == HOSTILE


def test_weights_are_rescaled_when_asked(called: Called, tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("name,weight\nHitachi,30\nCameco,10\n")
    code, told, errors = called(tmp_path / "h.csv", "--json")
    assert code == 1
    assert "come to 40.00%" in " ".join(errors.split())
    assert [h["weight"] for h in json.loads(told)["holdings"]] == pytest.approx([0.3, 0.1])
    code, told, _ = called(tmp_path / "h.csv", "--json", "--normalise")
    assert code == 0
    assert [h["weight"] for h in json.loads(told)["holdings"]] == pytest.approx([0.75, 0.25])
