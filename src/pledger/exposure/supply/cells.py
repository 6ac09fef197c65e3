"""One cell of a table of shares, as people write it: `over 95 %`, `40-45`, `0,77`, `95%超`, `2.1 months`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pledger.exposure.supply import lists
from pledger.exposure.tables.numbers import figure
from pledger.model import Qualifier

__all__ = ["Number", "number", "percents"]

_MOST = 80
"""Letters of a cell that may be a number."""
_FIGURE = r"\d{1,12}(?:[.,]\d{1,12}){0,4}(?:/\d{1,6})?"
_BARE = re.compile(rf"({_FIGURE})(%?)(?:(?:[-‐‑–—〜~～]|to|bis|から|至|~)({_FIGURE})(%?))?")
_PERCENT = re.compile(r"\s*(?:％|per ?cent\b|prozent\b|pct\b\.?|パーセント|퍼센트|프로)")
_UNITS = re.compile(
    r"(?<=\d)\s*(?:months?|monate?|か月|ヶ月|カ月|ヵ月|个月|個月|개월)|(?:us)?\$\s*(?=\d)|\s*(?:us)?(?:\$|usd)?\s*(?:/|per|a)\s*kg\b"
)
"""Units of stocks and prices, which their measure tells already."""


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says, as it says it: percents are not yet shares."""

    low: float | None
    high: float | None
    qualifier: Qualifier
    percent: bool
    """Whether it has a sign for it."""
    half: float
    """Half a unit of its last digit: how far it may have been rounded."""


@cache
def _marks() -> tuple[tuple[str, Qualifier], ...]:
    """Words that bound a number, longest first."""
    known = lists.words("qualifiers")
    return tuple((word, Qualifier(known[word])) for word in sorted(known, key=len, reverse=True))


def _figure(words: str, thousands: bool) -> tuple[float, float]:
    """A number and half a unit of its last digit; a fraction (`1/4`) is exact."""
    over, slash, under = words.partition("/")
    value, half = figure(over, thousands=thousands)
    return (value / float(under), 0.0) if slash else (value, half)


def number(words: str, *, thousands: bool = False) -> Number | None:
    """The number with its bounds and its qualifier that a cell holds; None where it holds none.

    `thousands`: whether `1,050` is more than a thousand, as in prices; of shares it is a fraction.
    """
    text = unicodedata.normalize("NFKC", words)[:_MOST].strip().casefold()
    text = re.sub(r"\s+", "", _UNITS.sub("", _PERCENT.sub("%", text)))
    said: Qualifier | None = None
    for _ in range(2):  # `about` may stand with another: what bounds says more
        for word, qualifier in _marks():
            if text.startswith(word) or text.endswith(word):
                text = text.removeprefix(word) if text.startswith(word) else text.removesuffix(word)
                said = qualifier if said in (None, Qualifier.ABOUT) else said
                break
    found = _BARE.fullmatch(text)
    if found is None:
        return None
    try:
        low, half = _figure(found[1], thousands)
        second = _figure(found[3], thousands) if found[3] else None
    except (ValueError, ZeroDivisionError):
        return None
    percent = bool(found[2] or found[4])
    if second is not None:
        high, half = second[0], max(half, second[1])
        return Number(min(low, high), max(low, high), Qualifier.BETWEEN, percent, half)
    match said:
        case Qualifier.AT_LEAST:
            return Number(low, None, said, percent, half)
        case Qualifier.UP_TO:
            return Number(None, low, said, percent, half)
        case None | Qualifier.BETWEEN:
            return Number(low, low, Qualifier.EXACT, percent, half)
    return Number(low, low, said, percent, half)


def percents(found: list[Number]) -> bool:
    """Whether the numbers of a column that have no sign are percents: where one of them is above 1."""
    return any(end > 1 for n in found if not n.percent for end in (n.low, n.high) if end is not None)
