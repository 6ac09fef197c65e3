"""Noun phrases to the left: where the one begins that ends at a word, and whether it is plural.

Positions are indices of words in a `Words`.
"""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite, joined
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.words import C, Words

__all__ = ["noun_left", "plural_head"]

_REACH = 60
_CLOSE_TO = group("sets", "close_to")
_ADJUNCT = group("sets", "adjunct")
_SAYING = group("sets", "saying")
_PLURAL = group("sets", "plural")


def noun_left(w: Words, j: int, low: int) -> int | None:
    """The start of the noun phrase that ends with the word at `j`, or None where none stands there."""
    cls, words = w.cls, w.low
    k, floor = j, max(low, j - _REACH)
    by_verb = False
    while k >= floor:
        bits = cls[k]
        word = words[k]
        if bits & C.PUNCT:
            if word == ")":
                back = k - 1
                while back > floor and k - back < 14 and words[back] != "(":
                    back -= 1
                if back >= floor and words[back] == "(":
                    k = back - 1
                    continue
            if word == "," and k != j and (town := _town(w, k, floor)) >= 0:
                k = town
                continue
            if word not in ("/", "-"):
                break
        elif word == "as" and k > floor and words[k - 1] == "such":
            break
        elif word in _ADJUNCT and k > floor and not cls[k - 1] & C.PUNCT and _verbless(w, k, floor):
            pass
        elif (
            bits & (C.SUBJ | C.WH | C.BUT | C.MODAL | C.SUB | C.NEG | C.BE | C.HAVE | C.DO)
            or word in _ADJUNCT
            or (bits & C.OBJ and not bits & C.DET and not (k > floor and (words[k - 1] == "of" or _near_to(w, k))))
        ):
            by_verb = bool(bits & (C.AUX | C.OBJ)) and not bits & C.DET
            break
        elif bits & C.TO:
            if not (k > floor and words[k - 1] in _CLOSE_TO) and not _verbless(w, k, floor):
                by_verb = True
                break
        elif (
            bits & C.VB
            and not bits & (C.SPEAKER | C.NAME)
            and k > floor
            and cls[k - 1] & C.TO
            and k != j
            and not _verbless(w, k - 1, floor)
        ) or (bits & C.VERB and k != j and finite(w, k) and not (word in _CLOSE_TO and cls[k + 1] & C.TO)):
            by_verb = True
            break
        elif bits & C.VBG and word in _SAYING and k > floor and words[k - 1] == ",":
            break
        k -= 1
    s = k + 1
    if by_verb:
        for p in range(j, s - 1, -1):
            if cls[p] & C.CONJ:
                s = p + 1
                break
    while s <= j and cls[s] & (C.ADV | C.CONJ) and not cls[s] & (C.DET | C.NAME):
        s += 1
    if s < j and words[s] in ("about", "around", "over", "between", "under") and cls[s + 1] & C.NUM:
        return s  # "about 300 of them", "between 400 and 600 farms"
    if s < j and words[s] == "at" and words[s + 1] in ("least", "most"):
        return s  # "at least six lawmakers"
    dated = s + 1 < j and words[s] in ("late", "early", "earlier", "later") and cls[s + 1] & (C.PREP | C.TIME)
    if s <= j and (dated or cls[s] & C.PREP or (cls[s] & C.TIME and not cls[s] & C.NAME)):
        s = _after_adjunct(w, s, j)
    if s > j or (cls[s] & C.VERB and not cls[s] & (C.SPEAKER | C.NAME) and s == j and not cls[s] & C.VBG):
        return None if s > j else s
    return s


def _near_to(w: Words, k: int) -> bool:
    """Whether the pronoun at `k` stands in "close to him"."""
    return k > 2 and w.low[k - 1] == "to" and w.low[k - 2] in _CLOSE_TO


def _town(w: Words, k: int, floor: int) -> int:
    """The word before a town and its state inside a noun phrase, or -1 where the comma at `k` ends no such:
    "a Columbus, Ohio, lawyer".
    """
    if k - 4 < floor or w.low[k - 2] != "," or not joined(w, k - 2) or w.cls[k + 1] & (C.NAME | C.AUX | C.PUNCT):
        return -1
    start = k - 3
    while start > floor and w.cls[start] & C.NAME and k - start < 7:
        start -= 1
    return start if w.cls[start] & C.DET else -1


def _verbless(w: Words, k: int, floor: int) -> bool:
    """Whether no finite verb stands before `k` in its clause, so that an infinitive belongs to a noun."""
    while k > floor:
        k -= 1
        bits = w.cls[k]
        if bits & (C.SUB | C.WH) or (bits & C.PUNCT and w.low[k] not in ("(", ")")):
            return True
        if bits & (C.VERB | C.AUX) and finite(w, k):
            return False
    return True


def _after_adjunct(w: Words, s: int, j: int) -> int:
    """The subject behind an adjunct without a comma: "In Tokyo on Monday the minister"."""
    cls = w.cls
    for p in range(j, s, -1):
        before = cls[p - 1]
        if before & (C.PREP | C.CONJ | C.DET | C.POSS | C.TITLE | C.TO):
            continue
        if before & C.PERSON and cls[p] & C.NAME and p - 2 >= s and cls[p - 2] & C.TIME:
            return p - 1  # "Later in the day spokeswoman Kim Roe"
        if (
            cls[p] & (C.TITLE | C.DET)
            or (cls[p] & C.NAME and not before & C.NAME)
            or (p == j and cls[p] & C.SPEAKER and before & (C.NAME | C.TIME))
        ):
            return p
    return j + 1


def plural_head(w: Words, j: int, low: int) -> bool:
    """Whether the noun phrase that ends at `j` takes the base form: "analysts at Kessler"."""
    start = noun_left(w, j, low)
    if start is None:
        return False
    head = start
    while (
        head < j
        and not w.cls[head + 1] & (C.PREP | C.PUNCT | C.WH)
        and not (w.cls[head + 1] & C.VBN and not w.cls[head + 1] & (C.NAME | C.SPEAKER) and w.low[head].endswith("s"))
        and w.low[head + 1] not in ("close", "familiar", "briefed")
    ):
        head += 1
    if any(w.cls[k] & C.CONJ for k in range(start, j + 1)):
        return True
    word = w.low[head]
    return (
        (word.endswith("s") and not word.endswith("ss"))
        or word in _PLURAL
        or bool(w.cls[head] & C.SUBJ and word not in ("he", "she", "it"))
    )
