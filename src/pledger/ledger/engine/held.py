"""Figures and conflicts, kept up: those of slots and entities that changed are made again, what differs is written.

A figure follows from the voices of its slot and the names of parties alone, so slots are made again one by one. What
checks may look at beside is drawn in `checks`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table

from pledger.ledger import schema as db
from pledger.ledger.directory import Directory
from pledger.ledger.engine.people import People, known_to
from pledger.ledger.engine.work import Work
from pledger.ledger.figures import slot_figures
from pledger.ledger.images import CONFLICT, FIGURE, owner
from pledger.ledger.kept import Rows, conflict_rows, figure_rows
from pledger.ledger.voices import Voice
from pledger.model import Attribute, Conflict, Figure, Ownership, Party

__all__ = ["Slotted", "figures_in", "put_conflicts", "put_figures"]

Slotted = dict[tuple[str, str], list[Voice]]
"""Voices by entity and slot."""

_PARENTS_FIRST = (db.figures, db.conflicts, db.sides, db.votes, db.evidence)


def figures_in(work: Work, people: People, slots: Slotted) -> dict[tuple[str, str], list[Figure]]:
    """The figures of these slots."""
    known = _known(work, people, (v for its in slots.values() for v in its))
    return {
        key: slot_figures(key[1].partition("|")[2], its, known, said=work.said) for key, its in slots.items() if its
    }


def put_figures(
    work: Work, made: Mapping[tuple[str, str], Sequence[Figure]], slots: Collection[tuple[str, str]], voices: Slotted
) -> set[str]:
    """Put these figures in place of those that the slots have; the ids of figures whose rows changed. `voices`: what
    they were made of."""
    new: Rows = {}
    days = {v.claim.id: v.day for key in made for v in voices.get(key, ())}
    for (_, slot), figures in made.items():
        for figure in figures:
            figure_rows(figure, slot, days, new)
    old: Rows = {}
    if not work.fresh:
        by_entity: dict[str, set[str]] = defaultdict(set)
        for entity, slot in slots:
            by_entity[entity].add(slot)
        f = db.figures.c
        rows = [
            tuple(r)
            for entity, its in sorted(by_entity.items())
            for r in work.rows(tuple(db.figures.columns), f.slot, its, f.entity_id == entity)
        ]
        old = _with_sides(work, db.figures, rows, db.sides.c.figure_id)
    return _apply(work, old, new)


def put_conflicts(work: Work, found: Iterable[Conflict], units: Mapping[str, Collection[Attribute]]) -> None:
    """Put these conflicts in place of all that these entities have on these attributes."""
    new: Rows = {}
    for conflict in found:
        conflict_rows(conflict, new)
    old: Rows = {}
    if not work.fresh:
        c = db.conflicts.c
        its = work.rows(tuple(db.conflicts.columns), c.entity_id, units)
        rows = [tuple(r) for r in its if Attribute(r.attribute) in units[r.entity_id]]
        old = _with_sides(work, db.conflicts, rows, db.sides.c.conflict_id)
    _apply(work, old, new)


def _with_sides(work: Work, table: Table, rows: list[tuple[Any, ...]], by: Any) -> Rows:
    sides = [tuple(r) for r in work.rows(tuple(db.sides.columns), by, {row[0] for row in rows})]
    votes = [tuple(r) for r in work.rows(tuple(db.votes.columns), db.votes.c.side_id, {row[0] for row in sides})]
    rests = work.rows(tuple(db.evidence.columns), db.evidence.c.vote_id, {row[0] for row in votes})
    return {table: rows, db.sides: sides, db.votes: votes, db.evidence: [tuple(r) for r in rests]}


def _apply(work: Work, old: Rows, new: Rows) -> set[str]:
    """Write the difference; the ids of figures and conflicts in which anything differs."""
    if not old:
        for table in _PARENTS_FIRST:
            work.add(table, new.get(table, []))
        ids = {row[0] for table in _PARENTS_FIRST[:2] for row in new.get(table, [])}
        _keep(work, ids, {}, new)
        return ids
    touched: set[str] = set()
    writes: list[tuple[Table, list[tuple[Any, ...]], list[tuple[Any, ...]]]] = []
    for table in reversed(_PARENTS_FIRST):
        size = len(table.primary_key.columns)
        before = {row[:size]: row for row in old.get(table, [])}
        after = {row[:size]: row for row in new.get(table, [])}
        gone = [key for key in before if key not in after]
        come = [row for key, row in after.items() if key not in before]
        other = [row for key, row in after.items() if key in before and before[key] != row]
        touched |= {owner(key[0]) for key in (*gone, *come, *other)}
        work.remove_rows(table, gone)
        writes.append((table, other, come))
    _keep(work, touched, old, new)
    for table, other, come in reversed(writes):
        _update(work, table, other)
        work.add(table, come)
    return touched


def _keep(work: Work, touched: Collection[str], old: Rows, new: Rows) -> None:
    """Keep what was touched as it was, where somebody follows the ledger."""
    if work.images is not None:
        for kind, table in ((FIGURE, db.figures), (CONFLICT, db.conflicts)):
            its = {row[0] for rows in (old, new) for row in rows.get(table, ())}
            work.images.keep(kind, its & set(touched), old)


def _update(work: Work, table: Table, rows: list[tuple[Any, ...]]) -> None:
    if not rows:
        return
    keys = {c.name for c in table.primary_key.columns}
    where = [table.c[name] == sa.bindparam(f"k_{name}") for name in sorted(keys)]
    rest: dict[str, Any] = {c.name: sa.bindparam(f"v_{c.name}") for c in table.columns if c.name not in keys}
    names = [f"k_{c.name}" if c.name in keys else f"v_{c.name}" for c in table.columns]
    statement = table.update().where(*where).values(rest)
    work.connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def _known(work: Work, people: People, voices: Iterable[Voice]) -> Directory:
    names: set[str] = set()
    for voice in voices:
        match voice.claim.value:
            case Party(name):
                names |= Directory.looked_up(name)
            case Ownership(owner, owned):
                names |= Directory.looked_up(owner) | Directory.looked_up(owned)
    return known_to(work, people, names)
