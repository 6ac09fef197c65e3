"""Pairs of sides that differ, and why: the one place that decides between slip, update, definition and dispute.

Each lighter side of a figure is held against the heaviest, and gets exactly one reason, the first that explains it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from pledger.ledger.agree import CONVERTED, MOST_SIDES, in_dollars
from pledger.ledger.explain import point
from pledger.ledger.picture import Picture
from pledger.ledger.told import told_order
from pledger.ledger.updates import replaces
from pledger.ledger.voices import compared
from pledger.model import Attribute, ConflictKind, EntityKind, Figure, Modality, Money, Qualifier, Share, Side

__all__ = ["Pair", "bounded", "factor", "pairs", "wrong_unit"]

_MONTH = 31
"""Days between two reports within which both can speak of one rate of a tariff."""
_CLOSE = math.log10(1.02)
"""How near to a power of ten a ratio must be: 2 %, the rounding of a number of two digits."""
_POWERS = (1, 2, 3, 4, 6)
_KNOWN = "pairs"
_ONE_SIZE = 2.0
"""Factor within which two accounts of one thing lie."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A lighter side of a figure that differs from the heaviest, and the reason."""

    figure: Figure
    heavy: Side
    light: Side
    reason: ConflictKind


def pairs(picture: Picture, reason: ConflictKind) -> Iterator[Pair]:
    """All pairs of amounts and shares of pledges that differ for this reason."""
    if _KNOWN not in picture.memory:  # Four checks ask, each for another reason.
        picture.memory[_KNOWN] = list(_pairs(picture))
    return (pair for pair in picture.memory[_KNOWN] if pair.reason is reason)


def _pairs(picture: Picture) -> Iterator[Pair]:
    for figure in picture.figures:
        if figure.attribute not in (Attribute.AMOUNT, Attribute.SHARE):
            continue
        if not compared(figure.entity, figure.qualifier):
            continue
        sides = [s for s in figure.sides if isinstance(s.value, Money | Share)]
        for light in sides[1:MOST_SIDES]:
            reason = _reason(picture, figure, sides, light)
            if reason is not None:
                yield Pair(figure, sides[0], light, reason)


def _reason(picture: Picture, figure: Figure, sides: list[Side], light: Side) -> ConflictKind | None:
    """Why the light side differs from the heaviest; None where the two are no disagreement at all."""
    heavy = sides[0]
    if told_order(picture.of(heavy), picture.of(light)):
        return ConflictKind.UPDATE
    if factor(heavy, light) is not None or wrong_unit(heavy, light):
        return ConflictKind.SLIP
    newer, older = picture.of(heavy), picture.of(light)
    if {v.claim.document for v in older} <= {v.claim.document for v in newer} and not _quoted_apart(
        heavy, light, picture
    ):
        return None  # Reports that give both figures do not contradict themselves: they mean two things by them.
    if _whole_of_all(picture, figure, light):
        return None
    if _part(picture, figure, sides, light) or _elsewhere(picture, figure, light):
        return None
    if replaces(newer, older) or replaces(older, newer):
        return ConflictKind.UPDATE
    if bounded(heavy, light) and not _one_size(heavy, light) and _made_precise(heavy, light, picture):
        return None  # "Up to $100bn" on a list, $40bn once it was decided: the bound has been kept.
    if figure.entity.kind is EntityKind.PROGRAMME and _small(heavy, light) and not bounded(heavy, light):
        return None  # What is less than half of a pledge is taken for a part of it.
    # A bound leaves room for a figure well inside it. But near the bound of what one project or batch costs, the figure
    # is a second account of that cost.
    cost = figure.entity.kind is not EntityKind.PROGRAMME and isinstance(light.value, Money)
    inside = bounded(heavy, light) and not (cost and _one_size(heavy, light))
    if not inside and figure.entity.kind is EntityKind.PROJECT and isinstance(light.value, Money):
        if _smaller_part(picture, sides, light):
            return None
        inside = _two_measures(picture, heavy, light)
    if not inside and _turned(picture, figure, heavy, light):
        return None
    return ConflictKind.DEFINITION if inside else ConflictKind.DISPUTE


def _two_measures(picture: Picture, heavy: Side, light: Side) -> bool:
    """Whether at least two reports, and most of those that give the lighter figure, give both: then the two measure
    different things (works alone, works and financing), and who gives one of them says no more of what it covers."""
    ours, theirs = ({v.claim.document for v in picture.of(side)} for side in (heavy, light))
    both = ours & theirs
    return len(both) > 1 and 2 * len(both) >= len(theirs) and not _quoted_apart(heavy, light, picture)


def _smaller_part(picture: Picture, sides: list[Side], light: Side) -> bool:
    """Whether all reports of an amount give one of more than double of it for the same project: a share in it, a loan,
    a first step."""
    size = _dollars(light)
    larger = [s for s in sides[:MOST_SIDES] if size and (_dollars(s) or 0.0) > _ONE_SIZE * size]
    whole = {v.claim.document for s in larger for v in picture.of(s)}
    return {v.claim.document for v in picture.of(light)} <= whole


def _dollars(side: Side) -> float | None:
    amount = point(side.value)
    if amount is None or not isinstance(side.value, Money):
        return None
    return in_dollars(amount, side.value.currency, None)


def _quoted_apart(a: Side, b: Side, picture: Picture) -> bool:
    """Whether reports that give both figures quote them from different sources, as two accounts of one thing.

    Accounts of one thing are of one size: figures that differ by more than the double are of two things, whoever said
    them.
    """
    if not _one_size(a, b):
        return False
    here, there = picture.of(a), picture.of(b)
    shared = {v.claim.document for v in here} & {v.claim.document for v in there}
    here, there = ([v for v in its if v.claim.document in shared] for its in (here, there))
    if {(v.claim.document, v.root.key) for v in here} & {(v.claim.document, v.root.key) for v in there}:
        return False
    # What an outlet says itself and what it quotes elsewhere mostly measure two things; in one sentence they do not.
    named = all(v.root.source is not None for v in (*here, *there))
    places = {(v.claim.document, v.claim.sentence) for v in here} & {
        (v.claim.document, v.claim.sentence) for v in there
    }
    return named or bool(places)


def _one_size(a: Side, b: Side) -> bool:
    x, y = point(a.value), point(b.value)
    return bool(x and y) and 1 / _ONE_SIZE <= (x or 1.0) / (y or 1.0) <= _ONE_SIZE


def factor(a: Side, b: Side) -> int | None:
    """The power of ten by which two sides of one unit differ, of those that a slip makes; None where they do not.

    One to three zeros; four where 億 and 兆 are mixed up, six where a million is taken for a trillion.
    """
    x, y = point(a.value), point(b.value)
    if not x or not y or getattr(a.value, "currency", None) != getattr(b.value, "currency", None):
        return None
    ratio = abs(math.log10(x / y)) if x / y > 0 else 0.0
    power = round(ratio)
    return power if power in _POWERS and abs(ratio - power) <= _CLOSE else None


def wrong_unit(a: Side, b: Side) -> bool:
    """Whether two sides have one number in two currencies that are not worth the same."""
    one, other = a.value, b.value
    if not isinstance(one, Money) or not isinstance(other, Money) or one.currency == other.currency:
        return False
    x, y = point(one), point(other)
    if not x or not y or abs(math.log10(x / y)) > _CLOSE:
        return False
    worth_x, worth_y = in_dollars(x, one.currency, None), in_dollars(y, other.currency, None)
    return worth_x is None or worth_y is None or abs(worth_x / worth_y - 1) > CONVERTED


def bounded(a: Side, b: Side) -> bool:
    """Whether one is a bound or a range, far off but not contradicting: 'up to $100bn' and '$30bn'."""
    for bound, other in ((a.value, b.value), (b.value, a.value)):
        x = point(other)
        if x is None or not isinstance(bound, Money | Share):
            continue
        if getattr(bound, "currency", None) != getattr(other, "currency", None):
            continue
        if bound.qualifier is Qualifier.UP_TO and bound.high is not None and x <= bound.high:
            return True
        if bound.qualifier is Qualifier.AT_LEAST and bound.low is not None and x >= bound.low:
            return True
    return False


def _small(heavy: Side, light: Side) -> bool:
    """Whether an amount is less than half of the other, in dollars: no two accounts of one sum differ so much."""
    whole, part = _dollars(heavy), _dollars(light)
    return bool(whole and part) and not 1 / _ONE_SIZE <= (part or 0.0) / (whole or 1.0) <= _ONE_SIZE


def _made_precise(a: Side, b: Side, picture: Picture) -> bool:
    """Whether one is a bound, and the other was reported only after every report of the bound."""
    for bound, later in ((a, b), (b, a)):
        if isinstance(bound.value, Money | Share) and bound.value.qualifier in (Qualifier.UP_TO, Qualifier.AT_LEAST):
            told, since = [v.day for v in picture.of(bound)], [v.day for v in picture.of(later)]
            if None not in (*told, *since) and min(d for d in since if d) > max(d for d in told if d):
                return True
    return False


def _part(picture: Picture, figure: Figure, sides: list[Side], light: Side) -> bool:
    """Whether the light side is known as a part: the rest is another side, or it is the total of a batch or project."""
    whole, part = point(sides[0].value), point(light.value)
    if not isinstance(light.value, Money) or whole is None or part is None or part >= whole:
        return False
    others = [point(s.value) for s in sides[1:MOST_SIDES] if s is not light]
    if any(other is not None and abs(part + other - whole) <= 0.02 * whole for other in others):
        return True
    programme = dict(figure.entity.attributes).get("programme")
    if programme is None or figure.entity.kind is EntityKind.PROJECT:
        return False  # That another project costs as much is no reason for this one to.
    return any(entity.id != figure.entity.id for entity in picture.totals_near(part, light.value.currency, programme))


def _turned(picture: Picture, figure: Figure, heavy: Side, light: Side) -> bool:
    """Whether two rates of a tariff are the one before and the one after, or the one that was threatened.

    Tariffs change with every deal, and a rate that is gone is still told of. Two rates exclude each other only in
    reports of one month (or of no day at all) that do not give both, and that tell them as facts.
    """
    if ("compared", "tariff") not in figure.entity.attributes:
        return False
    both = {v.claim.document for v in picture.of(heavy)} & {v.claim.document for v in picture.of(light)}
    if both and _quoted_apart(heavy, light, picture):
        return False
    ours, theirs = ([v for v in picture.of(s) if v.claim.document not in both] for s in (heavy, light))
    ours, theirs = ([v for v in its if v.claim.modality is Modality.ASSERTED] for its in (ours, theirs))
    days = [(a.day, b.day) for a in ours for b in theirs]
    return not any(abs((a - b).days) <= _MONTH if a and b else a is b for a, b in days)


def _whole_of_all(picture: Picture, figure: Figure, light: Side) -> bool:
    """Whether what is told of one project is what its batch or its whole programme comes to, and no word on it."""
    amount, programme = point(light.value), dict(figure.entity.attributes).get("programme")
    if figure.entity.kind is not EntityKind.PROJECT or amount is None or programme is None:
        return False
    own = point(figure.value)
    if not isinstance(light.value, Money) or not isinstance(figure.value, Money) or own is None or amount <= own:
        return False
    near = picture.totals_near(amount, light.value.currency, programme)
    return any(entity.kind in (EntityKind.TRANCHE, EntityKind.PROGRAMME) for entity in near)


def _elsewhere(picture: Picture, figure: Figure, light: Side) -> bool:
    """Whether all reports of the light side also speak of another programme, whose total it is."""
    amount = point(light.value)
    if not isinstance(light.value, Money) or amount is None:
        return False
    documents = {v.claim.document for v in picture.of(light)}
    return any(
        entity.id != figure.entity.id and picture.all_about(documents, entity.id)
        for entity in picture.totals_near(amount, light.value.currency)
    )
