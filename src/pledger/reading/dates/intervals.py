"""Stretches of days: years, halves, quarters, months, weeks, seasons; their parts; moved by so many units."""

from __future__ import annotations

import calendar
import datetime as dt

from pledger.model import Interval

__all__ = [
    "NEVER",
    "after",
    "before",
    "day",
    "days",
    "decade",
    "half",
    "month",
    "months",
    "moved_months",
    "part",
    "quarter",
    "season",
    "since",
    "until",
    "week",
    "year",
]

NEVER = Interval(None, None)
"""A date whose place cannot be told: relative, with no day to be relative to."""


def _date(y: int, m: int, d: int) -> dt.date | None:
    try:
        return dt.date(y, m, d)
    except ValueError:
        return None


def day(y: int, m: int, d: int) -> Interval | None:
    """One day; None where the calendar has no such day."""
    found = _date(y, m, d)
    return Interval(found, found) if found else None


def days(start: dt.date, count: int) -> dt.date:
    """The day `count` days after `start`, held within the years 1 to 9999."""
    ordinal = min(max(start.toordinal() + count, 1), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)


def moved_months(start: dt.date, count: int) -> dt.date:
    """The same day `count` months later, or the last of that month where it is shorter."""
    index = min(max(start.year * 12 + start.month - 1 + count, 12), 9999 * 12 + 11)
    y, m = index // 12, index % 12 + 1
    return dt.date(y, m, min(start.day, calendar.monthrange(y, m)[1]))


def months(y: int, m: int, count: int) -> Interval | None:
    """`count` whole months from month `m` of year `y`; `m` may lie beyond 12 or below 1."""
    y, m = y + (m - 1) // 12, (m - 1) % 12 + 1
    first = _date(y, m, 1)
    if first is None:
        return None
    last = moved_months(first, count)
    return Interval(first, last - dt.timedelta(days=1)) if last > first else None


def month(y: int, m: int) -> Interval | None:
    """A month of a year."""
    return months(y, m, 1) if 1 <= m <= 12 else None


def quarter(y: int, q: int, first_month: int = 1) -> Interval | None:
    """Quarter `q` (1 to 4) of a year that begins in `first_month` of `y`."""
    return months(y, first_month + 3 * (q - 1), 3) if 1 <= q <= 4 else None


def half(y: int, h: int, first_month: int = 1) -> Interval | None:
    """Half `h` (1 or 2) of a year that begins in `first_month` of `y`."""
    return months(y, first_month + 6 * (h - 1), 6)


def year(y: int, first_month: int = 1) -> Interval | None:
    """A year that begins in `first_month` of `y`."""
    return months(y, first_month, 12)


def season(y: int, first_month: int) -> Interval | None:
    """Three months from `first_month`; winter runs into the next year."""
    return months(y, first_month, 3)


def decade(y: int) -> Interval | None:
    """The ten years from `y`."""
    return months(y, 1, 120)


def week(on: dt.date) -> Interval:
    """The week, Monday to Sunday, that holds `on`."""
    monday = days(on, -on.weekday())
    return Interval(monday, days(monday, 6))


def part(of: Interval, which: str) -> Interval:
    """A part of a period: `early`, `mid` and `late` are its thirds, `end` the last month of a year or longer.

    A year is split by whole months (early: January to April), a month by days; of a month `end` is the last week. Open
    periods, and words that name no part, leave the period as it is.
    """
    start, end = of.start, of.end
    if start is None or end is None:
        return of
    if which in ("first_half", "second_half"):
        which = {"first_half": "0/2", "second_half": "1/2"}[which]
    elif which in ("early", "mid", "late"):
        which = {"early": "0/3", "mid": "1/3", "late": "2/3"}[which]
    elif which == "end":
        if (end - start).days > 300:
            return Interval(end.replace(day=1), end)
        return Interval(max(start, days(end, -min(6, (end - start).days // 4))), end) if end > start else of
    else:
        return of
    index, count = (int(n) for n in which.split("/"))
    length = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day == 1 and length % count == 0 and length >= count:
        step = length // count
        return months(start.year, start.month + index * step, step) or of
    total = (end - start).days + 1
    first = days(start, total * index // count)
    return Interval(first, days(start, total * (index + 1) // count - 1))


def until(of: Interval) -> Interval:
    """Up to the end of `of`."""
    return Interval(None, of.end)


def since(of: Interval) -> Interval:
    """From the start of `of` on."""
    return Interval(of.start, None)


def before(of: Interval) -> Interval:
    """All days before `of`."""
    return Interval(None, days(of.start, -1) if of.start else None)


def after(of: Interval) -> Interval:
    """All days after `of`."""
    return Interval(days(of.end, 1) if of.end else None, None)
