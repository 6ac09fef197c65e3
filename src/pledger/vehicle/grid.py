"""The grid of a run: whole calendar quarters, counted from the one that holds the valuation date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pledger.vehicle.words import QUARTERS

__all__ = ["Grid"]


@dataclass(frozen=True, slots=True)
class Grid:
    """Quarters q = 0..quarters-1; those before the grid have negative numbers."""

    first_year: int
    """Calendar year of q = 0."""
    first_quarter: int
    """0 where q = 0 is January to March, 3 where it is October to December."""
    quarters: int = QUARTERS

    @classmethod
    def at(cls, valuation: dt.date, quarters: int = QUARTERS) -> Grid:
        """The grid whose q = 0 holds the valuation date."""
        return cls(valuation.year, (valuation.month - 1) // 3, quarters)

    def of(self, day: dt.date) -> int:
        """The quarter that holds a day; negative before the grid, `quarters` or more after it."""
        return 4 * (day.year - self.first_year) + (day.month - 1) // 3 - self.first_quarter

    def year(self, quarter: int) -> int:
        """The calendar year of a quarter."""
        return self.first_year + (self.first_quarter + quarter) // 4

    def label(self, quarter: int) -> str:
        """The quarter as a person writes it: `2026 Q4`."""
        return f"{self.year(quarter)} Q{(self.first_quarter + quarter) % 4 + 1}"

    def labels(self) -> list[str]:
        """The label of every quarter of the grid, in order."""
        return [self.label(quarter) for quarter in range(self.quarters)]

    def first_day(self, quarter: int) -> dt.date:
        """The first day of a quarter."""
        return dt.date(self.year(quarter), 3 * ((self.first_quarter + quarter) % 4) + 1, 1)

    def last_day(self, quarter: int) -> dt.date:
        """The last day of a quarter, on which its flows fall."""
        return self.first_day(quarter + 1) - dt.timedelta(days=1)
