"""Contents of unusual shape: parted by their attribution, behind an adjunct, in a clause that leads to the main one."""

from __future__ import annotations

from dataclasses import replace

from pledger.reading.attribution.clauses import event_at, has_finite
from pledger.reading.attribution.contents import Taken
from pledger.reading.attribution.extent import clause_end, trim
from pledger.reading.attribution.phrases import noun_left
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.words import C, Words

__all__ = ["as_saying", "behind_adjunct", "headless", "main_clause", "parted", "subordinate"]


_BEFORE_HEAD = C.PUNCT | C.PREP | C.AUX | C.CONJ | C.BUT | C.TO | C.SUB | C.WH


def parted(w: Words, relation: Relation, begin: int, after: int, low: int, high: int) -> Relation | None:
    """A noun that the attribution parts from its verb: "a man they say is the leader"."""
    verb = C.BE | C.HAVE | C.MODAL | (C.VBZ | C.VBD if w.low[begin - 1] in ("that", "which", "who") else 0)
    if after >= high or not w.cls[after] & verb or not w.cls[begin] & (C.SUBJ | C.DET | C.NAME):
        return None
    if begin - 1 > low and w.low[begin - 1] in ("that", "which", "who"):
        head = begin - 1
        while head - 1 >= low and not w.cls[head - 1] & _BEFORE_HEAD and begin - head < 12:
            if w.cls[head - 1] & C.VERB and (head - 1 == low or not w.cls[head - 2] & (C.DET | C.POSS)):
                break
            head -= 1
        if head is not None:
            stop = _second_verb(w, after, high)
            part = trim(w, after, stop)
            return replace(relation, contents=[(head, begin), part]) if part else None
    start = noun_left(w, begin - 1, low) if begin > low and not w.cls[begin - 1] & (C.PUNCT | C.WH | C.SUB) else None
    if start is None or w.cls[begin - 1] & (C.PREP | C.AUX | C.CONJ):
        return None
    part = trim(w, after, _second_verb(w, after, high))
    return replace(relation, contents=[(start, begin), part]) if part else None


def _second_verb(w: Words, after: int, high: int) -> int:
    """Where the clause ends whose verb stands at `after`: at a mark, or at the next verb of its own."""
    stop = next((k for k in range(after + 1, high) if w.cls[k] & C.AUX and not w.cls[k - 1] & (C.AUX | C.TO)), high)
    return next((k for k in range(after + 1, stop) if w.low[k] in (",", ";", ".")), stop)


def behind_adjunct(w: Words, cue: Cue, relation: Relation, high: int, stops: dict[int, Cue]) -> Relation | None:
    """A clause that opens with its own adjunct: "says despite the offer, it will not sell"."""
    k = cue.after
    opens = k < high and w.cls[k] & C.PREP and not event_at(w, k + 1, high) and not w.cls[min(k + 1, high - 1)] & C.TIME
    if not opens or "clause" not in cue.verb.frames or w.low[k] in ("of", "to", "about", "at", "on", "by"):
        return None
    comma = next((j for j in range(k, min(high, k + 25)) if w.low[j] == ","), k)
    if not has_finite(w, comma, high):
        return None
    end = clause_end(w, comma + 1, high, {j: c for j, c in stops.items() if j > comma + 1}, "clause", w.cls[cue.start])
    part = trim(w, k, end)
    return replace(relation, contents=[part]) if part else None


def headless(w: Words, comma: int, floor: int, quote: int) -> bool:
    """Whether a noun phrase before the comma is the subject of the quoted fragment: 'The plan, he said, "is dead."'."""
    if quote + 1 >= len(w.low) or not w.text[w.start[quote + 1]].islower():
        return False
    start = next((k + 1 for k in range(comma - 1, floor - 1, -1) if w.low[k] in (",", ";", ":", "—", "--")), floor)
    while start < comma and w.cls[start] & (C.CONJ | C.BUT) and not w.cls[start] & C.NAME:
        start += 1
    if start >= comma:
        return False
    opens = (
        w.cls[start] & (C.PREP | C.SUB | C.ADV | C.VBG | C.TIME | C.WH | C.TO | C.QUOTE) and not w.cls[start] & C.NAME
    )
    return not opens and not has_finite(w, start, comma)


_OPENING = frozenset(
    ["as", "after", "before", "since", "until", "when", "while", "because", "if", "although", "though", "time"]
)


def subordinate(w: Words, low: int, at: int) -> bool:
    """Whether the cue at `at` stands in a clause that only leads to the main one: "When asked if he knew, ..."."""
    opens = next((k for k in range(low, min(at, low + 5)) if w.low[k] in _OPENING), -1)
    if at <= low or not (w.cls[low] & (C.SUB | C.WH) or w.low[low] == "asked" or opens >= 0):
        return False
    return not any(w.low[k] == "," for k in range(low, at))


def main_clause(w: Words, start: int, end: int) -> int:
    """The comma behind which the main clause begins that a subordinate one leads in, or `end`."""
    for k in range(start + 1, end - 1):
        if (
            w.low[k] == ","
            and not w.quoted[k]
            and not w.cls[k + 1] & (C.PREP | C.CONJ | C.WH | C.VBG | C.PUNCT | C.VBN)
        ):
            if has_finite(w, start, k) or not has_finite(w, start, end):
                near = next((j for j in range(k + 1, end) if w.low[j] in (",", ";")), end)
                if has_finite(w, k + 1, near):
                    return k
            elif has_finite(w, k + 1, end) and w.cls[k + 1] & (C.SUBJ | C.DET | C.NAME):
                return k
    return end


def as_saying(w: Words, cue: Cue, taken: Taken, high: int) -> int:
    """Where "as saying" stands behind somebody whom the subject quotes or cites, or 0."""
    if cue.verb.lemma not in ("quote", "cite") or taken.start < 0:
        return 0
    for k in range(taken.start + 1, min(high - 1, taken.start + 20)):
        if w.low[k] == "as" and w.low[k + 1] == "saying":
            return k
        if w.cls[k] & C.PUNCT:
            return 0
    return 0
