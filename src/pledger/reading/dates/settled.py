"""What event and interval tell of each other: "until 2029 to invest" is a deadline, "in force since May" a start."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from pledger.data import lexicon
from pledger.reading.dates.events import Event
from pledger.reading.dates.point import Point
from pledger.reading.numbers import alternation

__all__ = ["settled"]

_REACH = 60
_OPENS = 12
"""Characters before a date that opens its clause: "and until May it had stood at 5bn"."""
_FAR = 365
"""An "until" further away than so many days sets a term for choosing; a nearer one tells when it is expected."""

_GOING_ON = re.compile(
    r"(?<![a-z])been (?:[a-z]{1,12}ly )?(?:[a-z]{2,12}ing|in place|at work)"
    r"(?: [a-z]{1,12}){0,3}[ \u00a0\n]$"
)
_HAS = re.compile(r"(?<![a-z])(?:has|have|had|gives?|given) (?:[a-z]{1,12} )?$")
"""Before "until": "Norway has until June to pay"."""

_RUNS = re.compile(r"(?<![a-z])(?:runs?|running|lasts?|läuft|laufen) (?:\w{1,12} )?$", re.IGNORECASE)
_DUE = re.compile(r"(?<![a-z])due $")
_CLAUSE = re.compile(r"[.;:!?\n。；]")


@dataclass(frozen=True, slots=True)
class _Words:
    selection: frozenset[str]
    placing: frozenset[str]
    terms: re.Pattern[str]
    obligation: re.Pattern[str]
    stood: re.Pattern[str]


@cache
def _words() -> _Words:
    lex = lexicon("dates")
    terms, obligation = (
        re.compile(rf"(?<![a-zäöü]){alternation(lex[key])}(?![a-zäöü])", re.IGNORECASE)
        for key in ("terms", "obligation")
    )
    selection, placing = (frozenset(word.lower() for word in lex[key]) for key in ("selection", "placing"))
    stood = re.compile(rf"[ \u00a0\n]?(?:{'|'.join(lex['stood'])})", re.IGNORECASE)
    return _Words(selection, placing, terms, obligation, stood)


def settled(text: str, point: Point, event: Event, on: dt.date | None) -> tuple[Event, Point]:
    """Event and date, each in the light of the other.

    "By" or "until" a date, something is to be paid, chosen (more than a year ahead) or otherwise done: a deadline, and
    one on a named day is that day. What began "since" or "from" a date began then: the interval is the date's own.
    """
    if point.frame == "until" and not event.told and _DUE.search(text[max(0, point.start - 8) : point.start]):
        event = replace(event, name="complete", told=True)
    elif point.frame == "until" and _is_deadline(text, point, event, on):
        event = replace(event, name="deadline", told=True)
    if point.frame == "since" and event.name in ("other", "meet") and _GOING_ON.search(_left(text, point)):
        event = replace(event, name="start", told=True)  # "has been meeting since May"
    if point.frame == "range" and _RUNS.search(_left(text, point)):
        event = replace(event, name="start", also="complete", told=True)  # "runs from 2026 to 2030"
    if point.base is not None and point.base.start is not None:
        one_day = point.base.start == point.base.end
        if (event.name == "deadline" and point.frame == "until" and one_day) or (
            event.name in ("start", "decide", "sign") and point.frame == "since"
        ):
            point = replace(point, interval=point.base)
    return event, point


def _is_deadline(text: str, point: Point, event: Event, on: dt.date | None) -> bool:
    end = point.interval.end
    if end is None or (on is not None and end < on):
        return False
    words = _words()
    left = _left(text, point)
    if event.name == "fund" and event.word in words.placing:
        return True
    if event.name == "decide" and event.word in words.selection and on is not None and (end - on).days > _FAR:
        return True
    if event.name in ("start", "complete", "decide", "sign", "fund", "announce") and words.terms.search(left):
        return True
    if not event.told:
        return not event.word and not (len(left) <= _OPENS and words.stood.match(text, point.end))
    return event.name == "other" and (words.obligation.search(left) is not None or _HAS.search(left) is not None)


def _left(text: str, point: Point) -> str:
    """The clause before a date."""
    return _CLAUSE.split(text[max(0, point.start - _REACH) : point.start])[-1]
