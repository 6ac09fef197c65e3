"""Attributions of one English sentence: cues, their sources and contents, and which of them stand."""

from __future__ import annotations

from dataclasses import replace

from pledger.reading.attribution.announced import announced
from pledger.reading.attribution.claims import noun_relations
from pledger.reading.attribution.clauses import has_finite, speaker, thing
from pledger.reading.attribution.contents import DASHES, Taken, take
from pledger.reading.attribution.cues import verb_cues
from pledger.reading.attribution.extent import clause_end, left_start, rest_start, trim
from pledger.reading.attribution.frames import group, verbs
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.others import phrase_relations
from pledger.reading.attribution.passives import passive, reduced
from pledger.reading.attribution.relation import Cue, Relation
from pledger.reading.attribution.shapes import (
    as_saying,
    behind_adjunct,
    headless,
    main_clause,
    parted,
    subordinate,
)
from pledger.reading.attribution.sources import is_name, is_outlet
from pledger.reading.attribution.standing import standing
from pledger.reading.attribution.widen import leave_main_clause, widen
from pledger.reading.attribution.words import C, Words

__all__ = ["layers", "relations"]

Range = tuple[int, int]
_VERDICTS = group("sets", "verdicts")


def relations(w: Words, inner: bool = False) -> list[Relation]:
    """All attributions of the sentence in order; with `inner` also those that stand inside the content of another."""
    return standing(_all(w), inner)


def layers(w: Words) -> tuple[list[Relation], list[tuple[Relation, Relation]]]:
    """The attributions that stand, and those inside their contents, each with the one that relays it."""
    found = _all(w)
    kept = standing(found, False)
    inner = [
        (relation, outer)
        for relation in found
        if relation.source is not None and relation.contents and not any(relation is k for k in kept)
        for outer in [next((k for k in kept if _tells(k, relation)), None)]
        if outer is not None
    ]
    return kept, inner


def _tells(outer: Relation, relation: Relation) -> bool:
    """Whether one attribution holds source and cue of another in its content."""
    source = relation.source
    if source is None or outer.source is None or outer.cue == relation.cue:
        return False
    return any(a <= source[0] and source[1] <= b and a <= relation.cue[0] < b for a, b in outer.contents)


def _all(w: Words) -> list[Relation]:
    """Every attribution that the words may hold, also inside the content of another."""
    low, high = 0, len(w.low)
    while low < high and w.low[low] in ("•", "-", "–", "*", "·"):
        low += 1
    cues = [(cue, take(w, cue, high)) for cue in verb_cues(w, low, high)]
    stops = _stops(cues)
    found: list[Relation] = []
    floor = low
    for cue, taken in cues:
        relation = _verb_relation(w, cue, taken, low, floor, high, stops)
        if relation is not None:
            leave_main_clause(w, cue, relation, cues)
            widen(w, cue, relation, low)
            found.append(relation)
            found.extend(_learned(w, cue, high))
            if relation.around:
                floor = max([floor, cue.after, *(b for _, b in relation.contents)])
    found.extend(phrase_relations(w, low, high, stops))
    found.extend(noun_relations(w, low, high, stops))
    if w.regions and ":" in w.low:
        found.extend(announced(w, found, low))
    for relation in found:
        if relation.around and relation.kind == "relays" and w.low[relation.cue[0] - 1] == "as":
            _relayed(relation, found)
    return found


def _relayed(relay: Relation, found: list[Relation]) -> None:
    """ "A, says B, as reported by C": C relays B instead of saying it all."""
    for other in found:
        if other is not relay and other.around and other.source and other.cue < relay.cue and other.contents:
            if other.via is None:
                other.via, other.extra = relay.source, True
            relay.contents, relay.extra, relay.around = [], True, False


def _learned(w: Words, cue: Cue, high: int) -> list[Relation]:
    """Of whom the subject has heard it: "has learned from two officials"."""
    if cue.verb.lemma not in ("learn", "hear") or cue.after + 1 >= high or w.low[cue.after] != "from":
        return []
    stop = noun_right(w, cue.after + 1, high)
    if not speaker(w, (cue.after + 1, stop)):
        return []
    return [Relation((cue.after, cue.after + 1), (cue.after + 1, stop), [], "says", cue.source, extra=True)]


def _stops(cues: list[tuple[Cue, Taken | None]]) -> dict[int, Cue]:
    """Where attributions may begin: at the source of a direct cue, else at the cue."""
    stops: dict[int, Cue] = {}
    for cue, taken in cues:
        if cue.shape == "direct" and cue.source is not None:
            if cue.verb.frames & {"quote", "small", "object"}:
                stops[cue.source[0]] = cue
        elif cue.shape in ("shared", "inverted") or (cue.shape == "participle" and taken is not None):
            stops[cue.start] = cue
            if cue.shape == "participle" and cue.source and cue.source[1] == cue.start:
                stops[cue.source[0]] = cue  # "..., its chief economist saying that"
    return stops


def _verb_relation(
    w: Words, cue: Cue, taken: Taken | None, low: int, floor: int, high: int, stops: dict[int, Cue]
) -> Relation | None:
    if cue.shape == "reduced":
        return reduced(w, cue, low)
    if cue.shape in ("passive", "agentless"):
        return passive(w, cue, low, high, stops)
    if taken is None or (cue.shape == "participle" and not speaker(w, cue.source)):
        return None
    if taken.start < 0 and w.low[low] in group("sets", "asked") and cue.start > low:
        return None  # "Asked whether it is safe, she nodded"
    if cue.shape == "infinitive" and cue.source and w.low[cue.source[0]] in ("it", "there"):
        return None  # "it is fashionable to say"
    if (
        verb_shows(cue)
        and not (cue.verb.lemma in ("confirm", "reveal") and not thing(w, cue.source))
        and not (
            speaker(w, cue.source)
            and cue.source
            and (w.low[cue.source[0]] not in ("it", "this") or cue.verb.lemma in ("confirm", "project"))
        )
    ):
        return None
    if cue.source and w.low[cue.source[0]] == "you" and cue.verb.kind(taken.frame) == "believes":
        return None  # "you know": nobody in particular
    verb, cls = cue.verb, w.cls
    if verb.lemma in ("show", "demonstrate") and taken.frame == "object" and not _paper(w, cue.source):
        return None  # "showed no emotion"
    if verb.lemma == "like" and taken.frame == "infinitive" and _says_at(w, taken.start + 1):
        return None  # "likes to say": one cue
    begin = min(cue.source[0], cue.start) if cue.source and cue.shape == "direct" else cue.start
    left_open = begin > low and (
        w.low[begin - 1] in (",", *DASHES)
        or bool(cls[begin - 1] & C.CLOSE)
        or (w.low[begin - 1] == "as" and begin - 2 >= low and w.low[begin - 2] == ",")
    )
    relation = Relation((cue.start, taken.cue_end), cue.source, kind=verb.kind(taken.frame), via=taken.via)
    if verb.lemma in ("cite", "quote") and cue.shape == "participle" and _is_origin(w, taken, cue.source, high, stops):
        end = noun_right(w, taken.start, high)
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
    saying = as_saying(w, cue, taken, high)
    if saying:
        source = (taken.start, saying)
        end = clause_end(w, saying + 2, high, stops, "clause", C.VBG)
        part = trim(w, saying + 2, end)
        return Relation((saying, saying + 2), source, [part], "says", cue.source, extra=True) if part else None
    broken = taken.start >= 0 and left_open and taken.rest and w.low[taken.rest] == "," and cls[begin - 1] & C.CLOSE
    if (
        left_open
        and taken.start > 1
        and w.low[taken.start] == "that"
        and w.low[taken.start - 1] == w.low[begin - 1] == ","
        and cue.shape == "direct"
    ):  # "There is no evidence, experts say, that the vote was rigged"
        left = trim(w, left_start(w, begin, low, floor), begin)
        if left is not None and has_finite(w, *left):
            rest = trim(w, taken.start, clause_end(w, taken.start, high, stops, "clause", cls[cue.start]))
            return replace(relation, contents=[p for p in (left, rest) if p], around=True)
    split = (
        left_open
        and taken.frame == "quote"
        and taken.start > 0
        and cls[taken.start] & C.OPEN
        and taken.rest
        and w.low[taken.rest] == ","
        and headless(w, begin - 1, floor, taken.start)
    )
    if split:
        rest = trim(w, taken.start, clause_end(w, taken.start, high, stops, "quote", cls[cue.start]))
        left = trim(w, left_start(w, begin, low, floor), begin)
        return replace(relation, contents=[p for p in (left, rest) if p], around=True)
    if (taken.start < 0 or cue.shape == "inverted" or broken) and cue.shape in ("direct", "inverted"):
        if not left_open and not (begin - 1 == low and w.low[low] == "as"):
            if (
                taken.start < 0
                and cue.shape == "direct"
                and (around := parted(w, relation, begin, cue.after, low, high))
            ):
                return around
            if taken.via and taken.rest + 1 < high and w.low[taken.rest] == "," and has_finite(w, taken.rest + 1, high):
                end = clause_end(w, taken.rest + 1, high, stops, "clause", cls[cue.start])
                part = trim(w, taken.rest + 1, end)  # "told a crowd in Sydney last night, growth is slow"
                return replace(relation, contents=[part]) if part else None
            return behind_adjunct(w, cue, relation, high, stops) if cue.shape == "direct" else None
        return _around(
            w, cue, relation, begin, taken.rest if taken.start < 0 or broken else cue.after, low, floor, high, stops
        )
    if taken.start < 0:
        return None
    if (
        taken.frame == "clause"
        and cue.shape == "direct"
        and w.low[begin - 1] in ("that", "which", "who")
        and cls[taken.start] & (C.VBZ | C.VBD)
        and (around := parted(w, relation, begin, taken.start, low, high))
    ):
        return around
    relative = cue.source is not None and cue.shape == "direct" and w.low[cue.source[1] - 1] in ("who", "which")
    aside = cue.source is not None and cue.shape == "participle" and cue.source[1] == cue.start - 1
    relative = relative or aside
    leading = not relative and subordinate(w, low, cue.start)
    own = {k: c for k, c in stops.items() if k >= taken.start and c is not cue}
    end = clause_end(w, taken.start, high, own, taken.frame, cls[cue.start], relative or leading)
    if leading:
        end = min(end, main_clause(w, taken.start, end))
    if cue.source and cue.source[0] > low and w.low[cue.source[0] - 1] == "what" and cls[taken.start] & C.OPEN:
        end = next(
            (b for a, b in w.regions if a == taken.start), end
        )  # "What critics call a "bailout" cost $3 million"
    if cue.source is not None and cue.source[0] > cue.start:  # "Noting that sales fell, the company said"
        end = min(end, cue.source[0])
    part = trim(w, taken.start, end)
    if part is None:
        return None
    if (
        cue.verb.lemma in group("sets", "hiding")
        and part[1] - part[0] < 8
        and any(w.low[k] in ("named", "identified", "anonymity", "anonymous") for k in range(*part))
    ):
        return None  # "asked not to be named"
    relation.contents.append(part)
    return relation


def _paper(w: Words, source: Range | None) -> bool:
    return source is not None and any(w.cls[k] & C.PAPER for k in range(*source))


def _says_at(w: Words, k: int) -> bool:
    """Whether the verb at `k` takes what is said."""
    return k < len(w.low) and any("quote" in verb.frames for verb in verbs().get(w.low[k], ()))


def verb_shows(cue: Cue) -> bool:
    """Whether the verb may tell what things show rather than what somebody says: "the move signals"."""
    return cue.verb.lemma in group("sets", "evidential")


def _is_origin(w: Words, taken: Taken, source: Range | None, high: int, stops: dict[int, Cue]) -> bool:
    """Whether what a report cites is somebody who told it, rather than a reason."""
    if taken.start < 0:
        return False
    end = clause_end(w, taken.start, high, stops, "object")
    cited = (taken.start, min(noun_right(w, taken.start, high), end))
    heads = any(w.cls[k] & (C.PERSON | C.PAPER | C.GROUP) and not w.cls[k] & C.NAME for k in range(*cited))
    if heads and speaker(w, cited):
        return True
    return is_name(w, cited) and (is_outlet(w, cited) or (source is not None and is_outlet(w, source)))


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
    form = w.cls[cue.start]
    if begin - 1 >= low and w.low[begin - 1] == "as":
        begin -= 1
    if begin == low:  # "As Mr. Lee put it, ..."
        k = rest
        if k < high and w.low[k] == "," and (part := trim(w, k + 1, clause_end(w, k + 1, high, stops, "clause", form))):
            relation.contents.append(part)
            relation.around = True
            return relation
        return None
    start = left_start(w, begin, low, floor)
    part = trim(w, start, begin)
    if part is None:
        return None
    quoted = bool(w.cls[part[1] - 1] & C.CLOSE)
    verdict = w.low[part[0]] in _VERDICTS and part[1] - part[0] < 6  # "Not so, say her friends"
    verdict = verdict or bool(w.cls[part[0]] & C.NUM or w.cls[min(part[0] + 1, high - 1)] & C.NUM)
    if not quoted and not verdict and not has_finite(w, part[0], part[1]) and not (rest < high and w.low[rest] == ","):
        return None
    single = not quoted and part[1] - part[0] < 2
    if not speaker(w, relation.source) and cue.verb.lemma not in ("say", "add", "note"):
        return None  # "a tactic observed in ..."
    relation.contents.append(part)
    relation.around = True
    own = {k: c for k, c in stops.items() if c is not cue}
    more = rest_start(w, rest, high, own, part)
    if more < 0 and quoted and w.low[part[1] - 2] == ",":
        more = _goes_on(w, rest, high, own)
    if more >= 0:
        second = trim(w, more, clause_end(w, more, high, own, "quote", form))
        if second is not None:
            relation.contents.append(second)
    return None if single and len(relation.contents) < 2 else relation


def _goes_on(w: Words, k: int, high: int, stops: dict[int, Cue]) -> int:
    """Where a quotation that a comma has broken goes on behind a long adjunct, or -1."""
    for j in range(k, min(high - 1, k + 24)):
        if w.low[j] == "," and w.cls[j + 1] & C.OPEN:
            return j + 1
        led = w.cls[j] & C.SUBJ and w.low[j - 1] not in ("as", "when", "while", "after", "before")
        if (
            led
            or (j in stops and stops[j].shape == "participle")
            or w.cls[j] & (C.QUOTE | C.BUT)
            or w.low[j] in (";", ".", ":")
        ):
            return -1
    return -1
