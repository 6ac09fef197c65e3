"""Flat rows of one kind: a list that gives a data frame with the kind's columns, also where there is no row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from pledger.ledger import Rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Flat"]

T = TypeVar("T")


class Flat(Rows[T]):
    """Rows of a frozen dataclass without nested records."""

    def __init__(self, kind: Any, rows: Iterable[T]) -> None:
        super().__init__(rows)
        self._columns = [field.name for field in fields(kind)]

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas data frame. Raises ImportError, with the mend, where pandas is not installed."""
        return super().frame().reindex(columns=self._columns)
