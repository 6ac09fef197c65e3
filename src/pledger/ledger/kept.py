"""The derived part of the ledger, to rows and back: entities, figures and conflicts with their sides and evidence."""

from __future__ import annotations

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
from pledger.ledger.say import value as say
from pledger.ledger.serial import value_of, value_row
from pledger.ledger.store import Store
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Figure, Origin, Side, Standing

__all__ = ["Detail", "Rows", "behind", "conflict_rows", "conflicts_of", "entities_of", "figure_rows", "figures_of"]

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


def figure_rows(figure: Figure, slot: str, into: Rows) -> None:
    """Add the rows of a figure, its sides, votes and evidence. `slot`: as in `mentions`."""
    into.setdefault(db.figures, []).append(
        (
            figure.id, slot, figure.entity.id, str(figure.attribute), figure.qualifier, str(figure.standing),
            figure.documents, say(figure.value), *value_row(figure.value).values(),
        )
    )  # fmt: skip
    _add_sides(into, figure.sides, figure.id, None)


def conflict_rows(conflict: Conflict, into: Rows) -> None:
    """Add the rows of a conflict, its sides, votes and evidence."""
    into.setdefault(db.conflicts, []).append(
        (
            conflict.id, conflict.entity.id, str(conflict.attribute), str(conflict.kind), conflict.explanation,
            conflict.reference, json.dumps(conflict.values, ensure_ascii=False), conflict.severity,
        )
    )  # fmt: skip
    _add_sides(into, conflict.sides, None, conflict.id)


def _add_sides(into: Rows, sides: Sequence[Side], figure: str | None, conflict: str | None) -> None:
    found = into.setdefault(db.sides, [])
    votes, evidence = into.setdefault(db.votes, []), into.setdefault(db.evidence, [])
    for n, side in enumerate(sides):
        id_ = f"{figure or conflict}.{n}"
        found.append((id_, figure, conflict, n, side.weight, say(side.value), *value_row(side.value).values()))
        for m, origin in enumerate(side.origins):
            vote = f"{id_}.{m}"
            votes.append((vote, id_, m, origin.name, origin.grade, origin.weight))
            evidence += [(vote, k, claim) for k, claim in enumerate(origin.claims)]


def entities_of(store: Store, ids: Iterable[str] | None = None) -> dict[str, Entity]:
    """All entities, or those with these ids, by id."""
    return {
        r["id"]: Entity(
            r["id"],
            EntityKind(r["kind"]),
            r["name"],
            tuple(json.loads(r["aliases"])),
            tuple((k, v) for k, v in json.loads(r["identified_by"])),
        )
        for r in store.rows(db.entities, db.entities.c.id, ids)
    }


def figures_of(
    store: Store, *, entity: str | None = None, ids: Iterable[str] | None = None, detail: Detail = Detail.CLAIMS
) -> list[Figure]:
    """The figures as they were stored, in their order: all, those of one entity, or those with these ids. No more is
    loaded than that, and of each no more than `detail` says."""
    with store.snapshot():
        rows = _rows(store, db.figures, entity, ids)
        whole = entity is None and ids is None
        entities = entities_of(store, None if whole else {r["entity_id"] for r in rows})
        sides = _sides(store, db.sides.c.figure_id, None if whole else [r["id"] for r in rows], detail)
    found = [
        Figure(
            id=r["id"],
            entity=entities[r["entity_id"]],
            attribute=Attribute(r["attribute"]),
            value=value_of(r),
            standing=Standing(r["standing"]),
            sides=tuple(sides.get(r["id"], ())),
            documents=r["documents"],
            as_of=None,
            qualifier=r["qualifier_of_figure"],
        )
        for r in rows
    ]
    return sorted(found, key=place)


def conflicts_of(
    store: Store, *, entity: str | None = None, ids: Iterable[str] | None = None, detail: Detail = Detail.CLAIMS
) -> list[Conflict]:
    """The conflicts as they were stored, in their order: all, those of one entity, or those with these ids."""
    with store.snapshot():
        rows = _rows(store, db.conflicts, entity, ids)
        whole = entity is None and ids is None
        entities = entities_of(store, None if whole else {r["entity_id"] for r in rows})
        sides = _sides(store, db.sides.c.conflict_id, None if whole else [r["id"] for r in rows], detail)
    found = [
        Conflict(
            id=r["id"],
            entity=entities[r["entity_id"]],
            attribute=Attribute(r["attribute"]),
            kind=ConflictKind(r["kind"]),
            sides=tuple(sides.get(r["id"], ())),
            explanation=r["explanation"],
            reference=r["reference"],
            values=tuple(json.loads(r["values_in_words"])),
            severity=r["severity"] or 0.0,
        )
        for r in rows
    ]
    return sorted(found, key=shown_place)


def behind(store: Store, claim: str) -> list[Figure]:
    """The figures that rest on a claim, in their order."""
    votes = {r["vote_id"] for r in store.rows(db.evidence, db.evidence.c.claim_id, [claim])}
    sides = {r["side_id"] for r in store.rows(db.votes, db.votes.c.id, votes)}
    ids = {r["figure_id"] for r in store.rows(db.sides, db.sides.c.id, sides) if r["figure_id"] is not None}
    return figures_of(store, ids=ids)


def _rows(store: Store, table: Table, entity: str | None, ids: Iterable[str] | None) -> list[Row]:
    if entity is not None:
        return store.rows(table, table.c.entity_id, [entity])
    return store.rows(table, table.c.id, ids)


def _sides(store: Store, owner: Column[Any], ids: Sequence[str] | None, detail: Detail) -> dict[str, list[Side]]:
    """By figure or conflict its sides; `ids` None: of all of them.

    Votes and evidence are found from their owner's id in one join each: by the ids of their sides and votes, of which
    there are many more, would take as many questions as there are hundreds of them.
    """
    if detail is Detail.VALUE or (ids is not None and not ids):
        return {}
    votes, rests = db.votes.c, db.evidence.c
    rows = store.rows(db.sides, owner, ids)
    claims: dict[str, list[str]] = defaultdict(list)
    if detail is Detail.CLAIMS:
        asked: sa.Select[Any] = sa.select(rests.vote_id, rests.claim_id).join(db.votes, votes.id == rests.vote_id)
        asked = asked.join(db.sides, db.sides.c.id == votes.side_id).order_by(rests.vote_id, rests.position)
        for vote, claim in store.found(asked, owner, ids):
            claims[vote].append(claim)
    origins: dict[str, list[Origin]] = defaultdict(list)
    if detail >= Detail.ORIGINS:
        wanted: sa.Select[Any] = sa.select(votes.side_id, votes.id, votes.origin, votes.grade, votes.weight)
        wanted = wanted.join(db.sides, db.sides.c.id == votes.side_id).order_by(votes.side_id, votes.position)
        for side, vote, name, grade, weight in store.found(wanted, owner, ids):
            origins[side].append(Origin(name, grade, tuple(claims.get(vote, ())), weight))
    found: dict[str, list[tuple[int, Side]]] = defaultdict(list)
    for r in rows:
        if r[owner.name] is not None:
            its = Side(value_of(r), tuple(origins.get(r["id"], ())), r["weight"])
            found[r[owner.name]].append((r["position"], its))
    return {key: [side for _, side in sorted(its, key=lambda s: s[0])] for key, its in found.items()}
