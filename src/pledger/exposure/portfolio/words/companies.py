"""Who is known: listed companies with their securities, who owns whom, the ledger's organisations.

A share of a company that is owned is a number from 0 to 1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pledger.vehicle.words import Source

__all__ = ["Company", "Listing", "Organisation", "Owned"]


@dataclass(frozen=True, slots=True)
class Listing:
    """One security by which a company is or was listed."""

    isin: str
    ticker: str
    mic: str
    """Market identifier code, ISO 10383."""
    since: dt.date | None
    until: dt.date | None
    """The day on which it was delisted."""
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """A company of `data/reference/listed.csv`."""

    name: str
    names: tuple[str, ...]
    """All names, the first one included."""
    party: str
    """The name by which reports on programmes know it; empty for one that is only taken for a party."""
    lei: str
    country: str
    """ISO 3166-1 alpha-2."""
    sector: str
    """In words."""
    sectors: tuple[str, ...]
    """Keys of `data/sectors.yaml` in which it works."""
    sector_source: Source | None
    """None: our own reading of its business."""
    taken_for: tuple[str, ...]
    """Parties that it is not, though its name looks like theirs."""
    listings: tuple[Listing, ...]

    def delisted(self, on: dt.date) -> dt.date | None:
        """The day on which its last listing ended, where all had ended by `on`."""
        ends = [listing.until for listing in self.listings]
        last = max((end for end in ends if end is not None), default=None)
        return last if last is not None and None not in ends and last <= on else None


@dataclass(frozen=True, slots=True)
class Owned:
    """Who owns what."""

    owned: str
    owner: str
    low: float | None
    high: float | None
    """The share; open ends are None."""
    kind: str
    """`unit`: it belongs to the owner's group; `part`: others own it too."""
    since: dt.date | None
    until: dt.date | None
    source: Source
    note: str = ""
    figure: str | None = None
    """The ledger's figure, where reports say so."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the ledger."""

    id: str
    name: str
    names: tuple[str, ...]
