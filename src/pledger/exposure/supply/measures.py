"""What a table of shares says of a dependence: concentration, largest supplier, share of a group, reliance, risk.

Each is given by its ends. Where sources give ranges, or leave part of the market unnamed, the ends are what follows
from them exactly (`bounds.py`); no middle is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pledger.exposure.supply import lists
from pledger.exposure.supply.bounds import (
    Bounds,
    Held,
    largest_square_sum,
    least_square_sum,
    readings,
    united,
)
from pledger.exposure.supply.geopolrisk import bounded, characterised, instability
from pledger.exposure.supply.words import ALL, Commodity, Level, Market, Measure, Step
from pledger.vehicle.words import Basis

__all__ = [
    "Leader", "Risks", "concentration", "group_share", "headline", "hhi", "leader", "levels", "of_market", "reliance",
    "risks",
]  # fmt: skip

_POINTS = 10_000.0


@dataclass(frozen=True, slots=True)
class Leader:
    """The largest supplier that is named."""

    country: str
    share: Bounds
    certain: bool
    """Whether nobody else, named or not, can have more."""


@dataclass(frozen=True, slots=True)
class Risks:
    """GeoPolRisk of a commodity for one country, by its ends, with the markets that it rests on."""

    importer: str
    import_risk: Bounds
    score: Bounds
    factor: Bounds | None
    """kg of copper equivalent for a kg; None where no price is known."""
    production: Market
    imports: Market
    dependence: Bounds


def of_market(market: Market, *, reported: bool = False) -> tuple[Held, ...]:
    """Who holds how much of a market by its reference, or by what is reported: a reading for each source that differs
    from another. None where no such word is said."""
    return readings(s for s in market.shares if (s.basis is Basis.REPORTED) == reported)


def hhi(shares: Held) -> Bounds:
    """The Herfindahl-Hirschman index: the sum of squared shares in per cent, from 0 to 10,000 points.

    Herfindahl (1950), Hirschman (1964). Lowest with the part that is not named spread over ever more suppliers, highest
    with it in one hand, as far as what is known leaves room.
    """
    parts = list(shares.named.values())
    low, high = least_square_sum(parts, shares.rest), largest_square_sum(parts, shares.rest)
    return Bounds(_POINTS * low, _POINTS * max(low, high))


def concentration(index: Bounds) -> str:
    """The class of an index by the US merger guidelines of 2023 (`lists/methods.toml`): one, or from one to another."""
    said = [_class(end) for end in (index.low, index.high)]
    return said[0] if said[0] == said[1] else f"{said[0]} to {said[1]}"


def _class(points: float) -> str:
    known = lists.methods("hhi")
    if points > known["high"]:
        return "highly concentrated"
    return "moderately concentrated" if points >= known["moderate"] else "not concentrated"


def leader(shares: Held) -> Leader | None:
    """The largest supplier that is named, by the middle of its share; None where no country is named."""
    if not shares.named:
        return None
    country, share = max(shares.named.items(), key=lambda item: (item[1].low + item[1].high, item[0]))
    others = [b.high for c, b in shares.named.items() if c != country] + [shares.rest.high]
    # What others can have at most depends on the leader's share too: with 95 % nobody else has more than 5 %.
    most = max(min(other, 1.0 - share.low) for other in others)
    return Leader(country, share, share.low >= most)


def group_share(shares: Held, countries: Iterable[str]) -> Bounds:
    """What the countries have together. Members that are not named may be any part of the rest, or none of it."""
    wanted = set(countries)
    inside = [b for c, b in shares.named.items() if c in wanted]
    outside = [b for c, b in shares.named.items() if c not in wanted]
    unnamed = bool(wanted - set(shares.named))
    least_rest, most_rest = shares.rest.low, shares.rest.high
    low = sum(b.low for b in inside)
    high = sum(b.high for b in inside) + (most_rest if unnamed else 0.0)
    low = max(low, 1.0 - sum(b.high for b in outside) - most_rest)
    high = min(high, 1.0 - sum(b.low for b in outside) - (0.0 if unnamed else least_rest))
    return Bounds(max(0.0, min(low, 1.0)), max(0.0, low, min(high, 1.0)))


def levels(commodity: Commodity, measure: Measure, importer: str | None = None) -> tuple[Level, ...]:
    """All levels of a kind, those of `importer` alone if given: what is no assumption first, then the newest."""
    found = [n for n in commodity.levels if n.measure is measure and importer in (None, n.country)]
    return tuple(sorted(found, key=lambda n: (n.basis is Basis.ASSUMPTION, _weak(n), -(n.year or 0))))


def reliance(commodity: Commodity, importer: str) -> Level | None:
    """Net imports as a share of the country's use, by the newest source that is not weak; None where not known."""
    found = levels(commodity, Measure.RELIANCE, importer)
    return found[0] if found else None


def headline(commodity: Commodity) -> Market | None:
    """The market of the world's production that stands for a commodity in a list.

    Its last step; there what is not assumed, then what does not rest on weak sources alone, then the newest.
    """
    made = [m for m in commodity.markets if m.measure is Measure.PRODUCTION]
    return min(made, key=_doubt, default=None)


def _doubt(market: Market) -> tuple[bool, int, bool, int]:
    assumed = all(s.basis is Basis.ASSUMPTION for s in market.shares)
    weak = all(source.weak for s in market.shares for source in s.sources)
    return assumed, -tuple(Step).index(market.step), weak, -(market.year or 0)


def risks(commodity: Commodity, importer: str) -> tuple[Risks, ...]:
    """GeoPolRisk for each market of the importer's imports that a market of production at the same step goes with.

    Imports as a share of them and of home production are at least the net import reliance (exports can only add to
    imports), and all where that is 100 %. Prices are those of the same step; the newest of each.
    """
    found = []
    for market in commodity.markets:
        if market.measure is not Measure.IMPORTS or market.importer != importer:
            continue
        bought = of_market(market)
        made = _production_of(commodity, market)
        world = of_market(made) if made is not None else ()
        if made is None or not world or not bought or not all(h.sound for h in (*world, *bought)):
            continue
        points = united(hhi(h) for h in world)
        dependence = _dependence(commodity, importer, market)
        weights = instability(market.year)
        unit = Bounds(points.low / _POINTS, points.high / _POINTS)
        both = [bounded(unit, h, dependence, {**weights, importer: 0.0}) for h in bought]
        import_risk, score = united(b for b, _ in both), united(b for _, b in both)
        price = _priced(commodity, importer, market)
        factor = None
        if price is not None:
            factor = Bounds(characterised(score.low, price.low), characterised(score.high, price.high))
        found.append(Risks(importer, import_risk, score, factor, made, market, dependence))
    return tuple(found)


def _production_of(commodity: Commodity, imports: Market) -> Market | None:
    """The market of production that imports come from: of the same step, the same grade before another, the newest."""
    made = [m for m in commodity.markets if m.measure is Measure.PRODUCTION and m.step is imports.step]
    made = [m for m in made if any(s.basis is Basis.REFERENCE for s in m.shares)] or made
    same = [m for m in made if m.grade == imports.grade] or [m for m in made if m.grade == ALL] or made
    return min(same, key=lambda m: abs((m.year or 0) - (imports.year or 0)), default=None)


def _dependence(commodity: Commodity, importer: str, market: Market) -> Bounds:
    found = _like(levels(commodity, Measure.RELIANCE, importer), market)
    least = min((n.low or 0.0 for n in found[:1]), default=0.0)
    return Bounds(least, 1.0)


def _priced(commodity: Commodity, importer: str, market: Market) -> Bounds | None:
    for level in _like(levels(commodity, Measure.PRICE, importer), market):
        if level.low is not None and level.high is not None:
            return Bounds(level.low, level.high)
    return None


def _like(found: Sequence[Level], market: Market) -> list[Level]:
    """Levels of the market's step, those of its grade first."""
    step = [n for n in found if n.step is market.step]
    return sorted(step, key=lambda n: n.grade != market.grade)


def _weak(level: Level) -> bool:
    return bool(level.sources) and all(source.weak for source in level.sources)
