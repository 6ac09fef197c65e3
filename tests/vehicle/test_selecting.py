"""The verb `select` on the bundled corpus, as a user calls it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pledger.cli import main
from pledger.ledger import Ledger

Run = Callable[..., tuple[int, str, str]]
QUICK = ("--scenarios", "200", "--resolve", "5")


@pytest.fixture
def run_select(corpus_ledger: Ledger, corpus_file: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    del corpus_ledger  # it has read the corpus into the file

    def called(*arguments: str) -> tuple[int, str, str]:
        code = 0
        try:
            main(["--ledger", str(corpus_file), "select", "japan", *QUICK, *arguments])
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return called


def test_a_choice_keeps_what_is_asked_for(run_select: Run, tmp_path: Path) -> None:
    chart = tmp_path / "frontier.svg"
    code, said, _ = run_select(
        "--ceiling",
        "60bn",
        "--max-share",
        "sector:gas_cc=60%",
        "--must",
        "Element Six",
        "--chart",
        str(chart),
        "--json",
    )
    assert code == 0
    found = json.loads(said)
    chosen = [c for c in found["candidates"] if c["chosen"]]
    cost = sum(c["cost"] for c in chosen)
    assert 0 < cost <= 60e9
    assert sum(c["cost"] for c in chosen if c["sector"] == "gas_cc") <= 0.6 * cost
    assert any("Element Six" in c["name"] for c in chosen)
    assert found["possible"]
    points = found["frontier"]["points"]
    assert found["frontier"]["price"] == points[0]["npv_pledging"] - points[-1]["npv_pledging"]
    assert all(0 <= c["stable"] <= 1 for c in found["candidates"])
    assert found["stability"]["scenarios"] == 5
    assert ET.fromstring(chart.read_text(encoding="utf-8")).tag.endswith("svg")  # noqa: S314  our own file


def test_in_a_terminal_rules_and_weights_are_printed(run_select: Run) -> None:
    code, said, _ = run_select("--weights", "dependence=3", "--weights", "record=1")
    words = " ".join(said.split())
    assert code == 0
    assert "75% 25%" in words
    assert "Putting strategy before return costs $" in words
    assert "the very same choice is best" in words
    assert "Dependence relieved" in words
    assert "NPV of the host" not in words, "what weighs nothing is left out"


def test_wishes_that_cannot_hold_together_leave_with_1(run_select: Run) -> None:
    code, said, _ = run_select("--ceiling", "100m", "--must", "Element Six")
    words = " ".join(said.split())
    assert code == 1
    assert "These cannot hold together" in words
    assert "raise --ceiling to at least $" in words
    assert "drop --must" in words


def test_what_is_committed_may_be_kept(run_select: Run) -> None:
    code, said, _ = run_select("--keep-committed", "--json", "--resolve", "0")
    assert code == 0
    candidates = json.loads(said)["candidates"]
    committed = [c for c in candidates if c["stage"] == "committed"]
    assert committed
    assert all(c["chosen"] for c in committed)


def test_a_file_of_weights_and_wishes(run_select: Run, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("weights: {readiness: 1}\nhurdle: 0\ncount: projects\nceiling: 40e9\n", encoding="utf-8")
    code, said, _ = run_select("--weights", str(mine), "--json")
    found = json.loads(said)
    assert code == 0
    assert (found["counts"], found["hurdle"]) == ("projects", 0.0)
    assert sum(c["cost"] for c in found["candidates"] if c["chosen"]) <= 40e9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--must", "Elemint"], "did you mean 'Element Six"),
        (["--weights", "returns=1"], "no criterion 'returns'; there are recovery"),
        (["--weights", "recovery=much"], "write 100bn, 0.4 or 40%"),
        (["--weights", "nothing.yaml"], "nothing.yaml: cannot be read"),
        (["--max-share", "gas=0.4"], "write sector:gas_cc=0.4"),
        (["--ceiling", "-5"], "out of range"),
        (["--interpretation", "mine"], "no interpretation 'mine'"),
    ],
)
def test_wrong_usage_says_the_mend(run_select: Run, arguments: list[str], words: str) -> None:
    code, _, error = run_select(*arguments)
    assert code == 2
    assert words in error
    assert error.count("\n") == 1
