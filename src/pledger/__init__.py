"""Pledger: what is reported about state-backed investment programmes, as a ledger that can be audited.

ledger = pledger.open("pledger.db")
ledger.read(["articles/"])
for figure in ledger.figures():
    ...
pledger.simulate(ledger, "japan").frame()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledger.ledger import Ledger, open  # noqa: A004  `pledger.open` is the name of the contract
    from pledger.vehicle.montecarlo.running import simulate

__all__ = ["Ledger", "__version__", "open", "simulate"]

__version__ = "0.1.0"

_HOMES = {"Ledger": "pledger.ledger", "open": "pledger.ledger", "simulate": "pledger.vehicle.montecarlo.running"}


def __getattr__(name: str) -> Any:
    """What is asked for is imported then: every room would be loaded otherwise, whichever is used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found
