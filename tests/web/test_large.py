"""What a large ledger answers, a part at a time; and that pages follow a reader without doing its work."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger import data
from pledger.documents import load
from pledger.ledger import Ledger
from pledger.ledger.store import Store
from pledger.views.web.following import following
from pledger.views.web.pages import changes
from pledger.workers import Reading, read_document
from web.asking import client

READ = dt.datetime(2026, 5, 1)  # noqa: DTZ001  the ledger's times are of UTC, and without a zone
SINCE = "2026-01-20"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with pledger.open(str(tmp_path_factory.mktemp("large") / "ledger.db")) as held:
        held.read([data.examples()], workers=1)
        yield held


@pytest.fixture(scope="module")
def asks(corpus: Ledger) -> TestClient:
    return client(corpus)


def test_changes_come_in_parts(asks: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = asks.get(f"/changes.json?since={SINCE}").json()
    assert (whole["page"], whole["pages"]) == (1, 1)
    monkeypatch.setattr(changes, "_MOST", 0)
    monkeypatch.setattr("pledger.ledger.regional.parts.__defaults__", (150,))
    first = asks.get(f"/changes.json?since={SINCE}").json()
    assert first["pages"] > 1
    told = list(first["changes"])
    for number in range(2, first["pages"] + 1):
        told += asks.get(f"/changes.json?since={SINCE}&page={number}").json()["changes"]
    ids = {change["id"] for change in whole["changes"]}
    assert len(ids & {change["id"] for change in told}) > 0.8 * len(ids)
    page = asks.get(f"/changes?since={SINCE}").text
    assert f"Page 1 of {first['pages']}" in page
    assert asks.get(f"/changes.atom?since={SINCE}").status_code == 200
    beyond = asks.get(f"/changes.json?since={SINCE}&page={first['pages'] + 1}")
    assert (beyond.status_code, beyond.json()["problem"][:5]) == (404, "page=")
    past = asks.get(f"/changes.json?since={SINCE}&as_of=2026-03-01").json()  # derived in memory, compared as a whole
    assert (past["page"], past["pages"]) == (1, 1)
    assert past["changes"]
    assert asks.get("/changes.json?since=2026-12-31&as_of=2026-03-01").status_code == 400


def kept_only(ledger: Ledger, path: Path) -> str:
    """Keep an article as a reader does that is killed before it takes up what it has read; its id."""
    found = [r for r in map(read_document, load(str(path))[0]) if isinstance(r, Reading)]
    store = Store(str(ledger._store.url))
    store.add_all([(r.document, r.claims, r.signature) for r in found], READ)
    store.close()
    return found[0].document.id


def test_pages_do_not_do_the_work_of_a_reader_and_follow_it(tmp_path: Path) -> None:
    articles = sorted(Path(data.examples()).glob("jp0*.md"))
    with pledger.open(str(tmp_path / "ledger.db")) as reader:
        reader.read(articles[:2], workers=1)
        asks = client(reader)
        before = asks.get("/figures.json").json()
        new = kept_only(reader, articles[2])
        assert reader.behind()
        assert asks.get(f"/article/{new[:16]}").status_code == 200  # what is kept can be read
        assert asks.get("/figures.json").json() == before
        assert reader.behind()  # and nobody took it up
        page = asks.get("/figures").text
        with following(reader.lagging(), look=0.05, patience=2):
            end = time.monotonic() + 120
            while reader.behind():
                assert time.monotonic() < end
                asks.get("/health")
        assert asks.get("/figures.json").json()["total"] > before["total"]
        assert asks.get("/figures").text != page  # what was remembered is of the state before
