"""Years, fiscal years and decades: in 2027, (2025), 2025-28, FY2026, fiscal year ending March 2027, the early 2030s."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.days import month_names
from pledger.reading.dates.fiscal import fiscal_at, fiscal_running, fiscal_start
from pledger.reading.dates.point import YEAR, Point, back, leads
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["fiscal_points", "year_points"]

_PAIR = r"(?P<pair>[/-](?:20)?[0-9]{2}(?![0-9]))"
_FISCAL = re.compile(
    r"(?<![A-Za-z])(?:FY[ ]?'?"
    r"|(?:[Ff]iscal|[Ff]inancial)(?:[ -][Yy]ear)?(?: ending| ended| beginning| starting| from| to| through)?(?: in)?"
    r"(?: (?P<month>[A-Z][a-z]+))?[ ]"
    rf"|(?:Geschäfts|Haushalts|Rechnungs|Fiskal)jahre?s? )(?:{YEAR}|(?P<yy>[0-9]{{2}})(?![0-9])){_PAIR}?"
)
_YEAR_FISCAL = re.compile(
    rf"(?<![0-9A-Za-z$])(?P<year>(?:19|20|21)[0-9]{{2}}){_PAIR}? (?:fiscal|financial|budget) year(?![a-z])"
)
_CJK_FISCAL = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20|21)[0-9]{2})(?P<pair>[ \u00a0]?[/~-][ \u00a0]?(?:20)?[0-9]{2}(?![0-9]))?年?[ \u00a0]?"
    r"(?:회계연도|회계년도|財年|财年|財政年度|财政年度|会計年度)(?:[ ]?\([^()\n]{8,32}\))?"
)
_DECADE = re.compile(
    r"(?<![0-9A-Za-z$.,])(?:(?P<third>early|mid|late|Anfang der|Mitte der|Ende der)[ -])?"
    r"(?P<decade>(?:18|19|20|21)[0-9]0)(?:'?s|er[ -]Jahren?)(?![a-z])",
    re.IGNORECASE,
)
_THIRDS = {"early": "early", "mid": "mid", "late": "late"}
_THIRDS |= {"anfang der": "early", "mitte der": "mid", "ende der": "late"}
_BARE = re.compile(
    r"(?<![0-9A-Za-z$€£¥#%/+&@_=])(?<![0-9][.,:\-])(?P<first>(?:18|19|20|21)[0-9]{2})"
    r"(?:(?P<link>[ ]?-[ ]?| to | through | until | bis | and |/)(?P<last>(?:18|19|20|21)[0-9]{2}|[0-9]{2}))?"
    r"(?![0-9A-Za-z%]|[.,][0-9]|[-/][0-9])"
)
_FROM = re.compile(r"(?<![a-z])(?:from|between|von|zwischen) $", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"(?<![a-z])(?:postpon|defer|delay|push|put (?:off|back)|slip|drag|drift|brought forward|moved)"
    r"[^.;\n]{0,70} (?:(?:un)?to|past|beyond) $",
    re.IGNORECASE,
)
_PAST_IT = re.compile(
    r"(?<![a-z])(?:postpon|defer|delay|push|slip|drag|drift|stretch|extend|last|run|well|until)[^.;\n]{0,70} past $",
    re.IGNORECASE,
)
_WEAK = re.compile(r"(?<![a-z])(?:of|and|or|for|to) $", re.IGNORECASE)
"""After these a number is a year only with a word of time, or another year, before them."""


_DECADES = Trigger(lambda _: [[_DECADE.pattern]], exact=True)
_NUMBERS = Trigger(lambda _: [[_BARE.pattern]], exact=True)


def year_points(page: Page) -> Iterator[Point]:
    """Fiscal years, decades, ranges of years, and years after a word that makes a number a year."""
    text, language = page.plain, page.language
    if "회계" in text or "财" in text or "財" in text or "会計" in text:
        for match in _CJK_FISCAL.finditer(text):
            yield from _fiscal(text, match, language)
    if "iscal" in text or "FY" in text or "sjahr" in text or "kaljahr" in text or " year" in text:
        for match in _FISCAL.finditer(text):
            yield from _fiscal(text, match, language)
        for match in _YEAR_FISCAL.finditer(text):
            yield from _fiscal(text, match, language)
    for match in page.matches(_DECADES, _DECADE, text):
        ten = iv.decade(int(match["decade"]))
        if ten:
            third = _THIRDS.get((match["third"] or "").lower(), "")
            yield Point(match.start(), match.end(), iv.part(ten, third), "decade")
    for match in page.matches(_NUMBERS, _BARE, text):
        yield from _range(text, match) or _years(text, match)


def _fiscal(text: str, match: re.Match[str], language: str) -> Iterator[Point]:
    groups = match.groupdict()
    y = int(match["year"]) if match["year"] else 2000 + int(groups.get("yy") or 0)
    named = month_names(language)[1].get(groups.get("month") or "")
    if named:
        found = iv.months(y, named - 11, 12) if " end" in match.group() else iv.months(y, named, 12)
    else:
        start, first_month = fiscal_start(y, fiscal_at(text, match.start(), language), paired=bool(groups.get("pair")))
        found = iv.year(start, first_month)
    if found:
        yield Point(match.start(), match.end(), found, "year")


_RUNNING = re.compile(
    r"(?<![\w-])(?:(?P<next>next|coming)|(?P<last>last|previous|past)"
    r"|(?:this|the|the current|current|its|[A-Z][a-z]+'s))[ \n]"
    r"(?:[A-Z][a-z]+ )?(?:fiscal|financial|budget)[ \n]year(?![\w-])"
    r"(?P<from>[ \n](?:that|which) (?:began|begins|started|starts) "
    r"(?:in (?P<month>[A-Z][a-z]+)(?! [0-9])"
    r"|on (?P<day>[A-Z][a-z]+day|[0-9]{1,2} [A-Z][a-z]+|[A-Z][a-z]+ [0-9]{1,2})))?",
)


def fiscal_points(text: str, on: dt.date | None, language: str) -> Iterator[Point]:
    """Fiscal years told from the day of report: "the financial year", "the fiscal year that began in April"."""
    for match in _RUNNING.finditer(text) if "l year" in text or "t year" in text else ():
        fiscal = fiscal_at(text, match.start(), language)
        month = month_names(language)[1].get(match["month"] or "")
        if month:
            fiscal = month, False
        shift = 1 if match["next"] or (match["day"] and "start" in match["from"]) else -1 if match["last"] else 0
        if month and on and "begins" in match["from"]:
            shift = 1
        found = fiscal_running(on, fiscal, shift) if on else iv.NEVER
        yield Point(match.start(), match.end(), found or iv.NEVER, "year")


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
    return [Point(start, match.end(), Interval(a.start, b.end), "year", framed=True, frame="range" if lead else "")]


def _years(text: str, match: re.Match[str]) -> Iterator[Point]:
    """A year after a word that makes it one, or alone in parentheses; and a second one joined to it."""
    start, end = match.start(), match.end("first")
    quantity, strong = _words()
    bracketed = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    if quantity.match(text, end):
        return
    if text[max(0, start - 5) : start].lower() == "past " and _PAST_IT.search(text[max(0, start - 90) : start]):
        found = iv.year(int(match["first"]))
        if found:
            yield Point(start - 5, end, iv.after(found), "year", framed=True, frame="after", base=found)
        return
    if not (bracketed or leads(text, start, "year")):
        return
    before = back(text, start, 32)
    if _WEAK.search(before) and not (strong.search(before) or _PUT_OFF.search(text[max(0, start - 90) : start])):
        return
    found = iv.year(int(match["first"]))
    if found is None:
        return
    yield Point(start, end, found, "year")
    if match["last"] and len(match["last"]) == 4 and match["link"].strip() in ("and", "to", "through", "until"):
        second = iv.year(int(match["last"]))
        if second:
            yield Point(match.start("last"), match.end("last"), second, "year")
