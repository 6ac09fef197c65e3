"""A region looked at through a lens: all of it can be asked for, but only what is asked for is loaded.

After one more document most of a region is as it was. The checks run on a picture whose list of figures holds only
those that are `listed`, by entity and attribute. Whatever else a check looks up is brought from the tables. See `units`
for what has to be listed so that no conflict is missed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.engine.loaded import Loaded, figures_by_entity
from pledger.ledger.engine.units import Units
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.explain import point
from pledger.ledger.figures import place
from pledger.ledger.picture import Beyond, Picture
from pledger.ledger.serial import value_of
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.model import Attribute, Entity, Figure, Modality, Money, Outlook, Side

__all__ = ["Lens", "lens"]

_AHEAD = 200
"""Sentences that are loaded with one that is asked for."""


class Lens(Picture):
    """A picture of a region that loads what it is asked for."""

    def look(self, work: Work) -> None:
        """Look at the tables of this run."""
        object.__setattr__(self, "_work", work)
        for name in ("documents", "sentences", "told", "figures"):
            object.__setattr__(self, f"_{name}_held", {})

    @property
    def _tables(self) -> Work:
        work: Work = self.__dict__["_work"]
        return work

    @property
    def _lazy(self) -> Loaded:
        voices = self.voices
        if not isinstance(voices, Loaded):
            raise TypeError("a lens needs voices that can be loaded")
        return voices

    def of(self, side: Side) -> list[Voice]:
        """The voices of a side, in the order of its claims."""
        self._lazy.load(side.claims)
        return super().of(side)

    def on(self, attribute: Attribute) -> list[Voice]:
        """All voices on one attribute of those of whom figures on it are listed, by claim id; of the projects of listed
        batches also those that deny a stage, since nothing else that is said of these counts for the batch."""
        found = self._where(attribute)
        if attribute is Attribute.STAGE:
            its = {id_ for id_, attributes in self._listed.items() if attribute in attributes}
            parts = {p for t in its for p in self.members.get(t, ()) if p in self.entities} - its
            c = db.claims.c
            denying = sa.or_(c.modality == str(Modality.DENIED), c.outlook == str(Outlook.NOT_YET))
            found = sorted([*found, *self._where(attribute, denying, entities=parts)], key=lambda v: v.claim.id)
        return found

    def of_scope(self, scope: str) -> list[Voice]:
        """All voices whose amount is of this scope, of those of whom amounts are listed, by claim id: what they
        disagree in is their entity's."""
        return self._where(Attribute.AMOUNT, db.claims.c.scope == scope)

    def restatements(self) -> list[Voice]:
        """All voices whose amount restates another one, of those of whom amounts are listed, by claim id."""
        return self._where(Attribute.AMOUNT, db.claims.c.converts_start.is_not(None))

    def about(self, attribute: Attribute, entity: str) -> list[Voice]:
        """All voices on one attribute of this entity, by document and place."""
        found = self._where(attribute, entities=[entity])
        return sorted(found, key=lambda v: (v.claim.document, v.claim.span, v.claim.id))

    def beside(self, voice: Voice) -> list[Voice]:
        """All voices of the sentence of a voice, in the order of the text."""
        held: dict[tuple[str, int], list[Voice]] = self.__dict__["_sentences_held"]
        place_ = _sentence(voice)
        if place_ not in held:
            # A check that asks for the sentence of one voice goes on to others of its kind.
            alike = (v for v in self._lazy.held.values() if v.claim.attribute is voice.claim.attribute)
            near = {_sentence(v) for v in alike} - held.keys() - {place_}
            self._load_sentences([place_, *sorted(near)[:_AHEAD]], held)
        return held[place_]

    def _load_sentences(self, places: list[tuple[str, int]], held: dict[tuple[str, int], list[Voice]]) -> None:
        c = db.claims.c
        held |= {place_: [] for place_ in places}
        for part in chunks(places, 400):
            question = sa.select(*db.mentions.columns, c.document_id, c.sentence_start).join_from(
                db.claims, db.mentions, db.mentions.c.claim_id == c.id
            )
            question = question.where(
                c.document_id.in_({document for document, _ in part}),
                c.sentence_start.in_({start for _, start in part}),
            )
            wanted = set(part)
            rows = [r[:-2] for r in self._tables.connection.execute(question) if (r[-2], r[-1]) in wanted]
            for voice in self._lazy.take(rows):
                held[_sentence(voice)].append(voice)
        for place_ in places:
            held[place_].sort(key=lambda v: (v.claim.span, v.claim.id))

    def told(self, document: str, entity: str) -> list[Voice]:
        """The voices of one document on one entity, in the order of the text."""
        held: dict[tuple[str, str], list[Voice]] = self.__dict__["_told_held"]
        if (document, entity) not in held:
            # A check that asks for one document goes on to others that speak of the entity.
            near = {v.claim.document for v in self._lazy.held.values() if v.entity.id == entity}
            near = {d for d in near if (d, entity) not in held and d != document}
            self._load_told([document, *sorted(near)[:_AHEAD]], entity, held)
        return held[document, entity]

    def _load_told(self, documents: list[str], entity: str, held: dict[tuple[str, str], list[Voice]]) -> None:
        m, c = db.mentions.c, db.claims.c
        held |= {(document, entity): [] for document in documents}
        question = sa.select(*db.mentions.columns).join_from(db.claims, db.mentions, m.claim_id == c.id)
        question = question.where(c.document_id.in_(documents), m.entity_id == entity)
        for voice in self._lazy.take(self._tables.connection.execute(question)):
            held[voice.claim.document, entity].append(voice)
        for document in documents:
            held[document, entity].sort(key=lambda v: (v.claim.span, v.claim.id))

    def document(self, document: str) -> list[Voice]:
        """All voices of a document, in the order of the text."""
        held: dict[str, list[Voice]] = self.__dict__["_documents_held"]
        if document not in held:
            self._load_documents([document], held)
        return held[document]

    def amounts(self, documents: Iterable[str]) -> dict[str, list[Voice]]:
        """By document its voices with an amount on the entities of this picture."""
        held: dict[str, list[Voice]] = {}
        self._load_documents(sorted(set(documents)), held, db.claims.c.value_type == "money")
        return {id_: [v for v in its if v.entity.id in self.entities] for id_, its in held.items()}

    def here(self, document: str) -> list[Voice]:
        """The voices of a document on the entities of this picture, in the order of the text."""
        return [v for v in self.document(document) if v.entity.id in self.entities]

    def _load_documents(self, documents: list[str], held: dict[str, list[Voice]], *where: Any) -> None:
        c = db.claims.c
        held |= {id_: [] for id_ in documents}
        for part in chunks(documents, 900):
            question = sa.select(*db.mentions.columns).join_from(db.claims, db.mentions, db.mentions.c.claim_id == c.id)
            for voice in self._lazy.take(
                self._tables.connection.execute(question.where(c.document_id.in_(part), *where))
            ):
                held[voice.claim.document].append(voice)
        for id_ in documents:
            held[id_].sort(key=lambda v: (v.claim.span, v.claim.id))

    def figures_on(self, entity: str, attribute: Attribute) -> list[Figure]:
        """All figures of an entity on one attribute."""
        if entity not in self.entities or attribute in self._listed.get(entity, ()):
            return super().figures_on(entity, attribute)
        held: dict[tuple[str, Attribute], list[Figure]] = self.__dict__["_figures_held"]
        if (entity, attribute) not in held:
            where = db.figures.c.attribute == str(attribute)
            found = figures_by_entity(self._tables, {entity: self.entities[entity]}, where)
            held[entity, attribute] = sorted(found, key=place)
        return held[entity, attribute]

    def figure(self, entity: str, attribute: Attribute, qualifier: str) -> Figure | None:
        """The figure of this entity, attribute and qualifier."""
        if entity not in self.entities or attribute in self._listed.get(entity, ()):
            return super().figure(entity, attribute, qualifier)
        return next((f for f in self.figures_on(entity, attribute) if f.qualifier == qualifier), None)

    def all_about(self, documents: Collection[str], entity: str) -> bool:
        """Whether each of these documents has a claim on this entity."""
        return self.beyond is not None and self.beyond.all_about(documents, entity)

    @property
    def _listed(self) -> Units:
        units: Units = self.__dict__["_units"]
        return units

    @property
    def _totals(self) -> dict[tuple[str | None, str], list[tuple[float, str]]]:
        if "_totals_held" not in self.__dict__:
            f = db.figures.c
            found: dict[tuple[str | None, str], list[tuple[float, str]]] = defaultdict(list)
            pledgers = [id_ for id_, e in self.entities.items() if e.kind in PLEDGERS]
            for r in self._tables.rows(
                tuple(db.figures.columns), f.entity_id, pledgers, f.qualifier_of_figure == "total"
            ):
                value = value_of(dict(r._mapping))
                amount = point(value)
                programme = dict(self.entities[r.entity_id].attributes).get("programme")
                if isinstance(value, Money) and amount is not None and programme is not None:
                    found[programme, value.currency].append((amount, r.entity_id))
            object.__setattr__(self, "_totals_held", {key: sorted(its) for key, its in found.items()})
        held: dict[tuple[str | None, str], list[tuple[float, str]]] = self.__dict__["_totals_held"]
        return held

    def _where(self, attribute: Attribute, *where: Any, entities: Iterable[str] | None = None) -> list[Voice]:
        """The voices on an attribute, by claim id; without `entities` those of whom figures on it are listed."""
        m = db.mentions.c
        if entities is None:
            entities = [id_ for id_, its in self._listed.items() if attribute in its]
        rows: list[Any] = []
        for part in chunks(sorted(entities), 900):
            question = sa.select(*db.mentions.columns).where(m.entity_id.in_(part), m.slot.startswith(f"{attribute}|"))
            if where:
                question = question.join_from(db.mentions, db.claims, db.claims.c.id == m.claim_id).where(*where)
            rows += self._tables.connection.execute(question).all()
        return sorted(self._lazy.take(rows), key=lambda v: v.claim.id)


def _sentence(voice: Voice) -> tuple[str, int]:
    return voice.claim.document, voice.claim.sentence.start


def lens(
    work: Work,
    entities: Mapping[str, Entity],
    listed: Units,
    members: Mapping[str, tuple[str, ...]],
    beyond: Beyond,
    known: Mapping[str, Voice],
) -> Lens:
    """A picture of the region of these entities, with the listed figures. `known`: voices at hand, by claim."""
    seen = {id_: entities[id_] for id_ in listed}
    attributes = {str(a) for its in listed.values() for a in its}
    figures = figures_by_entity(work, seen, db.figures.c.attribute.in_(sorted(attributes)), listed=listed)
    voices = Loaded(work, entities, known)
    voices.load(c for f in figures for side in f.sides for c in side.claims)
    found = Lens(entities, voices, tuple(sorted(figures, key=place)), members, {}, beyond=beyond)
    found.look(work)
    object.__setattr__(found, "_units", listed)
    return found
