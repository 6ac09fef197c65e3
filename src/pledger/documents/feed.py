"""RSS and Atom by feedparser: every item is a document of its own, with an id made from its own content."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from pledger.documents import html
from pledger.documents.dateline import parse_date
from pledger.documents.language import language_code
from pledger.documents.parsed import Parsed, one_line, quiet, unexpected, web_address, without_broken_characters
from pledger.model import Problem

__all__ = ["looks_like_feed", "parse"]

MOST_ITEMS = 5_000
"""Items of one feed; publishers keep some fifty, archives a few thousand."""
LONGEST = 8_000_000
"""Characters of a feed; five thousand items with their whole text have about so many."""
DEEPEST = 200
"""Elements inside one another; feeds have some ten, and feedparser walks up through all of them at every step."""
MEND = "Open it in a feed reader or a browser to see whether it is whole, and save it again."

_FEED = re.compile(r"<(?:[a-z]{1,9}:)?(?:rss|feed|RDF)[\s>]")
_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)


def looks_like_feed(text: str) -> bool:
    """Whether a text of any file name is in fact an RSS or Atom feed."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and not html.looks_like_html(head[:300]) and bool(_FEED.search(head))


def parse(text: str, where: str) -> tuple[list[tuple[int, Parsed]], list[Problem]]:
    """The items of a feed with their numbers, counted from 1, and what could not be read of it.

    XML entities are not expanded: a feed that defines its own is refused, since a few lines of them can grow to
    gigabytes.
    """
    if _ENTITIES.search(text):
        mend = "Ask its publisher for a plain feed, or remove the lines with <!ENTITY and <!DOCTYPE."
        return [], [
            Problem("Feed refused", where, "it defines XML entities of its own, which are used for attacks", mend)
        ]
    if len(text) > LONGEST or html.too_deep(text, DEEPEST):
        why = f"it has more than {LONGEST:,} characters, or more than {DEEPEST} elements inside one another"
        return [], [Problem("Feed too large", where, why, "Split it into several files.")]
    try:
        return _parse(text, where)
    except Exception as error:  # feeds are hostile input; whatever their parser raises becomes a Problem that names it
        return [], [unexpected("Feed not readable", where, error, MEND)]


def _parse(text: str, where: str) -> tuple[list[tuple[int, Parsed]], list[Problem]]:
    import feedparser

    with quiet("feedparser", "chardet", "charset_normalizer"):
        declared = re.sub(r"\A\s{0,99}<\?xml[^>]{0,300}\?>", "", text)
        found = feedparser.parse(
            io.BytesIO(declared.encode("utf-8", "replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
        )
    problems: list[Problem] = []
    if found.get("bozo") and not found.entries:
        why = one_line(str(found.get("bozo_exception"))) or "it is not well-formed"
        return [], [Problem("Feed not readable", where, f"its XML is broken: {why[:200]}", MEND)]
    if not found.entries:
        return [], [
            Problem(
                "Feed without items",
                where,
                "it has no items to read",
                "Leave it out, or save it again when it has items.",
            )
        ]
    if len(found.entries) > MOST_ITEMS:
        why = f"it has {len(found.entries):,} items; the first {MOST_ITEMS:,} were read"
        problems.append(Problem("Feed too long", where, why, "Split it into several files."))
    channel = found.get("feed", {})
    items: list[tuple[int, Parsed]] = []
    for number, entry in enumerate(found.entries[:MOST_ITEMS], 1):
        item = _item(entry, channel)
        if item is None:
            mend = "Open its link in a browser and save the article."
            problems.append(
                Problem("Item without words", f"{where}#{number}", "it has neither a text nor a title", mend)
            )
        else:
            items.append((number, item))
    return items, problems


def _item(entry: Any, channel: Any) -> Parsed | None:
    contents = [str(part.get("value") or "") for part in entry.get("content") or [] if isinstance(part, dict)]
    contents.append(str(entry.get("summary") or ""))
    text = max((html.plain(part) for part in contents), key=len, default="")
    title = one_line(html.plain(str(entry.get("title") or "")))
    text = without_broken_characters(text) or title or ""
    if not any(c.isalnum() for c in text):
        return None
    day = next(
        (d for key in ("published_parsed", "created_parsed", "updated_parsed") if (d := _day(entry.get(key)))), None
    )
    url = web_address(entry.get("link"))
    own = "\x1f".join((str(entry.get("id") or ""), url or "", title or "", day.isoformat() if day else "", text))
    language = language_code(channel.get("language")) or language_code(
        (entry.get("title_detail") or {}).get("language")
    )
    return Parsed(text, title, _publisher(entry, channel), url, day, language, own_bytes=own.encode("utf-8", "replace"))


def _publisher(entry: Any, channel: Any) -> str | None:
    """The outlet that an aggregator names for the item, else the channel's publisher, else its title."""
    source = entry.get("source")
    named = source.get("title") if isinstance(source, dict) else source
    for words in (
        named,
        entry.get("dc_source"),
        entry.get("publisher"),
        channel.get("publisher"),
        channel.get("title"),
    ):
        if name := one_line(html.plain(str(words))) if words else None:
            return name
    return None


def _day(moment: Any) -> dt.date | None:
    """The day of feedparser's time tuple (in UTC)."""
    return parse_date("-".join(str(part) for part in moment[:3])) if moment else None
