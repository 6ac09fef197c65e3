"""Formulas that know their value: each is written once and gives both what a spreadsheet computes and what it comes to.

A formula is built from references and numbers with Python's operators and the few functions here, all of which every
spreadsheet has. `text` is the formula without its equals sign, `value` what it comes to by the same operations in
double precision, which is written beside it so that a viewer that does not compute shows numbers. Nothing else in the
workbook holds a computed number.

References name their sheet (`'P01 Gas'!E12`); `seen_from` leaves it out where the formula stands on that sheet.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

__all__ = [
    "Formula",
    "Number",
    "Range",
    "distance",
    "either",
    "if_found",
    "internal_rate",
    "least",
    "most",
    "number",
    "or_words",
    "present_value",
    "seen_from",
    "size",
    "sum_of_products",
    "total",
]

_ATOM, _POWER, _TIMES, _PLUS, _COMPARE = 9, 7, 6, 5, 3


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula and its value; a comparison is 1 where it holds, else 0."""

    text: str
    value: float
    binding: int = _ATOM
    """How tightly its outermost operator binds; brackets are set by it."""

    def __add__(self, other: Number) -> Formula:
        return _joined(self, "+", number(other), self.value + number(other).value, _PLUS)

    def __sub__(self, other: Number) -> Formula:
        return _joined(self, "-", number(other), self.value - number(other).value, _PLUS)

    def __mul__(self, other: Number) -> Formula:
        return _joined(self, "*", number(other), self.value * number(other).value, _TIMES)

    def __truediv__(self, other: Number) -> Formula:
        by = number(other)
        return _joined(self, "/", by, self.value / by.value if by.value else math.nan, _TIMES)

    def __pow__(self, other: Number) -> Formula:
        return _joined(self, "^", number(other), _power(self.value, number(other).value), _POWER)

    def __radd__(self, other: float) -> Formula:
        return number(other) + self

    def __rsub__(self, other: float) -> Formula:
        return number(other) - self

    def __rmul__(self, other: float) -> Formula:
        return number(other) * self

    def __lt__(self, other: Number) -> Formula:
        return _joined(self, "<", number(other), float(self.value < number(other).value), _COMPARE)

    def __le__(self, other: Number) -> Formula:
        return _joined(self, "<=", number(other), float(self.value <= number(other).value), _COMPARE)

    def __gt__(self, other: Number) -> Formula:
        return _joined(self, ">", number(other), float(self.value > number(other).value), _COMPARE)

    def __ge__(self, other: Number) -> Formula:
        return _joined(self, ">=", number(other), float(self.value >= number(other).value), _COMPARE)

    def equals(self, other: Number) -> Formula:
        """Whether both are the same number."""
        return _joined(self, "=", number(other), float(self.value == number(other).value), _COMPARE)


@dataclass(frozen=True, slots=True)
class Range:
    """Cells beside or under one another."""

    text: str
    values: tuple[float, ...]


Number: TypeAlias = Formula | float


def number(value: Number) -> Formula:
    """A number as it is written in a formula; a formula stays as it is."""
    if isinstance(value, Formula):
        return value
    text = repr(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value)).upper()
    return Formula(text if value >= 0 else f"({text})", float(value))


def _joined(left: Formula, sign: str, right: Formula, value: float, binding: int) -> Formula:
    """Left to right, as a spreadsheet reads; whatever stands right and binds no tighter gets brackets."""
    first = left.text if left.binding > binding or (left.binding == binding != _POWER) else f"({left.text})"
    then = right.text if right.binding > binding else f"({right.text})"
    return Formula(f"{first}{sign}{then}", value, binding)


def _power(base: float, exponent: float) -> float:
    try:
        return math.pow(base, exponent)
    except (ValueError, OverflowError):
        return math.nan


def least(*of: Number | Range) -> Formula:
    """MIN."""
    return _called("MIN", of, min(_values(of)))


def most(*of: Number | Range) -> Formula:
    """MAX."""
    return _called("MAX", of, max(_values(of)))


def total(*of: Number | Range) -> Formula:
    """SUM."""
    return _called("SUM", of, math.fsum(_values(of)))


def either(condition: Formula, then: Number, otherwise: Number) -> Formula:
    """IF."""
    return _called("IF", (condition, then, otherwise), number(then if condition.value else otherwise).value)


def or_words(condition: Formula, then: Formula, words: str) -> Formula:
    """IF with words where the condition does not hold; the value is then not a number."""
    value = then.value if condition.value else math.nan
    return Formula(f'IF({condition.text},{then.text},"{words}")', value)


def sum_of_products(text: str, value: float) -> Formula:
    """SUMPRODUCT of what `text` says, an expression over ranges, which comes to `value`."""
    return Formula(f"SUMPRODUCT({text})", value)


def present_value(rate: Formula, first: Formula, later: Range) -> Formula:
    """NPV at `rate` a period of flows of which the first is not discounted."""
    base = 1 + rate.value
    value = math.fsum(flow * base**-n for n, flow in enumerate(later.values, 1))
    return first + Formula(f"NPV({rate.text},{later.text})", value)


def internal_rate(flows: Range, guess: Formula, value: float) -> Formula:
    """IRR a period, looked for from `guess`; `value` is what it comes to, not a number where there is none."""
    return Formula(f"IRR({flows.text},{guess.text})", value)


def if_found(formula: Formula, otherwise: str | float) -> Formula:
    """IFERROR with words, or with a number."""
    other = f'"{otherwise}"' if isinstance(otherwise, str) else number(otherwise).text
    found = math.isfinite(formula.value) or isinstance(otherwise, str)
    return Formula(f"IFERROR({formula.text},{other})", formula.value if found else float(otherwise))


def distance(one: Range, other: Range) -> Formula:
    """The root of the sum of squared differences: no difference of a single cell is larger."""
    value = math.sqrt(math.fsum((a - b) ** 2 for a, b in zip(one.values, other.values, strict=True)))
    return sum_of_products(f"({one.text}-{other.text})^2", value * value) ** 0.5


def size(of: Range) -> Formula:
    """The root of the sum of squares."""
    return sum_of_products(f"{of.text}^2", math.fsum(v * v for v in of.values)) ** 0.5


def seen_from(sheet: str, formula: Formula) -> str:
    """The formula's text as it stands on `sheet`, with its equals sign."""
    return "=" + formula.text.replace(f"'{sheet}'!", "")


def _values(of: Sequence[Number | Range]) -> list[float]:
    return [v for part in of for v in (part.values if isinstance(part, Range) else (number(part).value,))]


def _called(name: str, of: Sequence[Number | Range], value: float) -> Formula:
    parts = [part.text if isinstance(part, Range) else number(part).text for part in of]
    return Formula(f"{name}({','.join(parts)})", value)
