"""Claims of a document put together, attribute by attribute, from what has been recognised in it."""

from __future__ import annotations

from pledger.reading.claims.amounts import amount_claims, share_claims
from pledger.reading.claims.conditions import condition_claims
from pledger.reading.claims.dates import date_claims
from pledger.reading.claims.features import feature_claims
from pledger.reading.claims.kinds import kind_claims
from pledger.reading.claims.lists import of_lists
from pledger.reading.claims.making import Maker
from pledger.reading.claims.parties import party_claims
from pledger.reading.claims.stages import stage_claims

__all__ = [
    "Maker",
    "amount_claims",
    "condition_claims",
    "date_claims",
    "feature_claims",
    "kind_claims",
    "of_lists",
    "party_claims",
    "share_claims",
    "stage_claims",
]
