"""The rows of a table of shares of anybody's: remarks above it, and columns by any name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pledger.exposure.supply import lists
from pledger.exposure.tables.headings import per_cent, squeezed, what
from pledger.exposure.tables.problems import at
from pledger.exposure.tables.reading import Kind, Table, content_of, table
from pledger.model import Problem
from pledger.vehicle.errors import FileError

__all__ = ["Row", "Sheet", "TableError", "problem", "read"]

_NUMBERS = ("share", "low", "high")
_NEEDED = ("country", *_NUMBERS)
_REMARK = re.compile(r"#\s*([^:：]{1,40})[:：](.*)$")
_NEAR = 0.75


class TableError(FileError):
    """A table that cannot be used at all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, counted from 1, and its cells by column."""

    line: int
    cells: dict[str, str]

    def of(self, column: str) -> str:
        """The words in a column; empty where there are none."""
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read: what its remarks say (`name`, `names en`), and its rows."""

    name: str
    remarks: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    percent: str
    """The name of a column of numbers that says they are per cent; empty where none does."""
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def problem(file: str, row: int | None, column: str, why: str, mend: str) -> Problem:
    """Something in a file that was not used."""
    return Problem("Row of a table", at(file, row, column), why, mend)


def read(path: Path | str) -> Sheet:
    """The sheet in a CSV or XLSX file; a `TableError` where it holds no table of shares."""
    path = Path(path)
    return parse(content_of(path, _KIND), path.name)


def parse(data: bytes, name: str) -> Sheet:
    """The sheet in the bytes of a file that goes by `name`; a `TableError` where it holds no table of shares."""
    its = table(data, name, _KIND)
    head = its.header
    columns = _columns(name, its.row, head)
    problems = _misspelt(name, its.row, head, columns)
    rows: list[Row] = []
    for line, found in zip(its.lines, its.rows, strict=True):
        if not any(cell.strip() for cell in found) or found[0].lstrip().startswith("#"):
            continue
        if len(found) > len(head) and any(cell.strip() for cell in found[len(head) :]):
            why = f"{len(found)} cells in a table of {len(head)} columns"
            problems.append(problem(name, line, "", why, f"put cells that hold {its.delimiter!r} into quotes"))
            continue
        said = (cell.strip() for cell in found[: len(head)])
        rows.append(Row(line, {c: cell for c, cell in zip(columns, said, strict=False) if c is not None and cell}))
    if its.lost is not None:
        problems.append(its.lost)
    if not rows and not problems:
        problems.append(problem(name, its.row, "", "no row below the columns", "add one for each country"))
    percent = (c for c, key in zip(head, columns, strict=True) if key in _NUMBERS and per_cent(c))
    known = tuple(c for c in columns if c is not None)
    return Sheet(name, _remarks(its), known, next(percent, "").strip(), tuple(rows), tuple(problems))


def _remarks(its: Table) -> tuple[tuple[str, str], ...]:
    """What the remarks above the table say, by what they speak of."""
    found = [told for line in its.remarks if (told := _REMARK.match(line))]
    return tuple((" ".join(told[1].casefold().split()), told[2].strip().strip('"').strip()) for told in found)


def _among(row: Sequence[str]) -> int:
    """How many columns a row names; none where it names neither a country nor a share."""
    found = {key for cell in row if (key := _known(cell)) is not None}
    return len(found) if found.intersection(_NEEDED) else 0


def _lacking(head: Sequence[str], missing: Sequence[str] = ("country", "share")) -> tuple[str, str]:
    """That columns are missing, and the mend."""
    has = ", ".join(cell.strip() or "(empty)" for cell in head)
    near = next(((m, n) for m in missing if (n := _near(m, head))), None)
    mend = f"call {near[1]!r} {near[0]!r}" if near else "add it; a table begins with country,share,year,source"
    return f"no column {' and no column '.join(missing)} among {has}", mend


_KIND = Kind(
    TableError,
    "a table of shares",
    _among,
    _lacking,
    most_rows=200_000,
    fewer="keep to the rows of one commodity; a table of shares has kilobytes",
    remarks=True,
)


def _columns(name: str, line: int, head: Sequence[str]) -> list[str | None]:
    """What each column of the head is; None for what we do not know."""
    columns: list[str | None] = []
    for cell in head:
        key = _known(cell)
        columns.append(key if key is not None and key not in columns else None)
    missing = [c for c in ("country", "share") if c not in columns]
    if "share" in missing and ("low" in columns or "high" in columns):
        missing.remove("share")
    if missing:
        raise TableError(name, line, "", *_lacking(head, missing))
    return columns


def _known(cell: str) -> str | None:
    """What a column of this name is, with its unit or without."""
    return what(cell, lists.columns())


def _near(key: str, head: Sequence[str]) -> str | None:
    spelt = {squeezed(cell): cell for cell in head}
    near = difflib.get_close_matches(key, spelt, 1, 0.6)
    return spelt[near[0]].strip() if near else None


def _misspelt(name: str, line: int, head: Sequence[str], columns: list[str | None]) -> list[Problem]:
    """Columns that are not known and look like one that is, and those that say again what another does."""
    found = []
    for cell, column in zip(head, columns, strict=True):
        if column is not None or not cell.strip():
            continue
        if (again := _known(cell)) is not None:
            why = f"a second column of {again!r} was not read"
            found.append(problem(name, line, cell.strip(), why, "keep one, or give the other another name"))
            continue
        near = difflib.get_close_matches(squeezed(cell), lists.columns(), 1, _NEAR)
        meant = lists.columns()[near[0]] if near else None
        if meant is not None and meant not in columns:
            why = f"a column {cell.strip()!r} is not known and was not read"
            found.append(problem(name, line, cell.strip(), why, f"call it {meant!r}, if that is meant"))
    return found
