"""The picture: all that the ledger makes of its claims as of a date, before it is stored. What the checks look at."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from pledger.ledger.explain import point
from pledger.ledger.fit import Unsure
from pledger.ledger.rates import restated
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.model import Attribute, Conflict, Entity, EntityKind, Figure, Money, Side

__all__ = ["Beyond", "Picture"]


class Beyond(Protocol):
    """What a picture of some entities only knows of all the others. Checks ask it through the picture alone."""

    def programmes_near(self, amount: float, currency: str) -> Iterable[Entity]:
        """Programmes whose whole amount is within 1 % of this one."""

    def all_about(self, documents: Collection[str], entity: str) -> bool:
        """Whether each of these documents has a claim on this entity."""

    def owns(self, owner: str, owned: str) -> bool:
        """Whether some report says that one owns the other, by the names that are shown."""

    def elsewhere(self, document: str) -> Sequence[Voice]:
        """The voices of a document on entities outside of the picture."""


@dataclass(frozen=True)
class Picture:
    """Entities, the voices on them and the figures made of these; conflicts once the checks have run."""

    entities: Mapping[str, Entity]
    voices: Mapping[str, Voice]
    """By claim id."""
    figures: tuple[Figure, ...]
    members: Mapping[str, tuple[str, ...]]
    """Tranche id to the ids of its projects."""
    echoes: Mapping[str, str]
    """Id of a copy to the id of the document that it copies."""
    unsure: tuple[Unsure, ...] = ()
    """Mentions of projects that more than one project fits; kept apart until somebody judges."""
    conflicts: tuple[Conflict, ...] = ()
    beyond: Beyond | None = None
    """Where only some entities are looked at: what is known of the others."""
    memory: dict[str, list[Any]] = field(default_factory=dict, compare=False, repr=False)
    """What one check found out that others ask for too, by the name of what it is."""

    def totals_near(self, amount: float, currency: str, programme: str | None = None) -> Iterator[Entity]:
        """Those whose whole amount is within 1 % of this one: the programme with this key, its batches and projects;
        without a key all programmes."""
        if programme is None and self.beyond is not None:
            yield from self.beyond.programmes_near(amount, currency)
            return
        known = self._totals.get((programme, currency), [])
        for total, entity_id in known[bisect_left(known, (0.99 * amount, "")) :]:
            if total > 1.01 * amount:
                return
            yield self.entities[entity_id]

    @cached_property
    def _totals(self) -> dict[tuple[str | None, str], list[tuple[float, str]]]:
        """Whole amounts and whose they are, the smallest first, by programme and currency; programmes also by None."""
        found: dict[tuple[str | None, str], list[tuple[float, str]]] = defaultdict(list)
        for figure in self.figures:
            value, entity = figure.value, figure.entity
            if figure.qualifier != "total" or not isinstance(value, Money) or entity.kind not in PLEDGERS:
                continue
            amount, programme = point(value), dict(entity.attributes).get("programme")
            if amount is not None and programme is not None:
                found[programme, value.currency].append((amount, entity.id))
            if amount is not None and entity.kind is EntityKind.PROGRAMME:
                found[None, value.currency].append((amount, entity.id))
        return {key: sorted(its) for key, its in found.items()}

    def of(self, side: Side) -> list[Voice]:
        """The voices of a side, in the order of its claims."""
        return [self.voices[claim] for claim in side.claims]

    def about(self, attribute: Attribute, entity: str) -> list[Voice]:
        """All voices on one attribute of this entity, by document and place."""
        return self._about.get((entity, attribute), [])

    def on(self, attribute: Attribute) -> list[Voice]:
        """All voices on one attribute, by claim id."""
        return [v for v in self.voices.values() if v.claim.attribute is attribute]

    def of_scope(self, scope: str) -> list[Voice]:
        """All voices whose amount is of this scope, by claim id."""
        return [v for v in self.voices.values() if v.claim.scope == scope]

    def restatements(self) -> list[Voice]:
        """All voices whose amount restates another one in a second currency, by claim id."""
        its = ((v, v.claim.value) for v in self.voices.values())
        return [v for v, value in its if isinstance(value, Money) and value.converts is not None]

    def told(self, document: str, entity: str) -> list[Voice]:
        """The voices of one document on one entity, in the order of the text."""
        return self._told.get((document, entity), [])

    @cached_property
    def _told(self) -> dict[tuple[str, str], list[Voice]]:
        found: dict[tuple[str, str], list[Voice]] = defaultdict(list)
        for voice in sorted(self.voices.values(), key=lambda v: (v.claim.span, v.claim.id)):
            found[voice.claim.document, voice.entity.id].append(voice)
        return found

    def here(self, document: str) -> Sequence[Voice]:
        """The voices of a document on the entities of this picture, in the order of the text."""
        return self._by_document.get(document, [])

    def document(self, document: str) -> list[Voice]:
        """All voices of a document, whatever they are about, in the order of the text: checks look beyond their own
        entities only here, in `all_about`, in `owns` and in `totals_near`."""
        own = self._by_document.get(document, [])
        other = self.beyond.elsewhere(document) if self.beyond is not None else ()
        return sorted((*own, *other), key=lambda v: (v.claim.span, v.claim.id)) if other else own

    @cached_property
    def _by_document(self) -> dict[str, list[Voice]]:
        found: dict[str, list[Voice]] = defaultdict(list)
        for voice in sorted(self.voices.values(), key=lambda v: (v.claim.span, v.claim.id)):
            found[voice.claim.document].append(voice)
        return found

    def own_rate(self, document: str, currency: str) -> float | None:
        """The units to a dollar by which a report itself restates a sum, in the first place where it does."""
        return restated(self.document(document)).get((document, currency))

    def amounts(self, documents: Iterable[str]) -> dict[str, list[Voice]]:
        """By document its voices with an amount on the entities of this picture, in the order of the text."""
        wanted = dict.fromkeys(documents)
        return {id_: [v for v in self.here(id_) if isinstance(v.claim.value, Money)] for id_ in wanted}

    def beside(self, voice: Voice) -> list[Voice]:
        """All voices of the sentence of a voice, in the order of the text."""
        claim = voice.claim
        return [v for v in self.document(claim.document) if v.claim.sentence.start == claim.sentence.start]

    def figures_on(self, entity: str, attribute: Attribute) -> list[Figure]:
        """All figures of an entity on one attribute."""
        return [f for f in self._by_entity.get(entity, []) if f.attribute is attribute]

    @cached_property
    def _by_entity(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.entity.id].append(figure)
        return found

    def figure(self, entity: str, attribute: Attribute, qualifier: str) -> Figure | None:
        """The figure of this entity, attribute and qualifier."""
        return self._figures.get((entity, attribute, qualifier))

    def all_about(self, documents: Collection[str], entity: str) -> bool:
        """Whether each of these documents has a claim on this entity."""
        if self.beyond is not None and entity not in self._documents:
            return self.beyond.all_about(documents, entity)
        return self._documents.get(entity, frozenset()).issuperset(documents)

    def owns(self, owner: str, owned: str) -> bool:
        """Whether some report says that one owns the other, by the names that are shown."""
        if self.beyond is not None:
            return self.beyond.owns(owner, owned)
        return f"{owner} > {owned}" in self._ownerships

    @cached_property
    def _ownerships(self) -> frozenset[str]:
        return frozenset(f.qualifier for f in self.figures if f.attribute is Attribute.OWNERSHIP)

    @cached_property
    def _about(self) -> dict[tuple[str, Attribute], list[Voice]]:
        found: dict[tuple[str, Attribute], list[Voice]] = defaultdict(list)
        for voice in sorted(self.voices.values(), key=lambda v: (v.claim.document, v.claim.span, v.claim.id)):
            found[voice.entity.id, voice.claim.attribute].append(voice)
        return found

    @cached_property
    def programmes(self) -> dict[str, Entity]:
        """The programmes by their keys (`JP>US`)."""
        found = (e for e in self.entities.values() if e.kind is EntityKind.PROGRAMME)
        return {key: e for e in found if (key := dict(e.attributes).get("programme"))}

    @cached_property
    def _figures(self) -> dict[tuple[str, str, str], Figure]:
        return {(f.entity.id, f.attribute, f.qualifier): f for f in self.figures}

    @cached_property
    def _documents(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for voice in self.voices.values():
            found[voice.entity.id].add(voice.claim.document)
        return {entity: frozenset(ids) for entity, ids in found.items()}
