"""What follows from voices that changed: figures of their slots, and the conflicts that these can have changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from pledger.data import lexicon
from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.checks import Beyond, region_of, seen
from pledger.ledger.engine.entities import entities_by_id
from pledger.ledger.engine.held import Slotted, figures_in, put_conflicts, put_figures
from pledger.ledger.engine.lens import lens
from pledger.ledger.engine.people import People
from pledger.ledger.engine.totals import programmes_among, put_totals, whole_amounts
from pledger.ledger.engine.units import ALL, Change, attribute_of, listed, reach, widen
from pledger.ledger.engine.voices import Voices, voices_of
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.voices import Voice
from pledger.model import Attribute, Entity, EntityKind

__all__ = ["follow", "slotted"]


def slotted(work: Work, rows: Sequence[Any], entities: Mapping[str, Entity]) -> Slotted:
    """The voices of these rows of `mentions` by entity and slot."""
    slots: Slotted = defaultdict(list)
    for row, voice in zip(rows, voices_of(work, rows, entities), strict=True):
        slots[row[1], row[2]].append(voice)
    return slots


def follow(
    work: Work, people: People, voices: Voices, renamed: set[str], gone: set[str], again: Collection[str]
) -> None:
    """Make the figures of changed slots again, and the conflicts that can have changed.

    `renamed`: entities whose row changed. `gone`: those that are none any more. `again`: ids of documents that were
    known before, and whose voices or originals changed.
    """
    m = db.mentions.c
    by_entity: dict[str, set[str]] = defaultdict(set)
    for entity, slot in voices.slots:
        by_entity[entity].add(slot)
    rows = [
        tuple(r)
        for entity, slots in sorted(by_entity.items())
        for r in work.rows(tuple(db.mentions.columns), m.slot, slots, m.entity_id == entity)
    ]
    before, owning = whole_amounts(work, by_entity), _owning(work, voices.slots)
    slots = slotted(work, rows, entities_by_id(work, by_entity))
    put_figures(work, figures_in(work, people, slots), voices.slots, slots)
    put_totals(work, {*by_entity, *gone})
    _put_regions(work, renamed | voices.made, gone)

    after = whole_amounts(work, by_entity)
    change = Change(renamed=set(renamed), joined=set(voices.joined))
    change.sized = {e for e in before.keys() | after.keys() if before.get(e) != after.get(e)}
    for entity, slot in voices.slots:
        change.units[entity].add(attribute_of(slot))
    for entity, _ in _spoken_of(work, again):
        change.units[entity] |= ALL
    beyond = Beyond(work)
    wholes = programmes_among(work, change.sized)
    for entity, slot in _spoken_of(work, {d for p in wholes for d in beyond.documents_about(p)}):
        if attribute_of(slot) is Attribute.AMOUNT:
            change.units[entity].add(Attribute.AMOUNT)  # It may be this programme's amount that is told of it.
    for entity in _held_by_both(work, owning ^ _owning(work, voices.slots)):
        change.units[entity].add(Attribute.PARTY)
    known = {v.claim.id: v for its in slots.values() for v in its}
    _check(work, change, gone, beyond, known)


def _spoken_of(work: Work, documents: Iterable[str]) -> set[tuple[str, str]]:
    """Of which entities these documents speak, and in which slots."""
    m, found = db.mentions.c, set()
    for part in chunks(sorted(documents), 900):
        question = sa.select(m.entity_id, m.slot).join_from(db.claims, db.mentions, m.claim_id == db.claims.c.id)
        rows = work.connection.execute(question.where(db.claims.c.document_id.in_(part)).distinct())
        found |= {(r[0], r[1]) for r in rows}
    return found


def _owning(work: Work, slots: Collection[tuple[str, str]]) -> set[str]:
    """Of these slots those of ownership that have a figure: what `Beyond.owns` answers from."""
    its = {slot for _, slot in slots if slot.startswith(f"{Attribute.OWNERSHIP}|")}
    return {r[0] for r in work.rows((db.figures.c.slot,), db.figures.c.slot, its)}


def _held_by_both(work: Work, owning: Collection[str]) -> set[str]:
    """The entities in which both houses of one of these ownerships take a part that only one can have."""
    roles = {role for question in lexicon("ledger_projects")["exclusive"] for role in question["roles"]}
    f = db.figures.c
    found: set[str] = set()
    for words in (slot.partition("|")[2].split(" > ") for slot in owning):
        for n in range(1, len(words)):  # A name may have such a sign of its own.
            names = (" > ".join(words[:n]), " > ".join(words[n:]))
            holding = [{f"{Attribute.PARTY}|{role}: {name}" for role in roles} for name in names]
            one, other = ({r[0] for r in work.rows((f.entity_id,), f.slot, its)} for its in holding)
            found |= one & other
    return found


def _put_regions(work: Work, changed: Collection[str], gone: Collection[str]) -> None:
    r = own.regions.c
    entities = entities_by_id(work, set(changed) - set(gone))
    new = {(region_of(e), id_) for id_, e in entities.items() if region_of(e).startswith("programme ")}
    old = {tuple(row) for row in work.rows((r.region, r.entity_id), r.entity_id, changed)}
    work.remove_rows(own.regions, sorted(old - new))
    work.add(own.regions, sorted(new - old))


def _check(work: Work, change: Change, gone: Collection[str], beyond: Beyond, known: Mapping[str, Voice]) -> None:
    """Find the conflicts again that can have changed, region by region. `known`: voices that are at hand, by claim."""
    r = own.regions.c
    put_conflicts(work, (), dict.fromkeys(gone, ALL))
    left: dict[str, set[EntityKind]] = defaultdict(set)
    for entity in entities_by_id(work, gone).values():
        left[region_of(entity)].add(entity.kind)
    ids = {*change.units, *change.renamed, *change.sized, *(id_ for row in change.joined for id_ in row)}
    concerned = {region_of(e) for e in entities_by_id(work, ids - set(gone)).values()}
    for region in sorted(concerned | left.keys()):
        inside = [region.removeprefix("entity ")]
        if region.startswith("programme "):
            inside = [row[0] for row in work.rows((r.entity_id,), r.region, [region])]
        entities = entities_by_id(work, set(inside) - set(gone))
        members = beyond.members(entities)
        units = reach(work, change, entities, members, left[region])
        if not units:
            continue
        while True:
            picture = lens(work, entities, listed(units, entities, members), members, beyond, known)
            found = seen(picture)
            if not widen(work, units, found, entities):
                break
        put_conflicts(work, [c for c in found if c.attribute in units.get(c.entity.id, ())], units)
