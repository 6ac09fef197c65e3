"""Pledger: what is reported about state-backed investment programmes, as a ledger that can be audited.

ledger = pledger.open("pledger.db")
ledger.read(["articles/"])
for figure in ledger.figures():
    ...
pledger.simulate(ledger, "japan").frame()
pledger.supply(ledger, "industrial_diamond").halt("China").frame()
pledger.expose(ledger, "holdings.csv").frame()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledger.exposure.alerts.watching import calendar, watch
    from pledger.exposure.portfolio.exposure import expose
    from pledger.exposure.supply.supply import commodities, halt, supply
    from pledger.ledger import Ledger, open  # noqa: A004  `pledger.open` is the name of the contract
    from pledger.vehicle.montecarlo.running import simulate

__all__ = [
    "Ledger", "__version__", "calendar", "commodities", "expose", "halt", "open", "simulate", "supply", "watch",
]  # fmt: skip

__version__ = "0.1.0"

_HOMES = {
    "Ledger": "pledger.ledger",
    "open": "pledger.ledger",
    "simulate": "pledger.vehicle.montecarlo.running",
    "commodities": "pledger.exposure.supply.supply",
    "supply": "pledger.exposure.supply.supply",
    "halt": "pledger.exposure.supply.supply",
    "expose": "pledger.exposure.portfolio.exposure",
    "watch": "pledger.exposure.alerts.watching",
    "calendar": "pledger.exposure.alerts.watching",
}


def __getattr__(name: str) -> Any:
    """What is asked for is imported then: every room would be loaded otherwise, whichever is used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)
    return found
