"""The records of all sources as they are stored: counted by the database, with each vote's fate beside it.

The same as `records` makes of all figures, in the time that the database takes to count its votes: a figure's votes are
written with what has become of each (`kept.figure_rows`), whenever the figure changes.
"""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.grades import subject
from pledger.ledger.judgements import Verdicts
from pledger.ledger.records import Record, Told, recorded
from pledger.ledger.store import Store

__all__ = ["sources_of"]


def sources_of(store: Store, said: Verdicts) -> list[Record]:
    """The record of each origin, those with most claims first; with the judgements that gave it its grade."""
    votes, letter = db.votes.c, sa.func.substr(db.votes.c.grade, 1, 1)
    asked = (
        sa.select(votes.origin, votes.fate, letter, sa.func.sum(votes.claims), sa.func.count())
        .where(votes.fate.is_not(None))
        .group_by(votes.origin, votes.fate, letter)
    )
    told: dict[str, Told] = defaultdict(Told)
    with store.snapshot(), store.reading() as connection:
        for origin, fate, grade, claims, statements in connection.execute(asked).all():
            told[origin].add(grade, fate, int(claims), statements)
        if said.graded:
            _judge(store, told, said)
    return recorded(told)


def _judge(store: Store, told: dict[str, Told], said: Verdicts) -> None:
    """Note the judgements on these origins' names, and on the claims that their votes rest on."""
    for name, its in told.items():
        if (judgement := said.graded.get(subject(name))) is not None:
            its.judged.add(judgement)
    votes, rests = db.votes, db.evidence
    asked = sa.select(votes.c.origin, rests.c.claim_id).join(rests, rests.c.vote_id == votes.c.id)
    for row in store.found(asked.where(votes.c.fate.is_not(None)), rests.c.claim_id, said.graded):
        told[row["origin"]].judged.add(said.graded[row["claim_id"]])
