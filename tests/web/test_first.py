"""The first page: what is new since a visit or a day, and what to check next, neither of which holds it up."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from fastapi.testclient import TestClient

from pledger.ledger import Ledger
from pledger.views.web.later import Later
from pledger.views.web.visits import VISITS, visit_of
from web.asking import client

TODAY = dt.date(2026, 3, 9)


@pytest.mark.parametrize(
    ("cookie", "before", "note"),
    [
        ("", None, ".2026-03-09"),
        (".2026-03-09", None, ""),
        (".2026-03-01", dt.date(2026, 3, 1), "2026-03-01.2026-03-09"),
        ("2026-02-01.2026-03-01", dt.date(2026, 3, 1), "2026-03-01.2026-03-09"),
        ("2026-03-01.2026-03-09", dt.date(2026, 3, 1), ""),
        ("2026-03-01.2026-04-01", None, ".2026-03-09"),
        ("2026-03-09.2026-03-01", None, ".2026-03-09"),
        ("<script>.x", None, ".2026-03-09"),
    ],
)
def test_a_visit_follows_from_the_cookie_and_the_day(cookie: str, before: dt.date | None, note: str) -> None:
    visit = visit_of(cookie, TODAY)
    assert (visit.before, visit.note) == (before, note)


def test_a_piece_is_made_once_for_each_state_and_shown_when_it_is_there() -> None:
    now = [0.0]
    pieces: Later[int] = Later(lambda: now[0])
    going, made = threading.Event(), []

    def make() -> int:
        going.wait(30)
        made.append(1)
        return len(made)

    first = pieces.ask("facts", "a", make)
    assert (first.value, first.fresh, first.coming) == (None, False, True)
    assert pieces.ask("facts", "a", make).coming  # it is under way, and not begun a second time
    going.set()
    assert pieces.ask("facts", "a", make, 30).value == 1
    assert pieces.ask("facts", "a", make) == pieces.ask("facts", "a", make)
    stale = pieces.ask("facts", "b", make)  # it rests before it is made anew, and what is there is shown
    assert (stale.value, stale.fresh) == (1, False)
    assert made == [1]
    now[0] = 60.0
    assert pieces.ask("facts", "b", make, 30) == pieces.ask("facts", "b", make)
    assert made == [1, 1]
    pieces.close()


def test_a_piece_that_breaks_is_said_to_be_none(caplog: pytest.LogCaptureFixture) -> None:
    pieces: Later[int] = Later()

    def make() -> int:
        raise ValueError("broken")

    piece = pieces.ask("facts", "a", make, 30)
    assert (piece.value, piece.fresh, piece.coming) == (None, True, False)
    assert "broke" in caplog.text
    pieces.close()


def test_what_is_new_since_a_day_and_since_a_visit(ledger: Ledger) -> None:
    asks: TestClient = client(ledger)
    before = dt.datetime.now(dt.UTC).date()
    page = asks.get("/")
    assert "On your next visit" in page.text
    assert f".{before}" <= asks.cookies[VISITS] <= f".{dt.datetime.now(dt.UTC).date()}"
    assert "SameSite=lax" in page.headers["set-cookie"]
    assert "HttpOnly" in page.headers["set-cookie"]
    assert VISITS not in asks.get("/projects").headers.get("set-cookie", "")

    asked = asks.get("/index.json", params={"since": "2026-01-01"}).json()["new"]
    while asked["coming"]:
        asked = asks.get("/index.json", params={"since": "2026-01-01"}).json()["new"]
    assert asked["count"] == len(asked["changes"]) >= 1
    assert asks.get("/index.json", params={"since": "2026-02-27"}).json()["new"]["since"] == "2026-02-27"
    assert asks.get("/", params={"since": "2999-01-01"}).status_code == 400

    fresh = client(ledger)
    fresh.cookies.set(VISITS, "2026-01-01.2026-01-05")
    told = fresh.get("/").text
    while "is being worked out" in told:
        told = fresh.get("/").text
    assert "New since your last visit" in told
    assert '<span class="tag calm">new</span>' in told
    assert fresh.cookies.get(VISITS, domain="localhost.local") or "2026-01-05." in str(fresh.cookies.jar)


def test_facts_wait_for_the_vehicle_and_never_hold_the_page(ledger: Ledger) -> None:
    asks = client(ledger)
    facts = asks.get("/index.json").json()["facts"]
    assert facts == {"coming": True, "words": None, "facts": []}  # nothing is run before the model is ready
    assert "The vehicle is being run" in asks.get("/").text
