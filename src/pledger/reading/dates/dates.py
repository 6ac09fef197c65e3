"""Dates in a text: intervals, and what happens then."""

from __future__ import annotations

import datetime as dt
import re

from pledger.model import DateValue, Span
from pledger.reading.dates.chained import chained_points
from pledger.reading.dates.cjk import cjk_points
from pledger.reading.dates.days import day_points
from pledger.reading.dates.events import Around, Event, event_of
from pledger.reading.dates.feasts import feast_points
from pledger.reading.dates.frames import framed, joined, parted
from pledger.reading.dates.periods import period_points
from pledger.reading.dates.phrases import phrase_points, week_of
from pledger.reading.dates.point import Point
from pledger.reading.dates.relative import relative_points
from pledger.reading.dates.settled import settled
from pledger.reading.dates.unwrap import unwrapped
from pledger.reading.dates.words import quotations
from pledger.reading.dates.years import fiscal_points, year_points
from pledger.reading.found import Found
from pledger.reading.page import Page

__all__ = ["dates"]


def dates(
    text: str,
    reported_on: dt.date | None = None,
    language: str = "en",
    page: Page | None = None,
    *,
    untold: bool = True,
) -> list[Found[DateValue]]:
    """All dates in `text`, in order, each with the event that its clause tells ("other" where none is told).

    A date is an interval of days: "Q3 2026" is July to September, "by spring" ends with May, "through 2028" has no
    start. Relative dates are told from `reported_on`; without it both ends are None. The span leaves "in" and "on" out
    and takes the words in that change the interval (by, until, through, since, before, after, as early as, early, the
    end of). Where one date serves two events ("announced ahead of a visit in March") it is given twice, with one span.
    Spans of different dates never overlap. Without `untold`, dates of which no word tells what happens then are left
    out. `page` is the text made ready, where it is so already. Takes linear time; raises nothing.
    """
    page = page or Page(text, language)
    plain = unwrapped(page.plain)
    points = [
        *day_points(page, reported_on),
        *period_points(page, reported_on),
        *year_points(page),
        *fiscal_points(plain, reported_on, language),
        *relative_points(page, reported_on),
        *feast_points(page, reported_on),
        *phrase_points(page, reported_on),
        *(cjk_points(plain, reported_on, language) if page.cjk else ()),
    ]
    points = _apart([*points, *chained_points(page, sorted(points, key=lambda p: p.start), reported_on)])
    if not points:
        return []
    if "week" in plain:
        points = [week_of(plain, p) for p in points]
    points = joined(plain, _apart([parted(plain, p) for p in points]))
    points = _apart([framed(plain, p, reported_on) for p in points])
    quotes = quotations(plain)
    out: list[Found[DateValue]] = []
    before: tuple[int, Event] | None = None
    for index, point in enumerate(points):
        following = points[index + 1].start if index + 1 < len(points) else None
        around = Around(before, following, quotes, reported_on, page)
        if index and _of_a_year(plain, points[index - 1], point, following):
            continue
        told = Event(point.event) if point.event else event_of(plain, point, around)
        event, point = settled(plain, point, told, reported_on)
        before = (point.end, event)
        span = Span(point.start, point.end)
        words = span.of(text)
        if not (untold or event.told):
            continue
        out.extend(Found(span, DateValue(n, point.interval), words) for n in (event.name, event.also) if n)
    return out


_THAT_BEGINS = re.compile(
    r", (?:das|der|which|that) (?:am |im |on |in )?$|[ \u00a0]?\($"
    r"|, (?:das|which) (?:begann|begins?|began|started) (?:am|im|in|on) $"
)
_BEGINNING = re.compile(r"에 시작(?:하는|되는|된|한) ?|[\u00a0 ](?:beginnt|begonnen|begins|began)")


def _of_a_year(text: str, before: Point, point: Point, following: int | None) -> bool:
    """Whether a date only says when the fiscal year beside it begins, or spells out the quarter before it."""
    if before.unit in ("year", "quarter") and _THAT_BEGINS.search(text, before.end, point.start):
        inside = text[point.start - 1 : point.start] == "(" and text[point.end : point.end + 2].lstrip("期")[:1] == ")"
        return inside or _BEGINNING.match(text, point.end) is not None
    return following is not None and _BEGINNING.fullmatch(text, point.end, following) is not None


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
