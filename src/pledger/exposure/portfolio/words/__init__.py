"""The words of a portfolio: holdings, whom they are matched to, the paths that lead to programmes; frozen records."""

from __future__ import annotations

from pledger.exposure.portfolio.words.answer import NOT_ADVICE, Effect, Exposed, Exposure, Group, Touched
from pledger.exposure.portfolio.words.companies import Company, Listing, Organisation, Owned
from pledger.exposure.portfolio.words.holdings import Holding, Holdings
from pledger.exposure.portfolio.words.matches import How, Matched, Matches, Step, Sure, Verdict
from pledger.exposure.portfolio.words.paths import Amount, Path, Project, Role, Said, Told

__all__ = [
    "NOT_ADVICE",
    "Amount",
    "Company",
    "Effect",
    "Exposed",
    "Exposure",
    "Group",
    "Holding",
    "Holdings",
    "How",
    "Listing",
    "Matched",
    "Matches",
    "Organisation",
    "Owned",
    "Path",
    "Project",
    "Role",
    "Said",
    "Step",
    "Sure",
    "Told",
    "Touched",
    "Verdict",
]
