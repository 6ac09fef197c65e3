"""The rows of a CSV of anybody's: any encoding, any common separator, remarks above the table, columns by any name."""

from __future__ import annotations

import csv
import difflib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pledger.documents.encoding import decode
from pledger.exposure.supply import lists
from pledger.model import Problem
from pledger.vehicle.errors import FileError

__all__ = ["Row", "Sheet", "TableError", "problem", "read"]

MOST_BYTES = 100_000_000
"""A table of shares has kilobytes; a file beyond this is something else."""
MOST_ROWS = 200_000
_SEPARATORS = ",;\t|"
_PERCENT = re.compile(r"%|％|per ?cent(?:age)?|pct|prozent|パーセント|百分比|퍼센트", re.IGNORECASE)
"""In the name of a column: its numbers are per cent, whatever their size."""
_UNIT = re.compile(
    rf"\s*[(\[（［]\s*(?:in\s+)?(?:{_PERCENT.pattern})\s*[)\]）］]|[\s_]+(?:in[\s_]+)?(?:{_PERCENT.pattern})$",
    re.IGNORECASE,
)
_NUMBERS = ("share", "low", "high")
_REMARK = re.compile(r'^["\s]*#\s*([^:：]{1,40})[:：](.*)$')
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


def problem(file: str, line: int | None, column: str, why: str, mend: str) -> Problem:
    """Something in a file that was not used, at `FILE:LINE: COLUMN`."""
    where = file if line is None else f"{file}:{line}"
    return Problem("Row of a table", f"{where}: {column}" if column else where, why, mend)


def read(path: Path | str) -> Sheet:
    """The sheet in a file; a `TableError` where it holds no table of shares."""
    path = Path(path)
    return parse(_bytes(path), path.name)


def parse(data: bytes, name: str) -> Sheet:
    """The sheet in the bytes of a file that goes by `name`; a `TableError` where it holds no table of shares."""
    text = decode(data, name)
    if isinstance(text, Problem):
        raise TableError(name, None, "", text.why, "save it as CSV in UTF-8")
    lines = text.lstrip("\ufeff").splitlines()
    remarks, start = _remarks(lines)
    if start >= len(lines):
        raise TableError(name, None, "", "it holds no table", "begin with a line of columns: country,share,year,source")
    separator = max(_SEPARATORS, key=lines[start].count)
    cells = _cells(lines, start, separator)
    _, head = next(cells)
    columns = _columns(name, start + 1, head)
    problems = _misspelt(name, start + 1, head, columns)
    rows: list[Row] = []
    for line, found in cells:
        if _unclosed(lines, line, found):
            why = f"a quote is opened and not closed: {len(lines) - line + 1} lines from here on were not read"
            problems.append(problem(name, line, "", why, "close it, or take it away"))
            break
        if not any(cell.strip() for cell in found) or found[0].lstrip().startswith("#"):
            continue
        if len(rows) == MOST_ROWS:
            raise TableError(name, line, "", f"more than {MOST_ROWS:,} rows", "give one commodity for each file")
        if len(found) > len(head) and any(cell.strip() for cell in found[len(head) :]):
            why = f"{len(found)} cells in a table of {len(head)} columns"
            mend = f"put cells that hold {separator!r} into quotes"
            problems.append(problem(name, line, "", why, mend))
            continue
        said = (cell.strip() for cell in found[: len(head)])
        rows.append(Row(line, {c: cell for c, cell in zip(columns, said, strict=False) if c is not None and cell}))
    if not rows and not problems:
        problems.append(problem(name, start + 1, "", "no row below the columns", "add one for each country"))
    percent = (c for c, key in zip(head, columns, strict=True) if key in _NUMBERS and _PERCENT.search(c))
    known = tuple(c for c in columns if c is not None)
    return Sheet(name, remarks, known, next(percent, "").strip(), tuple(rows), tuple(problems))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as failed:
        why = failed.strerror or type(failed).__name__
        raise TableError(str(path), None, "", f"cannot be read ({why})", "name a file that is there") from None
    if len(data) > MOST_BYTES:
        mend = "keep to the rows of one commodity; a table of shares has kilobytes"
        raise TableError(path.name, None, "", f"more than {MOST_BYTES // 1_000_000} MB", mend)
    return data


def _remarks(lines: list[str]) -> tuple[tuple[tuple[str, str], ...], int]:
    """What the lines above the table say, and where the table begins."""
    found: list[tuple[str, str]] = []
    for number, line in enumerate(lines):
        if not line.strip(f' "{_SEPARATORS}'):
            continue
        if not line.lstrip(' "').startswith("#"):
            return tuple(found), number
        # A spreadsheet that saves the file puts quotes around a remark, and empty cells behind it.
        told = _REMARK.match(line.strip().strip(_SEPARATORS).replace('""', '"'))
        if told:
            found.append((" ".join(told[1].casefold().split()), told[2].strip().strip('"').strip()))
    return tuple(found), len(lines)


def _cells(lines: list[str], start: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line on which each begins; a row that breaks the rules of CSV is read up to where it does."""
    text = io.StringIO("\n".join(lines[start:]), newline="")
    reader = csv.reader(text, delimiter=separator)
    line = start + 1
    while True:
        try:
            found = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell beyond the reader's limit
            found = []
        yield line, found
        line = start + 1 + reader.line_num


def _unclosed(lines: list[str], line: int, found: list[str]) -> bool:
    """Whether a row that begins on this line runs to the end of the file because its last quote is open."""
    broken = sum(cell.count("\n") for cell in found)
    rest = len(lines) - line
    return 0 < broken == rest and sum(text.count('"') for text in lines[line - 1 :]) % 2 == 1


def _columns(name: str, line: int, head: list[str]) -> list[str | None]:
    """What each column of the head is; None for what we do not know."""
    columns: list[str | None] = []
    for cell in head:
        key = _known(cell)
        columns.append(key if key is not None and key not in columns else None)
    missing = [c for c in ("country", "share") if c not in columns]
    if "share" in missing and ("low" in columns or "high" in columns):
        missing.remove("share")
    if missing:
        has = ", ".join(cell.strip() or "(empty)" for cell in head)
        near = next((n for m in missing if (n := _near(m, head))), None)
        mend = f"call {near!r} {missing[0]!r}" if near else "add it; a table begins with country,share,year,source"
        raise TableError(name, line, "", f"no column {' and no column '.join(missing)} among {has}", mend)
    return columns


def _known(cell: str) -> str | None:
    """What a column of this name is, with its unit or without."""
    known = lists.words("columns")
    return known.get(lists.folded(cell)) or known.get(lists.folded(_UNIT.sub("", cell)))


def _near(key: str, head: list[str]) -> str | None:
    spelt = {lists.folded(cell): cell for cell in head}
    near = difflib.get_close_matches(key, spelt, 1, 0.6)
    return spelt[near[0]].strip() if near else None


def _misspelt(name: str, line: int, head: list[str], columns: list[str | None]) -> list[Problem]:
    """Columns that are not known and look like one that is, and those that say again what another does."""
    found = []
    for cell, column in zip(head, columns, strict=True):
        if column is not None or not cell.strip():
            continue
        if (again := _known(cell)) is not None:
            why = f"a second column of {again!r} was not read"
            found.append(problem(name, line, cell.strip(), why, "keep one, or give the other another name"))
            continue
        near = difflib.get_close_matches(lists.folded(cell), lists.words("columns"), 1, _NEAR)
        meant = lists.words("columns")[near[0]] if near else None
        if meant is not None and meant not in columns:
            why = f"a column {cell.strip()!r} is not known and was not read"
            found.append(problem(name, line, cell.strip(), why, f"call it {meant!r}, if that is meant"))
    return found
