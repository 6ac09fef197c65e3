"""Passive attributions: "was criticized by X", "is expected to", "was told that", "first reported by X"."""

from __future__ import annotations

from pledger.reading.attribution.clauses import speaker
from pledger.reading.attribution.extent import clause_end, left_start, trim
from pledger.reading.attribution.phrases import noun_left
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["passive", "reduced"]

Range = tuple[int, int]


def passive(w: Words, cue: Cue, low: int, high: int, stops: dict[int, Cue]) -> Relation | None:
    """ "The plan was criticized by X", "is seen by X as", "is expected to", "it was reported that"."""

    kind = (
        cue.verb.kind("object")
        if cue.source is None
        else "relays"
        if cue.verb.lemma in ("report", "cite")
        else cue.verb.kind("small")
    )
    relation = Relation((cue.start, cue.end), cue.source, kind=kind)
    subject, _ = subject_left(w, cue.start, low)
    dummy = w.low[cue.start - 1] == "it" if cue.start > low else False
    k = cue.after
    tail: Range | None = None
    heard = cue.source is None and "person" in cue.verb.frames
    if k < high and (w.low[k] in ("as", "that", "to", "of", "for", "about", "whether") or w.cls[k] & C.TO or heard):
        relative = subject is not None and w.low[subject[1] - 1] in ("who", "which")
        tail = trim(w, k, clause_end(w, k, high, stops, "clause", relative=relative))
    if dummy:
        subject = None
        if tail is None or w.low[k] not in ("that", "to"):
            return None
        if w.low[k] == "to":
            subject = (cue.start - 1, cue.start)
    told = "person" in cue.verb.frames and tail is not None
    if subject is not None:
        subject = (_list_start(w, *subject, low), subject[1])
    if subject is not None and not told:
        relation.contents.append(subject)
    if tail is not None:
        relation.contents.append(tail)
    if cue.source is None and w.low[k] == "that" and not dummy and not heard:
        return None
    return relation if relation.contents else None


def _list_start(w: Words, begin: int, end: int, low: int) -> int:
    """Where a list begins whose last member is `begin..end`: "steel, copper and zinc are expected"."""
    joined = any(w.cls[k] & C.CONJ for k in range(begin, end)) or (begin > low and w.cls[begin - 1] & C.CONJ)
    if begin - 1 <= low or not joined or not (w.low[begin - 1] == "," or w.cls[begin - 1] & C.CONJ):
        return begin
    k = begin
    while k > low and (
        w.low[k - 1] == "," or not w.cls[k - 1] & (C.PUNCT | C.PREP | C.VERB | C.AUX | C.SUB | C.TO | C.WH)
    ):
        k -= 1
    return k if w.low[k] != "," and (k == low or w.low[k - 1] in (":", ";", "•", "that")) else begin


def reduced(w: Words, cue: Cue, low: int) -> Relation | None:
    """ "This development, first reported by X, ..."."""

    k = cue.start - 1
    if k > low and w.low[k] == "as" and speaker(w, cue.source):  # "..., as first reported by X"
        part = trim(w, left_start(w, k, low, low), k)
        return Relation((cue.start, cue.end), cue.source, [part], "relays", around=True) if part else None
    if k >= low and w.low[k] == ",":
        k -= 1
    if k < low or w.cls[k] & C.PUNCT:
        return None
    start = noun_left(w, k, low)
    if start is None or not speaker(w, cue.source):
        return None
    kind = "relays" if cue.verb.lemma in ("report", "cite", "quote", "reveal", "disclose") else "says"
    return Relation((cue.start, cue.end), cue.source, [(start, k + 1)], kind)
