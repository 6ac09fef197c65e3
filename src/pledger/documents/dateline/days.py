"""Dates as the press writes them, whole and with their year, and lines that hold nothing else of substance."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from pledger.data import lexicon

__all__ = [
    "BYLINE",
    "CJK",
    "LINE",
    "READING",
    "after_name",
    "before_name",
    "begun",
    "date_in",
    "day_of",
    "forms",
    "is_month",
    "parse_date",
]

LINE = 240
"""Longest line, in characters, that can be a label, a dateline or furniture; longer ones are prose."""
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years that a report can be from: outside them the digits are something else."""

CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
BYLINE = re.compile(r"(?:by|von|文|記者|기자)\b.{0,80}\Z|.{1,30}(?:記者|기자|特派員|특파원)\Z", re.IGNORECASE)
_TIME = re.compile(
    r"\b\d{1,2}(?:[:.時点시h]\s?\d{2}(?:[:.分분]\d{0,2})?|\s?[ap]\.?m\b\.?)[분分]?(?:\s?[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
READING = re.compile(
    r"\b\d{1,3}[ -]?(?:min(?:ute)?s?|minuten|分)\.?(?:[ -]?(?:read|lesezeit|で読める))?", re.IGNORECASE
)
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"[^\s,;:.()\[\]<>=/（）【】「」、。：・-]{1,40}")


def parse_date(words: str) -> dt.date | None:
    """The day that `words` begin with, in any form that the press uses; None where they are no whole date.

    Knows `2026-01-27` (and with time), `2026/1/27`, `2026.01.27.`, `20260127`, `January 27, 2026`, `27 Jan 2026`,
    `27. Januar 2026`, `27.01.2026`, `2026年1月27日`, `2026년 1월 27일`, `令和8年1月27日`. Of `01/02/2026` nobody
    knows which is the month: None, unless one is above 12.
    """
    words = words.strip()[:LINE]
    match = forms().match(words)
    return day_of(match) if match else date_in(words)


def day_of(match: re.Match[str]) -> dt.date | None:
    """The day of a match of `forms`; None where there is no such day, or nobody knows which number is the month."""
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    kind = next(key[0] for key in groups if key.endswith("y"))
    year, second, third = groups[f"{kind}y"], groups[f"{kind}m"], groups[f"{kind}d"]
    month = int(second) if second.isdigit() else _months().get(second.casefold().rstrip("."), 0)
    day = int(third)
    if kind == "s":  # 27/01/2026 or 01/27/2026: only where one of them cannot be a month
        if (month > 12) == (day > 12):
            return None
        month, day = (day, month) if month > 12 else (month, day)
    first = _eras().get(groups.get("jera", ""), 0)
    try:
        found = dt.date(first + (1 if year == "元" else int(year)), month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def after_name(part: str) -> dt.date | None:
    """`Tokyo, 27 January 2026` and `By A. Writer, January 27, 2026`: a short name, a comma, a date, nothing else."""
    for comma in re.finditer(r",\s", part[:60]):
        name, rest = part[: comma.start()], part[comma.end() :]
        if len(name.split()) <= 4 and not any(c.isdigit() for c in name) and (name[:1].isupper() or CJK.match(name)):
            found = date_in(rest)
            if found:
                return found
    return None


def before_name(part: str) -> dt.date | None:
    """`27 January 2026 3:42PM, New Delhi`: a date, a comma, a short name, nothing else."""
    dated, comma, name = part[:LINE].rpartition(",")
    named = name.split()
    if not comma or not 1 <= len(named) <= 3 or any(c.isdigit() for c in name):
        return None
    return date_in(dated) if all(word[:1].isupper() for word in named) else None


def begun(words: str) -> dt.date | None:
    """The date that words begin with, whatever follows on it: for words behind a label."""
    match = forms().match(words.lstrip())
    return day_of(match) if match else None


def date_in(words: str) -> dt.date | None:
    """The date in `words` where nothing else of substance stands in them."""
    if not _FIGURE.search(words):  # which every form has
        return None
    for match in forms().finditer(words[:LINE]):
        found = day_of(match)
        if found is None:
            continue
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        rest = READING.sub(" ", _TIME.sub(" ", rest))
        if BYLINE.match(rest.strip(" ,;")):
            return found
        if all(w.casefold().strip("'’") in _beside() for w in _WORD.findall(rest)):
            return found
    return None


def is_month(word: str) -> bool:
    """Whether a word is the name of a month, or short for one."""
    return word.casefold().rstrip(".") in _months()


@cache
def _beside() -> frozenset[str]:
    return frozenset(lexicon("notices")["dateline"]["beside"])


@cache
def _months() -> dict[str, int]:
    listed = lexicon("notices")["dateline"]["months"]
    return {name: int(number) for number, names in listed.items() for name in names}


@cache
def _eras() -> dict[str, int]:
    """Names of eras, each with the year before its first."""
    return {name: int(year) for name, year in lexicon("notices")["dateline"]["eras"].items()}


@cache
def forms() -> re.Pattern[str]:
    """Whole dates in all forms; every repetition is bounded."""
    month = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    era = "|".join(map(re.escape, _eras()))
    return re.compile(
        rf"(?<![\d.])(?:(?P<iy>\d{{4}})-(?P<im>\d{{1,2}})-(?P<id>\d{{1,2}})(?!\d)(?:T\d\d:?\d\d(?::?\d\d(?:\.\d{{1,9}})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
        rf"|(?P<py>\d{{4}})(?P<ps>[./])\s?(?P<pm>\d{{1,2}})(?P=ps)\s?(?P<pd>\d{{1,2}})(?!\d)\.?"
        rf"|(?P<cy>\d{{4}})\s?[年년]\s?(?P<cm>\d{{1,2}})\s?[月월]\s?(?P<cd>\d{{1,2}})\s?[日일号號]"
        rf"|(?P<am>{month})\.?\s{{1,2}}(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<ay>\d{{4}})(?!\d)"
        rf"|(?P<ed>\d{{1,2}})(?:st|nd|rd|th|\.)?\s{{0,2}}(?P<em>{month})\.?,?\s{{1,2}}(?P<ey>\d{{4}})(?!\d)"
        rf"|(?P<gd>\d{{1,2}})\.\s?(?P<gm>\d{{1,2}})\.\s?(?P<gy>\d{{4}})(?!\d)"
        rf"|(?P<sm>\d{{1,2}})/(?P<sd>\d{{1,2}})/(?P<sy>\d{{4}})(?!\d)"
        rf"|(?P<jera>{era})\s?(?P<jy>\d{{1,3}}|元)\s?年\s?(?P<jm>\d{{1,2}})\s?月\s?(?P<jd>\d{{1,2}})\s?日"
        rf"|(?P<ny>(?:19|20)\d\d)(?P<nm>[01]\d)(?P<nd>[0-3]\d)(?!\d))",
        re.IGNORECASE,
    )
