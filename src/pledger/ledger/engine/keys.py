"""Keys of programmes, kept up as documents come: which keys documents write, and what these stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.resolve import Keys, investor_of, keys_of, written_keys
from pledger.model import Claim

__all__ = ["known_keys", "take_keys"]


def take_keys(work: Work, new: Mapping[int, list[Claim]]) -> set[int]:
    """Take up the keys that new documents write; the numbers of others for whose keys that can change what is meant.

    A key without a host ('JP>?') stands for its investor's only programme: another programme of that investor counts.
    """
    p = own.programmes.c
    rows = {
        (key, number, investor_of(key))
        for number, claims in new.items()
        for its in written_keys(claims).values()
        for key in its
    }
    investors = {row[2] for row in rows}
    before = set() if work.fresh else {r[0] for r in work.rows((p.programme_key,), p.investor, investors)}
    work.add(own.programmes, sorted(rows))
    opened = {row[2] for row in rows if row[0] not in before}
    if work.fresh or not opened:
        return set()
    loose = [f"{investor}{end}" for investor in opened for end in (">?", ">", "")]
    return {r[0] for r in work.rows((p.document,), p.programme_key, loose)}


def known_keys(work: Work, documents: Mapping[int, str]) -> Keys:
    """What the keys of these documents (number to id) stand for."""
    p = own.programmes.c
    its: dict[str, set[str]] = {}
    investors: set[str] = set()
    for r in work.rows((p.programme_key, p.document, p.investor), p.document, documents):
        its.setdefault(documents[r[1]], set()).add(r[0])
        investors.add(r[2])
    return keys_of(its, _written(work, investors))


def _written(work: Work, investors: Iterable[str]) -> set[str]:
    p = own.programmes.c
    missing = work.missing("written", investors)
    found: dict[str, set[str]] = {investor: set() for investor in missing}
    for part in chunks(sorted(missing), 900):
        question = sa.select(p.investor, p.programme_key).where(p.investor.in_(part)).distinct()
        for r in work.connection.execute(question):
            found[r[0]].add(r[1])
    held = work.remember("written", found)
    return {key for investor in investors for key in held[investor]}
