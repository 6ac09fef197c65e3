"""Where something in a table is wrong, in the words of whoever looks at it in a spreadsheet."""

from __future__ import annotations

__all__ = ["at"]

_SHOWN = 40
"""Letters of a column's name."""


def at(file: str, row: int | None = None, column: str = "") -> str:
    """A place in a file: `h.csv, row 4, column 'weight'`. Rows are lines of the file, the first being 1."""
    said = file if row is None else f"{file}, row {row}"
    return said + (f", column {column.strip()[:_SHOWN]!r}" if column.strip() else "")
