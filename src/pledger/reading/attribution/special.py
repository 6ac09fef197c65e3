"""Frames that hold for few words only, and what tells a clause from a noun phrase behind a cue."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.relation import Cue
from pledger.reading.attribution.words import C, Words

__all__ = ["as_follows", "clause_at", "special"]

_ADJUNCT = group("sets", "adjunct")


def special(w: Words, cue: Cue, frames: frozenset[str], q: int, high: int) -> str:
    """The frame of verbs that attribute with few objects: "puts it at $3 billion", "sees little hope"."""
    if "figure" in frames:
        for k in range(q + 1, min(high - 1, q + 16)):
            if w.low[k] in ("at", "between") and any(
                w.cls[j] & (C.NUM | C.ADV) for j in range(k + 1, min(high, k + 6))
            ):
                return "small"
            if w.low[k] in (",", ";", "."):
                return ""
    if "outlook" in frames and cue.at == cue.start and w.cls[cue.at] & (C.VB | C.VBZ) and not w.cls[q] & C.OBJ:
        return "outlook"
    if "stance" in frames and any(
        w.low[k] in group("sets", "stances") for k in range(q, min(high, q + 4)) if not w.cls[k] & C.PUNCT
    ):
        return "object"
    if (
        "forecast" in frames
        and cue.source
        and any(w.low[k] in group("sets", "forecasters") for k in range(*cue.source))
    ):
        return "object"
    silent = w.low[q] in ("comment", "interviews", "requests", "further")
    return "object" if "silence" in frames and silent else ""


def clause_at(w: Words, q: int, high: int) -> bool:
    """Whether a noun phrase at `q` is the subject of a clause: a finite verb follows before any mark."""
    for k in range(q, min(high, q + 24)):
        bits = w.cls[k]
        if bits & C.PUNCT and w.low[k] not in ("(", ")", "/", "-"):
            return False
        if k > q and bits & (C.VERB | C.AUX) and finite(w, k):
            return True
        if (
            bits & C.CONJ
            and k + 1 < high
            and w.cls[k + 1] & (C.VBD | C.VBZ)
            and not w.cls[k + 1] & (C.NAME | C.SPEAKER)
        ):
            return False  # "offered $10 a share and planned no more"
        if k > q and (bits & (C.WH | C.SUB) or w.low[k] in _ADJUNCT):
            return False
    return False


def as_follows(w: Words, q: int, high: int) -> bool:
    """Whether "as" or "to be" makes a small clause of what follows."""
    for k in range(q, min(high, q + 14)):
        if w.low[k] in (",", ";", "."):
            return False
        if (w.low[k] == "as" and k > q) or (w.low[k] == "to" and k + 1 < high and w.low[k + 1] == "be"):
            return True
    return False
