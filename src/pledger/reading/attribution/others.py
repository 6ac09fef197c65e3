"""Sources behind a preposition: "according to X", "in X's view", "asked whether"."""

from __future__ import annotations

from pledger.reading.attribution.clauses import finite, has_finite, joined, speaker
from pledger.reading.attribution.extent import clause_end, left_start, trim
from pledger.reading.attribution.frames import group, phrases
from pledger.reading.attribution.nouns import adjunct_end, follows_appositive, noun_right
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.words import C, Words

__all__ = ["phrase_relations"]

Range = tuple[int, int]


_ASKED = group("sets", "asked")
_LEADS = frozenset(["according", "in", "as", "by", "per"]) | _ASKED
_OWN = frozenset(["his", "her", "their", "my", "our"])


def phrase_relations(w: Words, low: int, high: int, stops: dict[int, Cue]) -> list[Relation]:
    """ "According to X, ...", "..., according to X", "in the view of X", "in X's view", "per X"."""
    found: list[Relation] = []
    floor = low
    # Nobody's verb leads these, so that no later verb shares its subject with one.
    stops = {k: cue for k, cue in stops.items() if cue.shape != "shared"}
    owned = not group("prepositional", "possessed").isdisjoint(w.low)
    for i in [k for k, word in enumerate(w.low) if word in _LEADS and low <= k < high]:
        if w.quoted[i]:
            continue
        word = w.low[i]
        relation = None
        if word in _ASKED and (i == low or w.low[i - 1] in ("when", "but")) and i + 2 < high:
            if (asked := _asked(w, i, high)) is not None:
                found.append(asked)
            continue
        if word == "according" and i + 1 < high and w.low[i + 1] == "to":
            relation = _phrase(w, i, i + 2, (i, i + 2), low, floor, high, stops)
        elif word in ("in", "as", "by") and i + 2 < high:
            relation = _view(w, i, low, floor, high, stops, owned)
        elif (
            word == "per"
            and i + 2 < high
            and (w.cls[i + 1] & C.NAME or _speaks_per(w, i + 1, high))
            and (i == low or w.low[i - 1] in (",", "—", "–"))
        ):
            relation = _phrase(w, i, i + 1, (i, i + 1), low, floor, high, stops)
        if relation is not None:
            found.append(relation)
            floor = max(floor, *(b for _, b in relation.contents), relation.cue[1])
    return found


def _speaks_per(w: Words, k: int, high: int) -> bool:
    """Whether "per" names who says so ("per the judge's order"), not a rate ("per the usual ton")."""
    stop = noun_right(w, k, high)
    return w.low[k] in ("the", "his", "her", "their", "its") and speaker(w, (k, stop))


_SUBJECTS = frozenset(["about", "on", "over"])


def _asked(w: Words, i: int, high: int) -> Relation | None:
    """A question that nobody named puts: "Asked whether the plant is safe, the manager nodded"."""
    k = i + 1
    if w.low[k] == "by":
        k = noun_right(w, k + 1, high)
    while k < high and w.cls[k] & (C.TIME | C.ADV):
        k += 1
    asks = next((j for j in range(k + 1, min(high, k + 12)) if w.low[j] in ("whether", "if", "about", ",")), -1)
    if k < high and w.cls[k] & C.PREP and w.low[k] != "about" and asks > k + 1 and w.low[asks] != ",":
        k = asks  # "Asked on the tarmac whether"
    elif k < high and w.cls[k] & C.PREP and w.low[k] not in _SUBJECTS:
        k = adjunct_end(w, k, high)  # "Asked after the vote how"
    if k >= high or not (w.low[k] in _SUBJECTS or w.low[k] in ("if", "whether") or w.cls[k] & C.WH):
        return None
    end = next((j for j in range(k + 1, min(high, k + 30)) if w.low[j] == ","), -1)
    if end < 0:
        return None
    part = trim(w, k, end)
    return Relation((i, i + 1), None, [part]) if part else None


def _view(w: Words, i: int, low: int, floor: int, high: int, stops: dict[int, Cue], owned: bool) -> Relation | None:
    """ "in the view of X", "in Mr. Lee's words"."""
    for phrase in phrases().get(w.low[i], ()):
        if w.low[i + 1] == phrase[1] and tuple(w.low[i : i + len(phrase)]) == phrase:
            return _phrase(w, i, i + len(phrase), (i, i + len(phrase)), low, floor, high, stops)
    if not owned:
        return None
    for k in range(i + 1, min(high, i + 12)):
        if (
            w.low[k] in group("prepositional", "possessed")
            and (w.low[i] == "in" or (w.low[i] == "by" and w.low[k] in group("prepositional", "by")))
            and (w.cls[k - 1] & C.POSS or w.low[k - 1] in _OWN or w.low[k - 1] == "own")
        ):
            if k + 1 < high and w.low[k + 1] not in (",", ".", ":"):
                return None
            own = w.low[k - 1] == "own" and k - 2 > i
            if own:
                source = (i + 1, k - 2) if w.cls[k - 2] & C.POSS else (k - 2, k - 1)
            else:
                source = (i + 1, k - 1) if w.cls[k - 1] & C.POSS else (k - 1, k)
            relation = _phrase(w, i, k + 1, (k, k + 1), low, floor, high, stops, fixed=source)
            return relation if speaker(w, source) or w.low[source[0]] in _OWN else None
        if w.cls[k] & (C.PUNCT | C.VERB) and not w.cls[k] & (C.POSS | C.NAME | C.SPEAKER) and w.low[k] != "own":
            return None
    return None


def _source_end(w: Words, k: int, high: int, leading: bool) -> int:
    """The end of a source that follows a preposition: up to its comma; appositions belong to it."""
    start = k
    while k < high:
        bits, word = w.cls[k], w.low[k]
        if word == "(":
            while k < high and w.low[k] != ")":
                k += 1
        elif bits & C.PUNCT and word not in ("/", "-", "&", "$", "%") and not bits & C.QUOTE:
            if word == "," and k > start and joined(w, k):
                k += 1
                continue
            if word == "," and k > start:
                extended = follows_appositive(w, k, high)
                # In front of its content an apposition needs a second comma and a clause behind that.
                if extended and (
                    not leading or (extended < high and w.low[extended] == "," and _main_clause(w, extended + 1, high))
                ):
                    k = extended
                    continue
            break
        elif bits & C.BUT or (bits & (C.CONJ | C.SUB) and word != "that" and _new_clause(w, k + 1, high)):
            break
        k += 1
    return min(k, high)


def _main_clause(w: Words, a: int, high: int) -> bool:
    """Whether a clause with its own subject begins at `a`."""
    if a >= high or (w.cls[a] & (C.PREP | C.VERB | C.AUX | C.CONJ | C.WH) and not w.cls[a] & (C.NAME | C.SPEAKER)):
        return False
    plain = any(w.cls[k] & C.VBZ and w.cls[k + 1] & (C.TO | C.SUB | C.DET) for k in range(a + 1, high - 1))
    return plain or has_finite(w, a + 1, high)


def _new_clause(w: Words, a: int, high: int) -> bool:
    for k in range(a, min(high, a + 12)):
        if w.low[k] == ",":
            return False
        if w.cls[k] & (C.VERB | C.AUX) and finite(w, k):
            return True
    return False


def _phrase(
    w: Words,
    begin: int,
    after: int,
    cue: Range,
    low: int,
    floor: int,
    high: int,
    stops: dict[int, Cue],
    fixed: Range | None = None,
) -> Relation | None:
    cls, words = w.cls, w.low
    first = (
        begin == low
        or (begin - 1 == low and cls[low] & (C.CONJ | C.BUT | C.ADV))
        or (begin > low and words[begin - 1] in (";", ":", "-", "–", "—", "•"))
    )
    if begin > low + 1 and words[begin - 1] == "," and cls[begin - 2] & (C.SUB | C.CONJ | C.BUT):
        first = True  # "The ruling means that, in the words of X, ..."
    if begin > low and cls[begin - 1] & C.BE:
        return None
    if fixed is not None:
        end = after
        source = fixed
    else:
        end = _source_end(w, after, high, bool(first))
        part = trim(w, after, end)
        if part is None:
            return None
        source = part
    relation = Relation(cue, source)
    if first:
        start = end + 1 if end < high and words[end] in (",", ":") else end
        content = trim(w, start, clause_end(w, start, high, stops, "clause"))
        if content is not None:
            relation.contents.append(content)
    else:
        start = left_start(w, begin, low, floor)
        content = trim(w, start, begin)
        if content is not None:
            relation.contents.append(content)
            relation.around = True
        if content is not None and end < high and words[end] == "," and not has_finite(w, content[0], content[1]):
            rest = trim(w, end + 1, clause_end(w, end + 1, high, stops, "clause"))
            if rest is not None:
                relation.contents.append(rest)
    return relation if relation.contents else None
