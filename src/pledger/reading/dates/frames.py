"""The words before a date that move or widen it: early, the end of, by, through, as early as; and ranges of dates."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import Point
from pledger.reading.numbers import alternation
from pledger.reading.tails import Tail

__all__ = ["framed", "joined", "parted"]

_LOOK_BACK = 36
_ONWARDS = re.compile(r"[ \u00a0\n]{1,2}(?:on|onwards?|forward)(?![a-z])", re.IGNORECASE)
_DAY_LINK = re.compile(r",?[ \u00a0\n]{1,2}\(?(?:on )?")
_NOT = re.compile(
    r"(?<![a-z])(?:not|never|n't|cannot|nicht|hardly|unlikely)(?! only| just)(?: [\w-]{1,20}){0,4} "
    r"(?:before|prior to|vor)[ \u00a0\n](?:the )?$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:the )?(?:end|close)(?![a-z])|ende(?![a-z])|[a-z]{4,7}-end", re.IGNORECASE)
_CAME = re.compile(r"(?<![a-z])(?:came|come|comes|coming|went|go|goes|got|get|gets|put|pushed|pulled) $", re.IGNORECASE)
_CURRENT = re.compile(r"this|in |dies", re.IGNORECASE)
_LINK = re.compile(
    r"[ \u00a0]?-[ \u00a0]?"
    r"|[ \u00a0\n]{1,2}(?:to|through|until|till|and|bis|und)[ \u00a0\n]{1,2}"
    r"(?:early |mid-|late |(?:the |dem |der )?(?:end of |Ende )?)?",
    re.IGNORECASE,
)
_LATEST = re.compile(r"[ \u00a0]at (?:the )?(?P<how>latest|earliest)(?![a-z])", re.IGNORECASE)


@cache
def _parts() -> tuple[Tail, dict[str, str]]:
    meaning = {word: key for key, words in lexicon("dates")["parts"].items() for word in words}
    between = r"(?: the| des| der| von|,)?[ \u00a0\n\-]{0,2}(?:calendar |fiscal year |fiscal )?"
    return Tail(rf"(?<![\w-])(?P<word>{alternation(meaning)}){between}$"), meaning


@cache
def _frames() -> tuple[Tail, dict[str, str]]:
    meaning = {word: key for key, words in lexicon("dates")["frames"].items() for word in words}
    between = "(?:[ \u00a0\n]{1,2}(?:in|the|about|around|at least|dem|der|den|zum|im))?[ \u00a0\n]{1,2}"
    return Tail(rf"(?<![\w-])(?P<word>{alternation(meaning)}){between}$"), meaning


def framed(text: str, point: Point, on: dt.date | None = None) -> Point:
    """`point` with the preposition that changes its interval ("by", "through", "since"), which joins its span.

    "from 2027" opens an interval where it looks ahead of `on`; "a letter from last year" does not.
    """
    if point.framed:
        return point
    framing = _preposition(text, point, on)
    latest = None if framing.framed else _LATEST.match(text, point.end)
    if latest is None:
        return framing
    if latest["how"].lower() == "earliest":
        return replace(point, end=latest.end(), interval=iv.since(point.interval), framed=True, base=point.interval)
    return replace(
        point, end=latest.end(), interval=iv.until(point.interval), framed=True, frame="until", base=point.interval
    )


def parted(text: str, point: Point) -> Point:
    """`point` narrowed by the words for a part of it ("early 2027", "the end of next year"), which join its span."""
    if point.framed or point.unit in ("day", "weekday"):
        return point
    window = text[max(0, point.start - _LOOK_BACK) : point.start]
    pattern, meaning = _parts()
    match = pattern.search(window)
    if match is None:
        return point
    which = meaning[re.sub(r"\s+", " ", match["word"]).lower()]
    if which in ("later", "earlier") and not _CURRENT.match(text, point.start):
        return point
    interval = point.interval if which in ("later", "earlier") else iv.part(point.interval, which)
    return replace(point, start=point.start - len(window) + match.start(), interval=interval)


def _opens(text: str, point: Point, on: dt.date | None) -> bool:
    """Whether "from" or "effective" before a date opens an interval, and does not only tell where something is from."""
    if _ONWARDS.match(text, point.end):
        return True
    start = point.interval.start
    return start is not None and on is not None and start > on


def _preposition(text: str, point: Point, on: dt.date | None) -> Point:
    window = text[max(0, point.start - _LOOK_BACK) : point.start]
    pattern, meaning = _frames()
    match = pattern.search(window)
    if match is None:
        return point
    word = re.sub(r"\s+", " ", match["word"]).lower()
    which = meaning[word]
    if word in ("from", "effective", "as of") and not _opens(text, point, on):
        return point
    if word == "through" and _CAME.search(window, 0, match.start()):
        return point
    base = point.interval
    if which == "before" and _NOT.search(text[max(0, point.start - 60) : point.start]):
        which = "since"  # "not used up before 2035"
    if which == "before" and _ENDS.match(text, point.start):
        which = "until"  # "before the end of the year" leaves its last day in
    if which == "at":
        interval = point.interval
    else:
        interval = {"until": iv.until, "since": iv.since, "before": iv.before, "after": iv.after}[which](point.interval)
    return replace(
        point, start=point.start - len(window) + match.start(), interval=interval, framed=True, frame=which, base=base
    )


_YEAR_IN = re.compile(r"[0-9]{4}")


def joined(text: str, points: list[Point]) -> list[Point]:
    """Sorted points with the two ends of a range made one: "from March to June 2026", "Q3-Q4 2026"."""
    out: list[Point] = []
    for point in points:
        last = out[-1] if out else None
        if (
            last is not None
            and last.unit == "weekday"
            and point.unit == "day"
            and _DAY_LINK.fullmatch(text, last.end, point.start)
        ):
            out[-1] = replace(point, start=last.start)  # "Friday, Feb. 20"
            continue
        if last is not None and 0 < point.start - last.end <= 24 and not last.framed and not point.framed:
            merged = _merge(text, last, point)
            if merged:
                out[-1] = merged
                continue
        out.append(point)
    return out


def _merge(text: str, left: Point, right: Point) -> Point | None:
    gap = text[left.end : right.start]
    if not _LINK.fullmatch(gap):
        return None
    window = text[max(0, left.start - 12) : left.start]
    lead = re.search(
        r"(?<![a-z])(?P<word>from|between|von|zwischen)[ \u00a0\n]{1,2}(?:early |mid-|late )?$", window, re.IGNORECASE
    )
    word = lead["word"].lower() if lead else ""
    weekdays = left.unit == right.unit == "weekday" and " and " not in gap
    if gap.strip() != "-" and not word and not weekdays:
        return None
    if ("and" in gap or "und" in gap) and word not in ("between", "zwischen"):
        return None
    start, end = left.interval.start, right.interval.end
    if start is None or end is None:
        interval = iv.NEVER
    else:
        if start > end:  # "December to March 2026": the first month is of the year before
            start = iv.moved_months(start, -12 * (start.year - end.year + (start.replace(day=1, year=end.year) > end)))
        elif left.unit == right.unit == "month" and not _YEAR_IN.search(text, left.start, left.end):
            beyond = (end.year - start.year) * 12 + end.month - start.month
            start = iv.moved_months(start, beyond // 12 * 12)  # "in the October-December quarter": the same year's
        interval = Interval(min(start, end), end)
    begin = left.start - len(window) + lead.start() if lead else left.start
    return Point(begin, right.end, interval, left.unit, framed=True, frame="range")
