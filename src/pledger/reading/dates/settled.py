"""What event and interval tell of each other: "until 2029 to invest" is a deadline, "in force since May" a start."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.reading.dates.events import Event
from pledger.reading.dates.point import Point
from pledger.reading.numbers import alternation

__all__ = ["settled"]

_REACH = 60
_FAR = 365
"""An "until" further away than so many days sets a term for choosing; a nearer one tells when it is expected."""

_GOING_ON = re.compile(
    r"(?<![a-z])been (?:[a-z]{1,12}ly )?(?:[a-z]{2,12}ing|in place|at work)"
    r"(?: [a-z]{1,12}){0,3}[ \u00a0\n]$"
)
_HAS = re.compile(r"(?<![a-z])(?:has|have|had|gives?|given) (?:[a-z]{1,12} )?$")
"""Before "until": "Norway has until June to pay"."""

_CLAUSE = re.compile(r"[.;:!?\n。；]")


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str]]:
    lex = lexicon("dates")
    selection = frozenset(word.lower() for word in lex["events"]["selection"])
    return selection, re.compile(rf"(?<![a-zäöü]){alternation(lex['obligation'])}(?![a-zäöü])", re.IGNORECASE)


def settled(text: str, point: Point, event: Event, on: dt.date | None) -> tuple[Event, Point]:
    """Event and date, each in the light of the other.

    "By" or "until" a date, something is to be paid, chosen (more than a year ahead) or otherwise done: a deadline, and
    one on a named day is that day. What began "since" or "from" a date began then: the interval is the date's own.
    """
    if point.frame == "until" and _is_deadline(text, point, event, on):
        event = replace(event, name="deadline")
    if point.frame == "since" and event.name in ("other", "meet") and _GOING_ON.search(_left(text, point)):
        event = replace(event, name="start")  # "has been meeting since May"
    if point.base is not None and point.base.start is not None:
        one_day = point.base.start == point.base.end
        if (event.name == "deadline" and point.frame == "until" and one_day) or (
            event.name == "start" and point.frame == "since"
        ):
            point = replace(point, interval=point.base)
    return event, point


def _is_deadline(text: str, point: Point, event: Event, on: dt.date | None) -> bool:
    end = point.interval.end
    if end is None or (on is not None and end < on):
        return False
    selection, obligation = _words()
    if event.name == "fund":
        return True
    if event.name == "decide":
        return event.word in selection and on is not None and (end - on).days > _FAR
    if event.name != "other":
        return False
    left = _left(text, point)
    return obligation.search(left) is not None or _HAS.search(left) is not None


def _left(text: str, point: Point) -> str:
    """The clause before a date."""
    return _CLAUSE.split(text[max(0, point.start - _REACH) : point.start])[-1]
