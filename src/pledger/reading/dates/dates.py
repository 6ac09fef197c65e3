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
    points = [point for point in points if not _measures(plain, point)]
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


_BACK = 120
_SPAN = re.compile(
    r"(?:in (?:more than |over |almost |nearly |about |some |at least )?(?:\w+ |\w+-\w+ )?"
    r"(?:years|decades|months|weeks|generations|a decade|a century|a generation)|since (?:the |at least )?\S)",
    re.IGNORECASE,
)
_RANKED = re.compile(
    r"(?<!\w)(?:first|only|second|third|biggest|largest|highest|lowest|worst|best|steepest|sharpest|fastest|slowest"
    r"|weakest|strongest|longest|deepest|smallest|lightest|heaviest|most|least|(?:has|have|had)(?:n['’]t| not| never)"
    r"|no (?:new|other|single)|not a single)(?!\w)(?P<rest>[^.;:!?\n]*)$",
    re.IGNORECASE,
)
_TO_BE = re.compile(
    r"(?<!\w)(?:will|would|shall|to(?= (?!the |an? |its |their )[a-z])|can|could|may|might|is|are|was|were|due|expected"
    r"|planned|scheduled|targeted|set|opens?|opened|starts?|started|begins?|began|follows?|comes?|came|arrives?|ready"
    r"|finished|completed)(?!\w)"
)


def _measures(text: str, point: Point) -> bool:
    """Whether words of time only say how rare something is ("the first such mill in 35 years"): they date nothing."""
    begin = point.start if text[point.start : point.start + 2].lower() in ("in", "si") else point.start - len("in ")
    if begin < 0 or not _SPAN.match(text, begin):
        return False
    ranked = _RANKED.search(text, max(0, begin - _BACK), begin)
    return ranked is not None and _TO_BE.search(ranked["rest"]) is None


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
