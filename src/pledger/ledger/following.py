"""Following the ledger: what has changed since the same follower looked last, and nothing else is loaded.

A look is one transaction. In it the follower sees the figures and conflicts as they were when it looked last and as
they are now, says what it makes of that (`outbox`), and is marked as having seen them. A process that is killed on the
way has seen nothing and said nothing: the next look begins where this one did.

What is compared is what the derived tables held, whatever brought them there: documents in any order of their days,
judgements made or withdrawn, a newer Pledger that reads the same claims otherwise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from pledger.ledger import images
from pledger.ledger import schema as db
from pledger.ledger.changes import Held
from pledger.ledger.engine.state import bring_up
from pledger.ledger.images import Image
from pledger.ledger.kept import conflicts_of, entities_of, entity_of_row, figures_of, of_rows
from pledger.ledger.store import Store
from pledger.ledger.successors import claims_of
from pledger.model import Conflict, Entity, Figure, stable_id

__all__ = ["Look", "follow", "forget"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a follower sees: entities of which anything changed, with all their figures and conflicts."""

    first: bool
    """Whether it never looked before: nothing has changed then."""
    before: Held
    after: Held
    judged: str
    """A word for all judgements ever made and withdrawn: what tells two changes that no claim brought."""
    at: dt.datetime
    """When it looks (UTC)."""


@contextmanager
def follow(store: Store, name: str, at: dt.datetime | None = None) -> Iterator[Look]:
    """One look of the follower `name`, inside one transaction; it has seen what it was shown when the block ends well.

    Raises LedgerError where the ledger cannot be written.
    """
    now = (at or dt.datetime.now(dt.UTC)).replace(tzinfo=None, microsecond=0)
    with store.working() as connection:
        bring_up(connection)
        seen = connection.scalar(sa.select(db.followers.c.seen).where(db.followers.c.name == name))
        number = images.revision(connection)
        before, after = _compared(store, images.since(connection, seen)) if seen is not None else (((), ()), ((), ()))
        yield Look(seen is None, before, after, _judged(store), now)
        connection.execute(db.followers.delete().where(db.followers.c.name == name))
        connection.execute(db.followers.insert(), {"name": name, "seen": number, "looked_at": now})
        images.drop_seen(connection)


def forget(store: Store, name: str) -> bool:
    """Let go of a follower, so that no more is kept for it; whether there was one. What it was told stays."""
    with store.working() as connection:
        found = connection.execute(db.followers.delete().where(db.followers.c.name == name)).rowcount > 0
        images.drop_seen(connection)
        return found


def _compared(store: Store, changed: Mapping[str, Image]) -> tuple[Held, Held]:
    """Figures and conflicts before and now of every entity of which some figure or conflict changed.

    A claim stands behind one figure. One that moved was in a figure that changed, and one that conflicts which changed
    rest on besides stands where it stood: its figure is there on both sides, so that nobody takes the claim for new.
    """
    old = _old(store, changed)
    mine = {kind: [i.id for i in changed.values() if i.kind == kind] for kind in (images.FIGURE, images.CONFLICT)}
    old_figures = [item for item in old if isinstance(item, Figure)]
    old_conflicts = [item for item in old if isinstance(item, Conflict)]
    touched = [*old, *figures_of(store, ids=mine[images.FIGURE]), *conflicts_of(store, ids=mine[images.CONFLICT])]
    entities = {item.entity.id for item in touched}
    figures = figures_of(store, ids=_ids(store, db.figures, entities))
    conflicts = conflicts_of(store, ids=_ids(store, db.conflicts, entities))
    placed = {c for figure in (*figures, *old_figures) for c in claims_of(figure)}
    disputed = [c for c in (*old_conflicts, *conflicts) if c.id in changed]
    figures += _behind(store, {c for conflict in disputed for c in claims_of(conflict)} - placed, figures)
    before = (
        [*old_figures, *(f for f in figures if f.id not in changed)],
        [*old_conflicts, *(c for c in conflicts if c.id not in changed)],
    )
    return before, (figures, conflicts)


def _old(store: Store, changed: Mapping[str, Image]) -> list[Figure | Conflict]:
    """The figures and conflicts among what changed, as they were."""
    known = {i.id: entity_of_row(i.rows[db.entities.name][0]) for i in _there(changed, images.ENTITY) if i.rows}
    were = [i.rows for kind in (images.FIGURE, images.CONFLICT) for i in _there(changed, kind) if i.rows]
    whose = [str((rows.get(db.figures.name) or rows[db.conflicts.name])[0]["entity_id"]) for rows in were]
    entities: dict[str, Entity] = entities_of(store, set(whose) - known.keys()) | known
    return [of_rows(rows, entities[id_]) for rows, id_ in zip(were, whose, strict=True)]


def _there(changed: Mapping[str, Image], kind: str) -> Iterable[Image]:
    return (i for i in changed.values() if i.kind == kind and i.rows is not None)


def _ids(store: Store, table: sa.Table, entities: Collection[str]) -> set[str]:
    return {row["id"] for row in store.rows(table, table.c.entity_id, entities)}


def _behind(store: Store, claims: Collection[str], held: Iterable[Figure]) -> list[Figure]:
    """The figures that rest on these claims, besides those at hand."""
    votes = {r["vote_id"] for r in store.rows(db.evidence, db.evidence.c.claim_id, claims)}
    sides = {r["side_id"] for r in store.rows(db.votes, db.votes.c.id, votes)}
    ids = {r["figure_id"] for r in store.rows(db.sides, db.sides.c.id, sides) if r["figure_id"] is not None}
    return figures_of(store, ids=ids - {figure.id for figure in held})


def _judged(store: Store) -> str:
    return stable_id("j", *sorted(f"{j.id} {j.withdrawn_at}" for j in store.judgements()))
