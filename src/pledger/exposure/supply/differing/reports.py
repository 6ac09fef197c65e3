"""Reports against each other: one market told differently, other markets, other years, shares above the whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pledger.exposure.supply.differing.words import (
    DRIFT,
    ROUNDING,
    Agreement,
    bare,
    conflict_of,
    described,
    how_they_differ,
    in_years,
    labelled,
    of_whom,
    possessive,
    reached,
    said_of,
    wider,
)
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.voicing import share_of
from pledger.exposure.supply.wholes import Whole
from pledger.exposure.supply.words import ALL, Commodity, Measure
from pledger.ledger.explain import apart
from pledger.ledger.say import names, number
from pledger.model import Conflict, ConflictKind, Side

if TYPE_CHECKING:
    from pledger.exposure.supply.reported import Reported

__all__ = ["between", "inside", "several", "sums"]


def _standing(one: Reported) -> list[Side]:
    return [side for side in one.heard.sides if side.weight > 0]


def inside(commodity: Commodity, one: Reported) -> list[Conflict]:
    """Sides on one country's share of one market in one year."""
    first, *others = _standing(one) or [one.heard.sides[0]]
    voices = {t.voice.claim.id: t.voice for t in one.told}
    ours = [voices[c] for c in first.claims]
    apart_from = [s for s in others if apart(ours, [voices[c] for c in s.claims])]
    if not apart_from:
        return []
    sides = [first, *apart_from]
    told = names([said_of(one, side) for side in sides])
    text = f"{of_whom(commodity, one)} {told}: the same is meant, and not all of it can hold."
    return [conflict_of(commodity, ConflictKind.DISPUTE, sides, text, None, [labelled(one, side) for side in sides])]


def between(commodity: Commodity, here: Sequence[Reported]) -> list[Conflict]:
    """Shares of one country that are told of different years, grades, steps or measures."""
    main = min(here, key=_mainness)
    found = []
    for one in here:
        if one is main:
            continue
        same = one.whole.market == main.whole.market
        found += _years(commodity, main, one) if same else _definition(commodity, main, one)
    return found


def _mainness(one: Reported) -> tuple[bool, bool, float, int]:
    """The report that others are held against: of the world's output, of all grades, the best supported, the newest."""
    whole = one.whole
    weight = one.heard.sides[0].weight
    return whole.measure is not Measure.PRODUCTION, whole.grade != ALL, -weight, -(whole.last or 0)


def _years(commodity: Commodity, main: Reported, one: Reported) -> list[Conflict]:
    """One market in two years: what the years do not explain is disputed."""
    a, b = _standing(main), _standing(one)
    if not a or not b or reached(main, a[0]).meets(reached(one, b[0])):
        return []
    gap = _gap(main.whole, one.whole)
    near = reached(main, a[0]).meets(wider(reached(one, b[0]), DRIFT * gap))
    values = [labelled(main, a[0]), labelled(one, b[0])]
    text = f"{of_whom(commodity, main)} {said_of(main, a[0])} and {said_of(one, b[0])}: "
    if near:
        text += "they are shares of different years."
        return [conflict_of(commodity, ConflictKind.DEFINITION, [a[0], b[0]], text, None, values)]
    points = f"{number(100 * DRIFT * gap)} points" if gap else "nothing"
    text += f"the years explain at most {points} of the difference, and no report explains the rest."
    return [conflict_of(commodity, ConflictKind.DISPUTE, [a[0], b[0]], text, None, values)]


def _gap(a: Whole, b: Whole) -> int:
    """Years between two statements; a year where one of them tells none."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return 1
    return max(a.first - b.last, b.first - a.last, 0)


def _definition(commodity: Commodity, main: Reported, one: Reported) -> list[Conflict]:
    """Two shares of different things: 60 % of what?"""
    a, b = main.heard.sides[0], one.heard.sides[0]
    if reached(main, a).meets(reached(one, b)):
        return []
    text = (
        f"{of_whom(commodity, main)} {said_of(main, a)}, and of {described(commodity, one.whole)} "
        f"{said_of(one, b)}: {how_they_differ(main.whole, one.whole)}."
    )
    return [conflict_of(commodity, ConflictKind.DEFINITION, [a, b], text, None, [labelled(main, a), labelled(one, b)])]


def several(commodity: Commodity, one: Reported) -> Agreement | None:
    """Independent origins that agree."""
    side = one.heard.sides[0]
    if len({o.name for o in side.origins if o.weight > 0}) < 2:
        return None
    text = (
        f"On {possessive(name_of(one.country))} share of {described(commodity, one.whole)} "
        f"{names(sorted(o.name for o in side.origins))} agree: {bare(share_of(side.value))} ({in_years(one.whole)})."
    )
    return Agreement(commodity.key, one.country, one.heard.figures, text)


def sums(commodity: Commodity, its: Sequence[Reported]) -> list[Conflict]:
    """Shares that reports give to different countries of one market, which together are more than the whole."""
    markets: dict[tuple[object, ...], list[Reported]] = defaultdict(list)
    for one in its:
        markets[one.whole.market].append(one)
    found = []
    for here in markets.values():
        latest: dict[str, Reported] = {}
        for one in sorted(here, key=lambda r: (r.heard.sides[0].weight, r.whole.last or 0)):
            latest[one.country] = one
        least = {place: share_of(one.heard.sides[0].value).low or 0.0 for place, one in latest.items()}
        if len(latest) < 2 or sum(least.values()) <= 1 + ROUNDING * len(latest) + 1e-9:
            continue
        parts = sorted(latest.values(), key=lambda r: (-least[r.country], r.country))
        told = names([f"{bare(share_of(p.heard.sides[0].value))} for {name_of(p.country)}" for p in parts])
        text = (
            f"what reports give of {described(commodity, parts[0].whole)}, {told}, comes to at least "
            f"{number(100 * sum(least.values()))} %: more than the whole."
        )
        values = [f"{name_of(p.country)}: {bare(share_of(p.heard.sides[0].value))}" for p in parts]
        sides = [p.heard.sides[0] for p in parts]
        found.append(conflict_of(commodity, ConflictKind.ARITHMETIC, sides, text, None, values))
    return found
