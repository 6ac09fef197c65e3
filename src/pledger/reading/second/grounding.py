"""Where in a text the words of a proposal stand: exactly, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.model import EntityKind, Mention, Span
from pledger.reading.context import Context
from pledger.reading.names import normal_name
from pledger.reading.second.answer import About, Item
from pledger.reading.second.readings import same_subject
from pledger.reading.second.records import Reason

__all__ = ["place_of", "subjects_of"]

_MOST_PLACES = 50
"""Places of the words for a subject that are looked at, nearest to the window's start first."""


def place_of(text: str, window: Span, item: Item) -> Span | Reason:
    """Where the quote of an item stands in `text`, of which the model saw `window`; or why that cannot be told.

    A place is named by `start`, by `sentence`, or by both, which then agree; else the quote stands in the window once.
    """
    quote, around = item.quote, window
    if not quote.strip():
        return Reason.SHAPE
    if item.sentence is not None:
        wider = _once(text, window, item.sentence)
        if isinstance(wider, Reason):
            return wider
        around = wider
    if item.start is None:
        return _once(text, around, quote)
    span = _at(text, window, item.start, quote)
    if span is None or not around.covers(span):
        return Reason.PLACE if _places(text, window, quote, 1) else Reason.QUOTE
    return span


def subjects_of(ctx: Context, window: Span, about: About) -> list[tuple[Span, Mention]] | Reason:
    """The mentions, all of one thing, that the words for a subject stand for, in order; or why there are none.

    Words that stand in the window several times must mean the same thing each time they mean one.
    """
    if not about.quote.strip():
        return Reason.SUBJECT
    if about.start is not None:
        at = _at(ctx.text, window, about.start, about.quote)
        places = [at] if at is not None else []
    else:
        places = _places(ctx.text, window, about.quote, _MOST_PLACES)
    found = [thing for place in places for thing in _mentions(ctx, place)]
    if not found:
        return Reason.SUBJECT
    if any(not same_subject(found[0][1], mention) for _, mention in found):
        return Reason.AMBIGUOUS
    return found


def _mentions(ctx: Context, place: Span) -> Sequence[tuple[Span, Mention]]:
    """The mentions that words stand for: exactly these words, else all of them, else an organisation's name."""
    things = [(span, m) for span, m in (*ctx.things.touching(place), *ctx.backs.touching(place)) if _one(span, place)]
    exact = [thing for thing in things if thing[0] == place]
    if things:
        return exact or things
    return [
        (span, Mention(EntityKind.ORGANISATION, name.text, span, key=normal_name(name.text), aliases=name.aliases))
        for span, name in ctx.names.touching(place)
        if name.kind is EntityKind.ORGANISATION and _one(span, place)
    ]


def _one(span: Span, other: Span) -> bool:
    """Whether one of two spans lies in the other."""
    return span.covers(other) or other.covers(span)


def _at(text: str, window: Span, start: int, words: str) -> Span | None:
    """The words at a place that is counted from the window's start."""
    if not 0 <= start <= window.end - window.start - len(words):
        return None
    span = Span(window.start + start, window.start + start + len(words))
    return span if span.of(text) == words else None


def _once(text: str, around: Span, words: str) -> Span | Reason:
    found = _places(text, around, words, 2)
    if len(found) == 1:
        return found[0]
    return Reason.AMBIGUOUS if found else Reason.QUOTE


def _places(text: str, around: Span, words: str, most: int) -> list[Span]:
    """Where words stand in a stretch of text, at most so many places, which may overlap."""
    found: list[Span] = []
    at = text.find(words, around.start, around.end) if words else -1
    while at >= 0 and len(found) < most:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1, around.end)
    return found
