"""docs/notebook.md: its blocks are run in order; and the doors give what the verbs print, on the same ledger."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import pledger
from pledger.exposure.portfolio.holdings import HoldingsError
from pledger.exposure.supply.table import TableError
from pledger.ledger import LedgerError
from pledger.vehicle.asking.wishes import AskError

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FEW = 300


@pytest.fixture(scope="module")
def said(corpus_file: Path, corpus_ledger: object, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the blocks of the document have defined, by name; what they print must be what it quotes."""
    assert corpus_ledger is not None
    folder = tmp_path_factory.mktemp("notebook")
    (folder / "articles").symlink_to(ROOT / "src" / "pledger" / "data" / "examples")
    # What is read already is known again at once: the reading itself is tested elsewhere.
    shutil.copy(corpus_file, folder / "pledger.db")
    names: dict[str, Any] = {}
    printed = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for kind, block in _BLOCK.findall(DOC):
            if kind == "text":
                assert block == printed
                continue
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(block, "docs/notebook.md", "exec"), names)  # noqa: S102  the document's own code
            printed = out.getvalue()
    return names | {"path": str(folder / "pledger.db")}


def test_the_document_runs_and_its_answers_hold_together(said: Any) -> None:
    diamond, moved, halt, exposure = (said[name] for name in ("diamond", "moved", "halt", "exposure"))
    assert {row.country for row in diamond.shares()} >= {"CN", "KR"}
    assert len(diamond.frame()) == len(diamond.shares())
    assert {one.table.value for one in moved} == {"supply", "world"}
    built = moved.frame().query("table == 'supply' and measure == 'import reliance'").iloc[0]
    assert built["built_p50"] < built["before_p50"], "the plant covers what was imported"
    assert halt.runs[0].label == "as reported"
    demand = said["months"].query("column == 'demand'")
    assert demand["mean"].between(0, 1).all()
    assert len(demand) == 2 * halt.halt.horizon
    assert set(exposure.rows().frame()["verdict"]) == {"matched", "unmatched"}
    assert exposure.sums()[-1].projects == len({p for g in exposure.exposed.by_holding for p in g.touched.projects})
    assert said["half"].halt.cut == 0.5
    rows = said["looked"].frame().to_dict("records")  # none on days to which no date is near
    assert [row["id"] for row in rows] == [alert.id for alert in said["looked"].alerts]


def test_a_door_gives_what_its_verb_prints(said: Any, tmp_path: Path) -> None:
    from pledger.cli.verbs import cli

    url = said["path"]

    def told(*arguments: str) -> Any:
        done = CliRunner().invoke(cli, ["--ledger", url, *arguments, "--json"], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    asked = ("--covers", "Element Six=80 %", "--scenarios", str(FEW), "--halve", "CN", "--from", "2030-01")
    (verb,) = told("supply", "industrial_diamond", *asked)
    covers = {"Element Six": 0.8}
    door = pledger.halt(
        url, "industrial_diamond", "CN", cut=0.5, begins=dt.date(2030, 1, 1), covers=covers, scenarios=FEW
    )
    for shown, run in zip(verb["halt"]["runs"], door.runs, strict=True):
        assert (shown["label"], shown["any_shortage"]) == (run.label, run.answer.any_shortage)
        assert shown["months"][-1]["mean"] == [row for row in door.months() if row.run == run.label][-1].mean
    (tmp_path / "held.csv").write_text("name,isin,weight\nHitachi,JP3788600009,100%\n")
    shown = told("expose", str(tmp_path / "held.csv"), "--as-of", "2026-03-01")
    found = pledger.expose(url, tmp_path / "held.csv", as_of=dt.date(2026, 3, 1))
    assert [path["told"] for path in shown["paths"]] == [row.told for row in found.paths()]
    again = pledger.expose(url, pd.read_csv(tmp_path / "held.csv"), as_of=dt.date(2026, 3, 1))
    assert again.paths() == found.paths(), "a data frame is read as the file is"
    lines = pledger.commodities(url, group=["CN"])
    assert [line["key"] for line in told("supply", "--group", "CN")] == [row.key for row in lines.rows()]


def test_what_cannot_be_asked_is_one_line_with_its_mend(tmp_path: Path) -> None:
    its = pledger.supply(None, "industrial_diamond", scenarios=FEW)
    for ask, error, words in (
        (lambda: pledger.supply(None, "galium"), AskError, "did you mean gallium?"),
        (lambda: pledger.supply(None, tmp_path / "none.csv"), TableError, "cannot be read"),
        (lambda: pledger.supply(None, "gallium", importer="US,JP"), AskError, "name one country"),
        (lambda: pledger.supply(None, "gallium", step="melted"), AskError, "mined or refined or manufactured"),
        (lambda: pledger.supply(None, "gallium", covers={"Fjord": 0.5}), AskError, "there is none here"),
        (lambda: pledger.supply(tmp_path / "none.db", "gallium"), LedgerError, "none.db"),
        (lambda: its.halt("JP"), AskError, "no named supplier"),
        (lambda: its.halt("CN", begins="spring"), AskError, "write 2030-01"),
        (lambda: its.halt("CN", cut=2), AskError, "0.5 for half"),
        (lambda: its.halt("CN", without="Fjord"), AskError, "no project that is known"),
        (lambda: its.changes(displaces="at random"), AskError, "in proportion or largest first"),
        (lambda: pledger.expose("none.db", tmp_path / "none.csv"), HoldingsError, "cannot be read"),
        (lambda: pledger.expose("none.db", "h.csv", scenario="call decline"), AskError, "call declined"),
        (lambda: pledger.expose("none.db", "h.csv", scenarios="own.yaml"), AskError, "name one of them"),
        (lambda: pledger.calendar("none.db", "Atlantis"), AskError, "write its key"),
    ):
        with pytest.raises(error) as wrong:
            ask()
        assert words in str(wrong.value)
        assert "\n" not in str(wrong.value)
    assert its.changes() == [], "no ledger, no plants"
    assert "expected" in its.changes().frame().columns, "what is empty has its columns"
    assert its.notes == ("No ledger here: shares are those of the tables alone.",)
