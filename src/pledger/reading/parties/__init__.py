"""Parties, ownership and instruments: who plays which part in what, read by frames on masked sentences."""

from __future__ import annotations

from pledger.reading.parties.actors import actors
from pledger.reading.parties.finance import finance_role, finances
from pledger.reading.parties.instruments import InstrumentsFound, instruments
from pledger.reading.parties.roles import (
    OWNERSHIPS,
    PARTIES,
    OwnershipFound,
    PartyFound,
    letters,
    masked_sentence,
    ownerships,
    parties,
)

__all__ = [
    "OWNERSHIPS",
    "PARTIES",
    "InstrumentsFound",
    "OwnershipFound",
    "PartyFound",
    "actors",
    "finance_role",
    "finances",
    "instruments",
    "letters",
    "masked_sentence",
    "ownerships",
    "parties",
]
