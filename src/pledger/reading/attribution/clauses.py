"""Which words are finite verbs, which of them belong together, and who can speak.

All positions are indices of words in a `Words`; ranges are half open.
"""

from __future__ import annotations

from pledger.reading.attribution.frames import group
from pledger.reading.attribution.words import C, Words

__all__ = ["REDUCED", "event_at", "finite", "has_finite", "joined", "speaker", "summative", "thing", "verb_group"]

Range = tuple[int, int]


_CERTAIN = group("sets", "certain")


REDUCED = group("sets", "reduced")


_PREDICATES = group("sets", "predicates")
_ASIDES = group("sets", "asides")
_PHASES = group("sets", "phases")
_MEDIA = group("sets", "media")


def finite(w: Words, i: int) -> bool:
    """Whether the word at `i` is a finite verb here, as far as its neighbours tell."""
    bits = w.cls[i]
    if not bits & (C.VERB | C.AUX):
        return False
    if bits & C.AUX:
        return w.low[i] not in ("be", "been", "being") and not (bits & C.VBG)
    before = w.cls[i - 1] if i else C.PUNCT
    if before & C.ADV and i > 1 and w.cls[i - 2] & C.SUBJ and not before & (C.NAME | C.DET):
        before = w.cls[i - 2]  # "I now suspect"
    after = w.cls[i + 1] if i + 1 < len(w.cls) else C.PUNCT
    if bits & C.VBD:
        if before & (C.AUX | C.SUBJ | C.WH):
            return w.low[i - 1] not in ("be", "been", "being")
        if before & (C.DET | C.POSS | C.PREP | C.TO) and not before & C.OBJ:
            return False
        if bits & C.VB and not before and i > 1 and w.cls[i - 2] & (C.DET | C.POSS):
            return False  # "a rare burst"
        if bits & C.VBN:
            if i + 1 < len(w.low) and w.low[i + 1] == "by" and not (i + 2 < len(w.low) and w.low[i + 2] in _MEDIA):
                counted = any(
                    w.cls[k] & C.SPEAKER for k in range(i + 3, min(len(w.low), i + 6))
                )  # "signed by 50 officials"
                return (
                    i + 2 < len(w.low)
                    and bool(w.cls[i + 2] & (C.NUM | C.VBG))
                    and not w.cls[i + 2] & C.NAME
                    and not counted
                )
            if w.low[i] == "made" and i + 1 < len(w.low) and w.low[i + 1] == "public" and not before & C.PUNCT:
                return i + 2 < len(w.low) and bool(w.cls[i + 2] & (C.DET | C.NAME)) and not w.cls[i + 2] & C.TIME
            if before & C.PUNCT or before & C.CONJ:
                return bool(after & (C.DET | C.SUBJ | C.SUB | C.OBJ | C.NAME | C.TO | C.NUM | C.OPEN))
            # "officials familiar", "people briefed on": a participle after a plural noun and before a preposition.
            dated = after & (C.PREP | C.TIME) or (i + 1 < len(w.low) and w.low[i + 1] in ("last", "this", "earlier"))
            return not (dated and w.low[i] in REDUCED)
        return True
    if bits & C.VBN or (bits & C.VBG and not bits & (C.VB | C.VBZ)):
        return bool(before & C.AUX)
    if before & (C.MODAL | C.DO | C.SUBJ | C.WH):
        return True
    if bits & C.VBZ and before & C.PUNCT and w.low[i] in _CERTAIN:
        return True  # "The deal, ratified in June, remains in force"
    if before & (C.DET | C.POSS | C.PREP | C.NUM | C.TO | C.PUNCT | C.OBJ | C.CONJ):
        return False
    if bits & C.VBZ:
        return (
            bool(after & (C.DET | C.SUBJ | C.SUB | C.TO | C.OBJ | C.OPEN | C.NAME | C.NUM | C.ADV | C.TIME))
            or w.low[i] in _CERTAIN
        )
    plural = (
        w.low[i - 1].endswith("s") and not w.low[i - 1].endswith(("ss", "us", "is")) and not before & C.AUX
    ) or w.low[i - 1] in (
        "people",
        "who",
        "that",
        "which",
        "men",
        "women",
    )
    return plural and (
        bool(after & (C.DET | C.SUBJ | C.SUB | C.TO | C.OBJ | C.OPEN | C.NAME | C.NUM)) or w.low[i] in _CERTAIN
    )


def joined(w: Words, comma: int) -> bool:
    """Whether the comma stands inside a name: "Royce, Dunn & Co.", "Toledo, Ohio", "Acme, Inc."."""
    top = len(w.low)
    if comma < 1 or comma + 1 >= top or w.low[comma] != "," or not w.cls[comma - 1] & C.NAME:
        return False
    if w.low[comma + 1] in group("closed", "places") and w.cls[comma + 1] & C.NAME:
        return True
    for k in range(comma + 1, min(top, comma + 8)):
        if w.low[k] == "&":
            return k > comma + 1
        if not w.cls[k] & C.NAME and w.low[k] != ",":
            return False
    return False


def summative(w: Words, n: int, high: int) -> bool:
    """Whether the phrase at `n` sums up the clause before it ("..., a move that"), rather than naming somebody
    ("a trade policy expert").
    """
    if n >= high or w.low[n] not in ("a", "an", "the", "his", "her", "its", "their", "another"):
        return False
    for k in range(n + 1, min(high, n + 4)):
        if w.low[k] in group("closed", "summatives"):
            after = w.cls[k + 1] if k + 1 < high else C.PUNCT
            return bool(after & ~(C.SPEAKER | C.NAME | C.NUM)) or k + 1 >= high
    return False


def has_finite(w: Words, a: int, b: int) -> bool:
    """Whether a finite verb stands in `a..b`."""
    cls = w.cls
    return any(cls[i] & (C.VERB | C.AUX) and finite(w, i) for i in range(a, b))


def verb_group(w: Words, i: int, low: int, chain: frozenset[str]) -> tuple[int, bool, bool]:
    """Where the group of the verb at `i` begins (auxiliaries, negation, adverbs inside, "went on to"), whether
    it is passive, and whether it is an infinitive that nothing carries.
    """
    cls = w.cls
    start, j = i, i - 1
    passive = bool(cls[i] & C.VBN) and _aux_before(w, i, low) == C.BE
    if cls[i] & C.VBG and j >= low and w.low[j] in _PHASES:
        start, j = j, j - 1  # "kept hoping"
    while j >= low and i - j < 12:
        bits = cls[j]
        if bits & C.PUNCT:
            if w.low[j] == "," and j - 3 >= low and w.low[j - 1] in _ASIDES and w.low[j - 2] == "," and start == j + 1:
                j -= 3  # "did, however, acknowledge"
                if not cls[j] & C.AUX:
                    break
                continue
            break
        if w.low[j] in ("nor", "or") and start == j + 1 and j > low and cls[j - 1] & cls[i] & C.VERB:
            start = j - 1  # "would neither confirm nor deny"
            j -= 2
            if j >= low and w.low[j] in ("neither", "either"):
                start, j = j, j - 1
            continue
        if bits & C.AUX:
            start = j
        elif bits & C.TO and j > low:
            carrier = j - 1
            while carrier > low and cls[carrier] & C.ADV:
                carrier -= 1
            if w.low[carrier] == "on" and carrier > low and w.low[carrier - 1] in chain:
                carrier -= 1  # "went on to say"
            word = w.low[carrier]
            if (
                cls[carrier] & C.HAVE
                or word in chain
                or (word in _PREDICATES and carrier > low and cls[carrier - 1] & (C.BE | C.ADV | C.NEG))
            ):
                start = carrier
                j = carrier - 1
                continue
            return start, passive, True
        elif bits & C.NEG and not bits & C.ADV and start == j + 1:
            start = j  # "never mentioned"
        elif w.low[j] in ("both", "each", "all") and j > low and cls[j - 1] & C.AUX:
            pass
        elif bits & C.CONJ and j > low and cls[j - 1] & cls[j + 1] & C.ADV:
            pass  # "has repeatedly and flatly denied"
        elif not bits & (C.ADV | C.NEG) or bits & C.NAME:
            break
        j -= 1
    return start, passive, False


def _aux_before(w: Words, i: int, low: int) -> int:
    j = i - 1
    while j >= low and w.cls[j] & (C.ADV | C.NEG) and not w.cls[j] & C.AUX:
        j -= 1
    return w.cls[j] & (C.BE | C.HAVE | C.MODAL | C.DO) if j >= low else 0


def event_at(w: Words, a: int, top: int) -> bool:
    """Whether the phrase at `a` names an occasion or a medium of speech: "a statement", "an interview with CNN"."""
    events = group("closed", "events")
    for k in range(a, min(top, a + 6)):
        if w.cls[k] & C.PUNCT or (k > a and w.cls[k] & C.PREP):
            return False
        if w.low[k] in events:
            return True
    return False


def speaker(w: Words, source: Range | None) -> bool:
    """Whether the noun phrase can speak: its head, or the head of an apposition, is a name, a person, an
    organisation, a document, or a pronoun.
    """
    if source is None:
        return False
    a, b = source
    while a < b:
        stop = next((k for k in range(a + 1, b) if w.low[k] == ","), b)
        if _speaks(w, a, stop):
            return True
        if stop + 1 < b and w.cls[stop + 1] & (C.WH | C.PREP | C.VBG):
            return False
        a = stop + 1
    return False


def thing(w: Words, source: Range | None) -> bool:
    """Whether the noun phrase is plainly a thing: "the rise in sales", "its decision", "it"."""
    if source is None:
        return True
    a, b = source
    a = _counted(w, a, b)
    stop = next(
        (k for k in range(a + 1, b) if w.cls[k] & (C.PREP | C.PUNCT | C.WH | C.SUB) and not w.cls[k] & C.POSS), b
    )
    head = stop - 1
    word = w.low[head]
    if w.cls[head] & (C.NAME | C.SPEAKER):
        return False
    if word in group("sets", "things") or w.cls[head] & (C.NUM | C.TIME | C.ADV):
        return True
    return len(word) > 5 and word.endswith(tuple(group("sets", "abstract")))


_OF_MANY = group("sets", "of_many")


def _counted(w: Words, a: int, b: int) -> int:
    """Where those begin who are counted: "dozens of | officials", "a majority of | voters", else `a`."""
    for k in range(a + 1, min(b - 1, a + 5)):
        if w.low[k] == "of":
            return k + 1 if w.low[k - 1] in _OF_MANY else a
    return a


def _speaks(w: Words, a: int, b: int) -> bool:
    """Whether the head of `a..b`, before any preposition or clause, can speak."""
    a = _counted(w, a, b)
    if a + 2 < b and w.low[a + 1] == "than" and w.low[a] in ("more", "fewer", "less"):
        a += 2  # "more than a dozen lawmakers"
    for k in range(a, min(b, a + 16)):
        if w.cls[k] & C.POSS:
            a = k + 1
        elif k > a and (
            w.cls[k] & (C.PREP | C.WH | C.PUNCT)
            or w.low[k] in REDUCED
            or (w.cls[k] & C.VBN and k + 1 < b and w.low[k + 1] == "by")
        ):
            b = k
            break
    if a >= b:
        return False
    head = b - 1
    while (
        head > a
        and (w.cls[head] & (C.TIME | C.ADV | C.NUM) or w.low[head] in _BEHIND)
        and not w.cls[head] & (C.NAME | C.SPEAKER)
    ):
        head -= 1
    bits, word = w.cls[head], w.low[head]
    if bits & (C.NAME | C.SPEAKER) or (
        head == a and bits & C.NUM and a > 0 and w.low[a - 1] in ("least", "than", "most")
    ):
        return True  # "at least six said"
    if word.endswith(("ers", "ors")) and not bits & (C.VERB | C.ADV | C.PREP) and len(word) > 4:
        return word not in _NOT_AGENTS
    return bool(bits & C.SUBJ and word != "there") or bool(bits & C.WH) or word.endswith(_AGENTS)


_NOT_AGENTS = group("speakers", "not_agents")
_BEHIND = frozenset(["familiar", "close", "alike", "there", "here"])
_AGENTS = ("ists", "ist", "ians", "cian", "eers", "men", "man", "woman", "person", "crats", "crat")
