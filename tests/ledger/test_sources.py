"""The record of every source: what the database counts is what is worked out of all figures, however they came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import pledger
from pledger import data
from pledger.ledger import Ledger, judgement
from pledger.ledger.grades import subject

FAR = dt.date(2999, 1, 1)
NOON = dt.datetime(2026, 5, 1, 12)  # noqa: DTZ001  the ledger's times are of UTC, and without a zone


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with pledger.open(str(tmp_path_factory.mktemp("sources") / "pledger.db")) as held:
        articles = sorted(Path(data.examples()).iterdir())
        for some in (articles[:9], articles[9:10], articles[10:]):  # made, taken up, taken up with much else
            held.read(some, workers=1)
        yield held


def test_the_database_counts_what_is_worked_out_of_all_figures(ledger: Ledger) -> None:
    counted = ledger.sources()
    assert counted == ledger.at(known_on=FAR).sources()
    assert sum(r.statements for r in counted) == sum(len(s.origins) for f in ledger.figures() for s in f.sides)
    assert {r.origin for r in counted if r.contradicted}
    assert {r.origin for r in counted if r.confirmed}


def test_a_grade_that_was_given_is_counted_and_named(ledger: Ledger) -> None:
    name = ledger.sources()[0].origin
    claim = next(c for f in ledger.figures() for s in f.sides for o in s.origins if o.name != name for c in o.claims)
    made = [
        judgement("grade", about, "", mark, "", person="A. Larsen", reason="it was wrong before", made_at=NOON)
        for about, mark in ((subject(name), "E"), (claim, "5"))
    ]
    ledger.judge(*made)
    counted = ledger.sources()
    assert counted == ledger.at(known_on=FAR).sources()
    assert {id_ for r in counted for id_ in r.judgements} == {j.id for j in made}
    assert next(r for r in counted if r.origin == name).grade == "E"
