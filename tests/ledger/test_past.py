"""A ledger of the past in a file says what the ledger itself says as of then, wherever it was brought forward from."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger.test_incremental import DAY, corpus, derived, judgements
from pledger.ledger import Ledger, Moment
from pledger.ledger import schema as db
from pledger.ledger.past import extent, make, opened
from pledger.ledger.store import Store

EARLY, LATE = dt.datetime(2026, 1, 10), dt.datetime(2026, 1, 20)  # noqa: DTZ001  the ledger's times are of UTC


def quiet(step: str, done: int, of: int) -> None:
    """Nobody watches."""
    assert 0 <= done <= max(done, of), step


def past(store: Store, moment: Moment, path: Path, base: Path | None = None) -> Ledger:
    """The ledger of the past in a file of its own."""
    found = make(store, moment, path, quiet, base)
    assert found == extent(store, moment)
    its = opened(path, found.word)
    assert its is not None
    return Ledger(its, moment, lagging=True, stored=moment)


def same(one: Ledger, other: Ledger) -> None:
    """Both answer everything alike."""
    assert one.figures() == other.figures()
    assert one.conflicts() == other.conflicts()
    assert one.entities() == other.entities()
    assert one.documents() == other.documents()
    assert one.claims() == other.claims()
    assert one.sources() == other.sources()
    assert one.rollups() == other.rollups()
    assert one.health() == other.health()
    assert {u.sighting for u in one.unsure()} == {u.sighting for u in other.unsure()}
    assert one.judgements() == other.judgements()
    assert one.counts() == other.counts()
    assert one.project_kinds() == other.project_kinds()
    for figure in one.figures()[:3]:
        assert one.why(figure.id) == other.why(figure.id)


def filled(url: str, seed: int) -> Store:
    """A ledger of documents that reach into each other, read on two days, with judgements on them."""
    store, items = Store(url), corpus(seed, 40)
    store.add_all(items[:30], EARLY)
    store.add_all(items[30:], LATE)
    store.add_judgements(judgements(items, random.Random(seed)))  # noqa: S311  the same each time
    return store


@pytest.mark.parametrize("seed", [1, 2])
def test_it_says_what_the_ledger_says_as_of_then(new_url: Callable[[], str], tmp_path: Path, seed: int) -> None:
    store = filled(new_url(), seed)
    ledger = Ledger(store)
    days = (DAY + dt.timedelta(days=12), DAY + dt.timedelta(days=30))
    first, second = Moment(days[0]), Moment(days[1], EARLY.date())
    same(past(store, first, tmp_path / "first.db"), ledger.at(as_of=first.as_of))
    its = past(store, second, tmp_path / "second.db")
    same(its, ledger.at(as_of=second.as_of, known_on=second.known_on))
    assert not its.judgements()  # they were made after that day
    store.close()


def test_it_is_brought_forward_by_what_came_in_between(tmp_path: Path) -> None:
    store, days = filled(str(tmp_path / "ledger.db"), 3), [DAY + dt.timedelta(days=n) for n in (20, 22)]
    make(store, Moment(days[0]), tmp_path / "before.db", quiet)
    assert 0 < extent(store, Moment(days[0])).documents < extent(store, Moment(days[1])).documents
    forward = past(store, Moment(days[1]), tmp_path / "forward.db", tmp_path / "before.db")
    anew = past(store, Moment(days[1]), tmp_path / "anew.db")
    assert derived(forward._store) == derived(anew._store)
    same(forward, Ledger(store).at(as_of=days[1]))
    # A judgement that came meanwhile has all derived anew.
    store.add_judgements(judgements(corpus(3, 10), random.Random(9)))  # noqa: S311
    judged = past(store, Moment(days[1]), tmp_path / "judged.db", tmp_path / "forward.db")
    same(judged, Ledger(store).at(as_of=days[1]))
    store.close()


def test_the_bundled_articles(corpus_ledger: Ledger, tmp_path: Path) -> None:
    moment, last = Moment(dt.date(2026, 2, 1)), Moment(dt.date(2999, 1, 1))
    its = past(corpus_ledger._store, moment, tmp_path / "past.db")
    same(its, corpus_ledger.at(as_of=moment.as_of))
    assert 0 < its.counts().documents < corpus_ledger.counts().documents
    assert corpus_ledger.extent(last).whole
    same(corpus_ledger.ended(last), corpus_ledger.at(as_of=last.as_of))


def test_only_a_whole_file_of_what_was_asked_for_is_opened(tmp_path: Path) -> None:
    path, moment = tmp_path / "past.db", Moment(DAY + dt.timedelta(days=12))
    store = filled(str(tmp_path / "ledger.db"), 6)
    found = make(store, moment, path, quiet)
    assert opened(path, "another") is None
    assert opened(tmp_path / "absent.db", found.word) is None
    half = path.read_bytes()
    (tmp_path / "half.db").write_bytes(half[: len(half) // 2 // 4096 * 4096])
    assert opened(tmp_path / "half.db", found.word) is None
    (tmp_path / "text.db").write_text("no database")
    assert opened(tmp_path / "text.db", found.word) is None
    its = opened(path, found.word)
    assert its is not None
    with pytest.raises(sa.exc.OperationalError), its.engine.begin() as connection:
        connection.execute(db.figures.delete())
    its.close()
    store.close()


def test_who_makes_it_ends_with_who_asked_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "making"
    folder.mkdir()
    filled(str(tmp_path / "ledger.db"), 5).close()
    asked = {"ledger": str(tmp_path / "ledger.db"), "as_of": "2026-01-20", "known_on": None, "base": None}
    command = [sys.executable, "-m", "pledger.ledger.cutting"]
    words = json.dumps(asked | {"path": str(folder / "past.db")}) + "\n"
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(words)
        process.stdin.flush()
        process.stdout.readline()  # it has begun
        process.stdin.close()
        assert process.wait(60) == 1
    assert not folder.exists()
