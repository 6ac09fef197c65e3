"""Markdown and text with a YAML front matter: `---`, keys, `---`, and below it the article as it stands."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

from pledger.documents.dateline import dateline, parse_date
from pledger.documents.language import language_code
from pledger.documents.parsed import Parsed, one_line, web_address
from pledger.model import Problem

__all__ = ["has_front_matter", "parse"]

LONGEST = 16_384
"""Characters of a front matter: ten lines are usual; YAML takes time that grows with what it is given."""
DEEPEST = 20
"""Brackets that may be open at once: YAML parsers recurse."""
DATE_KEYS = ("reported_on", "date", "published")
LANGUAGE_KEYS = ("language", "lang")

_OPENING = re.compile(r"---[ \t]{0,20}\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]{0,20}(?:\r?\n|\Z)", re.MULTILINE)
_KEY = re.compile(r"^[A-Za-z_][\w-]{0,40}[ \t]{0,8}:(?:[ \t]|\r?$)", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]{1,8}(?=[^\s#])([^\n]{1,600})$", re.MULTILINE)


def has_front_matter(text: str) -> bool:
    """Whether `text` opens with a front matter, and not merely with a ruled line."""
    opening = _OPENING.match(text)
    closing = opening and _CLOSING.search(text, opening.end(), opening.end() + LONGEST)
    if not opening or not closing:
        return False
    return closing.start() == opening.end() or bool(_KEY.search(text, opening.end(), closing.start()))


def parse(text: str, where: str) -> tuple[Parsed, Problem | None]:
    """The article below the front matter, exactly as it stands there, with what the front matter says of it.

    Keys: title, publisher, url, reported_on (or date, published), language (or lang); others are left alone. A front
    matter that is no valid YAML is a Problem, and the article is read without it.
    """
    if not has_front_matter(text):
        found = dateline(text)
        heading = _HEADING.search(text[:LONGEST])
        title = one_line(heading[1].rstrip("# \r")) if heading else found.title
        return Parsed(text, title, found.publisher, found.url, found.reported_on), None
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end()) if opening else None
    if opening is None or closing is None:  # has_front_matter has seen both
        return Parsed(text), None
    body = text[closing.end() :]
    facts, why = _facts(text[opening.end() : closing.start()])
    problem = None
    if why:
        mend = (
            "Mend the lines between the two `---`: one `key: value` a line; put values with a colon in quotation marks."
        )
        problem = Problem("Front matter not understood", where, why, mend)
    found = dateline(body)
    heading = _HEADING.search(body[:LONGEST])
    title = _words(facts.get("title")) or (one_line(heading[1].rstrip("# \r")) if heading else found.title)
    stated = next((facts[key] for key in DATE_KEYS if facts.get(key) is not None), None)
    day = _day(stated)
    if stated is not None and day is None and problem is None:
        mend = "Write the date as year-month-day, such as 2026-01-27."
        problem = Problem(
            "Date not understood", where, f"its front matter gives the date as {str(stated)[:60]!r}", mend
        )
    language = next((code for key in LANGUAGE_KEYS if (code := language_code(_words(facts.get(key))))), None)
    return Parsed(
        body,
        title,
        _words(facts.get("publisher")) or found.publisher,
        web_address(facts.get("url")) or found.url,
        day or (found.reported_on if stated is None else None),
        language,
    ), problem


def _facts(words: str) -> tuple[dict[str, Any], str | None]:
    """The keys and values of a front matter, and why it could not be read."""
    if max(words.count(c) for c in "[{") > DEEPEST or "\t" in words[:1]:
        return {}, "it nests lists and tables; it should have plain keys and values"
    try:
        facts = yaml.safe_load(words.replace("\r\n", "\n"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" in its line {mark.line + 2}" if mark else ""
        return {}, f"it is not valid YAML{place}: {one_line(getattr(error, 'problem', None)) or 'cannot be parsed'}"
    except (ValueError, TypeError, OverflowError, RecursionError, KeyError, AttributeError) as error:
        return (
            {},
            f"it holds a value that cannot exist: {one_line(str(error)) or type(error).__name__}",
        )  # the 31st of February
    if facts is None:
        return {}, None
    if not isinstance(facts, dict):
        return {}, "it is not a list of keys and values"
    return {str(key).strip().lower(): value for key, value in facts.items()}, None


def _words(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    if value == 0 and not isinstance(value, str):
        return None
    return one_line(str(value))


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    return parse_date(str(value)) if isinstance(value, str | int) else None
