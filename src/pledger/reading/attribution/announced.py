"""Quotations that a colon announces behind a verb that says nothing by itself: 'Mr. Lee was blunter: "It failed."'."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite, speaker, verb_group
from pledger.reading.attribution.frames import chain
from pledger.reading.attribution.relation import Relation
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["announced"]

_SHORT = 3
"""Words behind the verb that still belong to the cue: "was blunter", "had this to say"."""


def announced(w: Words, found: list[Relation], low: int) -> list[Relation]:
    """Whole quotations behind a colon that no cue has taken, with the subject of their sentence as source."""
    more = []
    for a, b in w.regions:
        if a - 2 <= low or b - a < 5 or w.low[a - 1] != ":" or not w.text[w.start[a + 1]].isupper():
            continue
        if any(x < b and a < y for r in found for x, y in (*r.contents, r.cue)):
            continue
        if (relation := _by_subject(w, a, b, low)) is not None:
            more.append(relation)
    return more


def _by_subject(w: Words, a: int, b: int, low: int) -> Relation | None:
    for k in range(low + 1, a - 1):
        if w.cls[k] & (C.VERB | C.AUX) and not w.quoted[k] and finite(w, k):
            break
    else:
        return None
    while k + 1 < a - 1 and w.cls[k] & C.AUX and w.cls[k + 1] & (C.VERB | C.AUX):
        k += 1
    start, _, _ = verb_group(w, k, low, chain())
    source, _ = subject_left(w, start, low)
    if source is None or not speaker(w, source) or w.low[source[0]] in ("it", "this", "that", "there"):
        return None
    end = a - 1 if a - 1 - (k + 1) <= _SHORT else k + 1
    return Relation((start, end), source, [(a, b)])
