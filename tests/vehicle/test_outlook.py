"""The end of the demo: a run on half a screen, with the sentences to check next."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from pledger.cli.verbs import cli


def test_the_demo_ends_with_what_follows_for_money(tmp_path: Path) -> None:
    told = CliRunner().invoke(cli, ["demo", "--folder", str(tmp_path / "demo")], env={"COLUMNS": "80"})
    assert told.exit_code in (0, 1), told.output
    end = told.output[told.output.index("WHAT FOLLOWS FOR MONEY") :]
    assert "Drawn by January 2029 (the end of 2029 Q1): $" in end
    for side in ("pledging side", "host", "public lender", "guarantor", "banks"):
        assert f" {side} " in end, side
    for reading in ("principal and interest", "half the interest", "each side"):
        assert f" {reading} " in end, reading
    assert "tariff relief worth $" in end
    facts = end[end.index("To check next") : end.index("The report:")]
    assert [line[:3] for line in facts.splitlines() if line[:3] in ("1. ", "2. ", "3. ")] == ["1. ", "2. ", "3. "]
    assert facts.count("“") >= 3  # each with the words behind it
    assert all(len(line) <= 80 for line in end.splitlines() if "pledger --ledger" not in line)
    charts = {path.name for path in (tmp_path / "demo" / "charts").iterdir()}
    assert charts == {f"{n}.{s}" for n in ("drawn", "calls", "receipts", "flows", "recovery") for s in ("svg", "png")}
    assert "Source: Pledger" in (tmp_path / "demo" / "charts" / "drawn.svg").read_text(encoding="utf-8")
