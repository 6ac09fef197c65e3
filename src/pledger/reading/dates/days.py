"""Days and months: 17 Feb 2026, Feb. 17, 2026, 2026-02-17, 17.02.2026, March 3-5, mid-March, as early as March."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import YEAR, Point, back, directed, leads
from pledger.reading.dates.tense import looks
from pledger.reading.numbers import GAP, alternation
from pledger.reading.page import Page, Trigger

__all__ = ["day_points", "month_names"]

_TH = r"(?:st|nd|rd|th)?"
_NO_FIGURE = r"(?<![0-9.,$€£¥:/\-])"
_ONE_BEFORE = re.compile(
    rf"{_NO_FIGURE}(?P<day>[0-3]?[0-9])(?:st|nd|rd|th|\.)?(?:(?: of)?[ \u00a0\n]{{1,2}}|-)$", re.IGNORECASE
)
_TWO_BEFORE = re.compile(
    rf"{_NO_FIGURE}(?P<first>[0-3]?[0-9])(?:st|nd|rd|th|\.)?[ \u00a0]?(?:-|to|and|bis)[ \u00a0]?"
    r"(?P<last>[0-3]?[0-9])(?:st|nd|rd|th|\.)? $",
    re.IGNORECASE,
)
_NO_CLOCK = r"(?![0-9:%]|[.,][0-9]|[ \u00a0]?(?:%|percent|million|billion|am\b|pm\b|a\.m\b|p\.m\b))"
_YEAR_AFTER = (
    rf"(?:(?:,?{GAP}|-| of )(?:in )?{YEAR}|(?: period)(?: of| in)? {YEAR.replace('year', 'year2')}"
    r"|(?: of| in)? (?P<rel>last|this|next) year(?![a-z]))?"
)
_AFTER = re.compile(
    rf"\.?(?:(?:{GAP}|-)(?P<day>[0-3]?[0-9]){_TH}{_NO_CLOCK}"
    rf"(?:[ \u00a0]?-[ \u00a0]?(?P<last>[0-3]?[0-9]){_TH}{_NO_CLOCK})?)?{_YEAR_AFTER}",
    re.IGNORECASE,
)
_ONLY_YEAR_AFTER = re.compile(rf"\.?{_YEAR_AFTER}", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_NUMERIC = re.compile(
    r"(?<![0-9A-Za-z.,/\-])(?:"
    r"(?P<iso>(?:19|20|21)[0-9]{2})(?P<sep>[-/.])(?P<m>[01]?[0-9])(?P=sep)(?P<d>[0-3]?[0-9])(?:T[0-9:]{4,8}Z?)?"
    r"|(?P<a>[0-3]?[0-9])(?P<sep2>[./\-])(?P<b>[0-3]?[0-9])(?P=sep2)(?P<y>(?:19|20|21)[0-9]{2})"
    r")(?![0-9A-Za-z/\-]|[.,][0-9])"
)
_NAME_AFTER = re.compile(r" [A-Z][a-z]+")
_SHORT_NAME = 4
_ARTICLE = re.compile(r"(?<![a-z])(?:the|a|its|their)(?: early| mid| late)?[ \-]$", re.IGNORECASE)


@cache
def month_names(language: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """A pattern for the names of months in English and in `language`, and their numbers."""
    lex = lexicon("dates")["months"]
    names = {name: n for n, name in enumerate(lex["en"], 1)} | lex["short"]
    if language == "de":
        names |= {name: n for n, name in enumerate(lex["de"], 1)} | lex["de_short"]
    names |= {name.upper(): n for name, n in names.items() if len(name) > 4}
    return re.compile(rf"(?<![A-Za-z]){alternation(names)}(?![A-Za-zäöü])"), names


_MONTHS = Trigger(lambda language: [[month_names(language)[0].pattern]], exact=True)
_FIGURES = Trigger(lambda _: [[r"[0-9][-/.][0-9]"]], tried=False)


def day_points(page: Page, on: dt.date | None) -> Iterator[Point]:
    """Days, stretches of days within a month, and months; those without a year lean on `on`."""
    text, language = page.plain, page.language
    if page.may(_FIGURES):
        yield from _numeric(text, language)
    pattern, names = month_names(language)
    for match in page.matches(_MONTHS, pattern, text):
        point = _month(text, match, names[match.group()], on)
        if point:
            yield point


def _numeric(text: str, language: str) -> Iterator[Point]:
    for match in _NUMERIC.finditer(text):
        if match["iso"]:
            found = iv.day(int(match["iso"]), int(match["m"]), int(match["d"]))
        else:
            a, b, y = int(match["a"]), int(match["b"]), int(match["y"])
            if language == "de" or match["sep2"] == "." or a > 12:
                found = iv.day(y, b, a)
            elif b > 12 or a == b:
                found = iv.day(y, a, b)
            else:
                found = None  # 3/4/2026 is March or April: only the outlet's country would tell
        if found:
            yield Point(match.start(), match.end(), found)


def _month(text: str, match: re.Match[str], m: int, on: dt.date | None) -> Point | None:
    """The date around the name of month `m`: days before or after it, a year after it, or the month alone."""
    start, end = match.span()
    window = back(text, start, 16)
    two, one = (_TWO_BEFORE.search(window), _ONE_BEFORE.search(window)) if _DIGIT.search(window) else (None, None)
    right = _AFTER.match(text, end)
    if text[end : end + 1] == "." and len(match.group()) > _SHORT_NAME:
        right = None  # the stop of a sentence, and no shortened name
    first = last = 0
    if two and 1 <= int(two["first"]) < int(two["last"]) <= 31:
        first, last, start = int(two["first"]), int(two["last"]), start - len(window) + two.start()
    elif one and 1 <= int(one["day"]) <= 31:
        first = last = int(one["day"])
        start = start - len(window) + one.start()
    if first:
        right = right and _ONLY_YEAR_AFTER.match(text, end)
    elif right and right["day"] and 1 <= int(right["day"]) <= 31:
        first = last = int(right["day"])
        if right["last"] and first < int(right["last"]) <= 31:
            last = int(right["last"])
    y = _written_year(right, on)
    stop = right.end() if right and (y or (start == match.start() and first)) else end
    unit = "day" if first else "month"
    if right and right["rel"] and on is None:
        return Point(start, right.end(), iv.NEVER, unit)
    if y is None:
        if not first and not _alone(text, match):
            return None
        y = _year_of(text, start, stop, on, m, first or None)
        start = directed(text, start)
        if y is None:
            return Point(start, stop, iv.NEVER, unit)
    found = _days(y, m, first, last) if first else iv.month(y, m)
    return Point(start, stop, found, unit) if found else None


def _written_year(after: re.Match[str] | None, on: dt.date | None) -> int | None:
    """The year after a month: written, or told from the day of report ("September last year")."""
    if after is None:
        return None
    written = after["year"] or after["year2"]
    if written:
        return int(written)
    if after["rel"] and on:
        return on.year + {"l": -1, "t": 0, "n": 1}[after["rel"][0].lower()]
    return None


def _days(y: int, m: int, first: int, last: int) -> Interval | None:
    a, b = iv.day(y, m, first), iv.day(y, m, last)
    return Interval(a.start, b.end) if a and b else None


@cache
def _neighbours() -> tuple[re.Pattern[str], re.Pattern[str]]:
    months = alternation(lexicon("dates")["months"]["en"])
    link = "(?:-| and | to | or | through | until )"
    return re.compile(rf"{months}{link}$"), re.compile(rf"{link}{months}(?![a-z])")


def _beside(text: str, start: int, end: int) -> bool:
    """Whether a month is one of two joined ones: "between April and June", "April-June"."""
    before, after = _neighbours()
    return before.search(back(text, start, 20)) is not None or after.match(text, end) is not None


@cache
def _alone_words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str]]:
    lex = lexicon("dates")["months"]
    nouns = re.compile(rf"[ -]{alternation(lex['nouns'])}(?![a-z])", re.IGNORECASE)
    return frozenset(lex["ambiguous"]), frozenset(lex["never_alone"]), nouns


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a month without day and year is a date.

    Short forms never are; words that are also names or verbs (May, March, April) only after a preposition, or as in
    "the March meeting"; the others also after an article.
    """
    word, (start, end) = match.group().title(), match.span()
    ambiguous, never, nouns = _alone_words()
    if word in never:
        return False
    if text[end : end + 2] == "'s" and nouns.match(text, end + 2):
        return True  # "November's memorandum"
    if leads(text, start, "may") or _beside(text, start, end):
        return True
    if _NAME_AFTER.match(text, end):
        return False
    if word in ambiguous and _ARTICLE.search(back(text, start, 16)):
        return nouns.match(text, end) is not None
    return word not in ambiguous and leads(text, start, "month")


def _year_of(text: str, start: int, end: int, on: dt.date | None, m: int, d: int | None) -> int | None:
    """The year of a month or day that stands without one: the next such, or the last where the words look back."""
    if on is None:
        return None
    window = back(text, start, 12).lower()
    today = (on.month,) if d is None else (on.month, on.day)
    then = (m,) if d is None else (m, d)
    if window.endswith(("last ", "past ")):
        return on.year if then < today else on.year - 1
    if window.endswith("this ") or then == today:
        return on.year
    way = looks(text, start, end)
    if text[end : end + 2] == "'s":  # what a month brought forth has been; what comes is "the March meeting"
        way = way if way == "ahead" and d is not None else "back"
    if way is None and m == on.month:
        return on.year
    if way is None:  # nothing tells: the nearer one
        way = "back" if (on.month - m) % 12 < 12 - (on.month - m) % 12 else "ahead"
    if way == "back":
        return on.year if then < today else on.year - 1
    return on.year + 1 if then < today else on.year
