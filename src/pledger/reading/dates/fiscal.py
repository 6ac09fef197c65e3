"""Whose fiscal year: the month in which it begins and the calendar year by which it is called, by country."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.numbers import alternation

__all__ = ["Fiscal", "fiscal_at", "fiscal_running", "fiscal_start"]

_REACH = 160
Fiscal = tuple[int, bool]
"""The first month, and whether the year is called by the calendar year in which it ends."""


@cache
def _countries() -> tuple[tuple[re.Pattern[str], Fiscal], ...]:
    return tuple(
        (
            re.compile(rf"(?<![A-Za-z]){alternation(entry['words'])}(?![A-Za-z])"),
            (int(entry["first_month"]), bool(entry["by_end"])),
        )
        for entry in lexicon("dates")["fiscal"]["countries"]
    )


def fiscal_at(text: str, at: int, language: str) -> Fiscal:
    """The fiscal year meant at `at`: of the country named nearest, else of the one named most in the text.

    A Japanese text means Japan's. Where no country is told the calendar year is meant.
    """
    if language == "ja" and text[at : at + 8].find("会計") < 0:
        return 4, False
    begin = max(0, at - _REACH)
    best: tuple[int, Fiscal] | None = None
    for pattern, fiscal in _countries():
        for match in pattern.finditer(text, begin, at + _REACH):
            apart = abs(match.start() - at)
            if best is None or apart < best[0]:
                best = apart, fiscal
    if best is not None:
        return best[1]
    head = text[:_HEAD]
    counts = [(sum(1 for _ in pattern.finditer(head)), fiscal) for pattern, fiscal in _countries()]
    most = max(counts, key=lambda c: c[0])
    return most[1] if most[0] else (1, False)


_HEAD = 20_000
"""Characters of a text in which its country is looked for."""


def fiscal_start(year: int, fiscal: Fiscal, *, paired: bool) -> tuple[int, int]:
    """Year and month in which the fiscal year called `year` begins; of a pair ("2026-27") it is the first."""
    first, by_end = fiscal
    return (year - (by_end and not paired and first > 1), first)


def fiscal_running(on: dt.date, fiscal: Fiscal, shift: int = 0) -> Interval | None:
    """The fiscal year that holds a day, or one `shift` years from it."""
    first = fiscal[0]
    return iv.year(on.year - (on.month < first) + shift, first)
