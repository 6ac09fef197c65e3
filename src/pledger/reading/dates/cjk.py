"""Dates in Japanese, Chinese and Korean: 2026年2月17日, 令和8年, 2026年第3四半期, 2027년 상반기, 来月, 내년 초."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.cjk_forms import cjk_form_points
from pledger.reading.dates.cjk_relative import cjk_relative
from pledger.reading.dates.cjk_terms import arabic, term_interval
from pledger.reading.dates.fiscal import fiscal_at, fiscal_start
from pledger.reading.dates.point import Point
from pledger.reading.dates.stretches import unit_interval
from pledger.reading.numbers import alternation

__all__ = ["cjk_points"]

_SCRIPT = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"
_REACH = 9
_REGION = re.compile(f"[{_SCRIPT}]+(?:[^{_SCRIPT}]{{1,{_REACH}}}[{_SCRIPT}]+)*")
"""Stretches in CJK script, with short gaps of figures and spaces; a date may begin `_REACH` characters before one."""

_TENSE = re.compile(
    r"[^。\n\"\u201d」』]{0,60}?(?:"
    r"(?P<planned>される|になる|할 것)"
    r"|(?P<past>した|しました|された|だった|んだ|れた|った(?!ら)|ていた|了"
    r"|[했됐었았였랐렸섰났]다|밝혔|말했|전했|发表|宣布)"
    r"|(?P<future>する予定|予定|見通し|見込み|する方針|だろう|計画|将|將|计划|計劃|预计|預計|拟"
    r"|할 |될 |예정|전망|계획|방침|한다(?!고)|된다(?!고)))"
)
"""What tells whether a date without a year lies behind or ahead: the first verb form after it."""


_TOLD_AHEAD = re.compile(
    r"(?:に|から|までに)[^。、,\n]{0,24}?[うくすつぬむるぐぶ]と(?:発表|公表|表明|明らか|明か|述べ|語|話|説明|し[てた])"
    r"|(?:에|부터|까지)[^.。,\n]{0,24}?(?:[한된인는]다고|겠다고|것이라고)"
)
"""Behind a date: what is said to come then, though the verb of saying is one of the past (着工すると発表した)."""
_ALREADY = re.compile("(?:已经?|已經|曾|此前|早前|지난|이미|すでに|既に|去る)[^。，、,]{0,3}$")
"""Before a date: it has been."""
_SOONEST = re.compile("最早|最快|至早")
_HALF_YEAR = 183
_SAME_MONTH = 16
_HALF_WEEK = 4
_SHORT_BACK, _SHORT_AHEAD = 10, 25
_SHORT_YEAR = (
    "上半期|下半期|上期|下期|第[1-4一二三四]四半期|中に|内に|までに|まで(?!の)"
    "|に(?!及|わた|一|1|度|もわた|なる)|度|初め|初頭|末|半ば|春|夏|秋|冬|[0-9]{1,2}月|以降"
)
"""Behind two digits and 年 these make a year of this century of a number of years: 28年までに, 26年度, 27年春."""


@cache
def _core() -> tuple[re.Pattern[str], dict[str, str]]:
    lex = lexicon("dates")
    cjk, rel = lex["cjk"], lex["relative"]
    named = ("part_early", "part_mid", "part_late", "part_end", "part_first_half", "part_second_half")
    parts = {w: k for k in (*named, "half_first", "half_second") for w in cjk[k]}
    seasons = alternation(w for w in lex["seasons"] if not w[0].isascii())
    days = alternation(w for w in rel["day_words"] if not w.isascii())
    names = alternation(n for key in ("ja", "ko", "zh", "zh_long") for n in lex["weekdays"][key])
    numerals = "".join(cjk["numerals"])
    space, no_figure = "[ \u00a0]?", "(?<![0-9])(?<![0-9][.,])"
    year = (
        rf"(?:(?P<era>{alternation(lex['eras'])})(?P<eray>元|[0-9]{{1,3}})年"
        rf"|(?P<year>{no_figure}(?:19|20|21)[0-9]{{2}}){space}[年년](?![代대])"
        rf"|(?P<short>(?<![0-9０-９.,第約年月])[0-9]{{2}})年(?={_SHORT_YEAR})"
        rf"|(?P<rely>{alternation(rel['cjk_year'])}))(?P<fiscal>度|도)?"
    )
    quarter = rf"第?(?P<q>[{numerals}]){space}(?:四半期|季度|분기)"
    month = (
        rf"(?:(?P<mfrom>{no_figure}[0-9]{{1,2}})[月월]?[~-](?=[0-9]{{1,2}}[月월]))?"
        rf"(?P<month>(?<![0-9])(?<![0-9][.,])[0-9]{{1,2}}){space}[月월](?![給给曜])"
        rf"(?:{space}(?P<day>[0-9]{{1,2}}){space}[日号號일](?![本間间]))?"
    )
    relm = rf"(?P<relm>{alternation(rel['cjk_month'])})(?:{space}(?P<rday>[0-9]{{1,2}})[日号號일])?"
    relw = (
        rf"(?P<relw>{alternation(rel['cjk_week'])})(?:의|の)?"
        rf"(?:{space}(?P<wd>{names}|[一二三四五六日天](?![^\s]?个)))?日?"
    )
    part = rf"{space}の?(?:(?P<part>{alternation(parts)})|(?P<season>{seasons})(?![^\s]?季奥|节|節|闘)天?)"
    direction = rf"(?P<to>{alternation(cjk['to'])})|(?P<from>{alternation(cjk['from'])})"
    frame = rf"(?:{space}(?:(?P<until>{alternation(cjk['until'])})|(?P<since>{alternation(cjk['since'])})))?"
    core = (
        rf"(?:{direction})?(?:(?P<term>{alternation(cjk['terms'])})|{year}(?:{space}の?(?:{month}|{quarter}))?|{quarter}|{month}|{relm}|{relw}"
        rf"|(?P<word>{days})|(?P<weekday>{names})日?)"
    )
    # A name may stand only once in a pattern: the second month and quarter get names of their own.
    head, _, tail = core.rpartition(rf"|{quarter}|{month}")
    twice = rf"|{quarter}|{month}"
    for name in ("q", "mfrom", "month", "day"):
        twice = twice.replace(f"<{name}>", f"<{name}2>")
    return re.compile(head + twice + tail + rf"(?:{part})?" + frame), parts


def cjk_points(text: str, on: dt.date | None, language: str) -> Iterator[Point]:
    """Dates in CJK scripts with their parts (初, 末, 상반기) and postpositions (までに, 以降, 까지)."""
    pattern, parts = _core()
    lex = lexicon("dates")["cjk"]
    text = arabic(text)
    regions = [(max(0, r.start() - _REACH), r.end()) for r in _REGION.finditer(text)]
    for begin, stop in regions:
        yield from cjk_relative(text, begin, stop, on, language)
    yield from cjk_form_points(text, on, language)
    for match in (m for begin, stop in regions for m in pattern.finditer(text, begin, stop)):
        interval, unit = _interval(match, text, on, language)
        if interval is None:
            continue
        soonest = match["to"] and _SOONEST.search(text[max(0, match.start() - 6) : match.start()]) is not None
        if match["season"]:
            m = lexicon("dates")["seasons"][match["season"]]
            interval = (iv.season(interval.start.year, m) if interval.start else None) or iv.NEVER
        elif match["part"]:
            which = parts[match["part"]]
            if which.startswith("half"):
                interval = (
                    iv.half(interval.start.year, 1 if which == "half_first" else 2, interval.start.month)
                    if interval.start
                    else None
                ) or iv.NEVER
            else:
                interval = iv.part(interval, which.removeprefix("part_"))
        end = match.end()
        base, frame = interval, ""
        if soonest:
            pass
        elif (match["until"] and (match["until"] not in lex["before"] or match["part"] or match["term"])) or (
            match["to"] and not match["until"]
        ):
            frame = "until"
        elif match["since"] not in lex["after"] and (match["since"] or (match["from"] and not match["until"])):
            frame = "since"
        if soonest and not match["until"]:
            interval = iv.since(interval)  # "最早也要到明年夏天"
        elif match["to"] and not match["until"]:
            interval = iv.until(interval)
        elif match["from"] and not match["since"]:
            interval = iv.since(interval)
        elif match["until"]:
            # "年底前" leaves the last day of the year in.
            out = match["until"] in lex["before"] and not (match["part"] or match["term"])
            interval = iv.before(interval) if out else iv.until(interval)
        elif match["since"]:
            interval = iv.after(interval) if match["since"] in lex["after"] else iv.since(interval)
        frame = frame or ("until" if match["term"] and interval.start is None and interval.end else "")
        yield Point(
            match.start(),
            end,
            interval,
            unit,
            framed=True,
            frame=frame,
            base=base if frame and interval != base else None,
        )


def _interval(match: re.Match[str], text: str, on: dt.date | None, language: str) -> tuple[Interval | None, str]:
    lex = lexicon("dates")
    rel = lex["relative"]
    if match["term"]:
        if match["term"] == "年中" and language == "ja":
            return None, "year"  # all the year round
        return term_interval(match["term"], on, _looks(text, match.end()), fiscal_at(text, match.start(), language))
    if match["word"]:
        return (unit_interval("day", on, rel["day_words"][match["word"]]) if on else iv.NEVER), "day"
    if match["weekday"]:
        return _weekday(match, text, on), "day"
    if match["relw"]:
        return _in_week(match, on), "week"
    if match["relm"]:
        found = unit_interval("month", on, rel["cjk_month"][match["relm"]]) if on else iv.NEVER
        if match["rday"] and found and found.start:
            return iv.day(found.start.year, found.start.month, int(match["rday"])), "day"
        return found, "month"
    y: int | None = None
    if match["era"]:
        y = lex["eras"][match["era"]] + (1 if match["eray"] == "元" else int(match["eray"]))
    elif match["year"]:
        y = int(match["year"])
    elif match["short"]:
        if language != "ja" or on is None:
            return None, "year"
        y = on.year // 100 * 100 + int(match["short"])
        if not -_SHORT_BACK <= y - on.year <= _SHORT_AHEAD:
            return None, "year"
    elif match["rely"]:
        if on is None:
            return iv.NEVER, "year"
        if match["rely"] == "前年" and language != "zh" and not match["fiscal"]:
            return None, "year"  # the year before the one spoken of
        y = on.year + (-1 if match["rely"] == "前年" and language != "zh" else rel["cjk_year"][match["rely"]])
        if match["fiscal"] and language != "zh":
            y -= on.month < fiscal_at(text, match.start(), language)[0]
    month, day, quarter = match["month"] or match["month2"], match["day"] or match["day2"], match["q"] or match["q2"]
    first_month = 1
    if match["fiscal"] and language != "zh":
        fiscal = fiscal_at(text, match.start(), language)
        # "내년도", "今年度" name the year in which it begins.
        first_month = fiscal[0]
        if y is not None and match["year"]:
            y, first_month = fiscal_start(y, fiscal, paired=False)
    if quarter:
        number = lex["cjk"]["numerals"][quarter]
        if y is None:
            if on is None:
                return iv.NEVER, "quarter"
            found = iv.quarter(on.year, number)
            past = _looks(text, match.end()) == "back"
            return (
                iv.quarter(on.year + (0 if past else 1), number) if found and found.end and found.end < on else found
            ), "quarter"
        return iv.quarter(y, number, first_month), "quarter"
    if month:
        m, mfrom = int(month), int(match["mfrom"] or match["mfrom2"] or 0)
        if not 1 <= m <= 12:
            return None, "month"
        if y is None:
            if on is None:
                return iv.NEVER, "month"
            way = "back" if _ALREADY.search(text[max(0, match.start() - 8) : match.start()]) else None
            way = way or _looks(text, match.end())
            y = _nearest_year(m, int(day or 15), on, way, until=match["until"] is not None)
        if 0 < mfrom < m and not day:
            return iv.months(y, mfrom, m - mfrom + 1), "quarter"
        return (iv.day(y, m, int(day)), "day") if day else (iv.month(y, m), "month")
    if y is None:
        return None, "year"
    return iv.year(y, first_month), "year"


def _looks(text: str, end: int) -> str | None:
    """Whether the first verb form after a date looks `back` or `ahead`; None where none tells."""
    if _TOLD_AHEAD.match(text, end, end + 60):
        return "ahead"
    match = _TENSE.match(text, end, end + 80)
    return None if match is None else "back" if match["past"] else "ahead"


def _nearest_year(m: int, d: int, on: dt.date, way: str | None, *, until: bool) -> int:
    """The year of a month or day without one: the nearest such, on the side to which the words look."""
    shift = (m - on.month) * 31 + d - on.day
    if m == on.month and abs(shift) < _SAME_MONTH:
        return on.year
    if way == "back" and not until:
        return on.year - (shift > 0)
    if way == "ahead" or until:
        return on.year + (shift < 0)
    return on.year + (shift < -_HALF_YEAR) - (shift > _HALF_YEAR)


def _index(name: str) -> int:
    for key in ("ja", "ko", "zh", "zh_long"):
        names = lexicon("dates")["weekdays"][key]
        if name in names:
            return int(names.index(name))
    return "一二三四五六日".find(name.replace("天", "日")[-1])


def _weekday(match: re.Match[str], text: str, on: dt.date | None) -> Interval:
    if on is None:
        return iv.NEVER
    index = _index(match["weekday"])
    back = (on.weekday() - index) % 7
    past = (_looks(text, match.end()) or ("back" if back <= _HALF_WEEK else "ahead")) == "back"
    then = iv.days(on, -back if past else (7 - back) % 7)
    return Interval(then, then)


def _in_week(match: re.Match[str], on: dt.date | None) -> Interval:
    if on is None:
        return iv.NEVER
    found = unit_interval("week", on, lexicon("dates")["relative"]["cjk_week"][match["relw"]]) or iv.NEVER
    if match["wd"] and found.start:
        then = iv.days(found.start, max(0, _index(match["wd"])))
        return Interval(then, then)
    return found
