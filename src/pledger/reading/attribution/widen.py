"""What belongs to a relation beside its cue: adverbs and places; what does not: the main clause behind."""

from __future__ import annotations

from pledger.reading.attribution.contents import Taken
from pledger.reading.attribution.extent import trim
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.words import C, Words

__all__ = ["leave_main_clause", "widen"]

_APART = group("sets", "apart")
_PLACES = group("sets", "deictic")


def widen(w: Words, cue: Cue, relation: Relation, low: int) -> None:
    """Takes in what stands between subject and verb: the adverb belongs to the cue ("later announced"), a place
    or "himself" to the source ("supporters here", "Mr. Lee himself").
    """
    if cue.shape == "inverted" or relation.cue[0] != cue.start:
        return
    source, start = relation.source, cue.start
    floor = low
    if source is not None and source[1] <= start:
        end = source[1]
        while end < start and (w.cls[end] & C.REFL or w.low[end] in _PLACES):
            end += 1
        relation.source = (source[0], end)
        floor = end
    floor = max([floor, *(b for _, b in relation.contents if b <= start)])
    k = start
    while k > floor and w.cls[k - 1] & C.ADV and not w.cls[k - 1] & C.NAME and w.low[k - 1] not in _APART:
        k -= 1
    if k < start and (k == low or not w.cls[k - 1] & (C.PREP | C.AUX)):
        relation.cue = (k, relation.cue[1])


def leave_main_clause(w: Words, cue: Cue, relation: Relation, cues: list[tuple[Cue, Taken | None]]) -> None:
    """Ends what is said in a relative clause before the verb whose subject has that clause: "Lawyers who say the law
    is unfair | plan to sue".
    """
    for other, taken in cues:
        inside = other.source is not None and other.source[0] < cue.start < other.source[1] and other.shape == "direct"
        if inside and taken is not None and other.start >= cue.end:
            cut = [(a, min(b, other.start)) for a, b in relation.contents if a < other.start]
            relation.contents = [part for a, b in cut if (part := trim(w, a, b))]
