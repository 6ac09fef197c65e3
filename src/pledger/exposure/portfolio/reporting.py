"""What a ledger tells of parties and projects, as far as paths need it; of a large ledger no more is loaded than that.

A project's amount is its whole one, over every side that still stands; its chance is that of its stage, by the rates
of `vehicle/planning/realisation` averaged over what is said of the stage.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pledger.exposure.portfolio.words import Amount, Organisation, Owned, Project, Role, Said
from pledger.ledger import Asked, Ledger, Order
from pledger.ledger.beliefs import ahead
from pledger.ledger.judgements import verdicts
from pledger.ledger.paging import WHOLE
from pledger.ledger.panel import settled
from pledger.ledger.why import evidence
from pledger.model import (
    Attribute,
    Claim,
    Document,
    Entity,
    EntityKind,
    Figure,
    Money,
    Ownership,
    Party,
    Stage,
    StageValue,
    Standing,
    Text,
)
from pledger.vehicle.planning.realisation import probability, rate
from pledger.vehicle.sectors import sector_of
from pledger.vehicle.words import Source

__all__ = [
    "Reports",
    "named_projects",
    "organisations",
    "ownership_reports",
    "programmes",
    "reported",
    "roles_of",
    "sponsored",
]

_PAGE = 2_000
"""Rows that are asked for at a time."""
_CHUNK = 400
"""Ids in one question."""
_SENTENCES = 3
"""Sentences that are told of one figure: the leading side's first; `pledger why` has all."""
_PROJECTS = 2_000
"""Projects of all programmes whose sectors are looked at: the largest."""
_STILL = (Standing.AGREED, Standing.CONTESTED, Standing.SINGLE_SOURCE)


@dataclass(frozen=True, slots=True)
class Reports:
    """Projects by id, and the names of programmes by key."""

    projects: Mapping[str, Project]
    programmes: Mapping[str, str] = field(default_factory=dict)


def organisations(ledger: Ledger) -> list[Organisation]:
    """All organisations that the ledger names, with all their names."""
    return [Organisation(e.id, e.name, (e.name, *e.aliases)) for e in _entities(ledger, EntityKind.ORGANISATION)]


def programmes(ledger: Ledger) -> dict[str, str]:
    """Names of the programmes by their keys."""
    return {
        dict(e.attributes).get("programme") or dict(e.attributes).get("key") or e.id: e.name
        for e in _entities(ledger, EntityKind.PROGRAMME)
    }


def _entities(ledger: Ledger, kind: EntityKind) -> list[Entity]:
    found: list[Entity] = []
    while True:
        page = ledger.page_of_entities(Asked(kinds=(kind,), limit=_PAGE, offset=len(found)))
        found += page.items
        if len(found) >= page.total or not page.items:
            return found


def ownership_reports(ledger: Ledger) -> list[Owned]:
    """Who owns what by the ledger's reports that still stand."""
    asked = Asked(attributes=(Attribute.OWNERSHIP,), standings=_STILL, order=Order.DOCUMENTS, limit=_PAGE)
    figures = ledger.page_of_figures(asked).items
    said = _said(ledger, figures)
    return [
        Owned(
            owned=f.value.owned,
            owner=f.value.owner,
            low=None,
            high=None,
            kind="unit",
            since=None,
            until=None,
            source=next(
                (Source(s.where, s.reported_on.year if s.reported_on else None) for s in said[f.id]), Source("")
            ),
            note="as reported",
            figure=f.id,
        )
        for f in figures
        if isinstance(f.value, Ownership)
    ]


def roles_of(ledger: Ledger, parties: Sequence[Organisation]) -> list[Role]:
    """The roles of these organisations in projects, batches and programmes that a report still stands by."""
    by_name = {name: party for party in parties for name in party.names}
    figures: list[Figure] = []
    for part in _chunks(sorted(by_name)):
        asked = Asked(attributes=(Attribute.PARTY,), standings=_STILL, parties=tuple(part), limit=_PAGE * 5)
        figures += ledger.page_of_figures(asked).items
    said = _said(ledger, figures)
    found = []
    for figure in figures:
        if not isinstance(figure.value, Party):
            continue
        party = by_name[figure.value.name]
        found.append(
            Role(
                organisation=party.id,
                name=party.name,
                role=figure.value.role,
                subject=figure.entity.id,
                subject_name=figure.entity.name,
                subject_kind=str(figure.entity.kind),
                programme=dict(figure.entity.attributes).get("programme", ""),
                standing=figure.standing,
                support=figure.sides[0].weight if figure.sides else 0.0,
                figure=figure.id,
                said=said[figure.id],
            )
        )
    return sorted(found, key=lambda r: (r.subject_kind != EntityKind.PROJECT, r.subject_name, r.name, r.role, r.figure))


def sponsored(ledger: Ledger, parties: Iterable[Organisation], roles: Iterable[Role]) -> list[Role]:
    """Sponsors by the project's own name: a list says `Carrier up to $20bn` and no word for a role, and the ledger
    holds it as Carrier's project. Who has a role in it by other words is left out. The sentences are the amount's."""
    known = {(role.organisation, role.subject) for role in roles}
    found, figures = [], []
    for party in parties:
        asked = Asked(kinds=(EntityKind.PROJECT,), attributes=(Attribute.AMOUNT,), standings=_STILL, sponsor=party.name)
        for figure in ledger.page_of_figures(asked).items:
            its = dict(figure.entity.attributes)
            if its.get("sponsor") in party.names and (party.id, figure.entity.id) not in known:
                known.add((party.id, figure.entity.id))
                figures.append(figure)
                found.append((party, figure, its.get("programme", "")))
    said = _said(ledger, figures)
    return [
        Role(
            organisation=party.id,
            name=party.name,
            role="sponsor",
            subject=figure.entity.id,
            subject_name=figure.entity.name,
            subject_kind=str(figure.entity.kind),
            programme=programme,
            standing=figure.standing,
            support=figure.sides[0].weight if figure.sides else 0.0,
            figure=figure.id,
            said=said[figure.id],
        )
        for party, figure, programme in found
    ]


def named_projects(ledger: Ledger) -> tuple[dict[str, tuple[str, ...]], bool]:
    """By sector the ids of projects that belong to a programme; and whether all projects were looked at."""
    asked = Asked(kinds=(EntityKind.PROJECT,), order=Order.AMOUNT, limit=_PROJECTS)
    page = ledger.page_of_entities(asked)
    found: dict[str, list[str]] = defaultdict(list)
    for entity in page.items:
        if dict(entity.attributes).get("programme"):
            found[_sector(entity, ())].append(entity.id)
    return {key: tuple(ids) for key, ids in found.items()}, page.total <= len(page.items)


def reported(ledger: Ledger, ids: Collection[str]) -> dict[str, Project]:
    """What is told of the projects with these ids."""
    figures: dict[str, list[Figure]] = defaultdict(list)
    entities: dict[str, Entity] = {}
    wanted = (Attribute.AMOUNT, Attribute.STAGE, Attribute.KIND, Attribute.SECTOR)
    for part in _chunks(sorted(ids)):
        for figure in ledger.page_of_figures(Asked(attributes=wanted, within=tuple(part), limit=_PAGE * 20)).items:
            figures[figure.entity.id].append(figure)
        page = ledger.page_of_entities(Asked(within=tuple(part), limit=len(part)))
        entities |= {entity.id: entity for entity in page.items}
    chosen = {key: (_amount(figures[key]), _stage(figures[key])) for key in entities}
    shown = [figure for pair in chosen.values() for figure in pair if figure is not None]
    claims, documents = ledger.texts_behind(shown)
    said = _sentences(shown, claims, documents)
    accepted = list(verdicts(ledger.judgements(), ledger.moment.known_on).accepted)
    return {
        key: _project(entity, *chosen[key], figures[key], claims, said, accepted) for key, entity in entities.items()
    }


def _project(
    entity: Entity,
    amount: Figure | None,
    stage: Figure | None,
    figures: Sequence[Figure],
    claims: Mapping[str, Claim],
    said: Mapping[str, tuple[Said, ...]],
    accepted: Sequence[str],
) -> Project:
    own = dict(entity.attributes)
    belief = ahead(stage, claims, settled=settled(stage, accepted)) if stage is not None else None
    rung = stage.value.stage if stage is not None and isinstance(stage.value, StageValue) else None
    return Project(
        id=entity.id,
        name=entity.name,
        programme=own.get("programme", ""),
        sector=_sector(entity, figures),
        place=own.get("place", ""),
        amount=_range(amount) if amount is not None else None,
        stage=rung,
        stage_figure=stage.id if stage is not None else None,
        chance=probability(belief),
        chance_sources=rate(rung or Stage.CANDIDATE).sources,
        said=tuple(s for figure in (amount, stage) if figure is not None for s in said[figure.id]),
    )


def _sector(entity: Entity, figures: Iterable[Figure]) -> str:
    own = dict(entity.attributes)
    words = [
        side.value.text
        for figure in sorted(figures, key=lambda f: f.attribute is Attribute.SECTOR)
        if figure.attribute in (Attribute.KIND, Attribute.SECTOR) and not figure.qualifier
        for side in figure.sides
        if isinstance(side.value, Text) and side.weight > 0
    ]
    return sector_of((*filter(None, [own.get("project_kind")]), *words, entity.name, *entity.aliases))


def _amount(figures: Sequence[Figure]) -> Figure | None:
    """The amount of the whole that still stands, best scope first, then the most reported."""
    its = [
        f
        for f in figures
        if f.attribute is Attribute.AMOUNT
        and isinstance(f.value, Money)
        and f.value.period is None
        and f.qualifier in WHOLE
        and f.standing in _STILL
    ]
    return min(its, key=lambda f: (WHOLE.index(f.qualifier), -f.documents, f.id), default=None)


def _stage(figures: Sequence[Figure]) -> Figure | None:
    return next((f for f in figures if f.attribute is Attribute.STAGE and isinstance(f.value, StageValue)), None)


def _range(figure: Figure) -> Amount | None:
    """From the least that a side in the value's currency names to the most, over the sides that still weigh; an end is
    open where no side names one."""
    value = figure.value
    if not isinstance(value, Money):
        return None
    its = [
        side.value
        for n, side in enumerate(figure.sides)
        if isinstance(side.value, Money) and side.value.currency == value.currency and (n == 0 or side.weight > 0)
    ] or [value]
    lows = [end for m in its for end in (m.low,) if end is not None]
    highs = [end for m in its for end in (m.high,) if end is not None]
    return Amount(
        low=min(lows, default=None),
        high=max((*highs, *lows)) if highs else None,
        currency=value.currency,
        qualifier=value.qualifier,
        standing=figure.standing,
        figure=figure.id,
        value=(value.low, value.high),
    )


def _said(ledger: Ledger, figures: Sequence[Figure]) -> Mapping[str, tuple[Said, ...]]:
    claims, documents = ledger.texts_behind(figures)
    return _sentences(figures, claims, documents)


def _sentences(
    figures: Sequence[Figure], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> Mapping[str, tuple[Said, ...]]:
    """The first sentences behind each figure: of its leading side, by the weightiest origins."""
    found: dict[str, tuple[Said, ...]] = defaultdict(tuple)
    for figure in figures:
        its = evidence([figure], claims, documents)
        order = sorted(its.values(), key=lambda e: (e.side, -e.origin.weight, e.document.id, e.claim.span))
        kept: dict[str, Said] = {}
        for each in order:
            document = each.document
            kept.setdefault(
                each.sentence,
                Said(
                    figure=figure.id,
                    claim=each.claim.id,
                    sentence=each.sentence,
                    publisher=document.publisher or "",
                    title=document.title or "",
                    reported_on=document.reported_on,
                    where=document.url or document.path,
                    document=document.id,
                ),
            )
            if len(kept) == _SENTENCES:
                break
        found[figure.id] = tuple(kept.values())
    return found


def _chunks(ids: Sequence[str]) -> list[Sequence[str]]:
    return [ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK)]
