"""Dates in a text: intervals, and what happens then."""

from __future__ import annotations

import datetime as dt

from pledger.model import DateValue, Span
from pledger.reading.dates.cjk import cjk_points
from pledger.reading.dates.days import day_points
from pledger.reading.dates.events import Event, event_of
from pledger.reading.dates.frames import framed, joined, parted
from pledger.reading.dates.periods import period_points
from pledger.reading.dates.point import Point
from pledger.reading.dates.relative import relative_points
from pledger.reading.dates.settled import settled
from pledger.reading.dates.years import year_points
from pledger.reading.found import Found
from pledger.reading.page import Page

__all__ = ["dates"]


def dates(
    text: str, reported_on: dt.date | None = None, language: str = "en", page: Page | None = None
) -> list[Found[DateValue]]:
    """All dates in `text`, in order, each with the event that its clause tells ("other" where none is told).

    A date is an interval of days: "Q3 2026" is July to September, "by spring" ends with May, "through 2028" has no
    start. Relative dates are told from `reported_on`; without it both ends are None. The span leaves "in" and "on" out
    and takes the words in that change the interval (by, until, through, since, before, after, as early as, early, the
    end of). Where one date serves two events ("announced ahead of a visit in March") it is given twice, with one span.
    Spans of different dates never overlap. `page` is the text made ready, where it is so already. Takes linear time;
    raises nothing.
    """
    page = page or Page(text, language)
    plain = page.plain
    points = [
        *day_points(page, reported_on),
        *period_points(page, reported_on),
        *year_points(page),
        *relative_points(page, reported_on),
        *(cjk_points(plain, reported_on, language) if page.cjk else ()),
    ]
    if not points:
        return []
    points = joined(plain, _apart([parted(plain, p) for p in _apart(points)]))
    points = _apart([framed(plain, p, reported_on) for p in points])
    out: list[Found[DateValue]] = []
    before: tuple[int, Event] | None = None
    for index, point in enumerate(points):
        following = points[index + 1].start if index + 1 < len(points) else None
        single = point.unit in ("day", "weekday", "weekend")
        told = (
            Event(point.event)
            if point.event
            else event_of(page, point.start, point.end, before, following, of_day=single)
        )
        event, point = settled(plain, point, told, reported_on)
        before = (point.end, event)
        span = Span(point.start, point.end)
        words = span.of(text)
        out.extend(Found(span, DateValue(n, point.interval), words) for n in (event.name, event.also) if n)
    return out


def _apart(points: list[Point]) -> list[Point]:
    """Sorted by place; of two that overlap the longer stays."""
    kept: list[Point] = []
    for point in sorted(points, key=lambda p: (p.start, -p.end)):
        if kept and point.start < kept[-1].end:
            if point.end - point.start > kept[-1].end - kept[-1].start:
                kept[-1] = point
            continue
        kept.append(point)
    return kept
