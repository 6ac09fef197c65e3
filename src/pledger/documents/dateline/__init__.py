"""What a plain text says of itself at its head and foot: title, publisher, address, day of publication.

Conservative on purpose: a date inside running prose is an event, not the day of publication, and no date is better
than a wrong one, since everything said relative to it ("by spring") would move with it. Words are in
`data/lexicon/notices.toml`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pledger.documents.dateline.days import CJK, LINE, after_name, before_name, begun, date_in, parse_date
from pledger.documents.dateline.labels import (
    BULLET,
    SENTENCE_END,
    URL,
    Line,
    block,
    head_and_foot,
    is_furniture,
    labels,
    parts,
    prose,
)
from pledger.documents.dateline.outlets import (
    agency,
    breadcrumb,
    copyright_line,
    is_outlet,
    labelled,
    masthead,
    published_by,
)
from pledger.documents.parsed import one_line, web_address

__all__ = ["Dateline", "dateline", "parse_date"]

TITLE = 180
"""Longest title in characters; the longest headlines of the press are near 150."""

_NEXT_LABEL = re.compile(r"\s(?=[^\W\d_][^\s:：]{0,15}[:：](?!\d))")
_FIGURES = re.compile(r"20[0-9]{2}(?P<mark>[-./])[01]?[0-9](?P=mark)[0-3]?[0-9]\.?(?:\s|$)")
"""A day in figures only, as machines write it: behind a label it is one even where the article goes on in the line."""
_MARKS = re.compile(r"[*_#]")
_MARKUP = re.compile(r"\A(?:#{1,6}\s{1,4}|[*_]{2})|[*_]{2}\Z|\s{1,4}#{1,6}\Z")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What was found; None where the text does not say."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    reported_on: dt.date | None = None


def dateline(text: str) -> Dateline:
    """Title, publisher, address and day of publication, as far as the head and the foot of `text` state them."""
    head, foot = head_and_foot(text)
    both, top = head + foot, block(head)
    title = labelled(head, labels().title) or _title(head)
    by = published_by(both)
    publisher = (by and by[0]) or labelled(both, labels().publisher) or breadcrumb(head)
    wire = agency(head)
    day = (by and by[2]) or _labelled_date(both) or _lone_date(head) or (wire and wire.day)
    owner, year = copyright_line(both)
    if wire and not day and wire.words and year:
        day = parse_date(f"{wire.words}, {year}")
    return Dateline(
        title=one_line(title),
        publisher=one_line(publisher or (wire and wire.name) or masthead(top, title) or owner),
        url=(by and by[1]) or _address(both),
        reported_on=day or None,
    )


def _labelled_date(lines: list[Line]) -> dt.date | None:
    """The date after a label such as "Published:"; a publication before an update."""
    for label in (labels().published, labels().updated):
        for line in lines:
            if len(line.text) > LINE:
                continue
            for part in parts(line.text):
                match = label.match(part)
                words = _NEXT_LABEL.split(part[match.end() :], maxsplit=1)[0] if match else ""
                date = date_in(words) or (begun(words) if not prose(line) or _FIGURES.match(words) else None)
                if date:
                    return date
    return None


def _lone_date(lines: list[Line]) -> dt.date | None:
    """A date that stands on a line of its own, beside nothing but a time, a byline or a publisher's name."""
    for line in lines:
        if len(line.text) > LINE / 2 or BULLET.match(line.text):
            continue
        pieces = parts(line.text)
        if any(len(piece) > 60 for piece in pieces):
            continue
        for part in pieces:
            found = date_in(part) or after_name(part) or before_name(part)
            if found:
                return found
    return None


def _address(lines: list[Line]) -> str | None:
    """A labelled address, or one that fills a line."""
    for line in lines:
        label = labels().url.match(line.text)
        rest = line.text[label.end() :] if label else line.text
        match = URL.match(rest.strip(" <>()"))
        if match and len(rest.strip(" <>().")) <= len(match[0]):
            return web_address(match[0].rstrip(".,;)"))
    return None


def _title(lines: list[Line]) -> str | None:
    """The first line like a headline, if it comes before the first paragraph (a summary in bullets may come before
    it); the name of an outlet or of an office only where no headline follows."""
    name = None
    for line in lines:
        words = _MARKUP.sub("", line.words).strip() if _MARKS.search(line.words) else line.words
        if BULLET.match(line.words) or is_furniture(words):
            continue
        if len(words) > TITLE or SENTENCE_END.search(words):
            break
        if len(words.split()) >= 3 or len(CJK.findall(words)) >= 6:
            if not is_outlet(words):
                return words
            name = name or words
    return name
