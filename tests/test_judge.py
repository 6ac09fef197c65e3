"""`pledger judge`: one by one, by file, on claims and conflicts; listed, withdrawn, shown."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import pledger
from pledger.cli.verbs import cli

ARTICLES = {
    "a.txt": "Westfield will build a gas plant in Ohio for $3 billion, Westfield said on Monday.",
    "b.txt": "Westfield Electric will build a copper smelter in Texas for $4 billion, the company said.",
    "c.txt": "Westfield Midstream will build an oil terminal in Louisiana for $5 billion, the company said.",
}


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    for name, words in ARTICLES.items():
        (tmp_path / name).write_text(words, encoding="utf-8")
    url = str(tmp_path / "l.db")
    with pledger.open(url) as opened:
        opened.read([str(tmp_path / name) for name in ARTICLES], workers=1)
    return url


def run(ledger: str, *words: str, answers: str = "") -> Result:
    return CliRunner().invoke(cli, ["--ledger", ledger, "judge", *words], input=answers, catch_exceptions=False)


def waiting(ledger: str) -> list[set[str]]:
    return [{s["name"] for s in d["sides"]} for d in json.loads(run(ledger, "--json").output)]


def kept(ledger: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run(ledger, "--list", "--json").output)
    return found


def test_pairs_are_asked_one_by_one_with_their_sentences_and_kept_at_once(ledger: str) -> None:
    assert {"Westfield", "Westfield Electric"} in waiting(ledger)
    told = run(ledger, "--by", "A. Larsen", answers="s\nthe same house\nq\n")
    assert "copper smelter in Texas" in told.output
    (judged,) = kept(ledger)
    assert (judged["verdict"], judged["by"], judged["reason"]) == ("same", "A. Larsen", "the same house")


def test_what_was_skipped_still_waits_and_the_end_of_the_input_quits(ledger: str) -> None:
    before = waiting(ledger)
    assert run(ledger, answers="k\n").exit_code == 0
    assert waiting(ledger) == before
    assert kept(ledger) == []


def test_a_merge_is_seen_at_once_and_undone_by_withdrawing_it(ledger: str, tmp_path: Path) -> None:
    with pledger.open(ledger) as opened:
        before = opened.digest()
    pairs = tmp_path / "pairs.csv"
    run(ledger, "--out", str(pairs))
    with pairs.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        row["verdict"] = "same" if {row["name_a"], row["name_b"]} == {"Westfield", "Westfield Electric"} else ""
    with pairs.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    assert "1 judgement kept" in run(ledger, "--file", str(pairs), "--by", "A").output
    with pledger.open(ledger) as opened:
        assert any({"Westfield", "Westfield Electric"} <= {e.name, *e.aliases} for e in opened.entities())
        assert opened.digest() != before
    (judged,) = kept(ledger)
    run(ledger, "--withdraw", str(judged["id"])[:6], "--reason", "two houses", "--by", "B")
    with pledger.open(ledger) as opened:
        assert opened.digest() == before
    assert "withdrawn by B" in " ".join(run(ledger, "--list").output.split())


def test_a_claim_is_accepted_and_its_figure_says_so(ledger: str) -> None:
    with pledger.open(ledger) as opened:
        claim = opened.figures()[0].sides[0].claims[0]
    run(ledger, "--accept", claim, "--reason", "seen in the contract")
    shown = CliRunner().invoke(cli, ["--ledger", ledger, "why", claim])
    assert "seen in the contract" in " ".join(shown.output.split())
    figures = json.loads(CliRunner().invoke(cli, ["--ledger", ledger, "show", "figures", "--json"]).output)
    assert [f["judgements"] for f in figures if "judgements" in f] == [[kept(ledger)[0]["id"]]]


@pytest.mark.parametrize(
    "words",
    [
        ["--withdraw", "j0"],
        ["--accept", "c-nothing"],
        ["--settle", "x-nothing", "--side", "1"],
        ["--file", "nowhere.csv"],
    ],
)
def test_wrong_usage_is_told_in_one_line(ledger: str, words: list[str]) -> None:
    told = CliRunner().invoke(cli, ["--ledger", ledger, "judge", *words])
    assert told.exit_code == 2


def test_a_file_that_is_no_list_of_verdicts_is_refused_as_a_whole(ledger: str, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("what,a,b,verdict\norganisation,fjord,harbour,same\norganisation,fjord,tarn,perhaps\n")
    told = CliRunner().invoke(cli, ["--ledger", ledger, "judge", "--file", str(pairs)])
    assert told.exit_code == 2
    assert "line 3" in told.output
    assert kept(ledger) == []
