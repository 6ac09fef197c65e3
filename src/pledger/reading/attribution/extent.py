"""How far a content reaches: its end behind the cue, its start before it, its second part around it."""

from __future__ import annotations

from pledger.reading.attribution.clauses import event_at, finite, has_finite, summative
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.relation import Cue
from pledger.reading.attribution.words import C, Words

__all__ = ["clause_end", "left_start", "rest_start", "trim"]

Range = tuple[int, int]


DASHES = group("sets", "dashes")


# No sentence of news says more words at once outside quotation marks; hostile ones are cut here.
_LONGEST = 250
_TIGHT = group("sets", "tight")


_DAYS = group("sets", "days")


_NAMED = C.NAME | C.SPEAKER | C.OBJ | C.PUNCT


def clause_end(
    w: Words, start: int, high: int, stops: dict[int, Cue], frame: str, form: int = C.VBD, relative: bool = False
) -> int:
    """The end of a content that begins at `start`.

    `stops` has the words where another attribution of the same level could begin, by where its source or cue starts.
    `form` is the class of the cue's finite verb, which a coordinated cue shares; `relative`: the cue stands in a
    relative clause, whose comma ends it.
    """
    cls, words = w.cls, w.low
    opens = dict(w.regions)
    k, depth = start, 0
    tight = frame in _TIGHT
    nominal = frame in ("object", "prep")
    simple = True  # no clause of its own so far
    below = min(high, start + _LONGEST)
    while k < below:
        if k in opens:
            stop = opens[k]
            last = words[stop - 2] if stop - 2 > k else ""
            whole = k == start and last in (",", ".", "?", "!", "—", "--", "-", "...", "…")
            if whole or (stop < high and _leaves(w, stop, high)):
                return stop
            if relative and last == "," and stop < high and cls[stop] & (C.VERB | C.AUX):
                return stop
            if (
                last == ","
                and stop < high
                and (cls[stop] & C.VBG or words[stop] == "without" or summative(w, stop, high))
            ):
                return stop  # 'urged them to "wait," without saying how long'
            if last == "," and tight and k > start and _new_subject(w, stop, high):
                return stop
            k = stop
            continue
        t, b = words[k], cls[k]
        if t == "(":
            depth += 1
        elif t == ")":
            if depth == 0:
                return k
            depth -= 1
        elif depth == 0:
            nominal = nominal and (k == start or not (b & (C.TO | C.AUX) or (b & C.VBG and cls[k - 1] & _NAMED)))
            if (
                t in (";", ".", "?", "!")
                and k > start
                and (t == ";" or (k + 1 < high and cls[k + 1] & (C.NAME | C.DET | C.SUBJ | C.OPEN)))
            ):
                return k
            if relative and t == "," and k > start and (k + 1 in stops or _resumes(w, k + 1, high)):
                return k
            if t == "according" and k + 1 < high and words[k + 1] == "to":
                return k
            if t == "," and nominal and k + 1 < high and words[k + 1] in ("who", "which") and k + 1 not in stops:
                k += 1  # a relative clause belongs to the noun phrase that is all that was said
                continue
            if (t == "," or t in DASHES) and k > start and _comma_ends(w, k, high, stops, tight, form):
                return k
            if t in DASHES and (close := _closing_dash(w, k, high, stops)):
                k = close
                continue
            if b & (C.CONJ | C.BUT) and k > start and _joins(w, k, high, stops, form):
                return k
            simple = simple and not b & (C.SUB | C.WH | C.SUBJ)
            joins = tight and b & C.CONJ and k > start and (simple or frame != "infinitive")
            if joins and _another_verb(w, k, high, form):
                return k
            if b & C.BUT and k - 2 > start and _but_behind(w, k, high):
                return k
            if tight and k > start and frame != "infinitive" and _dated(w, k, high):
                return k
            if tight and k > start and words[k] in ("because", "while", "although", "though", "whereas", "unless"):
                return k
        k += 1
    return max(k, below)


def _another_verb(w: Words, k: int, high: int, form: int) -> bool:
    """Whether the conjunction at `k` gives the cue's subject a second verb: "called it a mistake and left"."""
    n = k + 1
    while n < high and w.cls[n] & C.ADV:
        n += 1
    if n >= high or w.low[k] != "and" or w.cls[n] & (C.NAME | C.SPEAKER):
        return False
    if form & C.VBZ:
        return bool(w.cls[n] & C.VBZ) and bool(w.cls[min(n + 1, high - 1)] & (C.DET | C.PREP | C.TO | C.SUBJ))
    return (
        bool(form & (C.VBD | C.AUX))
        and bool(w.cls[n] & C.VBD)
        and not w.cls[n - 1] & C.DET
        and (not w.cls[n] & C.VBN or bool(w.cls[min(n + 1, high - 1)] & (C.DET | C.TO | C.OBJ)))
    )


def _closing_dash(w: Words, k: int, high: int, stops: dict[int, Cue]) -> int:
    """Behind the dash that closes the aside which the one at `k` opens, or 0: "the plants -- in Flint; Lordstown; and
    Doraville -- will close".
    """
    for j in range(k + 1, min(high - 1, k + 45)):
        if j in stops or w.low[j] in (".", "?", "!"):
            return 0
        if w.low[j] in DASHES:
            return j + 1
    return 0


def _new_subject(w: Words, k: int, high: int) -> bool:
    """Whether a clause with a subject of its own is added at `k`: 'called it "dead," and he left'."""
    if k + 2 >= high or w.low[k] not in ("and", "while", "though", "although", "as"):
        return False
    return bool(w.cls[k + 1] & C.SUBJ) and has_finite(w, k + 2, min(high, k + 6))


def _but_behind(w: Words, k: int, high: int) -> bool:
    """Whether the contrast at `k` follows a comma inside quotation marks: 'called it "dead," but he ...'."""
    if not w.cls[k - 1] & C.CLOSE or w.low[k - 2] != "," or k + 1 >= high:
        return False
    return bool(w.cls[k + 1] & (C.DET | C.SUBJ | C.NAME)) and has_finite(w, k + 1, high)


def _dated(w: Words, k: int, high: int) -> bool:
    """Whether a day or a moment at `k` tells when it was said: "accused him of lying on Thursday", "as he left"."""
    if w.low[k] in ("on", "late", "last", "earlier") and k + 1 < high and w.low[k + 1] in _DAYS:
        return True
    if (
        w.low[k] in ("in", "during", "at")
        and event_at(w, k + 1, high)
        and k + 1 < high
        and w.low[k + 1] in ("a", "an", "his", "her", "their")
    ):
        return True
    return w.low[k] in ("as", "when", "after") and k + 1 < high and bool(w.cls[k + 1] & C.SUBJ)


def _leaves(w: Words, k: int, high: int) -> bool:
    """Whether what follows a quoted fragment is an occasion, not part of what was said."""
    return w.low[k] in ("in", "during", "on", "at", "to") and (
        event_at(w, k + 1, high) or (k + 1 < high and bool(w.cls[k + 1] & C.TIME))
    )


def _comma_ends(w: Words, k: int, high: int, stops: dict[int, Cue], tight: bool, form: int) -> bool:
    """Whether the comma or dash at `k` ends a content."""
    cls, words = w.cls, w.low
    n = k + 1
    if n >= high:
        return True
    if words[n] == "according" and n + 1 < high and words[n + 1] == "to":
        return True
    other = stops.get(n)
    if other is not None and other.shape == "shared" and not _same_form(w, other, form):
        other = None  # "may seek control, propose a merger or buy stock"
    if other is not None and (
        other.shape != "direct" or other.after >= high or cls[other.after] & (C.PUNCT | C.OPEN | C.TIME | C.PREP)
    ):
        return True
    bits, word = cls[n], words[n]
    after = n + 1
    while after < high - 1 and cls[after] & C.ADV:
        after += 1
    if after >= high:
        return False
    if bits & (C.CONJ | C.BUT) or word in ("while", "although", "though", "whereas"):
        if after in stops or n + 1 in stops:
            return True
        if bits & C.BUT and not cls[after] & (C.AUX | C.VERB | C.PREP | C.NEG | C.TO):
            return True
    if summative(w, n, high):
        return True
    if not tight:
        return False
    if bits & C.VBG or word in (
        "while",
        "although",
        "though",
        "because",
        "whereas",
        "after",
        "but",
        "when",
        "who",
        "which",
        "before",
    ):
        return True
    if word in ("up", "down") and w.low[n + 1 : n + 2] in (["from"], ["to"]):
        return False  # "expect two increases, down from four"
    if bits & (C.SUBJ | C.ADV):
        return True
    return bool(bits & C.CONJ) and any(cls[j] & (C.VERB | C.AUX) and finite(w, j) for j in range(n, min(high, n + 12)))


def _resumes(w: Words, n: int, high: int) -> bool:
    """Whether the main clause goes on at `n`, behind a relative clause."""
    while n < high and w.cls[n] & C.ADV:
        n += 1
    return n < high and bool(w.cls[n] & (C.AUX | C.VBD | C.VBZ)) and not w.cls[n] & C.NAME


def _joins(w: Words, k: int, high: int, stops: dict[int, Cue], form: int) -> bool:
    """Whether the conjunction at `k` begins another attribution of the same level."""
    n = k + 1
    while n < high and w.cls[n] & C.ADV and n not in stops:
        n += 1
    other = stops.get(n) or stops.get(k + 1)
    if other is None or w.low[k] == "or":
        return False
    if other.shape == "shared":
        return _same_form(w, other, form)
    if other.shape == "participle":
        return bool(form & C.VBG) and n < high and bool(w.cls[n] & C.VBG)
    return "quote" in other.verb.frames and "say" in other.verb.lemma


def _same_form(w: Words, other: Cue, form: int) -> bool:
    """Whether a coordinated cue has the form of the verb whose subject it shares."""
    bits = w.cls[other.start]
    if form & C.VBD or form & C.AUX:
        return bool(bits & (C.VBD | C.AUX))
    return bool(bits & form & (C.VB | C.VBZ)) or bool(bits & C.AUX)


def left_start(w: Words, before: int, low: int, floor: int) -> int:
    """Where a content begins that ends before `before`; `floor` is where the last attribution on the left ends."""
    cls, words = w.cls, w.low
    start = max(low, floor)
    if start == low and w.text[w.start[low] : w.end[low]].isupper():  # "WASHINGTON -- The Senate"
        start = next((k + 1 for k in range(low + 1, min(before, low + 9)) if words[k] in DASHES), start)
    last = before - 1
    if last >= start and words[last] == ",":
        last -= 1
    colon = next((k for k in range(start + 1, min(last, start + 9)) if words[k] == ":"), -1)
    if colon > 0 and not w.quoted[colon] and has_finite(w, colon + 1, before):
        start = colon + 1  # a label, or what leads in what was said
    for a, b in w.regions:
        if b - 1 == last and a > start:
            if words[a - 1] in (",", ":", ";", *DASHES):
                return a
            break
    while (
        start < before
        and (
            cls[start] & (C.CONJ | C.BUT)
            or words[start] in (",", ";", "•", "·", "-", "–", "—", "*")
            or (start == low and words[start] == "as")
        )
        and not cls[start] & C.OPEN
    ):
        start += 1
    return start


def rest_start(w: Words, k: int, high: int, stops: dict[int, Cue], left: Range) -> int:
    """Where the second part of a content begins that the cue has broken, or -1; `k` is behind cue and source."""
    cls, words = w.cls, w.low
    if k >= high or words[k] not in (",", ".", ":", *DASHES):
        return -1
    n = k + 1
    if n >= high:
        return -1
    if cls[n] & C.OPEN:
        return n
    if cls[left[1] - 1] & C.CLOSE:
        if cls[n] & (C.VBG | C.PREP | C.VBN):  # "...," said X, speaking in Ohio, "..."
            again = next((a for a, _ in w.regions if n < a < n + 25 and words[a - 1] == ","), -1)
            if again > 0 and not any(n <= s < again for s in stops):
                return again
        if cls[n] & (C.CONJ | C.BUT) and n + 1 < high and cls[n + 1] & C.OPEN:
            return n + 1
        return -1
    if n in stops or cls[n] & C.VBG or words[n] in ("who", "which", "whose", "citing", "according"):
        return -1
    if cls[n] & (C.CONJ | C.BUT) and (
        n + 1 in stops or (n + 1 < high and cls[n + 1] & C.VERB and not has_finite(w, left[0], left[1]))
    ):
        return -1 if n + 1 in stops else n
    if cls[left[1] - 1] & (C.AUX | C.TO) or (cls[left[1] - 2] & C.AUX and cls[left[1] - 1] & C.NEG):
        return n  # "The bill would, its sponsors say, save"
    if has_finite(w, left[0], left[1]) and not cls[n] & (C.AUX | C.CONJ | C.BUT | C.PREP | C.SUB):
        return n if cls[n] & C.VERB and finite(w, n) else -1
    return n


def trim(w: Words, a: int, b: int) -> Range | None:
    """The range without stops and commas at its ends; quotation marks stay."""
    words, cls = w.low, w.cls
    while a < b and words[a] in (",", ":", ";", ".", ")", "—", "–", "--", "•", "-"):
        a += 1
    while b > a and (
        words[b - 1] in (".", ",", ";", ":", "!", "?", "—", "–", "--", "(", "-", "…")
        and not (words[b - 1] in "!?" and cls[a] & C.OPEN and w.quoted[b - 1])
    ):
        if w.quoted[b - 1] and cls[b - 1] & C.QUOTE:
            break
        b -= 1
    return (a, b) if a < b else None
