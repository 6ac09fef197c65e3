"""What a recogniser returns: a value, and exactly which words of the text carry it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from pledger.model import Span

__all__ = ["Found", "FoundAttribution"]

V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A value read from a text; `text[span.start:span.end] == words`, always."""

    span: Span
    value: V
    text: str


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """Who said what: spans of the source, the cue and the content, each None where the text has none.

    The cue holds its auxiliaries and negation ("did not say"), not the person told. Quotation marks and an introducing
    "that" lie inside the content, the closing stop outside. Contents are never nested; `contents` has all parts
    where the cue breaks the content in two, or where later quoted sentences continue it.
    """

    source: Span | None
    cue: Span | None
    content: Span | None
    contents: tuple[Span, ...] = ()
    anonymous: bool = False
    kind: str = "says"
    """`says`, `relays` (a document credits a report), `believes`, `intends`."""
    via: Span | None = None
    """Who relays this source: in "officials told Reuters" the source is "officials", via "Reuters"."""
    inner: tuple[Span, ...] = ()
    """What a source without contents says inside the content of the one that relays it."""
