"""What the ledger tells of one programme's projects, gathered as far as a plan needs it.

Projects count one by one: a batch ("the first three") is a sum of them and never counts beside them. A project whose
every mention fits several other projects ("a copper project", which may be the smelter) may be one of those and is
marked so, that it is not counted twice.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pledger.ledger import Ledger
from pledger.ledger.distributions import Belief, Categories
from pledger.ledger.figures import TOTAL
from pledger.model import (
    Attribute,
    Claim,
    DateValue,
    Document,
    Entity,
    EntityKind,
    Figure,
    Money,
    Party,
    Stage,
    StageValue,
    Text,
)
from pledger.vehicle.words import Source

__all__ = ["Batch", "Programme", "Told", "gathered"]

_Seen = tuple[str, str | None, str | None, bool]
"""A mention: its document, kind and place, and whether it names a sponsor."""
_MOST_SOURCES = 5
"""Documents that are listed behind an input; `pledger why` has all."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one project."""

    entity: Entity
    amount: Figure | None = None
    """What it costs in all."""
    cost: Belief | None = None
    """The belief about it, in the currency of the figure."""
    stage: Figure | None = None
    ahead: Categories | None = None
    """How far it comes, by what is said of its stage."""
    dates: Mapping[str, tuple[Figure, Belief]] = field(default_factory=dict)
    """By event."""
    kinds: tuple[str, ...] = ()
    """What it is, the best supported first: keys of the lexicon of kinds, and words of reports."""
    sectors: tuple[str, ...] = ()
    """Words of reports for its sector."""
    sponsors: tuple[str, ...] = ()
    batch: Entity | None = None
    """The batch that most of the reports on it speak of."""
    stage_report: dt.date | None = None
    """Day of the first report that puts it at its stage."""
    first_report: dt.date | None = None
    part_only: bool = False
    """Whether amounts of parts of it are told, and none of the whole."""
    may_be: tuple[str, ...] = ()
    """Names of other projects that every mention of it fits as well."""

    @property
    def rung(self) -> Stage | None:
        """The stage that the ledger holds for it."""
        value = self.stage.value if self.stage is not None else None
        return value.stage if isinstance(value, StageValue) else None


@dataclass(frozen=True, slots=True)
class Batch:
    """What is told of a batch."""

    entity: Entity
    amount: Figure | None
    dates: Mapping[str, tuple[Figure, Belief]]
    documents: frozenset[str]
    """Those that speak of it."""


@dataclass(frozen=True, slots=True)
class Programme:
    """What is told of a programme."""

    key: str
    entity: Entity | None
    figures: tuple[Figure, ...]
    """Of the programme itself."""
    beliefs: Mapping[str, Belief | Categories]
    projects: tuple[Told, ...]
    """By name."""
    batches: tuple[Batch, ...]
    """Sums of projects."""
    last_report: dt.date | None
    """Day of the ledger's latest report."""
    _claims: Mapping[str, Claim]
    _documents: Mapping[str, Document]

    def sources(self, figure: Figure) -> tuple[Source, ...]:
        """The documents behind a figure, those of the weightiest origins first."""
        # What was overtaken weighs nothing; it counts where nothing else is left.
        sides = [side for side in figure.sides if side.weight > 0] or figure.sides
        origins = sorted((o for side in sides for o in side.origins), key=lambda o: (-o.weight, o.name))
        found: dict[str, Source] = {}
        for origin in origins:
            for claim in origin.claims:
                document = self._documents.get(self._claims[claim].document) if claim in self._claims else None
                if document is not None:
                    day = document.reported_on
                    where = document.url or ", ".join(filter(None, (document.publisher, document.title)))
                    found.setdefault(document.id, Source(where or document.path, day.year if day else None))
        return tuple(found.values())[:_MOST_SOURCES]


def gathered(
    ledger: Ledger, programme: str, as_of: dt.date | None = None, known_on: dt.date | None = None
) -> Programme:
    """What the ledger tells of the programme with this key (`JP>US`; empty: of what has none), as of these days."""
    its = [f for f in ledger.figures(as_of, known_on) if dict(f.entity.attributes).get("programme", "") == programme]
    claims = {c.id: c for c in ledger.claims(as_of, known_on)}
    documents = {d.id: d for d in ledger.documents(as_of, known_on)}
    beliefs, prospects = ledger.beliefs(as_of, known_on), ledger.prospects(as_of, known_on)
    by_entity: dict[str, list[Figure]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    for figure in its:
        by_entity[figure.entity.id].append(figure)
        entities[figure.entity.id] = figure.entity
    in_order = sorted(entities.values(), key=lambda e: (e.name, e.id))
    programmes = [e for e in in_order if e.kind is EntityKind.PROGRAMME]
    days = {key: d.reported_on for key, d in documents.items() if d.reported_on is not None}
    doubtful: dict[_Seen, tuple[str, ...]] = {
        (u.sighting.document, u.sighting.kind, u.sighting.place, bool(u.sighting.sponsors)): tuple(
            sorted({c.text for c in u.candidates})
        )
        for u in ledger.unsure(as_of, known_on)
    }
    batches = tuple(
        Batch(e, _total(by_entity[e.id]), _dates(by_entity[e.id], beliefs), _documents(by_entity[e.id], claims))
        for e in in_order
        if e.kind is EntityKind.TRANCHE
    )
    return Programme(
        programme,
        programmes[0] if programmes else None,
        tuple(f for e in programmes for f in by_entity[e.id]),
        beliefs,
        tuple(
            _told(e, by_entity[e.id], beliefs, prospects, claims, days, doubtful, batches)
            for e in in_order
            if e.kind is EntityKind.PROJECT
        ),
        batches,
        max(days.values(), default=None),
        claims,
        documents,
    )


def _total(figures: Sequence[Figure]) -> Figure | None:
    of_all = (f for f in figures if f.attribute is Attribute.AMOUNT and f.qualifier == TOTAL)
    return next((f for f in of_all if isinstance(f.value, Money)), None)


def _dates(figures: Sequence[Figure], beliefs: Mapping[str, Belief | Categories]) -> dict[str, tuple[Figure, Belief]]:
    found = {}
    for figure in figures:
        held = beliefs.get(figure.id)
        if isinstance(figure.value, DateValue) and isinstance(held, Belief) and figure.value.event == figure.qualifier:
            found[figure.value.event] = (figure, held)
    return found


def _documents(figures: Sequence[Figure], claims: Mapping[str, Claim]) -> frozenset[str]:
    return frozenset(claims[c].document for f in figures for side in f.sides for c in side.claims if c in claims)


def _batch(told_in: frozenset[str], batches: Sequence[Batch]) -> Entity | None:
    """The batch that most of a project's documents speak of; None where there is none, or two are as good."""
    shared = sorted(((len(told_in & b.documents), b.entity.id, b) for b in batches), key=lambda s: (-s[0], s[1]))
    if not shared or not shared[0][0] or (len(shared) > 1 and shared[0][0] == shared[1][0]):
        return None
    return shared[0][2].entity


def _told(
    entity: Entity,
    figures: Sequence[Figure],
    beliefs: Mapping[str, Belief | Categories],
    prospects: Mapping[str, Categories],
    claims: Mapping[str, Claim],
    days: Mapping[str, dt.date],
    doubtful: Mapping[_Seen, tuple[str, ...]],
    batches: Sequence[Batch],
) -> Told:
    amount = _total(figures)
    cost = beliefs.get(amount.id) if amount is not None else None
    stage = next((f for f in figures if f.attribute is Attribute.STAGE and isinstance(f.value, StageValue)), None)
    own = dict(entity.attributes)
    kinds = [f for f in figures if f.attribute is Attribute.KIND and not f.qualifier and isinstance(f.value, Text)]
    words = [side.value.text for f in kinds for side in f.sides if isinstance(side.value, Text) and side.weight > 0]
    sponsors = [f.value.name for f in figures if isinstance(f.value, Party) and f.value.role == "sponsor"]
    told_in = _documents(figures, claims)
    kind, place, sponsored = own.get("project_kind"), own.get("place"), "sponsor" in own
    fits = [doubtful.get((document, kind, place, sponsored)) for document in sorted(told_in)]
    leading = [claims[c].document for c in stage.sides[0].claims if c in claims] if stage is not None else []
    return Told(
        entity=entity,
        amount=amount,
        cost=cost if isinstance(cost, Belief) else None,
        stage=stage,
        ahead=prospects.get(stage.id) if stage is not None else None,
        dates=_dates(figures, beliefs),
        kinds=tuple(dict.fromkeys([*filter(None, [kind]), *words])),
        sectors=tuple(f.value.text for f in figures if f.attribute is Attribute.SECTOR and isinstance(f.value, Text)),
        sponsors=tuple(dict.fromkeys(sponsors)),
        batch=_batch(told_in, batches),
        stage_report=min((days[d] for d in leading if d in days), default=None),
        first_report=min((days[d] for d in told_in if d in days), default=None),
        part_only=amount is None and any(f.attribute is Attribute.AMOUNT for f in figures),
        may_be=tuple(dict.fromkeys(n for its in fits if its for n in its)) if fits and all(fits) else (),
    )
