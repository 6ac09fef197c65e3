"""An amount as read, before it is tied to others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pledger.model import Qualifier

__all__ = ["Read"]


@dataclass(frozen=True, slots=True)
class Read:
    """An amount with its span, before it is tied to others."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    qualifier: Qualifier
    bare: tuple[int, Qualifier] | None = None
    """Where it ends, and how it is bounded, without the words after it ("or more")."""

    def without_after(self) -> Read:
        """The same amount without the bound after it."""
        return replace(self, end=self.bare[0], qualifier=self.bare[1]) if self.bare else self
