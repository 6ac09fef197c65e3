"""Judging from a browser: all that `pledger judge` and `pledger grade` can, with a session, a name and a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger.ledger import Ledger
from web.asking import BEARER, client, signed_in

TEXTS = (
    "3 February 2026\n\nJapan will invest $550 billion in the United States, according to the Commerce Department.",
    "3 February 2026\n\nJapan will invest $700 billion in the United States, according to the Finance Ministry.",
    "5 February 2026\n\nWestfield will build a $3 billion gas plant in Ohio, Westfield said.",
    "6 February 2026\n\nWestfield Electric will build a $4 billion gas plant in Texas, Westfield Electric said.",
    "7 February 2026\n\nWestfield Midstream will build a $5 billion port in Maine, Westfield Midstream said.",
)
SIGNED = {"person": "A. Reader", "reason": "I read the decree"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text)
    with pledger.open(str(tmp_path / "ledger.db")) as held:
        held.read([folder], workers=1)
        yield held


@pytest.fixture
def asks(ledger: Ledger) -> TestClient:
    return client(ledger)


def said(asks: TestClient, path: str = "/judge", **fields: str) -> int:
    return asks.post(path, data=SIGNED | fields, headers=BEARER).status_code


def test_a_contradiction_is_settled_for_a_side_or_said_to_be_none(asks: TestClient, ledger: Ledger) -> None:
    conflict = next(c for c in ledger.conflicts() if len(c.sides) == 2)
    page = asks.get(f"/conflict/{conflict.id}")
    assert "Settle it so" not in page.text, "forms are for who has signed in"
    word = signed_in(asks)
    page = asks.get(f"/conflict/{conflict.id}")
    assert "Settle it so" in page.text
    assert page.text.count(f'name="csrf" value="{word}"') >= 3
    assert said(asks, conflict=conflict.id, verdict="accept", side="3") == 400
    assert said(asks, conflict="x123", verdict="none") == 404
    assert said(asks, conflict=conflict.id, verdict="accept", side="2", reason=" ") == 400
    assert said(asks, conflict=conflict.id, verdict="accept", side="2") == 303
    made = ledger.judgements()
    assert [(j.kind, j.verdict, j.subject) for j in made] == [("claim", "accept", conflict.sides[1].claims[0])]
    assert conflict.id not in {c.id for c in ledger.conflicts()}

    assert said(asks, "/withdraw", judgement=made[0].id, reason="") == 400
    assert said(asks, "/withdraw", judgement="j0") == 404
    assert said(asks, "/withdraw", judgement=made[0].id) == 303
    assert said(asks, "/withdraw", judgement=made[0].id) == 404, "once"
    assert not ledger.judgements()[0].in_force
    assert said(asks, conflict=conflict.id, verdict="none") == 303
    assert {j.kind for j in ledger.judgements()} == {"claim", "conflict"}
    assert conflict.id not in {c.id for c in ledger.conflicts()}


def test_two_names_are_said_to_be_one_or_two(asks: TestClient, ledger: Ledger) -> None:
    waiting = asks.get("/judgements.json").json()["waiting"]
    assert [d["id"] for d in waiting] == [d.id for d in ledger.doubts()][: len(waiting)]
    assert waiting, "two spellings of one name are in doubt"
    one, other = (side["key"] for side in waiting[0]["sides"])
    page = asks.get("/judgements").text
    assert "They are one" not in page
    assert said(asks, what=waiting[0]["what"], a=one, b=one, verdict="same") == 400
    assert said(asks, what="commodity", a=one, b=other, verdict="same") == 400
    assert said(asks, what=waiting[0]["what"], a=one, b=other, verdict="accept") == 400
    assert said(asks, what=waiting[0]["what"], a=one, b=other, verdict="different") == 303
    assert waiting[0]["id"] not in {d.id for d in ledger.doubts()}
    assert asks.get("/judgements.json").json()["judged"][0]["verdict"] == "different"
    signed_in(asks)
    page = asks.get("/judgements").text
    assert "Withdraw it" in page
    assert re.search(r"<b>different</b> (organisation|person|project):", page)


def test_a_source_and_a_sentence_are_graded(asks: TestClient, ledger: Ledger) -> None:
    source = ledger.sources()[0].origin
    claim = ledger.claims()[0].id
    assert said(asks, source="Nobody of that name", verdict="A") == 404
    assert said(asks, source=source, verdict="G") == 400
    assert said(asks, source=source, verdict="E") == 303
    assert next(r for r in ledger.sources() if r.origin == source).grade == "E"
    assert said(asks, claim=claim, verdict="9") == 400
    assert said(asks, claim=claim, verdict="5") == 303
    assert {(j.kind, j.verdict) for j in ledger.judgements()} == {("grade", "E"), ("grade", "5")}
    signed_in(asks)
    assert "Grade a source" in asks.get("/sources").text
    assert "Grade this sentence" in asks.get(f"/figure/{claim}").text


def test_nobody_judges_without_the_word_of_the_form(asks: TestClient, ledger: Ledger) -> None:
    conflict = ledger.conflicts()[0].id
    signed_in(asks)
    for path, fields in (
        ("/judge", {"conflict": conflict, "verdict": "none"}),
        ("/judge", {"what": "organisation", "a": "a", "b": "b", "verdict": "same"}),
        ("/judge", {"source": "Reuters", "verdict": "A"}),
        ("/withdraw", {"judgement": "j0"}),
    ):
        assert asks.post(path, data=SIGNED | fields).status_code == 403
        assert asks.post(path, data=SIGNED | fields | {"csrf": "x" * 43}).status_code == 403
    assert not ledger.judgements()
