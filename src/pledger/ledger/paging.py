"""Lists a page at a time: so many rows of a kind, filtered and in order, and how many there are in all.

What is stored answers in SQL, so that a list costs what is shown of it, however large the ledger. A moment in the past
is answered from its picture in memory, with the same rules.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.engine.tables import regions
from pledger.ledger.kept import Detail, conflicts_of, entities_of, figures_of
from pledger.ledger.store import Store
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Figure, Stage, Standing

__all__ = [
    "WHOLE",
    "Asked",
    "Counts",
    "Detail",
    "Order",
    "Page",
    "conflicts_page",
    "counts",
    "entities_page",
    "figures_page",
    "project_kinds",
]

T = TypeVar("T", Figure, Conflict, Entity)
WHOLE = ("total", "ceiling", "project", "tranche", "")
"""What qualifies the amount of an entity as a whole, not of a part or a rate."""


class Order(StrEnum):
    """By what a list is sorted; ties by name and id."""

    NAME = "name"
    AMOUNT = "amount"
    """The largest amount in dollars first; figures by their own, entities by their whole."""
    DOCUMENTS = "documents"
    """The most reported first."""
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows; what is empty does not filter."""

    kinds: tuple[EntityKind, ...] = ()
    """Of the entity."""
    attributes: tuple[Attribute, ...] = ()
    standings: tuple[Standing, ...] = ()
    conflicts: tuple[ConflictKind, ...] = ()
    words: str = ""
    """In the name of the entity, whatever the case."""
    programme: str = ""
    """Key of the programme that the entity belongs to: `JP>US`."""
    project_kinds: tuple[str, ...] = ()
    """Of projects: any of these kinds; an empty word stands for projects whose kind nobody tells."""
    stages: tuple[Stage, ...] = ()
    """Of entities: the stage that is held is one of these."""
    sponsor: str = ""
    """Of entities: in the name of a sponsor, whatever the case."""
    within: tuple[str, ...] = ()
    """Ids of entities: only theirs."""
    parties: tuple[str, ...] = ()
    """Names of parties: only figures of their roles."""
    order: Order = Order.NAME
    backwards: bool = False
    limit: int = 50
    offset: int = 0
    detail: Detail = Detail.CLAIMS
    """How much of each figure or conflict is wanted at least."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list."""

    items: tuple[T, ...]
    total: int
    """Rows of the whole list."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a ledger holds."""

    documents: int
    copies: int
    claims: int
    figures: int
    contested: int
    conflicts: int
    """Without updates, which are no errors."""


def counts(store: Store) -> Counts:
    """How much is stored."""
    asked = (
        sa.select(sa.func.count()).select_from(db.documents),
        sa.select(sa.func.count()).select_from(db.documents).where(db.documents.c.echo_of.is_not(None)),
        sa.select(sa.func.count()).select_from(db.claims),
        sa.select(sa.func.count()).select_from(db.figures),
        sa.select(sa.func.count()).select_from(db.figures).where(db.figures.c.standing == Standing.CONTESTED),
        sa.select(sa.func.count()).select_from(db.conflicts).where(db.conflicts.c.kind != ConflictKind.UPDATE),
    )
    with store.reading() as connection:
        return Counts(*(int(connection.scalar(query) or 0) for query in asked))


def figures_page(store: Store, asked: Asked) -> Page[Figure]:
    """Figures in the order asked for."""
    figures, entities = db.figures, db.entities
    query = sa.select(figures.c.id).join(entities, entities.c.id == figures.c.entity_id)
    query = _about(query, asked, figures.c.entity_id)
    if asked.attributes:
        query = query.where(figures.c.attribute.in_(asked.attributes))
    if asked.standings:
        query = query.where(figures.c.standing.in_(asked.standings))
    if asked.parties:
        query = query.where(figures.c.party_name.in_(asked.parties))
    dollars = sa.case((figures.c.unit == "USD", sa.func.coalesce(figures.c.high, figures.c.low)), else_=0.0)
    keys = {Order.AMOUNT: sa.func.coalesce(dollars, 0.0).desc(), Order.DOCUMENTS: figures.c.documents.desc()}
    ties = [entities.c.name, figures.c.attribute, figures.c.qualifier_of_figure, figures.c.id]
    ids, total = _page(store, query, keys.get(asked.order), ties, asked)
    held = {f.id: f for f in figures_of(store, ids=ids, detail=asked.detail)}
    return Page(tuple(held[key] for key in ids), total)


def conflicts_page(store: Store, asked: Asked) -> Page[Conflict]:
    """Conflicts in the order asked for."""
    conflicts, entities = db.conflicts, db.entities
    query = sa.select(conflicts.c.id).join(entities, entities.c.id == conflicts.c.entity_id)
    query = _about(query, asked, conflicts.c.entity_id)
    if asked.attributes:
        query = query.where(conflicts.c.attribute.in_(asked.attributes))
    if asked.conflicts:
        query = query.where(conflicts.c.kind.in_(asked.conflicts))
    keys = {Order.SEVERITY: sa.func.coalesce(conflicts.c.severity, 0.0).desc()}
    ties = [entities.c.name, conflicts.c.attribute, conflicts.c.id]
    ids, total = _page(store, query, keys.get(asked.order), ties, asked)
    held = {c.id: c for c in conflicts_of(store, ids=ids, detail=asked.detail)}
    return Page(tuple(held[key] for key in ids), total)


def entities_page(store: Store, asked: Asked) -> Page[Entity]:
    """Entities in the order asked for; with standings: those whose whole amount stands so."""
    entities, figures = db.entities, db.figures
    whole = sa.and_(
        figures.c.entity_id == entities.c.id, figures.c.attribute == Attribute.AMOUNT,
        figures.c.qualifier_of_figure.in_(WHOLE),
    )  # fmt: skip
    query = sa.select(entities.c.id)
    query = _about(query, asked, entities.c.id)
    if asked.standings:
        stands = sa.select(sa.literal(1)).where(whole, figures.c.standing.in_(asked.standings))
        query = query.where(stands.correlate(entities).exists())
    its = figures.c.entity_id == entities.c.id
    if asked.stages:
        at = sa.select(sa.literal(1)).where(its, figures.c.attribute == Attribute.STAGE)
        query = query.where(at.where(figures.c.stage.in_(asked.stages)).correlate(entities).exists())
    if asked.sponsor:
        by = sa.select(sa.literal(1)).where(
            its, figures.c.attribute == Attribute.PARTY, figures.c.party_role == "sponsor"
        )
        name = sa.func.lower(figures.c.party_name)
        query = query.where(
            by.where(name.contains(asked.sponsor.lower(), autoescape=True)).correlate(entities).exists()
        )
    most = sa.func.max(sa.func.coalesce(figures.c.high, figures.c.low))
    dollars = sa.select(most).where(whole, figures.c.unit == "USD").correlate(entities).scalar_subquery()
    told = sa.select(sa.func.max(figures.c.documents)).where(figures.c.entity_id == entities.c.id)
    keys = {
        Order.AMOUNT: sa.func.coalesce(dollars, 0.0).desc(),
        Order.DOCUMENTS: sa.func.coalesce(told.correlate(entities).scalar_subquery(), 0).desc(),
    }
    ids, total = _page(store, query, keys.get(asked.order), [entities.c.name, entities.c.id], asked)
    held = entities_of(store, ids)
    return Page(tuple(held[key] for key in ids), total)


def _pair(name: str, value: str) -> str:
    return json.dumps([name, value], ensure_ascii=False)


def project_kinds(store: Store) -> frozenset[str]:
    """Every kind of project that is stored."""
    asked = sa.select(db.entities.c.identified_by).where(db.entities.c.kind == EntityKind.PROJECT).distinct()
    with store.reading() as connection:
        its = (dict(json.loads(row[0])).get("project_kind") for row in connection.execute(asked))
        return frozenset(kind for kind in its if kind)


def _about(query: sa.Select[Any], asked: Asked, entity: sa.Column[Any]) -> sa.Select[Any]:
    if asked.kinds:
        query = query.where(db.entities.c.kind.in_(asked.kinds))
    if asked.words:
        query = query.where(sa.func.lower(db.entities.c.name).contains(asked.words.lower(), autoescape=True))
    if asked.programme:
        # Those that carry its key are its region: found without looking through all entities.
        region = sa.select(regions.c.entity_id).where(regions.c.region == f"programme {asked.programme}")
        query = query.where(db.entities.c.id.in_(region))
    if asked.project_kinds:
        told = db.entities.c.identified_by
        query = query.where(
            sa.or_(
                *(told.contains(_pair("project_kind", kind), autoescape=True) for kind in asked.project_kinds if kind),
                *(sa.not_(told.contains('["project_kind"')) for kind in asked.project_kinds if not kind),
            )
        )
    if asked.within:
        query = query.where(entity.in_(asked.within))
    return query


def _page(
    store: Store,
    query: sa.Select[Any],
    key: sa.ColumnElement[Any] | None,
    ties: Sequence[sa.ColumnElement[Any]],
    asked: Asked,
) -> tuple[list[str], int]:
    """Ids of the page, and the length of the list."""
    order = [] if key is None else [key]
    order += [tie.desc() for tie in ties] if asked.backwards and key is None else ties
    with store.snapshot(), store.reading() as connection:
        found = connection.execute(query.order_by(*order).limit(asked.limit).offset(asked.offset))
        ids = [row[0] for row in found]
        if len(ids) < asked.limit and (ids or not asked.offset):  # the end of the list is seen
            return ids, asked.offset + len(ids)
        return ids, int(connection.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0)
