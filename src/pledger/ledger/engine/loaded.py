"""Voices and figures of a region, brought from the tables when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pledger.ledger import schema as db
from pledger.ledger.engine.entities import entities_by_id
from pledger.ledger.engine.units import Units
from pledger.ledger.engine.voices import voices_of
from pledger.ledger.engine.work import Work
from pledger.ledger.serial import value_of
from pledger.ledger.voices import Voice
from pledger.model import Attribute, Entity, Figure, Origin, Side, Standing

__all__ = ["Loaded", "figures_by_entity"]


class Loaded(Mapping[str, Voice]):
    """The voices of a region by claim id, each loaded when it is asked for; all of them when they are listed."""

    def __init__(self, work: Work, entities: Mapping[str, Entity], known: Mapping[str, Voice]) -> None:
        self.work = work
        self.entities = dict(entities)
        self.held: dict[str, Voice] = {}
        self.known = known
        """Voices that are at hand already."""
        self.whole = False

    def __getitem__(self, claim: str) -> Voice:
        if claim not in self.held:
            self.load([claim])
        return self.held[claim]

    def __iter__(self) -> Iterator[str]:
        if not self.whole:
            m = db.mentions.c
            self.take(self.work.rows(tuple(db.mentions.columns), m.entity_id, self.entities))
            self.whole = True
        return iter(sorted(self.held))

    def __len__(self) -> int:
        return len(list(iter(self)))

    def load(self, claims: Iterable[str]) -> None:
        """Have these voices at hand."""
        wanted = {c for c in claims if c not in self.held}
        self.held |= {c: self.known[c] for c in wanted & self.known.keys()}
        missing = wanted - self.known.keys()
        if missing:
            self.take(self.work.rows(tuple(db.mentions.columns), db.mentions.c.claim_id, missing))

    def take(self, rows: Iterable[Any]) -> list[Voice]:
        """The voices of these rows of `mentions`."""
        its = [tuple(r) for r in rows]
        self.held |= {r[0]: self.known[r[0]] for r in its if r[0] in self.known}
        new = [r for r in its if r[0] not in self.held]
        strange = {r[1] for r in new} - self.entities.keys()
        known = {**self.entities, **entities_by_id(self.work, strange)} if strange else self.entities
        for voice in voices_of(self.work, new, known):
            self.held[voice.claim.id] = voice
        return [self.held[r[0]] for r in its]


def figures_by_entity(
    work: Work, entities: Mapping[str, Entity], *where: Any, listed: Units | None = None
) -> list[Figure]:
    """The figures of these entities as they are kept, in no order; of those with `listed` attributes only these."""
    f, s, v, x = db.figures.c, db.sides.c, db.votes.c, db.evidence.c
    rows = work.rows(tuple(db.figures.columns), f.entity_id, entities, *where)
    if listed is not None:
        rows = [r for r in rows if Attribute(r.attribute) in listed[r.entity_id]]
    sides = work.rows(tuple(db.sides.columns), s.figure_id, {r.id for r in rows})
    votes = work.rows(tuple(db.votes.columns), v.side_id, {r.id for r in sides})
    claims: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for vote, place_, claim in work.rows(tuple(db.evidence.columns), x.vote_id, {r.id for r in votes}):
        claims[vote].append((place_, claim))
    origins: dict[str, list[tuple[int, Origin]]] = defaultdict(list)
    for id_, side, place_, origin, grade, weight, *_ in votes:
        its = tuple(claim for _, claim in sorted(claims[id_]))
        origins[side].append((place_, Origin(origin, grade, its, weight)))
    by_figure: dict[str, list[tuple[int, Side]]] = defaultdict(list)
    for r in sides:
        its_origins = tuple(o for _, o in sorted(origins[r.id], key=lambda o: o[0]))
        by_figure[r.figure_id].append((r.position, Side(value_of(dict(r._mapping)), its_origins, r.weight)))
    return [
        Figure(
            r.id,
            entities[r.entity_id],
            Attribute(r.attribute),
            value_of(dict(r._mapping)),
            Standing(r.standing),
            tuple(side for _, side in sorted(by_figure[r.id], key=lambda s: s[0])),
            r.documents,
            None,
            r.qualifier_of_figure,
        )
        for r in rows
    ]
