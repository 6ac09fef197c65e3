"""What a plain text says of itself at its head and foot: title, publisher, address, day of publication.

Conservative on purpose: a date inside running prose is an event, not the day of publication, and no date is better
than a wrong one, since everything said relative to it ("by spring") would move with it. Words are in
`data/lexicon/notices.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.documents.parsed import one_line, web_address

__all__ = ["Dateline", "dateline", "parse_date"]

HEAD_LINES, FOOT_LINES = 14, 8
"""Lines that are looked at; only lines that are not empty count."""
LINE = 240
"""Longest line, in characters, that can be a label, a dateline or furniture; longer ones are prose."""
TITLE = 180
"""Longest title in characters; the longest headlines of the press are near 150."""
FIRST_YEAR, LAST_YEAR = 1990, 2099
"""Years that a report can be from: outside them the digits are something else."""


@dataclass(frozen=True, slots=True)
class Dateline:
    """What was found; None where the text does not say."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    reported_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


@dataclass(frozen=True, slots=True)
class _Forms:
    """The lexicon's words as patterns; every repetition in them is bounded."""

    date: re.Pattern[str]
    months: dict[str, int]
    published: re.Pattern[str]
    updated: re.Pattern[str]
    publisher: re.Pattern[str]
    title: re.Pattern[str]
    url: re.Pattern[str]
    beside: frozenset[str]
    furniture: frozenset[str]
    breadcrumb: re.Pattern[str]
    rights: tuple[str, ...]


_TIME = re.compile(
    r"\b\d{1,2}(?:[:.時点시h]\s?\d{2}(?:[:.分분]\d{0,2})?|\s?[ap]\.?m\b\.?)[분分]?(?:\s?[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_READING = re.compile(
    r"\b\d{1,3}[ -]?(?:min(?:ute)?s?|minuten|分)\.?(?:[ -]?(?:read|lesezeit|で読める))?", re.IGNORECASE
)
_WORD = re.compile(r"[^\s,;:.()\[\]<>=/（）【】「」、。：・-]{1,40}")
_URL = re.compile(r"https?://[^\s<>\"'、。]{3,1000}", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|·•‧∙●]\s*|\s+[-–—]\s+|\t+")
_NEXT_LABEL = re.compile(r"\s(?=[^\W\d_][^\s:：]{0,15}[:：](?!\d))")
_BYLINE = re.compile(r"(?:by|von|文|記者|기자)\b.{0,80}\Z|.{1,30}(?:記者|기자|特派員|특파원)\Z", re.IGNORECASE)
_AGENCY = re.compile(
    r"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’./-]{1,30}(?:[ ,]{1,2}[A-ZÀ-Þa-z][\w'’./-]{1,30}){0,4}?),?\s{1,2}"
    r"(?P<date>[^()\n]{4,24}?)\s{0,2}\((?P<agency>[A-Z][\w .&'’-]{1,40})\)\s{0,2}(?:[-–—]{1,2}|:)\s"
)
_KOREAN = re.compile(
    r"[(\[](?P<place>[가-힣]{1,12})=(?P<agency>[가-힣A-Za-z0-9 ]{2,20})[)\]].{0,40}?=\s{0,3}"
    r"(?P<date>\d{4}\.\s?\d{1,2}\.\s?\d{1,2})?"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:©|\(c\))?\s{0,2}(?P<year>(?:19|20)\d\d)(?:\s?[-–]\s?(?:19|20)\d\d)?[\s,]{1,3}"
    r"(?P<name>[^\W\d_][^|©\n]{1,60})\Z",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\s{0,2},)?\s{1,3}(?:by|von|durch|in)\s{1,3}(?P<name>[^\n]{2,120}?)\s{0,2}(?:[,;(<]{0,2}\s{0,2}(?P<url>https?://\S{3,1000}))?\s{0,2}\Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!。！．][\"'”’)\]」』]{0,2}\Z")
_BULLET = re.compile(r"\s{0,8}(?:[•●▪◦‣∙·*■□◆►▶–—-]|\d{1,2}[.)])\s")
_MARKUP = re.compile(r"\A(?:#{1,6}\s{1,4}|[*_]{2})|[*_]{2}\Z|\s{1,4}#{1,6}\Z")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_SEPARATOR = r"\s{0,3}[:：]?\s{0,3}"


def dateline(text: str) -> Dateline:
    """Title, publisher, address and day of publication, as far as the head and the foot of `text` state them."""
    head, foot = _lines(text)
    title = _labelled_words(head, _forms().title) or _title(head)
    by = _published_by(head + foot)
    publisher = (by and by[0]) or _labelled_words(head + foot, _forms().publisher) or _breadcrumb(head)
    agency = _agency(head)
    day = (by and by[2]) or _labelled_date(head + foot) or _lone_date(head) or (agency and agency[1])
    if agency and not day and agency[2]:
        year = _copyright(head + foot)[1]
        day = parse_date(f"{agency[2]}, {year}") if year else None
    return Dateline(
        title=one_line(title),
        publisher=one_line(publisher or (agency and agency[0]) or _copyright(head + foot)[0]),
        url=(by and by[1]) or _address(head + foot),
        reported_on=day or None,
    )


def parse_date(words: str) -> dt.date | None:
    """The day that `words` begin with, in any form that the press uses; None where they are no whole date.

    Knows `2026-01-27` (and with time), `2026/1/27`, `2026.01.27.`, `20260127`, `January 27, 2026`, `27 Jan 2026`,
    `27. Januar 2026`, `27.01.2026`, `2026年1月27日`, `2026년 1월 27일`. Of `01/02/2026` nobody knows which is the
    month: None, unless one is above 12.
    """
    words = words.strip()[:LINE]
    match = _forms().date.match(words)
    return _day(match) if match else _date_in(words)


def _lines(text: str) -> tuple[list[_Line], list[_Line]]:
    """The first and the last lines that hold something; the foot shares no line with the head."""
    head: list[_Line] = []
    at = 0
    while at < len(text) and len(head) < HEAD_LINES and at < 100_000:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at : min(end, at + LINE)].strip():
            head.append(_Line(at, text[at : min(end, at + 4 * LINE)].strip()))
        at = end + 1
    foot: list[_Line] = []
    end = len(text)
    while end > at and len(foot) < FOOT_LINES and len(text) - end < 100_000:
        start = text.rfind("\n", at, end) + 1
        start = start if start > 0 else at
        if text[start : min(end, start + LINE)].strip():
            foot.append(_Line(start, text[start : min(end, start + 4 * LINE)].strip()))
        end = start - 1
    return head, foot[::-1]


def _day(match: re.Match[str]) -> dt.date | None:
    groups = {key: value for key, value in match.groupdict().items() if value is not None}
    kind = next(key[0] for key in groups if key.endswith("y"))
    year, second, third = groups[f"{kind}y"], groups[f"{kind}m"], groups[f"{kind}d"]
    month = int(second) if second.isdigit() else _forms().months.get(second.casefold().rstrip("."), 0)
    day = int(third)
    if kind == "s":  # 27/01/2026 or 01/27/2026: only where one of them cannot be a month
        if (month > 12) == (day > 12):
            return None
        month, day = (day, month) if month > 12 else (month, day)
    try:
        found = dt.date(int(year), month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _labelled_date(lines: list[_Line]) -> dt.date | None:
    """The date after a label such as "Published:"; a publication before an update."""
    for label in (_forms().published, _forms().updated):
        for line in lines:
            if len(line.text) > LINE:
                continue
            for part in _PARTS.split(line.text):
                match = label.match(part)
                date = match and _date_in(_NEXT_LABEL.split(part[match.end() :], maxsplit=1)[0])
                if date:
                    return date
    return None


def _lone_date(lines: list[_Line]) -> dt.date | None:
    """A date that stands on a line of its own, beside nothing but a time, a byline or a publisher's name."""
    for line in lines:
        if len(line.text) > LINE / 2 or _BULLET.match(line.text):
            continue
        parts = [part for part in _PARTS.split(line.text) if part]
        if any(len(part) > 60 for part in parts):
            continue
        for part in parts:
            found = _date_in(part) or _after_name(part)
            if found:
                return found
    return None


def _after_name(part: str) -> dt.date | None:
    """`Tokyo, 27 January 2026` and `By A. Writer, January 27, 2026`: a short name, a comma, a date, nothing else."""
    for comma in re.finditer(r",\s", part[:60]):
        name, rest = part[: comma.start()], part[comma.end() :]
        if len(name.split()) <= 4 and not any(c.isdigit() for c in name) and (name[:1].isupper() or _CJK.match(name)):
            found = _date_in(rest)
            if found:
                return found
    return None


def _date_in(words: str) -> dt.date | None:
    """The date in `words` where nothing else of substance stands in them."""
    for match in _forms().date.finditer(words[:LINE]):
        found = _day(match)
        if found is None:
            continue
        rest = f"{words[: match.start()]} {words[match.end() :]}"
        rest = _READING.sub(" ", _TIME.sub(" ", rest))
        if _BYLINE.match(rest.strip(" ,;")):
            return found
        if all(w.casefold().strip("'’") in _forms().beside for w in _WORD.findall(rest)):
            return found
    return None


def _published_by(lines: list[_Line]) -> tuple[str, str | None, dt.date | None] | None:
    """`Published 27 January 2026 by Acme Times, https://...`: publisher, address, day."""
    for line in lines:
        label = _forms().published.match(line.text)
        if not label or len(line.text) > 2 * LINE:
            continue
        match = _forms().date.match(line.text, label.end())
        by = match and _BY.match(line.text, match.end())
        if match and by:
            name = by["name"].strip(" ,;(<.")
            if name and len(name) <= 80:
                return name, web_address((by["url"] or "").rstrip(".,;)>")), _day(match)
    return None


def _labelled_words(lines: list[_Line], label: re.Pattern[str]) -> str | None:
    for line in lines:
        match = label.match(line.text) if len(line.text) <= LINE else None
        if match and line.text[match.end() :].strip():
            return line.text[match.end() :].strip()
    return None


def _address(lines: list[_Line]) -> str | None:
    """A labelled address, or one that fills a line."""
    for line in lines:
        label = _forms().url.match(line.text)
        rest = line.text[label.end() :] if label else line.text
        match = _URL.match(rest.strip(" <>()"))
        if match and len(rest.strip(" <>().")) <= len(match[0]):
            return web_address(match[0].rstrip(".,;)"))
    return None


def _breadcrumb(lines: list[_Line]) -> str | None:
    """`Acme Home|WORLD News` and `Acme Home > World`: the name before the link to the front page."""
    for line in lines[:3]:
        match = _forms().breadcrumb.match(line.text)
        if match:
            return match["name"].strip()
    return None


def _agency(lines: list[_Line]) -> tuple[str, dt.date | None, str | None] | None:
    """`TOKYO, Jan 27 (Reuters) -`: the agency, the day where the year is given, and the words of a day without one."""
    for line in lines:
        korean = _KOREAN.match(line.text)
        if korean:
            return korean["agency"].strip(), parse_date(korean["date"]) if korean["date"] else None, None
        match = _AGENCY.match(line.text)
        if not match:
            continue
        words = match["date"].strip(" ,")
        full = _forms().date.fullmatch(words)
        if full:
            return match["agency"], _day(full), None
        if any(w.casefold().rstrip(".") in _forms().months for w in words.split()):
            return match["agency"], None, words
    return None


def _copyright(lines: list[_Line]) -> tuple[str | None, int | None]:
    """Name and year of a copyright line of the foot."""
    for line in lines:
        match = _COPYRIGHT.match(line.text) if len(line.text) <= LINE else None
        if match:
            name = match["name"].strip(" .,-–|")
            for rights in _forms().rights:
                if name.casefold().endswith(rights):
                    name = name[: -len(rights)].strip(" .,-–|")
            return (name if 1 < len(name) <= 50 and len(name.split()) <= 6 else None), int(match["year"])
    return None, None


def _title(lines: list[_Line]) -> str | None:
    """The first line like a headline, if it comes before the first paragraph (a summary in bullets may come before
    it)."""
    for line in lines:
        words = _MARKUP.sub("", line.text).strip()
        if _BULLET.match(line.text) or _is_furniture(words):
            continue
        if len(words) > TITLE or _SENTENCE_END.search(words):
            return None
        if len(words.split()) >= 3 or len(_CJK.findall(words)) >= 6:
            return words
    return None


def _is_furniture(words: str) -> bool:
    forms = _forms()
    plain = words.casefold().strip(" .:|>»›-")
    if plain in forms.furniture or forms.breadcrumb.match(words) or _URL.match(words):
        return True
    if len(words) > LINE / 2:
        return False
    labels = (forms.published, forms.updated, forms.publisher, forms.url)
    if any(label.match(words) and (":" in words or "：" in words or forms.date.search(words)) for label in labels):
        return True
    parts = [part for part in _PARTS.split(words) if part]
    if any(_date_in(part) or _after_name(part) or _READING.match(part) for part in parts):
        return True
    pieces = re.split(r"\s*[|>»›]\s*", words)
    return bool(_BYLINE.match(words)) or (len(pieces) > 1 and pieces[0].casefold() in forms.furniture)


@cache
def _forms() -> _Forms:
    words = lexicon("notices")["dateline"]
    months = {name: int(number) for number, names in words["months"].items() for name in names}
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    date = re.compile(
        rf"(?<![\d.])(?:(?P<iy>\d{{4}})-(?P<im>\d{{1,2}})-(?P<id>\d{{1,2}})(?!\d)(?:T\d\d:?\d\d(?::?\d\d(?:\.\d{{1,9}})?)?(?:Z|[+-]\d\d:?\d\d)?)?"
        rf"|(?P<py>\d{{4}})(?P<ps>[./])\s?(?P<pm>\d{{1,2}})(?P=ps)\s?(?P<pd>\d{{1,2}})(?!\d)\.?"
        rf"|(?P<cy>\d{{4}})\s?[年년]\s?(?P<cm>\d{{1,2}})\s?[月월]\s?(?P<cd>\d{{1,2}})\s?[日일号號]"
        rf"|(?P<am>{month})\.?\s{{1,2}}(?P<ad>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<ay>\d{{4}})(?!\d)"
        rf"|(?P<ed>\d{{1,2}})(?:st|nd|rd|th|\.)?\s{{0,2}}(?P<em>{month})\.?,?\s{{1,2}}(?P<ey>\d{{4}})(?!\d)"
        rf"|(?P<gd>\d{{1,2}})\.\s?(?P<gm>\d{{1,2}})\.\s?(?P<gy>\d{{4}})(?!\d)"
        rf"|(?P<sm>\d{{1,2}})/(?P<sd>\d{{1,2}})/(?P<sy>\d{{4}})(?!\d)"
        rf"|(?P<ny>(?:19|20)\d\d)(?P<nm>[01]\d)(?P<nd>[0-3]\d)(?!\d))",
        re.IGNORECASE,
    )

    def label(key: str, colon: str = _SEPARATOR) -> re.Pattern[str]:
        alternatives = "|".join(sorted(map(re.escape, words[key]), key=len, reverse=True))
        return re.compile(rf"[\[(【（]?\s{{0,2}}(?:{alternatives})(?![^\W\d_])[\])】）]?{colon}", re.IGNORECASE)

    needed = r"\s{0,3}[:：]\s{0,3}"
    home = "|".join(map(re.escape, words["home"]))
    return _Forms(
        date=date,
        months=months,
        published=label("published"),
        updated=label("updated"),
        publisher=label("publisher", needed),
        title=label("title", needed),
        url=label("url", needed),
        beside=frozenset(words["beside"]),
        furniture=frozenset(words["furniture"]),
        breadcrumb=re.compile(
            rf"(?P<name>[^|>»›:.\n]{{2,40}}?)[ -]{{1,3}}(?:{home})\s{{0,2}}(?:[|>»›/]|\Z)", re.IGNORECASE
        ),
        rights=tuple(words["rights"]),
    )
