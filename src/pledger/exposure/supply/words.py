"""The words of supply: who supplies how much of what, as frozen records.

A share is a number from 0 to 1. Countries are ISO 3166-1 alpha-2 codes; `REST` is what no row names.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pledger.model import Qualifier
from pledger.vehicle.words import Basis, Source

__all__ = ["ALL", "REST", "Commodity", "Level", "Market", "Measure", "Step", "Supplied"]

ALL = "all"
"""The grade that means the whole commodity."""
REST = "rest"
"""Stands for all countries that a table does not name."""


class Step(StrEnum):
    """How far along the chain a commodity is supplied."""

    MINED = "mined"
    REFINED = "refined"
    MANUFACTURED = "manufactured"


class Measure(StrEnum):
    """What a row's number is a share of, or a level of."""

    PRODUCTION = "production"
    """A country's share of the world's production or capacity."""
    IMPORTS = "imports"
    """A country's share of what the importing country imports."""
    USE = "use"
    """A country's share of the world's use."""
    RELIANCE = "reliance"
    """Net imports as a share of the importing country's use."""
    STOCKS = "stocks"
    """What the importing country holds, in months of its use."""
    PRICE = "price"
    """What the importing country pays, in US dollars a kilogram."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """What one source says of one country's share in one market."""

    country: str
    low: float | None
    high: float | None
    """Ends of the share; an open end is None."""
    qualifier: Qualifier
    basis: Basis
    """REFERENCE for a row of `data/supply` or a user's file, REPORTED for a figure of the ledger, ASSUMPTION for a row
    that says so."""
    year: int | None = None
    sources: tuple[Source, ...] = ()
    figure: str | None = None
    """The ledger's figure it was taken from."""
    claims: tuple[str, ...] = ()
    said: str = ""
    """What the share is of, in the words of the row or the report."""


@dataclass(frozen=True, slots=True)
class Market:
    """One commodity at one step and grade, seen through one measure: who has how much of it."""

    commodity: str
    step: Step
    measure: Measure
    grade: str
    """`all`, or the part of the commodity that is meant: `abrasive grade`."""
    importer: str | None
    """The country whose imports, reliance or stocks are meant; None where the whole world is."""
    year: int | None
    shares: tuple[Supplied, ...]
    """Every word on every country; more than one for a country where sources differ."""

    @property
    def identity(self) -> tuple[str, Step, Measure, str, str | None]:
        """What tells one market from another, whatever the year."""
        return self.commodity, self.step, self.measure, self.grade, self.importer


@dataclass(frozen=True, slots=True)
class Level:
    """A number of one country that is no supplier's share: reliance (a share), stocks (months of use), price ($/kg)."""

    country: str
    measure: Measure
    low: float | None
    high: float | None
    basis: Basis
    year: int | None = None
    sources: tuple[Source, ...] = ()
    note: str = ""
    step: Step = Step.MANUFACTURED
    grade: str = ALL
    qualifier: Qualifier = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Commodity:
    """What is known of a commodity's supply before any project changes it."""

    key: str
    """`industrial_diamond`."""
    name: str
    names: tuple[str, ...]
    """All names that reports use, in all languages."""
    sectors: tuple[str, ...]
    """Keys of `data/sectors.yaml` whose projects supply it."""
    markets: tuple[Market, ...]
    levels: tuple[Level, ...]
    about: str = ""
    """What a reader of the table should know: world output, what was not found."""
    origin: str = ""
    """The file that it was read from."""
