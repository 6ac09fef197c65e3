"""Dates of other forms in CJK: 今（20）日, 2030年代前半, 2027年3月期, 第四季, 夏までに, 올봄, 春节前."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.feasts import feast_near
from pledger.reading.dates.point import Point
from pledger.reading.dates.postpositions import of_a_longer_word
from pledger.reading.numbers import alternation

__all__ = ["cjk_form_points"]

_BRACKETED = re.compile(
    r"(?P<word>今|昨|明|本|前|后|後)[日天]?[ ]?\((?:(?P<month>1?[0-9])月)?(?P<day>[0-3]?[0-9])日?\)[日天]?(?!間|间)"
)
_DECADE = re.compile(
    r"(?<![0-9第])(?P<year>(?:19|20|21)?[0-9]0)(?:年代|년대)(?:[ の]?(?P<part>前半|後半|初頭|初め|初期|初|半ば"
    r"|中期|中葉|中叶|末期|末|後期|后期|초반|초|중반|후반|말))?"
)
_DECADE_PARTS = {"前半": "first_half", "後半": "second_half", "半": "mid", "初": "early", "초": "early", "末": "end"}
_DECADE_PARTS |= {"中": "mid", "중": "mid", "後": "late", "后": "late", "후": "second_half", "말": "end"}
_TERM = re.compile(
    r"(?<![0-9])(?:(?P<year>20[0-9]{2})|(?P<short>[0-9]{2}))年(?P<month>1?[0-9])月期(?!間|间)(?P<half>の?[上下](?:半?期))?"
)
_QUARTER = re.compile(
    r"(?:(?P<rel>今年|明年|去年|本年|後年)|(?P<year>20[0-9]{2})年?)?[ ]?"
    r"(?:第(?P<n>[1-4一二三四])季(?![度奥赛賽節节])|(?P<first>首季)(?!度)"
    r"|(?P<last>末季))"
)
_MONTH = re.compile(
    r"(?P<rel>今年|明年|去年|本年)?(?<![一二三四五六七八九十个個数數几幾\u3041-\u30ff])(?P<n>十[一二]?|[一二三四五六七八九])月"
    r"(?![份]?[来來革]|光|亮|球|饼|餅)(?P<part>初|中旬|上旬|下旬|底|末)?"
)
_DAYS = re.compile(
    r"(?<![0-9])(?P<month>1?[0-9])[月월][ ]?(?P<first>[0-3]?[0-9])[日일]?"
    r"[ ]?(?:[-~至到]|から)[ ]?(?P<last>[0-3]?[0-9])[日일](?![間间])"
)
_DATED = re.compile(r"(?<![0-9月])(?P<day>[0-3]?[0-9])日(?=付)")
_SEASON = re.compile(
    r"(?<![\u3005\u3041-\u3096\u3400-\u9fff])(?P<season>[春夏秋冬])(?=まで|にも|に[^\u3041-\u3096]|ごろ|頃|以降|をめど|を目標|を予定|の着|の開|の稼)"
    r"|(?P<this>올)(?P<ko>봄|여름|가을|겨울)"
)
_KOREAN_SEASONS = {"봄": 3, "여름": 6, "가을": 9, "겨울": 12}
_MONTH_PARTS = {"初": "early", "上旬": "early", "中旬": "mid", "下旬": "late", "底": "end", "末": "end"}
_NUMBERS = {
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "十一": 11,
    "十二": 12,
}
_YEARS = {"今年": 0, "本年": 0, "明年": 1, "去年": -1, "後年": 2}
_CENTURY = 100


@cache
def _frames() -> re.Pattern[str]:
    lex = lexicon("dates")["cjk"]
    names = ("before", "until", "after", "since")
    words = {name: [*lex[name], *(["전에", "전"] if name == "before" else [])] for name in names}
    return re.compile("[ \u00a0]?(?:" + "|".join(f"(?P<{name}>{alternation(words[name])})" for name in names) + ")")


def cjk_form_points(text: str, on: dt.date | None, language: str) -> Iterator[Point]:
    """Dates of these forms in a normalised text, with the postposition that opens or closes their interval."""
    for point in _forms(text, on, language):
        match = None if point.framed else _frames().match(text, point.end)
        if match is None or of_a_longer_word(text, match.end()):
            yield replace(point, framed=True)
            continue
        which = match.lastgroup or ""
        if which == "before" and point.unit != "feast" and text[point.end - 1] in "初末底말":
            which = "until"  # 五月底前 leaves the last day in
        interval = getattr(iv, which)(point.interval)
        frame = {"before": "until", "until": "until", "since": "since"}.get(which, "")
        base = point.interval if which in ("until", "since") else None
        yield replace(point, end=match.end(), interval=interval, framed=True, frame=frame, base=base)


def _forms(text: str, on: dt.date | None, language: str) -> Iterator[Point]:
    """Dates of these forms; each kind is looked for only where its sign stands."""
    if "代" in text or "대" in text:
        yield from _decades(text, on)
    if "(" in text and language == "zh":
        yield from _bracketed(text, on)
    if "月期" in text:
        yield from _terms(text, on)
    if "季" in text and language == "zh":
        yield from _quarters(text, on)
    if language == "zh" and "月" in text:
        yield from _months(text, on)
    if "日" in text or "일" in text:
        yield from _stretches(text, on, language)
    if language in ("ja", "ko"):
        yield from _seasons(text, on)
    if language in ("ja", "zh", "ko"):
        yield from _feasts(text, on, language)


def _decades(text: str, on: dt.date | None) -> Iterator[Point]:
    for match in _DECADE.finditer(text):
        year = int(match["year"])
        if year < _CENTURY:
            if on is None:
                continue
            year += on.year // _CENTURY * _CENTURY
        ten = iv.decade(year)
        part = match["part"] or ""
        which = _DECADE_PARTS.get(part) or _DECADE_PARTS.get(part[:1], "")
        if ten:
            yield Point(match.start(), match.end(), iv.part(ten, which), "decade")


def _bracketed(text: str, on: dt.date | None) -> Iterator[Point]:
    """今（20）日: the day of report or one beside it, as its number tells."""
    for match in _BRACKETED.finditer(text):
        if on is None:
            yield Point(*match.span(), iv.NEVER)
            continue
        days = [iv.days(on, shift) for shift in range(-4, 5)]
        number, month = int(match["day"]), int(match["month"] or 0)
        then = next((d for d in days if d.day == number and month in (0, d.month)), None)
        if then:
            yield Point(*match.span(), Interval(then, then), framed=True)


def _terms(text: str, on: dt.date | None) -> Iterator[Point]:
    """2027年3月期: the business year that ends with that month."""
    for match in _TERM.finditer(text):
        year = int(match["year"] or 0)
        if match["short"]:
            if on is None:
                continue
            year = on.year // _CENTURY * _CENTURY + int(match["short"])
        month = int(match["month"])
        if 1 <= month <= 12:
            half = match["half"] or ""
            first, count = (month - 11, 6) if "上" in half else (month - 5, 6) if "下" in half else (month - 11, 12)
            found = iv.months(year, first, count)
            if found:
                yield Point(match.start(), match.end(), found, "year", framed=False)


def _quarters(text: str, on: dt.date | None) -> Iterator[Point]:
    for match in _QUARTER.finditer(text):
        number = {"一": 1, "二": 2, "三": 3, "四": 4}.get(match["n"] or "") or int(
            match["n"] or (1 if match["first"] else 4)
        )
        if match["year"]:
            found = iv.quarter(int(match["year"]), number)
        elif on is None:
            found = iv.NEVER
        else:
            found = iv.quarter(on.year + _YEARS.get(match["rel"] or "", 0), number)
            if not match["rel"] and found and found.end and (on - found.end).days > 2 * 92:
                found = iv.quarter(on.year + 1, number)
        yield Point(match.start(), match.end(), found or iv.NEVER, "quarter")


def _months(text: str, on: dt.date | None) -> Iterator[Point]:
    """五月, 明年十月底: months in Chinese figures."""
    for match in _MONTH.finditer(text):
        month = _NUMBERS[match["n"]]
        if on is None:
            found: Interval | None = iv.NEVER
        elif match["rel"]:
            found = iv.month(on.year + _YEARS[match["rel"]], month)
        else:
            apart = month - on.month
            found = iv.month(on.year + (apart < -6) - (apart > 6), month)
        if found:
            part = _MONTH_PARTS.get(match["part"] or "", "")
            yield Point(match.start(), match.end(), iv.part(found, part), "month")


def _stretches(text: str, on: dt.date | None, language: str) -> Iterator[Point]:
    """5月19～20日, and 19日付."""
    for match in _DAYS.finditer(text):
        if on is None:
            continue
        month = int(match["month"])
        if not 1 <= month <= 12:
            continue
        apart = month - on.month
        year = on.year + (apart < -6) - (apart > 6)
        first, last = iv.day(year, month, int(match["first"])), iv.day(year, month, int(match["last"]))
        if first and last and first.start and last.end and first.start < last.end:
            yield Point(match.start(), match.end(), Interval(first.start, last.end), "day", framed=True)
    if language == "ja" and on is not None:
        for match in _DATED.finditer(text):
            found = iv.day(on.year, on.month, int(match["day"]))
            if found and found.start and found.start > on:
                before = iv.moved_months(on.replace(day=1), -1)
                found = iv.day(before.year, before.month, int(match["day"]))
            if found:
                yield Point(match.start(), match.end(), found, framed=True)


def _seasons(text: str, on: dt.date | None) -> Iterator[Point]:
    """夏までに, 올가을."""
    if on is None:
        return
    for match in _SEASON.finditer(text):
        month = lexicon("dates")["seasons"][match["season"]] if match["season"] else _KOREAN_SEASONS[match["ko"]]
        found = iv.season(on.year, month)
        if match["season"] and found and found.end and found.end < on:
            found = iv.season(on.year + 1, month)
        if found:
            yield Point(match.start(), match.end(), found, "season")


@cache
def _feast_names(language: str) -> re.Pattern[str]:
    return re.compile(alternation(lexicon("feasts")[language]))


_LOOK = 60
_BACK = re.compile(r"[^。\n]{0,60}?(?:した|だった|れた|[했됐었았]다|已|了[^解])")


def _feasts(text: str, on: dt.date | None, language: str) -> Iterator[Point]:
    rules: dict[str, str] = lexicon("feasts")[language]
    for match in _feast_names(language).finditer(text):
        if on is None:
            found: Interval | None = iv.NEVER
        else:
            back = _BACK.match(text, match.end(), match.end() + _LOOK) is not None
            found = feast_near(rules[" ".join(match.group().split())], on, "back" if back else "ahead")
        if found:
            yield Point(match.start(), match.end(), found, "feast")
