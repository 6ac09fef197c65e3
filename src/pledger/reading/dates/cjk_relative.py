"""Spans of time and bare days in CJK: 未来十年, 3年以内, 三个月后, 향후 10년, 지난 12일, 12日、."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import Point
from pledger.reading.dates.relative import ahead, unit_interval
from pledger.reading.numbers import alternation

__all__ = ["cjk_relative"]

_DAY = re.compile(
    r"(?:(?P<last>지난)|(?P<next>오는))[ \u00a0]?(?P<ko>[0-3]?[0-9])일"
    r"|(?<![0-9月月.,])(?<![0-9月][ \u00a0])(?P<bare>[0-3]?[0-9])日(?=[、,にのまで（(午朝夜夕晚上下电]|$)"
)
_LONGEST = 999


@cache
def _stretch() -> re.Pattern[str]:
    cjk = lexicon("dates")["cjk"]
    number = rf"(?P<n>(?<![0-9.,])[0-9]{{1,3}}|{alternation(cjk['numbers'])})"
    ways = "|".join(f"(?P<{name}>{alternation(cjk[name])})" for name in ("within", "later", "ago"))
    space = "[ \u00a0]?"
    return re.compile(
        rf"(?:(?P<ahead>{alternation(cjk['ahead'])}){space})?{number}{space}(?P<unit>{alternation(cjk['units'])})"
        rf"(?:{space}の?(?:{ways}))?"
    )


def cjk_relative(text: str, begin: int, end: int, on: dt.date | None, language: str) -> Iterator[Point]:
    """Stretches from the day of report, and days without a month, between `begin` and `end` of a normalised text."""
    cjk = lexicon("dates")["cjk"]
    for match in _stretch().finditer(text, begin, end):
        if not (match["ahead"] or match["within"] or match["later"] or match["ago"]):
            continue
        n, unit = match["n"], cjk["units"][match["unit"]]
        count = int(n) if n.isdigit() else int(cjk["numbers"][n])
        yield Point(match.start(), match.end(), _interval(match, unit, count, on), unit, framed=True)
    for match in _DAY.finditer(text, begin, end):
        if match["bare"] and language not in ("ja", "zh"):
            continue
        found = _day(match, on)
        if found:
            yield Point(match.start(), match.end(), found, framed=True)


def _interval(match: re.Match[str], unit: str, count: int, on: dt.date | None) -> Interval:
    if on is None or count > _LONGEST:
        return iv.NEVER
    if match["ago"] or match["later"]:
        return unit_interval(unit, on, (count or 2) * (-1 if match["ago"] else 1)) or iv.NEVER
    vague: int = lexicon("dates")["vague"][unit]
    return Interval(on, ahead(on, unit, count) if count else iv.days(on, vague))


def _day(match: re.Match[str], on: dt.date | None) -> Interval | None:
    """The day of that number nearest to the day of report, on the side that the words name."""
    number = int(match["ko"] or match["bare"])
    if not 1 <= number <= 31:
        return None
    if on is None:
        return iv.NEVER
    found = []
    for shift in (-1, 0, 1):
        month = iv.moved_months(on.replace(day=1), shift)
        day = iv.day(month.year, month.month, number)
        if day and day.start:
            past = day.start <= on
            if not (match["last"] and not past) and not (match["next"] and past and day.start != on):
                found.append((abs((day.start - on).days), day))
    return min(found, key=lambda f: f[0])[1] if found else None
