"""Documents taken up one by one leave nothing unlike a rebuild: the reports of a made-up world, and our own corpus.

Reports of the made-up world stand thick on a few programmes, so that most of a region is as it was whenever one comes:
what is left alone then is what this is about. Every table is compared, after every few documents.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ledger.test_incremental import Item, derived, read, rebuilt
from pledger.documents.echoes import signature
from pledger.ledger import Ledger
from pledger.ledger.store import Store
from pledger.model import Claim
from synthetic.reports import Style, reports
from synthetic.world import make_world

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)


def made_up(seed: int, count: int) -> list[Item]:
    """The reports of a small world, in the order of their days."""
    world = make_world(count, seed, per_programme=40)
    return [(r.document, r.claims, signature(r.document.text)) for r in reports(world, Style(copying=0.2, named=0.3))]


def corpus(file: Path) -> list[Item]:
    """The documents of a ledger with their claims, by id."""
    store = Store(str(file), create=False)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in store.claims():
        claims[claim.document].append(claim)
    signatures = {id_: signature_ for id_, _, signature_ in store.signatures()}
    found: list[Item] = [(d, claims[d.id], signatures[d.id]) for d in store.documents()]
    store.close()
    return found


def compare(items: Sequence[Item], first: int, step: int) -> None:
    """Take up `first` documents at once and the others one by one; every `step` of them a copy is rebuilt."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/ledger.db")
        read(store, items[:first], [])
        for n in range(first, len(items), step):
            read(store, items[n : n + step], [1] * step)
            kept, again = derived(store), rebuilt(store)
            assert kept.keys() == again.keys()
            for table, rows in again.items():
                assert kept[table] == rows, f"{table} after {min(n + step, len(items))} documents"
        store.close()


@settings(max_examples=2, deadline=None, phases=QUICK)
@given(st.integers(0, 10**6), st.booleans())
def test_reports_of_a_world_are_taken_up_as_a_rebuild_has_them(seed: int, shuffled: bool) -> None:
    items = made_up(seed, 90)
    if shuffled:
        random.Random(seed).shuffle(items)  # noqa: S311
    compare(items, 70, 10)


def test_our_own_corpus_is_taken_up_as_a_rebuild_has_it(corpus_ledger: Ledger, corpus_file: Path) -> None:
    assert corpus_ledger.figures()
    items = corpus(corpus_file)
    random.Random(1).shuffle(items)  # noqa: S311
    compare(items, len(items) - 12, 6)
