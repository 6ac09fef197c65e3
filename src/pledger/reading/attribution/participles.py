"""Cues without a subject of their own: participles ("..., saying that") and verbs that share an earlier subject."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite, speaker, verb_group
from pledger.reading.attribution.frames import Verb, chain, group
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.phrases import noun_left
from pledger.reading.attribution.relation import Cue
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["main_subject", "participle"]

Range = tuple[int, int]

_LIGHT = group("sets", "light")
_LEADS = group("sets", "leads")
_ISSUES = group("sets", "issues")


def main_subject(w: Words, at: int, low: int, earlier: list[Cue]) -> tuple[Range | None, bool]:
    """The subject that a coordinated or participial verb at `at` shares: that of the last cue before it, else of
    the sentence's first finite verb; and whether a verb of the same clause carries it.
    """
    tops = [
        cue
        for n, cue in enumerate(earlier)
        if cue.source is not None and cue.end <= at and cue.shape != "passive" and _top(w, cue, n)
    ]
    if tops:
        return tops[-1].source, True
    first: Range | None = None
    if at - 2 > low and w.low[at - 1] == "," and w.cls[at - 2] & C.VBD and w.low[at - 3] == ",":
        source, _ = subject_left(w, at - 2, low)  # "Mr. Lee, the governor, dissented, arguing"
        if speaker(w, source):
            return source, True
    for k in range(low, min(at, low + 60)):
        if w.cls[k] & (C.VERB | C.AUX) and not w.quoted[k] and finite(w, k):
            start, _, _ = verb_group(w, k, low, chain())
            source, _ = subject_left(w, start, low)
            if source is not None and (first is None or speaker(w, source)):
                if speaker(w, source):
                    return source, True
                first = source
    return first, first is not None


def _top(w: Words, cue: Cue, position: int) -> bool:
    """Whether a cue begins its own main clause instead of standing inside what an earlier one says."""
    if position == 0 or cue.shape in ("shared", "inverted", "participle"):
        return True
    begin = min(cue.start, cue.source[0]) if cue.source else cue.start
    before = begin - 1
    while before > 0 and w.cls[before] & C.ADV:
        before -= 1
    return bool(
        before < 0
        or w.cls[before] & (C.CONJ | C.BUT | C.CLOSE)
        or w.low[before] in (",", ";", "while", "although", "though", "as", ".", "—", "because")
    )


def participle(w: Words, i: int, verb: Verb, start: int, end: int, low: int, earlier: list[Cue]) -> Cue | None:
    """ "..., saying that": the subject is that of the clause; "a letter saying that": the noun before it."""
    before, word = (w.cls[i - 1], w.low[i - 1]) if i > low else (C.PUNCT, ",")
    k = i - 1
    while k > low and w.cls[k] & C.ADV:
        k -= 1
    if k >= low and (
        w.low[k] in (",", "—", "–", "--", ")") or w.cls[k] & C.CLOSE or w.low[k] in _LEADS or _second(w, k, earlier)
    ):
        source, _ = main_subject(w, i, low, earlier)
        if k == low and source is None and (comma := _opening_comma(w, i)):  # "Without admitting guilt, Mr. Lee agreed"
            stop = noun_right(w, comma + 1, len(w.low))
            source = (comma + 1, stop) if stop > comma + 1 and speaker(w, (comma + 1, stop)) else None
        if source is None and w.low[k] == "," and (begin := noun_left(w, k - 1, low)) is not None:
            source = (begin, k) if speaker(w, (begin, k)) else None  # "The chairman, calling it a mistake, left"
        return Cue(verb, i, start, end, source, "participle", end) if source is not None else None
    if i == low and (comma := _opening_comma(w, i)):
        stop = noun_right(w, comma + 1, len(w.low))  # "Calling it a mistake, the chairman left"
        source = (comma + 1, stop) if stop > comma + 1 and speaker(w, (comma + 1, stop)) else None
        return Cue(verb, i, start, end, source, "participle", end) if source is not None else None
    if (before & C.PUNCT and word != ",") or before & (C.DET | C.PREP | C.POSS | C.AUX):
        return None
    issued = (
        _issued(w, i, low)
        if not w.cls[min(end, len(w.low) - 1)] & C.OBJ and verb.frames & {"clause", "object", "result", "small"}
        else 0
    )
    if issued:
        start, _, _ = verb_group(w, issued, low, chain())
        source, _ = subject_left(w, start, low)
        if speaker(w, source):
            return Cue(verb, i, i, end, source, "participle", end)
    if before & (C.PAPER | C.PERSON) and "clause" in verb.frames:
        if any(w.low[j] in _LIGHT for j in range(max(low, i - 4), i)):  # "issued a statement saying"
            source, _ = main_subject(w, i, low, earlier)
            return Cue(verb, i, start, end, source, "participle", end) if source is not None else None
        source, _ = subject_left(w, i, low)
        return Cue(verb, i, start, end, source, "participle", end) if source is not None else None
    if "clause" in verb.frames and end < len(w.low) and w.low[end] == "that":
        source, _ = main_subject(w, i, low, earlier)
        return Cue(verb, i, start, end, source, "participle", end) if source is not None else None
    return None


def _opening_comma(w: Words, i: int) -> int:
    return next((j for j in range(i + 2, min(len(w.low), i + 40)) if _ends_opening(w, j)), 0)


def _ends_opening(w: Words, j: int) -> bool:
    """Whether the comma at `j`, or inside the quotation that ends at `j`, ends an opening participle."""
    closed = bool(w.cls[j] & C.CLOSE) and w.low[j - 1] == ","
    return (closed or (w.low[j] == "," and not w.quoted[j])) and j + 1 < len(w.low)


def _issued(w: Words, i: int, low: int) -> int:
    """The verb by which somebody put out the document that the participle at `i` describes, or 0: "released a fact
    sheet on Tuesday detailing". Who issued it is the source, the participle the cue.
    """
    paper = False
    for k in range(i - 1, max(low, i - 14), -1):
        bits = w.cls[k]
        if bits & C.PUNCT or bits & (C.SUBJ | C.SUB | C.WH):
            return 0
        paper = paper or bool(bits & C.PAPER)
        if w.low[k] in _ISSUES:
            by = k + 1 < i and w.low[k + 1] == "by"
            return k if paper and not by and not w.cls[k - 1] & (C.DET | C.PREP | C.BE) else 0
    return 0


def _second(w: Words, k: int, earlier: list[Cue]) -> bool:
    """Whether the conjunction at `k` adds a participle to one that attributes: "saying A and adding B"."""
    if not w.cls[k] & C.CONJ or k == 0:
        return False
    return w.low[k - 1] == "," or (bool(earlier) and earlier[-1].shape == "participle")
