"""Attributions of one English sentence: cues, their sources and contents, and which of them stand."""

from __future__ import annotations

from dataclasses import replace

from pledger.reading.attribution.clauses import event_at, has_finite, speaker
from pledger.reading.attribution.contents import DASHES, Taken, take
from pledger.reading.attribution.cues import verb_cues
from pledger.reading.attribution.extent import clause_end, left_start, rest_start, trim
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.others import noun_relations, phrase_relations
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.subjects import noun_left, subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["relations"]

Range = tuple[int, int]


def relations(w: Words, inner: bool = False) -> list[Relation]:
    """All attributions of the sentence in order; with `inner` also those that stand inside the content of another."""
    low, high = 0, len(w.low)
    while low < high and w.low[low] in ("•", "-", "–", "*", "·"):
        low += 1
    cues = verb_cues(w, low, high)
    stops = _stops(cues)
    found: list[Relation] = []
    floor = low
    for cue in cues:
        taken = take(w, cue, high)
        relation = _verb_relation(w, cue, taken, low, floor, high, stops)
        if relation is not None:
            found.append(relation)
            if relation.around:
                floor = max([floor, cue.after, *(b for _, b in relation.contents)])
    found.extend(phrase_relations(w, low, high, stops))
    found.extend(noun_relations(w, low, high, stops))
    return _stand(found, inner)


def _stops(cues: list[Cue]) -> dict[int, Cue]:
    """Where attributions may begin: at the source of a direct cue, else at the cue."""
    stops: dict[int, Cue] = {}
    for cue in cues:
        if cue.shape == "direct" and cue.source is not None:
            if cue.verb.frames & {"quote", "small", "object"}:
                stops[cue.source[0]] = cue
        elif cue.shape in ("shared", "inverted", "participle"):
            stops[cue.start] = cue
    return stops


def _verb_relation(
    w: Words, cue: Cue, taken: Taken | None, low: int, floor: int, high: int, stops: dict[int, Cue]
) -> Relation | None:
    if cue.shape == "reduced":
        return _reduced(w, cue, low)
    if cue.shape in ("passive", "agentless"):
        return _passive(w, cue, low, high, stops)
    if taken is None or (cue.shape == "participle" and not speaker(w, cue.source)):
        return None
    if verb_shows(cue) and not (speaker(w, cue.source) and cue.source and w.low[cue.source[0]] not in ("it", "this")):
        return None
    if cue.source and w.low[cue.source[0]] == "you" and cue.verb.kind(taken.frame) == "believes":
        return None  # "you know": nobody in particular
    verb, cls = cue.verb, w.cls
    begin = min(cue.source[0], cue.start) if cue.source and cue.shape == "direct" else cue.start
    left_open = begin > low and (
        w.low[begin - 1] in (",", *DASHES)
        or bool(cls[begin - 1] & C.CLOSE)
        or (w.low[begin - 1] == "as" and begin - 2 >= low and w.low[begin - 2] == ",")
    )
    relation = Relation((cue.start, taken.cue_end), cue.source, kind=verb.kind(taken.frame), via=taken.via)
    if verb.lemma == "cite" and cue.shape == "participle" and _is_origin(w, taken, high, stops):
        end = clause_end(w, taken.start, high, stops, "object")
        return Relation((cue.start, cue.end), trim(w, taken.start, end), [], "says", cue.source, extra=True)
    closed = (
        begin - 2 >= low
        and bool(cls[begin - 1] & C.CLOSE)
        and w.low[begin - 2] in (",", "?", "!", "—", "--", "-")
        and cue.shape == "direct"
    )
    aside = left_open and taken.start >= 0 and cls[taken.start] & C.SUB and w.low[taken.start] != "that"
    if (closed or aside) and taken.start >= 0 and not cls[taken.start] & C.OPEN:  # "...," he said of the deal
        taken = Taken("quote", cue.end, -1, taken.via, taken.rest or cue.after)
    saying = _as_saying(w, cue, taken, high)
    if saying:
        source = (taken.start, saying)
        end = clause_end(w, saying + 2, high, stops, "clause", C.VBG)
        part = trim(w, saying + 2, end)
        return Relation((saying, saying + 2), source, [part], "says", cue.source, extra=True) if part else None
    broken = taken.start >= 0 and left_open and taken.rest and w.low[taken.rest] == "," and cls[begin - 1] & C.CLOSE
    if (taken.start < 0 or cue.shape == "inverted" or broken) and cue.shape in ("direct", "inverted"):
        if not left_open and not (begin - 1 == low and w.low[low] == "as"):
            return _behind_adjunct(w, cue, relation, high, stops) if cue.shape == "direct" else None
        return _around(
            w, cue, relation, begin, taken.rest if taken.start < 0 or broken else cue.after, low, floor, high, stops
        )
    if taken.start < 0:
        return None
    relative = cue.source is not None and cue.shape == "direct" and w.low[cue.source[1] - 1] in ("who", "which")
    relative = relative or _subordinate(w, low, cue.start)
    own = {k: c for k, c in stops.items() if k >= taken.start and c is not cue}
    end = clause_end(w, taken.start, high, own, taken.frame, cls[cue.start], relative)
    part = trim(w, taken.start, end)
    if part is None:
        return None
    if (
        any(w.low[k] in ("named", "identified", "anonymity", "anonymous") for k in range(*part))
        and part[1] - part[0] < 8
    ):
        return None  # "asked not to be named"
    relation.contents.append(part)
    return relation


def _behind_adjunct(w: Words, cue: Cue, relation: Relation, high: int, stops: dict[int, Cue]) -> Relation | None:
    """A clause that opens with its own adjunct: "says despite the offer, it will not sell"."""
    k = cue.after
    opens = k < high and w.cls[k] & C.PREP and not event_at(w, k + 1, high) and not w.cls[min(k + 1, high - 1)] & C.TIME
    if not opens or "clause" not in cue.verb.frames or w.low[k] in ("of", "to", "about", "at", "on", "by"):
        return None
    comma = next((j for j in range(k, min(high, k + 25)) if w.low[j] == ","), k)
    if not has_finite(w, comma, high):
        return None
    end = clause_end(w, comma + 1, high, {j: c for j, c in stops.items() if j > comma + 1}, "clause", w.cls[cue.start])
    part = trim(w, k, end)
    return replace(relation, contents=[part]) if part else None


def _subordinate(w: Words, low: int, at: int) -> bool:
    """Whether the cue at `at` stands in a clause that only leads to the main one: "When asked if he knew, ..."."""
    if at <= low or not (w.cls[low] & (C.SUB | C.WH) or w.low[low] in ("asked", "as", "after", "before", "since")):
        return False
    return not any(w.low[k] == "," for k in range(low, at))


def verb_shows(cue: Cue) -> bool:
    """Whether the verb may tell what things show rather than what somebody says: "the move signals"."""
    return cue.verb.lemma in group("sets", "evidential")


def _as_saying(w: Words, cue: Cue, taken: Taken, high: int) -> int:
    """Where "as saying" stands behind somebody whom the subject quotes or cites, or 0."""
    if cue.verb.lemma not in ("quote", "cite") or taken.start < 0:
        return 0
    for k in range(taken.start + 1, min(high - 1, taken.start + 20)):
        if w.low[k] == "as" and w.low[k + 1] == "saying":
            return k
        if w.cls[k] & C.PUNCT:
            return 0
    return 0


def _is_origin(w: Words, taken: Taken, high: int, stops: dict[int, Cue]) -> bool:
    """Whether what a report cites is somebody who told it, rather than a reason."""
    if taken.start < 0:
        return False
    end = clause_end(w, taken.start, high, stops, "object")
    return any(w.cls[k] & (C.PERSON | C.PAPER | C.GROUP) for k in range(taken.start, min(end, taken.start + 8)))


def _around(
    w: Words,
    cue: Cue,
    relation: Relation,
    begin: int,
    rest: int,
    low: int,
    floor: int,
    high: int,
    stops: dict[int, Cue],
) -> Relation | None:
    """Content before the cue, and what follows of it behind."""
    if begin - 1 >= low and w.low[begin - 1] == "as":
        begin -= 1
    if begin == low:  # "As Mr. Lee put it, ..."
        k = rest
        if k < high and w.low[k] == "," and (part := trim(w, k + 1, clause_end(w, k + 1, high, stops, "clause"))):
            relation.contents.append(part)
            relation.around = True
            return relation
        return None
    start = left_start(w, begin, low, floor)
    part = trim(w, start, begin)
    if part is None:
        return None
    quoted = bool(w.cls[part[1] - 1] & C.CLOSE)
    if not quoted and not has_finite(w, part[0], part[1]) and not (rest < high and w.low[rest] == ","):
        return None
    if not quoted and part[1] - part[0] < 2:
        return None
    if not speaker(w, relation.source) and cue.verb.lemma not in ("say", "add", "note"):
        return None  # "a tactic observed in ..."
    relation.contents.append(part)
    relation.around = True
    own = {k: c for k, c in stops.items() if c is not cue}
    more = rest_start(w, rest, high, own, part)
    if more >= 0:
        second = trim(w, more, clause_end(w, more, high, own, "quote"))
        if second is not None:
            relation.contents.append(second)
    return relation


def _passive(w: Words, cue: Cue, low: int, high: int, stops: dict[int, Cue]) -> Relation | None:
    """ "The plan was criticized by X", "is seen by X as", "is expected to", "it was reported that"."""

    kind = (
        cue.verb.kind("object")
        if cue.source is None
        else "relays"
        if cue.verb.lemma in ("report", "cite")
        else cue.verb.kind("small")
    )
    relation = Relation((cue.start, cue.end), cue.source, kind=kind)
    subject, _ = subject_left(w, cue.start, low)
    dummy = w.low[cue.start - 1] == "it" if cue.start > low else False
    k = cue.after
    tail: Range | None = None
    if k < high and (w.low[k] in ("as", "that", "to", "of", "for") or w.cls[k] & C.TO):
        tail = trim(w, k, clause_end(w, k, high, stops, "clause"))
    if dummy:
        subject = None
        if tail is None or w.low[k] not in ("that", "to"):
            return None
    told = "person" in cue.verb.frames and tail is not None
    if subject is not None:
        subject = (_list_start(w, subject[0], low), subject[1])
    if subject is not None and not told:
        relation.contents.append(subject)
    if tail is not None:
        relation.contents.append(tail)
    if cue.source is None and w.low[k] == "that" and not dummy:
        return None
    return relation if relation.contents else None


def _list_start(w: Words, begin: int, low: int) -> int:
    """Where a list begins whose last member begins at `begin`: "steel, copper and zinc are expected"."""
    k = begin
    while k > low and (w.low[k - 1] in (",", "and") or not w.cls[k - 1] & (C.PUNCT | C.PREP | C.VERB | C.AUX | C.SUB)):
        k -= 1
    listed = w.low[begin - 1] in (",", "and") if begin > low else False
    return k if listed and w.low[k] != "," and not w.cls[k] & C.CONJ else begin


def _reduced(w: Words, cue: Cue, low: int) -> Relation | None:
    """ "This development, first reported by X, ..."."""

    k = cue.start - 1
    if k >= low and w.low[k] == ",":
        k -= 1
    if k < low or w.cls[k] & C.PUNCT:
        return None
    start = noun_left(w, k, low)
    if start is None or not speaker(w, cue.source):
        return None
    kind = "relays" if cue.verb.lemma in ("report", "cite", "quote", "reveal", "disclose") else "says"
    return Relation((cue.start, cue.end), cue.source, [(start, k + 1)], kind)


def _stand(found: list[Relation], inner: bool) -> list[Relation]:
    """The relations that stand: none whose cue lies in the content of another, widest contents first."""

    def reach(r: Relation) -> int:
        return max((b for _, b in r.contents), default=r.cue[1]) - min((a for a, _ in r.contents), default=r.cue[0])

    kept: list[Relation] = []
    for relation in sorted(found, key=lambda r: (not r.around, -reach(r), r.cue)):
        if (
            any(_within(relation.cue, kept_one.contents) or relation.cue == kept_one.cue for kept_one in kept)
            and not inner
        ):
            continue
        own = [c for c in relation.contents if not _crossed(c, relation)]
        relation.contents = (
            own
            if inner
            else [c for c in own if not any(_cross(c, other) for k in kept for other in (*k.contents, k.cue))]
        )
        if not relation.contents and not relation.extra:
            continue
        kept.append(relation)
    return sorted(kept, key=lambda r: (r.cue, r.contents))


def _within(span: Range, contents: list[Range]) -> bool:
    return any(a <= span[0] < b for a, b in contents)


def _cross(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _crossed(content: Range, relation: Relation) -> bool:
    return _cross(content, relation.cue) or (relation.source is not None and _cross(content, relation.source))
