"""Terms as they are shown: every clause with its sources and readings, what is not reported, and two side by side."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from pledger.cli import main
from pledger.cli.verbs import cli
from pledger.vehicle.terms import known, terms
from pledger.views import terms as shown


def printed(*arguments: str, capsys: pytest.CaptureFixture[str]) -> str:
    cli.main(args=list(arguments), prog_name="pledger", standalone_mode=False)
    return capsys.readouterr().out


def test_every_clause_is_shown_with_its_sources_and_readings(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed("terms", "japan", capsys=capsys)
    for words in (
        "Japan–US investment programme",
        "45 business days",
        "reading: 45 days",
        "50 to 50, then 10 to 90",
        "1.5 % equity",
        "(assumed)",
        "not reported: a cap on calls per year",
        "J14†",
        "https://www.hudson.org",
        "not drawn",
    ):
        assert words in text


def test_without_a_vehicle_that_is_what_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed("terms", "EU>US", capsys=capsys)
    assert "no vehicle terms reported" in text
    assert "nobody can enforce them" in text
    data = json.loads(printed("terms", "eu", "--json", capsys=capsys))
    assert data["vehicle"] is False
    assert data["interpretations"] == []


def test_json_holds_what_the_table_shows(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed("terms", "korea", "--json", capsys=capsys))
    assert data["programme"]["key"] == "KR>US"
    by_name = {clause["clause"]: clause for clause in data["clauses"]}
    assert by_name["cap per year"]["value"] == "$20bn in a calendar year"
    assert by_name["instruments"]["basis"] == "assumption"
    assert by_name["pool"]["value"] == "one for all projects"
    assert {key for clause in data["clauses"] for key in clause["sources"]} <= set(data["sources"])
    [main_one, adjusted] = data["interpretations"]
    assert (main_one["weight"], main_one["rules"]["pool"]) == (1.0, "programme")
    assert (adjusted["weight"], adjusted["rules"]["before"]) == (0.0, 0.7)


def test_side_by_side_a_clause_is_a_row(capsys: pytest.CaptureFixture[str]) -> None:
    data = json.loads(printed("compare", "japan", "korea", "uae", "--json", capsys=capsys))
    assert [each["key"] for each in data["programmes"]] == ["JP>US", "KR>US", "AE>US"]
    by_name = {clause["clause"]: clause["programmes"] for clause in data["clauses"]}
    assert by_name["cap per year"]["JP>US"] is None
    assert by_name["cap per year"]["KR>US"]["sources"] == ["K2"]
    assert by_name["pledged"]["AE>US"]["value"] == "$1.4tn"
    text = printed("compare", "japan", "korea", capsys=capsys)
    assert "cap per year" in text
    assert "not reported" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["terms", "narnia"], "no programme is called 'narnia'; name one of"),
        (["terms", "japn"], "did you mean 'japan'?"),
        (["terms", "nowhere.yaml"], "cannot be read"),
        (["compare", "japan"], "one programme has nothing beside it"),
    ],
)
def test_wrong_usage_ends_in_one_line(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1


def test_a_file_that_is_wrong_is_said_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("key: JP>US\nname: Mine\ninvestor: JP\nhost: US\ndeadlin: 2029-01-19\n", encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["terms", str(path)])
    assert left.value.code == 2
    assert "mine.yaml:5: deadlin: is no field that is known here" in capsys.readouterr().err


def test_nothing_of_a_file_is_taken_for_markup_or_reaches_the_terminal_as_an_escape(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        'key: JP>US\nname: "[bold]Mine\\e[31m[/bold]"\ninvestor: JP\nhost: US\n'
        'terms:\n  sources: {"[red]k": {where: "[link=x]y"}}\n'
        '  clauses:\n    "[blink]a": {says: "[/] \\e[2J", sources: ["[red]k"]}\n',
        encoding="utf-8",
    )
    console = Console(record=True, width=100, file=(tmp_path / "out").open("w"), force_terminal=False)
    console.print(shown.terms(terms(str(path))))
    console.print(shown.compared([terms(str(path)), terms("japan")]))
    text = console.export_text()
    assert "[bold]Mine" in text
    assert "[blink]a" in text
    assert "\x1b" not in text


def test_all_programmes_can_be_shown_and_compared() -> None:
    console = Console(record=True, width=200, file=None, quiet=True)
    console.print(shown.compared(known()))
    for its in known():
        console.print(shown.terms(its))
        assert json.dumps(shown.terms_json(its), allow_nan=False)
