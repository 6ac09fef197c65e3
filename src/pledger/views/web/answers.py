"""An answer and its forms: a page to look at, its JSON, its tables as CSV and XLSX, its charts as SVG and PNG."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from pledger.views.svg import png, standalone
from pledger.views.web.pasts import Coming
from pledger.views.web.state import RequestError

__all__ = ["Answer", "Cell", "Chart", "Sheet", "as_csv", "as_json", "as_png", "as_svg", "as_xlsx", "neutral"]

Cell: TypeAlias = str | float | int | bool | dt.date | None
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""With which a spreadsheet takes a cell for a formula; the last four are the full-width forms of the first."""
_NAME = 31
"""Letters in the name of a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: the names of its columns, and its rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]] | Callable[[], Sequence[Sequence[Cell]]]
    """Or a function that makes them, which a page does not wait for."""

    @property
    def lines(self) -> Sequence[Sequence[Cell]]:
        """The rows."""
        return self.rows() if callable(self.rows) else self.rows


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture of a page, drawn for each of the widths at which pages show it."""

    name: str
    """In the address of its file, and unique on its page."""
    title: str
    draw: Callable[[int, str], str]
    """From a width in pixels and a name that is unique on the page to SVG, as `svg.render` makes it."""
    widths: tuple[str, ...] = ("middle", "narrow")
    """Keys of `drawing.WIDTHS`."""
    taken: int = 680
    """The width at which it is taken away."""
    note: str = ""
    """What must be said wherever it is shown: what it rests on besides the ledger."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page says."""

    template: str
    title: str
    data: Any
    """As JSON: the contract's shapes where it has them. Or a function that makes it, which a page does not wait for."""
    sheets: tuple[Sheet, ...] = ()
    """The first one is the CSV, unless another is asked for by its name."""
    context: Mapping[str, Any] = field(default_factory=dict)
    """What the template needs besides."""
    source: str = ""
    """The line that goes with a table or chart that is taken away; `serving` adds ledger, day and address."""
    charts: tuple[Chart, ...] = ()
    own: bool = False
    """Whether it shows what only this browser has: then nothing on its way may keep it."""
    coming: Coming | None = None
    """Where it was made of what concerns its subject alone: how far the whole day is."""
    lasting: bool = True
    """Whether it holds for as long as nothing is read or judged; not of a page on which something is still awaited."""


def neutral(cell: Cell) -> Cell:
    """Words that a spreadsheet would run as a formula, with an apostrophe before them."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS) else cell


def as_json(answer: Answer) -> bytes:
    """The answer as JSON in UTF-8; with nothing in it that would end a script that it is put into."""
    data = answer.data() if callable(answer.data) else answer.data
    told = json.dumps(data, ensure_ascii=False, allow_nan=False, default=_plain)
    for letter in "<>&\u2028\u2029":  # which only strings hold
        told = told.replace(letter, f"\\u{ord(letter):04x}")
    return told.encode()


def as_csv(answer: Answer, table: str = "") -> bytes:
    """The table of this name, else the first one, as CSV in UTF-8, with a mark by which spreadsheets know the encoding.

    Raises RequestError where the page has no table of that name.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for sheet in [_named(answer.sheets, table, "table")] if table else answer.sheets[:1]:
        writer.writerow(sheet.columns)
        writer.writerows([neutral(cell) for cell in row] for row in sheet.lines)
    return written.getvalue().encode("utf-8-sig")


def as_svg(answer: Answer, chart: str = "") -> bytes:
    """The chart of this name, else the first one, as an SVG file with its source below.

    Raises RequestError where the page has none.
    """
    return standalone(*_drawn(answer, chart)).encode()


def as_png(answer: Answer, chart: str = "") -> bytes:
    """The same as a picture, two pixels for each of its own."""
    return png(*_drawn(answer, chart))


def _drawn(answer: Answer, name: str) -> tuple[str, str]:
    if not answer.charts:
        raise RequestError("there is nothing to draw on this page at this moment", 404)
    found = _named(answer.charts, name, "chart") if name else answer.charts[0]
    return found.draw(found.taken, f"{found.name}-file"), "\n".join(
        filter(None, (found.title, found.note, answer.source))
    )


N = TypeVar("N", Sheet, Chart)


def _named(held: Sequence[N], name: str, what: str) -> N:
    """The one with this name, whatever the case."""
    found = next((one for one in held if one.name.casefold() == name.casefold()), None)
    if found is None:
        raise RequestError(f"{what}={name[:40]!r} is none of: {', '.join(one.name for one in held) or 'nothing'}", 404)
    return found


def as_xlsx(answer: Answer) -> bytes:
    """All tables as a workbook, a sheet for each, and one that names the source."""
    import xlsxwriter  # loaded by who takes a workbook away

    written = io.BytesIO()
    with xlsxwriter.Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold, date = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for sheet in answer.sheets:
            page = book.add_worksheet(sheet.name[:_NAME])
            page.freeze_panes(1, 0)
            for column, name in enumerate(sheet.columns):
                page.write_string(0, column, name, bold)
                page.set_column(column, column, max(10, min(60, len(name) + 4)))
            for number, row in enumerate(sheet.lines, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        page.write_datetime(number, column, cell, date)
                    elif isinstance(cell, str):
                        page.write_string(number, column, cell)
                    elif not isinstance(cell, float) or math.isfinite(cell):  # no spreadsheet has the others
                        page.write(number, column, cell)
        about = book.add_worksheet("Source")
        about.set_column(0, 0, 100)
        for number, line in enumerate((answer.title, *answer.source.splitlines())):
            about.write_string(number, 0, line)
    return written.getvalue()


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"not in JSON: {type(value).__name__}")
