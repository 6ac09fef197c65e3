"""Whose text it is: the outlet, the agency or the office that a text names at its head or foot."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from pledger.data import lexicon
from pledger.documents.dateline.days import BYLINE, CJK, LINE, after_name, date_in, day_of, forms, is_month, parse_date
from pledger.documents.dateline.labels import BULLET, URL, Line, is_furniture, labels, parts
from pledger.documents.parsed import web_address

__all__ = ["Agency", "agency", "breadcrumb", "copyright_line", "is_outlet", "labelled", "masthead", "published_by"]

_LONGEST_NAME = 60
"""Characters of an outlet's name; the longest mastheads have some fifty."""

_AGENCY = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’./-]{1,30}(?:[ ,]{1,2}[A-ZÀ-Þa-z][\w'’./-]{1,30}){0,4}?),?\s{1,2}"
    r"(?:(?P<date>[^()\n]{4,40}?)\s{0,2})?\((?P<agency>[A-Z][\w .&'’-]{1,40})\)\s{0,2}(?:[-–—]{1,2}|:)\s"
)
_KOREAN = re.compile(
    r"[(\[](?P<place>[가-힣]{1,12})=(?P<agency>[가-힣A-Za-z0-9 ]{2,20})[)\]].{0,40}?=\s{0,3}"
    r"(?P<date>\d{4}\.\s?\d{1,2}\.\s?\d{1,2})?"
)
_JAPANESE = re.compile(r"【(?P<place>[^【】＝=]{1,16})[＝=](?P<agency>[^【】＝=]{2,20})】")
_AGENCIES = re.compile(r"[^\u3400-\u9fff々]|時事|共同|聯合|連合|[社網報紙]$|通信|新聞|放送")
"""What an agency's name holds; kanji alone are the reporter's: 【ワシントン＝山田太郎】."""
_CHINESE = re.compile(
    r"\(?(?P<agency>[\u3400-\u9fff]{2,8}?[社网網报報])(?P<place>[\u3400-\u9fff]{2,8}?)(?P<date>\d{1,2}月\d{1,2}日)[电電讯訊]"
)
_FROM = re.compile(r"(?:from|von)\s{0,2}:\s{0,2}(?P<name>[^@<>:\n]{3,60})\Z", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©|\(c\))?\s{0,2}(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?(?:19|20)\d\d)?[\s,]{1,3}"
    r"(?P<name>[^\W\d_][^|©\n]{1,60})\Z",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\s{0,2},)?\s{1,3}(?:by|von|durch|in)\s{1,3}(?P<name>[^\n]{2,120}?)\s{0,2}(?:[,;(<]{0,2}\s{0,2}(?P<url>https?://\S{3,1000}))?\s{0,2}\Z",
    re.IGNORECASE,
)
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "de",
        "der",
        "des",
        "die",
        "du",
        "for",
        "für",
        "in",
        "la",
        "le",
        "of",
        "on",
        "the",
        "und",
        "van",
        "von",
        "&",
        "+",
    ]
)
_ENDS_NAME = re.compile(r"\Z|\s(?:of|for|on|für|des|der)\s", re.IGNORECASE)
_COLUMNS = re.compile(r"[\t|·•]")
_NAME_WORD = re.compile(r"[^\W\d_][\w'’.&-]{0,30}\Z")
_NO_NAME = re.compile(r"[\d.!?:;,\"“”„«»()（）。、！？；：「」『』…]")


def published_by(lines: list[Line]) -> tuple[str, str | None, dt.date | None] | None:
    """`Published 27 January 2026 by Acme Times, https://...`: publisher, address, day."""
    for line in lines:
        label = labels().published.match(line.text)
        if not label or len(line.text) > 2 * LINE:
            continue
        match = forms().match(line.text, label.end())
        by = match and _BY.match(line.text, match.end())
        if match and by:
            name = by["name"].strip(" ,;(<.")
            if name and len(name) <= 80:
                return name, web_address((by["url"] or "").rstrip(".,;)>")), day_of(match)
    return None


def labelled(lines: list[Line], label: re.Pattern[str]) -> str | None:
    """The words behind a label, wherever between the bars, tabs and dots of a line it stands."""
    for line in lines:
        for part in map(str.strip, _COLUMNS.split(line.text)) if len(line.text) <= LINE else ():
            match = label.match(part)
            if match and part[match.end() :].strip():
                return part[match.end() :].strip()
    return None


def breadcrumb(lines: list[Line]) -> str | None:
    """`Acme Home|WORLD News` and `Acme Home > World`: the name before the link to the front page."""
    for line in lines[:3]:
        match = labels().breadcrumb.match(line.text)
        if match:
            return match["name"].strip()
    return None


class Agency(NamedTuple):
    """An agency's dateline: `TOKYO, Jan 27 (Reuters) -`."""

    name: str
    day: dt.date | None = None
    """Where the year is given."""
    words: str | None = None
    """The words of a day without a year."""


def agency(lines: list[Line]) -> Agency | None:
    """The first agency's dateline, in the forms of English, Japanese, Chinese and Korean agencies."""
    for line in lines:
        if found := _agency(line.text):
            return found
    return None


def _agency(text: str) -> Agency | None:
    korean = _KOREAN.match(text)
    if korean:
        return Agency(korean["agency"].strip(), parse_date(korean["date"]) if korean["date"] else None)
    if match := _JAPANESE.match(text):
        return Agency(match["agency"].strip()) if _AGENCIES.search(match["agency"]) else None
    if match := _CHINESE.match(text):
        return Agency(match["agency"].strip())
    match = _AGENCY.match(text)
    if not match:
        return None
    words = (match["date"] or "").strip(" ,")
    full = forms().search(words)
    if full:
        return Agency(match["agency"], day_of(full))
    if any(is_month(word) for word in words.split()):
        return Agency(match["agency"], None, words)
    return None if words else Agency(match["agency"])


def masthead(block: list[Line], title: str | None) -> str | None:
    """The outlet that stands alone on a line of the head, beside its date or its byline.

    Between a headline and the date such a line is a name when it is written as one and either a byline stands there
    too, or one of its words is one of outlets and offices (Times, Daily, Ministry, 新聞, 通讯社, 일보...). `title`
    is no outlet, save where it has such a word and a date below it, as a newsletter's has.
    """
    dated = [_is_date(line) for line in block]
    signed = [BYLINE.match(line.text) is not None for line in block]
    for at, line in enumerate(block[:8]):
        if match := _FROM.match(line.text):
            return match["name"].strip()
        if dated[at] and (beside := _beside_date(line)):
            return beside
        if dated[at] or signed[at] or BULLET.match(line.text):
            continue
        near = any(dated[i] for i in (at - 1, at + 1) if 0 <= i < len(block))
        below_byline = at > 0 and signed[at - 1]
        if not near and not below_byline:
            continue
        name = next((part.strip() for part in parts(line.text) if part.strip()), "")
        if not _like_name(name) or (is_furniture(name) and not _of_media(name)):
            continue
        if line.words == title or at == 0:
            if at == 0 and near and _of_media(name):
                return _written(name)
        elif _of_media(name) or any(signed):
            return _written(name)
    return None


def _is_date(line: Line) -> bool:
    return len(line.text) <= LINE / 2 and any(
        date_in(part) or after_name(part) or _beside_date(line) for part in parts(line.text)
    )


def _beside_date(line: Line) -> str | None:
    """An outlet's name on the line of a date: `2026-05-20 10:12   南亚经济通讯`, `来源：东方商报`."""
    if len(line.text) > LINE / 2 or forms().search(line.text) is None:
        return None
    pieces = [part.strip() for part in re.split(r"\t+|\s{2,}|\s*[|·•]\s*", line.text) if part.strip()]
    if len(pieces) < 2 or not any(date_in(part) for part in pieces):
        return None
    return next(
        (part for part in pieces if forms().search(part) is None and _like_name(part) and _of_media(part)), None
    )


def is_outlet(words: str) -> bool:
    """Whether a line is nothing but the name of an outlet or an office: one of the words that these have ends it, or
    is followed by what the office is for ("Ministry of ..."). Headlines may have such a word elsewhere."""
    if not _like_name(words):
        return False
    return any(_ENDS_NAME.match(words, found.end()) for found in _media().finditer(words))


def _like_name(words: str) -> bool:
    """Whether words are written as a name is: short, each with a capital, no stop and no figure."""
    if not 2 <= len(words) <= _LONGEST_NAME or _NO_NAME.search(words) or URL.match(words):
        return False
    if CJK.search(words):
        return len(words) <= 20
    listed = words.split()
    named = [w for w in listed if w.casefold() not in _SMALL]
    return len(named) > 0 and len(listed) <= 7 and all(_NAME_WORD.match(w) and w[0].isupper() for w in named)


@cache
def _media() -> re.Pattern[str]:
    words = lexicon("notices")["dateline"]["media"]
    spaced = "|".join(sorted((re.escape(w) for w in words if not CJK.search(w)), key=len, reverse=True))
    joined = "|".join(sorted((re.escape(w) for w in words if CJK.search(w)), key=len, reverse=True))
    return re.compile(rf"(?<![^\W_])(?:{spaced})(?![^\W_])|(?:{joined})(?:\Z|\s)", re.IGNORECASE)


def _of_media(words: str) -> bool:
    """Whether one of the words is one that outlets and offices have in their names."""
    return _media().search(words) is not None


def _written(name: str) -> str:
    """A name in capitals as it is written elsewhere."""
    return name.title() if name.isupper() and " " in name and not CJK.search(name) else name


def copyright_line(lines: list[Line]) -> tuple[str | None, int | None]:
    """Name and year of a copyright line of the foot."""
    for line in lines:
        match = _COPYRIGHT.match(line.text) if len(line.text) <= LINE else None
        if match:
            name = match["name"].strip(" .,-–|")
            for rights in labels().rights:
                if name.casefold().endswith(rights):
                    name = name[: -len(rights)].strip(" .,-–|")
            return (name if 1 < len(name) <= 50 and len(name.split()) <= 6 else None), int(match["year"])
    return None, None
