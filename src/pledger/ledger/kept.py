"""The derived part of the ledger, to rows and back: entities, figures and conflicts with their sides and evidence."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Table

from pledger.ledger import schema as db
from pledger.ledger.conflicts import place as shown_place
from pledger.ledger.figures import place
from pledger.ledger.records import fates
from pledger.ledger.say import value as say
from pledger.ledger.serial import value_of, value_row
from pledger.ledger.store import Store
from pledger.model import (
    Attribute,
    Conflict,
    ConflictKind,
    Entity,
    EntityKind,
    Figure,
    Interval,
    Origin,
    Side,
    Standing,
)

__all__ = [
    "Detail",
    "Rows",
    "behind",
    "conflict_rows",
    "conflicts_of",
    "dates_of",
    "entities_of",
    "entity_of",
    "entity_of_row",
    "figure_rows",
    "figures_of",
    "of_rows",
]

Row = Mapping[str, Any]
Rows = dict[Table, list[tuple[Any, ...]]]
"""Whole rows by table, their values in the order of the table's columns."""


class Detail(IntEnum):
    """How much of a figure or conflict is loaded: what a list does not show costs most of the time."""

    VALUE = 0
    """Without sides."""
    SIDES = 1
    """With the sides, without the origins behind them."""
    ORIGINS = 2
    """With the origins too, without the ids of their claims."""
    CLAIMS = 3
    """All of it."""


def figure_rows(figure: Figure, slot: str, days: Mapping[str, dt.date | None], into: Rows) -> None:
    """Add the rows of a figure, its sides, votes and evidence. `slot`: as in `mentions`; `days`: by claim id the day of
    its report."""
    into.setdefault(db.figures, []).append(
        (
            figure.id, slot, figure.entity.id, str(figure.attribute), figure.qualifier, str(figure.standing),
            figure.documents, say(figure.value), *value_row(figure.value).values(),
        )
    )  # fmt: skip
    _add_sides(into, figure.sides, figure.id, None, fates(figure, days))


def conflict_rows(conflict: Conflict, into: Rows) -> None:
    """Add the rows of a conflict, its sides, votes and evidence."""
    into.setdefault(db.conflicts, []).append(
        (
            conflict.id, conflict.entity.id, str(conflict.attribute), str(conflict.kind), conflict.explanation,
            conflict.reference, json.dumps(conflict.values, ensure_ascii=False), conflict.severity,
        )
    )  # fmt: skip
    _add_sides(into, conflict.sides, None, conflict.id, {})


def _add_sides(
    into: Rows, sides: Sequence[Side], figure: str | None, conflict: str | None, fate: Mapping[tuple[int, int], str]
) -> None:
    found = into.setdefault(db.sides, [])
    votes, evidence = into.setdefault(db.votes, []), into.setdefault(db.evidence, [])
    for n, side in enumerate(sides):
        id_ = f"{figure or conflict}.{n}"
        found.append((id_, figure, conflict, n, side.weight, say(side.value), *value_row(side.value).values()))
        for m, origin in enumerate(side.origins):
            vote = f"{id_}.{m}"
            told = (vote, id_, m, origin.name, origin.grade, origin.weight, len(origin.claims), fate.get((n, m)))
            votes.append(told)
            evidence += [(vote, k, claim) for k, claim in enumerate(origin.claims)]


def entities_of(store: Store, ids: Iterable[str] | None = None) -> dict[str, Entity]:
    """All entities, or those with these ids, by id."""
    return {r["id"]: entity_of_row(r) for r in store.rows(db.entities, db.entities.c.id, ids)}


def entity_of_row(r: Row) -> Entity:
    """The entity of a row."""
    identified = tuple((k, v) for k, v in json.loads(r["identified_by"]))
    return Entity(r["id"], EntityKind(r["kind"]), r["name"], tuple(json.loads(r["aliases"])), identified)


def figures_of(
    store: Store, *, entity: str | None = None, ids: Iterable[str] | None = None, detail: Detail = Detail.CLAIMS
) -> list[Figure]:
    """The figures as they were stored, in their order: all, those of one entity, or those with these ids. No more is
    loaded than that, and of each no more than `detail` says."""
    with store.snapshot():
        rows = _rows(store, db.figures, entity, ids)
        whole = entity is None and ids is None
        entities = entities_of(store, None if whole else {r["entity_id"] for r in rows})
        sides = _sides_of(store, db.sides.c.figure_id, None if whole else [r["id"] for r in rows], detail)
    return sorted((_figure(r, entities[r["entity_id"]], sides.get(r["id"], ())) for r in rows), key=place)


def _figure(r: Row, entity: Entity, sides: Sequence[Side]) -> Figure:
    return Figure(
        id=r["id"],
        entity=entity,
        attribute=Attribute(r["attribute"]),
        value=value_of(r),
        standing=Standing(r["standing"]),
        sides=tuple(sides),
        documents=r["documents"],
        as_of=None,
        qualifier=r["qualifier_of_figure"],
    )


def conflicts_of(
    store: Store, *, entity: str | None = None, ids: Iterable[str] | None = None, detail: Detail = Detail.CLAIMS
) -> list[Conflict]:
    """The conflicts as they were stored, in their order: all, those of one entity, or those with these ids."""
    with store.snapshot():
        rows = _rows(store, db.conflicts, entity, ids)
        whole = entity is None and ids is None
        entities = entities_of(store, None if whole else {r["entity_id"] for r in rows})
        sides = _sides_of(store, db.sides.c.conflict_id, None if whole else [r["id"] for r in rows], detail)
    return sorted((_conflict(r, entities[r["entity_id"]], sides.get(r["id"], ())) for r in rows), key=shown_place)


def _conflict(r: Row, entity: Entity, sides: Sequence[Side]) -> Conflict:
    return Conflict(
        id=r["id"],
        entity=entity,
        attribute=Attribute(r["attribute"]),
        kind=ConflictKind(r["kind"]),
        sides=tuple(sides),
        explanation=r["explanation"],
        reference=r["reference"],
        values=tuple(json.loads(r["values_in_words"])),
        severity=r["severity"] or 0.0,
    )


def of_rows(rows: Mapping[str, Sequence[Row]], entity: Entity) -> Figure | Conflict:
    """The figure or conflict of rows by the name of their table: one row of it, and those of its sides."""
    figure = bool(rows.get(db.figures.name))
    owner = "figure_id" if figure else "conflict_id"
    hung = [rows.get(table.name, ()) for table in (db.sides, db.votes, db.evidence)]
    sides = _sides(hung[0], hung[1], hung[2], owner)
    r = rows[db.figures.name if figure else db.conflicts.name][0]
    its = sides.get(r["id"], ())
    return _figure(r, entity, its) if figure else _conflict(r, entity, its)


def behind(store: Store, claim: str) -> list[Figure]:
    """The figures that rest on a claim, in their order."""
    votes = {r["vote_id"] for r in store.rows(db.evidence, db.evidence.c.claim_id, [claim])}
    sides = {r["side_id"] for r in store.rows(db.votes, db.votes.c.id, votes)}
    ids = {r["figure_id"] for r in store.rows(db.sides, db.sides.c.id, sides) if r["figure_id"] is not None}
    return figures_of(store, ids=ids)


def entity_of(store: Store, key: str) -> str | None:
    """The id of the entity of the figure or conflict with this id, or of which the claim with this id speaks."""
    places = ((db.figures.c.id, db.figures.c.entity_id), (db.conflicts.c.id, db.conflicts.c.entity_id),
              (db.mentions.c.claim_id, db.mentions.c.entity_id))  # fmt: skip
    with store.reading() as connection:
        found = (connection.scalar(sa.select(entity).where(id_ == key)) for id_, entity in places)
        return next((str(its) for its in found if its is not None), None)


def dates_of(store: Store, stretch: Interval) -> list[Figure]:
    """The figures of dates whose interval shares a day with a stretch of days."""
    f = db.figures.c
    asked = sa.select(f.id).where(f.attribute == str(Attribute.DATE), f.value_type == "datevalue")
    if stretch.end is not None:
        asked = asked.where(sa.or_(f.date_start.is_(None), f.date_start <= stretch.end))
    if stretch.start is not None:
        asked = asked.where(sa.or_(f.date_end.is_(None), f.date_end >= stretch.start))
    with store.reading() as connection:
        ids = [r.id for r in connection.execute(asked)]
    return figures_of(store, ids=ids)


def _rows(store: Store, table: Table, entity: str | None, ids: Iterable[str] | None) -> list[Row]:
    if entity is not None:
        return store.rows(table, table.c.entity_id, [entity])
    return store.rows(table, table.c.id, ids)


def _sides_of(store: Store, owner: Column[Any], ids: Sequence[str] | None, detail: Detail) -> dict[str, list[Side]]:
    """By figure or conflict its sides; `ids` None: of all of them.

    Votes and evidence are found from their owner's id in one join each: by the ids of their sides and votes, of which
    there are many more, would take as many questions as there are hundreds of them.
    """
    if detail is Detail.VALUE or (ids is not None and not ids):
        return {}
    votes, rests = db.votes.c, db.evidence.c
    rows = store.rows(db.sides, owner, ids)
    sides = [r for r in rows if r[owner.name] is not None]
    behind_sides: list[Row] = []
    rest: list[Row] = []
    if detail >= Detail.ORIGINS:
        asked = sa.select(*db.votes.columns).join(db.sides, db.sides.c.id == votes.side_id)
        behind_sides = store.found(asked, owner, ids)
    if detail is Detail.CLAIMS:
        asked = sa.select(*db.evidence.columns).join(db.votes, votes.id == rests.vote_id)
        rest = store.found(asked.join(db.sides, db.sides.c.id == votes.side_id), owner, ids)
    return _sides(sides, behind_sides, rest, owner.name)


def _sides(sides: Sequence[Row], votes: Sequence[Row], rests: Sequence[Row], owner: str) -> dict[str, list[Side]]:
    """Sides in their order, by the figure or conflict that `owner` names."""
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for r in rests:
        claims[r["vote_id"]].append((r["position"], r["claim_id"]))
    origins: dict[str, list[tuple[int, Origin]]] = defaultdict(list)
    for r in votes:
        ids = tuple(claim for _, claim in sorted(claims.get(r["id"], ())))
        origins[r["side_id"]].append((r["position"], Origin(r["origin"], r["grade"], ids, r["weight"])))
    found: dict[str, list[tuple[int, Side]]] = defaultdict(list)
    for r in sides:
        its = tuple(origin for _, origin in sorted(origins.get(r["id"], ()), key=lambda o: o[0]))
        found[r[owner]].append((r["position"], Side(value_of(r), its, r["weight"])))
    return {key: [side for _, side in sorted(its, key=lambda s: s[0])] for key, its in found.items()}
