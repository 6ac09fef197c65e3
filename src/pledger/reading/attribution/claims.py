"""Nouns that attribute: "the claim that", "his vow to", 'issued a statement: "..."'."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite, speaker, verb_group
from pledger.reading.attribution.extent import clause_end, trim
from pledger.reading.attribution.frames import Noun, chain, group, nouns
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.phrases import noun_left
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["noun_relations"]

Range = tuple[int, int]

_LIGHT = group("sets", "light")


def noun_relations(w: Words, low: int, high: int, stops: dict[int, Cue]) -> list[Relation]:
    """ "the claim that ...", "his vow to ...", "Mr. Lee's criticism of ..."."""
    known = nouns()
    found: list[Relation] = []
    for i in [k for k, word in enumerate(w.low) if word in known]:
        noun = known[w.low[i]]
        if not low <= i < high - 2 or w.quoted[i] or (w.cls[i] & C.NAME and i > low):
            continue
        relation = _noun(w, i, noun, low, high, stops)
        if relation is not None:
            found.append(relation)
    return found


def _noun(w: Words, i: int, noun: Noun, low: int, high: int, stops: dict[int, Cue]) -> Relation | None:
    cls, words = w.cls, w.low
    source, begin = _possessor(w, i, low), i
    if source is None:
        source, begin = _light_subject(w, i, low)
    k = i + 1
    if words[k] == ":" and cls[k + 1] & C.OPEN and source is not None and begin < i:  # 'issued a statement: "..."'
        end = next((b for a, b in w.regions if a == k + 1), 0)
        return Relation((begin, i + 1), source, [(k + 1, end)], "says") if end else None
    if words[k] in ("by", "from") and k + 1 < high:
        stop = noun_right(w, k + 1, high)
        if speaker(w, (k + 1, stop)):
            source = source or (k + 1, stop)
            k = stop
    if source is not None and k + 2 < high and words[k] in ("is", "was", "remains") and words[k + 1] == "that":
        k += 1  # "Her critics' response is that ..."
        if begin == i and any(frame == "that" for frame, _ in noun.frames) and _full_clause(w, k + 1, high):
            part = trim(w, k, clause_end(w, k, high, stops, "clause"))
            return Relation((begin, i + 1), source, [part], noun.frames[0][1]) if part else None
        return None
    if k < high and words[k] in ("in", "among", "on", "at") and (that := _that_behind(w, k, high)):
        k = that  # "a growing belief in Albany that"
    if k >= high - 1:
        return None
    for frame, kind in noun.frames:
        if not _fills(w, k, frame, high) or (frame != "that" and source is None and not noun.bare):
            continue
        if frame != "that" and source and not speaker(w, source) and words[source[0]] not in ("his", "her", "their"):
            continue
        end = clause_end(w, k, high, stops, "clause" if frame == "that" else "object")
        end = (
            min(end, _predicate(w, k, end, 2 if frame == "that" else 1))
            if source is None or cls[i - 1] & C.POSS or i - 3 < low or source[1] == i
            else end
        )
        content = trim(w, k, end)
        if content is not None and content[1] - content[0] > 1:
            return Relation((begin, i + 1), source, [content], kind)
    return None


def _that_behind(w: Words, k: int, high: int) -> int:
    """Where "that" stands behind a place or those who hold the view, or 0: "a feeling among traders that"."""
    for j in range(k + 2, min(high, k + 8)):
        if w.low[j] == "that" and not w.cls[j - 1] & (C.DET | C.PREP | C.VERB):
            return j
        if w.cls[j] & (C.PUNCT | C.VERB | C.AUX | C.TO):
            return 0
    return 0


def _fills(w: Words, k: int, frame: str, high: int) -> bool:
    """Whether the words at `k` begin what the frame of a noun asks for."""
    after = w.cls[k + 1]
    if frame == "that":
        relative = after & (C.VERB | C.AUX | C.ADV) and not after & (C.DET | C.NAME)
        return w.low[k] == "that" and not relative and _full_clause(w, k + 1, high)
    if frame == "infinitive":
        return bool(w.cls[k] & C.TO) and bool(after & (C.VB | C.BE | C.HAVE | C.DO) or not after & (C.DET | C.NAME))
    return w.low[k] == frame and not after & C.PUNCT


_SUBORDINATE = frozenset(["if", "that", "who", "which", "because", "unless", "when", "while", "whether", "what"])


def _predicate(w: Words, k: int, end: int, number: int) -> int:
    """Where the main verb of a sentence begins whose subject is the noun: "his claim that X did | was false"."""
    seen = 0
    for j in range(k + 1, end):
        if j > k + 1 and w.low[j] in _SUBORDINATE:
            number += 1
        if (
            w.cls[j] & (C.VERB | C.AUX)
            and (finite(w, j) or _finite_behind(w, j))
            and not w.cls[j - 1]
            & (C.AUX | C.CONJ | C.WH | (C.SUBJ if (seen or number == 1) and not w.cls[j - 2] & C.PREP else 0))
        ):
            seen += 1
            if seen == number:
                return j
    return end


def _finite_behind(w: Words, j: int) -> bool:
    """Whether the verb at `j` is finite behind a plural ("of claims | rests on"), an adverb or a particle
    ("that mills would go under | drew laughter").
    """
    bits, before = w.cls[j], w.cls[j - 1]
    if bits & C.VBZ:
        plural = w.low[j - 1].endswith("s") and not w.low[j - 1].endswith("ss")
        return plural or bool(before & (C.ADV | C.NEG))
    return bool(bits & C.VBD and not bits & C.VBN and before & C.PREP and w.cls[j - 2] & C.VERB)


def _full_clause(w: Words, a: int, high: int) -> bool:
    """Whether after "that" a whole clause follows, and not the rest of a relative clause ("the claim that he made")."""
    for k in range(a, min(high, a + 20)):
        if (w.cls[k] & (C.VERB | C.AUX) and finite(w, k)) or w.cls[k] & C.VBD:
            return k + 1 < high and not (w.low[k + 1] in (".", ",") and w.cls[a] & C.SUBJ)
    return False


def _possessor(w: Words, i: int, low: int) -> Range | None:
    """Whose claim it is: "Mr. Lee's claim", "her latest claim"."""
    k = i - 1
    while (
        k > low
        and i - k < 4
        and (
            not w.cls[k] & (C.POSS | C.DET | C.PUNCT | C.PREP | C.VERB | C.AUX)
            or (w.cls[k] & C.VBN and w.cls[k - 1] & C.POSS)
        )
    ):
        k -= 1
    if k < low:
        return None
    if w.cls[k] & C.POSS:
        start = noun_left(w, k - 1, low)
        return (start, k) if start is not None and start < k else None
    if w.low[k] in ("his", "her", "their"):
        return (k, k + 1)
    return None


def _light_subject(w: Words, i: int, low: int) -> tuple[Range | None, int]:
    """The subject of the verb that a noun completes, and where its group begins: "X raised questions about"."""
    k = i - 1
    while k > low and i - k < 5 and not w.cls[k] & (C.VERB | C.AUX | C.PUNCT):
        k -= 1
    if k <= low or w.low[k] not in _LIGHT:
        return None, i
    start, _, _ = verb_group(w, k, low, chain())
    source, _ = subject_left(w, start, low)
    if source is not None and w.low[source[0]] in ("there", "it"):
        return None, i
    return (source, start) if speaker(w, source) else (None, i)
