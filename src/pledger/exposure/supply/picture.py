"""A commodity with its measures: what every view of it shows, worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pledger.exposure.supply.bounds import Bounds, Held, united
from pledger.exposure.supply.differing import Agreement
from pledger.exposure.supply.measures import (
    Leader,
    Risks,
    concentration,
    group_share,
    headline,
    hhi,
    leader,
    of_market,
    reliance,
    risks,
)
from pledger.exposure.supply.reported import Joined
from pledger.exposure.supply.words import Commodity, Level, Market, Measure
from pledger.model import Conflict
from pledger.vehicle.words import Basis

__all__ = ["Line", "Measured", "Picture", "Seen", "line", "lines", "picture"]


@dataclass(frozen=True, slots=True)
class Measured:
    """What follows from the words on one market; from all readings together where sources differ."""

    index: Bounds | None
    """HHI in points; None where the words of a source cannot all be true."""
    level: str
    """Its class by the merger guidelines."""
    leader: Leader | None
    group: Bounds | None
    """What the countries that were asked for have together; None where none were."""
    rest: Bounds
    """What belongs to nobody who is named."""
    over: float
    """By how much shares are more than the whole, where they cannot all be true; else 0."""
    readings: int
    """How many sources differ from another; 1 where none does."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One market by its reference, and by what is reported of it."""

    market: Market
    reference: Measured | None
    reported: Measured | None


@dataclass(frozen=True, slots=True)
class Picture:
    """All of a commodity, for one importing country and one group of suppliers."""

    commodity: Commodity
    importer: str
    group: tuple[str, ...]
    markets: tuple[Seen, ...]
    levels: tuple[Level, ...]
    risks: tuple[Risks, ...]
    conflicts: tuple[Conflict, ...] = ()
    """Where reports disagree with each other or with the tables."""
    agreements: tuple[Agreement, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A commodity in one line of a list."""

    commodity: Commodity
    market: Market | None
    measured: Measured | None
    reliance: Level | None
    reported: int
    """How many reported shares the ledger has."""


def picture(commodity: Commodity, importer: str, group: Sequence[str] = (), joined: Joined | None = None) -> Picture:
    """A commodity with the measures of each of its markets, its risk for `importer`, and what reports disagree on.

    `joined`: what gave `commodity` its reported shares; None where it has none.
    """
    return Picture(
        commodity,
        importer,
        tuple(group),
        tuple(_seen(market, group) for market in commodity.markets),
        commodity.levels,
        risks(commodity, importer),
        tuple(c for c in joined.conflicts if c.entity.name == commodity.name) if joined is not None else (),
        tuple(a for a in joined.agreements if a.commodity == commodity.key) if joined is not None else (),
    )


def _seen(market: Market, group: Sequence[str]) -> Seen:
    if market.measure is Measure.USE:  # who uses something is no concentration of supply
        return Seen(market, None, None)
    return Seen(market, _measured(of_market(market), group), _measured(of_market(market, reported=True), group))


def line(commodity: Commodity, importer: str, group: Sequence[str] = ()) -> Line:
    """A commodity in one line: the newest of its world production, and how far `importer` relies on imports."""
    market = headline(commodity)
    held = of_market(market) if market is not None else ()
    said = sum(s.basis is Basis.REPORTED for m in commodity.markets for s in m.shares)
    return Line(commodity, market, _measured(held, group), reliance(commodity, importer), said)


def lines(commodities: Iterable[Commodity], importer: str, group: Sequence[str] = ()) -> tuple[Line, ...]:
    """Lines of a list, the most concentrated surely first; those whose shares are not known last."""
    found = [line(each, importer, group) for each in commodities]
    return tuple(sorted(found, key=_order))


def _order(one: Line) -> tuple[float, float, str]:
    index = one.measured.index if one.measured is not None else None
    return (-index.low, -index.high, one.commodity.name) if index is not None else (1.0, 0.0, one.commodity.name)


def _measured(held: Sequence[Held], group: Sequence[str]) -> Measured | None:
    if not held:
        return None
    rest = united(h.rest for h in held)
    if not all(h.sound for h in held):
        return Measured(None, "", None, None, rest, max(h.over for h in held), len(held))
    index = united(hhi(h) for h in held)
    together = united(group_share(h, group) for h in held) if group else None
    return Measured(index, concentration(index), _leader(held), together, rest, 0.0, len(held))


def _leader(held: Sequence[Held]) -> Leader | None:
    """The leader of most readings; certain only where it is that of each."""
    found = [first for h in held if (first := leader(h)) is not None]
    if not found:
        return None
    countries = [first.country for first in found]
    country = max(countries, key=countries.count)
    share = united(h.named[country] for h in held if country in h.named)
    return Leader(country, share, set(countries) == {country} and all(first.certain for first in found))
