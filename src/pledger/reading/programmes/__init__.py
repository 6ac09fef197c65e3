"""Programmes and batches of projects in a text: who pledges to whom, and which words name the pledge.

A programme is told by a pledging country, a host country and a noun of investing; its key is `INVESTOR>HOST`.
"""

from __future__ import annotations

from pledger.reading.programmes.firms import firm_of, in_company
from pledger.reading.programmes.known import known_ceiling, known_part
from pledger.reading.programmes.lesser import is_lesser
from pledger.reading.programmes.pledges import Pledges, pledges
from pledger.reading.programmes.scope import scope_of
from pledger.reading.programmes.tranches import tranches

__all__ = [
    "Pledges",
    "firm_of",
    "in_company",
    "is_lesser",
    "known_ceiling",
    "known_part",
    "pledges",
    "scope_of",
    "tranches",
]
