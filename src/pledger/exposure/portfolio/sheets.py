"""The bytes of a CSV or XLSX file in, rows of cells out; nobody's file may take more than its share of memory.

CSV: encoding (with or without a mark), delimiter and lines before the header are found out. XLSX: the first sheet
with a header that is known. A file of more than `MOST_BYTES` or a workbook that would unpack to more than `_UNPACKED`
is refused before it is read, and so is one whose XML declares entities.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Protocol

from pledger.documents.encoding import decode
from pledger.model import Problem
from pledger.vehicle.errors import FileError

__all__ = ["MOST_BYTES", "MOST_ROWS", "HoldingsError", "Table", "table"]

MOST_BYTES = 64_000_000
"""Of a file: about a million rows. Larger ones are refused, not cut."""
MOST_ROWS = 1_000_000
_UNPACKED = 400_000_000
"""Bytes that a workbook may come to when unpacked."""
_RATIO = 200
"""How many times its packed size a part of a workbook may be, from a megabyte on."""
_PARTS = 5_000
_BEFORE = 40
"""Lines before the header that are looked at."""
_DELIMITERS = (",", ";", "\t", "|")
_SHEETS = 20
_COLUMNS = 200
_CELL = 100_000
"""Characters of one cell."""
_CHUNK = 1 << 20


class _Cell(Protocol):
    """A cell of a sheet, as openpyxl has it."""

    @property
    def value(self) -> object: ...

    @property
    def number_format(self) -> object: ...


class HoldingsError(FileError):
    """A portfolio that cannot be used at all."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file from its header on."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    """The line of the file (or row of the sheet) in which each row begins, from 1."""


def table(content: bytes, name: str, known: Callable[[Sequence[str]], int]) -> Table:
    """The table of a file whose name is `name`; `known` counts the columns of a row that are known by their names.

    Raises HoldingsError, with the mend, where there is none.
    """
    if len(content) > MOST_BYTES:
        what = f"{len(content) / 1e6:,.0f} MB are more than the {MOST_BYTES // 1_000_000} MB that a portfolio may have"
        raise HoldingsError(name, None, "", what, "leave out columns that are not needed, or split the file")
    if not content.strip(b"\x00 \t\r\n"):
        raise HoldingsError(name, None, "", "the file is empty", "give a CSV or XLSX file with a header and rows")
    if content.startswith(b"PK\x03\x04"):
        return _book(content, name, known)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise HoldingsError(name, None, "", "this is a workbook of the old kind (XLS)", "save it as XLSX or CSV")
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or PurePath(name).suffix in (".pdf", ".png"):
        raise HoldingsError(name, None, "", "this is no table", "give a CSV or XLSX file")
    return _plain(content, name, known)


def _plain(content: bytes, name: str, known: Callable[[Sequence[str]], int]) -> Table:
    text = decode(content, name)
    if isinstance(text, Problem):
        raise HoldingsError(name, None, "", text.why, text.mend.rstrip("."))
    text = text.removeprefix("\ufeff")
    if text[:4].casefold() == "sep=":  # a line by which spreadsheets are told the delimiter
        told, _, text = text.partition("\n")
        delimiters: Sequence[str] = (told[4:5] or ",",)
        skipped = 1
    else:
        delimiters, skipped = _DELIMITERS, 0
    csv.field_size_limit(_CELL)
    head = text[:200_000]
    best = max(delimiters, key=lambda d: _fit(head, d, known))
    number = next(iter(_headers(head, best, known)), None)
    if number is None:
        raise _nameless(name, _first(head, best))
    try:
        return _read(text, best, number, skipped, name)
    except csv.Error as wrong:
        mend = "look for a quotation mark that is not closed"
        raise HoldingsError(name, None, "", f"the table cannot be read ({wrong})", mend) from wrong


def _read(text: str, delimiter: str, before: int, skipped: int, name: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(before):
        next(reader)
    header = tuple(next(reader))[:_COLUMNS]
    begun = reader.line_num
    found = list(reader)
    _counted(len(found), name)
    if reader.line_num - begun == len(found) and all(found):  # no cell over several lines, no line without cells
        return Table(header, found, range(begun + 1 + skipped, begun + 1 + skipped + len(found)))
    return Table(header, *_numbered(text, delimiter, before, skipped))


def _numbered(text: str, delimiter: str, before: int, skipped: int) -> tuple[list[list[str]], list[int]]:
    """The rows below the header that have cells, and the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(before + 1):
        next(reader)
    rows, lines = [], []
    line = reader.line_num
    for row in reader:
        if row:
            rows.append(row)
            lines.append(line + 1 + skipped)
        line = reader.line_num
    return rows, lines


def _rows(head: str, delimiter: str) -> list[list[str]]:
    try:
        return list(islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), _BEFORE))
    except csv.Error:
        return []


def _fit(head: str, delimiter: str, known: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    rows = _rows(head, delimiter)
    return max((known(row) for row in rows), default=0), max((len(row) for row in rows), default=0)


def _headers(head: str, delimiter: str, known: Callable[[Sequence[str]], int]) -> Iterable[int]:
    """The rows that name most columns, the first one first."""
    counts = [known(row) for row in _rows(head, delimiter)]
    most = max(counts, default=0)
    return [n for n, count in enumerate(counts) if count == most and most > 0]


def _first(head: str, delimiter: str) -> Sequence[str]:
    return next((row for row in _rows(head, delimiter) if any(cell.strip() for cell in row)), ())


def _nameless(name: str, first: Sequence[str]) -> HoldingsError:
    shown = ", ".join(cell.strip()[:30] for cell in first[:6]) or "nothing"
    what = f"no column is called ISIN, ticker, LEI or name; the first row says: {shown}"
    return HoldingsError(name, None, "", what, "add a header row such as `name,isin,ticker,weight,currency`")


def _counted(rows: int, name: str) -> None:
    if rows > MOST_ROWS:
        what = f"{rows:,} rows are more than the {MOST_ROWS:,} that a portfolio may have"
        raise HoldingsError(name, None, "", what, "split the file")


def _book(content: bytes, name: str, known: Callable[[Sequence[str]], int]) -> Table:
    from openpyxl import load_workbook  # a tenth of a second, for who has a workbook

    _guarded(content, name)
    try:
        with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)) as book:
            first: Sequence[str] = ()
            for sheet in book.worksheets[:_SHEETS]:
                rows = sheet.iter_rows(max_col=_COLUMNS, max_row=MOST_ROWS + _BEFORE + 1)
                head = [_cells(row) for row in islice(rows, _BEFORE)]
                first = first or next((row for row in head if any(row)), ())
                counts = [known(row) for row in head]
                most = max(counts, default=0)
                if most > 0:
                    at = counts.index(most)
                    found = [*head[at + 1 :], *(_cells(row) for row in rows)]
                    kept = [(row, at + 2 + n) for n, row in enumerate(found) if any(row)]
                    _counted(len(kept), name)
                    return Table(tuple(head[at]), [row for row, _ in kept], [line for _, line in kept])
    except HoldingsError:
        raise
    except Exception as wrong:  # a broken workbook breaks the library in many ways, all of them the file's fault
        what = f"the workbook cannot be read ({type(wrong).__name__})"
        raise HoldingsError(name, None, "", what, "open it in a spreadsheet and save it anew, or as CSV") from wrong
    raise _nameless(name, first)


def _cells(row: Sequence[_Cell]) -> list[str]:
    return [_cell(cell.value, cell) for cell in row]


def _cell(value: object, its: _Cell) -> str:
    """What a cell says; a number that a spreadsheet shows as 25 % is 0.25 in the file."""
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in str(its.number_format):
        return f"{100 * value!r}%" if isinstance(value, int) else f"{round(100 * value, 12)!r}%"
    return repr(value) if isinstance(value, float) else str(value)[:_CELL]


def _guarded(content: bytes, name: str) -> None:
    """Refuse a workbook that would unpack to more than a portfolio needs, or whose XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
            size = sum(part.file_size for part in parts)
            swollen = any(p.file_size > _CHUNK and p.file_size > _RATIO * max(p.compress_size, 1) for p in parts)
            if len(parts) > _PARTS or size > _UNPACKED or swollen:
                what = f"the workbook would unpack to {size / 1e6:,.0f} MB"
                raise HoldingsError(name, None, "", what, "save the one sheet that is needed as CSV")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _without_entities(book, part, name)
    except HoldingsError:
        raise
    except Exception as wrong:  # whatever a broken archive does
        what = f"the workbook cannot be unpacked ({type(wrong).__name__})"
        raise HoldingsError(name, None, "", what, "open it in a spreadsheet and save it anew, or as CSV") from wrong


def _without_entities(book: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with book.open(part) as opened:
        kept, read = b"", 0
        while chunk := opened.read(_CHUNK):
            read += len(chunk)
            if read > part.file_size:  # a header that says less than there is
                raise HoldingsError(name, None, "", "the workbook is not what it says", "save it anew, or as CSV")
            if read == len(chunk) and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise HoldingsError(name, None, "", "the workbook's XML is not UTF-8", "save it anew, or as CSV")
            if b"<!DOCTYPE" in kept + chunk or b"<!ENTITY" in kept + chunk:
                raise HoldingsError(name, None, "", "the workbook declares XML entities", "save it anew, or as CSV")
            kept = chunk[-16:]
