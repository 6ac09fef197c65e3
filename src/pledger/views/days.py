"""How a day and a stretch of days are written: `19 January 2029`, `Q3 2026`, `by the end of March 2026`."""

from __future__ import annotations

import calendar
import datetime as dt

from pledger.model import Interval

__all__ = ["say_date", "say_interval"]

_SEASONS = {(3, 5): "spring", (6, 8): "summer", (9, 11): "autumn"}
_THIRDS = {(1, 4): "early", (5, 8): "mid-", (9, 12): "late"}


def say_date(day: dt.date) -> str:
    """A day: `19 January 2029`."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def say_interval(interval: Interval) -> str:
    """An interval by the shortest name that fits it exactly: `Q3 2026`, `early 2027`, `by the end of March 2026`."""
    start, end = interval.start, interval.end
    if start is None and end is None:
        return "a date not told"
    if start is None:
        return f"by {_end(end)}" if end else ""
    if end is None:
        return f"from {_month(start) if start.day == 1 else say_date(start)}"
    if start == end:
        return say_date(start)
    if start.day == 1 and _month_ends(end):
        return _months(start, end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {say_date(end)}"
    if start.year == end.year:
        return f"{start.day} {calendar.month_name[start.month]} to {say_date(end)}"
    return f"{say_date(start)} to {say_date(end)}"


def _month(day: dt.date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


def _month_ends(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _end(day: dt.date) -> str:
    if (day.month, day.day) == (12, 31):
        return f"the end of {day.year}"
    return f"the end of {_month(day)}" if _month_ends(day) else say_date(day)


def _months(start: dt.date, end: dt.date) -> str:
    """Whole months from `start` to `end`, by name."""
    months = (start.month, end.month)
    if start.year != end.year:
        if months == (1, 12):
            return f"{start.year} to {end.year}"
        if months == (12, 2) and end.year == start.year + 1:
            return f"winter {start.year}/{end.year % 100:02}"
        return f"{_month(start)} to {_month(end)}"
    year = start.year
    if months == (1, 12):
        return str(year)
    if start.month == end.month:
        return _month(start)
    if months in ((1, 6), (7, 12)):
        return f"{'first' if start.month == 1 else 'second'} half of {year}"
    if end.month == start.month + 2 and end.month % 3 == 0:
        return f"Q{end.month // 3} {year}"
    if months in _SEASONS:
        return f"{_SEASONS[months]} {year}"
    if months in _THIRDS:
        third = _THIRDS[months]
        return f"{third}{year}" if third.endswith("-") else f"{third} {year}"
    return f"{calendar.month_name[start.month]} to {_month(end)}"
