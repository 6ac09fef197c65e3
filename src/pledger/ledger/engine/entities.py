"""Entities, kept up: one row for each organisation and person that is named, each project, and all else that claims are
about, with all that it is called."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.people import People, base_entities
from pledger.ledger.engine.sites import Sites
from pledger.ledger.engine.voices import Voices, entity_row
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.images import ENTITY
from pledger.ledger.resolve import with_aliases
from pledger.model import Entity, EntityKind, Mention

__all__ = ["entities_by_id", "entity_of", "put_first", "settle_entities"]

_NAMED_BY_ALL = (EntityKind.TRANCHE, EntityKind.MARKET, EntityKind.COMMODITY)
"""Kinds whose name does not hang on which claim comes first."""


def put_first(work: Work, sites: Sites, people: People) -> None:
    """In a fresh run: the rows of all that do not come from claims alone, before any claim points to them."""
    if work.fresh and people.whole is not None:
        found = {**people.whole.entities, **sites.entities}
        work.add(db.entities, [entity_row(e) for _, e in sorted(found.items())])
        work.entities |= found.keys()


def settle_entities(work: Work, sites: Sites, people: People, voices: Voices) -> tuple[set[str], set[str]]:
    """Bring the rows of entities up to what the run has found: the ids of those that changed, and of those that have no
    claim and no name any more, whose rows are to be deleted once nothing points to them."""
    if work.fresh:
        _settle_all(work, people, voices)
        return set(), set()
    known = {
        r[0] for r in work.rows((own.projects.c.entity_id,), own.projects.c.entity_id, {*voices.won, *voices.lost})
    }
    ids = (sites.changed | people.changed | voices.won.keys() | voices.lost) - (known - sites.changed)
    rows = {r.id: tuple(r) for r in work.rows(tuple(db.entities.columns), db.entities.c.id, ids)}
    after: dict[str, Entity | None] = {id_: sites.entities.get(id_) for id_ in ids & sites.changed}
    open_ = {id_ for id_ in ids if after.get(id_) is None and not _said(id_, rows, people, voices)}
    after |= _made_of_claims(work, open_, rows, voices)
    new = {id_: entity_row(entity) for id_, entity in after.items() if entity is not None}
    changed = {id_ for id_, row in new.items() if rows.get(id_) != row}
    gone = {id_ for id_, entity in after.items() if entity is None and id_ in rows}
    if work.images is not None:
        work.images.keep(ENTITY, changed | gone, {db.entities: list(rows.values())})
    work.add(db.entities, [new[id_] for id_ in sorted(changed) if id_ not in rows])
    _update(work, [new[id_] for id_ in sorted(changed) if id_ in rows])
    return changed | gone, gone


def entities_by_id(work: Work, ids: Iterable[str]) -> dict[str, Entity]:
    """Entities as they stand in the ledger."""
    return {r.id: entity_of(r) for r in work.rows(tuple(db.entities.columns), db.entities.c.id, ids)}


def entity_of(r: Any) -> Entity:
    """The entity of a row."""
    pairs = () if r.identified_by == "[]" else tuple((k, v) for k, v in json.loads(r.identified_by))
    return Entity(r.id, EntityKind(r.kind), r.name, () if r.aliases == "[]" else tuple(json.loads(r.aliases)), pairs)


def _settle_all(work: Work, people: People, voices: Voices) -> None:
    named: Mapping[str, Entity] = people.whole.entities if people.whole is not None else {}
    rows = []
    for id_, texts in voices.won.items():
        base = named.get(id_, voices.bases[id_])
        entity = with_aliases(base, [Mention(base.kind, "", aliases=tuple(texts))])
        if entity != base:
            rows.append(entity_row(entity))
    _update(work, rows)


def _said(id_: str, rows: Mapping[str, tuple[Any, ...]], people: People, voices: Voices) -> bool:
    """Whether the row says already all that new claims call the entity, so that nothing about it can change."""
    row = rows.get(id_)
    if row is None or id_ in people.changed or id_ in voices.lost:
        return False
    unnamed = row[4] == "[]" and EntityKind(row[1]) not in _NAMED_BY_ALL
    if unnamed or _is_tariff(tuple(map(tuple, json.loads(row[4])))):
        return False  # Made from its first claim, which may be a new one.
    return voices.won.get(id_, set()) <= {row[2], "", *json.loads(row[3])}


def _made_of_claims(
    work: Work, ids: set[str], rows: Mapping[str, tuple[Any, ...]], voices: Voices
) -> dict[str, Entity | None]:
    named = base_entities(work, ids)
    m, c = db.mentions.c, db.claims.c
    texts: dict[str, set[str]] = {}
    for part in chunks(sorted(ids), 900):
        question = (
            sa.select(m.entity_id, c.subject_text, c.subject_aliases)
            .join_from(db.mentions, db.claims, c.id == m.claim_id)
            .where(m.entity_id.in_(part))
            .distinct()
        )
        for r in work.connection.execute(question):
            its = texts.setdefault(r[0], set())
            its.add(r[1])
            its.update(() if r[2] == "[]" else json.loads(r[2]))
    found: dict[str, Entity | None] = {}
    for id_ in ids:
        base = named.get(id_)
        if base is None and id_ in texts:
            base = _base(work, id_, voices.bases.get(id_), rows.get(id_))
        if base is not None and id_ in texts:
            base = with_aliases(base, [Mention(base.kind, "", aliases=tuple(texts[id_]))])
        found[id_] = base
    return found


def _base(work: Work, id_: str, seen: Entity | None, row: tuple[Any, ...] | None) -> Entity:
    if seen is None:
        if row is None:
            raise LookupError(f"claims point to an entity that nobody made: {id_}")
        pairs = tuple((k, v) for k, v in json.loads(row[4]))
        seen = Entity(id_, EntityKind(row[1]), row[2], (), pairs)
    tariff = _is_tariff(seen.attributes)
    if not tariff and (seen.attributes or seen.kind in _NAMED_BY_ALL):
        return seen
    m, c = db.mentions.c, db.claims.c
    question = (
        sa.select(c.subject_text, c.subject_programme)
        .join_from(db.mentions, db.claims, c.id == m.claim_id)
        .where(m.entity_id == id_)
        .order_by(c.document_id, c.words_start, c.words_end, c.id)
        .limit(1)
    )
    text, programme = work.connection.execute(question).one()
    if tariff:
        pairs = (("compared", "tariff"), *((("programme", programme),) if programme else ()))
        return Entity(id_, seen.kind, seen.name, (), pairs)
    return Entity(id_, seen.kind, text)


def _is_tariff(attributes: Iterable[tuple[str, ...]]) -> bool:
    return ("compared", "tariff") in attributes


def _update(work: Work, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        names = ("kind", "name", "aliases", "identified_by")
        statement = db.entities.update().where(db.entities.c.id == sa.bindparam("k"))
        statement = statement.values({name: sa.bindparam(f"v_{name}") for name in names})
        work.connection.execute(
            statement, [{"k": row[0], **{f"v_{n}": v for n, v in zip(names, row[1:], strict=True)}} for row in rows]
        )
