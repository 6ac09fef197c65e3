"""A large ledger as of a day: worked out beside the pages, in a file, and then answered as a small one answers."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger import data
from pledger.ledger import Ledger, Moment
from pledger.views.web.app import create_app
from pledger.views.web.pasts import ComingError, Pasts
from pledger.views.web.settings import Past, Settings
from web.asking import MUCH, ORIGIN, client

DAY = "2026-02-01"
MOMENT = Moment(dt.date(2026, 2, 1))
PAGES = (
    "/index",
    "/projects",
    "/figures",
    "/conflicts",
    "/sources",
    "/articles",
    "/compare",
    "/changes",
    "/judgements",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def asks(corpus_ledger: Ledger, place: Path) -> Iterator[TestClient]:
    """An application to which every ledger is a large one."""
    settings = Settings("ledger.db", expensive_per_minute=MUCH, past=Past(claims=0, folder=place))
    with TestClient(create_app(settings, corpus_ledger), base_url=ORIGIN, follow_redirects=False) as found:
        yield found


def made(pasts: Pasts, moment: Moment = MOMENT) -> Ledger:
    """The ledger of that day, when it is there."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        with suppress(ComingError):
            return pasts.at(moment)
        time.sleep(0.05)
    raise AssertionError("it never came")


def test_it_comes_and_answers_as_a_small_ledger_does(corpus_ledger: Ledger, asks: TestClient, place: Path) -> None:
    first = asks.get(f"/figures.json?as_of={DAY}&sort=name")
    page = asks.get(f"/figures?as_of={DAY}")
    while first.status_code == 503:
        told = first.json()
        assert 0 <= told["share"] <= 1
        assert int(first.headers["retry-after"]) >= 1
        if page.status_code == 202:
            assert '<noscript><meta http-equiv="refresh"' in page.text
            assert "data-coming" in page.text
        first, page = asks.get(f"/figures.json?as_of={DAY}&sort=name"), asks.get(f"/figures?as_of={DAY}")
    assert (first.status_code, page.status_code) == (200, 200)
    small = client(corpus_ledger, token=None)
    for path in PAGES:
        address = f"{path}.json?as_of={DAY}&since=2025-12-01" if path == "/changes" else f"{path}.json?as_of={DAY}"
        assert asks.get(address).json() == small.get(address).json(), path
    figure = first.json()["figures"][0]
    for path in (f"/figure/{figure['id']}", f"/entity/{figure['entity']['id']}"):
        assert asks.get(f"{path}.json?as_of={DAY}").json() == small.get(f"{path}.json?as_of={DAY}").json()
    assert asks.get(f"/figures?as_of={DAY}").text == small.get(f"/figures?as_of={DAY}").text
    assert len(list(place.rglob("*.db"))) == 1
    # After the last report nothing has to be worked out.
    assert asks.get("/figures.json?as_of=2999-01-01").status_code == 200
    assert len(list(place.rglob("*.db"))) == 1


def test_meanwhile_pages_of_one_thing_are_made_of_what_concerns_it(corpus_ledger: Ledger, tmp_path: Path) -> None:
    whole = corpus_ledger.at(as_of=MOMENT.as_of)
    its = next(iter(whole.rollups())).programme.id
    near = corpus_ledger.around(its, MOMENT)
    assert near is not None
    told = {f.id: (f.value, f.standing, f.documents, f.as_of) for f in near.figures()}
    known = {f.id: (f.value, f.standing, f.documents, f.as_of) for f in whole.figures()}
    assert len(told) > 20
    assert sum(known.get(key) == figure for key, figure in told.items()) >= 0.9 * len(told)
    app = create_app(Settings("ledger.db", past=Past(claims=0, folder=tmp_path)), corpus_ledger)
    ends = threading.Event()
    app.state.room.pasts._hand.submit(ends.wait, 60)  # something else is being worked out
    asks = TestClient(app, base_url=ORIGIN)
    for path in (f"/figure/{next(f.id for f in near.figures() if f.entity.id == its)}", f"/entity/{its}", "/"):
        page = asks.get(f"{path}?as_of={DAY}")
        assert (page.status_code, "made of the reports on its subject alone" in page.text) == (200, True), path
        # Files go on to where nobody reads the note.
        assert asks.get(f"{'/index' if path == '/' else path}.json?as_of={DAY}").status_code == 503
    assert asks.get(f"/projects?as_of={DAY}").status_code == 202
    ends.set()
    app.state.room.pasts.close()


def test_what_is_there_is_found_again_and_brought_forward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledger.views.web.pasts._REST", 0.0)
    monkeypatch.setattr("pledger.views.web.pasts._TIMES", 0.0)
    articles = sorted(Path(data.examples()).glob("jp0*.md"))
    with pledger.open(str(tmp_path / "ledger.db")) as ledger:
        ledger.read([*articles[:3], articles[-1]], workers=1)
        limits = Past(claims=0, folder=tmp_path, files=2)
        moment = Moment(dt.date(2025, 11, 1))
        pasts = Pasts(ledger.lagging(), limits)
        before = made(pasts, moment).figures()
        word = pasts.shown(moment)
        pasts.close()
        again = Pasts(ledger.lagging(), limits)
        assert again.at(moment).figures() == before  # at once
        assert again.shown(moment) == word
        ledger.read(articles[3:-1], workers=1)
        assert ledger.at(as_of=moment.as_of).figures() != before
        assert again.at(moment).figures() == before  # as pages do that follow a reader
        end = time.monotonic() + 300
        while not (again.at(moment) and again.shown(moment) != word):
            assert time.monotonic() < end
            time.sleep(0.05)
        assert again.at(moment).figures() == ledger.at(as_of=moment.as_of).figures()
        for day in (2, 3, 4):
            made(again, Moment(dt.date(2025, 9, 8 + day)))
        assert len(list(tmp_path.rglob("past/**/*.db"))) == 2  # no more than are allowed
        again.close()


def test_a_server_that_ends_leaves_nothing_half_made(corpus_ledger: Ledger, tmp_path: Path) -> None:
    pasts = Pasts(corpus_ledger.lagging(), Past(claims=0, folder=tmp_path))
    for day in range(1, 4):
        with suppress(ComingError):
            pasts.at(Moment(dt.date(2026, 2, day)))
    pasts.close()
    assert not [p for p in tmp_path.rglob("*") if p.name.startswith(".making")]
    for whole in tmp_path.rglob("*.db"):
        assert Pasts(corpus_ledger.lagging(), Past(claims=0, folder=tmp_path)).at(
            Moment(dt.date.fromisoformat(whole.name[:10]))
        )


def test_why_it_cannot_be_made_is_told(corpus_ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    pasts = Pasts(corpus_ledger.lagging(), Past(claims=0, folder=tmp_path / "file"))
    with pytest.raises(ComingError) as told:
        pasts.at(MOMENT)
    assert "PLEDGER_CACHE" in told.value.coming.words
    pasts.close()
