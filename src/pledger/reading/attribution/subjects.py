"""Subjects: the noun phrase before a verb, with appositions, relative clauses and asides between them.

Positions are indices of words in a `Words`.
"""

from __future__ import annotations

from pledger.reading.attribution.clauses import REDUCED, finite, has_finite
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.words import C, Words

__all__ = ["noun_left", "plural_head", "subject_left"]

Range = tuple[int, int]


_REACH = 60


_CLOSE_TO = group("sets", "close_to")


_ADJUNCT = group("sets", "adjunct")


_DUMMY = group("sets", "dummy")


_SAYING = group("sets", "saying")
_PLURAL = group("sets", "plural")


_OCCASIONS = group("sets", "occasions")


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
            if word not in ("/", "-"):
                break
        elif word == "as" and k > floor and words[k - 1] == "such":
            break
        elif word in _ADJUNCT and k > floor and not cls[k - 1] & C.PUNCT and _verbless(w, k, floor):
            pass
        elif (
            bits & (C.SUBJ | C.WH | C.BUT | C.MODAL | C.SUB | C.NEG | C.BE | C.HAVE | C.DO)
            or word in _ADJUNCT
            or (bits & C.OBJ and not bits & C.DET)
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
    if s <= j and (cls[s] & C.PREP or (cls[s] & C.TIME and not cls[s] & C.NAME)):
        s = _after_adjunct(w, s, j)
    if s > j or (cls[s] & C.VERB and not cls[s] & (C.SPEAKER | C.NAME) and s == j and not cls[s] & C.VBG):
        return None if s > j else s
    return s


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


def subject_left(w: Words, a: int, low: int) -> tuple[Range | None, bool]:
    """The subject of the verb group that begins at `a`, and whether it is shared with an earlier verb."""
    cls, words = w.cls, w.low
    j = skip_times_left(w, a - 1, low)
    if j < low:
        return None, False
    bits = cls[j]
    if words[j] == "there" and j > low and not cls[j - 1] & (C.PUNCT | C.CONJ | C.SUB | C.WH):
        j -= 1  # "officials there say"
        bits = cls[j]
    if bits & C.SUBJ:
        return (j, j + 1), False
    if bits & (C.CONJ | C.BUT):
        return None, True
    if not bits & (C.PUNCT | C.WH):
        behind = _behind_relative(w, j, low)
        if behind is not None:
            return (behind, j + 1), False
    if bits & C.WH or words[j] == "that":
        return _relative(w, j, low), False
    if words[j] == "," or (bits & C.CLOSE and words[j - 1] == "," and not w.quoted[low]):
        return _interrupted(w, j, low)
    if bits & C.PUNCT and words[j] != ")" and not bits & C.NUM:
        return None, False
    if bits & (C.SUB | C.AUX | C.TO | C.OBJ) and not bits & C.DET:
        return None, False
    if bits & C.VERB and not bits & (C.SPEAKER | C.NAME | C.VBG) and (finite(w, j) or cls[j - 1] & C.AUX):
        return None, False
    start = noun_left(w, j, low)
    if start is None:
        return None, False
    if words[j] in _DUMMY:
        return None, False
    return (start, j + 1), False


def skip_times_left(w: Words, j: int, low: int) -> int:
    """Over "on Tuesday", "last week", "Tuesday" and adverbs, leftwards from `j`; not where they date the noun
    itself ("a survey released last week").
    """
    skipped = _skip_times(w, j, low)
    return j if w.low[skipped] in REDUCED and skipped > low else skipped


def _skip_times(w: Words, j: int, low: int) -> int:
    """Over "on Tuesday", "last week", "Tuesday" and adverbs, leftwards from `j`."""
    cls, words = w.cls, group("closed", "time_words")
    while j > low:
        if cls[j] & C.TIME or (w.low[j].isdigit() and w.low[j - 1] in ("in", "since") and len(w.low[j]) == 4):
            k = j - 1
            while k > low and (cls[k] & C.TIME or w.low[k] in words):
                k -= 1
            if cls[k] & C.PUNCT and k + 1 == j and w.low[k] == ",":
                return j
            j = k
        elif (cls[j] & (C.ADV | C.REFL) and not cls[j] & C.NAME) or w.low[j] in ("both", "each", "all"):
            j -= 1
        else:
            break
    return j


def _behind_relative(w: Words, j: int, low: int) -> int | None:
    """The start of a subject that ends at `j` with a relative clause inside: "Officials who attended the meeting"."""
    seen = False
    for p in range(j, max(low, j - 24), -1):
        bits = w.cls[p]
        if bits & C.PUNCT or bits & C.BUT:
            return None
        if bits & (C.VERB | C.AUX) and finite(w, p):
            seen = True
        if w.low[p] in ("who", "which", "that", "whose") and bits & (C.WH | C.SUB):
            before = w.cls[p - 1]
            if not seen or (
                before & (C.PUNCT | C.VERB | C.AUX | C.PREP | C.CONJ | C.ADV) and not before & (C.SPEAKER | C.NAME)
            ):
                return None
            if w.low[p] != "who" and not w.cls[p + 1] & (C.VERB | C.AUX) and w.low[p] != "whose":
                return None
            return noun_left(w, p - 1, low)
    return None


def _relative(w: Words, j: int, low: int) -> Range | None:
    """The antecedent together with the relative pronoun at `j`: "a lawyer who", "Mr. Lee, who"."""
    if w.low[j] in ("what", "how", "why", "whom"):
        return None
    if j == low:
        return (j, j + 1) if w.low[j] != "that" else None
    k = j - 2 if w.low[j - 1] == "," else j - 1
    if k < low or w.cls[k] & C.PUNCT:
        return (j, j + 1) if w.low[j] == "who" else None
    start = noun_left(w, k, low)
    if start is None:  # "typified by Queen Anne, who": the noun phrase behind the preposition
        start = next((p + 1 for p in range(k - 1, max(low, k - 8), -1) if w.cls[p] & C.PREP), None)
    if start is None:
        return None
    if w.low[j] == "who" and not _personal(w, start, k):  # "criticism from Democrats, who"
        for p in range(k, start, -1):
            if w.cls[p - 1] & C.PREP and _personal(w, p, k):
                start = p
                break
    return (start, j + 1)


def _personal(w: Words, a: int, b: int) -> bool:
    """Whether the head of the noun phrase `a..b` (its last word before a preposition) is a name or a person."""
    head = a
    while head < b and not w.cls[head + 1] & (C.PREP | C.PUNCT | C.WH):
        head += 1
    return bool(w.cls[head] & (C.NAME | C.PERSON | C.GROUP))


def _modifier(w: Words, a: int, b: int) -> bool:
    """Whether `a..b` between commas only describes: an age, a place, a relative clause, an apposition."""
    if a >= b:
        return False
    bits, word = w.cls[a], w.low[a]
    if word in ("who", "which", "whose", "where", "whom"):
        return True
    if bits & C.SUBJ or bits & (C.SUB | C.BUT) or has_finite(w, a, b):
        return False
    return not bits & C.CONJ or word == "&"


def _interrupted(w: Words, comma: int, low: int) -> tuple[Range | None, bool]:
    """A subject that an apposition or relative clause parts from its verb: "Mr. Lee, the chairman, said"."""
    words, cls = w.low, w.cls
    left, floor = comma - 1, max(low, comma - _REACH)
    while left >= floor and (w.quoted[left] or words[left] not in (",", ";", ":")):
        left -= 1
    if left < floor or words[left] != ",":
        # One comma only: "The survey by the council and its partner, says ..."
        if (
            comma - left < 4
            or not (cls[comma + 1] & C.VBZ or words[comma + 1] in ("said", "say"))
            or has_finite(w, left + 1, comma)
        ):
            return None, left >= floor and has_finite(w, left + 1, comma)
        start = noun_left(w, comma - 1, low)
        return ((start, comma) if start is not None and start == left + 1 else None), False
    if not _modifier(w, left + 1, comma):
        return None, has_finite(w, left + 1, comma)
    for _ in range(5):
        head = left - 1
        if head < low or (cls[head] & C.PUNCT and words[head] != ")"):
            return None, False
        start = noun_left(w, head, low)
        if start is None:
            return None, False
        if start - 2 >= low and words[start - 1] == ",":
            # Go on leftwards while the head is itself an apposition to a name ("Mr. Lee, 45, the chairman, said").
            tail = cls[start] & C.NUM or (words[head] in group("closed", "places") and head - start < 3)
            tail = (
                tail
                or (cls[start] & (C.VBN | C.VBG) and not cls[start] & (C.NAME | C.SPEAKER))
                or words[start] in ("a", "an")
            )
            named = cls[start - 2] & C.NAME and not cls[start] & C.NAME and not _opens_adjunct(w, start - 2, low)
            if tail or named:
                left = start - 1
                continue
        # An occasion is no part of who speaks: "Mr. Lee, in an interview, said".
        aside = words[left + 1] in _OCCASIONS or cls[left + 1] & C.TIME
        return (start, head + 1 if aside else comma + bool(cls[comma] & C.CLOSE)), False
    return None, False


def _opens_adjunct(w: Words, j: int, low: int) -> bool:
    """Whether the comma-separated stretch that ends at `j` begins with a preposition: "In Tokyo, the ..."."""
    while j > low and w.low[j - 1] not in (",", ";", ":") and not w.cls[j - 1] & C.QUOTE:
        j -= 1
    return bool(w.cls[j] & (C.PREP | C.SUB | C.TO))
