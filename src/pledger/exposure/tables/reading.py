"""The bytes of a CSV or XLSX file in, rows of cells out; nobody's file may take more than its share of memory.

CSV: encoding (with or without a mark), delimiter, remarks and lines before the header are found out. XLSX: the first
sheet with a header that is known. A file of more than `MOST_BYTES` or a workbook that would unpack to more than
`_UNPACKED` is refused before it is read, and so is one whose XML declares entities. A table that breaks off (a
quotation mark that is not closed) is read up to there.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath
from typing import NoReturn, Protocol

from pledger.documents.encoding import decode
from pledger.exposure.tables.problems import at
from pledger.model import Problem
from pledger.vehicle.errors import FileError

__all__ = ["MOST_BYTES", "Kind", "Table", "content_of", "table"]

MOST_BYTES = 64_000_000
"""Of a file: about a million rows. Larger ones are refused, not cut."""
_UNPACKED = 400_000_000
"""Bytes that a workbook may come to when unpacked."""
_RATIO = 200
"""How many times its packed size a part of a workbook may be, from a megabyte on."""
_PARTS = 5_000
_BEFORE = 40
"""Lines before the header that are looked at, remarks not counted."""
_DELIMITERS = (",", ";", "\t", "|")
_SHEETS = 20
_COLUMNS = 200
_CELL = 100_000
"""Characters of one cell."""
_CHUNK = 1 << 20
_HEAD = 200_000
"""Characters in which the header is looked for."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What somebody takes who reads tables, and in which words others are refused."""

    error: type[FileError]
    what: str
    """`a portfolio`."""
    known: Callable[[Sequence[str]], int]
    """How many columns a row names; 0 for one that is no header."""
    nameless: Callable[[Sequence[str]], tuple[str, str]]
    """What is wrong with a table that has this row and no header, and the mend."""
    most_rows: int
    fewer: str
    """The mend for a file with too much in it."""
    remarks: bool = False
    """Whether lines above the header that begin with # say something."""


class _Cell(Protocol):
    """A cell of a sheet, as openpyxl has it."""

    @property
    def value(self) -> object: ...

    @property
    def number_format(self) -> object: ...


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file from its header on."""

    header: tuple[str, ...]
    row: int
    """Of the header."""
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    """The line of the file (or row of the sheet) in which each row begins, from 1."""
    remarks: tuple[str, ...] = ()
    """Lines above that begin with #, as they stand."""
    delimiter: str = ","
    lost: Problem | None = None
    """Why the rows end before the file does."""


def content_of(path: Path, kind: Kind) -> bytes:
    """The bytes of a file. Raises the kind's error for one that cannot be read, and for one that is too large."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise kind.error(str(path), None, "", f"cannot be read ({why})", "name a CSV or XLSX file") from wrong
    _sized(size, path.name, kind)
    return content


def _sized(size: int, name: str, kind: Kind) -> None:
    if size > MOST_BYTES:
        what = f"{size / 1e6:,.0f} MB are more than the {MOST_BYTES // 1_000_000} MB that {kind.what} may have"
        raise kind.error(name, None, "", what, kind.fewer)


def table(content: bytes, name: str, kind: Kind) -> Table:
    """The table of a file whose name is `name`. Raises the kind's error, with the mend, where there is none."""
    _sized(len(content), name, kind)
    if not content.strip(b"\x00 \t\r\n"):
        what = "it is empty and holds no table"
        raise kind.error(name, None, "", what, "give a CSV or XLSX file with a header and rows")
    if content.startswith(b"PK\x03\x04"):
        return _book(content, name, kind)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise kind.error(name, None, "", "this is a workbook of the old kind (XLS)", "save it as XLSX or CSV")
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")) or PurePath(name).suffix in (".pdf", ".png"):
        raise kind.error(name, None, "", "this is no table", "give a CSV or XLSX file")
    return _plain(content, name, kind)


def _plain(content: bytes, name: str, kind: Kind) -> Table:
    text = decode(content, name)
    if isinstance(text, Problem):
        raise kind.error(name, None, "", text.why, text.mend.rstrip("."))
    text = text.removeprefix("\ufeff")
    delimiters: Sequence[str] = _DELIMITERS
    skipped = 0
    if text[:4].casefold() == "sep=":  # a line by which spreadsheets are told the delimiter
        told, _, text = text.partition("\n")
        delimiters, skipped = (told[4:5] or ",",), 1
    remarks, above, text = _remarks(text) if kind.remarks else ((), 0, text)
    skipped += above
    csv.field_size_limit(_CELL)
    head = text[:_HEAD]
    best = max(delimiters, key=lambda d: _fit(head, d, kind))
    rows = _rows(head, best)
    number = _header(rows, kind)
    if number is None:
        _refuse(rows, name, skipped, kind)
    return _read(text, best, number, skipped, remarks, name, kind)


def _remarks(text: str) -> tuple[tuple[str, ...], int, str]:
    """The remarks at the head of a text, how many lines they and empty ones take, and the text behind them."""
    found: list[str] = []
    lines = begins = 0
    for line in io.StringIO(text, newline=""):
        said = line.strip(f'\r\n "{"".join(_DELIMITERS)}')
        if said and not said.startswith("#"):
            break
        if said:
            # A spreadsheet that saves the file puts quotes around a remark, and empty cells behind it.
            found.append(said.replace('""', '"'))
        lines, begins = lines + 1, begins + len(line)
    return tuple(found), lines, text[begins:]


def _read(
    text: str, delimiter: str, before: int, skipped: int, remarks: tuple[str, ...], name: str, kind: Kind
) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(before):
        next(reader)
    header, row = tuple(next(reader))[:_COLUMNS], before + 1 + skipped
    begun = reader.line_num
    try:
        rows: list[list[str]] = list(reader)
        if reader.line_num - begun == len(rows) and all(rows):  # no cell over several lines, no line without cells
            _counted(len(rows), name, kind)
            lines: Sequence[int] = range(begun + 1 + skipped, begun + 1 + skipped + len(rows))
            return Table(header, row, rows, lines, remarks, delimiter)
    except csv.Error:
        pass  # a cell without end: read again up to there, row by row
    rows, lines, lost = _numbered(text, delimiter, before, skipped, name)
    _counted(len(rows), name, kind)
    return Table(header, row, rows, lines, remarks, delimiter, lost)


def _numbered(
    text: str, delimiter: str, before: int, skipped: int, name: str
) -> tuple[list[list[str]], list[int], Problem | None]:
    """The rows below the header that have cells, the line on which each begins, and where they break off."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for _ in range(before + 1):
        next(reader)
    rows, lines = [], []
    line = reader.line_num
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(line + 1)
            line = reader.line_num
        broken = _unclosed(text, rows[-1], lines[-1]) if rows else None
        if broken is not None:
            rows.pop()
            line = lines.pop() - 1
    except csv.Error:
        broken = f"a cell of more than {_CELL:,} characters"
    lost = None
    if broken is not None:
        count = sum(1 for _ in io.StringIO(text, newline="")) - line
        why = f"{broken}: {count:,} lines from here on were not read"
        lost = Problem("Rows not read", at(name, line + 1 + skipped), why, "close the quotation mark, or take it away")
    return rows, [one + skipped for one in lines], lost


def _unclosed(text: str, row: Sequence[str], line: int) -> str | None:
    """In words, whether the last row, which begins on this line, ends the file because its last quote is open."""
    if not any("\n" in cell or "\r" in cell for cell in row):
        return None
    rest = "".join(islice(io.StringIO(text, newline=""), line - 1, None))
    return "a quote is opened and not closed" if rest.count('"') % 2 == 1 else None


def _rows(head: str, delimiter: str) -> list[list[str]]:
    """The first rows, as far as they can be read."""
    found: list[list[str]] = []
    with suppress(csv.Error):  # a cell without end: what stands before it may be the header
        found.extend(islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), _BEFORE))
    return found


def _fit(head: str, delimiter: str, kind: Kind) -> tuple[int, int]:
    rows = _rows(head, delimiter)
    return max((kind.known(row) for row in rows), default=0), max((len(row) for row in rows), default=0)


def _header(rows: Sequence[Sequence[str]], kind: Kind) -> int | None:
    """The row that names most columns, the first one of several; None where none names any."""
    counts = [kind.known(row) for row in rows]
    most = max(counts, default=0)
    return counts.index(most) if most > 0 else None


def _refuse(rows: Sequence[Sequence[str]], name: str, skipped: int, kind: Kind) -> NoReturn:
    """Refuse a table without a header, by its first row that says something."""
    first = next((n for n, row in enumerate(rows) if any(cell.strip() for cell in row)), None)
    if first is None:
        raise kind.error(name, None, "", "it holds no table", "give a CSV or XLSX file with a header and rows")
    raise kind.error(name, first + 1 + skipped, "", *kind.nameless(rows[first]))


def _counted(rows: int, name: str, kind: Kind) -> None:
    if rows > kind.most_rows:
        what = f"{rows:,} rows are more than the {kind.most_rows:,} that {kind.what} may have"
        raise kind.error(name, None, "", what, kind.fewer)


def _book(content: bytes, name: str, kind: Kind) -> Table:
    from openpyxl import load_workbook  # a tenth of a second, for who has a workbook

    _guarded(content, name, kind.error)
    try:
        with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)) as book:
            first: Sequence[Sequence[str]] = ()
            for sheet in book.worksheets[:_SHEETS]:
                rows = sheet.iter_rows(max_col=_COLUMNS, max_row=kind.most_rows + _BEFORE + 1)
                head = [_cells(row) for row in islice(rows, _BEFORE)]
                first = first or (head if any(map(any, head)) else ())
                number = _header(head, kind)
                if number is not None:
                    return _sheet(head, number, (_cells(row) for row in rows), name, kind)
    except FileError:
        raise
    except Exception as wrong:  # a broken workbook breaks the library in many ways, all of them the file's fault
        what = f"the workbook cannot be read ({type(wrong).__name__})"
        raise kind.error(name, None, "", what, "open it in a spreadsheet and save it anew, or as CSV") from wrong
    _refuse(first, name, 0, kind)


def _sheet(head: Sequence[list[str]], number: int, rows: Iterator[list[str]], name: str, kind: Kind) -> Table:
    found = [*head[number + 1 :], *rows]
    kept = [(row, number + 2 + n) for n, row in enumerate(found) if any(row)]
    _counted(len(kept), name, kind)
    above = (", ".join(filter(None, row)).strip() for row in head[:number])
    remarks = tuple(said for said in above if said.startswith("#")) if kind.remarks else ()
    header = head[number]
    while header and not header[-1]:  # a sheet is as wide as its widest row
        header.pop()
    return Table(tuple(header), number + 1, [row for row, _ in kept], [line for _, line in kept], remarks)


def _cells(row: Sequence[_Cell]) -> list[str]:
    return [_cell(cell.value, cell) for cell in row]


def _cell(value: object, its: _Cell) -> str:
    """What a cell says; a number that a spreadsheet shows as 25 % is 0.25 in the file."""
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in str(its.number_format):
        return f"{100 * value!r}%" if isinstance(value, int) else f"{round(100 * value, 12)!r}%"
    return repr(value) if isinstance(value, float) else str(value)[:_CELL]


def _guarded(content: bytes, name: str, error: type[FileError]) -> None:
    """Refuse a workbook that would unpack to more than a table needs, or whose XML declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = book.infolist()
            size = sum(part.file_size for part in parts)
            swollen = any(p.file_size > _CHUNK and p.file_size > _RATIO * max(p.compress_size, 1) for p in parts)
            if len(parts) > _PARTS or size > _UNPACKED or swollen:
                what = f"the workbook would unpack to {size / 1e6:,.0f} MB"
                raise error(name, None, "", what, "save the one sheet that is needed as CSV")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _without_entities(book, part, name, error)
    except FileError:
        raise
    except Exception as wrong:  # whatever a broken archive does
        what = f"the workbook cannot be unpacked ({type(wrong).__name__})"
        raise error(name, None, "", what, "open it in a spreadsheet and save it anew, or as CSV") from wrong


def _without_entities(book: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, error: type[FileError]) -> None:
    with book.open(part) as opened:
        kept, read = b"", 0
        while chunk := opened.read(_CHUNK):
            read += len(chunk)
            if read > part.file_size:  # a header that says less than there is
                raise error(name, None, "", "the workbook is not what it says", "save it anew, or as CSV")
            if read == len(chunk) and chunk[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise error(name, None, "", "the workbook's XML is not UTF-8", "save it anew, or as CSV")
            if b"<!DOCTYPE" in kept + chunk or b"<!ENTITY" in kept + chunk:
                raise error(name, None, "", "the workbook declares XML entities", "save it anew, or as CSV")
            kept = chunk[-16:]
