"""Stretches counted from the day of report: units of the calendar, "over ten years", weekends, "nine days after"."""

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

__all__ = [
    "COUNTED",
    "ahead",
    "counted_from",
    "spread_over",
    "unit_interval",
    "weekends",
]

_SPREAD_REACH = 160
_TENOR = re.compile(r"(?:%|percent|per cent|interest|Prozent|Zinsen) $")
"""Behind a rate "over 30 years" is how long a loan runs."""
_INVESTED = re.compile(r"\binvest(?:s|ing|ment|ments)?\b[^,;:]{0,60}[0-9][^,;:]{0,40}$", re.IGNORECASE)
""" "To bring investment of $100bn to India in 15 years": not the day on which it is invested, but until when."""
_STOP = re.compile(r"[!?\n]|\.(?=[ \u00a0]+[A-Z\"'])")
_WEEKEND = re.compile(
    r"(?<![\w-])(?:(?:over|at|on|during) the (?:past )?weekend|am (?:vergangenen |letzten )?Wochenende)(?![\w-])"
)


def unit_interval(unit: str, on: dt.date, shift: int) -> Interval | None:
    """The day, week, month, quarter, year or decade `shift` units from the one that holds `on`."""
    if unit == "day":
        then = iv.days(on, shift)
        return Interval(then, then)
    if unit in ("week", "weekend", "fortnight"):
        found = iv.week(iv.days(on, 7 * shift * (2 if unit == "fortnight" else 1)))
        return Interval(iv.days(found.start, 5), found.end) if unit == "weekend" and found.start else found
    if unit == "month":
        then = iv.moved_months(on, shift)
        return iv.month(then.year, then.month)
    if unit == "quarter":
        then = iv.moved_months(on, 3 * shift)
        return iv.quarter(then.year, (then.month - 1) // 3 + 1)
    if unit == "year":
        return iv.year(on.year + shift)
    return iv.decade(on.year // 10 * 10 + 10 * shift)


def ahead(on: dt.date, unit: str, count: int) -> dt.date:
    """The day `count` units after `on`."""
    if unit in ("day", "weekend"):
        return iv.days(on, count)
    if unit in ("week", "fortnight"):
        return iv.days(on, count * (14 if unit == "fortnight" else 7))
    return iv.moved_months(on, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])


@cache
def _spread() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    rel = lexicon("dates")["relative"]
    spread, past = (rf"(?<![A-Za-z]){alternation(rel[k])}(?![a-z])" for k in ("spread", "spread_past"))
    return re.compile(rf"[$€£¥₩]|{spread}"), re.compile(rf"(?:{past})[^.;]{{0,80}}$"), frozenset(rel["spread_not"])


def spread_over(
    text: str, unit: re.Match[str], lead: re.Match[str], offset: int, name: str, count: int | None, on: dt.date | None
) -> Point | None:
    """ "Over ten years" where it spreads a sum: done by the end of the tenth year from the report; None for others.

    A count of years is no more exact than a year, so that the end is that of a calendar year.
    """
    over = (lead["pre"] or "").lower() in ("over", "über")
    if not (over or lead["pre"] == "in") or not count or name not in ("year", "decade"):
        return None
    if lead["this"] or lead["last"] or unit["after"]:
        return None
    begin, end = offset + lead.start("pre"), unit.end()
    sums, past, others = _spread()
    left = _STOP.split(text[max(0, begin - _SPREAD_REACH) : begin])[-1]
    right = _STOP.split(text[end : end + _SPREAD_REACH])[0]
    words = left.lower().split()
    if (
        _TENOR.search(left)
        or (words and words[-1] in others)
        or past.search(left)
        or not (sums.search(left) or sums.search(right))
        or not (over or _INVESTED.search(left))
    ):
        return None
    if on is None:
        return Point(begin, end, iv.NEVER, "year", framed=True, event="complete")
    last = ahead(on, name, count)
    return Point(begin, end, Interval(on, last.replace(month=12, day=31)), "year", framed=True, event="complete")


_WEEKENDS = Trigger(lambda _: [[_WEEKEND.pattern]], exact=True)


def weekends(page: Page, on: dt.date | None) -> Iterator[Point]:
    """ "Over the weekend": the one before the report (or that holds it), or the next where the words look ahead."""
    text = page.plain
    if "eekend" not in text and "ochenende" not in text:
        return
    for match in page.matches(_WEEKENDS, _WEEKEND, text):
        if on is None:
            yield Point(*match.span(), iv.NEVER, "weekend", framed=True)
            continue
        forward = on.weekday() >= 5 or looks(text, *match.span()) == "ahead"
        yield Point(
            *match.span(), unit_interval("weekend", on, 0 if forward else -1) or iv.NEVER, "weekend", framed=True
        )


@cache
def _counted() -> re.Pattern[str]:
    lex = lexicon("dates")
    return re.compile(
        r"(?<![\w-])(?:comes|came|come) (?:just |only |barely |about )?"
        rf"(?P<n>[0-9]{{1,3}}|{alternation(lex['numbers'])}) (?P<unit>{alternation(lex['units']['en'])})"
        r" (?P<way>after|before|ahead of)(?![a-z])",
        re.IGNORECASE,
    )


COUNTED = Trigger(lambda _: [[_counted().pattern]], tried=False)
"""Screens `counted_from`."""


def counted_from(text: str, on: dt.date | None) -> Iterator[Point]:
    """ "It comes twelve days after they signed": what is told of the report tells the day of the other event."""
    for match in _counted().finditer(text):
        number = match["n"].lower()
        count = int(number) if number.isdigit() else int(lexicon("dates")["numbers"][number])
        shift = -count if match["way"].lower() == "after" else count
        unit = lexicon("dates")["units"]["en"][match["unit"].lower()]
        found = unit_interval(unit, on, shift) if on else iv.NEVER
        yield Point(match.start("n"), match.end("way"), found or iv.NEVER, unit, framed=True)
