"""Workbooks (XLSX): what their cells say, and which are refused before they are read."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Protocol

from pledger.vehicle.errors import FileError

__all__ = ["LONGEST", "Cell", "cells", "guarded"]

_UNPACKED = 400_000_000
"""Bytes that a workbook may come to when unpacked."""
_RATIO = 200
"""How many times its packed size a part of a workbook may be, from a megabyte on."""
_PARTS = 5_000
LONGEST = 100_000
"""Characters of one cell."""
_CHUNK = 1 << 20


class Cell(Protocol):
    """A cell of a sheet, as openpyxl has it."""

    @property
    def value(self) -> object:
        """What it holds."""

    @property
    def number_format(self) -> object:
        """How it is shown: `0.0%`."""


def cells(row: Sequence[Cell]) -> list[str]:
    """What the cells of a row say."""
    return [_cell(cell.value, cell) for cell in row]


def _cell(value: object, its: Cell) -> str:
    """What a cell says; a number that a spreadsheet shows as 25 % is 0.25 in the file."""
    if value is None:
        return ""
    if isinstance(value, float | int) and not isinstance(value, bool) and "%" in str(its.number_format):
        return f"{100 * value!r}%" if isinstance(value, int) else f"{round(100 * value, 12)!r}%"
    return repr(value) if isinstance(value, float) else str(value)[:LONGEST]


def guarded(content: bytes, name: str, error: type[FileError]) -> None:
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
