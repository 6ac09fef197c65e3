"""Dates told by a phrase: "the three months to June", "a week from Monday", "the week of 8 June", "zum Jahresende"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.days import month_names
from pledger.reading.dates.point import YEAR, Point
from pledger.reading.dates.stretches import unit_interval
from pledger.reading.dates.tense import looks
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["phrase_points", "week_of"]

_FOLLOWS = (
    r"(?=[.,;:!?)\"\u201d\n]|$"
    r"|[ \u00a0](?:and|or|at|in|to|when|with|for|but|after|before|by|of (?:this|next|last|the)|as|he|she|they|it)"
    r"(?![a-z]))"
)
_NTH = re.compile(
    r"(?<![\w-])(?:on|by|until|since|before|after|from) the (?P<day>[0-3]?[0-9])(?:st|nd|rd|th)"
    rf"(?: of (?P<which>this|next|last|the) month(?![a-z]))?{_FOLLOWS}",
    re.IGNORECASE,
)
_WITH_ARTICLE = ("new year", "turn of the year")
_TURN_FROM, _TURN_TO = (12, 15), (1, 15)


@cache
def _terms(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    tables = lexicon("dates")["times"]
    terms: dict[str, str] = tables["en"] | (tables["de"] if language == "de" else {})
    return re.compile(rf"(?<![\w-]){alternation(terms)}(?![\w-]|'s)"), terms


@cache
def _weeks(language: str) -> re.Pattern[str]:
    """A weekday with the week that it is in, and a stretch counted from a weekday."""
    names = lexicon("dates")["weekdays"]
    day = alternation([*names["en"], *(names["de"] if language == "de" else [])])
    return re.compile(
        rf"(?<![\w-])(?:(?P<day>{day})(?: of|,)? (?P<which>next|this|last|the following|the coming) week(?![a-z])"
        rf"|(?:(?P<count>a|one|two|three|[1-9]) weeks?|(?P<fortnight>a fortnight)) from (?P<from>{day})(?![a-z])"
        rf"|(?P<late>{day}) week(?=[.,;]|$))"
    )


@cache
def _months_to(language: str) -> re.Pattern[str]:
    """So many months that end with one named."""
    months = alternation(month_names(language)[1])
    numbers = alternation(n for n, value in lexicon("dates")["numbers"].items() if value <= 12)
    return re.compile(
        rf"(?<![\w-])(?P<n>{numbers}|[0-9]{{1,2}})[ -](?P<unit>month|months|quarter|year)(?: period)? "
        rf"(?:to|through|ended|ending|ended in|ending in|until) (?:the end of |end-|late )?(?P<month>{months})\.?"
        rf"(?: (?P<day>[0-3]?[0-9])(?![0-9:]))?(?:,? {YEAR})?(?![a-z])"
    )


_TERMS = Trigger(lambda language: [[_terms(language)[0].pattern]], exact=True)
_WEEK_OF = re.compile(
    r"(?<![\w-])the week (?:of|from|beginning|starting|commencing)(?: on)? (?:Monday,? )?$", re.IGNORECASE
)


def phrase_points(page: Page, on: dt.date | None) -> Iterator[Point]:
    """Dates told by phrases of English and German; with `on` None those that lean on it have no ends."""
    text, language = page.plain, page.language
    pattern, terms = _terms(language)
    for match in page.matches(_TERMS, pattern, text):
        name = " ".join(match.group().split())
        if name not in _WITH_ARTICLE or text[max(0, match.start() - 4) : match.start()].lower() == "the ":
            yield _term(text, match, terms[name], on)
    if " week" in text:
        for match in _weeks(language).finditer(text):
            yield _in_week(match, on)
    if " month" in text or "-month" in text:
        for match in _months_to(language).finditer(text):
            yield from _ending(text, match, on, language)
    if "th" in text:
        for match in _NTH.finditer(text):
            yield from _nth(text, match, on)


def _term(text: str, match: re.Match[str], told: str, on: dt.date | None) -> Point:
    if told == "open" or on is None:
        return Point(*match.span(), iv.NEVER, "open")
    way = looks(text, *match.span())
    if told == "turn":
        year = on.year - (on.month <= _TURN_FROM[0] // 2 and way == "back")
        first, last = iv.day(year, *_TURN_FROM), iv.day(year + 1, *_TURN_TO)
        return Point(*match.span(), Interval(first.start, last.end) if first and last else iv.NEVER, "month")
    unit, part, shift = told.split(":")
    found = unit_interval(unit, on, int(shift)) or iv.NEVER
    found = iv.part(found, part)
    start, end = found.start, found.end
    if unit == "year" and start and end and not int(shift):
        if way == "back" and start > on:
            found = iv.part(unit_interval(unit, on, -1) or iv.NEVER, part)
        elif way == "ahead" and end < on:
            found = iv.part(unit_interval(unit, on, 1) or iv.NEVER, part)
    return Point(*match.span(), found, unit, framed=bool(int(shift) and part))


def _in_week(match: re.Match[str], on: dt.date | None) -> Point:
    if on is None:
        return Point(*match.span(), iv.NEVER, "weekday")
    names = lexicon("dates")["weekdays"]
    name = match["day"] or match["from"] or match["late"]
    index = next(days.index(name) for days in (names["en"], names["de"]) if name in days)
    if match["day"]:
        shift = {"this": 0, "last": -7}.get(match["which"], 7)
        then = iv.days(on, index - on.weekday() + shift)
    else:
        coming = (index - on.weekday() - 1) % 7 + 1
        word = (match["count"] or "two").lower() if not match["late"] else "one"
        weeks = int(word) if word.isdigit() else int(lexicon("dates")["numbers"][word])
        then = iv.days(on, coming + 7 * weeks)
    return Point(*match.span(), Interval(then, then), "weekday", framed=True)


def _ending(text: str, match: re.Match[str], on: dt.date | None, language: str) -> Iterator[Point]:
    """ "The three months to June": whole months up to the end of the one named."""
    month = month_names(language)[1][match["month"]]
    number = match["n"].lower()
    count = int(number) if number.isdigit() else int(lexicon("dates")["numbers"][number])
    count *= {"q": 3, "y": 12}.get(match["unit"][0], 1)
    if not 1 <= count <= 24:
        return
    year = int(match["year"]) if match["year"] else None
    if year is None:
        if on is None:
            yield Point(*match.span(), iv.NEVER, "quarter", framed=True)
            return
        year = on.year
        back = looks(text, *match.span()) == "back"
        if back and month > on.month:
            year -= 1
        elif not back and month < on.month:
            year += 1
    found = iv.months(year, month - count + 1, count)
    if found:
        yield Point(*match.span(), found, "quarter", framed=True)


def _nth(text: str, match: re.Match[str], on: dt.date | None) -> Iterator[Point]:
    """ "On the 28th": the nearest such day on the side to which the words look."""
    start = match.start("day") - len("the ")
    if on is None:
        yield Point(start, match.end(), iv.NEVER)
        return
    number, which = int(match["day"]), (match["which"] or "").lower()
    way = looks(text, start, match.end())
    shifts = {"next": (1,), "last": (-1,), "this": (0,), "the": (0,)}.get(which, (-1, 0, 1))
    found = []
    for shift in shifts:
        month = iv.moved_months(on.replace(day=1), shift)
        day = iv.day(month.year, month.month, number)
        if day and day.start:
            apart = (day.start - on).days
            if which or not ((way == "back" and apart > 0) or (way == "ahead" and apart < 0)):
                found.append((abs(apart), day))
    if found:
        yield Point(start, match.end(), min(found, key=lambda f: f[0])[1])


def week_of(text: str, point: Point) -> Point:
    """A day behind "the week of" widened to its week."""
    begin = max(0, point.start - 36)
    match = _WEEK_OF.search(text[begin : point.start]) if point.unit == "day" else None
    if match is None or point.interval.start is None:
        return point
    return Point(begin + match.start(), point.end, iv.week(point.interval.start), "week")
