"""Feasts and holidays: the days of a year on which they fall, and feasts by their names in English and German."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import Point
from pledger.reading.dates.tense import looks
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["feast_days", "feast_near", "feast_points"]

_RULE = re.compile(
    r"(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})(?:\.\.(?P<m2>[0-9]{1,2})-(?P<d2>[0-9]{1,2}))?"
    r"|(?P<month>[0-9]{1,2})-(?P<weekday>mon|tue|wed|thu|fri|sat|sun)-(?P<nth>[1-4]|last)"
    r"|(?P<base>[a-z_]+)(?P<shift>[+-][0-9]{1,2})(?:\.\.(?P<until>[0-9]{1,2}))?"
)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def easter(year: int) -> dt.date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm)."""
    century, in_century = divmod(year, 100)
    skipped, kept = divmod(century, 4)
    lunar = (19 * (year % 19) + century - skipped - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leap, rest = divmod(in_century, 4)
    sunday = (32 + 2 * kept + 2 * leap - lunar - rest) % 7
    late = (year % 19 + 11 * lunar + 22 * sunday) // 451
    month, day = divmod(lunar + sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def feast_days(rule: str, year: int) -> Interval | None:
    """The days of a feast in `year` by its rule in the lexicon `feasts`; None where its table does not reach."""
    match = _RULE.fullmatch(rule)
    if match is None or not 1 <= year < dt.date.max.year:
        return None
    if match["m"]:
        first = iv.day(year, int(match["m"]), int(match["d"]))
        if first is None or not match["m2"]:
            return first
        last = iv.day(year + (int(match["m2"]) < int(match["m"])), int(match["m2"]), int(match["d2"]))
        return Interval(first.start, last.end) if last else None
    if match["weekday"]:
        return _weekday(year, int(match["month"]), _WEEKDAYS.index(match["weekday"]), match["nth"])
    if match["base"] == "easter":
        base: dt.date | None = easter(year)
    else:
        listed = lexicon("feasts")["tables"][match["base"]].get(str(year))
        base = dt.date(year, *map(int, listed.split("-"))) if listed else None
    if base is None:
        return None
    return Interval(iv.days(base, int(match["shift"])), iv.days(base, int(match["until"] or match["shift"])))


def _weekday(year: int, month: int, weekday: int, nth: str) -> Interval | None:
    whole = iv.month(year, month)
    if whole is None or whole.start is None or whole.end is None:
        return None
    if nth == "last":
        then = iv.days(whole.end, -((whole.end.weekday() - weekday) % 7))
    else:
        then = iv.days(whole.start, (weekday - whole.start.weekday()) % 7 + 7 * (int(nth) - 1))
    return Interval(then, then)


def feast_near(rule: str, on: dt.date, way: str | None) -> Interval | None:
    """The feast that is meant on the day `on`: the next, or the last where the words look `back`."""
    found = [days for year in (on.year - 1, on.year, on.year + 1) if (days := feast_days(rule, year))]
    past = [days for days in found if days.start is not None and days.start <= on]
    coming = [days for days in found if days.end is not None and days.end >= on]
    if way == "back":
        return past[-1] if past else None
    return coming[0] if coming else None


@cache
def _named(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for the names of feasts in English and in German, and their rules."""
    tables = lexicon("feasts")
    rules: dict[str, str] = tables["en"] | (tables["de"] if language == "de" else {})
    return re.compile(
        rf"(?<![\w-]){alternation(rules)}(?![\w'-])(?:[ \u00a0](?P<year>20[0-9]{{2}})(?![0-9]))?"
        r"(?! (?:Island|Bank|Party|card|tree|presents?|markets?|sales?|sales|shopping))"
    ), rules


_FEASTS = Trigger(lambda language: [[_named(language)[0].pattern]], exact=True)


def feast_points(page: Page, on: dt.date | None) -> Iterator[Point]:
    """Feasts and holidays by name ("by Christmas", "vor Ostern", "after Golden Week")."""
    pattern, rules = _named(page.language)
    for match in page.matches(_FEASTS, pattern, page.plain):
        name = " ".join(match.group().split()).removesuffix(match["year"] or "").strip()
        if match["year"]:
            found = feast_days(rules[name], int(match["year"]))
        else:
            found = feast_near(rules[name], on, looks(page.plain, *match.span())) if on else iv.NEVER
        if found:
            yield Point(*match.span(), found)
