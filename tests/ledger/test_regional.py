"""What has changed, a part at a time: the parts together are what the comparison of two whole moments tells."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

import pytest

import pledger
from pledger import data
from pledger.ledger import Change, ChangeKind, Ledger, regional
from pledger.ledger.store import Store
from pledger.ledger.successors import claims_of
from pledger.model import Attribute
from synthetic.reports import Style, reports
from synthetic.world import make_world

READ = dt.datetime(2026, 1, 1)  # noqa: DTZ001  the ledger's times are of UTC, and without a zone


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with pledger.open(str(tmp_path_factory.mktemp("regional") / "pledger.db")) as held:
        held.read([data.examples()], workers=1)
        yield held


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    path = str(tmp_path_factory.mktemp("regional") / "world.db")
    store = Store(path)
    store.add_all([(r.document, r.claims, b"") for r in reports(make_world(160), Style(), 160)], READ)
    store.close()
    with pledger.open(path) as held:
        yield held


def in_parts(ledger: Ledger, since: dt.date, monkeypatch: pytest.MonkeyPatch, voices: int) -> list[Change]:
    monkeypatch.setattr(regional.parts, "__defaults__", (voices,))
    first, count = ledger.changes_in_parts(since)
    assert count > 1
    assert ledger.changes_in_parts(since, count + 1) == ([], count)
    return [*first, *(c for n in range(2, count + 1) for c in ledger.changes_in_parts(since, n)[0])]


def place(change: Change) -> tuple[str, str]:
    """The figure that a change is of: for a party its role and the name that it has now."""
    return change.entity.id, change.qualifier


def renamed(found: list[Change]) -> set[tuple[str, str]]:
    """Parties that go by another name now. A party's figure is found by role and name, so what replaces one is itself
    under its name of today: the parts, which know all by that name, tell nothing of it or only its better support."""
    return {place(c) for c in found if c.attribute is Attribute.PARTY and c.kind is ChangeKind.REPLACED}


def told(found: list[Change], moved: set[str]) -> Counter[tuple[object, ...]]:
    """Changes by what they say, without those of entities that are taken for others now."""
    return Counter(
        (c.kind, c.attribute, c.qualifier, c.words, c.claims, c.programme, c.weight)
        for c in found
        if c.entity.id not in moved
    )


def taken_for_others(ledger: Ledger, since: dt.date) -> set[str]:
    """Ids, then and now, of entities of which a later report showed that they are one, or which of several."""
    then, now = (
        {c: f.entity.id for f in figures for c in claims_of(f)} for figures in (ledger.figures(since), ledger.figures())
    )
    old, new = defaultdict(set), defaultdict(set)
    for claim, entity in then.items():
        old[entity].add(claim)
        new[now[claim]].add(claim)
    same = {frozenset(its) for its in old.values()} & {frozenset(its) for its in new.values()}
    return {id_ for by_id in (old, new) for id_, its in by_id.items() if frozenset(its) not in same}


@pytest.mark.parametrize("share", [0.3, 0.9])
@pytest.mark.parametrize("which", ["corpus", "world"])
def test_the_parts_are_the_whole(
    which: str, share: float, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger: Ledger = request.getfixturevalue(which)
    days = sorted(d.reported_on for d in ledger.documents() if d.reported_on)
    since = days[int(share * (len(days) - 1))]
    every, made, moved = (
        ledger.changes(since),
        in_parts(ledger, since, monkeypatch, 100),
        taken_for_others(ledger, since),
    )
    names = renamed(every)
    whole, some = ([c for c in found if place(c) not in names] for found in (every, made))
    assert told(some, moved) == told(whole, moved)
    assert told(whole, moved).total() > 0.4 * len(every)
    assert abs(len(whole) - len(some)) <= 0.2 * len(whole)
    assert all(c.claims for c in made if place(c) in names)
    assert all(c.evidence for c in made if c.claims)


def test_what_was_read_since_is_told_by_the_day_of_reading(corpus: Ledger) -> None:
    today = max(read_at.date() for _, _, read_at in corpus._store.times())
    everything, _ = corpus.changes_in_parts(today - dt.timedelta(days=1), read=True)
    assert {c.kind for c in everything} >= {ChangeKind.NEW, ChangeKind.CONTRADICTED}
    assert corpus.changes_in_parts(today, read=True) == ([], 0)
