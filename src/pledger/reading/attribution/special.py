"""Frames that hold for few words only, and what tells a clause from a noun phrase behind a cue."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import person_right
from pledger.reading.attribution.relation import Cue
from pledger.reading.attribution.words import C, Words

__all__ = ["as_follows", "behind_lapse", "clause_at", "hearer_behind", "reads_title", "special", "summons", "tally"]

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


_LATER = frozenset(["later", "earlier", "before", "after", "ago", "afterward", "afterwards"])
_SAME = frozenset(["next", "same", "following", "previous", "other"])


def behind_lapse(w: Words, q: int, high: int) -> int:
    """Behind the lapse of time that begins at `q` ("four minutes later", "a day earlier", "the next day"), or `q`."""
    if q + 2 >= high or not w.cls[q] & (C.NUM | C.DET | C.TIME) or w.cls[q] & C.NAME:
        return q
    if w.low[q] == "the" and w.low[q + 1] in _SAME and w.cls[q + 2] & C.TIME:
        return q + 3
    k = q
    while k < q + 4 and k + 1 < high and not w.cls[k] & C.TIME and w.cls[k] & (C.NUM | C.DET):
        k += 1
    return k + 2 if w.cls[k] & C.TIME and k + 1 < high and w.low[k + 1] in _LATER else q


def tally(w: Words, comma: int, high: int) -> int:
    """Behind the count of votes between commas that begins at `comma`, or 0: "rejected, 58 to 55, a proposal"."""
    close = next((k for k in range(comma + 1, min(high - 1, comma + 8)) if w.low[k] == ","), 0)
    counts = close and all(
        w.cls[k] & (C.NUM | C.TO | C.PREP) or w.low[k] in ("-", "vote") for k in range(comma + 1, close)
    )
    return close + 1 if counts and close > comma + 1 and w.cls[comma + 1] & (C.NUM | C.PREP) else 0


def reads_title(w: Words, cue: Cue) -> bool:
    """Whether somebody reads a thing with a title rather than words standing in it: 'she read "Vanity Fair"'."""
    return cue.verb.lemma == "read" and not any(w.cls[k] & C.PAPER for k in range(*(cue.source or (0, 0))))


def hearer_behind(w: Words, cue: Cue, q: int, high: int) -> int:
    """The end of somebody told whose programme stands first, or 0: 'told "Daybreak" host Jane Roe'."""
    if cue.verb.lemma not in ("tell", "ask", "remind", "assure", "inform"):
        return 0
    close = next((b for a, b in w.regions if a == q), high)
    if close - q > 7 or close >= high or w.low[close - 2] in (",", ".", "?", "!"):
        return 0
    if not w.cls[close] & (C.SPEAKER | C.NAME):
        return 0
    return max(person_right(w, close + 1, high), close + 1)


def summons(w: Words, q: int, high: int) -> bool:
    """Whether a single noun phrase follows "call", so that it means to summon: "called a recess", "calls a meeting"."""
    if w.low[q] not in ("a", "an"):
        return False
    stop = next((k for k in range(q + 1, high) if w.cls[k] & (C.PUNCT | C.PREP | C.CONJ | C.TO | C.TIME)), high)
    return stop - q <= 3 and not (stop < high and w.cls[stop] & C.OPEN)
