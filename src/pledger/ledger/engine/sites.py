"""Projects, kept up as documents come: sightings in, entities out, and whose claims have come to another home.

The steps are those of `resolve`, each with the pure function of the whole: adoption (a guessed programme gives way),
routing (a programme is found for a sighting without one), then `projects` for each component of `project_keys`, then
ids and names (`change`). What a step looks at is found through keys that are kept beside each sighting (`seen`).
A sighting that comes or goes therefore leads to those who looked at it, step by step, and to nobody else.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from pledger.ledger.directory import Directory
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.change import Change, Sites
from pledger.ledger.engine.kin import take_ownerships
from pledger.ledger.engine.seen import Seen, load_seen, sighting_of
from pledger.ledger.engine.work import Work
from pledger.ledger.fit import Unsure, order
from pledger.ledger.sightings import Sighting

__all__ = ["Sites", "Told", "homes_of", "take_sightings", "unsure_in"]


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says of projects: its sightings, the programmes that it speaks of, and who owns whom in it."""

    sightings: tuple[Sighting, ...]
    spoken: frozenset[str]
    ownerships: frozenset[tuple[str, str]]


def take_sightings(
    work: Work, sites: Sites, told: Mapping[int, Told], people: Directory | None, renamed: Collection[str]
) -> set[int]:
    """Put what these documents say in place of what they said; the numbers of documents whose claims change homes.

    `people`: the whole directory of a fresh run. `renamed`: ids of sponsors who are shown under other names.
    """
    kin = take_ownerships(work, {number: its.ownerships for number, its in told.items()})
    s = own.sightings.c
    old = [] if work.fresh else load_seen(work.rows(tuple(own.sightings.columns), s.document, told))
    fresh = _new(work, told)
    return Change(work, sites, old, fresh, kin, set(renamed), people).run()


def homes_of(work: Work, documents: Iterable[int]) -> dict[str, tuple[str, str | None]]:
    """The project that each sighting of these documents is, and its programme, by the sighting's text."""
    s = own.sightings.c
    return {r[0]: (r[1], r[2]) for r in work.rows((s.facts, s.entity_id, s.settled), s.document, documents)}


def _new(work: Work, told: Mapping[int, Told]) -> list[Seen]:
    number = work.next_number(own.sightings.c.number)
    found = []
    for document, its in sorted(told.items()):
        for sighting in its.sightings:
            found.append(Seen(number, document, sighting, its.spoken, sighting.programme, sighting.programme, None))
            number += 1
    return found


def unsure_in(connection: sa.Connection) -> list[Unsure]:
    """All sightings that could not be placed for sure."""
    work = Work(connection, fresh=False)
    u, s = own.unsure.c, own.sightings.c
    rows = [tuple(r) for r in work.all(u.sighting, u.reason, u.candidates)]
    seen = {x.number: x for x in load_seen(work.rows(tuple(own.sightings.columns), s.number, {r[0] for r in rows}))}
    found = {
        Unsure(
            seen[number].after_adoption if reason == "routing" else seen[number].final,
            tuple(sighting_of(text) for text in json.loads(candidates)),
        )
        for number, reason, candidates in rows
    }
    return sorted(found, key=lambda x: (order(x.sighting), repr(x.candidates)))
