"""Engines that recompute a workbook from what its file says, knowing nothing of how it was made.

`recomputed` is ours: small and quick, for many cases. `by_formulas` is the `formulas` package, `by_office` LibreOffice
where it is installed; they tell whether ours, and the file, are right.
"""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import formulas
import numpy as np
import openpyxl
from openpyxl.formula import Tokenizer
from openpyxl.utils import range_boundaries
from scipy.optimize import brentq

__all__ = ["Cells", "by_formulas", "by_office", "cached", "changed", "office", "recomputed"]

sys.setrecursionlimit(100_000)  # a cell refers to one that refers to another, quarter by quarter

Cells: TypeAlias = dict[tuple[str, str], float | str]
"""By sheet and address."""


def cached(path: Path) -> Cells:
    """The values that were written beside the formulas."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(path, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, (int, float, str)) and cell.value != ""
    }


def changed(path: Path, to: Path, values: Mapping[str, float]) -> None:
    """A copy of the workbook without any cached value, with other numbers in named cells."""
    book = openpyxl.load_workbook(path)
    for name, value in values.items():
        sheet, _, address = book.defined_names[name].attr_text.rpartition("!")
        book[sheet.strip("'")][address.replace("$", "")].value = value
    book.save(to)


def office() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def by_office(path: Path, program: str) -> Cells:
    """All cells as LibreOffice computes them."""
    folder = path.parent / "office"
    bare = path.parent / f"bare-{path.name}"
    changed(path, bare, {})  # without cached values it has to compute
    subprocess.run(
        [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(bare)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return cached(folder / bare.name)


def by_formulas(path: Path) -> Cells:
    """All cells as the `formulas` package computes them."""
    solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    names = {sheet.upper(): sheet for sheet in openpyxl.load_workbook(path, read_only=True).sheetnames}
    found: Cells = {}
    for key, cell in solution.items():
        place = re.fullmatch(r"'\[.*\](.+)'!([A-Z]+\d+)", str(key))
        if place:
            value = cell.value[0, 0]
            found[names[place[1]], place[2]] = value if isinstance(value, str) else float(value)
    return found


def recomputed(path: Path, values: Mapping[str, float] | None = None) -> Cells:
    """All cells by our own engine, with other numbers in named cells where `values` says so."""
    book = openpyxl.load_workbook(path)
    engine = _Engine(book, values or {})
    return {
        (sheet.title, cell.coordinate): engine.at(sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


class _Engine:
    """Evaluates cells when they are asked for; a circular reference is an error."""

    def __init__(self, book: Any, values: Mapping[str, float]) -> None:
        self.book = book
        self.names = {name: _place(defined.attr_text) for name, defined in book.defined_names.items()}
        self.known: dict[tuple[str, str], Any] = {self.names[name]: value for name, value in values.items()}
        self.open: set[tuple[str, str]] = set()

    def at(self, sheet: str, address: str) -> Any:
        place = (sheet, address)
        if place not in self.known:
            if place in self.open:
                raise RecursionError(f"{sheet}!{address} refers to itself")
            self.open.add(place)
            value = self.book[sheet][address].value
            is_formula = isinstance(value, str) and value.startswith("=")
            value = self.compute(sheet, value) if is_formula else 0.0 if value is None else value
            # NumPy's numbers divide by zero as a spreadsheet's do: the other branch of an IF is computed, too.
            self.known[place] = value if isinstance(value, str) else np.float64(value)
        return self.known[place]

    def compute(self, sheet: str, formula: str) -> Any:
        """A formula as Python: `^` is the only operator of these formulas that Python writes otherwise, and `=`."""
        code = []
        for token in Tokenizer(formula).items:
            match token.type, token.subtype:
                case "OPERAND", "RANGE":
                    where = self.names.get(token.value, None) or _place(token.value, sheet)
                    code.append(f"_cells({where[0]!r}, {where[1]!r})")
                case "OPERAND", "TEXT":
                    code.append(repr(token.value.strip('"')))
                case "OPERAND", _:
                    code.append(f"_number({token.value})")
                case "FUNC", "OPEN":
                    code.append(f"_{token.value.rstrip('(')}(")
                case "OPERATOR-INFIX", _:
                    code.append({"^": "**", "=": "=="}.get(token.value, token.value))
                case _:
                    code.append(token.value)
        with np.errstate(all="ignore"):
            return eval("".join(code), {**_FUNCTIONS, "_cells": self.cells})  # noqa: S307  of the test's own file

    def cells(self, sheet: str, address: str) -> Any:
        if ":" not in address:
            value = self.at(sheet, address)
            return np.float64(math.nan) if isinstance(value, str) else value  # words in a sum are an error
        left, top, right, bottom = range_boundaries(address)
        rows = range(top or 0, (bottom or 0) + 1)
        columns = range(left or 0, (right or 0) + 1)
        letters = [openpyxl.utils.get_column_letter(column) for column in columns]
        values = [self.in_range(sheet, f"{letter}{row}") for row in rows for letter in letters]
        return np.array(values, dtype=float)

    def in_range(self, sheet: str, address: str) -> float:
        """Not a number for an empty cell or words: functions over ranges leave them out."""
        value = None if self.book[sheet][address].value is None else self.at(sheet, address)
        return math.nan if value is None or isinstance(value, str) else float(value)


def _place(text: str, sheet: str = "") -> tuple[str, str]:
    named, _, address = text.rpartition("!")
    return named.strip("'") or sheet, address.replace("$", "")


def _flat(values: tuple[Any, ...]) -> Any:
    """Empty cells and words in a range are left out; an error in a single cell is not."""
    ranges = [value[~np.isnan(value)] for value in values if isinstance(value, np.ndarray)]
    return np.concatenate([*ranges, np.array([v for v in values if not isinstance(v, np.ndarray)], dtype=float)])


def _irr(flows: Any, guess: float) -> float:
    """The root next to the guess."""

    def worth(rate: float) -> float:
        return float(np.dot(flows, (1 + rate) ** -np.arange(len(flows), dtype=float)))

    step = 1e-4
    while step < 1:
        low, high = max(guess - step, -1 + 1e-9), guess + step
        if np.sign(worth(low)) * np.sign(worth(high)) <= 0:
            return float(brentq(worth, low, high, xtol=1e-15))
        step *= 2
    return math.nan


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "_number": np.float64,
    "_MIN": lambda *v: float(np.min(_flat(v))),
    "_MAX": lambda *v: float(np.max(_flat(v))),
    "_SUM": lambda *v: float(np.sum(_flat(v))),
    "_SUMPRODUCT": lambda v: float(np.sum(v)),
    "_IF": lambda condition, then, otherwise: then if condition else otherwise,
    "_IFERROR": lambda value, otherwise: otherwise if np.isnan(value) else value,
    "_NPV": lambda rate, flows: float(np.sum(flows * (1 + rate) ** -np.arange(1.0, len(flows) + 1))),
    "_IRR": _irr,
}
