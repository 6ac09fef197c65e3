"""The derived part of the ledger, to rows and back: entities, figures and conflicts with their sides and evidence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table

from pledger.ledger import schema as db
from pledger.ledger.conflicts import place as shown_place
from pledger.ledger.figures import place
from pledger.ledger.say import value as say
from pledger.ledger.serial import value_of, value_row
from pledger.ledger.store import Store
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Figure, Origin, Side, Standing

__all__ = ["Rows", "behind", "conflict_rows", "conflicts_of", "entities_of", "figure_rows", "figures_of"]

Row = Mapping[str, Any]
Rows = dict[Table, list[tuple[Any, ...]]]
"""Whole rows by table, their values in the order of the table's columns."""


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


def figures_of(store: Store, *, entity: str | None = None, ids: Iterable[str] | None = None) -> list[Figure]:
    """The figures as they were stored, in their order: all, those of one entity, or those with these ids. No more is
    loaded than that."""
    with store.snapshot():
        rows = _rows(store, db.figures, entity, ids)
        entities, sides = _around(store, rows, db.sides.c.figure_id, entity is None and ids is None)
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


def conflicts_of(store: Store, *, entity: str | None = None, ids: Iterable[str] | None = None) -> list[Conflict]:
    """The conflicts as they were stored, in their order: all, those of one entity, or those with these ids."""
    with store.snapshot():
        rows = _rows(store, db.conflicts, entity, ids)
        entities, sides = _around(store, rows, db.sides.c.conflict_id, entity is None and ids is None)
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


def _around(
    store: Store, rows: list[Row], owner: Column[Any], everything: bool
) -> tuple[dict[str, Entity], dict[str, list[Side]]]:
    """The entities of these rows, and their sides by the row's id."""
    entities = entities_of(store, None if everything else {r["entity_id"] for r in rows})
    sides = store.rows(db.sides, owner, None if everything else {r["id"] for r in rows})
    sides = [r for r in sides if r[owner.name] is not None]
    votes = store.rows(db.votes, db.votes.c.side_id, None if everything else {r["id"] for r in sides})
    rests = store.rows(db.evidence, db.evidence.c.vote_id, None if everything else {r["id"] for r in votes})
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for r in rests:
        claims[r["vote_id"]].append((r["position"], r["claim_id"]))
    origins: dict[str, list[tuple[int, Origin]]] = defaultdict(list)
    for r in votes:
        ids = tuple(claim for _, claim in sorted(claims[r["id"]]))
        origins[r["side_id"]].append((r["position"], Origin(r["origin"], r["grade"], ids, r["weight"])))
    found: dict[str, list[tuple[int, Side]]] = defaultdict(list)
    for r in sides:
        its = tuple(origin for _, origin in sorted(origins[r["id"]], key=lambda o: o[0]))
        found[r[owner.name]].append((r["position"], Side(value_of(r), its, r["weight"])))
    return entities, {key: [side for _, side in sorted(its, key=lambda s: s[0])] for key, its in found.items()}
