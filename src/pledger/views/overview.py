"""What the ledger says, arranged as the summary, the tables and the report show it: programmes with their projects.

Sums are made here and nowhere else in the views, so that each can name the figures that it adds up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pledger.ledger.agree import in_dollars
from pledger.ledger.paging import WHOLE
from pledger.ledger.rollup import counted_elsewhere
from pledger.model import (
    Attribute,
    Claim,
    Conflict,
    ConflictKind,
    Document,
    Entity,
    EntityKind,
    Figure,
    Money,
    Qualifier,
    Stage,
    StageValue,
    Standing,
)
from pledger.views.wording import say

if TYPE_CHECKING:
    from pledger.ledger import Ledger

__all__ = ["Overview", "Programme", "Project", "Rung", "about", "attribute_of", "origins", "overview", "programme_of",
           "project_of"]  # fmt: skip

LADDER = (Stage.CANDIDATE, Stage.PLEDGED, Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED)
"""The rungs in their order; suspended and cancelled projects stand beside it."""
_DRAWN = ("drawn", "disbursed", "paid")


@dataclass(frozen=True, slots=True)
class Project:
    """A project (or tranche) with the figures that are shown first."""

    entity: Entity
    figures: tuple[Figure, ...]
    stage: Figure | None
    amount: Figure | None
    sponsors: tuple[Figure, ...]
    place: str
    kind: str

    @property
    def rung(self) -> Stage | None:
        """The stage of its stage figure; None where no stage is reported."""
        return self.stage.value.stage if self.stage and isinstance(self.stage.value, StageValue) else None

    @property
    def standing(self) -> Standing:
        """The worst standing among stage and amount: a project is as sure as its least sure of the two."""
        order = (Standing.UNSUPPORTED, Standing.CONTESTED, Standing.SINGLE_SOURCE, Standing.AGREED)
        held = [f.standing for f in (self.stage, self.amount) if f] or [f.standing for f in self.figures]
        return min(held, key=order.index, default=Standing.UNSUPPORTED)

    @property
    def least_sure(self) -> str:
        """Which of the two the standing is of, where the other one stands better: ` stage`, ` amount`, else nothing."""
        if self.stage is None or self.amount is None or self.stage.standing is self.amount.standing:
            return ""
        return " stage" if self.stage.standing is self.standing else " amount"


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of a programme's ladder: the money that is reported to have come at least this far."""

    key: str
    label: str
    amount: Money | None
    """None where nothing is reported."""
    figures: tuple[Figure, ...]
    """The figures whose sum it is; one for a reported amount."""
    without: int = 0
    """Projects on this rung whose amount is not reported in the programme's currency."""


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme with its ceiling, its projects and its tranches."""

    entity: Entity
    figures: tuple[Figure, ...]
    ceiling: Figure | None
    projects: tuple[Project, ...]
    tranches: tuple[Project, ...]
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole ledger as of a date, arranged for showing."""

    programmes: tuple[Programme, ...]
    others: tuple[Project, ...]
    """Projects that no text puts under a programme."""
    figures: tuple[Figure, ...]
    contested: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]
    """Updates are not errors: they are kept apart."""
    updates: tuple[Conflict, ...]
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    as_of: dt.date | None
    """By what had been reported then; None: by all that there is."""
    known_on: dt.date | None

    @property
    def projects(self) -> tuple[Project, ...]:
        """All projects, those of the largest programme first."""
        return (*(p for programme in self.programmes for p in programme.projects), *self.others)


def attribute_of(entity: Entity, *names: str) -> str | None:
    """The first of the entity's identifying attributes that has one of these names."""
    held = dict(entity.attributes)
    return next((held[name] for name in names if held.get(name)), None)


def about(entity: Entity, name: str | None) -> bool:
    """Whether `name` (None: anything) is the entity's id, or in one of its names, whatever the case."""
    if name is None or name == entity.id:
        return True
    return any(name.casefold() in known.casefold() for known in (entity.name, *entity.aliases))


def origins(figures: Iterable[Figure], leading: bool = False) -> tuple[str, ...]:
    """Names of the independent origins behind figures, each once, in order; `leading`: of their values only."""
    sides = (side for f in figures for side in (f.sides[:1] if leading else f.sides))
    return tuple(dict.fromkeys(origin.name for side in sides for origin in side.origins))


def overview(ledger: Ledger, as_of: dt.date | None = None) -> Overview:
    """Everything that is shown of a ledger, as it was reported by `as_of` (None: as the ledger is asked, see `at`)."""
    ledger = ledger.at(as_of=as_of)
    figures = tuple(ledger.figures())
    entities = {e.id: e for e in ledger.entities()}
    entities |= {f.entity.id: f.entity for f in figures}
    held: dict[str, list[Figure]] = {}
    for figure in figures:
        held.setdefault(figure.entity.id, []).append(figure)
    of = {id_: tuple(found) for id_, found in held.items()}
    kinds = {kind: [e for e in entities.values() if e.kind is kind] for kind in EntityKind}
    projects = [project_of(e, of.get(e.id, ())) for e in kinds[EntityKind.PROJECT]]
    tranches = [project_of(e, of.get(e.id, ())) for e in kinds[EntityKind.TRANCHE]]
    programmes = [programme_of(e, of.get(e.id, ()), projects, tranches) for e in kinds[EntityKind.PROGRAMME]]
    programmes.sort(key=lambda p: (-len(p.projects), -_documents(p.figures), -_size(p.ceiling), p.entity.name))
    taken = {p.entity.id for programme in programmes for p in programme.projects}
    conflicts = tuple(ledger.conflicts())
    return Overview(
        programmes=tuple(programmes),
        others=tuple(_sorted(p for p in projects if p.entity.id not in taken)),
        figures=figures,
        contested=tuple(sorted((f for f in figures if f.standing is Standing.CONTESTED), key=_interest)),
        conflicts=tuple(c for c in conflicts if c.kind is not ConflictKind.UPDATE),
        updates=tuple(c for c in conflicts if c.kind is ConflictKind.UPDATE),
        documents=tuple(ledger.documents()),
        claims=tuple(ledger.claims()),
        as_of=ledger.moment.as_of,
        known_on=ledger.moment.known_on,
    )


def _interest(figure: Figure) -> tuple[bool, int, int]:
    """What is shown first: pledges before markets, and where many origins differ before where few do."""
    kinds = (EntityKind.PROGRAMME, EntityKind.TRANCHE, EntityKind.PROJECT)
    order = kinds.index(figure.entity.kind) if figure.entity.kind in kinds else len(kinds)
    return order == len(kinds), -len(origins([figure])), order


def project_of(entity: Entity, figures: tuple[Figure, ...]) -> Project:
    """A project with its figures, those that are shown first picked out."""
    place = next((f for f in figures if f.attribute is Attribute.LOCATION), None)
    return Project(
        entity=entity,
        figures=figures,
        stage=next((f for f in figures if f.attribute is Attribute.STAGE), None),
        amount=_amount(figures, WHOLE),
        sponsors=tuple(f for f in figures if f.attribute is Attribute.PARTY and scope(f) == "sponsor"),
        place=attribute_of(entity, "place") or (say(place.value) if place else ""),
        kind=attribute_of(entity, "project_kind", "kind") or "",
    )


def _amount(figures: Sequence[Figure], scopes: Sequence[str]) -> Figure | None:
    """The amount figure of the first scope that there is, best supported first."""
    amounts = [
        f for f in figures if f.attribute is Attribute.AMOUNT and isinstance(f.value, Money) and not f.value.period
    ]
    amounts = [f for f in amounts if scope(f) in scopes]
    return min(amounts, key=lambda f: (scopes.index(scope(f)), -len(origins([f], leading=True)), f.id), default=None)


def scope(figure: Figure) -> str:
    """What a figure's qualifier starts with: the role of `sponsor: Example Corp`, the scope of `part: $36bn`."""
    return figure.qualifier.partition(":")[0].strip()


def programme_of(
    entity: Entity, figures: tuple[Figure, ...], projects: Sequence[Project], tranches: Sequence[Project]
) -> Programme:
    """A programme with those of the projects and tranches that belong to it, and its ladder."""
    keys = {entity.id, entity.name, attribute_of(entity, "key", "programme") or ""}
    keys.add(f"{attribute_of(entity, 'investor')}>{attribute_of(entity, 'host')}")
    mine = _sorted(p for p in projects if (attribute_of(p.entity, "programme") or "?") in keys)
    batches = sorted(
        (t for t in tranches if (attribute_of(t.entity, "programme") or "?") in keys),
        key=lambda t: (attribute_of(t.entity, "ordinal") or "9", t.entity.name),
    )
    ceiling = _amount(figures, WHOLE)
    return Programme(entity, figures, ceiling, tuple(mine), tuple(batches), _rungs(figures, ceiling, mine, batches))


def _rungs(
    figures: tuple[Figure, ...], ceiling: Figure | None, projects: Sequence[Project], batches: Sequence[Project]
) -> tuple[Rung, ...]:
    """Pledged, named, selected, committed, under way, drawn: each holds what has come at least that far.

    A project whose sum is counted elsewhere (see `rollup`) is counted there.
    """
    amounts = [t.amount.value for t in batches if t.amount]
    whole = ceiling.value if ceiling else None
    elsewhere = counted_elsewhere((p.amount for p in projects if p.amount), whole, amounts)
    projects = [p for p in projects if p.entity.id not in elsewhere]
    currency = ceiling.value.currency if ceiling and isinstance(ceiling.value, Money) else "USD"
    pledge = ceiling.value if ceiling and isinstance(ceiling.value, Money) else None
    rungs = [Rung("ceiling", "Pledged", pledge, (ceiling,) if ceiling else ())]
    steps = (
        ("candidate", "Named in projects", Stage.CANDIDATE),
        ("pledged", "Selected", Stage.PLEDGED),
        ("committed", "Committed", Stage.COMMITTED),
        ("implementation", "Under way", Stage.IMPLEMENTATION),
    )
    for key, label, stage in steps:
        least = LADDER.index(stage)
        rungs.append(_sum(key, label, [p for p in projects if least <= _height(p)], currency))
    drawn = _amount(figures, _DRAWN)
    value = drawn.value if drawn and isinstance(drawn.value, Money) else None
    rungs.append(Rung("drawn", "Drawn", value, (drawn,) if drawn and value else ()))
    return tuple(rungs)


def _sum(key: str, label: str, projects: Sequence[Project], currency: str) -> Rung:
    """The sum of the projects' amounts, an open lower end counted as nothing, an open upper end at its lower one."""
    parts = [(p.amount, p.amount.value) for p in projects if p.amount and isinstance(p.amount.value, Money)]
    parts = [(f, m) for f, m in parts if m.currency == currency]
    if not parts:
        return Rung(key, label, None, (), len(projects))
    low = sum(m.low or 0.0 for _, m in parts)
    high = sum(m.high if m.high is not None else m.low or 0.0 for _, m in parts)
    soft = any(m.qualifier is Qualifier.ABOUT for _, m in parts)
    qualifier = Qualifier.BETWEEN if low != high else Qualifier.ABOUT if soft else Qualifier.EXACT
    amount = Money(low, high, currency, qualifier) if low else Money(None, high, currency, Qualifier.UP_TO)
    return Rung(key, label, amount, tuple(f for f, _ in parts), len(projects) - len(parts))


def _sorted(projects: Iterable[Project]) -> list[Project]:
    """Farthest along first, then largest, then by name."""
    return sorted(
        projects, key=lambda p: (-(LADDER.index(p.rung) if p.rung in LADDER else -1), -_size(p.amount), p.entity.name)
    )


def _height(project: Project) -> int:
    """How many rungs up: a project without a reported stage is at least named, one that left the ladder is off it."""
    if project.rung is None:
        return 0
    return LADDER.index(project.rung) if project.rung in LADDER else -1


def _size(figure: Figure | None) -> float:
    """Dollars, by which sums of different currencies are put in order."""
    value = figure.value if figure else None
    if not isinstance(value, Money):
        return 0.0
    return in_dollars(value.high or value.low or 0.0, value.currency, None) or 0.0


def _documents(figures: Iterable[Figure]) -> int:
    return max((f.documents for f in figures), default=0)
