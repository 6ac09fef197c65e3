"""Which frame the words behind a cue fill, and where its content begins."""

from __future__ import annotations

from dataclasses import dataclass

from pledger.reading.attribution.clauses import event_at, has_finite, speaker, thing
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import adjunct_end, person_right
from pledger.reading.attribution.relation import Cue
from pledger.reading.attribution.special import (
    as_follows,
    behind_lapse,
    clause_at,
    hearer_behind,
    reads_title,
    special,
    summons,
    tally,
)
from pledger.reading.attribution.words import C, Words

__all__ = ["DASHES", "Taken", "take"]

Range = tuple[int, int]


DASHES = group("sets", "dashes")


_ON = ("comment", "elaborate", "speculate", "remark")  # "comment on the suit": its object, no occasion
_WHETHER = group("sets", "whether")
_DATED = frozenset(["on", "last", "this", "earlier", "later", "late", "again"])
_NOMINAL = {"object", "forecast", "figure"}


@dataclass(slots=True)
class Taken:
    """What a frame found to the right of a cue."""

    frame: str
    cue_end: int
    start: int
    """Where the content begins; -1 where it stands on the left."""
    via: Range | None = None
    rest: int = 0
    """Behind addressee and adjuncts, where the content stands on the left."""


def take(w: Words, cue: Cue, high: int) -> Taken | None:
    """The frame that the words behind the cue fill, or None; `start` is -1 where nothing follows that could be said."""
    verb, e = cue.verb, cue.after
    can = speaker(w, cue.source)
    if not can and cue.source and verb.lemma in group("sets", "personal"):
        can = not thing(w, cue.source)
    frames = verb.frames if can or cue.shape == "agentless" else verb.frames - verb.weak - {"object", "infinitive"}
    if cue.shape == "infinitive":  # a bare "to say" attributes only with its clause or quotation in full sight
        frames = frames & {"quote", "clause", "wh", "person", "inverted"}
    if not frames:
        return None
    taken = _take(w, cue, frames, e, high, can)
    if taken is not None and taken.start >= high:
        return Taken("quote", taken.cue_end, -1, taken.via, high)
    if (
        taken is not None
        and taken.start == taken.cue_end == cue.end
        and taken.frame in ("object", "gerund", "quote", "small")
        and verb.lemma.endswith(_PREPOSITIONS)
        and verb.lemma not in ("call on", "call upon", "stand by")
    ):
        return Taken("prep", cue.end - 1, cue.end - 1, taken.via, taken.rest)
    return taken


_PREPOSITIONS = (" of", " for", " to", " at", " against", " over", " with", " into", " after")


def _take(w: Words, cue: Cue, frames: frozenset[str], q: int, high: int, can: bool) -> Taken | None:
    cls, words = w.cls, w.low
    says = "clause" in frames or "quote" in frames
    via: Range | None = None
    for turn in range(6):
        if q + 1 < high and words[q] in ("last", "this", "earlier", "late", "early") and cls[q + 1] & C.TIME:
            q += 2
        q = behind_lapse(w, q, high)
        if says and q + 1 < high and words[q] in ("more", "less", "even", "rather") and cls[q + 1] & C.ADV:
            q += 2  # "put it more bluntly"
        if q + 1 < high and words[q] == "otherwise" and says and cls[q + 1] & C.PUNCT and turn == 0:
            return Taken("object", cue.end, q, via)
        if (
            q < high
            and cls[q] & C.REFL
            and "object" in frames
            and turn == 0
            and (q + 1 >= high or cls[q + 1] & (C.PUNCT | C.CONJ))
        ):
            return Taken("object", cue.end, q, via)
        while (
            q < high
            and not (q + 1 < high and cls[q + 1] & C.POSS)
            and cls[q] & (C.ADV | C.TIME | C.REFL)
            and not cls[q] & (C.DET | C.NUM)
            and not w.quoted[q]
            and not (cls[q] & C.REFL and "small" in frames)
            and not _starts_clause(w, q, high)
            and not (cls[q] & C.ADV and not _aside(w, q, high))
        ):
            q += 1
        if q >= high or words[q] in (".", "?", "!", ")", ";"):
            return Taken("quote", cue.end, -1, via, q) if says else None
        t, b = words[q], cls[q]
        if t == ":":
            return Taken("quote", cue.end, q + 1, via) if says and q + 1 < high else Taken("quote", cue.end, -1, via, q)
        if b & C.OPEN and says and (stop := hearer_behind(w, cue, q, high)):
            via, q = (q, stop), stop
            continue
        if b & C.OPEN:
            if reads_title(w, cue):
                return None
            return (
                Taken("quote" if says else "small", cue.end, q, via) if says or frames & {"small", "object"} else None
            )
        if t in (",", *DASHES):
            if q + 1 < high and cls[q + 1] & C.OPEN and says:
                return Taken("quote", cue.end, q + 1, via, q)
            k = q + 1
            while k < min(high, q + 8) and words[k] != "," and not cls[k] & (C.SUBJ | C.AUX):
                k += 1
            if (
                k + 1 < high and words[k] == "," and words[k + 1] == "that" and frames & {"clause", "that"}
            ):  # "noted, however, that"
                return Taken("clause", cue.end, k + 1, via, q)
            if q + 1 < high and words[q + 1] == "that" and frames & {"clause", "that"}:
                return Taken("clause", cue.end, q + 1, via, q)
            if turn == 0 and (counted := tally(w, q, high)):
                q = counted
                continue
            if turn == 0 and words[k : k + 1] == [","] and _object_behind(w, q, k, frames, high):
                q = k + 1
                continue
            return Taken("quote", cue.end, -1, via, q) if says else None
        if t == "that":
            if frames & {"clause", "that"}:
                return Taken("clause", cue.end, q, via)
            return Taken("object", cue.end, q, via) if frames & {"object", "small"} else None
        if t in ("as", "like") and frames & {"small"} and turn == 0:
            return Taken("small", cue.end, q, via)
        if t == "as" and q + 1 < high and words[q + 1] in ("much", "many", "little", "few") and frames & _NOMINAL:
            return _bare(w, cue, frames, q, high, can, via)
        if t in ("having", "being") and "gerund" in frames:
            return Taken("gerund", cue.end, q, via)
        if t == "so" and q + 1 < high and cls[q + 1] & C.PUNCT:
            return None
        if t in _WHETHER or b & C.WH:
            if "wh" in frames:
                return Taken("wh", cue.end, q, via)
            if t == "what" and frames & {"object", "clause", "small", "result"}:
                return Taken("object", cue.end, q, via)
            if t in ("when", "if", "where") and says:
                return Taken("quote", cue.end, -1, via, q)
            return None
        infinitive = q + 1 if b & C.NEG and q + 1 < high and cls[q + 1] & C.TO else q if b & C.TO else -1
        if infinitive >= 0 and infinitive + 1 < high:
            after = cls[infinitive + 1]
            noun = (
                after & (C.DET | C.NAME | C.OBJ | C.NUM | C.SUBJ)
                or (after & C.SPEAKER and not after & C.VB)
                or (words[infinitive + 1].endswith("s") and not after & (C.VB | C.BE))
            )
            if not noun and not ("to" in frames and turn == 0 and not frames & {"infinitive"} and not after & C.VERB):
                return (
                    Taken("infinitive", cue.end, q, via)
                    if ("infinitive" in frames and via is None) or (via and "person_to" in frames)
                    else Taken("quote", cue.end, -1, via, q)
                    if says and cue.shape != "direct"
                    else None
                )
            behind = person_right(w, infinitive + 1, high)
            heard = says and behind < high and words[behind] == "that"  # "would swear to a shipper that"
            if "to" in frames and turn == 0 and not heard:
                return Taken("prep", cue.end, infinitive, via)
            if not says:
                return None
            stop = person_right(w, infinitive + 1, high)
            hearer = (infinitive + 1, stop)
            if not (
                (speaker(w, hearer) and not any(cls[k] & C.PAPER for k in range(*hearer)))
                or cls[hearer[0]] & (C.OBJ | C.REFL)
            ):
                return Taken("quote", cue.end, -1, via, stop)
            via, q = via or (infinitive + 1, stop), max(stop, infinitive + 2)
            continue
        if (
            b & C.PREP
            and says
            and not (t in frames and cue.verb.lemma != "tell")
            and q + 1 < high
            and cls[q + 1] & C.NUM
            and t in ("about", "over", "around", "under")
        ):
            return _bare(w, cue, frames, q, high, can, via)
        if (
            b & C.PREP
            and t in frames
            and can
            and not (
                q + 1 < high
                and (
                    cls[q + 1] & C.TIME
                    or (event_at(w, q + 1, high) and t in ("in", "on", "with", "to") and cue.verb.lemma not in _ON)
                )
            )
        ):
            return Taken("prep", cue.end, q, via)
        if turn == 0 and frames & {"person", "person_to"}:
            stop = person_right(w, q, high)
            if stop >= high or words[stop] in (".", ",", ";"):  # "told the board of the plan"
                stop = next((k for k in range(q + 1, stop) if cls[k] & C.PREP and words[k] in frames), stop)
            told = _told(w, cue, frames, q, stop, high)
            if told == "again":
                via, q = (q, stop), stop
                continue
            if isinstance(told, Taken):
                return told
        if b & C.PREP:
            stop = adjunct_end(w, q, high)
            if not says and not ("infinitive" in frames and q < stop < high and cls[stop] & C.TO):
                return None
            if stop == q:
                return None
            q = stop
            continue
        if b & C.SUB and t != "so" and "clause" in frames:  # "said while sales rose, costs did too"
            return Taken("clause", cue.end, q, via, q)
        if b & (C.AUX | C.CONJ | C.BUT | C.NEG) or (b & C.SUB and t != "so"):
            return Taken("quote", cue.end, -1, via, q) if says else None
        return _bare(w, cue, frames, q, high, can, via)
    return Taken("quote", cue.end, -1, via, q) if says else None


def _object_behind(w: Words, q: int, k: int, frames: frozenset[str], high: int) -> bool:
    """Whether the commas at `q` and `k` part a verb from its object: "recommends, among other things, naming", "prefer,
    by 2 to 1, a candidate".
    """
    if k + 2 >= high or not w.cls[q + 1] & C.PREP:
        return False
    if "clause" in frames and has_finite(w, k + 1, min(high, k + 12)):
        return False
    after = w.cls[k + 1]
    return bool(
        (after & C.DET and "object" in frames and not w.cls[k + 1] & C.SUBJ)
        or (after & C.VBG and "gerund" in frames)
        or (after & C.TO and "infinitive" in frames)
    )


def _aside(w: Words, q: int, high: int) -> bool:
    """Whether the adverb at `q` belongs to the cue ("said repeatedly that"), not to what follows ("said up to 20")."""
    after = q + 1
    if after >= high:
        return True
    if w.low[q] == "up" and w.cls[after] & C.TO:
        return False
    return bool(w.cls[after] & _BEHIND_ADVERB)


_BEHIND_ADVERB = (
    C.PUNCT | C.SUB | C.PREP | C.DET | C.SUBJ | C.OPEN | C.TO | C.TIME | C.NAME | C.WH | C.ADV | C.NUM | C.OBJ
)


def _starts_clause(w: Words, q: int, high: int) -> bool:
    """Whether a time at `q` is a subject ("Monday is")."""
    return q + 1 < high and bool(w.cls[q + 1] & C.AUX)


def _told(w: Words, cue: Cue, frames: frozenset[str], q: int, stop: int, high: int) -> Taken | str | None:
    """What follows the person told, which ends at `stop`."""
    cls, words = w.cls, w.low
    if stop <= q:
        return None
    if stop >= high:
        return None if "object" in frames else "again" if "person" in frames else None
    if words[stop] in (".", ";") and "object" in frames and not cls[q] & (C.OBJ | C.REFL) and not speaker(w, (q, stop)):
        return None  # "promised a full review."
    to = stop + (1 if cls[stop] & C.NEG and stop + 1 < high else 0)
    if "person_to" in frames and to + 1 < high and (cls[to] & C.TIME or words[to] in ("on", "last", "this", "earlier")):
        dated = next((k for k in range(to, min(high, to + 4)) if not (cls[k] & C.TIME or words[k] in _DATED)), high)
        if dated < high and cls[dated] & C.TO:  # "urged voters last week to"
            return Taken("person_to", cue.end, dated, (q, stop))
    dated = stop
    while dated > q + 1 and (cls[dated - 1] & C.TIME or words[dated - 1] in _DATED):
        dated -= 1
    if cls[to] & C.TO and "person_to" in frames and dated < stop:
        return Taken("person_to", cue.end, stop, (q, dated))
    if cls[to] & C.TO and "person_to" in frames:
        return Taken(
            "person_to",
            cue.end,
            stop if cue.verb.lemma == "tell" else q,
            (q, stop) if cue.verb.lemma == "tell" else None,
        )
    if "object" in frames and words[q] in ("a", "an", "no") and any(cls[k] & C.PAPER for k in range(q, stop)):
        return None  # "pledged an independent audit of every contract"
    hearer = speaker(w, (q, stop)) or cls[q] & (C.OBJ | C.REFL) or words[stop - 1].endswith("s")
    if "person" not in frames or not (hearer or cue.verb.lemma == "tell"):
        return None
    bits, word = cls[stop], words[stop]
    if word == "that" or word in _WHETHER or bits & C.OPEN or word in (":", ",", "."):
        return "again"
    if bits & (C.DET | C.SUBJ | C.NAME | C.NUM) or bits & (C.PREP | C.TIME):
        return "again"
    return "again" if "clause" in frames and has_finite(w, stop, min(high, stop + 12)) else None


def _bare(w: Words, cue: Cue, frames: frozenset[str], q: int, high: int, can: bool, via: Range | None) -> Taken | None:
    """A noun phrase or a clause without "that" right behind the cue."""
    bits = w.cls[q]
    if can and (own := special(w, cue, frames, q, high)):
        return Taken(own, cue.end, q, via)
    if cue.verb.lemma == "call" and summons(w, q, high):
        return None
    if frames == {"small"} or (frames & {"small"} and not frames & {"object", "clause"}):
        if (dict(cue.verb.kinds).get("small") or cue.verb.lemma in group("sets", "as_only")) and not as_follows(
            w, q, high
        ):
            return None
        return Taken("small", cue.end, q, via)
    if "gerund" in frames and bits & C.VBG:
        return Taken("gerund", cue.end, q, via)
    if "clause" in frames:
        if bits & C.SUBJ and (q + 1 >= high or (w.cls[q + 1] & C.PUNCT and w.low[q + 1] in (".", "?", "!", ";"))):
            return Taken("object", cue.end, q, via) if "object" in frames and can else None
        strict = cue.verb.lemma in ("say", "think", "believe", "insist", "tell", "argue", "contend") or bits & C.SUBJ
        if strict or via is not None or clause_at(w, q, high):
            return Taken("clause", cue.end, q, via)
    if "result" in frames and any(w.cls[k] & C.PAPER for k in range(*(cue.source or (0, 0)))):
        return Taken("object", cue.end, q, via)
    if "object" in frames and can:
        return Taken("object", cue.end, q, via)
    return None
