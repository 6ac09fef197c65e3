"""What the readers of sources beside a sentence share: lists of words, phrases that can speak, attributions made."""

from __future__ import annotations

from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.sources import is_anonymous, names_somebody
from pledger.reading.attribution.words import C, Words
from pledger.reading.found import FoundAttribution

__all__ = ["listed", "made", "phrase", "span_of", "speakers", "speaks"]


@cache
def listed(name: str) -> frozenset[str]:
    """A list of `attribution_asides.toml`."""
    return frozenset(lexicon("attribution_asides")[name])


@cache
def speakers() -> frozenset[str]:
    """Words for people, bodies and papers that can speak."""
    return frozenset().union(*(group("speakers", name) for name in ("people", "groups", "documents", "anonymous")))


def span_of(w: Words, start: int, stop: int) -> Span:
    """The characters of the words from `start` up to `stop`."""
    return Span(w.start[start], w.end[stop - 1])


def phrase(w: Words, at: int, high: int) -> tuple[int, int] | None:
    """The noun phrase from `at`, where somebody who can speak may be named."""
    if at >= high:
        return None
    stop = min(noun_right(w, at, high), high)
    for k in range(at + 1, stop - 1):  # "costed by the ministry AT $3bn"
        if w.low[k] in ("at", "in", "on", "for") and not w.low[k + 1][:1].isalpha():
            stop = k
            break
    return (at, stop) if stop > at and speaks(w, at, stop) else None


def speaks(w: Words, start: int, stop: int) -> bool:
    """Whether the phrase holds a name, or a word for people, papers or bodies."""
    if not names_somebody(w, (start, stop)):
        return w.low[start] in ("some", "others", "many")
    if any(w.cls[j] & C.TIME for j in range(start, stop)) or w.low[start].isdigit():
        return False
    if any(w.cls[j] & C.NAME and w.text[w.start[j]].isupper() for j in range(max(start, 1), stop)):
        return True
    return any(w.low[j] in speakers() or w.cls[j] & C.PERSON for j in range(start, stop))


def made(
    w: Words, part: tuple[int, int], cue: Span, via: Span | None = None, inner: tuple[Span, ...] = ()
) -> FoundAttribution:
    """A source without contents, for the chain only."""
    return FoundAttribution(span_of(w, *part), cue, None, (), is_anonymous(w, part), "says", via, inner)
