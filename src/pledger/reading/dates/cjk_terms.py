"""Words of time in CJK that need no figure: 年内, 来春, 年後半, 연내, 하반기, 上半年; and years in Chinese figures."""

from __future__ import annotations

import datetime as dt
import re

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.fiscal import Fiscal, fiscal_running
from pledger.reading.dates.stretches import unit_interval

__all__ = ["arabic", "term_interval"]

_FIGURES = str.maketrans("〇零一二三四五六七八九", "00123456789")
_WRITTEN = re.compile(
    "(?<![〇零一二三四五六七八九十百千万億兆第])"
    "(?:[一二][〇零一二三四五六七八九]{3}年[一二三四五六七八九]?(?=月)?|[〇一二三四五六七八九]{2}年[一二三四五六七八九](?=月))"
    "|(?<=年)[一二三四五六七八九](?=月)"
)


def arabic(text: str) -> str:
    """`text` with years and months in Chinese figures ("二〇二八年") in Arabic ones, each in its place."""
    if "年" not in text:
        return text
    return _WRITTEN.sub(lambda m: m.group().translate(_FIGURES), text)


def term_interval(word: str, on: dt.date | None, way: str | None, fiscal: Fiscal) -> tuple[Interval | None, str]:
    """The interval of a word of `cjk.terms`, told from the day of report; `way` is where the words look."""
    kind, _, which = lexicon("dates")["cjk"]["terms"][word].partition(":")
    if on is None:
        return iv.NEVER, kind
    if kind == "season":
        shift, month = (int(n) for n in which.split(":"))
        return iv.season(on.year + shift, month), "season"
    if kind == "half":
        found = iv.half(on.year, int(which))
        if found and found.end and found.end < on and way == "ahead":
            found = iv.half(on.year + 1, int(which))
        elif found and found.start and found.start > on and way == "back":
            found = iv.half(on.year - 1, int(which))
        return found, "half"
    if kind in ("year", "month", "week", "quarter"):
        part, _, shift = which.partition(":")
        whole = unit_interval(kind, on, int(shift or 0)) or iv.NEVER
        if part == "monday" and whole.start:
            return Interval(whole.start, whole.start), "day"
        if part == "first":
            return (iv.month(whole.start.year, 1) if whole.start else iv.NEVER), "month"
        return iv.part(whole, part), kind
    if kind == "plan":
        first = int(which)
        return iv.months(first, 1, 60), "plan"
    if kind == "within":
        held = {
            "year": iv.year(on.year),
            "month": iv.month(on.year, on.month),
            "week": iv.week(on),
        }.get(which) or fiscal_running(on, fiscal)
        return iv.until(held or iv.NEVER), which
    return iv.part(iv.year(on.year) or iv.NEVER, kind), "year"
