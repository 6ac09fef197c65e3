"""Numbers as people write them: decimal points and commas, thousands, percent signs, brackets for minus."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

import numpy as np

from pledger.vehicle.words import Floats

__all__ = ["figure", "numbers", "percents"]

_PLAIN = re.compile(r"[+-]?[0-9.,]*[0-9][0-9.,]*(?:[eE][+-]?[0-9]{1,3})?")
_BLANKS = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’_"), None)
_SIGNS = {ord("−"): "-", ord("–"): "-", ord("﹣"): "-", ord("٪"): "%"}
_MONEY = re.compile(r"^[^\d.,+()-]{1,4}|[^\d.,%)]{1,4}$")
"""A currency before or behind a number: $, US$, EUR, 円."""
_NOTHING = frozenset(("", "-", "--", "n/a", "na", "nan", "none", "null", "—", "–", "."))
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_POINTS = re.compile(r"[+-]?[1-9]\d{0,2}(?:\.\d{3})+")
"""Groups of three digits; what begins with a nought is a fraction."""


def numbers(cells: Sequence[str], *, parts: bool = False) -> tuple[Floats, list[int]]:
    """The numbers of a column, NaN for an empty cell, and the positions of the cells that are no number.

    A percent sign is only dropped: see `percents`. What a lone comma means is decided for the whole column: `1,234` is
    a thousand where every comma of the column stands before three digits, and a fraction where one does not; in a
    column of weights (`parts`) it is a fraction.
    """
    try:
        found = np.fromiter(map(float, cells), np.float64, len(cells))
        wrong: list[int] = []
    except ValueError:
        found, wrong = _one_by_one(cells, parts)
    infinite = np.flatnonzero(np.isinf(found))
    found[infinite] = math.nan
    return found, sorted({*wrong, *infinite.tolist()})


def _one_by_one(cells: Sequence[str], parts: bool) -> tuple[Floats, list[int]]:
    comma = _decimal_comma(cells, parts)
    point = not comma or _decimal_point(cells)
    found, wrong = np.full(len(cells), math.nan), []
    for n, cell in enumerate(cells):
        try:
            found[n] = float(cell)
        except ValueError:
            value = _number(cell, comma, point)
            if value is None:
                wrong.append(n)
            else:
                found[n] = value
        else:
            if not point and "." in cell and _POINTS.fullmatch(cell.strip()):
                found[n] = float(cell.replace(".", ""))
    return found, wrong


def percents(cells: Sequence[str]) -> bool:
    """Whether a cell of the column has a percent sign."""
    return any("%" in cell or "％" in cell for cell in cells)


def _bare(cell: str) -> str:
    said = unicodedata.normalize("NFKC", cell).strip().translate(_SIGNS)
    said = said.removesuffix("%").strip()
    if said.startswith("(") and said.endswith(")"):
        said = f"-{said[1:-1].strip()}"
    said = said.translate(_BLANKS)
    return said if _PLAIN.fullmatch(said) else _MONEY.sub("", said)


def _decimal_comma(cells: Sequence[str], parts: bool) -> bool:
    """Whether a lone comma is the decimal mark of the column."""
    lone = False
    for cell in cells:
        if "," in cell or "，" in cell:
            said = _bare(cell)
            if "." in said:
                return said.rfind(",") > said.rfind(".")
            if _THOUSANDS.fullmatch(said) is None:
                return True
            lone = True
        elif cell.count(".") > 1:
            return True
    return parts and lone


def _decimal_point(cells: Sequence[str]) -> bool:
    """Whether a lone point is one too: `1.234` is a thousand beside decimal commas, `1.5` is not."""
    return any(
        "." in cell and "," not in cell and _POINTS.fullmatch(_bare(cell)) is None
        for cell in cells
        if cell.count(".") == 1
    )


def _number(cell: str, comma: bool, point: bool) -> float | None:
    """One number; NaN for an empty cell, None for what is none."""
    if cell.strip().casefold() in _NOTHING:
        return math.nan
    said = _bare(cell)
    if not said or not _PLAIN.fullmatch(said):
        return None
    try:
        return float(_pointed(said, comma, point))
    except ValueError:
        return None


def _pointed(said: str, comma: bool, point: bool) -> str:
    """Digits with a point as their decimal mark and no others; `comma`, `point`: whether a lone one is that mark."""
    if "," in said and "." in said:
        return said.replace(".", "").replace(",", ".") if said.rfind(",") > said.rfind(".") else said.replace(",", "")
    if "," in said:
        # With decimal commas elsewhere in the column, a comma before three digits is one too.
        return said.replace(",", ".") if comma and said.count(",") == 1 else said.replace(",", "")
    if said.count(".") > 1 or (comma and not point and _POINTS.fullmatch(said)):
        return said.replace(".", "")
    return said


def figure(said: str, *, thousands: bool) -> tuple[float, float]:
    """One number without sign and unit, and half a unit of its last digit: how far it may have been rounded.

    `thousands`: whether `1,234` is a thousand, as in prices; of what is at most a hundred it is a fraction. Raises
    ValueError for what is no number.
    """
    digits = _pointed(said, not (thousands and _THOUSANDS.fullmatch(said)), point=True)
    return float(digits), 0.5 * 10.0 ** -len(digits.partition(".")[2])
