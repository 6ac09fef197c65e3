"""Plain text: the words exactly as they stand, and what their head and foot say of them."""

from __future__ import annotations

from pledger.documents.dateline import dateline
from pledger.documents.parsed import Parsed

__all__ = ["parse"]


def parse(text: str) -> Parsed:
    """A plain text: nothing stripped and no line end touched, so that offsets fit the file that a person opens."""
    found = dateline(text)
    return Parsed(text, found.title, found.publisher, found.url, found.reported_on)
