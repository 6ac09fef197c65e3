"""What a portfolio's paths come to, and what a scenario changes: the answer of `expose`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pledger.exposure.portfolio.words.holdings import Holdings
from pledger.exposure.portfolio.words.matches import Matches
from pledger.exposure.portfolio.words.paths import Path
from pledger.ledger import Rows
from pledger.vehicle.words import Basis

if TYPE_CHECKING:
    import pandas as pd

    from pledger.exposure.portfolio.tabulated import EffectRow, HoldingRow, PathRow, SumRow

__all__ = ["NOT_ADVICE", "Effect", "Exposed", "Exposure", "Group", "Touched"]

NOT_ADVICE = (
    "No price is predicted: this says which reported projects a holding takes part in, and what a scenario changes "
    "in project money and roles. It is not investment advice."
)
"""What stands once with every answer."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a group of paths comes to: every project once, whatever leads to it."""

    projects: tuple[str, ...]
    """Ids of distinct projects."""
    low: float
    high: float
    """US dollars; open lower ends count as nothing, open upper ones at their lower end."""
    expected_low: float
    expected_high: float
    """The same, each project times its chance."""
    without: int
    """Projects whose amount is not reported in dollars."""


@dataclass(frozen=True, slots=True)
class Group:
    """One line of an aggregate: by holding, sector, country or programme."""

    key: str
    label: str
    rows: tuple[int, ...]
    weight: float | None
    """Weight of its holdings in the portfolio; None where no weights are known."""
    touched: Touched


@dataclass(frozen=True, slots=True)
class Exposed:
    """All paths, and what they come to."""

    paths: tuple[Path, ...]
    total: Touched
    by_holding: tuple[Group, ...]
    by_sector: tuple[Group, ...]
    by_country: tuple[Group, ...]
    by_programme: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario changes for one project that a holding takes part in."""

    row: int
    project: str
    project_name: str
    roles: tuple[str, ...]
    chance: tuple[float, float]
    """Probability of being funded: as reported, under the scenario."""
    drawn: tuple[float, float]
    """US dollars drawn for it by the programme's deadline if it is funded, every input at its median."""
    expected: tuple[float, float]
    """Chance times drawn."""
    in_all: tuple[float, float]
    """US dollars drawn for it in all quarters, likewise."""
    start: tuple[str, str]
    """First quarter of building."""
    told: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """A portfolio's exposure: the answer of `expose`."""

    holdings: Holdings
    matches: Matches
    exposed: Exposed
    as_of: dt.date
    """The day that listings are looked at on."""
    basis: Basis = Basis.REPORTED
    scenario: str = ""
    scenario_label: str = ""
    effects: tuple[Effect, ...] = ()
    left_out: tuple[str, ...] = ()
    """What was not looked at, in words: programmes without terms, sectors of which only the largest projects count."""
    programmes: tuple[tuple[str, str], ...] = ()
    """Keys and names of the programmes on the paths."""

    def paths(self) -> Rows[PathRow]:
        """Every path with its first sentence, by row of the portfolio, roles first."""
        from pledger.exposure.portfolio.tabulated import path_rows  # it builds on this module

        return Rows(path_rows(self))

    def rows(self) -> Rows[HoldingRow]:
        """Every row of the portfolio with what became of it, also those that are unmatched."""
        from pledger.exposure.portfolio.tabulated import HoldingRows

        return Rows(HoldingRows(self))

    def sums(self) -> Rows[SumRow]:
        """What the paths come to by holding, sector, country and programme, and all together."""
        from pledger.exposure.portfolio.tabulated import sum_rows

        return Rows(sum_rows(self))

    def changes(self) -> Rows[EffectRow]:
        """What the scenario changes for each holding and project; nothing without one."""
        from pledger.exposure.portfolio.tabulated import effect_rows

        return Rows(effect_rows(self))

    def frame(self) -> pd.DataFrame:
        """`paths` as a pandas data frame. Raises ImportError, with the mend, where pandas is not installed."""
        return self.paths().frame()
