"""The lines of a text's head and foot, and the words that label what stands on them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.documents.dateline.days import BYLINE, CJK, LINE, READING, after_name, date_in, forms

__all__ = [
    "BULLET",
    "SENTENCE_END",
    "URL",
    "Labels",
    "Line",
    "block",
    "head_and_foot",
    "is_furniture",
    "labels",
    "parts",
    "prose",
]

HEAD_LINES, FOOT_LINES = 14, 8
"""Lines that are looked at; only lines that are not empty count."""

_SEPARATOR = r"\s{0,3}[:：]?\s{0,3}"
URL = re.compile(r"https?://[^\s<>\"'、。]{3,1000}", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|·•‧∙●]\s*|\s+[-–—]\s+|\t+")
_PARTING = re.compile(r"[|·•‧∙●\t]|[-–—](?=\s)")
"""What each separator of `_PARTS` has: far quicker to look for."""
_CRUMB = re.compile(r"[|>»›]")
SENTENCE_END = re.compile(r"[.!。！．][\"'”’)\]」』]{0,2}\Z")
BULLET = re.compile(r"\s{0,8}(?:[•●▪◦‣∙·*■□◆►▶–—-]|\d{1,2}[.)])\s")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something."""

    start: int
    words: str
    """As it stands, trimmed."""
    text: str
    """With full-width letters and digits as plain ones, and each wide space as a tab."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The lexicon's words as patterns; every repetition in them is bounded."""

    published: re.Pattern[str]
    updated: re.Pattern[str]
    publisher: re.Pattern[str]
    title: re.Pattern[str]
    url: re.Pattern[str]
    furniture: frozenset[str]
    breadcrumb: re.Pattern[str]
    rights: tuple[str, ...]


def head_and_foot(text: str) -> tuple[list[Line], list[Line]]:
    """The first and the last lines that hold something; the foot shares no line with the head."""
    head: list[Line] = []
    at = 0
    while at < len(text) and len(head) < HEAD_LINES and at < 100_000:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at : min(end, at + LINE)].strip():
            head.append(_line(at, text[at : min(end, at + 4 * LINE)].strip()))
        at = end + 1
    foot: list[Line] = []
    end = len(text)
    while end > at and len(foot) < FOOT_LINES and len(text) - end < 100_000:
        start = text.rfind("\n", at, end) + 1
        start = start if start > 0 else at
        if text[start : min(end, start + LINE)].strip():
            foot.append(_line(start, text[start : min(end, start + 4 * LINE)].strip()))
        end = start - 1
    return head, foot[::-1]


def _line(start: int, words: str) -> Line:
    return Line(start, words, unicodedata.normalize("NFKC", words.replace("\u3000", "\t")).strip())


def parts(words: str) -> list[str]:
    """The pieces of a line between its bars, bullets, dashes and tabs; without empty ones."""
    return [part for part in _PARTS.split(words) if part] if _PARTING.search(words) else [words] if words else []


def prose(line: Line) -> bool:
    """Whether a line is part of the article itself: long, or a whole sentence."""
    if len(line.text) > LINE / 2:
        return True
    long = len(line.text.split()) >= 8 or len(CJK.findall(line.text)) >= 25
    return long and SENTENCE_END.search(line.text) is not None


def block(head: list[Line]) -> list[Line]:
    """The lines before the article itself, but for bullets: masthead, headline, byline, date."""
    out: list[Line] = []
    for line in head:
        if out and prose(line):
            break
        out.append(line)
    return out


def is_furniture(words: str) -> bool:
    """Whether a line is a label, a date, a byline or a link of the page, and no headline."""
    known = labels()
    plain = words.casefold().strip(" .:|>»›-")
    if plain in known.furniture or known.breadcrumb.match(words) or URL.match(words):
        return True
    if len(words) > LINE / 2:
        return False
    labelled = (known.published, known.updated, known.publisher, known.url)
    if any(label.match(words) and (":" in words or "：" in words or forms().search(words)) for label in labelled):
        return True
    pieces = parts(words)
    if any(date_in(part) or after_name(part) or READING.match(part) for part in pieces):
        return True
    if len(pieces) >= 3 and "|" in words and all(len(part.split()) <= 3 for part in pieces):
        return True  # links to sections
    first = _CRUMB.split(words, maxsplit=1)
    return bool(BYLINE.match(words)) or (len(first) > 1 and first[0].rstrip().casefold() in known.furniture)


@cache
def labels() -> Labels:
    """What may label a line."""
    words = lexicon("notices")["dateline"]

    def label(key: str, colon: str = _SEPARATOR) -> re.Pattern[str]:
        alternatives = "|".join(sorted(map(re.escape, words[key]), key=len, reverse=True))
        return re.compile(rf"[\[(【（]?\s{{0,2}}(?:{alternatives})(?![^\W\d_])[\])】）]?{colon}", re.IGNORECASE)

    needed = r"\s{0,3}[:：]\s{0,3}"
    home = "|".join(map(re.escape, words["home"]))
    return Labels(
        published=label("published"),
        updated=label("updated"),
        publisher=label("publisher", needed),
        title=label("title", needed),
        url=label("url", needed),
        furniture=frozenset(words["furniture"]),
        breadcrumb=re.compile(
            rf"(?P<name>[^|>»›:.\n]{{2,40}}?)[ -]{{1,3}}(?:{home})\s{{0,2}}(?:[|>»›/]|\Z)", re.IGNORECASE
        ),
        rights=tuple(words["rights"]),
    )
