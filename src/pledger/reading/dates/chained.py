"""Dates told from the date before them: the day after, the same year, am Tag darauf, 翌日, 次年, 이듬해, 同年11月."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import Point
from pledger.reading.dates.stretches import unit_interval
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["chained_points"]

_REACH = 260
"""Characters back within which a date still is the one that "the day after" is told from."""
_LONGEST = {"day": 0, "week": 6, "month": 31, "year": 366}
"""Days from the first to the last of a date from which a day, a week, a month or a year is told."""
_THAN = re.compile("[ \u00a0](?:than|als)(?![a-z])")
_EASTERN = "\u3000"
"""What begins with this sign or a later one is written in Japanese, Chinese or Korean."""
_ARTICLE = re.compile(r"(?<![\w-])(?:the|that|a|one)(?: very)?[ \n]$", re.IGNORECASE)
_GERMAN = ("tag", "darauf", "davor", "zuvor", "monat", "jahr")
_AFTER_WHAT = re.compile(r"[ \u00a0](?:the|a|an|its|his|her|their|it|he|she|they|that|[A-Z])(?![a-z])")
"""Behind "the day after" and "the year before" these name what it comes after."""


@cache
def _words(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    tables = lexicon("dates")["chained"]
    told: dict[str, str] = dict(tables["en"]) if language not in ("ja", "zh", "ko") else {}
    if language != "en":
        told |= tables.get(language, {})
    western, eastern = [w for w in told if w[0] < _EASTERN], [w for w in told if w[0] >= _EASTERN]
    compared = alternation(tables["words"]["compared"])
    kinds = []
    if western:
        kinds.append(rf"(?<![\w-]){alternation(western)}(?![\w-])")
    if eastern:
        month = "(?:(?P<month>1?[0-9])[月월](?P<day>[0-3]?[0-9])?)?"
        kinds.append(rf"{alternation(eastern)}{month}(?![度 \u00a0]?{compared})")
    else:
        kinds[0] += "(?P<month>(?!))?(?P<day>(?!))?"
    return re.compile("|".join(kinds), re.IGNORECASE), told


_CHAINED = Trigger(lambda language: [[_words(language)[0].pattern]], exact=True)


def chained_points(page: Page, points: Sequence[Point], on: dt.date | None) -> list[Point]:
    """What is told from one of the sorted `points`, or where none stands before it from the day of report."""
    text, (pattern, told) = page.plain, _words(page.language)
    out: list[Point] = []
    for match in page.matches(_CHAINED, pattern, text):
        word = re.match(r"\D+", match.group())
        name = " ".join((word.group() if word else match.group()).split())
        meaning = told.get(name) or told.get(name.lower())
        if meaning is None or (name.lower().endswith((" after", " before")) and _AFTER_WHAT.match(text, match.end())):
            continue
        start = match.start()
        if name.isascii() and not name.lower().endswith(_GERMAN):
            article = _ARTICLE.search(text[max(0, start - 10) : start])
            if article is None:
                continue
            start -= len(article.group())
        if _THAN.match(text, match.end()):
            continue  # "a year later than planned"
        unit, shift = meaning.split(":")
        base = _base(text, match.start(), unit, (*points, *out))
        if base is None and name in lexicon("dates")["chained"]["words"]["from_report"]:
            base = on
        if base is None:
            continue
        found = unit_interval(unit, base, int(shift))
        if match["month"] and unit == "year":
            year, month, day = base.year + int(shift), int(match["month"]), match["day"]
            found, unit = (iv.day(year, month, int(day)), "day") if day else (iv.month(year, month), "month")
        if found:
            end = match.end() + (match["day"] is not None and text[match.end() : match.end() + 1] in ("日", "일"))
            out.append(Point(start, end, found, unit))
    return out


def _base(text: str, at: int, unit: str, points: Sequence[Point]) -> dt.date | None:
    """The day from which a date at `at` is told: of the nearest date before it in its paragraph, if it is as exact."""
    begin = max(at - _REACH, text.rfind("\n\n", 0, at))
    near: Interval | None = None
    reached = begin
    for point in points:
        start, end = point.interval.start, point.interval.end
        if reached <= point.start and point.end <= at and start and end and (end - start).days <= _LONGEST[unit]:
            near, reached = point.interval, point.start
    return near.start if near else None
