"""Pledger: what is reported about state-backed investment programmes, as a ledger that can be audited.

ledger = pledger.open("pledger.db")
ledger.read(["articles/"])
for figure in ledger.figures():
    ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pledger.ledger import Ledger, open  # noqa: A004  `pledger.open` is the name of the contract

__all__ = ["Ledger", "__version__", "open"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """What is asked for is imported then: every room would be loaded otherwise, whichever is used."""
    if name not in ("Ledger", "open"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import pledger.ledger

    found = globals()[name] = getattr(pledger.ledger, name)
    return found
