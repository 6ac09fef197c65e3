"""Regions: which entities the checks for conflicts look at together, and what they know of the others.

A region is a programme with its batches and projects, or one entity by itself. A check sees its region as a `Picture`,
and of what lies beyond only what the picture's `beyond` answers: the whole amounts of programmes and the documents that
speak of them, who owns whom, and the amounts that stand in the same document. Where one of these changes, the regions
that could have asked for it are checked again (see `run`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.conflicts import conflicts
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.entities import entities_by_id, entity_of
from pledger.ledger.engine.voices import voices_of
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.figures import place
from pledger.ledger.judgements import NONE, standing_conflicts
from pledger.ledger.picture import Picture
from pledger.ledger.voices import Voice
from pledger.model import Attribute, Conflict, Entity, EntityKind, Figure

__all__ = ["Beyond", "checked", "region_of", "seen"]

_FEW = 20
"""Documents that are looked at together for whether all speak of an entity: mostly the first does not."""
_AHEAD = 300
"""Documents of a region whose other voices are loaded with those of one that is asked for."""


def region_of(entity: Entity) -> str:
    """The region of an entity: equal for those that the checks look at together."""
    programme = dict(entity.attributes).get("programme")
    return f"programme {programme}" if programme else f"entity {entity.id}"


def checked(
    entities: Mapping[str, Entity], voices: Iterable[Voice], figures: Iterable[Figure], beyond: Beyond
) -> tuple[Conflict, ...]:
    """The conflicts of one region, from all its voices and figures."""
    by_id = {v.claim.id: v for v in voices}
    listed = tuple(sorted(figures, key=place))
    beyond.enter(entities, by_id.values())
    picture = Picture(entities, dict(sorted(by_id.items())), listed, beyond.members(entities), {}, beyond=beyond)
    return seen(picture)


def seen(picture: Picture) -> tuple[Conflict, ...]:
    """The conflicts of a picture that judgements leave open."""
    said = picture.beyond.work.said if isinstance(picture.beyond, Beyond) else NONE
    return standing_conflicts(conflicts(picture), said)


class Beyond:
    """What lies beyond a region, asked of the database and remembered for the run."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self._totals: dict[str, list[tuple[float, str]]] | None = None
        self._programmes: dict[str, Entity] = {}
        self._near: dict[tuple[str, float], list[Entity]] = {}
        self._documents: dict[str, frozenset[str]] = {}
        self._spoken_of: dict[str, set[str]] = {}
        self._region: Mapping[str, Entity] = {}
        self._open: set[str] = set()
        self._elsewhere: dict[str, list[Voice]] = {}

    def programmes_near(self, amount: float, currency: str) -> Iterable[Entity]:
        """Programmes whose whole amount is within 1 % of this one."""
        key = (currency, amount)
        if key not in self._near:
            ids = self._between(currency, 0.99 * amount, 1.01 * amount)
            self._programmes |= entities_by_id(self.work, [id_ for id_ in ids if id_ not in self._programmes])
            self._near[key] = [self._programmes[id_] for id_ in ids]
        return self._near[key]

    def documents_about(self, entity: str) -> frozenset[str]:
        """Ids of the documents with a claim on this entity."""
        if entity not in self._documents:
            m, c = db.mentions.c, db.claims.c
            question = (
                sa.select(c.document_id)
                .join_from(db.mentions, db.claims, c.id == m.claim_id)
                .where(m.entity_id == entity)
                .distinct()
            )
            self._documents[entity] = frozenset(r[0] for r in self.work.connection.execute(question))
        return self._documents[entity]

    def all_about(self, documents: Collection[str], entity: str) -> bool:
        """Whether each of these documents has a claim on this entity."""
        if self.work.fresh:
            return self.documents_about(entity).issuperset(documents)
        m, c = db.mentions.c, db.claims.c
        for part in chunks(sorted(documents), _FEW):
            missing = [id_ for id_ in part if id_ not in self._spoken_of]
            if missing:
                question = sa.select(c.document_id, m.entity_id).join_from(db.claims, db.mentions, c.id == m.claim_id)
                self._spoken_of |= {id_: set() for id_ in missing}
                for r in self.work.connection.execute(question.where(c.document_id.in_(missing)).distinct()):
                    self._spoken_of[r[0]].add(r[1])
            if any(entity not in self._spoken_of[id_] for id_ in part):
                return False
        return True

    def owns(self, owner: str, owned: str) -> bool:
        """Whether some report says that one owns the other, by the names that are shown."""
        f = db.figures.c
        return bool(self.work.rows((f.id,), f.slot, [f"{Attribute.OWNERSHIP}|{owner} > {owned}"]))

    def enter(self, entities: Mapping[str, Entity], voices: Iterable[Voice]) -> None:
        """Look from the region of these entities and voices from now on."""
        self._region = entities
        self._open = {v.claim.document for v in voices}
        self._elsewhere.clear()

    def elsewhere(self, document: str) -> Sequence[Voice]:
        """The voices of a document on entities outside of the region."""
        if document not in self._elsewhere:
            # The first question brings the answers for all documents of the region, some at a time.
            part = [document, *islice(self._open - self._elsewhere.keys(), _AHEAD)]
            self._elsewhere |= {id_: [] for id_ in part}
            for voice in self._voices(part):
                self._elsewhere[voice.claim.document].append(voice)
        return self._elsewhere[document]

    def _voices(self, documents: Sequence[str]) -> list[Voice]:
        m, c, e = db.mentions, db.claims.c, db.entities
        rows: list[Any] = []
        for part in chunks(documents, 900):
            question = sa.select(*m.columns).join_from(db.claims, m, m.c.claim_id == c.id)
            rows += self.work.connection.execute(question.where(c.document_id.in_(part))).all()
        rows = [r for r in rows if r[1] not in self._region]
        known = {r.id: entity_of(r) for r in self.work.rows(tuple(e.columns), e.c.id, {r[1] for r in rows})}
        return voices_of(self.work, rows, known)

    def members(self, entities: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
        """Of the batches among these, by id, the projects that some document names beside each."""
        m = own.members.c
        tranches = [id_ for id_, e in entities.items() if e.kind is EntityKind.TRANCHE]
        found: dict[str, set[str]] = defaultdict(set)
        for r in self.work.rows((m.tranche_id, m.project_id), m.tranche_id, tranches):
            found[r[0]].add(r[1])
        return {tranche: tuple(sorted(ids)) for tranche, ids in sorted(found.items())}

    def _between(self, currency: str, least: float, most: float) -> list[str]:
        """Ids of the programmes with a whole amount from `least` to `most`, by amount."""
        t = own.totals.c
        if not self.work.fresh:
            near = sa.select(t.amount, t.entity_id).where(t.currency == currency, t.amount.between(least, most))
            return [r[1] for r in sorted(map(tuple, self.work.connection.execute(near)))]
        if self._totals is None:  # A run that checks everything asks too often for a question each.
            found: dict[str, list[tuple[float, str]]] = defaultdict(list)
            for r in self.work.all(t.currency, t.amount, t.entity_id):
                found[r[0]].append((r[1], r[2]))
            self._totals = {key: sorted(its) for key, its in found.items()}
        known = self._totals.get(currency, [])
        return [id_ for amount, id_ in known[bisect_left(known, (least, "")) :] if amount <= most]
