"""Phrases to the right: sources behind their verb, agents behind "by", the person told, adjuncts.

Positions are indices of words in a `Words`.
"""

from __future__ import annotations

from pledger.reading.attribution.clauses import event_at, finite, has_finite, joined, summative
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.words import C, Words

__all__ = ["adjunct_end", "follows_appositive", "noun_right", "person_right"]

_REACH = 60


_CLOSE_TO = group("sets", "close_to")


_INSIDE = group("sets", "inside")


_SAYING = group("sets", "saying")


_ROLES = group("sets", "roles")


def noun_right(w: Words, i: int, high: int) -> int:
    """The end of the noun phrase that begins at `i`, with its appositions (a source after its verb, an agent)."""
    cls, words = w.cls, w.low
    k, top = i, min(high, i + _REACH)
    while k < top:
        bits, word = cls[k], words[k]
        if bits & C.PUNCT:
            if word == "(":
                close = k + 1
                while close < top and words[close] != ")":
                    close += 1
                k = close + 1
                continue
            if word == "," and k > i and joined(w, k):
                k += 1
                continue
            if word == "," and k > i and (extended := follows_appositive(w, k, high)):
                k = extended
                continue
            if word == "," and k > i and _listed(w, k, top):
                k += 1
                continue
            break
        if bits & (C.AUX | C.SUB | C.BUT | C.TO | C.NEG) and not (bits & C.TO and words[k - 1] in _CLOSE_TO):
            break
        if k > i and (bits & (C.SUBJ | C.OBJ) and not bits & C.DET):
            break
        if word in ("who", "whose", "which") and k > i:
            while k < top and words[k] not in (",", ";") and not cls[k] & C.QUOTE:
                k += 1
            break
        if bits & C.WH:
            break
        if bits & C.TIME and k > i and not cls[k - 1] & (C.DET | C.PREP):
            break
        if bits & C.PREP and k > i and not _keeps(w, k, top):
            break
        if bits & C.CONJ and (
            k + 1 >= top
            or (cls[k + 1] & (C.VERB | C.SUBJ | C.ADV) and not cls[k + 1] & (C.NAME | C.SPEAKER))
            or _clause_after(w, k + 1, top)
        ):
            break
        if (
            k > i
            and bits & C.VERB
            and not bits & (C.NAME | C.SPEAKER)
            and (finite(w, k) or (bits & C.VBG and words[k] in _SAYING))
        ):
            break
        if bits & C.ADV and k > i and not (k + 1 < top and not cls[k + 1] & (C.PUNCT | C.PREP | C.SUB)):
            break
        k += 1
    k = min(k, high)
    while k > i and (cls[k - 1] & (C.PREP | C.CONJ | C.ADV) or words[k - 1] in (",", "in")) and not cls[k - 1] & C.NAME:
        k -= 1
    return min(k, high)


def _clause_after(w: Words, a: int, top: int) -> bool:
    """Whether after a conjunction a new clause begins at `a` rather than a second noun phrase."""
    for k in range(a, min(top, a + 14)):
        if w.cls[k] & C.PUNCT:
            return False
        if w.cls[k] & (C.VERB | C.AUX) and finite(w, k):
            return True
    return False


def _listed(w: Words, k: int, top: int) -> bool:
    """Whether the comma at `k` parts members of a list of names: "A, B and C"."""
    for j in range(k + 1, min(top, k + 12)):
        bits = w.cls[j]
        if bits & C.CONJ:
            return j > k + 1 and not _clause_after(w, j + 1, top)
        if not bits & (C.NAME | C.DET) and w.low[j] not in (",", "of"):
            return False
    return False


def _keeps(w: Words, k: int, top: int) -> bool:
    """Whether the preposition at `k` stays within the noun phrase."""
    word = w.low[k]
    if word in _INSIDE:
        return not event_at(w, k + 1, top)
    if word in ("in", "on", "about", "over", "into", "against", "near", "outside", "behind"):
        return (
            not (k + 1 < top and w.cls[k + 1] & C.TIME)
            and not event_at(w, k + 1, top)
            and not (k + 1 < top and w.low[k + 1].isdigit())
        )
    return False


def follows_appositive(w: Words, comma: int, high: int) -> int:
    """The end of an apposition that the comma at `comma` opens (", the commerce secretary"), or 0."""
    a = comma + 1
    if a >= high:
        return 0
    bits = w.cls[a]
    b = a
    top = min(high, a + _REACH)
    while (
        b < top
        and (w.low[b] not in (",", ".", ";", "—", "–", "--", ":") or (b > a and joined(w, b)))
        and not w.cls[b] & C.QUOTE
    ):
        b += 1
    if joined(w, b - 1) or (b < top and w.low[b] == "," and w.low[b - 1] in group("closed", "places") and b - a > 2):
        b = _rest_of_phrase(w, b, top)
    if w.low[a] in ("who", "whose") or (w.low[a] == "which" and a + 1 < high and w.cls[a + 1] & C.BE):
        return b
    if bits & (C.SUBJ | C.SUB | C.BUT | C.CONJ | C.PREP | C.PUNCT | C.AUX | C.TO | C.TIME | C.WH | C.NEG):
        return 0
    if bits & C.VERB and not bits & (C.SPEAKER | C.NAME) and not (bits & C.VBG and _office(w, a, b)):
        return 0
    if bits & C.ADV and not bits & C.NUM:
        return 0
    if has_finite(w, a, next((k for k in range(a + 2, b) if w.low[k] in ("who", "which", "whose", "that")), b)):
        return 0
    if summative(w, a, b):
        return 0
    for k in range(a, b):
        if w.cls[k] & C.PREP and k > a and not _keeps(w, k, b):
            return k
        if w.cls[k] & C.TIME and k > a and not w.cls[k] & C.NAME and not w.cls[k - 1] & (C.DET | C.PREP):
            return k
    return b


def _rest_of_phrase(w: Words, b: int, top: int) -> int:
    """Behind the comma after a place, where the noun phrase goes on: "a Toledo, Ohio, | maker of crankshafts"."""
    if b + 1 < top and w.low[b] == "," and w.cls[b + 1] & (C.SPEAKER | C.PERSON) and not w.cls[b + 1] & C.NAME:
        while b + 1 < top and w.low[b + 1] not in (",", ".", ";", "—", ":") and not w.cls[b + 1] & C.QUOTE:
            b += 1
        return b + 1
    return b


def _office(w: Words, a: int, b: int) -> bool:
    """Whether what begins with an "-ing" form is an office: "marketing director of Allied Forge"."""
    return any(w.cls[k] & C.PERSON for k in range(a + 1, min(b, a + 3)))


def person_right(w: Words, i: int, high: int) -> int:
    """The end of the person told that begins at `i`: "reporters", "the Times", "Mr. Lee of Acme"; `i` if nobody."""
    cls = w.cls
    if i >= high:
        return i
    if cls[i] & (C.OBJ | C.REFL) and (i + 1 >= high or not cls[i] & C.DET or cls[i + 1] & _AFTER_PERSON):
        return i + 1
    k, top = i, min(high, i + 25)
    while k < top and not (cls[k] & _NOT_PERSON and not (cls[k] & C.DET and k == i)):
        if k > i and _parts(w, k, top):
            break
        k += 1
    while k > i and cls[k - 1] & (C.PREP | C.CONJ):
        k -= 1
    return k


_AFTER_PERSON = C.SUB | C.DET | C.SUBJ | C.TO | C.PUNCT | C.PREP | C.WH | C.OPEN
_NOT_PERSON = C.PUNCT | C.SUB | C.WH | C.SUBJ | C.TO | C.AUX | C.BUT | C.OBJ


def _parts(w: Words, k: int, top: int) -> bool:
    """Whether the person told ends before `k`, because what stands there begins something else."""
    bits, before, word = w.cls[k], w.cls[k - 1], w.low[k - 1]
    if bits & C.ADV or (bits & C.DET and not before & (C.PREP | C.CONJ | C.DET)):
        return True
    if bits & C.VERB and not bits & (C.SPEAKER | C.NAME) and (finite(w, k) or word.endswith("s")):
        return True
    if bits & C.PREP and k + 1 < top and w.cls[k + 1] & C.TIME:
        return True
    if bits & C.NUM and not before & (C.DET | C.NUM | C.PREP):
        return True
    if bits & C.NAME:
        return not before & _INTO_NAME and word not in _ROLES
    return bool(before & C.NAME) and not bits & _AFTER_NAME


_INTO_NAME = C.NAME | C.PREP | C.DET | C.CONJ | C.POSS | C.TITLE | C.TIME
_AFTER_NAME = C.PREP | C.CONJ | C.POSS | C.TIME | C.DET | C.SPEAKER | C.NUM


def adjunct_end(w: Words, q: int, high: int) -> int:
    """The end of an adjunct behind a cue: "in a statement", "on Monday", "during a visit to Ohio"."""
    cls, words = w.cls, w.low
    k = q + 1
    if k < high and cls[k] & C.VBG:
        k += 1
    first = k
    if k < high and cls[k] & C.OPEN:  # on “Meet the Press”
        k = next((b for a, b in w.regions if a == k), k)
    while k < min(high, q + 24):
        bits = cls[k]
        if bits & C.PUNCT and words[k] not in ("/", "-", "&"):
            break
        if bits & C.TO and k > first and k + 1 < high and cls[k + 1] & (C.VB | C.AUX) and not cls[k + 1] & C.NAME:
            break
        if words[k] in ("that", "if", "whether") or (bits & (C.WH | C.SUBJ | C.AUX | C.BUT) and not bits & C.DET):
            break
        if bits & C.DET and k > first and not cls[k - 1] & (C.PREP | C.CONJ | C.DET | C.TO | C.VERB):
            break
        if bits & C.PREP and k > first:
            break
        if (
            k > first
            and bits & (C.TITLE | C.NAME)
            and not cls[k - 1] & (C.NAME | C.DET | C.PREP | C.TO | C.POSS | C.CONJ | C.TITLE | C.TIME | C.PERSON)
        ):
            break
        if bits & C.VERB and k > first and finite(w, k):
            # The clause has begun before its verb: its subject is the last noun phrase.
            return max(first, _subject_before(w, k, first))
        k += 1
    return k


def _subject_before(w: Words, k: int, first: int) -> int:
    j = k - 1
    while j > first and not w.cls[j] & (C.DET | C.TITLE) and not w.cls[j - 1] & (C.TIME | C.NAME):
        j -= 1
    return j
