"""Lists a page at a time: SQL and memory give the same pages, and the pages together are the list."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

import pledger
from pledger import data
from pledger.documents import load
from pledger.ledger import Asked, Detail, Ledger, Order
from pledger.ledger.store import Store
from pledger.model import Attribute, ConflictKind, EntityKind, Stage, StageValue, Standing
from pledger.workers import Reading, read_document

FAR = dt.date(2999, 1, 1)
ASKED = [
    Asked(limit=7),
    Asked(limit=7, backwards=True),
    Asked(kinds=(EntityKind.PROJECT,), order=Order.AMOUNT, limit=5, offset=3),
    Asked(kinds=(EntityKind.PROJECT,), programme="JP>US", order=Order.AMOUNT, limit=500),
    Asked(order=Order.DOCUMENTS, limit=9),
    Asked(words="JAPAN", limit=20),
    Asked(words="100%_", limit=20),
    Asked(kinds=(EntityKind.PROJECT,), project_kinds=("gas_power", "lng"), limit=20),
    Asked(kinds=(EntityKind.PROJECT,), project_kinds=("",), limit=20),
    Asked(stages=(Stage.COMMITTED, Stage.PLEDGED), order=Order.AMOUNT),
    Asked(sponsor="SOFTBANK"),
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


def test_projects_by_kind_stage_and_sponsor(ledger: Ledger) -> None:
    gas = ledger.page_of_entities(Asked(project_kinds=("gas_power",))).items
    assert gas
    assert all(("project_kind", "gas_power") in entity.attributes for entity in gas)
    assert ledger.project_kinds() == ledger.at(known_on=FAR).project_kinds() > {"gas_power"}
    told = ledger.page_of_entities(Asked(stages=(Stage.COMMITTED,))).items
    held = {
        f.entity.id for f in ledger.figures() if isinstance(f.value, StageValue) and f.value.stage is Stage.COMMITTED
    }
    assert {entity.id for entity in told} == held
    assert ledger.page_of_entities(Asked(sponsor="no such sponsor")).total == 0
    figures = ledger.figures()
    assert list(ledger.health_of(figures).values()) == list(ledger.health())


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


@pytest.mark.parametrize("detail", Detail)
def test_a_page_in_less_detail_is_the_same_page_with_less_of_each(ledger: Ledger, detail: Detail) -> None:
    asked = Asked(standings=(Standing.CONTESTED,), order=Order.DOCUMENTS, limit=500)
    whole, less = (ledger.page_of_figures(replace(asked, detail=d)) for d in (Detail.CLAIMS, detail))
    assert whole.total == less.total
    for full, part in zip(whole.items, less.items, strict=True):
        assert replace(full, sides=()) == replace(part, sides=())
        if detail is Detail.VALUE:
            assert not part.sides
            continue
        assert [(s.value, s.weight) for s in part.sides] == [(s.value, s.weight) for s in full.sides]
        if detail is Detail.SIDES:
            assert not any(s.origins for s in part.sides)
        elif detail is Detail.ORIGINS:
            assert [[replace(o, claims=()) for o in s.origins] for s in full.sides] == [
                list(s.origins) for s in part.sides
            ]
        else:
            assert part == full


def test_a_lagging_ledger_answers_by_what_was_derived_last(tmp_path: Path) -> None:
    with pledger.open(str(tmp_path / "pledger.db")) as reader:
        articles = sorted(Path(data.examples()).glob("jp0*.md"))
        reader.read(articles[:2])
        shown = reader.lagging()
        before, version = shown.figures(), shown.version()
        assert not shown.behind()
        found = [r for r in map(read_document, load(str(articles[2]))[0]) if isinstance(r, Reading)]
        store = Store(str(tmp_path / "pledger.db"))
        store.add_all([(r.document, r.claims, r.signature) for r in found], dt.datetime(2026, 1, 1))  # noqa: DTZ001
        store.close()
        assert shown.behind()
        assert shown.version() != version  # what is kept can be seen: the article has a page
        kept = shown.version()
        assert shown.figures() == before
        assert shown.at(as_of=None).figures() == before
        shown.catch_up()
        assert not shown.behind()
        assert shown.version() not in (version, kept)
        assert shown.figures() == reader.figures() != before
