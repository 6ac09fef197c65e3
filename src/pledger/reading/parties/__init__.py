"""Parties, ownership and instruments: who plays which part in what, read by frames on masked sentences."""

from __future__ import annotations

from pledger.reading.parties.actors import actors, institutions
from pledger.reading.parties.bodies import can_play
from pledger.reading.parties.classes import (
    HalfOwner,
    OwnersFound,
    RoleFound,
    class_owners,
    class_roles,
    half_owners,
    speaks_of_roles,
)
from pledger.reading.parties.finance import finance_role, finances
from pledger.reading.parties.instruments import InstrumentsFound, instruments
from pledger.reading.parties.roles import (
    OWNERSHIPS,
    PARTIES,
    MaskedSentence,
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
    "HalfOwner",
    "InstrumentsFound",
    "MaskedSentence",
    "OwnersFound",
    "OwnershipFound",
    "PartyFound",
    "RoleFound",
    "actors",
    "can_play",
    "class_owners",
    "class_roles",
    "finance_role",
    "finances",
    "half_owners",
    "institutions",
    "instruments",
    "letters",
    "masked_sentence",
    "ownerships",
    "parties",
    "speaks_of_roles",
]
