"""Sheets with a line for each item and a column for each quarter, and the look that all of them share.

Columns: label, unit, total, opening, then the quarters from q = 0. The opening column holds what stands before the
first quarter, so that one formula serves a whole line. Numbers that a person may change are blue, formulas black.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from pledger.vehicle.words import Case
from pledger.views.plain import clean
from pledger.views.workbook.cells import Formula, Range, seen_from, total

__all__ = ["NEVER", "UNBOUNDED", "Book", "Line", "Sheet", "Single", "safe_text"]

LABEL, UNIT, TOTAL, OPENING, FIRST = range(5)
"""Columns; quarter q stands in column FIRST + q."""
UNBOUNDED = 1e99
"""Stands for no ceiling and no cap: a spreadsheet has no infinity. Shown as `none`."""
NEVER = 1e9
"""Stands for a quarter that does not come. Shown as `never`."""
_MILLIONS = 1e8
"""From such a largest amount on, money is shown in millions; the cells hold dollars all the same."""
_LONGEST = 2000
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NO_NAME = re.compile(r"[^\w .&-]+")


def safe_text(words: str) -> str:
    """Words of the input as a cell may hold them: one line, and never the beginning of a formula.

    Cells are written as strings, which no spreadsheet computes; the apostrophe keeps it so in a sheet saved as CSV.
    """
    words = clean(words)[:_LONGEST]
    return f"'{words}" if _FORMULA.match(words) else words


class _Plain(Worksheet):  # type: ignore[misc]
    """A worksheet that writes formulas as they are.

    The library looks each through for newer functions, which need a prefix in the file. Ours have none, and the search
    takes most of the time of a large workbook.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        return formula.removeprefix("=")


class Book:
    """A workbook with the formats and the quarters' names that all its sheets share."""

    def __init__(self, path: Path, case: Case, largest: float, first_year: int | None) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.made = xlsxwriter.Workbook(str(path), options)
        self.case = case
        self.quarters = case.quarters
        self.letters = [xl_col_to_name(column) for column in range(FIRST + case.quarters + 1)]
        self.calendar = [_quarter(case.first_quarter + q, first_year) for q in range(case.quarters)]
        self.money = "USD m" if largest >= _MILLIONS else "USD"
        shown = "#,##0.0,," if largest >= _MILLIONS else "#,##0.00"
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.numbers = {
            "money": f'{shown};[Red]-{shown};"–"',
            "bound": f'[>=1E+90]"none";{shown}',
            "quarter": f'[>={NEVER:.0f}]"never";0',
            "count": "0",
            "share": "0.0%",
            "rate": "0.00%",
            "factor": "0.0000",
            "exact": "0.00E+00",
            "multiple": '0.00"x"',
            "truth": '[=1]"yes";"no"',
            "status": '[=1]"holds";"DIFFERS"',
        }

    def style(self, **options: Any) -> Any:
        """A format; the same options give the same one."""
        key = tuple(sorted(options.items()))
        if key not in self._formats:
            self._formats[key] = self.made.add_format({"font_name": "Arial", "font_size": 10, **options})
        return self._formats[key]

    def number(self, kind: str, **options: Any) -> Any:
        """The format of a number of this kind: money, bound, quarter, count, share, rate, factor, exact."""
        return self.style(num_format=self.numbers[kind], **options)

    def sheet(self, name: str) -> Sheet:
        """A new sheet at the end."""
        return Sheet(self, name)

    def tab(self, number: int, name: str) -> str:
        """The name of a project's sheet: `P01 Gas plant`; unique by its number, and short."""
        return f"P{number:02d} {_NO_NAME.sub(' ', clean(name)).strip()}"[:28].rstrip(" .'")


@dataclass(slots=True)
class Line:
    """One item in every quarter."""

    sheet: Sheet
    row: int
    kind: str
    values: list[float]
    opening: float | None

    def __getitem__(self, quarter: int) -> Formula:
        """A reference to its cell in a quarter; -1 is the opening."""
        value = self.values[quarter] if quarter >= 0 else (self.opening or 0.0)
        return Formula(self.sheet.place(self.row, FIRST + quarter), value)

    def __setitem__(self, quarter: int, formula: Formula) -> None:
        if quarter != len(self.values):
            raise IndexError(f"quarter {quarter} of a line that holds {len(self.values)}")
        self.values.append(formula.value)
        self.sheet.put(self.row, FIRST + quarter, formula, self.kind)

    def span(self, start: int = 0) -> Range:
        """Its cells from quarter `start` to the last."""
        last = FIRST + len(self.values) - 1
        return Range(self.sheet.stretch(self.row, FIRST + start, self.row, last), tuple(self.values[start:]))

    @property
    def total(self) -> Formula:
        """A reference to its total."""
        return Formula(self.sheet.place(self.row, TOTAL), total(self.span()).value)


@dataclass(frozen=True, slots=True)
class Single:
    """A row with one number."""

    sheet: Sheet
    row: int
    kind: str

    def set(self, formula: Formula) -> Formula:
        """Write it; a reference to it is returned."""
        return self.sheet.put(self.row, TOTAL, formula, self.kind)


class Sheet:
    """One sheet; lines are added from the top."""

    def __init__(self, book: Book, name: str) -> None:
        self.book, self.name = book, name
        self.made = book.made.add_worksheet(name, worksheet_class=_Plain)
        self.made.hide_gridlines(2)
        self.row = 0

    def place(self, row: int, column: int) -> str:
        """The address of a cell, with the sheet."""
        return f"'{self.name}'!{self.book.letters[column]}{row + 1}"

    def stretch(self, row: int, column: int, last_row: int, last_column: int) -> str:
        """The address of a range, with the sheet."""
        return f"{self.place(row, column)}:{self.book.letters[last_column]}{last_row + 1}"

    def put(
        self, row: int, column: int, formula: Formula, kind: str, words: str | None = None, **options: Any
    ) -> Formula:
        """Write a formula with its value; a reference to it is returned. `words`: what it shows where it has none."""
        style = self.book.number(kind, **options)
        shown: float | str = formula.value
        if words is not None:
            style = self.book.number(kind, align="right", **options)
        if not math.isfinite(formula.value):
            shown = words if words is not None else "#NUM!"
        self.made.write_formula(row, column, seen_from(self.name, formula), style, shown)
        return Formula(self.place(row, column), formula.value)

    def write(self, row: int, column: int, words: str, **options: Any) -> None:
        """Write words of ours or of the input."""
        self.made.write_string(row, column, safe_text(words), self.book.style(**options))

    def figure(self, row: int, column: int, value: float, kind: str, **options: Any) -> Formula:
        """Write a number; a reference to it is returned."""
        self.made.write_number(row, column, value, self.book.number(kind, **options))
        return Formula(self.place(row, column), value)

    def title(self, words: str, note: str) -> None:
        """The first two rows."""
        self.write(0, 0, words, bold=True, font_size=14)
        self.write(1, 0, note, italic=True, font_color="#595959")
        self.row = 3

    def timeline(self) -> Line:
        """The rows that name the quarters, frozen with the labels; the line of the quarters' numbers."""
        head = {"bold": True, "bottom": 1, "bg_color": "#F2F2F2"}
        for column, words in enumerate(("", "Unit", "Total", "Opening")):
            self.write(self.row, column, words, **head, align="left" if column < TOTAL else "right")
        for q, words in enumerate(self.book.calendar):
            self.write(self.row, FIRST + q, words, **head, align="right")
        self.row += 1
        self.write(self.row, LABEL, "Quarter, from 0", font_color="#595959")
        self.write(self.row, UNIT, "quarter", font_color="#595959")
        line = Line(self, self.row, "count", [float(q) for q in range(self.book.quarters)], -1.0)
        grey = {"font_color": "#595959"}
        self.figure(self.row, OPENING, -1.0, "count", **grey)
        for q in range(self.book.quarters):
            self.figure(self.row, FIRST + q, q, "count", **grey)
        self.row += 1
        self.made.freeze_panes(self.row, FIRST)
        self.made.set_column(LABEL, LABEL, 50)
        self.made.set_column(UNIT, UNIT, 9)
        self.made.set_column(TOTAL, FIRST + self.book.quarters - 1, 13)
        self.made.set_landscape()
        self.made.repeat_columns(LABEL, UNIT)
        self.made.fit_to_pages(0, 1)
        return line

    def heading(self, words: str) -> None:
        """The heading of the lines that follow, after an empty row."""
        self.row += 1
        self.write(self.row, LABEL, words, bold=True, font_color="#1F3864")
        self.row += 1

    def line(self, label: str, kind: str = "money", unit: str | None = None, opening: float | None = None) -> Line:
        """A new line, to be filled from quarter 0 on. `opening`: the number before that, where it has one."""
        units = {"money": self.book.money, "quarter": "quarter", "count": "number", "share": "share"}
        # What belongs to the line above is written with blanks before it.
        self.write(self.row, LABEL, label, **({"indent": 1} if label.startswith(" ") else {}))
        self.write(self.row, UNIT, units.get(kind, kind) if unit is None else unit, font_color="#595959")
        if opening is not None:
            self.figure(self.row, OPENING, opening, kind)
        self.row += 1
        return Line(self, self.row - 1, kind, [], opening)

    def single(self, label: str, kind: str = "money") -> Single:
        """A row with one number, in the column of totals."""
        units = {"money": self.book.money, "count": "quarter"}
        self.write(self.row, LABEL, label)
        self.write(self.row, UNIT, units.get(kind, kind), font_color="#595959")
        self.row += 1
        return Single(self, self.row - 1, kind)

    def totals(self, lines: Sequence[Line]) -> None:
        """The totals of flows; balances have none."""
        for line in lines:
            self.put(line.row, TOTAL, total(line.span()), line.kind, bold=True)


def _quarter(number: int, first_year: int | None) -> str:
    year, quarter = divmod(number, 4)
    return f"{first_year + year} Q{quarter + 1}" if first_year is not None else f"Y{year + 1} Q{quarter + 1}"
