"""Units of checking: the conflicts on one attribute of one entity. Which of them a change can have changed.

A conflict is on one attribute of one entity, and what the checks look at for it is little of its region. Beside the
figures of the attribute itself that is, for

- amounts: shares (a part that is given as a share, too), of programmes whether they are new; the whole amount of the
  programme (a project larger than it), of programmes and batches the whole amounts of all others (parts that are known
  as such), of a batch and its projects each other's (sums);
- shares: the whole amount of the entity; of penalty tariffs what the programme's conditions say of them;
- stages: of a programme its conditions (whether it binds); of a batch and its projects each other's, and those of
  batches that share a project with it (what one dispute shows, another does not show again);
- all attributes: how large the entity and its programme are (severity), and what they are called.

`reach` adds to the units that changed by themselves those that look at them. A new check that looks further has to be
thought of there, and in the list above. Of a batch and its projects, most of which never get into a conflict by each
other, it adds only those that are in one: who gets into one anew is found when the batch is checked, and `widen` adds
it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.engine.work import Work
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind

__all__ = ["ALL", "Change", "Units", "attribute_of", "listed", "reach", "widen"]

Units = dict[str, set[Attribute]]
"""By entity the attributes whose conflicts are to be found again, or whose figures are to be looked at."""

ALL = frozenset(Attribute)


@dataclass(slots=True)
class Change:
    """What changed, as far as checks can tell."""

    units: Units = field(default_factory=lambda: defaultdict(set))
    """The units whose own voices, figures or documents changed."""
    renamed: set[str] = field(default_factory=set)
    """Entities whose row changed."""
    sized: set[str] = field(default_factory=set)
    """Entities whose whole amount is another, came or went."""
    joined: set[tuple[str, str]] = field(default_factory=set)
    """Batches and projects that documents name beside them now, or did no more."""


def attribute_of(slot: str) -> Attribute:
    """The attribute of a slot."""
    return Attribute(slot.partition("|")[0])


def reach(
    work: Work,
    change: Change,
    entities: Mapping[str, Entity],
    members: Mapping[str, tuple[str, ...]],
    left: Collection[EntityKind] = (),
) -> Units:
    """The units of a region that are to be checked again.

    `members`: of its batches, by id, the projects. `left`: the kinds of entities that are no more in the region.
    """
    sized = change.sized & entities.keys()
    if EntityKind.PROGRAMME in left or any(entities[id_].kind is EntityKind.PROGRAMME for id_ in sized):
        return {id_: set(ALL) for id_ in entities}  # All is as severe as it is large beside the programme.
    units: Units = defaultdict(set)
    for id_ in entities.keys() & change.units.keys():
        units[id_] |= change.units[id_]
    renamed = change.renamed & entities.keys()
    for id_ in renamed | sized:
        units[id_] |= ALL
    for id_ in entities.keys() & {id_ for row in change.joined for id_ in row}:
        units[id_] |= {Attribute.AMOUNT, Attribute.STAGE}
    _add_sums(work, units, renamed, entities, members)
    wholes = {id_ for id_, e in entities.items() if e.kind is EntityKind.PROGRAMME}
    if any(Attribute.AMOUNT in units.get(id_, ()) for id_ in wholes):
        for id_ in _larger(work, entities):
            units[id_].add(Attribute.AMOUNT)
    if sized or left:
        for id_ in wholes | {id_ for id_, e in entities.items() if e.kind is EntityKind.TRANCHE}:
            units[id_].add(Attribute.AMOUNT)  # What is as large as a part of the region may be that part.
    _add_stages(work, units, entities, members)
    if any(Attribute.CONDITION in its for its in units.values()):
        for id_ in (id_ for id_, e in entities.items() if e.kind is EntityKind.MARKET):
            units[id_].add(Attribute.SHARE)
    for id_, its in units.items():
        _add_own(its, entities[id_])
    return {id_: its for id_, its in units.items() if its}


def listed(units: Units, entities: Mapping[str, Entity], members: Mapping[str, tuple[str, ...]]) -> Units:
    """The figures that checks have to go through for these units, by entity and attribute: their own, and those of
    others from which a check comes to them."""
    found: Units = defaultdict(set)
    for id_, its in units.items():
        found[id_] |= its
        if Attribute.AMOUNT in its and entities[id_].kind is EntityKind.PROGRAMME:
            found[id_].add(Attribute.KIND)
    summed = {id_ for id_, its in units.items() if Attribute.AMOUNT in its}
    for tranche, projects in members.items():
        if summed.intersection(projects):
            found[tranche].add(Attribute.AMOUNT)
    if any(entities[id_].kind is EntityKind.MARKET and Attribute.SHARE in its for id_, its in units.items()):
        for id_ in entities:
            found[id_].add(Attribute.CONDITION)
    return found


def _add_own(its: set[Attribute], entity: Entity) -> None:
    """What of an entity looks at what else of it."""
    programme = entity.kind is EntityKind.PROGRAMME
    if Attribute.SHARE in its or (programme and Attribute.KIND in its):
        its.add(Attribute.AMOUNT)
    if Attribute.AMOUNT in its:
        its.add(Attribute.SHARE)
    if programme and Attribute.CONDITION in its:
        its.add(Attribute.STAGE)


def _add_sums(
    work: Work,
    units: Units,
    renamed: Collection[str],
    entities: Mapping[str, Entity],
    members: Mapping[str, tuple[str, ...]],
) -> None:
    """A batch and its projects, each of which a sum is told of by the other's amount and name."""
    sums = {t for t in members if t in renamed or Attribute.AMOUNT in units.get(t, ())}
    for tranche, projects in members.items():
        if not set(renamed).isdisjoint(projects):
            units[tranche].add(Attribute.AMOUNT)
    told = {project for tranche in sums for project in members[tranche] if project in entities}
    for id_ in _in_conflict(work, told, Attribute.AMOUNT, ConflictKind.DEFINITION):
        units[id_].add(Attribute.AMOUNT)


def _add_stages(
    work: Work, units: Units, entities: Mapping[str, Entity], members: Mapping[str, tuple[str, ...]]
) -> None:
    """Batches and projects hang together where a batch has a project, and so do all that are tied like that."""
    seen = {id_ for id_, its in units.items() if Attribute.STAGE in its}
    waiting, tied, found = set(members), set[str](), True
    while found:
        more = {t for t in waiting if t in seen or seen.intersection(members[t])}
        waiting -= more
        tied |= more
        seen |= {id_ for t in more for id_ in (t, *members[t])}
        found = bool(more)
    disputed = _in_conflict(work, seen & entities.keys(), Attribute.STAGE, ConflictKind.DISPUTE)
    # What the dispute of a batch shows, those of its projects do not: they come back where it goes.
    shown = _denying(work, [conflict for id_ in tied for conflict in disputed.get(id_, ())])
    for id_ in tied | disputed.keys() | (shown & entities.keys()):
        units[id_].add(Attribute.STAGE)


def _in_conflict(work: Work, ids: Collection[str], attribute: Attribute, kind: ConflictKind) -> dict[str, list[str]]:
    """Those of these entities that are known to be in such a conflict, with the ids of these."""
    x = db.conflicts.c
    found: dict[str, list[str]] = {}
    where = sa.and_(x.attribute == str(attribute), x.kind == str(kind))
    for entity, conflict in work.rows((x.entity_id, x.id), x.entity_id, ids, where):
        found.setdefault(entity, []).append(conflict)
    return found


def _denying(work: Work, conflicts: Collection[str]) -> set[str]:
    """The entities of the claims behind these conflicts."""
    s, v, e, m = db.sides.c, db.votes.c, db.evidence.c, db.mentions.c
    sides = [r[0] for r in work.rows((s.id,), s.conflict_id, conflicts)]
    votes = [r[0] for r in work.rows((v.id,), v.side_id, sides)]
    claims = [r[0] for r in work.rows((e.claim_id,), e.vote_id, votes)]
    return {r[0] for r in work.rows((m.entity_id,), m.claim_id, claims)}


def widen(work: Work, units: Units, found: Iterable[Conflict], entities: Mapping[str, Entity]) -> bool:
    """Add the units of conflicts that were found outside of the units, and are not known yet; whether there are any."""
    outside = {c.id: c for c in found if c.attribute not in units.get(c.entity.id, ())}
    x = db.conflicts.c
    known = {r[0] for r in work.rows((x.id,), x.id, outside)}
    new = [c for id_, c in outside.items() if id_ not in known]
    for conflict in new:
        its = units.setdefault(conflict.entity.id, set())
        its.add(conflict.attribute)
        _add_own(its, entities[conflict.entity.id])
    return bool(new)


def _larger(work: Work, ids: Collection[str]) -> Iterable[str]:
    """Those that have been found to cost more than their programme."""
    return _in_conflict(work, ids, Attribute.AMOUNT, ConflictKind.ARITHMETIC)
