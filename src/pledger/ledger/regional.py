"""What has changed, of a large ledger a part at a time: what the reports of those days touched, as it was before them.

`Ledger.changes` compares all that was held at two moments, and derives the earlier one from its documents: minutes for
a hundred thousand. Here the reports that came in between say which regions (a programme with its projects and batches,
or one entity) they touched; of those, a part at a time, the figures and conflicts are made once more from what had been
reported before, by the engine's own functions, and compared with what is held now. A region that no report touched has
not changed. The cost is that of the regions of one part.

Who is who is taken as it is known now. So a report that showed two projects to be one changes nothing here but what it
says of them, where the full comparison also tells that they are taken for one; and a name is the name of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.changes import Held
from pledger.ledger.engine import tables as own
from pledger.ledger.figures import place
from pledger.ledger.judgements import Verdicts
from pledger.ledger.kept import conflicts_of, figures_of
from pledger.ledger.moments import Moment
from pledger.ledger.panel import marked, marked_conflicts
from pledger.ledger.picture import Picture
from pledger.ledger.store import Store, counts_at
from pledger.model import Conflict, Entity, Figure

__all__ = ["VOICES", "Part", "after", "around", "before", "parts"]

VOICES = 20_000
"""Claims on the regions of one part, or those of one region that has more."""


@dataclass(frozen=True, slots=True)
class Part:
    """Regions that are compared together."""

    regions: tuple[str, ...]
    new: int
    """Claims that came in between."""


def parts(store: Store, then: Moment, voices: int = VOICES) -> list[Part]:
    """The regions that reports touched which did not count at `then`, those with most new claims first, in parts."""
    m, d, c = db.mentions.c, db.documents.c, db.claims.c
    region = _region(m.entity_id)
    told = sa.select(region, sa.func.count()).select_from(db.mentions).outerjoin(own.regions, _at_home(m.entity_id))
    new = told.join(db.claims, c.id == m.claim_id).join(db.documents, d.id == c.document_id)
    with store.snapshot(), store.reading() as connection:
        found = connection.execute(new.where(sa.not_(counts_at(then))).group_by(region)).all()
        every = {r[0]: r[1] for r in connection.execute(told.group_by(region)).all()} if found else {}
    made: list[Part] = []
    names: list[str] = []
    total = fresh = 0
    for name, count in sorted(found, key=lambda r: (-r[1], r[0])):
        if names and total + every[name] > voices:
            made.append(Part(tuple(names), fresh))
            names, total, fresh = [], 0, 0
        names.append(name)
        total, fresh = total + every[name], fresh + count
    return [*made, Part(tuple(names), fresh)] if names else made


def around(store: Store, entity: str, then: Moment, said: Verdicts, voices: int = VOICES) -> Picture | None:
    """The region of this entity as of `then`; None where more claims are on it than `voices`, or none then.

    Who is who, and whose copies there are, is taken as it is known now: see the words of this module.
    """
    m = db.mentions.c
    with store.snapshot(), store.reading() as connection:
        asked = sa.select(own.regions.c.region).where(own.regions.c.entity_id == entity)
        region = connection.scalar(asked) or f"entity {entity}"
        ids = _entities(connection, (region,))[region]
        told = sa.select(m.entity_id, sa.func.count().label("told")).group_by(m.entity_id)
        if sum(r["told"] for r in store.found(told, m.entity_id, ids)) > voices:
            return None
        entities, figures, conflicts = _made(store, connection, (region,), then, said)
        d = db.documents.c
        copies = connection.execute(sa.select(d.id, d.echo_of).where(d.echo_of.is_not(None))).all()
    if entity not in entities:
        return None
    dated = (replace(figure, as_of=then.as_of) for figure in figures)
    return Picture(
        entities, {}, tuple(sorted(dated, key=place)), {}, {r[0]: r[1] for r in copies}, (), tuple(conflicts)
    )


def before(store: Store, part: Part, then: Moment, said: Verdicts) -> Held:
    """Figures and conflicts of these regions made of what counted at `then`."""
    with store.snapshot(), store.reading() as connection:
        _, figures, conflicts = _made(store, connection, part.regions, then, said)
    return marked(figures, said), marked_conflicts(conflicts, said)


def _made(
    store: Store, connection: sa.Connection, regions: Sequence[str], then: Moment, said: Verdicts
) -> tuple[dict[str, Entity], list[Figure], list[Conflict]]:
    """The entities of these regions of which something was said, with figures and conflicts made of what counted."""
    from pledger.ledger.engine.checks import Beyond, checked
    from pledger.ledger.engine.entities import entities_by_id
    from pledger.ledger.engine.follow import slotted
    from pledger.ledger.engine.held import figures_in
    from pledger.ledger.engine.people import People
    from pledger.ledger.engine.work import Work

    m, d, c = db.mentions.c, db.documents.c, db.claims.c
    found: dict[str, Entity] = {}
    figures: list[Figure] = []
    conflicts: list[Conflict] = []
    work, people = Work(connection, fresh=False, said=said), People()
    beyond = Beyond(work)
    for ids in _entities(connection, regions).values():
        entities = entities_by_id(work, ids)
        asked = sa.select(*db.mentions.columns).join(db.claims, c.id == m.claim_id)
        asked = asked.join(db.documents, d.id == c.document_id).where(counts_at(then))
        rows = [tuple(r.values()) for r in store.found(asked, m.entity_id, ids)]
        slots = slotted(work, rows, entities)
        made = [f for its in figures_in(work, people, slots).values() for f in its]
        voices = [v for its in slots.values() for v in its]
        found |= {v.entity.id: entities[v.entity.id] for v in voices if v.entity.id in entities}
        figures += made
        conflicts += checked(entities, voices, made, beyond)
    return found, figures, conflicts


def after(store: Store, part: Part, said: Verdicts) -> Held:
    """Figures and conflicts of these regions as they are held now."""
    with store.snapshot(), store.reading() as connection:
        ids = [id_ for its in _entities(connection, part.regions).values() for id_ in its]
        figures = [r["id"] for r in store.found(sa.select(db.figures.c.id), db.figures.c.entity_id, ids)]
        conflicts = [r["id"] for r in store.found(sa.select(db.conflicts.c.id), db.conflicts.c.entity_id, ids)]
        held = figures_of(store, ids=figures), conflicts_of(store, ids=conflicts)
    return marked(held[0], said), marked_conflicts(held[1], said)


def _entities(connection: sa.Connection, regions: Sequence[str]) -> dict[str, list[str]]:
    """By region the ids of its entities."""
    found: dict[str, list[str]] = defaultdict(list)
    placed = [name for name in regions if name.startswith("programme ")]
    for name in placed:
        asked = sa.select(own.regions.c.entity_id).where(own.regions.c.region == name)
        found[name] = [r[0] for r in connection.execute(asked.order_by(own.regions.c.entity_id)).all()]
    return found | {name: [name.removeprefix("entity ")] for name in regions if name not in found}


def _region(entity: sa.Column[Any]) -> sa.ColumnElement[str]:
    """The region of an entity, as `checks.region_of` names it."""
    return sa.func.coalesce(own.regions.c.region, sa.literal("entity ").concat(entity))


def _at_home(entity: sa.Column[Any]) -> sa.ColumnElement[bool]:
    return own.regions.c.entity_id == entity
