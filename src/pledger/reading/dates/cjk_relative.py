"""Spans of time and bare days in CJK: 未来十年, 3年以内, 三个月后, 향후 10년, 지난 12일, 12日、."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import Point
from pledger.reading.dates.postpositions import of_a_longer_word
from pledger.reading.dates.stretches import ahead, unit_interval
from pledger.reading.numbers import alternation

__all__ = ["cjk_relative"]

_DAY = re.compile(
    r"(?:(?P<last>지난)|(?P<next>오는))[ \u00a0]?(?P<ko>[0-3]?[0-9])일"
    r"|(?<![0-9.,월약의])(?<![0-9월약][ \u00a0])(?<!최소 )(?<!최대 )(?P<plain>[0-3]?[0-9])일"
    r"(?=[ \u00a0]"
    r"(?!이내|안에|동안|이상|이하|(?:후|뒤|전)(?:에|에는|까지|부터|의|으로|쯤|인)?(?![가-힣])"
    r"|만에|간|가량|정도|앞|내|넘|째|연속|치|미만|초과|이 )|[,(（에]|까지|부터|$)"
    r"|(?<![0-9月月.,])(?<![0-9月][ \u00a0])(?P<bare>[0-3]?[0-9])日(?=[、,にのまで（(午朝夜夕晚上下电]|$)"
    r"|(?<![0-9月约約个個.,])(?<![0-9月][ \u00a0])(?P<zh>[0-3]?[0-9])日"
    r"(?![内內之后後前间間均游本期圆元报報程出常多来來历曆军軍][^在宣]|以[内內后後来來前])"
)
_LONGEST = 999
_SHORT_YEARS = frozenset(str(number) for number in range(20, 60))
_OF_EVENT = re.compile(
    "(?:(?:签署|簽署|签约|交割|批准|获批|通知|选定|交付|完成|生效|到货)(?:之日)?[后後起]|之日起"
    "|(?:署名|締結|契約|調印|承認|通知|選定|引き渡し|発効|完了)(?:後|から|より)、?"
    "|(?:서명|체결|승인|통보|선정|인도|계약|완료|발효)[ ]?(?:후|뒤|일로부터|로부터))[ \u00a0]?$"
)
_REPAID = re.compile(
    r"(?:에|에는)?[ \u00a0]?(?:[^\s,.]{1,8}[ \u00a0]){0,2}?(?:원리금|원금|투자금|元利|元本|本息|本金)"
    r"[^,.。、，]{0,10}(?:회수|상환|돌려|回収|返済|收回|偿还)"
)
_SUM_REACH = 24
_BEHIND = re.compile("(?:過去|过去|この|最近|近|지난|과거|최근)[ \u00a0の]?$")
_SUM = re.compile("[0-9][万億兆亿억조]|ドル|円|ウォン|ユーロ|[$€£¥]|美元|달러|원")


@cache
def _stretch() -> re.Pattern[str]:
    cjk = lexicon("dates")["cjk"]
    number = rf"(?P<n>(?<![0-9.,])[0-9]{{1,3}}|{alternation(cjk['numbers'])})"
    ways = "|".join(f"(?P<{name}>{alternation(cjk[name])})" for name in ("within", "later", "ago"))
    space = "[ \u00a0]?"
    return re.compile(
        rf"(?:(?P<ahead>{alternation(cjk['ahead'])}){space})?{number}{space}(?P<unit>{alternation(cjk['units'])})"
        rf"(?:{space}の?(?:{ways}))?"
    )


def cjk_relative(text: str, begin: int, end: int, on: dt.date | None, language: str) -> Iterator[Point]:
    """Stretches from the day of report, and days without a month, between `begin` and `end` of a normalised text."""
    cjk = lexicon("dates")["cjk"]
    for match in _stretch().finditer(text, begin, end):
        if not (match["ahead"] or match["within"] or match["later"] or match["ago"]):
            continue
        if of_a_longer_word(text, match.end()):
            continue
        n, unit = match["n"], cjk["units"][match["unit"]]
        if unit == "year" and match["within"] and _REPAID.match(text, match.end(), end):
            continue  # how long it may take until the money is back: a term, and no day
        if language == "ja" and unit == "year" and match["within"] and not match["ahead"] and n in _SHORT_YEARS:
            continue  # 26年内に: by the end of that year
        count = int(n) if n.isdigit() else int(cjk["numbers"][n])
        found, event = _interval(match, unit, count, on), ""
        near = text[max(begin, match.start() - _SUM_REACH) : match.end() + _SUM_REACH]
        if unit == "year" and count and found.end and (match["ahead"] or match["within"]) and _SUM.search(near):
            found, event = Interval(found.start, found.end.replace(month=12, day=31)), "complete"
        if not match["ahead"] and (match["within"] or match["later"]) and _OF_EVENT.search(text[begin : match.start()]):
            found, event = iv.NEVER, "deadline"  # so long after something whose day nobody knows yet
        yield Point(match.start(), match.end(), found, unit, framed=True, event=event)
    yield from _spreads(text, begin, end, on)
    if "앞" in text:
        yield from _eves(text, begin, end, on)
    for match in _DAY.finditer(text, begin, end):
        if match["plain"] and language != "ko":
            continue
        if match["zh"] and language != "zh":
            continue
        if match["bare"] and language not in ("ja", "zh"):
            continue
        day = _day(match, on)
        if day:
            yield Point(match.start(), match.end(), day, framed=True)


@cache
def _eve() -> re.Pattern[str]:
    numbers = lexicon("dates")["cjk"]["days_ko"]
    return re.compile(
        rf"(?:(?P<n>(?<![0-9])[0-9]{{1,2}})일|(?P<word>{alternation(numbers)}))[ \u00a0]?앞(?:두고|둔)(?=[ \u00a0,]|$)"
    )


@cache
def _spread() -> re.Pattern[str]:
    cjk = lexicon("dates")["cjk"]
    number = rf"(?P<n>(?<![0-9.,])[0-9]{{1,2}}|{alternation(cjk['numbers'])})"
    return re.compile(
        rf"(?:{number}[ \u00a0]?[年년](?:{alternation(cjk['over'])})"
        rf"|(?:分|在){number.replace('<n>', '<n2>')}年(?:内|內|期)?)"
    )


def _spreads(text: str, begin: int, end: int, on: dt.date | None) -> Iterator[Point]:
    """ "10年で1兆ドル", "10년에 걸쳐": a sum spread over so many years is spent by the end of the last of them."""
    for match in _spread().finditer(text, begin, end):
        if _BEHIND.search(text[max(0, match.start() - 4) : match.start()]):
            continue
        near = text[max(begin, match.start() - _SUM_REACH) : match.end() + _SUM_REACH]
        word = match["n"] or match["n2"]
        count = int(word) if word.isdigit() else int(lexicon("dates")["cjk"]["numbers"][word])
        if not count or not _SUM.search(near):
            continue
        last = ahead(on, "year", count).replace(month=12, day=31) if on else None
        found = Interval(on, last) if on else iv.NEVER
        yield Point(match.start(), match.end(), found, "year", framed=True, event="complete")


def _eves(text: str, begin: int, end: int, on: dt.date | None) -> Iterator[Point]:
    """ "하루 앞두고": so many days before something, told of the day of report."""
    for match in _eve().finditer(text, begin, end):
        count = int(match["n"] or lexicon("dates")["cjk"]["days_ko"][match["word"]])
        found = unit_interval("day", on, count) if on else iv.NEVER
        yield Point(match.start(), match.end(), found or iv.NEVER, framed=True)


def _interval(match: re.Match[str], unit: str, count: int, on: dt.date | None) -> Interval:
    if on is None or count > _LONGEST:
        return iv.NEVER
    if match["ago"] or match["later"]:
        return unit_interval(unit, on, (count or 2) * (-1 if match["ago"] else 1)) or iv.NEVER
    vague: int = lexicon("dates")["vague"][unit]
    return Interval(on, ahead(on, unit, count) if count else iv.days(on, vague))


def _day(match: re.Match[str], on: dt.date | None) -> Interval | None:
    """The day of that number nearest to the day of report, on the side that the words name."""
    number = int(match["ko"] or match["plain"] or match["bare"] or match["zh"])
    if not 1 <= number <= 31:
        return None
    if on is None:
        return iv.NEVER
    found = []
    for shift in (-1, 0, 1):
        month = iv.moved_months(on.replace(day=1), shift)
        day = iv.day(month.year, month.month, number)
        if day and day.start:
            past = day.start <= on
            if not (match["last"] and not past) and not (match["next"] and past and day.start != on):
                found.append((abs((day.start - on).days), day))
    return min(found, key=lambda f: f[0])[1] if found else None
