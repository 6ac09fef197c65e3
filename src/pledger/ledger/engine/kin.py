"""Who owns whom, kept up as documents come and go: of sponsors, which are akin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work

__all__ = ["relatives_of", "take_ownerships"]


def take_ownerships(work: Work, told: Mapping[int, Collection[tuple[str, str]]]) -> set[tuple[str, str]]:
    """Put in place what these documents, by number, say of owners and owned; the pairs of which some report says so
    now, or none does any more."""
    o = own.ownerships.c
    old = set() if work.fresh else {tuple(r) for r in work.rows(tuple(own.ownerships.columns), o.document, told)}
    new = {(owner, owned, number) for number, its in told.items() for owner, owned in its}
    touched = {(row[0], row[1]) for row in old ^ new}
    before = set() if work.fresh else _owning(work, touched)
    work.remove_rows(own.ownerships, sorted(old - new))
    work.add(own.ownerships, sorted(new - old))
    return set() if work.fresh else before ^ _owning(work, touched)


def _owning(work: Work, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    o = own.ownerships.c
    return {(r[0], r[1]) for r in work.rows((o.owner, o.owned), o.owner, {a for a, _ in pairs})} & set(pairs)


def relatives_of(work: Work, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """By id, those that own it or that it owns."""
    o, found, wanted = own.ownerships.c, defaultdict(set), set(ids)
    for mine, theirs in ((o.owner, o.owned), (o.owned, o.owner)):
        for r in work.rows((mine, theirs), mine, wanted):
            found[r[0]].add(r[1])
    return {key: frozenset(its) for key, its in found.items()}
