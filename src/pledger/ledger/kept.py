"""The derived part of the ledger, to rows and back: entities, figures and conflicts with their sides and evidence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from pledger.ledger import schema as db
from pledger.ledger.picture import Picture
from pledger.ledger.say import value as say
from pledger.ledger.serial import value_of, value_row
from pledger.ledger.store import Store
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Figure, Origin, Side, Standing

__all__ = ["conflicts_of", "entities_of", "figures_of", "rows_of"]

Row = Mapping[str, Any]


def rows_of(picture: Picture) -> dict[Table, list[dict[str, Any]]]:
    """The rows of every derived table."""
    rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in db.DERIVED}
    for entity in sorted(picture.entities.values(), key=lambda e: e.id):
        rows[db.entities].append(
            {
                "id": entity.id,
                "kind": str(entity.kind),
                "name": entity.name,
                "aliases": json.dumps(entity.aliases, ensure_ascii=False),
                "identified_by": json.dumps(entity.attributes, ensure_ascii=False),
            }
        )
    rows[db.mentions] = [{"claim_id": c, "entity_id": v.entity.id} for c, v in sorted(picture.voices.items())]
    for n, figure in enumerate(picture.figures):
        rows[db.figures].append(
            {
                "id": figure.id,
                "position": n,
                "entity_id": figure.entity.id,
                "attribute": str(figure.attribute),
                "qualifier_of_figure": figure.qualifier,
                "standing": str(figure.standing),
                "documents": figure.documents,
                "value_in_words": say(figure.value),
                **value_row(figure.value),
            }
        )
        _add_sides(rows, figure.sides, figure.id, None)
    for n, conflict in enumerate(picture.conflicts):
        rows[db.conflicts].append(
            {
                "id": conflict.id,
                "position": n,
                "entity_id": conflict.entity.id,
                "attribute": str(conflict.attribute),
                "kind": str(conflict.kind),
                "explanation": conflict.explanation,
                "reference": conflict.reference,
                "values_in_words": json.dumps(conflict.values, ensure_ascii=False),
                "severity": conflict.severity,
            }
        )
        _add_sides(rows, conflict.sides, None, conflict.id)
    return rows


def _add_sides(
    rows: dict[Table, list[dict[str, Any]]], sides: Sequence[Side], figure: str | None, conflict: str | None
) -> None:
    for n, side in enumerate(sides):
        side_id = f"{figure or conflict}.{n}"
        rows[db.sides].append(
            {
                "id": side_id,
                "figure_id": figure,
                "conflict_id": conflict,
                "position": n,
                "weight": side.weight,
                "value_in_words": say(side.value),
                **value_row(side.value),
            }
        )
        for m, origin in enumerate(side.origins):
            vote = {"id": f"{side_id}.{m}", "side_id": side_id, "position": m, "origin": origin.name}
            rows[db.votes].append({**vote, "grade": origin.grade, "weight": origin.weight})
            rows[db.evidence] += [
                {"vote_id": vote["id"], "position": k, "claim_id": claim} for k, claim in enumerate(origin.claims)
            ]


def entities_of(store: Store) -> dict[str, Entity]:
    """All entities, by id."""
    return {
        r["id"]: Entity(
            r["id"],
            EntityKind(r["kind"]),
            r["name"],
            tuple(json.loads(r["aliases"])),
            tuple((k, v) for k, v in json.loads(r["identified_by"])),
        )
        for r in store.rows(db.entities)
    }


def figures_of(store: Store) -> list[Figure]:
    """All figures as they were stored, in their order."""
    with store.snapshot():
        return _figures_of(store)


def _figures_of(store: Store) -> list[Figure]:
    entities, sides = entities_of(store), _sides_of(store, "figure_id")
    return [
        Figure(
            id=r["id"],
            entity=entities[r["entity_id"]],
            attribute=Attribute(r["attribute"]),
            value=value_of(r),
            standing=Standing(r["standing"]),
            sides=tuple(sides[r["id"]]),
            documents=r["documents"],
            as_of=None,
            qualifier=r["qualifier_of_figure"],
        )
        for r in sorted(store.rows(db.figures), key=lambda r: int(r["position"]))
    ]


def conflicts_of(store: Store) -> list[Conflict]:
    """All conflicts as they were stored, in their order."""
    with store.snapshot():
        return _conflicts_of(store)


def _conflicts_of(store: Store) -> list[Conflict]:
    entities, sides = entities_of(store), _sides_of(store, "conflict_id")
    return [
        Conflict(
            id=r["id"],
            entity=entities[r["entity_id"]],
            attribute=Attribute(r["attribute"]),
            kind=ConflictKind(r["kind"]),
            sides=tuple(sides[r["id"]]),
            explanation=r["explanation"],
            reference=r["reference"],
            values=tuple(json.loads(r["values_in_words"])),
            severity=r["severity"] or 0.0,
        )
        for r in sorted(store.rows(db.conflicts), key=lambda r: int(r["position"]))
    ]


def _sides_of(store: Store, owner: str) -> dict[str, list[Side]]:
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for r in store.rows(db.evidence):
        claims[r["vote_id"]].append((r["position"], r["claim_id"]))
    origins: dict[str, list[tuple[int, Origin]]] = defaultdict(list)
    for r in store.rows(db.votes):
        ids = tuple(claim for _, claim in sorted(claims[r["id"]]))
        origins[r["side_id"]].append((r["position"], Origin(r["origin"], r["grade"], ids, r["weight"])))
    found: dict[str, list[tuple[int, Side]]] = defaultdict(list)
    for r in store.rows(db.sides):
        if r[owner] is not None:
            its = tuple(origin for _, origin in sorted(origins[r["id"]], key=lambda o: o[0]))
            found[r[owner]].append((r["position"], Side(value_of(r), its, r["weight"])))
    return {key: [side for _, side in sorted(its, key=lambda s: s[0])] for key, its in found.items()}
