"""Roll-ups: what the projects of a programme come to by stage, against its ceiling.

Each project's amount is counted once, at the stage that the ledger holds for it. Amounts are intervals and add up as
such: "up to $2bn" is nought to two, "at least $2bn" has no upper end, and neither has a sum with it. Money is counted
in whole cents, so that parts sum to their totals and total and remainder to the ceiling, exactly. What is not counted
is listed with the reason: no amount, another currency, suspended or cancelled, a batch whose projects are counted, the
sum of the whole programme or of a batch told of one project, a sum that is counted with another project already (of the
same sponsor; or of its kind, where a report tells no more of it than the kind).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pledger.ledger.figures import TOTAL
from pledger.ledger.kinds import family, known
from pledger.ledger.say import money
from pledger.model import Attribute, Entity, EntityKind, Figure, Money, Qualifier, Stage, StageValue, Standing, Value

__all__ = ["Excluded", "Part", "Rollup", "RollupStage", "Span", "counted_elsewhere", "rollup", "rollups"]

_LADDER = (Stage.CANDIDATE, Stage.PLEDGED, Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED)
_SAME = 0.02
"""Relative distance within which two sums are one, roundings aside."""
_OFF = {Stage.SUSPENDED: "suspended", Stage.CANCELLED: "cancelled"}


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of money in cents of the programme's currency; an end is None where there is none."""

    low: int | None
    high: int | None

    def plus(self, other: Span) -> Span:
        """The interval of the sum."""
        return Span(_added(self.low, other.low), _added(self.high, other.high))

    def left_of(self, ceiling: Span) -> Span:
        """What remains of a ceiling: at least the ceiling less the high end, at most less the low end.

        Below nought where more has been named than was promised; of an open sum nobody knows the least that remains.
        """
        least = None if self.high is None or ceiling.low is None else ceiling.low - self.high
        most = None if self.low is None or ceiling.high is None else ceiling.high - self.low
        return Span(least, most)

    def money(self, currency: str) -> Money:
        """The interval in units of a currency."""
        low, high = (None if end is None else end / 100 for end in (self.low, self.high))
        if low == high:
            return Money(low, high, currency, Qualifier.EXACT)
        if not low:
            return Money(None, high, currency, Qualifier.UP_TO)
        return Money(low, high, currency, Qualifier.AT_LEAST if high is None else Qualifier.BETWEEN)


@dataclass(frozen=True, slots=True)
class Part:
    """A project's amount in a sum."""

    project: Entity
    figure: str
    """Id of the amount's figure, to ask `why` with."""
    amount: Span
    stage_figure: str | None
    """Id of the figure that says how far it is; None where no report says."""


@dataclass(frozen=True, slots=True)
class RollupStage:
    """The projects of one stage and what they come to."""

    stage: Stage
    amount: Span
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A project or a batch that is in no sum, and why."""

    entity: Entity
    figure: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Rollup:
    """A programme, what its projects come to by stage, and what is left of its ceiling."""

    programme: Entity
    as_of: dt.date | None
    currency: str
    ceiling: Span | None
    """None where no report gives one."""
    ceiling_figure: str | None
    stages: tuple[RollupStage, ...]
    """Those that have a project, lowest first."""
    total: Span
    remainder: Span | None
    excluded: tuple[Excluded, ...]


def rollups(figures: Iterable[Figure], as_of: dt.date | None = None) -> list[Rollup]:
    """The roll-up of every programme that these figures speak of, by name."""
    by_programme: dict[str, list[Figure]] = defaultdict(list)
    programmes: dict[str, Entity] = {}
    for figure in figures:
        key = dict(figure.entity.attributes).get("programme")
        if key is not None:
            by_programme[key].append(figure)
            if figure.entity.kind is EntityKind.PROGRAMME:
                programmes[key] = figure.entity
    found = [rollup(entity, by_programme[key], as_of) for key, entity in programmes.items()]
    return sorted(found, key=lambda r: (r.programme.name, r.programme.id))


def rollup(programme: Entity, figures: Sequence[Figure], as_of: dt.date | None = None) -> Rollup:
    """The roll-up of one programme from its own figures and those of its projects and batches.

    The currency is that of the ceiling, US dollars where there is none.
    """
    amounts = {
        f.entity.id: f
        for f in figures
        if f.attribute is Attribute.AMOUNT and f.qualifier == TOTAL and isinstance(f.value, Money)
    }
    stages = {f.entity.id: f for f in figures if f.attribute is Attribute.STAGE and isinstance(f.value, StageValue)}
    entities = {f.entity.id: f.entity for f in figures}
    held = amounts.get(programme.id)
    whole = held.value if held is not None and isinstance(held.value, Money) else None
    currency = whole.currency if whole is not None else "USD"
    parts: dict[Stage, list[Part]] = defaultdict(list)
    excluded: list[Excluded] = []
    batches = [f.value for f in amounts.values() if f.entity.kind is EntityKind.TRANCHE]
    elsewhere = counted_elsewhere((f for f in amounts.values() if f.entity.kind is EntityKind.PROJECT), whole, batches)
    for entity in sorted(entities.values(), key=lambda e: (e.kind, e.name, e.id)):
        figure, stage = amounts.get(entity.id), stages.get(entity.id)
        if entity.kind is EntityKind.PROJECT:
            reason = _reason(figure, stage, currency) or elsewhere.get(entity.id)
            if reason is not None or figure is None or not isinstance(figure.value, Money):
                excluded.append(Excluded(entity, figure.id if figure else None, reason or "no report gives an amount"))
                continue
            at = stage.value.stage if stage is not None and isinstance(stage.value, StageValue) else Stage.CANDIDATE
            parts[at].append(Part(entity, figure.id, _span(figure.value), stage.id if stage is not None else None))
        elif entity.kind is EntityKind.TRANCHE and figure is not None and isinstance(figure.value, Money):
            said = f"a sum of projects ({money(figure.value)}): its projects are counted one by one"
            excluded.append(Excluded(entity, figure.id, said))
    rungs = tuple(_stage(stage, parts[stage]) for stage in _LADDER if parts[stage])
    total = _sum(rung.amount for rung in rungs)
    ceiling = _span(whole) if whole is not None else None
    if whole is not None and whole.low is None and whole.high is not None:
        ceiling = Span(_cents(whole.high), _cents(whole.high))  # "Up to $550bn" is the ceiling itself.
    remainder = total.left_of(ceiling) if ceiling is not None else None
    figure_id = held.id if held is not None else None
    return Rollup(programme, as_of, currency, ceiling, figure_id, rungs, total, remainder, tuple(excluded))


def _reason(figure: Figure | None, stage: Figure | None, currency: str) -> str | None:
    """Why a project's amount is in no sum; None where it is in one."""
    if stage is not None and isinstance(stage.value, StageValue) and stage.value.stage in _OFF:
        return _OFF[stage.value.stage]
    if figure is None or not isinstance(figure.value, Money):
        return "no report gives an amount"
    if figure.value.currency != currency:
        return f"told in {figure.value.currency} only ({money(figure.value)})"
    if figure.standing is Standing.UNSUPPORTED:
        return "no report that still stands gives its amount"
    return None


def counted_elsewhere(projects: Iterable[Figure], whole: Value | None, batches: Iterable[Value]) -> dict[str, str]:
    """By entity id, the projects whose amount is in no sum because it is none of their own, each with the reason.

    `projects`: the whole amounts of a programme's projects; `whole`: its own; `batches`: those of its batches.
    """
    listed = list(projects)
    sums = [x for batch in batches if (x := _size(batch)) is not None]
    more = {f.entity.id: said for f in listed if (said := _sum_of_more(f, _size(whole), sums)) is not None}
    twice = _twice(f for f in listed if f.entity.id not in more)
    return more | {id_: f"the same sum is counted with {other.name}" for id_, other in twice.items()}


def _sum_of_more(figure: Figure, total: float | None, batches: Sequence[float]) -> str | None:
    """Why a project's amount is no cost of its own: it is what the programme or a batch comes to."""
    amount = _size(figure.value)
    if amount is None or not isinstance(figure.value, Money):
        return None
    if total is not None and amount >= total * (1 - _SAME):
        return f"no less than the whole programme ({money(figure.value)})"
    if dict(figure.entity.attributes).get("sponsor") is None and any(_one(x, amount) for x in batches):
        return f"what a batch of projects comes to ({money(figure.value)})"
    return None


def _twice(figures: Iterable[Figure]) -> dict[str, Entity]:
    """By id, the projects whose sum is counted with another one, which most is told of; with that one."""
    found: dict[str, Entity] = {}
    counted: list[Figure] = []
    for figure in sorted(figures, key=lambda f: (-len(_told(f)), -f.documents, f.entity.id)):
        same = next((other for other in counted if _again(figure, other)), None)
        if same is None:
            counted.append(figure)
        else:
            found[figure.entity.id] = same.entity
    return found


def _told(figure: Figure) -> set[str]:
    return {k for k, _ in figure.entity.attributes if k in ("sponsor", "place")}


def _again(figure: Figure, other: Figure) -> bool:
    """Whether the sum of one project is another's told again."""
    mine, yours = dict(figure.entity.attributes), dict(other.entity.attributes)
    x, y = _size(figure.value), _size(other.value)
    if x is None or y is None or not _one(x, y):
        return False
    if getattr(figure.value, "currency", None) != getattr(other.value, "currency", None):
        return False
    one, two = mine.get("project_kind"), yours.get("project_kind")
    akin = one is None or two is None or not known(one) or family(one) == family(two)
    sponsor = mine.get("sponsor")
    if sponsor is not None and sponsor == yours.get("sponsor"):
        return akin
    # A sum of two digits that is told of nobody in particular is hardly another one's by chance.
    return sponsor is None and mine.get("place") is None and (akin or not f"{x:.1e}"[2:].startswith("0"))


def _size(value: Value | None) -> float | None:
    if not isinstance(value, Money):
        return None
    return value.high if value.high is not None else value.low


def _one(x: float, y: float) -> bool:
    return abs(x - y) <= _SAME * max(x, y)


def _stage(stage: Stage, parts: Sequence[Part]) -> RollupStage:
    return RollupStage(stage, _sum(p.amount for p in parts), tuple(parts))


def _sum(spans: Iterable[Span]) -> Span:
    total = Span(0, 0)
    for span in spans:
        total = total.plus(span)
    return total


def _span(value: Money) -> Span:
    low = _cents(value.low) if value.low is not None else 0
    return Span(low, _cents(value.high) if value.high is not None else None)


def _added(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b


def _cents(amount: float) -> int:
    return round(amount * 100)
