"""Lists a page at a time: SQL and memory give the same pages, and the pages together are the list."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import pledger
from pledger import data
from pledger.ledger import Asked, Ledger, Order
from pledger.model import Attribute, ConflictKind, EntityKind, Standing

FAR = dt.date(2999, 1, 1)
ASKED = [
    Asked(limit=7),
    Asked(limit=7, backwards=True),
    Asked(kinds=(EntityKind.PROJECT,), order=Order.AMOUNT, limit=5, offset=3),
    Asked(kinds=(EntityKind.PROJECT,), programme="JP>US", order=Order.AMOUNT, limit=500),
    Asked(order=Order.DOCUMENTS, limit=9),
    Asked(words="JAPAN", limit=20),
    Asked(words="100%_", limit=20),
    Asked(standings=(Standing.CONTESTED,), order=Order.AMOUNT),
    Asked(attributes=(Attribute.AMOUNT,), standings=(Standing.AGREED, Standing.SINGLE_SOURCE), limit=30),
    Asked(conflicts=(ConflictKind.SLIP, ConflictKind.DISPUTE), order=Order.SEVERITY),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    made = pledger.open(str(Path(tmp_path_factory.mktemp("paging")) / "pledger.db"))
    made.read([data.examples()])
    return made


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_sql_and_memory_give_the_same_pages(ledger: Ledger, asked: Asked) -> None:
    stored, derived = ledger, ledger.at(known_on=FAR)
    for ask in ("page_of_figures", "page_of_conflicts", "page_of_entities"):
        one, other = getattr(stored, ask)(asked), getattr(derived, ask)(asked)
        assert [i.id for i in one.items] == [i.id for i in other.items]
        assert one == other


def test_counts_are_of_what_is_there(ledger: Ledger) -> None:
    told = ledger.counts()
    assert told == ledger.at(known_on=FAR).counts()
    assert told.documents == len(ledger.documents())
    assert told.claims == len(ledger.claims())
    assert told.figures == len(ledger.figures())
    assert told.contested == sum(f.standing is Standing.CONTESTED for f in ledger.figures())


def test_the_pages_together_are_the_list(ledger: Ledger) -> None:
    total = ledger.page_of_figures(Asked(limit=1)).total
    pages = [ledger.page_of_figures(Asked(limit=40, offset=start)).items for start in range(0, total, 40)]
    found = [f.id for page in pages for f in page]
    assert len(found) == len(set(found)) == total
    assert set(found) == {f.id for f in ledger.figures()}
