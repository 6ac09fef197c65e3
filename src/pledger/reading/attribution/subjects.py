"""Subjects: the noun phrase before a verb, with appositions, relative clauses and asides between them.

Positions are indices of words in a `Words`.
"""

from __future__ import annotations

from pledger.reading.attribution.clauses import REDUCED, finite, has_finite
from pledger.reading.attribution.frames import group, verbs
from pledger.reading.attribution.phrases import noun_left
from pledger.reading.attribution.words import C, Words

__all__ = ["subject_left"]

Range = tuple[int, int]


_REACH = 60


_DUMMY = group("sets", "dummy")
_CLOSE_TO = group("sets", "close_to")


_OCCASIONS = group("sets", "occasions")


def subject_left(w: Words, a: int, low: int) -> tuple[Range | None, bool]:
    """The subject of the verb group that begins at `a`, and whether it is shared with an earlier verb."""
    cls, words = w.cls, w.low
    j = skip_times_left(w, a - 1, low)
    if j < low:
        return None, False
    bits = cls[j]
    if words[a - 1] == "then" and words[j] == ",":
        return None, True  # "answered that he did not, then complained"
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
    if bits & (C.SUB | C.AUX | C.TO | C.OBJ) and not bits & C.DET and not _of_them(w, j):
        return None, False
    if bits & C.VERB and not bits & (C.SPEAKER | C.NAME | C.VBG) and (finite(w, j) or cls[j - 1] & C.AUX):
        return None, False
    if bits & C.POSS and not cls[j - 1] & C.NAME:
        return None, False
    start = noun_left(w, j - 1 if bits & C.POSS else j, low)  # "Moody's said"
    if start is None:
        return None, False
    if words[j] in _DUMMY:
        return None, False
    return (_inside(w, start, j), j + 1), False


_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her"})
_BEFORE_ARTICLES = frozenset(
    {"all", "both", "half", "of", "in", "for", "at", "to", "from", "with", "by", "on", "and", "or", "as"}
)


def _inside(w: Words, start: int, end: int) -> int:
    """Where the subject begins: no article stands inside it behind a noun ("before the talks THE minister said")."""
    for k in range(end, start, -1):
        if w.low[k] in _ARTICLES and w.cls[k] & C.DET:
            before = w.low[k - 1]
            loose = (
                before.isalpha() and before not in _BEFORE_ARTICLES and not w.cls[k - 1] & (C.NAME | C.DET | C.PUNCT)
            )
            return k if loose else start
    return start


def _of_them(w: Words, j: int) -> bool:
    """Whether the pronoun at `j` stands inside a noun phrase: "one of them", "those close to him"."""
    return j > 0 and (w.low[j - 1] == "of" or (j > 2 and w.low[j - 1] == "to" and w.low[j - 2] in _CLOSE_TO))


def skip_times_left(w: Words, j: int, low: int) -> int:
    """Over "on Tuesday", "last week", "Tuesday" and adverbs, leftwards from `j`; not where they date the noun
    itself ("a survey released last week").
    """
    skipped = _skip_times(w, j, low)
    dangles = w.low[skipped] in REDUCED or (skipped < j and w.cls[skipped] & C.PREP)
    return j if dangles and skipped > low else skipped


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
        if w.low[p] in ("who", "which", "that", "whose", "whom") and bits & (C.WH | C.SUB):
            before = w.cls[p - 1]
            if not seen or (
                before & (C.PUNCT | C.VERB | C.AUX | C.PREP | C.CONJ | C.ADV) and not before & (C.SPEAKER | C.NAME)
            ):
                return None
            theirs = w.cls[p + 1] & C.SUBJ and before & C.SPEAKER and not before & C.VERB  # "Experts whom we asked"
            if w.low[p] != "who" and not w.cls[p + 1] & (C.VERB | C.AUX) and w.low[p] != "whose" and not theirs:
                return None
            return noun_left(w, p - 1, low)
    return None


def _relative(w: Words, j: int, low: int) -> Range | None:
    """The antecedent together with the relative pronoun at `j`: "a lawyer who", "Mr. Lee, who"."""
    if w.low[j] in ("what", "how", "why", "whom"):
        return None
    if j == low:
        return (j, j + 1) if w.low[j] != "that" else None
    if w.low[j] == "that" and w.cls[j - 1] & (C.VERB | C.AUX) and not w.cls[j - 1] & (C.NAME | C.SPEAKER):
        return None  # "call that charge untrue"
    k = j - 2 if w.low[j - 1] == "," else j - 1
    if k < low or w.cls[k] & C.PUNCT:
        return (j, j + 1) if w.low[j] == "who" else None
    start = noun_left(w, k, low)
    if start is None:  # "typified by Queen Anne, who": the noun phrase behind the preposition
        start = next((p + 1 for p in range(k - 1, max(low, k - 8), -1) if w.cls[p] & C.PREP), None)
    if start is None:
        return None
    if w.low[start] == "according" and w.low[start + 1] == "to":
        start += 2
    if (
        start - 2 >= low
        and w.low[start - 1] == ","
        and w.low[start] in ("a", "an", "the")
        and _named(w, start - 2, low)
    ):
        start = noun_left(w, start - 2, low) or start  # "Mr. Lee, a former clerk, who"
    if w.low[j] == "who" and not _personal(w, start, k):  # "criticism from Democrats, who"
        for p in range(k, start, -1):
            if w.cls[p - 1] & C.PREP and _personal(w, p, k):
                start = p
                break
    return (start, j + 1)


def _named(w: Words, j: int, low: int) -> bool:
    """Whether a person's name of two words or with a title ends at `j`, so that what follows the comma describes it."""
    return j - 1 >= low and bool(w.cls[j] & C.NAME and w.cls[j - 1] & (C.NAME | C.TITLE)) and not w.cls[j] & C.TIME


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
    if bits & C.SUBJ or bits & (C.SUB | C.BUT):
        return False
    first = next((k for k in range(a, b) if not w.cls[k] & C.ADV), a)
    if w.cls[first] & C.VBN and not w.cls[first] & (C.SPEAKER | C.NAME) and not w.cls[min(first + 1, b)] & C.SUBJ:
        return True  # "The losses, first disclosed in March, are"
    relative = next(
        (
            k
            for k in range(a + 1, b)
            if w.cls[k] & C.WH
            or (w.low[k] == "that" and k > a + 1)
            or (
                w.cls[k] & C.SUBJ
                and k > a + 1
                and bits & (C.DET | C.SPEAKER)
                and not w.cls[k - 1] & (C.PREP | C.VBD | C.VBZ | C.VBG | C.AUX)
            )
        ),
        b,
    )
    if has_finite(w, a, relative):
        return False
    return not bits & C.CONJ or word == "&"


def _interrupted(w: Words, comma: int, low: int) -> tuple[Range | None, bool]:
    """A subject that an apposition or relative clause parts from its verb: "Mr. Lee, the chairman, said"."""
    words, cls = w.low, w.cls
    left, floor = comma - 1, max(low, comma - _REACH)
    while left >= floor and (w.quoted[left] or words[left] not in (",", ";", ":")):
        left = _over_brackets(w, left, floor) - 1
    if left < floor or words[left] != ",":
        # One comma only: "The survey by the council and its partner, says ..."
        if (
            comma - left < 4
            or not (cls[comma + 1] & C.VBZ or words[comma + 1] in ("said", "say"))
            or has_finite(w, left + 1, comma)
        ):
            return None, left >= floor and has_finite(w, left + 1, comma)
        start = noun_left(w, comma - 1, low)
        if start is not None and (cls[start] & C.NUM or (start + 1 < comma and cls[start + 1] & C.NUM)):
            return None, False  # "$27 billion at current prices, say the auditors"
        return ((start, comma) if start is not None and start == left + 1 else None), False
    if not _modifier(w, left + 1, comma):
        return None, has_finite(w, left + 1, comma) and not _quotes(w, comma - 1)
    for _ in range(5):
        head = left - 1
        if head < low or (cls[head] & C.PUNCT and words[head] != ")"):
            return None, False
        if cls[head] & C.SUBJ and words[left + 1] in ("for", "too", "as", "like"):
            return (head, comma), False  # "I, for one, believe"
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
        aside = words[left + 1] in _OCCASIONS or cls[left + 1] & C.TIME or _describes(w, left + 1)
        aside = aside or (words[left + 1] == "to" and cls[left + 2] & C.DET)  # "to her credit"
        return (start, head + 1 if aside else comma + bool(cls[comma] & C.CLOSE)), False
    return None, False


def _quotes(w: Words, k: int) -> bool:
    """Whether the words between commas end with a verb of saying: "The city, its lawyer said, will appeal"."""
    return any("inverted" in verb.frames for verb in verbs().get(w.low[k], ())) and bool(w.cls[k] & (C.VBD | C.VBZ))


def _describes(w: Words, k: int) -> bool:
    """Whether a participle at `k` tells what the subject does, not who it is: "Officials, noting the risk, warned";
    not "Mr. Lee, acting director, warned".
    """
    if not w.cls[k] & C.VBG or w.cls[k] & (C.NAME | C.SPEAKER):
        return False
    return w.low[k] in verbs() or not any(w.cls[j] & C.PERSON for j in range(k + 1, min(len(w.low), k + 3)))


def _over_brackets(w: Words, k: int, floor: int) -> int:
    """The opening bracket where `k` closes one, else `k`: "Sen. Roe (R., Ohio)"."""
    if w.low[k] != ")":
        return k
    return next((j for j in range(k - 1, max(floor, k - 14) - 1, -1) if w.low[j] == "("), k)


def _opens_adjunct(w: Words, j: int, low: int) -> bool:
    """Whether the comma-separated stretch that ends at `j` begins with a preposition: "In Tokyo, the ..."."""
    while j > low and w.low[j - 1] not in (",", ";", ":") and not w.cls[j - 1] & C.QUOTE:
        j -= 1
    return bool(w.cls[j] & (C.PREP | C.SUB | C.TO))
