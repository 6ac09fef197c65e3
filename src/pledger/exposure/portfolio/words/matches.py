"""What became of the rows of a portfolio: whom each means, by what, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pledger.exposure.portfolio.words.companies import Company, Organisation, Owned
from pledger.exposure.portfolio.words.holdings import Holding

__all__ = ["How", "Matched", "Matches", "Step", "Sure", "Verdict"]


class How(StrEnum):
    """By what a holding is matched."""

    ISIN = "ISIN"
    LEI = "LEI"
    TICKER = "ticker"
    NAME = "name"


class Sure(StrEnum):
    """How sure a match is."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"
    """Listed, and never counted."""


class Verdict(StrEnum):
    """What became of a row."""

    MATCHED = "matched"
    """A party of the ledger, or the owner of one."""
    NAMED = "named only"
    """Reports name it, or what it owns, as a party of nothing: an outlet, or somebody who spoke."""
    KNOWN = "known"
    """A company that we know, which no report in the ledger names."""
    OTHER = "another company"
    """It looks like a party and is not."""
    DELISTED = "no longer listed"
    UNSURE = "unsure"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of ownership from a holding's company down to an organisation."""

    owned: Owned
    told: str
    """In words: `owns 49 % of Westinghouse`."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What is known of one row."""

    holding: Holding
    verdict: Verdict
    how: How | None = None
    sure: Sure = Sure.UNSURE
    company: Company | None = None
    organisations: tuple[tuple[Organisation, tuple[Step, ...]], ...] = ()
    """The parties of the ledger that it is (no steps) or owns (the steps that lead there)."""
    told: str = ""
    """In words: by what, and what speaks against it."""
    perhaps: tuple[str, ...] = ()
    """Whom it may be, where that is unsure."""


@dataclass(frozen=True, slots=True)
class Matches:
    """A portfolio matched: the rows that say something, and the others by their numbers."""

    found: tuple[Matched, ...]
    """Every row that is not unmatched, in the order of the file."""
    unmatched: tuple[int, ...]
    """Indices into `Holdings` of all other rows."""
