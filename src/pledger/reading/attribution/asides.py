"""Sources that a sentence names beside what it says: "costed by X at $3bn", "a deal that Y, which cites Z, ...".

They are found for the chain only and have no content of their own; `inner` holds the amount that they put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pledger.model import Span
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.sources import is_anonymous, names_somebody
from pledger.reading.attribution.words import C, Words
from pledger.reading.found import FoundAttribution

__all__ = ["asides"]

_BY = frozenset(
    ["costed", "priced", "valued", "put", "estimated", "reckoned", "pegged", "reported", "described", "quoted", "assessed",
     "calculated", "projected", "forecast", "confirmed", "denied", "disputed", "announced", "made", "quantified", "cited"]
)  # fmt: skip
_CITES = frozenset(["cites", "cited", "quotes", "quoted", "credits", "credited", "citing", "quoting", "references"])
_REFERS = frozenset(["referring", "pointing", "refers", "referred"])
_PASSED_ON = frozenset(["published", "carried", "reposted", "aired", "posted", "reprinted", "syndicated", "republished", "broadcast"])
_COPY = frozenset(["summary", "account", "translation", "version", "repost", "digest", "reprint", "rewrite", "recap"])
_PIECE = frozenset(["report", "reports", "article", "story", "interview", "broadcast", "dispatch", "piece", "item", "scoop"])
_PUTS = frozenset(
    ["costed", "priced", "put", "puts", "pegged", "pegs", "valued", "values", "reckons", "reckoned", "counts", "expects",
     "foresees", "forecasts", "projects", "projected", "estimated", "sees"]
)  # fmt: skip
_REJECTS = frozenset(["termed", "called", "dismissed", "denied", "rejected", "disputed", "rebutted", "terms", "calls", "dismisses", "denies", "rejects"])
_STARTS = _BY | _CITES | _REFERS | _COPY | _PUTS | _REJECTS | _PASSED_ON


def asides(w: Words, found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """The sources beside those `found` in the sentence; none of them twice."""
    if _STARTS.isdisjoint(w.low):
        return
    taken = [one.source for one in found if one.source is not None]
    for one in _read(w, found):
        if one.source is not None and not any(one.source.overlaps(t) for t in taken):
            taken.append(one.source)
            yield one


def _read(w: Words, found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    high = len(w.low)
    for k, word in enumerate(w.low):
        if word in _BY:
            yield from _passive(w, k, high)
        if word in _CITES and k and w.low[k - 1] in ("which", "turn", "itself", "also"):
            yield from _cited(w, k + 1, k, found, high)
        elif word in _REFERS and k + 1 < high and w.low[k + 1] == "to":
            yield from _cited(w, k + 2, k, found, high)
        elif word in ("quotes", "quoted") and k:
            yield from _cited(w, k + 1, k, found, high)
        elif word in _COPY and k + 2 < high and w.low[k + 1] == "of":
            yield from _copied(w, k, found, high)
        elif word in _PUTS:
            yield from _puts(w, k, high)
        if word in _REJECTS and k + 2 < high and w.low[k + 1] in ("reports", "rumours", "rumors"):
            stop = next((j for j in range(k + 2, min(high, k + 14)) if w.low[j][:1] in "“\"‘,;."), min(high, k + 2))
            yield FoundAttribution(_span(w, k + 1, stop), _span(w, k, k + 1), None, (), True)


def _span(w: Words, start: int, stop: int) -> Span:
    return Span(w.start[start], w.end[stop - 1])


def _phrase(w: Words, at: int, high: int) -> tuple[int, int] | None:
    """The noun phrase from `at`, where somebody who can speak may be named."""
    if at >= high:
        return None
    stop = min(noun_right(w, at, high), high)
    return (at, stop) if stop > at and _speaks(w, at, stop) else None


def _speaks(w: Words, start: int, stop: int) -> bool:
    """Whether the phrase holds a name, or a word for people, papers or bodies."""
    if not names_somebody(w, (start, stop)):
        return w.low[start] in ("some", "others", "many")
    if any(w.cls[j] & C.TIME for j in range(start, stop)) or w.low[start].isdigit():
        return False
    if any(w.cls[j] & C.NAME and w.text[w.start[j]].isupper() for j in range(max(start, 1), stop)):
        return True
    return any(w.low[j] in _speakers() for j in range(start, stop))


@cache
def _speakers() -> frozenset[str]:
    return frozenset().union(*(group("speakers", name) for name in ("people", "groups", "documents", "anonymous")))


def _made(w: Words, part: tuple[int, int], cue: Span, via: Span | None = None, inner: tuple[Span, ...] = ()) -> FoundAttribution:
    return FoundAttribution(_span(w, *part), cue, None, (), is_anonymous(w, part), "says", via, inner)


def _passive(w: Words, k: int, high: int) -> Iterator[FoundAttribution]:
    """ "costed by X at ...", "put at $5bn by X", "reported as approved by some and as a list by Y"."""
    for j in range(k + 1, min(high, k + 16)):
        if w.low[j] in (";", ".", ",") or (w.low[j] in _BY and j > k + 1 and w.low[j] != "reported" and w.low[j - 1] != "as"):
            return
        if w.low[j] != "by" or (w.low[k] in ("made", "put", "announced") and not _claimed(w, k, j)):
            continue
        part = _phrase(w, j + 1, high)
        if part is not None:
            yield _made(w, part, _span(w, j, j + 1), None, ())
            if w.low[k] != "reported":
                return


def _claimed(w: Words, k: int, by: int) -> bool:
    """Whether what was "made" is a claim, and what was "put" is a figure."""
    if w.low[k] == "made":
        return any(word in ("claim", "claims", "statement", "assertion", "point", "promise", "allegation") for word in w.low[max(0, k - 5) : k])
    return any(any(c.isdigit() for c in word) for word in w.low[k:by])


def _cited(w: Words, at: int, cue: int, found: Sequence[FoundAttribution], high: int) -> Iterator[FoundAttribution]:
    """Whom a report cites: "the agency X, which in turn cites a filing"."""
    part = _phrase(w, at, high)
    if part is None:
        return
    if w.low[at] == "one" or any(w.text[w.start[j]].isupper() for j in range(*part)) or w.low[at] in ("a", "an", "two", "three", "several"):
        via = _before(w, cue)
        if via is None and found:
            via = max((o.source for o in found if o.source and o.source.start < w.start[at]), default=None, key=lambda s: s.start)
        if via is not None:
            yield _made(w, part, _span(w, cue, cue + 1), via)


def _before(w: Words, cue: int) -> Span | None:
    """The name before ", which (in turn) cites" or "quotes"."""
    end = cue
    while end and w.low[end - 1] in ("turn", "in", "itself", "also", "which", ","):
        end -= 1
    start = end
    while start and (w.cls[start - 1] & (C.NAME | C.DET) or w.text[w.start[start - 1]].isupper() or w.low[start - 1] in _speakers()):
        start -= 1
    return _span(w, start, end) if start < end and _speaks(w, start, end) else None


def _copied(w: Words, k: int, found: Sequence[FoundAttribution], high: int) -> Iterator[FoundAttribution]:
    """ "in a summary of an X report": X speaks through who sums it up."""
    start = k + 2
    if start < high and w.low[start] in ("a", "an", "the"):
        start += 1
    stop = start
    while stop < high and stop - start < 6 and w.text[w.start[stop]].isupper():
        stop += 1
    if stop > start and stop < high and w.low[stop] in _PIECE:
        via = next((o.source for o in found if o.source is not None), None)
        yield _made(w, (start, stop), _span(w, k, k + 2), via)


def _puts(w: Words, k: int, high: int) -> Iterator[FoundAttribution]:
    """ "A 2019 study priced the port at C$554 million": a figure behind, the subject at the head of the sentence."""
    start = next((j for j in range(k - 1, max(-1, k - 14), -1) if j < 0 or w.low[j] in (";", ":", ",", "while", "but", "“", '"')), -1) + 1
    stop = k
    while stop > start and w.low[stop - 1] in ("has", "had", "have", "now", "still", "also", "once"):
        stop -= 1
    if stop <= start or stop - start > 10 or (start and w.low[start - 1] == ","):
        return
    behind = " ".join(w.low[k + 1 : k + 12])
    if w.low[k] == "counts" and not behind.startswith("on "):
        return
    figure = re.search(r"\d", behind)
    priced = w.low[k] in ("costed", "priced") and " at" in f" {behind}"
    if not (figure or priced) or not _subject(w, start, stop):
        return
    yield _made(w, (start, stop), _span(w, k, k + 1), None, ())


def _subject(w: Words, start: int, stop: int) -> bool:
    """Whether the words before the verb are one phrase for somebody who reckons."""
    if w.low[start] in ("it", "he", "she", "they", "which", "that", "who", "to", "and", "in", "on", "for", "by", "of", "at"):
        return False
    role = any(w.low[j] in _speakers() for j in range(start, stop))
    return role or all(w.text[w.start[j]].isupper() or w.low[j] in ("the", "of", "and", "&") for j in range(start, stop))
