"""Who said so: documents, chains of attribution, origins, and the day of an answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import groupby

from pledger.model import Attribution, Document
from pledger.views.days import say_date
from pledger.views.wording.values import say_kind

__all__ = [
    "chain",
    "say_chain",
    "say_document",
    "say_moment",
    "say_notice",
    "say_origin",
]

_NOTICES = {
    "ai-generated": "says it is AI-generated",
    "sponsored": "sponsored content",
    "correction": "carries a correction",
}
_UNNAMED = re.compile(r"unnamed publisher [0-9a-f]{8}: (“.+”)")


def say_document(document: Document) -> str:
    """Who published a document: its publisher, else the host of its address, else its path's last part."""
    if document.publisher:
        return document.publisher
    if document.url:
        host = document.url.partition("://")[2].partition("/")[0]
        if host:
            return host.removeprefix("www.")
    return document.path.replace("\\", "/").rpartition("/")[2] or "unnamed document"


def chain(document: Document, attribution: Sequence[Attribution]) -> tuple[str, ...]:
    """Who said so, outermost first: the outlet, whom it relays, and so on to the innermost source."""
    links = [say_document(document)]
    for link in attribution:
        words = link.source.lower()
        known = not link.anonymous or "unnamed" in words or "anonym" in words
        links.append(link.source if known else f"{link.source} (unnamed)")
    return tuple(links)


def say_chain(document: Document, attribution: Sequence[Attribution], arrow: str = " <- ") -> str:
    """The chain in one line: `Daily Example <- Reuters <- two officials (unnamed)`; who cites itself stands once."""
    return arrow.join(name for name, _ in groupby(chain(document, attribution)))


def say_origin(name: str) -> str:
    """An origin's name; an outlet that its article does not name goes by the article: `unnamed outlet of “Title”`."""
    found = _UNNAMED.fullmatch(name)
    return f"unnamed outlet of {found[1]}" if found else name


def say_moment(as_of: dt.date | None, known_on: dt.date | None) -> str:
    """As of when an answer is given: `as reported by 31 December 2025`; nothing where it is given by all there is."""
    told = [f"reported by {say_date(as_of)}"] if as_of else []
    told += [f"read by {say_date(known_on)}"] if known_on else []
    return f"as {' and '.join(told)}" if told else ""


def say_notice(notice: str) -> str:
    """A document's notice as a remark: `says it is AI-generated`."""
    return _NOTICES.get(notice, say_kind(notice.replace("-", "_")))
