"""A portfolio as it was read.

Weights are fractions of the portfolio (0.05 is 5 %), values amounts of money in the row's currency.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pledger.model import Problem
from pledger.vehicle.words import Floats

__all__ = ["Holding", "Holdings"]


@dataclass(frozen=True, slots=True)
class Holding:
    """One row of a portfolio."""

    row: int
    """Its line in the file, the header being 1."""
    name: str = ""
    isin: str = ""
    lei: str = ""
    ticker: str = ""
    exchange: str = ""
    """As the row has it: a code of a market (XTKS), or its name."""
    currency: str = ""
    country: str = ""
    weight: float | None = None
    """Share of the portfolio."""
    value: float | None = None

    @property
    def label(self) -> str:
        """What it is called where nothing better is known."""
        return self.name or self.ticker or self.isin or self.lei or f"row {self.row}"


@dataclass(frozen=True, slots=True)
class Holdings:
    """A portfolio, a column for each thing that rows say; all are as long as `rows`."""

    source: str
    """The file's name, without its folder."""
    rows: tuple[int, ...]
    names: tuple[str, ...]
    isins: tuple[str, ...]
    leis: tuple[str, ...]
    tickers: tuple[str, ...]
    exchanges: tuple[str, ...]
    currencies: tuple[str, ...]
    countries: tuple[str, ...]
    weights: Floats
    """NaN where a row says none."""
    values: Floats
    columns: tuple[tuple[str, str], ...]
    """What each column was taken for: (`weight`, its header in the file)."""
    problems: tuple[Problem, ...]
    """Everything that could not be used as it stands; `where` names file, row and column."""
    total: float | None = None
    """What the weights of the file come to, before any were normalised; None where it has none."""
    normalised: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, n: int) -> Holding:
        """Row number n, counted from 0."""
        weight, value = float(self.weights[n]), float(self.values[n])
        return Holding(
            self.rows[n],
            self.names[n],
            self.isins[n],
            self.leis[n],
            self.tickers[n],
            self.exchanges[n],
            self.currencies[n],
            self.countries[n],
            None if np.isnan(weight) else weight,
            None if np.isnan(value) else value,
        )
