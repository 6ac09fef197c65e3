"""Where something in a table is wrong, in the words of whoever looks at it in a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pledger.model import Problem

__all__ = ["at", "listed"]

_LONGEST = 40
"""Letters of a column's name."""
_SHOWN = 10
"""Rows with one kind of fault that are listed one by one; the rest is counted in one line."""


def at(file: str, row: int | None = None, column: str = "") -> str:
    """A place in a file: `h.csv, row 4, column 'weight'`. Rows are lines of the file, the first being 1."""
    said = file if row is None else f"{file}, row {row}"
    return said + (f", column {column.strip()[:_LONGEST]!r}" if column.strip() else "")


def listed(
    wrong: Sequence[int], rows: Sequence[int], say: Callable[[int], str], what: str, name: str, column: str, mend: str
) -> list[Problem]:
    """A problem for each of these positions among the rows, and one line for those beyond the first few."""
    problems = [Problem(what, at(name, rows[n], column), say(n), mend) for n in wrong[:_SHOWN]]
    if len(wrong) > _SHOWN:
        more = f"and {len(wrong) - _SHOWN:,} rows more like these"
        problems.append(Problem(what, at(name, rows[wrong[-1]], column), more, mend))
    return problems
