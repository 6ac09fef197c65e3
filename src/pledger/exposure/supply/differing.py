"""Where reported shares disagree with each other or with the tables, and where they agree: one sentence each.

`definition`: shares of different things, of a part and of all, mined and refined, made and imported, or of years far
apart; `dispute`: the same is meant and both cannot hold; `arithmetic`: shares of one market come to more than it. A
supplier's share moves from year to year: of two years, `DRIFT` a year is taken to be explained by the years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.wholes import ALL, Whole
from pledger.exposure.supply.words import Commodity, Market, Measure, Step, Supplied
from pledger.ledger.agree import Reach, reach
from pledger.ledger.explain import apart, conflict, plural, who
from pledger.ledger.say import names, number
from pledger.ledger.say import share as share_words
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Share, Side, stable_id
from pledger.vehicle.words import Basis

if TYPE_CHECKING:
    from pledger.exposure.supply.reported import Reported

__all__ = ["DRIFT", "Agreement", "conflicts", "described"]

DRIFT = 0.05
"""By how much a country's share of a market may move in a year: an assumption. Even China's share of mined rare earths,
which new mines elsewhere brought from some 97 % in 2010 down to 69 % in 2024, moved by two points a year on average."""
_ROUNDING = 0.005
"""How far a share told in whole per cent may be from the truth."""
_ORDER = (ConflictKind.ARITHMETIC, ConflictKind.DISPUTE, ConflictKind.DEFINITION)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Words on one thing that hold together, and one sentence that says so."""

    commodity: str
    country: str
    figures: tuple[str, ...]
    text: str
    reference: str | None = None
    """Where the table has its row from."""


def conflicts(
    shares: Sequence[Reported], commodities: Iterable[Commodity]
) -> tuple[tuple[Conflict, ...], tuple[Agreement, ...]]:
    """All that the reported shares disagree on among themselves and with the tables, and what they agree on."""
    found: dict[str, Conflict] = {}
    agreed: list[Agreement] = []
    for commodity in commodities:
        its = [one for one in shares if one.whole.commodity == commodity.key]
        by_country: dict[str, list[Reported]] = defaultdict(list)
        for one in its:
            by_country[one.country].append(one)
        for place in sorted(by_country):
            here = by_country[place]
            checks = [
                *(made for one in here for made in _inside(commodity, one)),
                *_between(commodity, here),
                *(made for one in here for made in _beside_tables(commodity, one, agreed)),
            ]
            found |= {made.id: made for made in checks}
            agreed += [made for one in here if (made := _several(commodity, one)) is not None]
        found |= {made.id: made for made in _sums(commodity, its)}
    order = sorted(found.values(), key=lambda c: (_ORDER.index(c.kind), c.entity.name, c.explanation, c.id))
    return tuple(order), tuple(agreed)


def described(commodity: Commodity, whole: Whole) -> str:
    """A market in words: `the world's output of synthetic industrial diamond, abrasive grade`."""
    steps = {m.step for m in commodity.markets if m.measure is whole.measure} | {whole.step}
    plain = whole.step is Step.MANUFACTURED or len(steps) == 1 or str(whole.step) in commodity.name
    told = "" if plain else f"{whole.step} "
    what = f"{told}{commodity.name}" + (f", {whole.grade}" if whole.grade != ALL else "")
    whose = _possessive(_the(whole.importer)) if whole.importer else "the world's"
    noun = {Measure.PRODUCTION: "output", Measure.IMPORTS: "imports", Measure.USE: "use"}[whole.measure]
    return f"{whose} {noun} of {what}"


def _the(code: str) -> str:
    name = name_of(code)
    return f"the {name}" if name.startswith(("United ", "European ", "Netherlands", "Philippines")) else name


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _when(whole: Whole) -> str:
    if whole.first is None or whole.last is None:
        return "undated"
    return str(whole.last) if whole.first == whole.last else f"{whole.first} to {whole.last}"


def _bare(share: Share) -> str:
    return share_words(replace(share, of=None, period=None))


def _value(side: Side) -> Share:
    if not isinstance(side.value, Share):
        raise TypeError(f"not a share: {side.value!r}")
    return side.value


def _text(one: Reported, side: Side) -> str:
    """The words that carry the value of a side: by them its rounding is told."""
    return next((t.voice.claim.text for t in one.told if t.voice.claim.id in side.claims), "")


def _reach(one: Reported, side: Side) -> Reach:
    return _whole_at_most(reach(_value(side), _text(one, side)))


def _whole_at_most(there: Reach) -> Reach:
    """A share is at most the whole: 'over 95 %' does not reach to the double."""
    return replace(there, high=min(there.high, max(1.0, there.low)))


def _said(one: Reported, side: Side) -> str:
    """Who says what of which year: `PRISM News says at least 60 % (undated)`."""
    voices = [t.voice for t in one.told if t.voice.claim.id in side.claims]
    return f"{who(voices)} {'say' if plural(voices) else 'says'} {_bare(_value(side))} ({_when(one.whole)})"


def _label(one: Reported, side: Side) -> str:
    """A side in short: `at least 95 % of abrasive grade (2024)`, `77 % of imports, grit and powder (2020 to 2023)`."""
    whole = one.whole
    what = [*([str(whole.measure)] if whole.measure is not Measure.PRODUCTION else []), whole.grade]
    return f"{_bare(_value(side))} of {', '.join(what)} ({_when(whole)})"


def _entity(commodity: Commodity) -> Entity:
    return Entity(
        stable_id("e", EntityKind.COMMODITY, commodity.key), EntityKind.COMMODITY, commodity.name, commodity.names
    )


def _made(
    commodity: Commodity,
    kind: ConflictKind,
    sides: Sequence[Side],
    text: str,
    reference: str | None = None,
    values: Sequence[str] = (),
) -> Conflict:
    return conflict(_entity(commodity), Attribute.SHARE, kind, sides, text, reference, values)


def _standing(one: Reported) -> list[Side]:
    return [side for side in one.heard.sides if side.weight > 0]


def _inside(commodity: Commodity, one: Reported) -> list[Conflict]:
    """Sides on one country's share of one market in one year."""
    first, *others = _standing(one) or [one.heard.sides[0]]
    voices = {t.voice.claim.id: t.voice for t in one.told}
    ours = [voices[c] for c in first.claims]
    apart_from = [s for s in others if apart(ours, [voices[c] for c in s.claims])]
    if not apart_from:
        return []
    sides = [first, *apart_from]
    told = names([_said(one, side) for side in sides])
    text = f"{_of_whom(commodity, one)} {told}: the same is meant, and not all of it can hold."
    return [_made(commodity, ConflictKind.DISPUTE, sides, text, None, [_label(one, side) for side in sides])]


def _of_whom(commodity: Commodity, one: Reported) -> str:
    return f"of {_possessive(name_of(one.country))} share of {described(commodity, one.whole)},"


def _between(commodity: Commodity, here: Sequence[Reported]) -> list[Conflict]:
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
    if not a or not b or _reach(main, a[0]).meets(_reach(one, b[0])):
        return []
    gap = _gap(main.whole, one.whole)
    near = _reach(main, a[0]).meets(_wider(_reach(one, b[0]), DRIFT * gap))
    values = [_label(main, a[0]), _label(one, b[0])]
    text = f"{_of_whom(commodity, main)} {_said(main, a[0])} and {_said(one, b[0])}: "
    if near:
        text += "they are shares of different years."
        return [_made(commodity, ConflictKind.DEFINITION, [a[0], b[0]], text, None, values)]
    points = f"{number(100 * DRIFT * gap)} points" if gap else "nothing"
    text += f"the years explain at most {points} of the difference, and no report explains the rest."
    return [_made(commodity, ConflictKind.DISPUTE, [a[0], b[0]], text, None, values)]


def _gap(a: Whole, b: Whole) -> int:
    """Years between two statements; a year where one of them tells none."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return 1
    return max(a.first - b.last, b.first - a.last, 0)


def _wider(there: Reach, spare: float) -> Reach:
    return replace(there, low=there.low - spare, high=there.high + spare)


def _definition(commodity: Commodity, main: Reported, one: Reported) -> list[Conflict]:
    """Two shares of different things: 60 % of what?"""
    a, b = main.heard.sides[0], one.heard.sides[0]
    if _reach(main, a).meets(_reach(one, b)):
        return []
    text = (
        f"{_of_whom(commodity, main)} {_said(main, a)}, and of {described(commodity, one.whole)} "
        f"{_said(one, b)}: {_differ(main.whole, one.whole)}."
    )
    return [_made(commodity, ConflictKind.DEFINITION, [a, b], text, None, [_label(main, a), _label(one, b)])]


def _differ(a: Whole, b: Whole) -> str:
    """In what two wholes differ, in words."""
    if a.measure is not b.measure or a.importer != b.importer:
        return "what a country imports or uses is not what the world makes"
    if a.step is not b.step:
        return f"one is {a.step}, the other {b.step}"
    if ALL in (a.grade, b.grade):
        return "one is a part of the other, and a part may be held more closely than all"
    return f"{a.grade} and {b.grade} are different parts of it"


def _several(commodity: Commodity, one: Reported) -> Agreement | None:
    """Independent origins that agree."""
    side = one.heard.sides[0]
    if len({o.name for o in side.origins if o.weight > 0}) < 2:
        return None
    text = (
        f"On {_possessive(name_of(one.country))} share of {described(commodity, one.whole)} "
        f"{names(sorted(o.name for o in side.origins))} agree: {_bare(_value(side))} ({_when(one.whole)})."
    )
    return Agreement(commodity.key, one.country, one.heard.figures, text)


# Against the tables


def _rows(commodity: Commodity, one: Reported) -> list[tuple[Market, Supplied]]:
    return [
        (market, row)
        for market in commodity.markets
        for row in market.shares
        if row.country == one.country and row.basis is Basis.REFERENCE
    ]


def _beside_tables(commodity: Commodity, one: Reported, agreed: list[Agreement]) -> list[Conflict]:
    """A report against the rows of the tables on the same country."""
    side = one.heard.sides[0]
    here = _reach(one, side)
    rows = _rows(commodity, one)
    same = [(m, r) for m, r in rows if _market(m) == one.whole.market]
    if not same:
        return _other_market(commodity, one, side, rows)
    near = sorted(same, key=lambda pair: (_away(pair[0], one.whole), _weak(pair[1])))
    holds = next((pair for pair in near if here.meets(_wider(_row(pair[1]), DRIFT * _away(pair[0], one.whole)))), None)
    if holds is not None:
        market, row = holds
        text = (
            f"On {_possessive(name_of(one.country))} share of {described(commodity, one.whole)} {_said(one, side)}, "
            f"and the table has {_bare(_share(row))} ({market.year or 'undated'}): they agree{_but(here, one, near)}."
        )
        agreed.append(Agreement(commodity.key, one.country, one.heard.figures, text, _where(row)))
        return []
    market, row = near[0]
    years = _away(market, one.whole)
    rest = f": the years explain at most {number(100 * DRIFT * years)} points of the difference" if years else ""
    text = (
        f"{_of_whom(commodity, one)} {_said(one, side)}, but the table has {_bare(_share(row))} "
        f"({market.year or 'undated'}); the same is meant, and both cannot hold{rest}."
    )
    values = (_label(one, side), f"{_bare(_share(row))} by the table ({market.year or 'undated'})")
    return [_made(commodity, ConflictKind.DISPUTE, [side], text, _where(row), values)]


def _but(here: Reach, one: Reported, near: Sequence[tuple[Market, Supplied]]) -> str:
    """What a row of a source that is not weak has instead, where the tables differ among themselves."""
    for market, row in near:
        years = _away(market, one.whole)
        if not _weak(row) and years <= 1 and not here.meets(_wider(_row(row), DRIFT * years)):
            return f", though another source of the table has {_bare(_share(row))} ({market.year or 'undated'})"
    return ""


def _other_market(
    commodity: Commodity, one: Reported, side: Side, rows: Sequence[tuple[Market, Supplied]]
) -> list[Conflict]:
    """A report of which the tables have no market, against the nearest that they have."""
    its = [(m, r) for m, r in rows if m.measure is one.whole.measure and m.importer == one.whole.importer]
    its = [(m, r) for m, r in its if m.step is one.whole.step] or its
    if not its or any(_reach(one, side).meets(_row(row)) for _, row in its):
        return []
    market, row = min(its, key=lambda pair: (_away(pair[0], one.whole), _weak(pair[1])))
    there = Whole(commodity.key, market.step, market.measure, market.grade, market.importer, market.year, market.year)
    text = (
        f"{_of_whom(commodity, one)} {_said(one, side)}, and of {described(commodity, there)} the table has "
        f"{_bare(_share(row))} ({market.year or 'undated'}): {_differ(one.whole, there)}."
    )
    values = (_label(one, side), f"{_bare(_share(row))} of {market.grade} by the table ({market.year or 'undated'})")
    return [_made(commodity, ConflictKind.DEFINITION, [side], text, _where(row), values)]


def _market(market: Market) -> tuple[object, ...]:
    return market.commodity, market.step, market.measure, market.grade, market.importer


def _share(row: Supplied) -> Share:
    return Share(row.low, row.high, row.qualifier, None)


def _row(row: Supplied) -> Reach:
    """What a row of a table allows; its last digit is not known from its number, so half a point to each side."""
    there = _whole_at_most(reach(_share(row), ""))
    return replace(there, spare=max(there.spare, _ROUNDING))


def _away(market: Market, whole: Whole) -> int:
    if market.year is None or whole.first is None or whole.last is None:
        return 1
    return max(whole.first - market.year, market.year - whole.last, 0)


def _weak(row: Supplied) -> bool:
    return not any(not source.weak for source in row.sources)


def _where(row: Supplied) -> str | None:
    return row.sources[0].where if row.sources else None


# Sums


def _sums(commodity: Commodity, its: Sequence[Reported]) -> list[Conflict]:
    """Shares that reports give to different countries of one market, which together are more than the whole."""
    markets: dict[tuple[object, ...], list[Reported]] = defaultdict(list)
    for one in its:
        markets[one.whole.market].append(one)
    found = []
    for here in markets.values():
        latest: dict[str, Reported] = {}
        for one in sorted(here, key=lambda r: (r.heard.sides[0].weight, r.whole.last or 0)):
            latest[one.country] = one
        least = {place: _value(one.heard.sides[0]).low or 0.0 for place, one in latest.items()}
        if len(latest) < 2 or sum(least.values()) <= 1 + _ROUNDING * len(latest) + 1e-9:
            continue
        parts = sorted(latest.values(), key=lambda r: (-least[r.country], r.country))
        told = names([f"{_bare(_value(p.heard.sides[0]))} for {name_of(p.country)}" for p in parts])
        text = (
            f"what reports give of {described(commodity, parts[0].whole)}, {told}, comes to at least "
            f"{number(100 * sum(least.values()))} %: more than the whole."
        )
        values = [f"{name_of(p.country)}: {_bare(_value(p.heard.sides[0]))}" for p in parts]
        sides = [p.heard.sides[0] for p in parts]
        found.append(_made(commodity, ConflictKind.ARITHMETIC, sides, text, None, values))
    return found
