"""The verbs `attention`, `solve` and `scenarios`, on the bundled corpus, as a user calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pledger
from pledger.cli import main
from pledger.ledger import Ledger
from pledger.vehicle.asking.behind import to_check
from pledger.vehicle.asking.quantities import quantity

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def url(corpus_ledger: Ledger, corpus_file: Path) -> str:
    del corpus_ledger  # it has read the corpus into the file
    return str(corpus_file)


@pytest.fixture
def run(url: str, capsys: pytest.CaptureFixture[str]) -> Run:
    def called(*arguments: str) -> tuple[int, str, str]:
        code = 0
        try:
            main(["--ledger", url, *arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def test_attention_names_facts_and_their_sentences(run: Run, url: str) -> None:
    code, said, _ = run("attention", "japan", "--scenarios", "4000", "--json")
    assert code == 0
    found: dict[str, Any] = json.loads(said)
    facts = found["facts"]
    assert len(facts) == 5
    assert [f["index"] for f in facts] == sorted((f["index"] for f in facts), reverse=True)
    with pledger.open(url) as ledger:
        for fact in facts:
            assert fact["error"] > 0
            assert fact["sentences"], fact["label"]
            why = ledger.why(fact["figure"])
            assert why is not None
            assert {e.claim.id for e in why.evidence} >= {s["id"] for s in fact["sentences"]}
            said_in = [(s["document"], s["sentence"]["start"]) for s in fact["sentences"]]
            assert len(set(said_in)) == len(said_in), "a sentence is shown once"
    assert all(f["figure"] is None or f["basis"] != "reported" for f in found["not_settled_by_reports"])


def test_what_to_check_next_in_python(corpus_ledger: Ledger) -> None:
    simulation = pledger.simulate(corpus_ledger, "japan", scenarios=2000)
    found = to_check(corpus_ledger, simulation, quantity("npv"), top=3)
    assert len(found) == 3
    for fact, sentences in found:
        assert fact.checkable
        assert 1 <= len(sentences) <= 4
        assert all(s.sentence == s.claim.sentence.of(s.document.text) for s in sentences)


def test_attention_in_a_terminal(run: Run) -> None:
    code, said, _ = run("attention", "japan", "--answer", "principal back", "--top", "2", "--scenarios", "2000")
    assert code == 0
    assert "What to check next" in said
    assert " 1  " in said
    assert " 3  " not in said
    assert "“" in said
    assert "Not settled by any report" in said


def test_solve_finds_a_value_or_says_that_there_is_none(run: Run) -> None:
    code, said, _ = run(
        "solve", "japan", "--claim", "mean npv >= 0", "--lever", "after", "--scenarios", "400", "--json"
    )
    assert code == 0
    found = json.loads(said)
    assert found["lever"]["basis"] == "assumption"
    assert found["now"]["at"] == found["lever"]["now"] == 0.1
    for crossing in found["crossings"]:
        assert crossing["holds"]["measure"] >= 0 > crossing["fails"]["measure"]
    claim = "principal back by 2030 >= 80%"
    code, said, _ = run("solve", "japan", "--claim", claim, "--lever", "premium", "--scenarios", "400")
    assert code == 0
    assert "No value in this range makes it hold" in " ".join(said.split())


def test_solve_with_a_range_of_ones_own(run: Run) -> None:
    code, said, _ = run(
        "solve", "japan", "--claim", "drawn <= 900bn with 50%", "--lever", "overrun", "--low", "0.5", "--high", "0.6",
        "--scenarios", "200",
    )  # fmt: skip
    assert code == 0
    assert "holds at every value" in " ".join(said.split())


def test_scenarios_beside_each_other(run: Run, tmp_path: Path) -> None:
    code, said, _ = run("scenarios", "japan", "--scenarios", "500", "--json")
    assert code == 0
    compared = json.loads(said)["compared"]
    assert compared[0]["name"] is None
    assert len(compared) == 6
    base = compared[0]
    assert all(a["change"] in (0, None) for a in base["answers"])
    split = next(c for c in compared if c["name"] == "split reversed")
    by_name = {a["name"]: a for a in split["answers"]}
    assert by_name["receipts of pledging"]["change"] > 0
    assert by_name["cash"]["change"] == 0
    ruling = next(c for c in compared if c["name"] == "court ruling")
    assert ruling["relief"]["change"] < 0
    own = tmp_path / "own.yaml"
    own.write_text("scenarios:\n  - name: as it is\n", encoding="utf-8")
    code, said, _ = run("scenarios", "japan", "--file", str(own), "--scenarios", "300")
    assert code == 0
    assert "as it is" in said
    assert said.count("same") >= 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("attention", "atlantis"), "no programme is called 'atlantis'"),
        (("attention", "eu"), "no vehicle terms reported"),
        (("attention", "japan", "--answer", "profits"), "no answer 'profits'"),
        (("attention", "japan", "--project", "xyzzy"), "no project 'xyzzy'"),
        (("solve", "japan", "--claim", "more money", "--lever", "after"), "no answer 'more money'"),
        (("solve", "japan", "--claim", "drawn <= 1bn", "--lever", "after"), "say `with 80%`"),
        (("solve", "japan", "--claim", "mean npv >= 0", "--lever", "luck"), "no lever 'luck'; known: cash_yield"),
        (("solve", "japan", "--claim", "principal back by 2400 >= 1%", "--lever", "after"), "outside the grid"),
        (
            ("solve", "japan", "--claim", "mean npv >= 0", "--lever", "after", "--low", "1", "--high", "0"),
            "a lower and an upper end",
        ),
        (("scenarios", "japan", "--file", "nowhere.yaml"), "cannot be read"),
    ],
)
def test_wrong_usage_is_one_line_with_the_mend(run: Run, arguments: tuple[str, ...], said: str) -> None:
    code, out, err = run(*arguments)
    assert code == 2
    assert not out
    assert said in err
    assert err.count("\n") == 1


def test_a_file_that_speaks_of_what_is_not_there(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("scenarios:\n  - name: mine\n    projects:\n      - projects: [atlantis]\n", encoding="utf-8")
    code, _, err = run("scenarios", "japan", "--file", str(own))
    assert code == 2
    assert "scenario 'mine': no project named 'atlantis'" in err
