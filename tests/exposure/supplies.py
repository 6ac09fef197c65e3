"""Commodities, plants and plans for the tests of supply, made by hand."""

from __future__ import annotations

from pledger.exposure.supply.plants import Plant
from pledger.exposure.supply.words import REST, Commodity, Level, Market, Measure, Step, Supplied
from pledger.ledger.distributions import SHARE
from pledger.model import Qualifier
from pledger.vehicle.shapes import point as at
from pledger.vehicle.words import Basis, Input, Plan, Source
from vehicle.plans import candidate, plan, point

__all__ = ["commodity", "exact", "plant"]


def exact(country: str, share: float) -> Supplied:
    return Supplied(country, share, share, Qualifier.EXACT, Basis.REFERENCE, 2024, (Source("a table", 2024),))


def commodity(reliance: float | None = 0.6, use: float | None = 0.1, stocks: float | None = None) -> Commodity:
    """Grit: 75 % of US imports from CN, 15 % from KR; the world's production 90 % in CN."""
    markets = [
        Market("grit", Step.MANUFACTURED, Measure.PRODUCTION, "all", None, 2024, (exact("CN", 0.9), exact("US", 0.05))),
        Market(
            "grit", Step.MANUFACTURED, Measure.IMPORTS, "powder", "US", 2024,
            (exact("CN", 0.75), exact("KR", 0.15), exact(REST, 0.1)),
        ),
        Market(
            "grit", Step.MINED, Measure.IMPORTS, "stones", "US", 2024,
            (exact("IN", 0.4), exact("ZA", 0.3), exact("RU", 0.2), exact("BW", 0.1)),
        ),
    ]  # fmt: skip
    if use is not None:
        markets.append(Market("grit", Step.MANUFACTURED, Measure.USE, "all", None, 2024, (exact("US", use),)))
    source = (Source("a table", 2024),)
    levels = [Level("US", Measure.RELIANCE, 0.8, 0.8, Basis.REFERENCE, 2024, source, step=Step.MINED, grade="stones")]
    if reliance is not None:
        levels.append(Level("US", Measure.RELIANCE, reliance, reliance, Basis.REFERENCE, 2024, source, grade="powder"))
    if stocks is not None:
        levels.append(Level("US", Measure.STOCKS, stocks, stocks, Basis.REFERENCE, 2024, source))
    return Commodity("grit", "grit", ("grit",), ("diamond_grit",), tuple(markets), tuple(levels))


def plant(chance: float = 0.5, covers: float = 1.0, opens: int = 8, ramp: int = 1, name: str = "works") -> Plant:
    """A plant in the US that opens `opens` quarters after 1 January 2026, if it is built."""
    base = plan(2)
    one = candidate(
        name, 0, proceeds=point(chance), start=point(0.0), delay=point(0.0), build=opens, ramp_quarters=ramp
    )
    made = Plan(**{field: getattr(base, field) for field in Plan.__slots__} | {"candidates": (one, *base.candidates)})
    return Plant(
        name, f"Grit {name}", "US", Input(f"{name}.covers", name, SHARE, Basis.REPORTED, at(covers, SHARE)), made
    )
