"""Years, fiscal years and decades: in 2027, (2025), 2025-28, FY2026, fiscal year ending March 2027, the early 2030s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.days import month_names
from pledger.reading.dates.point import YEAR, Point, back, leads
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["fiscal_month", "year_points"]

_FISCAL_REACH = 160
_FISCAL = re.compile(
    r"(?<![A-Za-z])(?:FY[ ]?'?"
    r"|[Ff]iscal(?:[ -][Yy]ear)?(?: ending| ended| beginning| starting| from| to| through)?(?: in)?"
    r"(?: (?P<month>[A-Z][a-z]+))?[ ]"
    rf"|Geschäftsjahr )(?:{YEAR}|(?P<yy>[0-9]{{2}})(?![0-9]))(?:[/-][0-9]{{2,4}}(?![0-9]))?"
)
_YEAR_FISCAL = re.compile(r"(?<![0-9A-Za-z$])(?P<year>(?:19|20|21)[0-9]{2}) fiscal year(?![a-z])")
_DECADE = re.compile(
    r"(?<![0-9A-Za-z$.,])(?:(?P<third>early|mid|late)[ -])?(?P<decade>(?:18|19|20|21)[0-9]0)'?s(?![a-z])", re.IGNORECASE
)
_BARE = re.compile(
    r"(?<![0-9A-Za-z$€£¥#%/+&@_=])(?<![0-9][.,:\-])(?P<first>(?:18|19|20|21)[0-9]{2})"
    r"(?:(?P<link>[ ]?-[ ]?| to | through | until | bis | and |/)(?P<last>(?:18|19|20|21)[0-9]{2}|[0-9]{2}))?"
    r"(?![0-9A-Za-z%]|[.,][0-9]|[-/][0-9])"
)
_FROM = re.compile(r"(?<![a-z])(?:from|between|von|zwischen) $", re.IGNORECASE)
_WEAK = re.compile(r"(?<![a-z])(?:of|and|or|for|to) $", re.IGNORECASE)
"""After these a number is a year only with a word of time, or another year, before them."""


_DECADES = Trigger(lambda _: [[_DECADE.pattern]], exact=True)
_NUMBERS = Trigger(lambda _: [[_BARE.pattern]], exact=True)


def year_points(page: Page) -> Iterator[Point]:
    """Fiscal years, decades, ranges of years, and years after a word that makes a number a year."""
    text, language = page.plain, page.language
    if "iscal" in text or "FY" in text or "Geschäftsjahr" in text:
        for match in _FISCAL.finditer(text):
            yield from _fiscal(text, match, language)
        for match in _YEAR_FISCAL.finditer(text):
            yield from _fiscal(text, match, language)
    for match in page.matches(_DECADES, _DECADE, text):
        ten = iv.decade(int(match["decade"]))
        if ten:
            yield Point(match.start(), match.end(), iv.part(ten, (match["third"] or "").lower()), "decade")
    for match in page.matches(_NUMBERS, _BARE, text):
        yield from _range(text, match) or _years(text, match)


@cache
def _fiscal_words() -> list[re.Pattern[str]]:
    lex = lexicon("dates")["fiscal"]
    return [re.compile(rf"(?<![A-Za-z]){alternation(lex[k])}(?![A-Za-z])") for k in ("japan", "us")]


def fiscal_month(text: str, at: int, language: str) -> int:
    """The month in which the fiscal year named at `at` begins: April near words of Japan, October near American ones.

    Where neither is near, the calendar year is meant.
    """
    lex = lexicon("dates")["fiscal"]
    if language == "ja":
        return int(lex["japan_first_month"])
    begin = max(0, at - _FISCAL_REACH)
    near = text[begin : at + _FISCAL_REACH]
    japan, us = (min((abs(begin + m.start() - at) for m in p.finditer(near)), default=None) for p in _fiscal_words())
    if japan is not None and (us is None or japan <= us):
        return int(lex["japan_first_month"])
    return 1 if us is None else int(lex["us_first_month"])


def _fiscal(text: str, match: re.Match[str], language: str) -> Iterator[Point]:
    groups = match.groupdict()
    y = int(match["year"]) if match["year"] else 2000 + int(groups.get("yy") or 0)
    first_month = fiscal_month(text, match.start(), language)
    named = month_names(language)[1].get(groups.get("month") or "")
    if named:
        found = iv.months(y, named - 11, 12) if " end" in match.group() else iv.months(y, named, 12)
    else:
        found = iv.year(y - (first_month == lexicon("dates")["fiscal"]["us_first_month"]), first_month)
    if found:
        yield Point(match.start(), match.end(), found, "year")


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("dates")["lead"]
    quantity = re.compile(rf"[ \u00a0\n-]{{1,2}}{alternation(lex['quantity'])}(?![a-z])", re.IGNORECASE)
    strong = re.compile(rf"(?:{alternation(lex['year_of'])}|[0-9]{{4}}) (?:of|and|or|for|to) $", re.IGNORECASE)
    return quantity, strong


def _range(text: str, match: re.Match[str]) -> list[Point]:
    """A range of years as one point ("2025-2028", "from 2025 to 2028", "2025-28"); empty where there is none."""
    if not match["last"]:
        return []
    first = int(match["first"])
    last = int(match["last"]) if len(match["last"]) == 4 else first // 100 * 100 + int(match["last"])
    link, lead = match["link"].strip(), _FROM.search(back(text, match.start(), 10))
    if not first < last <= first + 100 or _words()[0].match(text, match.end()):
        return []
    if link == "and" and not (lead and lead.group().lower().startswith(("b", "z"))):
        return []
    a, b = iv.year(first), iv.year(last)
    if not (a and b) or link == "/" or not (link == "-" or lead):
        return []
    start = match.start() - len(lead.group()) if lead else match.start()
    return [Point(start, match.end(), Interval(a.start, b.end), "year", framed=True)]


def _years(text: str, match: re.Match[str]) -> Iterator[Point]:
    """A year after a word that makes it one, or alone in parentheses; and a second one joined to it."""
    start, end = match.start(), match.end("first")
    quantity, strong = _words()
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    if quantity.match(text, end) or not (bracketed or leads(text, start, "year")):
        return
    before = back(text, start, 32)
    if _WEAK.search(before) and not strong.search(before):
        return
    found = iv.year(int(match["first"]))
    if found is None:
        return
    yield Point(start, end, found, "year")
    if match["last"] and len(match["last"]) == 4 and match["link"].strip() in ("and", "to", "through", "until"):
        second = iv.year(int(match["last"]))
        if second:
            yield Point(match.start("last"), match.end("last"), second, "year")
