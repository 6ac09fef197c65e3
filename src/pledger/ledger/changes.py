"""What has changed between two moments: new, upgraded, contradicted, replaced, withdrawn; and by which sentence.

A change is the difference between two answers of the ledger and nothing else, so that it depends on the two moments
and not on the road between them: nothing changes from a moment to itself, and what changes from a to c has changed
from a to b or from b to c. Claims carry the comparison. Every claim stands behind exactly one figure, so a figure's
(and a project's) predecessor is the one that held most of its claims, whatever it was called then: a project that has
got a sponsor, and with it another id, is still the same one. Claims that stood behind nothing before are what brought
it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from pledger.data import lexicon
from pledger.ledger.agree import in_dollars, reach
from pledger.ledger.explain import point
from pledger.ledger.say import value as say
from pledger.ledger.stages import rung
from pledger.ledger.successors import claims_of, entities, successors
from pledger.ledger.voices import PLEDGERS
from pledger.ledger.why import Evidence
from pledger.model import (
    Attribute,
    Conflict,
    ConflictKind,
    DateValue,
    Entity,
    EntityKind,
    Figure,
    Instruments,
    Money,
    Share,
    Side,
    StageValue,
    Standing,
    Text,
    Value,
    stable_id,
)

__all__ = ["Change", "ChangeKind", "Held", "brought", "changes"]

_STANDINGS = (Standing.UNSUPPORTED, Standing.CONTESTED, Standing.SINGLE_SOURCE, Standing.AGREED)
_DENIED = "denied: "


class ChangeKind(StrEnum):
    """What has happened to what the ledger holds."""

    NEW = "new"
    """Nothing was known of it before."""
    UPGRADED = "upgraded"
    """A stage further up the ladder, or the same value better supported."""
    CONTRADICTED = "contradicted"
    """A new conflict, or a new side."""
    REPLACED = "replaced"
    """Another value holds now."""
    REFINED = "refined"
    """The same told more precisely."""
    WEAKENED = "weakened"
    """The same value less well supported, without a new contradiction."""
    SETTLED = "settled"
    """A conflict that is none any more."""
    WITHDRAWN = "withdrawn"
    """Suspended, cancelled, denied, or gone."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, with what brought it."""

    kind: ChangeKind
    entity: Entity
    attribute: Attribute | None
    """None where the entity as a whole is new."""
    qualifier: str
    before: Value | None
    after: Value | None
    standing_before: Standing | None
    standing: Standing | None
    about: str
    """Id of the figure or conflict to ask `why`."""
    words: str
    """What has happened, in a few words."""
    claims: tuple[str, ...]
    """Ids of the claims that brought it, the most trusted first; empty where only the reading of older ones changed."""
    weight: float
    """0 to 1: what is shown first; see `data/lexicon/ledger_changes.toml`."""
    programme: str | None = None
    """Name of the programme that it belongs to."""
    evidence: tuple[Evidence, ...] = ()
    """The sentences that brought it, one an origin, the most trusted first."""

    @property
    def id(self) -> str:
        """Stable: made from what changed into what by which claim, not from the two moments that were compared."""
        told = [say(v) if v is not None else "" for v in (self.before, self.after)]
        parts = (self.kind, self.attribute or "", self.qualifier, *told, str(self.standing), self.words)
        return stable_id("n", *parts, *(self.claims[:1] or (self.entity.id,)))


Held: TypeAlias = tuple[Sequence[Figure], Sequence[Conflict]]


def changes(before: Held, after: Held) -> list[Change]:
    """The changes from one answer to another, each its figures and conflicts; the weightiest first."""
    scene = _Scene(before, after)
    found = [*scene.of_entities(), *scene.of_figures(), *scene.of_conflicts()]
    return sorted(found, key=lambda c: (-c.weight, c.entity.name, c.attribute or "", c.qualifier, c.kind, c.id))


class _Scene:
    """The two answers, and what of the one became what of the other."""

    def __init__(self, before: Held, after: Held) -> None:
        self.before, self.after = before, after
        self.known = {c for figure in before[0] for c in claims_of(figure)}
        self.figures = successors(before[0], after[0], claims_of, lambda f: f.id, _same_attribute)
        self.entities = entities(before[0], after[0])
        found = {f.entity.id for f in after[0] if not self.known.issuperset(claims_of(f))}
        self.fresh = found - set(self.entities.values())
        self.totals = {f.entity.id: f.value for f in reversed(after[0]) if f.qualifier == "total"}
        self.programmes = _programmes(f.entity for f in after[0])
        self.contested: set[str] = set()
        """Claims of new sides that a new conflict tells of already."""

    def of_entities(self) -> Iterable[Change]:
        """Programmes, projects and batches that are new, or turn out to be one."""
        its: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.after[0]:
            if figure.entity.kind in PLEDGERS:
                its[figure.entity.id].append(figure)
        joined: dict[str, list[str]] = defaultdict(list)
        for old, new in self.entities.items():
            joined[new].append(old)
        names = {f.entity.id: f.entity.name for f in self.before[0] if f.entity.kind in PLEDGERS}
        for entity_id, figures in its.items():
            first = min(figures, key=_headline)
            if entity_id in self.fresh:
                told = ", ".join(say(f.value) for f in sorted(figures, key=_headline)[:3])
                yield self._change(ChangeKind.NEW, first, f"new {first.entity.kind}: {told}", figures, whole=True)
            older = sorted({names[old] for old in joined[entity_id] if old in names})
            if len(older) > 1:
                words = f"taken for one {first.entity.kind} now: {', '.join(older)}"
                yield self._change(ChangeKind.REPLACED, first, words, figures, whole=True)

    def of_figures(self) -> Iterable[Change]:
        """What became of each figure of a programme, project or batch."""
        self.contested = {
            c for conflict in self.new_conflicts for side in conflict.sides for c in side.claims if c not in self.known
        }
        came_from = {new.id: old for old, new in self.figures}
        for figure in self.after[0]:
            old = came_from.get(figure.id)
            if figure.entity.kind not in PLEDGERS:
                continue
            if old is not None:
                yield from self._compared(old, figure)
            elif figure.entity.id not in self.fresh and not self.known.issuperset(claims_of(figure)):
                yield self._change(ChangeKind.NEW, figure, say(figure.value), [figure])
        held = {c for figure in self.after[0] for c in claims_of(figure)}
        for figure in self.before[0]:
            if figure.entity.kind in PLEDGERS and held.isdisjoint(claims_of(figure)):
                words = f"{say(figure.value)} is gone"
                yield self._change(ChangeKind.WITHDRAWN, figure, words, [], figure, gone=True)

    def of_conflicts(self) -> Iterable[Change]:
        """Conflicts that came, and conflicts that went."""
        for conflict in self.new_conflicts:
            yield self._conflict(ChangeKind.CONTRADICTED, conflict, conflict.explanation)
        still = {old.id for old, _ in self.kept_conflicts}
        for conflict in self.before[1]:
            if conflict.kind is not ConflictKind.UPDATE and conflict.id not in still:
                values = " / ".join(conflict.values)
                yield self._conflict(ChangeKind.SETTLED, conflict, f"no longer in conflict: {values}")

    @cached_property
    def kept_conflicts(self) -> list[tuple[Conflict, Conflict]]:
        """Conflicts that were, each with what it has become; updates are no errors and not looked at."""

        def alike(a: Conflict, b: Conflict) -> bool:
            return (a.kind, a.attribute) == (b.kind, b.attribute)

        old, new = ([c for c in held[1] if c.kind is not ConflictKind.UPDATE] for held in (self.before, self.after))
        return successors(old, new, claims_of, lambda c: c.id, alike, several=True)

    @cached_property
    def new_conflicts(self) -> list[Conflict]:
        """Those without a predecessor, and those with a side that is new as a whole."""
        came_from = {new.id for _, new in self.kept_conflicts}
        return [
            c
            for c in self.after[1]
            if c.kind is not ConflictKind.UPDATE
            and (c.id not in came_from or any(self._new_side(side) for side in c.sides))
        ]

    def _new_side(self, side: Side) -> bool:
        return side.weight > 0 and bool(side.claims) and self.known.isdisjoint(side.claims)

    def _compared(self, old: Figure, new: Figure) -> Iterable[Change]:
        """What a figure's value and its support have become."""
        moved = _moved(old.value, new.value)
        if moved is not None:
            words = f"{say(old.value)} -> {say(new.value)}"
            yield self._change(moved, new, words, [new], old)
        better = _STANDINGS.index(new.standing) - _STANDINGS.index(old.standing)
        sides = [s for s in new.sides[1:] if self._new_side(s) and not self.contested.issuperset(s.claims)]
        if sides:
            values = ", ".join(say(s.value) for s in sides)
            yield self._change(ChangeKind.CONTRADICTED, new, f"also reported: {values}", [new], old, sides)
        elif better and moved not in (ChangeKind.REPLACED, ChangeKind.WITHDRAWN):
            kind = ChangeKind.UPGRADED if better > 0 else ChangeKind.WEAKENED
            told = self.contested & set(claims_of(new))
            if kind is ChangeKind.UPGRADED or not told:
                yield self._change(kind, new, f"{old.standing} -> {new.standing}: {say(new.value)}", [new], old)

    def _change(
        self,
        kind: ChangeKind,
        figure: Figure,
        words: str,
        brought: Sequence[Figure],
        old: Figure | None = None,
        sides: Sequence[Side] = (),
        *,
        whole: bool = False,
        gone: bool = False,
    ) -> Change:
        """A change of this figure, or of the `whole` entity; `brought`: the figures whose new claims brought it."""
        claims, trust = self._brought(sides or [s for f in brought for s in f.sides], _leading(kind, brought))
        attribute = None if whole else figure.attribute
        return Change(
            kind=kind,
            entity=figure.entity,
            attribute=attribute,
            qualifier="" if whole else figure.qualifier,
            before=old.value if old is not None else None,
            after=None if gone else figure.value,
            standing_before=old.standing if old is not None else None,
            standing=None if gone else figure.standing,
            about=figure.id,
            words=words,
            claims=claims,
            weight=self._weight(kind, figure.entity, attribute, trust),
            programme=self._programme(figure.entity),
        )

    def _conflict(self, kind: ChangeKind, conflict: Conflict, words: str) -> Change:
        gone = kind is ChangeKind.SETTLED
        sides = [side for side in conflict.sides if self._new_side(side)] or conflict.sides
        claims, _ = ((), 1.0) if gone else self._brought(sides, frozenset())
        table = lexicon("ledger_changes")
        least = float(table["conflict"]["least"])
        matters = least + (1 - least) * conflict.severity / 100
        return Change(
            kind=kind,
            entity=conflict.entity,
            attribute=conflict.attribute,
            qualifier=str(conflict.kind),
            before=conflict.sides[0].value if gone else None,
            after=None if gone else conflict.sides[-1].value,
            standing_before=None,
            standing=None,
            about=conflict.id,
            words=words,
            claims=claims,
            weight=_told(kind, conflict.entity, conflict.attribute) * matters,
            programme=self._programme(conflict.entity),
        )

    def _brought(self, sides: Iterable[Side], leading: frozenset[str]) -> tuple[tuple[str, ...], float]:
        return brought(sides, self.known, leading)

    def _programme(self, entity: Entity) -> str | None:
        if entity.kind is EntityKind.PROGRAMME:
            return entity.name
        return self.programmes.get(dict(entity.attributes).get("programme", ""))

    def _weight(self, kind: ChangeKind, entity: Entity, attribute: Attribute | None, trust: float) -> float:
        least = float(lexicon("ledger_changes")["evidence"]["least"])
        size = _size(self.totals.get(entity.id))
        return _told(kind, entity, attribute) * size * (least + (1 - least) * trust)


def brought(
    sides: Iterable[Side], known: Collection[str], leading: Collection[str] = ()
) -> tuple[tuple[str, ...], float]:
    """The claims on these sides that are not among the known ones, and how far the best of them is trusted.

    One of each origin comes first, the most trusted origin before all; `leading`: claims that come before others.
    """
    found = sorted(
        (n, claim not in leading, -origin.weight, origin.name, claim)
        for side in sides
        for origin in side.origins
        for n, claim in enumerate(c for c in origin.claims if c not in known)
    )
    return tuple(dict.fromkeys(claim for *_, claim in found)), max((-w for _, _, w, _, _ in found), default=0.0)


def _told(kind: ChangeKind, entity: Entity, attribute: Attribute | None) -> float:
    """How much counts what has happened to what of whom."""
    table = lexicon("ledger_changes")
    subject = entity.kind if entity.kind in PLEDGERS else "other"
    return float(table["kind"][kind] * table["subject"][subject] * table["attribute"][attribute or "whole"])


def _size(value: Value | None) -> float:
    """How much the money at stake counts; see [size] of the lexicon."""
    table = lexicon("ledger_changes")["size"]
    amount = point(value) if isinstance(value, Money) else None
    dollars = in_dollars(amount, value.currency, None) if amount is not None and isinstance(value, Money) else None
    if dollars is None or not 0 < dollars < math.inf:
        return float(table["unknown"])
    up = math.log(dollars / table["from"]) / math.log(table["to"] / table["from"])
    return float(table["least"] + (1 - table["least"]) * min(1.0, max(0.0, up)))


def _moved(old: Value, new: Value) -> ChangeKind | None:
    """What it is when one value holds where another one did; None where it is the same."""
    if old == new or say(old) == say(new):
        return None
    match old, new:
        case (_, Text(text)) if text.startswith(_DENIED):
            return ChangeKind.WITHDRAWN
        case (StageValue(), StageValue()) if rung(new.stage) < 0:
            return ChangeKind.WITHDRAWN
        case (StageValue(), StageValue()):
            return ChangeKind.UPGRADED if rung(new.stage) > rung(old.stage) else ChangeKind.REPLACED
        case (Money(), Money()) if old.currency == new.currency and reach(old, say(old)).meets(reach(new, say(new))):
            return ChangeKind.REFINED
        case (Share(), Share()) if reach(old, say(old)).meets(reach(new, say(new))):
            return ChangeKind.REFINED
        case (DateValue(), DateValue()) if old.interval.meets(new.interval):
            return ChangeKind.REFINED
        case (Instruments(), Instruments()) if set(old.instruments) < set(new.instruments):
            return ChangeKind.REFINED
    return ChangeKind.REPLACED


def _same_attribute(a: Figure, b: Figure) -> bool:
    return a.attribute == b.attribute


def _headline(figure: Figure) -> tuple[bool, bool, str, str]:
    return (figure.qualifier != "total", figure.attribute is not Attribute.STAGE, figure.attribute, figure.qualifier)


def _leading(kind: ChangeKind, figures: Sequence[Figure]) -> frozenset[str]:
    """Claims on the sides that hold, for changes that these brought."""
    if kind is ChangeKind.CONTRADICTED:
        return frozenset()
    return frozenset(c for f in figures for c in f.sides[0].claims)


def _programmes(entities: Iterable[Entity]) -> dict[str, str]:
    """Names of programmes by their keys."""
    found = {}
    for entity in entities:
        if entity.kind is EntityKind.PROGRAMME:
            its = dict(entity.attributes)
            for key in (its.get("programme"), f"{its.get('investor')}>{its.get('host')}"):
                found[key or entity.id] = entity.name
    return found
