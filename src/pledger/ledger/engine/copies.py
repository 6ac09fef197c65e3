"""Copies: which documents are near-copies of which, kept up as documents come.

What a text is compared with are the first texts of each of its bands (see `documents.echoes`). A new one can therefore
change only itself, later texts that are alike to it, and those that had copied a text which it pushes out of the first
places of a band. Each document's most alike earlier one is remembered; the original is found by going on from there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from pledger.documents import echoes
from pledger.documents.echoes import MOST_COMPARED, Entry
from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work, chunks

__all__ = ["copied", "copies"]


def copies(work: Work, new: dict[str, int]) -> dict[str, str | None]:
    """Take up new documents (id to number); every document whose original changed, with its original now."""
    if work.fresh:
        found = _all(work, new)
        changed: dict[str, str | None] = dict(found)
    else:
        changed = _Region(work).take_up(new)
    work.change(db.documents.c.id, db.documents.c.echo_of, sorted(changed.items()))
    return changed


def _all(work: Work, new: dict[str, int]) -> dict[str, str]:
    columns = (db.documents.c.id, db.documents.c.reported_on, db.documents.c.signature)
    items = [tuple(r) for r in work.all(*columns)]
    parents = echoes.nearest(items)
    entries = [entry for item in items if (entry := Entry.of(*item)).comparable]
    pairs = []
    for part in chunks(entries, 2000):
        for entry, its in zip(part, echoes.bands(e.mark for e in part).tolist(), strict=True):
            pairs += [(band, new[entry.id]) for band in its]
    pairs.sort()
    work.add(own.bands, sorted(set(pairs)))
    work.change(own.numbers.c.document_id, own.numbers.c.copies, [(c, new[p]) for c, p in sorted(parents.items())])
    return echoes.originals(parents)


def copied(work: Work, documents: Iterable[int]) -> set[int]:
    """The documents that copy these, and those that copy them."""
    found: set[int] = set()
    wave = set(documents)
    while wave:
        wave = {r[0] for r in work.rows((own.numbers.c.number,), own.numbers.c.copies, wave)} - found
        found |= wave
    return found


class _Region:
    """The documents that share bands with the new ones, loaded as they are needed."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.entries: dict[int, Entry] = {}
        self.buckets: dict[int, list[int]] = {}
        self.own_bands: dict[int, list[int]] = {}

    def take_up(self, new: dict[str, int]) -> dict[str, str | None]:
        """Find what the new documents copy, and what changes for others."""
        work = self.work
        self._load(new.values())
        fresh = [n for n in new.values() if n in self.entries]
        self._fill(fresh)
        again = set(fresh)
        for number in fresh:
            for band in self.own_bands[number]:
                again |= self._shifted(number, self.buckets[band], set(fresh))
        work.add(own.bands, sorted({(band, number) for number in fresh for band in self.own_bands[number]}))
        self._fill(again)
        parents = {number: self._parent(number) for number in sorted(again)}
        rows = work.rows((own.numbers.c.number, own.numbers.c.copies), own.numbers.c.number, again)
        before = {r[0]: r[1] for r in rows}
        moved = {n: p for n, p in parents.items() if before.get(n) != p}
        work.change(own.numbers.c.number, own.numbers.c.copies, sorted(moved.items()))
        return self._roots(set(moved) | set(fresh))

    def _load(self, numbers: Iterable[int]) -> None:
        missing = [n for n in numbers if n not in self.entries]
        d, n = db.documents.c, own.numbers.c
        for part in chunks(sorted(set(missing)), 900):
            question = sa.select(n.number, d.id, d.reported_on, d.signature).join_from(
                own.numbers, db.documents, d.id == n.document_id
            )
            for r in self.work.connection.execute(question.where(n.number.in_(part))):
                entry = Entry.of(r[1], r[2], r[3])
                if entry.comparable:
                    self.entries[r[0]] = entry

    def _fill(self, numbers: Iterable[int]) -> None:
        """Load the buckets of these documents, each sorted by the order of its entries."""
        missing = [n for n in numbers if n not in self.own_bands]
        if not missing:
            return
        its = echoes.bands(self.entries[n].mark for n in missing).tolist()
        self.own_bands.update(zip(missing, its, strict=True))
        wanted = {band for n in missing for band in self.own_bands[n]} - set(self.buckets)
        found: dict[int, set[int]] = defaultdict(set)
        for r in self.work.rows((own.bands.c.band, own.bands.c.document), own.bands.c.band, wanted):
            found[r[0]].add(r[1])
        for number in missing:
            for band in self.own_bands[number]:
                found[band].add(number)
        self._load({n for bucket in found.values() for n in bucket})
        for band, bucket in found.items():
            held = set(self.buckets.get(band, ())) | bucket
            self.buckets[band] = sorted(held, key=lambda n: self.entries[n])

    def _shifted(self, number: int, bucket: list[int], new: set[int]) -> set[int]:
        """Who has to be looked at again since `number` has come into this bucket."""
        place = bucket.index(number)
        if place >= MOST_COMPARED:
            return set()
        found = {n for n in bucket[place + 1 :] if echoes.alike(self.entries[number], self.entries[n])}
        first = [n for n in bucket if n not in new][:MOST_COMPARED]
        pushed = set(first) - set(bucket[:MOST_COMPARED])
        if pushed:
            rows = self.work.rows((own.numbers.c.number,), own.numbers.c.copies, pushed)
            found |= {r[0] for r in rows}
            self._load(found)
        return found

    def _parent(self, number: int) -> int | None:
        entry = self.entries[number]
        near = {
            n for band in self.own_bands[number] for n in self.buckets[band][:MOST_COMPARED] if self.entries[n] < entry
        }
        listed = sorted(near, key=lambda n: self.entries[n])
        original = echoes.original_of(entry, [self.entries[n] for n in listed])
        return next((n for n in listed if self.entries[n].id == original), None)

    def _roots(self, changed: set[int]) -> dict[str, str | None]:
        """The originals of these documents and of all that copy them, where they are not those in the ledger."""
        numbers = own.numbers.c
        affected = changed | copied(self.work, changed)
        parent: dict[int, int | None] = {}
        ids: dict[int, str] = {}
        wave = affected
        while wave:
            for r in self.work.rows((numbers.number, numbers.copies, numbers.document_id), numbers.number, wave):
                parent[r[0]], ids[r[0]] = r[1], r[2]
            wave = {p for p in parent.values() if p is not None} - set(parent)
        found: dict[str, str | None] = {}
        for number in affected:
            root = number
            while (above := parent[root]) is not None:
                root = above
            found[ids[number]] = ids[root] if root != number else None
        stored = self.work.rows((db.documents.c.id, db.documents.c.echo_of), db.documents.c.id, found)
        return {r[0]: found[r[0]] for r in stored if found[r[0]] != r[1]}
