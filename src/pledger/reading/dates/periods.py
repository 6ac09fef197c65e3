"""Quarters, halves and seasons: Q3 2026, 3Q, third quarter of 2026, H1, second half of next year, spring 2026."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.fiscal import fiscal_at, fiscal_running, fiscal_start
from pledger.reading.dates.point import YEAR, Point, back, directed, leads
from pledger.reading.dates.stretches import unit_interval
from pledger.reading.dates.tense import is_past
from pledger.reading.numbers import GAP, alternation
from pledger.reading.page import Page, Trigger

__all__ = ["period_points"]

_SHORT = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<q>Q[1-4]|[1-4]Q)|(?P<h>H[12]|[12]H))(?![A-Za-z])"
    rf"(?:(?<=[QH])(?P<close>[2-3][0-9])(?![0-9A-Za-z%:]|[.,][0-9])"
    rf"|(?:{GAP}|-|/|, ?)(?:of )?(?:(?P<fy>FY|fiscal(?: year)?)[ ]?)?"
    rf"(?:{YEAR}(?P<pair>[/-](?:20)?[0-9]{{2}}(?![0-9]))?|'?(?P<yy>[2-3][0-9])(?![0-9A-Za-z%:]|[.,][0-9])))?"
)
_QUARTER_TO = re.compile(
    rf"(?<![\w-])(?P<month>{alternation(lexicon('dates')['months']['en'])}) quarter(?![\w-])"
    rf"(?:(?: of|,)? (?:{YEAR}|(?P<rel>next|this|last) year))?"
)
_RELATIVE = (
    r"(?P<rel>(?:(?:next|this|last|the|new|coming|current|following|previous|running)[ \u00a0]){1,2}"
    r"(?:(?P<relfy>fiscal|financial|budget)[ \u00a0])?year"
    r"|(?:(?:des|dieses|laufenden|kommenden|nächsten|vergangenen|letzten|vorigen)[ \u00a0]){1,2}"
    r"(?:Jahres|(?P<relfy2>Geschäftsjahres|Haushaltsjahres)))(?![a-z])"
)
_SHIFTS = {"next": 1, "new": 1, "coming": 1, "following": 1, "kommenden": 1, "nächsten": 1}
_SHIFTS |= {"last": -1, "previous": -1, "vergangenen": -1, "letzten": -1, "vorigen": -1}
_ENDS = re.compile(r"(?<![\w-])(?P<unit>year|month|quarter)-end(?![\w-])(?! [12][0-9]{3})", re.IGNORECASE)
_LAST = frozenset(("last", "final", "latter", "closing"))
_FALL_LEAD = re.compile(r"(?:this|next|last|the|by|late|early|until|since|before|after) $", re.IGNORECASE)
_HALF_LEFT_OPEN = re.compile(r" of (?:the )?(?:year|fiscal)| results| profit| earnings|,")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("dates")
    ordinals = alternation([*lex["ordinals"], *_LAST, "opening"])
    tail = (
        rf"(?:{GAP}(?:of |in |for |des Jahres |von )?(?:the )?"
        rf"(?:(?P<fy>(?:fiscal|financial)(?: year)?|FY) ?)?"
        rf"(?:{YEAR}(?P<pair>[/-](?:20)?[0-9]{{2}}(?![0-9]))?|{_RELATIVE}))?"
    )
    ordinal = re.compile(
        rf"(?<![\w-])(?P<n>{ordinals})[ \-](?:fiscal |calendar |financial )?"
        rf"(?P<unit>quarters?|half|quartal|halbjahr|jahreshälfte|hälfte)(?![a-z]){tail}",
        re.IGNORECASE,
    )
    seasons = alternation(w for w in lex["seasons"] if w[0].isascii())
    season = re.compile(
        rf"(?<![\w-])(?P<season>{seasons})(?![\w-])(?:{GAP}(?:of )?(?:{YEAR}|{_RELATIVE}))?", re.IGNORECASE
    )
    return ordinal, season


_SHORTS = Trigger(lambda _: [[_SHORT.pattern]], exact=True)
_ORDINALS = Trigger(lambda _: [[_patterns()[0].pattern]], exact=True)
_SEASONS = Trigger(lambda _: [[_patterns()[1].pattern]], exact=True)


def period_points(page: Page, on: dt.date | None) -> Iterator[Point]:
    """Quarters, halves and seasons; those without a year lean on `on`."""
    text, language = page.plain, page.language
    ordinal, season = _patterns()
    for match in page.matches(_SHORTS, _SHORT, text):
        short = match["yy"] or match["close"]
        y = int(match["year"]) if match["year"] else 2000 + int(short) if short else None
        number = int((match["q"] or match["h"]).strip("QH"))
        yield _period(text, match, on, y, number, halves=match["h"] is not None, language=language)
    for match in page.matches(_ORDINALS, ordinal, text):
        yield from _ordinal(text, match, on, language)
    for match in _QUARTER_TO.finditer(text) if " quarter" in text else ():
        yield _quarter_to(text, match, on)
    if "onths of" in text:
        for match in _months_of().finditer(text):
            yield from _first_months(match, on)
    for match in _ENDS.finditer(text) if "-end" in text else ():
        found = unit_interval(match["unit"].lower(), on, 0) if on else iv.NEVER
        yield Point(match.start(), match.end(), iv.part(found or iv.NEVER, "end"), "month")
    for match in page.matches(_SEASONS, season, text):
        if match["year"] or match["rel"] or leads(text, match.start(), "season"):
            yield from _season(text, match, on)


def _quarter_to(text: str, match: re.Match[str], on: dt.date | None) -> Point:
    """ "The March quarter": the three months that end with the one named."""
    last = 1 + lexicon("dates")["months"]["en"].index(match["month"])
    y = int(match["year"]) if match["year"] else _relative_year(match["rel"], on)
    if y is not None:
        found = iv.months(y, last - 2, 3)
    else:
        found = _nearest(text, match, on, lambda year: iv.months(year, last - 2, 3))
    return Point(match.start(), match.end(), found or iv.NEVER, "quarter")


@cache
def _months_of() -> re.Pattern[str]:
    number = alternation(lexicon("dates")["numbers"])
    return re.compile(
        rf"(?<![\w-])(?P<which>first|opening|last|final|closing) (?P<n>{number}|[0-9]{{1,2}}) months of "
        rf"(?:{YEAR}|{_RELATIVE})",
        re.IGNORECASE,
    )


def _first_months(match: re.Match[str], on: dt.date | None) -> Iterator[Point]:
    """So many months from the start or to the end of a year: "the first three months of 2026"."""
    y = int(match["year"]) if match["year"] else _relative_year(match["rel"], on)
    word = match["n"].lower()
    n = int(word) if word.isdigit() else int(lexicon("dates")["numbers"][word])
    if 1 <= n <= 12:
        first = match["which"].lower() in ("first", "opening")
        found = iv.months(y, 1 if first else 13 - n, n) if y else None
        yield Point(match.start(), match.end(), found or iv.NEVER, "quarter", framed=True)


def _relative_year(words: str | None, on: dt.date | None) -> int | None:
    """The year of "next year", "the coming financial year"; None where no day of report tells."""
    if on is None or not words:
        return None
    return on.year + next((_SHIFTS[word] for word in words.lower().split() if word in _SHIFTS), 0)


def _ordinal(text: str, match: re.Match[str], on: dt.date | None, language: str) -> Iterator[Point]:
    word, halves = match["n"].lower(), match["unit"].lower()[0] in "hj"
    number = lexicon("dates")["ordinals"].get(word, 1 if word == "opening" else 2 if halves else 4)
    dated = match["year"] or match["rel"]
    german = match["unit"].lower() in ("halbjahr", "jahreshälfte")
    if halves and (number > 2 or not (dated or german or _HALF_LEFT_OPEN.match(text, match.end()))):
        return
    if word in _LAST and not dated:
        return  # "the last quarter" may be the one before this
    y = int(match["year"]) if match["year"] else _relative_year(match["rel"], on)
    if match["rel"] and on is None:
        yield Point(match.start(), match.end(), iv.NEVER, "quarter")
    elif on is not None and y is not None and (match["relfy"] or match["relfy2"]):
        fiscal = fiscal_at(text, match.start(), language)
        running = fiscal_running(on, fiscal, y - on.year)
        make = iv.half if halves else iv.quarter
        found = make(running.start.year, number, fiscal[0]) if running and running.start else None
        yield Point(match.start(), match.end(), found or iv.NEVER, "quarter")
    else:
        yield _period(text, match, on, y, number, halves=halves, language=language)


def _period(
    text: str, match: re.Match[str], on: dt.date | None, y: int | None, n: int, *, halves: bool, language: str
) -> Point:
    """Quarter or half `n` of year `y`; without a year the one that the tense asks for."""
    unit: str = "half" if halves else "quarter"
    make: Callable[[int, int, int], Interval | None] = iv.half if halves else iv.quarter
    paired = match["pair"] is not None
    fiscal = fiscal_at(text, match.start(), language) if match["fy"] or paired else (1, False)
    first_month = fiscal[0]
    if y is not None:
        start, first_month = fiscal_start(y, fiscal, paired=paired)
        found = make(start, n, first_month)
    else:
        found = _nearest(text, match, on, lambda year: make(year, n, first_month))
    return Point(match.start(), match.end(), found or iv.NEVER, unit)


def _nearest(
    text: str, match: re.Match[str], on: dt.date | None, make: Callable[[int], Interval | None]
) -> Interval | None:
    """The period of this year; of the next if it is over and the words look ahead, of the last if they look back."""
    found = make(on.year) if on else None
    if on is None or found is None or found.start is None or found.end is None:
        return None
    if is_past(text, match.start(), match.end()):
        return make(on.year - 1) if found.start > on else found
    return make(on.year + 1) if found.end < on else found


def _season(text: str, match: re.Match[str], on: dt.date | None) -> Iterator[Point]:
    """A season; "fall" needs more than a preposition, since prices fall too."""
    word, before = match["season"].lower(), back(text, match.start(), 8)
    if word == "fall" and not (match["year"] or match["rel"] or _FALL_LEAD.search(before)):
        return
    m = lexicon("dates")["seasons"][word]
    y = int(match["year"]) if match["year"] else _relative_year(match["rel"], on)
    if y is not None:
        found = iv.season(y, m)
    else:
        found = _nearest(text, match, on, lambda year: iv.season(year, m))
        if on and found and found.start:
            running = iv.season(on.year - 1, m)
            now_in_winter = m == 12 and on.month <= 2
            if now_in_winter or (before.lower().endswith("last ") and found.end and found.end >= on):
                found = running
    start = match.start() if match["year"] or match["rel"] else directed(text, match.start())
    yield Point(start, match.end(), found or iv.NEVER, "season")
