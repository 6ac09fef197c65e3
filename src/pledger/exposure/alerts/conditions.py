"""Conditions: each a pure function from what the ledger held before and holds now to what a rule finds in that.

`Scene` is the two answers and what of the one became what of the other. That is the ledger's own comparison (`changes`,
`successors`): claims carry it, so that a project that has got a sponsor, and with it another name, is still the same.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pledger.exposure.alerts.rules import NONE, PARTY, SIDE, Rule
from pledger.exposure.alerts.span import bounds, outside, span_of
from pledger.exposure.alerts.words import Condition
from pledger.ledger import Change, ChangeKind, Held
from pledger.ledger.agree import in_dollars
from pledger.ledger.changes import brought, changes
from pledger.ledger.explain import point
from pledger.ledger.say import names
from pledger.ledger.say import value as say
from pledger.ledger.successors import claims_of, successors
from pledger.model import Attribute, Conflict, DateValue, Entity, Figure, Money, Party, Side, Stage, StageValue, Value

__all__ = ["CONDITIONS", "Found", "Scene"]

_LEVELS = ("low", "medium", "high")
_STAGES = tuple(map(str, Stage))
_LONG = dt.timedelta(days=366)
_ROUNDING = 1 + 1e-9
"""A tenth more is not more than a tenth, whatever the last digit of a float says."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a condition found; `Alert` has the rest."""

    entity: Entity
    attribute: Attribute | None
    qualifier: str
    before: Value | None
    after: Value | None
    words: str
    about: str
    claims: tuple[str, ...]
    """Those that are new and brought it."""
    rests: tuple[str, ...]
    """All that it rests on."""
    party: Party | None = None
    """Whom it tells of, besides the entity."""


@dataclass(frozen=True)
class Scene:
    """What the ledger held and holds, as far as anything in it changed; and the days that come near."""

    before: Held
    after: Held
    today: dt.date
    coming: tuple[Figure, ...] = ()
    """Dates that have not passed."""

    @cached_property
    def changes(self) -> list[Change]:
        """What the ledger says has changed."""
        return changes(self.before, self.after)

    @cached_property
    def known(self) -> frozenset[str]:
        """Claims that stood behind a figure before."""
        return frozenset(c for figure in self.before[0] for c in claims_of(figure))

    @cached_property
    def pairs(self) -> list[tuple[Figure | None, Figure]]:
        """Each figure with what it was before; None for one that was not there.

        Where a project turns out to be two, each half is held against the whole.
        """
        same = successors(
            self.before[0], self.after[0], claims_of, lambda f: f.id, lambda a, b: a.attribute == b.attribute
        )
        old = {after.id: before for before, after in same}
        return [(old.get(figure.id) or self._whole(figure), figure) for figure in self.after[0]]

    def _whole(self, figure: Figure) -> Figure | None:
        """The figure before that held most claims of one that is no figure's successor."""
        held = [f for c in claims_of(figure) if (f := self._figures.get(c)) and f.attribute == figure.attribute]
        counted = Counter(f.id for f in held)
        return min(held, key=lambda f: (-counted[f.id], f.id), default=None)

    @cached_property
    def _figures(self) -> dict[str, Figure]:
        """The figure behind which each claim stood before."""
        return {claim: figure for figure in self.before[0] for claim in claims_of(figure)}

    def new_sides(self, figure: Figure) -> list[Side]:
        """The values of a figure that nobody gave before."""
        return [side for side in figure.sides if side.weight > 0 and self.known.isdisjoint(side.claims)]

    @cached_property
    def _behind(self) -> Mapping[str, Sequence[tuple[Attribute, Side]]]:
        """By claim the sides on which it stood before."""
        found: dict[str, list[tuple[Attribute, Side]]] = {}
        for figure in self.before[0]:
            for side in figure.sides:
                for claim in side.claims:
                    found.setdefault(claim, []).append((figure.attribute, side))
        return found

    def gave(self, attribute: Attribute, claims: Sequence[str]) -> list[Side]:
        """The sides on which these claims stood before, of whatever figure: of a project that now counts as two, each
        has what the one had."""
        return [side for claim in claims for its, side in self._behind.get(claim, ()) if its == attribute]

    @cached_property
    def conflicts(self) -> Mapping[str, Conflict]:
        """The conflicts now, by id."""
        return {conflict.id: conflict for conflict in self.after[1]}


def stage(rule: Rule, scene: Scene) -> Iterator[Found]:
    """A stage that is another one now; a first report counts where the rule says where to, and not from where."""
    froms = rule.from_ or ((*_STAGES, NONE) if rule.to else _STAGES)
    for old, new in scene.pairs:
        if new.attribute is not Attribute.STAGE or not isinstance(new.value, StageValue):
            continue
        was = old.value.stage if old is not None and isinstance(old.value, StageValue) else None
        if was == new.value.stage or str(was or NONE) not in froms:
            continue
        if not rule.to or new.value.stage in rule.to:
            words = f"{was} -> {new.value.stage}" if was is not None else f"{new.value.stage} by its first report"
            yield _figure(scene, new, old, words)


def corroborated(rule: Rule, scene: Scene) -> Iterator[Found]:
    """A value that so many independent origins give now, and fewer gave before."""
    for old, new in scene.pairs:
        side = new.sides[0] if new.sides else None
        if side is None or len(side.origins) < rule.origins:
            continue
        gave = max((len(s.origins) for s in scene.gave(new.attribute, side.claims)), default=0)
        if gave < rule.origins:
            told = names([o.name for o in side.origins][:6])
            words = f"{say(new.value)}: {len(side.origins)} independent origins ({told}), {gave or 'none'} before"
            yield _figure(scene, new, old, words, [side])


def contradicted(rule: Rule, scene: Scene) -> Iterator[Found]:
    """A conflict that was none before or has a new side; with `side`, a value that no check has explained."""
    least = _LEVELS.index(rule.level)
    for change in scene.changes:
        if change.kind is not ChangeKind.CONTRADICTED:
            continue
        conflict = scene.conflicts.get(change.about)
        kind = str(conflict.kind) if conflict is not None else SIDE
        if kind in rule.kinds and (conflict is None or _LEVELS.index(conflict.level) >= least):
            rests = tuple(claims_of(conflict)) if conflict is not None else change.claims
            yield Found(
                change.entity, change.attribute, kind, change.before, change.after, change.words, change.about,
                change.claims, rests,
            )  # fmt: skip


def date(rule: Rule, scene: Scene) -> Iterator[Found]:
    """A date of which the first (or last) day on which it may come is within so many days.

    Of a stretch of more than a year the last day counts: nobody prepares for the first of five years.
    """
    last = scene.today + dt.timedelta(days=rule.days)
    for figure in scene.coming:
        value = figure.value
        if not isinstance(value, DateValue) or (rule.events and value.event not in rule.events):
            continue
        start, end = value.interval.start or value.interval.end, value.interval.end or value.interval.start
        if start is None or end is None or end < scene.today:
            continue
        day = start if rule.by == "earliest" and end - start < _LONG else end
        if day > last:
            continue
        yield _figure(scene, figure, None, f"{say(value)}; {_near(start, end, day, scene.today)}")


def out_of_range(rule: Rule, scene: Scene) -> Iterator[Found]:
    """A value that lies wholly outside of all that was reported before, or a figure that has left the rule's bounds."""
    limited = rule.low is not None or rule.high is not None
    for old, new in scene.pairs:
        if limited:
            now, was = (outside(f.value, rule.low, rule.high, rule.unit) if f else None for f in (new, old))
            if now and not was:
                yield _figure(scene, new, old, f"{say(new.value)}, not {bounds(rule.low, rule.high, rule.unit)}")
        elif old is not None:
            its = scene.new_sides(new) if rule.values == "reported" else new.sides[: old.value != new.value]
            were = _its_own(old, new)
            far = [side for side in its if _beyond(side.value, [s.value for s in were])]
            if far:
                told = names(list(dict.fromkeys(say(side.value) for side in were))[:6])
                here = names(list(dict.fromkeys(say(side.value) for side in far))[:6])
                yield replace(_figure(scene, new, old, f"{here}; until then reported: {told}", far), after=far[0].value)


def amount(rule: Rule, scene: Scene) -> Iterator[Found]:
    """An amount that differs from what it was by more than so much of it, or so many dollars, or both."""
    for old, new in scene.pairs:
        if old is None or not isinstance(old.value, Money) or not isinstance(new.value, Money):
            continue
        if old.value.period != new.value.period:
            continue
        if old.entity.id != new.entity.id and scene.known.issuperset(claims_of(new)):
            continue  # only who is who has changed
        was, now = _dollars(old.value), _dollars(new.value)
        if was is None or now is None or was <= 0:
            continue
        by = now - was
        if (rule.share is None or abs(by) > rule.share * was * _ROUNDING) and (
            rule.dollars is None or abs(by) > rule.dollars * _ROUNDING
        ):
            yield _figure(scene, new, old, f"{say(old.value)} -> {say(new.value)} ({by / was:+.0%})")


def new(rule: Rule, scene: Scene) -> Iterator[Found]:
    """A programme, project or batch that was not known, or a party that was not known to take that part in it."""
    for change in scene.changes:
        if change.kind is ChangeKind.NEW and change.attribute is None and str(change.entity.kind) in rule.what:
            yield Found(change.entity, None, "", None, None, change.words, change.about, change.claims, change.claims)
    if PARTY in rule.what:
        for old, figure in scene.pairs:
            value = figure.value
            if old is None and isinstance(value, Party) and (not rule.roles or value.role in rule.roles):
                yield _figure(scene, figure, None, f"new party: {say(value)}")


def _figure(scene: Scene, new: Figure, old: Figure | None, words: str, sides: Sequence[Side] = ()) -> Found:
    """What was found of a figure; `sides`: those whose new claims brought it, its own as a rule."""
    its = sides or new.sides
    leading = new.sides[0].claims if new.sides else ()
    return Found(
        new.entity, new.attribute, new.qualifier, old.value if old is not None else None, new.value, words, new.id,
        brought(its, scene.known, frozenset(leading))[0], leading, new.value if isinstance(new.value, Party) else None,
    )  # fmt: skip


def _its_own(old: Figure, new: Figure) -> Sequence[Side]:
    """The values of a figure before; of a project that turns out to be two, those that went with this half."""
    if old.entity.id == new.entity.id:
        return old.sides
    mine = set(claims_of(new))
    return [side for side in old.sides if not mine.isdisjoint(side.claims)]


def _near(start: dt.date, end: dt.date, day: dt.date, today: dt.date) -> str:
    """`in 20 days`, `may begin in 20 days`, `may be any day now`."""
    left = (day - today).days
    when = f"in {left} days" if left > 1 else "tomorrow" if left == 1 else "today"
    if start == end:
        return when
    if left < 0:
        return "it may be any day now"
    return f"the first day on which it may be is {when}" if day == start else f"the last day is {when}"


def _beyond(value: Value, others: Sequence[Value]) -> bool:
    """Whether a value lies wholly outside of what the others span."""
    known, here = span_of(others, value), span_of([value], value)
    return known is not None and here is not None and (here[1] < known[0] or here[0] > known[1])


def _dollars(value: Money) -> float | None:
    middle = point(value)
    return None if middle is None else in_dollars(middle, value.currency, None)


CONDITIONS: Mapping[Condition, Callable[[Rule, Scene], Iterator[Found]]] = {
    Condition.STAGE: stage,
    Condition.CORROBORATED: corroborated,
    Condition.CONTRADICTED: contradicted,
    Condition.DATE: date,
    Condition.RANGE: out_of_range,
    Condition.AMOUNT: amount,
    Condition.NEW: new,
}
