"""Beliefs: a figure as a probability distribution. What the simulation draws from, and nothing else.

**The mixture.** A figure has sides i with weights w_i (see `weigh`: 1 - prod(1 - r) over a side's independent
origins). A denial with weight d of a value counts against each side that it speaks of, w_i' = w_i * prod(1 - d). The
belief is the mixture sum_i p_i f_i with p_i = w_i' / sum w'. So it is a statement *given that one of the reported
values is right*; the `doubt` prod_i (1 - w_i') is the probability that none is, were the sides independent. Sides
that weigh nothing (overtaken words) have no part in it. Where no side weighs anything, all count alike, and the doubt
is 1. A judgement collapses the mixture to the one side that it settled on, without doubt.

**The spread** f_i of a side lies over the stretch within which `agree` takes a statement to hold, so that what agrees
overlaps:

    exact v      uniform over v +- half a unit of the last digit that was stated ("$33.3bn": 33.25 to 33.35);
                 a point where the digits are not known
    about v      uniform over v +- 10 %
    between a, b uniform over a to b
    up to b      rising triangle over a to b: density 2 (x - a) / (b - a)^2. A bound is quoted for being near;
                 a is b / 2, or 0.9 b for the cost of one project or batch
    at least a   falling triangle over a to b: density 2 (b - x) / (b - a)^2, b being 2 a, or 1.1 a (or one step of
                 its last digit more) for one project or batch

Bounds on one side bound each other ("at least $30bn" beside "up to $40bn"), and `within` bounds all: what else is
known, such as the programme's ceiling. A side that is cut keeps its shape over what is left, and where nothing is
left it stands at the bound. Shares lie within 0 to 1. Amounts in another currency are brought to the figure's at a
year's average rate and spread by +- 15 % more (`agree.CONVERTED`); without a rate they cannot be placed and are left
out.

**Dates** are uniform over their days, as ordinals of the proleptic Gregorian calendar, a day d being [d, d + 1). An
open start is `OPEN_START` days before the end ("by spring" is seldom meant a year before), an open end `OPEN_END`
days after the start.

**Stages and words** are categories with probabilities p_i; a denial of words is the category `NOT_SO`. `ahead` tells
how far a project comes if what is planned or called possible comes about with the probability of these words
(`possibility`).

All of it is closed under what is asked: F(x) is a sum of pieces at most quadratic, means and variances are exact,
quantiles are found by halving until floats end, and draws invert F_i, so that equal random numbers give equal draws
on every machine.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import prod

from pledger.ledger.agree import ABOUT, CONVERTED, half_unit, in_dollars, reach
from pledger.ledger.distributions import DAY, SHARE, Belief, Categories, Part, Shape
from pledger.ledger.possibility import probability
from pledger.ledger.say import value as say
from pledger.model import (
    Attribute,
    Claim,
    DateValue,
    EntityKind,
    Figure,
    Interval,
    Money,
    Qualifier,
    Share,
    Side,
    StageValue,
    Text,
    Value,
)

__all__ = ["NOT_SO", "OPEN_END", "OPEN_START", "Belief", "Categories", "Part", "Shape", "ahead", "belief"]

NOT_SO = "not so"
"""The category of denials."""
OPEN_START, OPEN_END = 365, 730
"""Days that stand for an open start or end of a date."""
_DENIED = "denied: "


def belief(
    figure: Figure,
    claims: Mapping[str, Claim],
    *,
    within: tuple[float | None, float | None] = (None, None),
    settled: int | None = None,
) -> Belief | Categories | None:
    """The distribution of a figure; None where nothing that is reported can be placed on its scale.

    `claims`: the figure's claims by id, whose words tell how precisely each number was stated. `within`: least and
    greatest number by what else is known. `settled`: the index of the side that a judgement settled on.
    """
    sides = figure.sides if settled is None else (figure.sides[settled],)
    weights = [side.weight for side in sides] if settled is None else [1.0]
    if not any(weights):
        weights = [1.0] * len(sides)
        doubt_all = True
    else:
        doubt_all = False
    denials = [(s, w) for s, w in zip(sides, weights, strict=True) if _denies(s)]
    saying = [(s, w) for s, w in zip(sides, weights, strict=True) if not _denies(s)]
    # The heaviest side gives the scale: the figure's own, whatever the order in which the sides come.
    first = max(saying, key=lambda s: (s[1], repr(s[0].value)))[0].value if saying else None
    if not isinstance(first, Money | Share | DateValue):
        return _categories([(_word(s), w) for s, w in zip(sides, weights, strict=True)], doubt_all)
    cost = figure.entity.kind in (EntityKind.PROJECT, EntityKind.TRANCHE) and figure.attribute is Attribute.AMOUNT
    placed: list[tuple[Part, float]] = []
    for side, weight in saying:
        left = weight * prod(1 - d for d in sorted(d for denial, d in denials if _speaks_of(denial, side, claims)))
        part = _part(side, first, claims, cost, within)
        if part is not None and left > 0:
            placed.append((part, left))
    if not placed:
        return None
    total = math.fsum(w for _, w in placed)
    merged: dict[tuple[float, float, Shape], list[float]] = defaultdict(list)
    for part, weight in placed:
        merged[part.low, part.high, part.shape].append(weight)
    parts = tuple(sorted(Part(*key, math.fsum(sorted(its)) / total) for key, its in merged.items()))
    unit = first.currency if isinstance(first, Money) else SHARE if isinstance(first, Share) else DAY
    return Belief(unit, parts, 1.0 if doubt_all else prod(sorted(1 - min(w, 1.0) for _, w in placed)))


def ahead(figure: Figure, claims: Mapping[str, Claim], *, settled: int | None = None) -> Categories:
    """How far a project comes, by what is said of its stage: an origin's words for a rung count with the probability
    of their modality for that rung, and for the rest with the one that the figure's side leaves standing.

    `settled`: the index of the side that a judgement settled on, which then counts alone and without doubt.
    """
    if figure.attribute is not Attribute.STAGE:
        raise TypeError(f"not a stage: {figure.attribute}")
    if settled is not None:
        return _categories([(_word(figure.sides[settled]), 1.0)], doubt_all=False)
    told: list[tuple[str, float]] = []
    for side in figure.sides:
        behind = [(o, [claims[c] for c in o.claims if c in claims]) for o in side.origins if o.weight > 0]
        total = sum(o.weight for o, its in behind if its)
        for origin, its in behind:
            for claim in its:
                said = claim.value.stage if isinstance(claim.value, StageValue) else None
                p = probability(claim.modality, claim.modality_words) if said is not None else 0.0
                share = side.weight * origin.weight / total / len(its)
                told += [(str(said or _word(side)), share * p), (_word(side), share * (1 - p))]
    return _categories(told or [(_word(side), 1.0) for side in figure.sides], doubt_all=not told)


def _categories(told: Sequence[tuple[str, float]], doubt_all: bool) -> Categories:
    merged: dict[str, list[float]] = defaultdict(list)
    for word, weight in told:
        if weight > 0:
            merged[word].append(weight)
    sums = {word: math.fsum(sorted(its)) for word, its in merged.items()}
    total = math.fsum(sorted(sums.values()))
    options = tuple(sorted(((w, s / total) for w, s in sums.items()), key=lambda o: (-o[1], o[0])))
    return Categories(options, 1.0 if doubt_all else prod(sorted(1 - min(s, 1.0) for s in sums.values())))


def _denies(side: Side) -> bool:
    return isinstance(side.value, Text) and side.value.text.startswith(_DENIED)  # as `figures` writes them


def _word(side: Side) -> str:
    if _denies(side):
        return NOT_SO
    return str(side.value.stage) if isinstance(side.value, StageValue) else say(side.value)


def _speaks_of(denial: Side, side: Side, claims: Mapping[str, Claim]) -> bool:
    """Whether a denial denies this side's value; one whose words are not at hand denies all."""
    denied = [claims[c] for c in denial.claims if c in claims]
    return not denied or any(_meets(claim.value, side.value, claim.text) for claim in denied)


def _meets(denied: Value, said: Value, text: str) -> bool:
    match denied, said:
        case (Money(), Money()) if denied.currency == said.currency:
            return reach(denied, text).meets(reach(said, text))
        case (Share(), Share()):
            return reach(denied, text).meets(reach(said, text))
        case (DateValue(), DateValue()):
            return denied.interval.meets(said.interval)
    return False


def _part(
    side: Side, scale: Value, claims: Mapping[str, Claim], cost: bool, within: tuple[float | None, float | None]
) -> Part | None:
    """The side's spread on the figure's scale, with a weight of 1; None where it cannot be placed there."""
    match side.value, scale:
        case (DateValue(), DateValue()):
            days = _days(side.value.interval)
            return _cut(*days, Shape.UNIFORM, within) if days is not None else None
        case (Share(), Share()):
            low, high, shape = _spread(side, side.value, claims, cost=False)
            return _cut(
                low, high, shape, (max(within[0] or 0.0, 0.0), min(1.0 if within[1] is None else within[1], 1.0))
            )
        case (Money(), Money()):
            low, high, shape = _spread(side, side.value, claims, cost)
            if side.value.currency != scale.currency:
                here, there = in_dollars(1.0, side.value.currency, None), in_dollars(1.0, scale.currency, None)
                if here is None or there is None:
                    return None
                ends = sorted((low * here / there, high * here / there))
                low, high = (1 - CONVERTED) * ends[0], (1 + CONVERTED) * ends[1]
            return _cut(low, high, shape, within)
    return None


def _spread(side: Side, value: Money | Share, claims: Mapping[str, Claim], cost: bool) -> tuple[float, float, Shape]:
    """Lower and upper end and shape of a number as it was stated."""
    texts = sorted({claims[c].text for c in side.claims if c in claims and _same(claims[c].value, value)})
    low, high = value.low, value.high
    match value.qualifier:
        case Qualifier.UP_TO if high is not None:
            stretch = reach(value, "", cost and isinstance(value, Money))
            least = [v for v in _others(side, claims, Qualifier.AT_LEAST) if v < high]
            return max([stretch.low, *least]), high, Shape.RISING
        case Qualifier.AT_LEAST if low is not None:
            stretch = reach(value, "", cost and isinstance(value, Money))
            most = [v for v in _others(side, claims, Qualifier.UP_TO) if v > low]
            return low, min([stretch.high, *most]), Shape.FALLING
    start = low if low is not None else high if high is not None else 0.0
    end = high if high is not None else start
    start, end = min(start, end), max(start, end)
    halves = [half for text in texts if (half := half_unit(text, start))] if start == end else []
    spare = min(halves, default=0.0)
    if value.qualifier is Qualifier.ABOUT:
        spare = max(spare, ABOUT * abs(end))
    return start - spare, end + spare, Shape.UNIFORM


def _same(a: Value, b: Value) -> bool:
    ends = [(v.low, v.high, v.qualifier) for v in (a, b) if isinstance(v, Money | Share)]
    return len(ends) == 2 and ends[0] == ends[1]


def _others(side: Side, claims: Mapping[str, Claim], qualifier: Qualifier) -> list[float]:
    """The bounds of one kind among the side's statements, in its own unit."""
    found = []
    for claim in (claims[c] for c in side.claims if c in claims):
        value = claim.value
        if isinstance(value, Money | Share) and value.qualifier is qualifier:
            if isinstance(value, Money) and isinstance(side.value, Money) and value.currency != side.value.currency:
                continue
            bound = value.low if qualifier is Qualifier.AT_LEAST else value.high
            found += [bound] if bound is not None else []
    return found


def _days(interval: Interval) -> tuple[float, float] | None:
    start, end = interval.start, interval.end
    if start is None and end is None:
        return None
    first = start.toordinal() if start is not None else end.toordinal() - OPEN_START + 1  # type: ignore[union-attr]
    last = end.toordinal() if end is not None else first + OPEN_END - 1
    return float(min(first, last)), float(max(first, last) + 1)


def _cut(low: float, high: float, shape: Shape, within: tuple[float | None, float | None]) -> Part:
    """What lies within the bounds; the nearest bound where nothing does."""
    least = -math.inf if within[0] is None else within[0]
    most = math.inf if within[1] is None else within[1]
    if high < least or low > most:
        near = least if high < least else most
        return Part(near, near, Shape.UNIFORM, 1.0)
    return Part(max(low, least), min(high, most), shape, 1.0)
