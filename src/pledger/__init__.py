"""Pledger: what is reported about state-backed investment programmes, as a ledger that can be audited.

ledger = pledger.open("pledger.db")
ledger.read(["articles/"])
for figure in ledger.figures():
    ...
"""

from __future__ import annotations

from pledger.ledger import Ledger, open  # noqa: A004  `pledger.open` is the name of the contract

__all__ = ["Ledger", "__version__", "open"]

__version__ = "0.1.0"
