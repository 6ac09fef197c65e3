"""Whether a form that is a noun as often ("reports", "notes", "plans") is the verb of its clause."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite, speaker
from pledger.reading.attribution.frames import Verb
from pledger.reading.attribution.phrases import plural_head
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["as_verb", "beside_quotation"]


def beside_quotation(w: Words, i: int, verb: Verb, start: int, closes: set[int], high: int) -> bool:
    """Whether the form follows a quotation and leads in its speaker: '“Costs rose,” notes Ms. Lee'."""
    if start != i or i not in closes or "inverted" not in verb.frames or i + 1 >= high:
        return False
    told = w.low[i - 2] in (",", "?", "!", "—", "-", "--", "...", "…", "–") if i >= 2 else False
    return told and bool(w.cls[i + 1] & (C.NAME | C.DET | C.TITLE | C.SPEAKER))


def _trailing(w: Words, i: int, verb: Verb, low: int, high: int) -> bool:
    """Whether a name and the form stand apart behind or inside a clause: "..., the Daily Courier reports, ..."."""
    if not w.cls[i] & C.VBZ or not verb.frames & {"quote", "inverted"}:
        return False
    if not w.cls[i - 1] & C.NAME:
        left = next((k for k in range(i - 1, max(low, i - 8), -1) if w.cls[k] & C.PUNCT), low)
        aside = w.low[left] == "," and i + 1 < high and w.low[i + 1] in (",", ".")
        return aside and bool(w.cls[left + 1] & C.DET) and left + 2 < i and speaker(w, (left + 1, i))
    if i + 1 < high and w.low[i + 1] not in (",", ".", "—", "–", ";", ":", "--"):
        return _dated_clause(w, i + 1, high)
    k = i - 1
    while (k >= low and i - k < 9 and w.cls[k] & (C.NAME | C.DET | C.POSS)) or w.low[k] == "of":
        k -= 1
    return k < low or w.low[k] in (",", "—", "–", "--") or bool(w.cls[k] & C.QUOTE)


def _resumed(w: Words, i: int, low: int, high: int) -> bool:
    """Whether the form goes on behind what stands between subject and verb: "Mr. Lee, who is 45, calls the plan"."""
    if not w.cls[i] & (C.VBZ | C.VB) or i + 1 >= high or i - 3 < low or w.low[i - 1] != ",":
        return False
    if not w.cls[i + 1] & (C.DET | C.SUBJ | C.OBJ | C.SUB | C.NUM | C.OPEN | C.TO | C.NAME):
        return False
    source, _ = subject_left(w, i, low)
    return source is not None and source[0] < i - 3 and speaker(w, source)


def _only_verb(w: Words, i: int, low: int, high: int) -> bool:
    """Whether its clause has no other verb, and somebody who can speak before it: "the association forecasts gains"."""
    bits = w.cls[i]
    if not bits & (C.VBZ | C.VB) or i == low or i + 1 >= high or w.cls[i - 1] & _NO_SUBJECT:
        return False
    if w.cls[i + 1] & (C.PUNCT | C.AUX | C.CONJ | C.POSS) or (
        w.cls[i + 1] & C.PREP and bits & C.VBZ and not w.cls[i - 1] & C.NAME
    ):
        return False
    if w.cls[i + 1] & C.PREP and w.low[i + 1] not in ("for", "about", "against"):
        return False
    for k in range(i - 1, max(low, i - 20) - 1, -1):
        if w.cls[k] & (C.SUB | C.PUNCT) and w.low[k] not in ("(", ")", "/", "-", "&"):
            break
        if w.cls[k] & (C.VERB | C.AUX) and finite(w, k):
            return False
    for k in range(i + 1, min(high, i + 25)):
        if w.cls[k] & C.PUNCT or w.cls[k] & (C.WH | C.SUB):
            break
        if (
            k > i + 1
            and w.cls[k] & (C.AUX | C.VBD | C.VBZ)
            and (finite(w, k) or (w.cls[k] & C.VBZ and w.low[k - 1].endswith("s")))
        ):
            return False
    source, _ = subject_left(w, i, low)
    if source is None or not speaker(w, source):
        return False
    plural = plural_head(w, i - 1, low)
    return plural if bits & C.VB else not plural or bool(w.cls[source[1] - 1] & C.NAME)


_NO_SUBJECT = C.DET | C.PREP | C.POSS | C.PUNCT | C.TO | C.AUX | C.CONJ


_NO_OBJECT = C.PREP | C.PUNCT | C.AUX | C.CONJ | C.BUT | C.ADV | C.POSS


def _aside(w: Words, i: int, low: int, high: int) -> bool:
    """Whether subject and form stand alone between marks: "The rise, some analysts fear, could be a sign"."""
    if i + 1 < high and w.low[i + 1] not in (",", ".", "--", "—"):
        return False
    left = next((k for k in range(i - 1, max(low, i - 9) - 1, -1) if w.cls[k] & C.PUNCT and not w.cls[k] & C.POSS), -1)
    if left <= low or w.low[left] not in (",", "--", "—") or left + 1 >= i:
        return False
    if any(w.cls[k] & (C.AUX | C.PREP | C.CONJ | C.SUB) for k in range(left + 1, left + 2)) or not speaker(
        w, (left + 1, i)
    ):
        return False
    return bool(w.cls[i] & C.VB) and plural_head(w, i - 1, left + 1)


def _dated_clause(w: Words, k: int, high: int) -> bool:
    """Whether "that" follows, with nothing but a moment between: "Semafor reports on Monday that"."""
    stop = next((j for j in range(k, min(high, k + 5)) if w.low[j] == "that"), -1)
    return stop >= 0 and all(
        w.cls[j] & (C.TIME | C.PREP | C.ADV) or w.low[j] in ("last", "this") for j in range(k, stop)
    )


def as_verb(w: Words, i: int, verb: Verb, low: int, high: int) -> bool:
    """Whether an ambiguous base form is the verb of a plural subject: "analysts at Kessler estimate the cost"."""
    if (
        _trailing(w, i, verb, low, high)
        or _resumed(w, i, low, high)
        or _only_verb(w, i, low, high)
        or _aside(w, i, low, high)
    ):
        return True
    if (
        w.low[i - 1].endswith("s")
        and i - 2 >= low
        and i + 1 < high
        and w.low[i - 2] in (",", "the")
        and w.low[i + 1] in (",", ".")
    ):
        return bool(w.cls[i] & C.VB)  # "..., polls show, ..."
    if not w.cls[i] & C.VB or i + 1 >= high or w.cls[i - 1] & (C.DET | C.PREP | C.POSS | C.PUNCT | C.TO):
        return False
    opens = i - 1 == low or (i - 2 >= low and bool(w.cls[i - 2] & (C.PUNCT | C.BUT)))
    if opens and w.cls[i - 1] & C.PERSON and w.low[i - 1].endswith("s") and not w.cls[i + 1] & _NO_OBJECT:
        return True  # "Diplomats hope talks will resume"
    if w.cls[i + 1] & (C.DET | C.SUBJ | C.SUB | C.TO | C.OPEN | C.NUM | C.OBJ) or w.low[i + 1] in (
        "how",
        "why",
        "what",
    ):
        return plural_head(w, i - 1, low)
    bare = not w.cls[i + 1] & (C.PREP | C.VERB | C.PUNCT | C.AUX | C.CONJ | C.BUT | C.WH | C.ADV)
    return bare and (w.low[i - 1].endswith("s") or w.low[i - 1] == "people") and not w.cls[i - 1] & C.AUX
