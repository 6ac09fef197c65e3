"""The file: what is kept, what a killed reader leaves, and what an audit finds."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pledger.ledger
from ledger.build import Article, usd
from pledger.ledger import Ledger, LedgerError
from pledger.ledger.derive import derive
from pledger.ledger.schema import SCHEMA_VERSION
from pledger.ledger.store import Store
from pledger.model import Claim, Document, Problem

ARTICLE = "Reuters reports that Japan's $550 billion investment package for the United States is taking shape.\n"


def keep(store: Store, article: Article) -> tuple[Document, list[Claim]]:
    document, claims = article.done()
    store.add(document, claims, b"", dt.datetime(2026, 1, 1))  # noqa: DTZ001
    return document, claims


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "two.txt").write_text(
        ARTICLE.replace("$550 billion", "$55 billion") + "More will come in May 2026.\n", encoding="utf-8"
    )
    return folder


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "l.db"))
    document, claims = keep(
        store, Article("A", dt.date(2026, 1, 2)).says("It is $2bn.", "$2bn", usd(2e9), by=("Reuters", "?officials"))
    )
    assert store.documents() == [document]
    assert store.claims() == claims
    assert store.claims([claims[0].id]) == claims
    assert store.add(document, claims, b"", dt.datetime(2026, 1, 1)) == -1  # noqa: DTZ001


def test_figures_and_conflicts_are_stored_as_they_were_derived(tmp_path: Path) -> None:
    path = str(tmp_path / "l.db")
    articles = [
        Article(p).says(f"It is {w}.", w, usd(v), by=("Reuters",))
        for p, w, v in (("A", "$550bn", 55e10), ("B", "$55bn", 55e9))
    ]
    built = [keep(Store(path), a) for a in articles]
    found = derive([d for d, _ in built], [c for _, its in built for c in its], {})
    with pledger.ledger.open(path) as ledger:
        assert tuple(ledger.figures()) == found.figures
        assert tuple(ledger.conflicts()) == found.conflicts
        assert {e.id: e for e in ledger.entities()} == dict(found.entities)
        assert ledger.figures(as_of=dt.date(2030, 1, 1))[0].as_of == dt.date(2030, 1, 1)


def everything(ledger: Ledger) -> tuple[object, ...]:
    return (ledger.documents(), ledger.claims(), ledger.entities(), ledger.figures(), ledger.conflicts())


def test_reading_twice_changes_nothing(tmp_path: Path, folder: Path) -> None:
    with pledger.ledger.open(str(tmp_path / "l.db")) as ledger:
        seen: list[tuple[int, int, str]] = []
        first = ledger.read([str(folder)], on_progress=lambda *step: seen.append(step))
        assert (first.documents, first.known, first.problems) == (2, 0, [])
        assert first.claims == len(ledger.claims()) > 0
        assert [s[:2] for s in seen] == [(0, 2), (1, 2), (2, 2)]
        before = everything(ledger)
        again = ledger.read([str(folder)])
        assert (again.documents, again.known, again.claims) == (0, 2, 0)
        assert everything(ledger) == before
        assert ledger.audit() == []


def test_why_shows_the_sentences(tmp_path: Path, folder: Path) -> None:
    with pledger.ledger.open(str(tmp_path / "l.db")) as ledger:
        ledger.read([str(folder)])
        figure = next(f for f in ledger.figures() if f.attribute == "amount")
        why = ledger.why(figure.id)
        assert why is not None
        assert why.figure == figure
        assert {e.claim.id for e in why.evidence} == {c for s in figure.sides for c in s.claims}
        for e in why.evidence:
            assert e.claim.text in e.sentence
            assert e.origin in figure.sides[e.side].origins
        assert ledger.why(why.evidence[0].claim.id) == why
        conflict = ledger.conflicts()[0]
        assert len({e.side for e in ledger.why(conflict.id).evidence}) == len(conflict.sides)  # type: ignore[union-attr]
        assert ledger.why("nothing") is None


@pytest.mark.parametrize(
    "crime",
    [
        "DELETE FROM claims WHERE attribute = 'amount'",
        "DELETE FROM documents",
        "UPDATE documents SET text = replace(text, 'billion', 'million')",
        "DELETE FROM evidence",
    ],
)
def test_the_audit_fails_when_evidence_is_gone(tmp_path: Path, folder: Path, crime: str) -> None:
    path = tmp_path / "l.db"
    with pledger.ledger.open(str(path)) as ledger:
        ledger.read([str(folder)])
        assert ledger.audit() == []
    with sqlite3.connect(path) as raw:
        raw.execute(crime)
    with pledger.ledger.open(str(path)) as ledger:
        problems = ledger.audit()
    assert problems
    assert all(isinstance(p, Problem) and p.where and p.why and p.mend for p in problems)


def test_problems_are_kept_until_they_are_mended(tmp_path: Path) -> None:
    store = Store(str(tmp_path / "l.db"))
    store.put_problems(
        ["a"], [Problem("unreadable", "a", "it is torn", "glue it"), Problem("unreadable", "b", "gone", "find it")]
    )
    assert [p.where for p in store.problems()] == ["a", "b"]
    store.put_problems(["a"], [])
    assert [p.where for p in store.problems()] == ["b"]


def test_a_killed_reader_leaves_whole_documents_and_the_rerun_completes(tmp_path: Path) -> None:
    folder, path = tmp_path / "many", tmp_path / "l.db"
    folder.mkdir()
    for n in range(120):
        (folder / f"{n:03}.txt").write_text(f"Item {n}. {ARTICLE}It costs ${n + 10} million.\n", encoding="utf-8")
    command = [sys.executable, "-c", f"import pledger.ledger as l; l.open({str(path)!r}).read([{str(folder)!r}])"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None and _rows(path) < 5:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with pledger.ledger.open(str(path)) as ledger:
        left = len(ledger.documents())
        assert left >= 5
        assert {c.document for c in ledger.claims()} == {d.id for d in ledger.documents()}
        assert ledger.audit() == []
        done = ledger.read([str(folder)])
        assert (done.known, done.documents + done.known) == (left, 120)
        after = everything(ledger)
    with pledger.ledger.open(str(tmp_path / "straight.db")) as ledger:
        ledger.read([str(folder)])
        assert everything(ledger) == after


def _rows(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
            return int(raw.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_two_writers_take_turns(tmp_path: Path, folder: Path) -> None:
    path = str(tmp_path / "l.db")
    with pledger.ledger.open(path) as one, pledger.ledger.open(path) as other:
        one.read([str(folder / "one.txt")])
        other.read([str(folder / "two.txt")])
        assert everything(one) == everything(other)
        assert len(one.documents()) == 2


def test_ledgers_that_cannot_be_opened_say_the_mend(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="read some articles"):
        pledger.ledger.open(str(tmp_path / "none.db"), create=False)
    with pytest.raises(LedgerError, match="does not exist"):
        pledger.ledger.open(str(tmp_path / "no" / "l.db"))
    (tmp_path / "junk.db").write_text("not a database at all, but long enough to be one" * 50)
    with pytest.raises(LedgerError, match="not a ledger"):
        pledger.ledger.open(str(tmp_path / "junk.db"))
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("CREATE TABLE cats (name)")
    with pytest.raises(LedgerError, match="something else"):
        pledger.ledger.open(str(tmp_path / "other.db"))
    pledger.ledger.open(str(tmp_path / "new.db")).close()
    with sqlite3.connect(tmp_path / "new.db") as raw:
        raw.execute("UPDATE ledger_state SET value = ? WHERE name = 'schema_version'", (str(SCHEMA_VERSION + 1),))
    with pytest.raises(LedgerError, match="newer Pledger"):
        pledger.ledger.open(str(tmp_path / "new.db"))


def test_a_ledger_that_may_only_be_read_can_be_read(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "l.db"
    with pledger.ledger.open(str(path)) as ledger:
        ledger.read([str(folder)])
    path.chmod(0o444)
    with pledger.ledger.open(str(path), create=False) as ledger:
        assert ledger.figures()


def test_a_cut_off_reading_that_may_only_be_read_is_answered_from_memory(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "l.db"
    with pledger.ledger.open(str(path)) as ledger:
        ledger.read([str(folder)])
        whole = everything(ledger)
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        for table in ("evidence", "votes", "sides", "conflicts", "figures", "mentions", "entities"):
            raw.execute(f"DELETE FROM {table}")  # noqa: S608
        raw.execute("DELETE FROM ledger_state WHERE name = 'derived_from'")
    with pledger.ledger.open(f"sqlite:///file:{path}?mode=ro&uri=true") as ledger:
        assert everything(ledger) == whole
    with pledger.ledger.open(str(path)) as ledger:
        assert everything(ledger) == whole
        assert ledger.audit() == []


def test_a_snapshot_sees_what_a_cut_off_reading_left_to_be_derived(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "l.db"
    with pledger.ledger.open(str(path)) as ledger:
        ledger.read([str(folder)])
        whole = everything(ledger)
    with sqlite3.connect(path) as raw:
        raw.execute("DELETE FROM figures")
        raw.execute("DELETE FROM ledger_state WHERE name = 'derived_from'")
    with pledger.ledger.open(str(path)) as ledger, ledger.snapshot():
        assert everything(ledger) == whole


def test_text_that_no_file_can_keep_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    torn = Document("0" * 64, "torn.txt", "broken \ud800 text")
    monkeypatch.setattr("pledger.documents.parse", lambda *_, **__: [torn])
    with pledger.ledger.open(str(tmp_path / "l.db")) as ledger:
        result = ledger.read([str(folder / "one.txt")])
        assert (result.documents, [p.where for p in result.problems]) == (0, ["torn.txt"])
        assert not ledger.documents()


def test_frames(tmp_path: Path, folder: Path) -> None:
    with pledger.ledger.open(str(tmp_path / "l.db")) as ledger:
        ledger.read([str(folder)])
        frame = ledger.figures().frame()
        assert {"id", "entity.name", "value.low", "standing"} <= set(frame.columns)
        assert len(frame) == len(ledger.figures())
        for rows in (ledger.documents(), ledger.claims(), ledger.entities(), ledger.conflicts()):
            assert len(rows.frame()) == len(rows)
