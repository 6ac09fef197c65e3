"""Finding cues: which verbs of a sentence attribute, with their groups and their subjects."""

from __future__ import annotations

from pledger.reading.attribution.ambiguous import as_verb, beside_quotation
from pledger.reading.attribution.clauses import REDUCED, finite, has_finite, speaker, verb_group
from pledger.reading.attribution.frames import Verb, adjectives, ambiguous, chain, cue_verbs, group, verbs
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.participles import main_subject, participle
from pledger.reading.attribution.relation import Cue
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words

__all__ = ["verb_cues"]

Range = tuple[int, int]


# Verbs that somebody told must follow, so that their subject cannot, but for a quotation right before them.
_HEARD = frozenset(["tell", "assure", "remind", "inform", "notify", "reassure", "convince", "persuade", "urge"])
_MEDIA = group("sets", "media")
_QUESTIONS = frozenset(["whether", "if", "about", "why", "how", "what", "who"])
GENERIC = Verb("", frozenset(["quote", "inverted"]), frozenset(), ())


"""Any verb beside a quotation that a comma opens or closes: "...," she thundered."""


def verb_cues(w: Words, low: int, high: int) -> list[Cue]:
    """All verbs between `low` and `high`, outside quotations, that may attribute, left to right."""
    known, like, cls, words = verbs(), adjectives(), w.cls, w.low
    closes = {end for _, end in w.regions}
    found: list[Cue] = []
    either = cue_verbs()
    places = range(low, high) if closes else [i for i, word in enumerate(words) if word in either and low <= i < high]
    for i in places:
        if w.quoted[i]:
            continue
        adjective = like.get(words[i])
        if adjective is not None and i > low and (cue := _adjective(w, i, adjective, low)) is not None:
            found.append(cue)
            continue
        options = known.get(words[i])
        if options is not None and " " in options[-1].lemma:  # only with a particle: "go after", not "went on"
            behind = words[i + 1] if i + 1 < high else ""
            options = options if any(verb.lemma.endswith(" " + behind) for verb in options) else None
        if options is None:
            sniffs = i in closes and not cls[i] and words[i].endswith("s")
            if not closes or not (cls[i] & (C.VBD | C.VBZ) or sniffs) or cls[i] & C.NAME:
                continue
            cue = _generic(w, i, low, high, closes)
        else:
            if not cls[i] & C.VERB:
                continue
            cue = _cue(w, i, _choose(w, i, options), low, high, found, closes)
        if cue is not None:
            found.append(cue)
    return found


def _adjective(w: Words, i: int, verb: Verb, low: int) -> Cue | None:
    """ "is confident", "was not sure": the cue is the form of "be" with the adjective."""
    j = i - 1
    while j > low and w.cls[j] & (C.ADV | C.NEG) and not w.cls[j] & C.AUX:
        j -= 1
    if not (w.cls[j] & C.BE or w.low[j] in group("sets", "copulas")) or w.cls[j] & C.POSS:
        return None
    start, _, infinitive = verb_group(w, j, low, chain())
    source, _ = subject_left(w, start, low)
    if source is None or infinitive:
        return None
    return Cue(verb, i, start, i + 1, source, "direct", i + 1)


def _choose(w: Words, i: int, options: tuple[Verb, ...]) -> Verb:
    """The verb with its particle where the particle follows ("point out"), else the plain one."""
    for verb in options:
        _, _, particle = verb.lemma.partition(" ")
        if not particle:
            return verb
        if i + 1 < len(w.low) and w.low[i + 1] == particle:
            if particle == "it" and i + 2 < len(w.low) and w.cls[i + 2] & (C.PREP | C.TO) and verb is not options[-1]:
                continue  # "puts it at 4%"
            return verb
    return options[-1]


def _generic(w: Words, i: int, low: int, high: int, closes: set[int]) -> Cue | None:
    """A verb without frames right beside a quotation."""
    start, passive, _ = verb_group(w, i, low, chain())
    if passive or (not finite(w, i) and not start - 1 >= low and w.cls[i]):
        return None
    if start in closes and _comma_inside(w, start):
        stop = noun_right(w, i + 1, high)
        if stop > i + 1 and speaker(w, (i + 1, stop)):
            return Cue(GENERIC, i, start, i + 1, (i + 1, stop), "inverted", stop)
        return None
    source, _ = subject_left(w, start, low)
    if source is not None and source[0] in closes and _comma_inside(w, source[0]) and speaker(w, source):
        end = i + 1 + (i + 1 < high and w.low[i + 1] in ("on", "in", "back", "up"))  # '"...," he went on'
        return Cue(GENERIC, i, start, end, source, "direct", end)
    colon = i + 1 + (i + 1 < high and w.low[i + 1] in ("on", "thus", "back", "again"))  # 'He went on: "..."'
    if source is not None and colon + 1 < high and w.low[colon] == ":" and w.cls[colon + 1] & C.OPEN:
        return Cue(GENERIC, i, start, colon, source, "direct", colon) if speaker(w, source) else None
    if (
        source is not None
        and i + 2 < high
        and w.low[i + 1] == ","
        and w.cls[i + 2] & C.OPEN
        and speaker(w, source)
        and i + 3 < high
        and w.low[i + 3][:1].isalpha()
    ):
        return Cue(GENERIC, i, start, i + 1, source, "direct", i + 1)
    return None


def _comma_inside(w: Words, close: int) -> bool:
    """Whether the quotation that ends before `close` leaves its sentence open: a comma, a question mark, a dash."""
    opened = next((a for a, b in w.regions if b == close), -1)
    if opened > 0 and not w.cls[opened - 1] & (C.PUNCT | C.CONJ | C.BUT | C.ADV):
        return False  # a fragment: 'calling it "a disaster," he left'
    return close >= 2 and w.low[close - 2] in (",", "?", "!", "—", "-", "--", "...", "…", "–")


def _cue(w: Words, i: int, verb: Verb, low: int, high: int, earlier: list[Cue], closes: set[int]) -> Cue | None:
    cls, words = w.cls, w.low
    if words[i] == "like" and not cls[i - 1] & (C.MODAL | C.DO | C.NEG | C.TO | C.SUBJ):
        return None  # "companies like Acme"
    end = i + 1 + (" " in verb.lemma and i + 1 < high and words[i + 1] == verb.lemma.split(" ")[1])
    if " " in verb.lemma and end == i + 1:
        return None
    start, passive, infinitive = verb_group(w, i, low, chain())
    bits = cls[i]
    before = cls[start - 1] if start > low else C.PUNCT
    if start < i and not bits & (C.VBN | C.VBG) and cls[i - 1] & (C.BE | C.HAVE):
        return None  # "There are fears", "had views"
    if passive:
        return _passive(w, i, verb, start, end, low, high)
    if start == i:
        by = end < high and words[end] == "by" and not (end + 1 < high and words[end + 1] in _MEDIA)
        if (bits & C.VBN and not bits & C.VBD) or (bits & C.VBN and by):
            return _reduced(w, i, verb, low, high)
        if bits & C.VBG:
            return participle(w, i, verb, start, end, low, earlier)
        alone = words[i - 1] in group("sets", "alone") and words[i] not in ambiguous()
        named = before & C.POSS and cls[start - 2] & C.NAME and bits & (C.VBD | C.VBZ) and words[i] not in ambiguous()
        if (before & (C.DET | C.POSS) and not before & C.OBJ and not alone and not named) or (
            before & C.PREP and words[i - 1] != "that"
        ):
            return None
        if (
            bits & C.VBN
            and words[i] in REDUCED
            and end < high
            and cls[end] & C.PREP
            and words[end] not in verb.frames
            and not before & (C.SUBJ | C.NAME | C.PUNCT | C.CONJ)
        ):
            return None
        if words[i] in ambiguous() or cls[i] & (C.SPEAKER | C.NUM):
            if (
                not finite(w, i)
                and not (before & (C.PUNCT | C.CONJ) and bits & C.VBD)
                and not as_verb(w, i, verb, low, high)
                and not beside_quotation(w, i, verb, start, closes, high)
            ):
                return None
        elif before & C.TO and not infinitive:
            return None
    if infinitive and before & C.TO:
        source, _ = main_subject(w, start - 1, low, earlier)
        return Cue(verb, i, start, end, source, "infinitive", end)
    # Inverted: after a comma, a dash or a quotation, with its subject behind it.
    if (
        start > low
        and "inverted" in verb.frames
        and (start in closes or (words[start - 1] in (",", "—", "–", "--") and verb.lemma not in _HEARD))
        and start == i
    ):
        stop = _with_relative(w, noun_right(w, end, high), high)
        if (
            stop > end
            and not cls[end] & (C.SUB | C.TIME | C.PREP)
            and (start in closes or speaker(w, (end, stop)))
            and _closed(w, stop, high)
            and (
                start in closes
                or _clause_before(w, start - 1, low)
                or (stop + 1 < high and words[stop] == "," and cls[stop + 1] & C.OPEN)
            )
        ):
            return Cue(verb, i, start, end, (end, stop), "inverted", stop)
    source, shared = subject_left(w, start, low)
    if source is None and shared:
        source, certain = main_subject(w, start, low, earlier)
        if source is None or not certain:
            return None
        return Cue(verb, i, start, end, source, "shared", end)
    if source is None:
        return None
    if bits & C.VB and not bits & C.VBD and start == i and words[source[1] - 1] in ("he", "she", "it"):
        return None
    return Cue(verb, i, start, end, source, "direct", end)


def _with_relative(w: Words, stop: int, high: int) -> int:
    """The end of a source behind its verb with "that" and a clause: "says the list that the ministry issued"."""
    if stop + 2 >= high or w.low[stop] != "that" or not w.cls[stop - 1] & (C.PAPER | C.GROUP):
        return stop
    end = next((k for k in range(stop, min(high, stop + 14)) if w.cls[k] & C.PUNCT), stop)
    return end if has_finite(w, stop + 1, end) else stop


def _closed(w: Words, k: int, high: int) -> bool:
    """Whether an inverted source may end at `k`: nothing follows that would make it the subject of a clause."""
    if k >= high:
        return True
    bits = w.cls[k]
    return not bits & C.AUX and not (bits & C.VERB and finite(w, k) and not bits & C.VBG)


def _clause_before(w: Words, comma: int, low: int) -> bool:
    """Whether what stands before the comma is a clause that can have been said."""
    k = comma - 1
    while k > low and w.low[k] != "," and not w.cls[k] & C.QUOTE:
        k -= 1
    if w.low[k] == "," and k + 1 < comma and w.cls[k + 1] & C.WH:
        return False
    if k == low and comma - low < 14 and (w.cls[low] & C.NUM or w.cls[low + 1] & C.NUM):
        return True  # "$27 billion at current prices, say the auditors"
    if k == low and comma - low < 6 and w.low[low] in group("sets", "verdicts"):
        return True  # "Not so, say her friends"
    return has_finite(w, k, comma) or (has_finite(w, low, comma) and w.cls[k + 1] & C.DET == 0)


def _agent(w: Words, k: int, high: int, anybody: bool = False) -> tuple[Range | None, int]:
    """The agent behind "by" at `k`, and where it ends."""
    if k < high and w.low[k] == "by":
        stop = noun_right(w, k + 1, high)
        if stop > k + 1 and (anybody or speaker(w, (k + 1, stop))):
            return (k + 1, stop), stop
    return None, k


def _passive(w: Words, i: int, verb: Verb, start: int, end: int, low: int, high: int) -> Cue | None:
    """ "was reported by X", "was quoted as saying", "is expected to"."""
    words = w.low
    if verb.lemma in ("quote", "cite"):
        # "was quoted as saying", "was quoted in a Dutch newspaper as saying"
        near = next((k for k in range(end, min(high - 1, end + 14)) if words[k] == "as" or w.cls[k] & C.PUNCT), high)
        if near + 1 < high and words[near] == "as" and words[near + 1] in ("saying", "telling"):
            source, _ = subject_left(w, start, low)
            stop = near + 2 if near == end else end
            return Cue(verbs()["say"][0], i, start, stop, source, "direct", near + 2) if source else None
    k = end
    while k < high and w.cls[k] & (C.ADV | C.TIME):
        k += 1
    if w.low[start - 1] == "it" and k + 2 < high and words[k] in ("in", "among", "at") and start > low:
        that = next(
            (j for j in range(k + 2, min(high, k + 7)) if words[j] == "that" or w.cls[j] & (C.PUNCT | C.VERB | C.AUX)),
            0,
        )
        if that and words[that] == "that":
            k = that  # "It is assumed in Washington that"
    agent, stop = _agent(w, k, high, "person" in verb.frames)
    if agent is not None and not verb.frames & {"object", "small", "quote", "person"}:
        return None
    if agent is None and verb.lemma in ("ask", "question", "quiz") and k < high and words[k] in _QUESTIONS:
        return Cue(verb, i, start, end, None, "agentless", k)
    if agent is not None and verb.lemma in ("ask", "question", "quiz"):
        asks = next((j for j in range(agent[0] + 1, min(high, agent[0] + 14)) if words[j] in _QUESTIONS), 0)
        if asks:
            return Cue(verb, i, start, end, (agent[0], asks), "passive", asks)
    if agent is None and verb.lemma in ("tell", "inform", "advise", "notify", "assure", "warn"):
        clause = k < high and bool(w.cls[k] & (C.SUBJ | C.SUB | C.WH) or w.cls[k] & C.OPEN)
        return Cue(verb, i, start, end, None, "agentless", k) if clause and words[k] not in ("when", "where") else None
    if agent is None:
        if words[i] not in group("agentless", "participles") or k >= high or words[k] not in ("to", "that", "as", "of"):
            return None
        if (words[k] == "of") != (words[i] == "accused"):
            return None
        if words[k] == "as" and words[i] not in ("seen", "regarded", "considered", "viewed", "perceived"):
            return None
        return Cue(verb, i, start, end, None, "agentless", k)
    return Cue(verb, i, start, end, agent, "passive", stop)


def _reduced(w: Words, i: int, verb: Verb, low: int, high: int) -> Cue | None:
    """ "first reported by X" behind a noun: a relay of what the noun names."""
    if (
        verb.lemma
        not in ("report", "cite", "quote", "announce", "reveal", "disclose", "propose", "confirm", "suggest", "claim")
        or i + 1 >= high
    ):
        return None
    agent, stop = _agent(w, i + 1, high)
    if agent is None:
        return None
    start = i
    while start > low and w.cls[start - 1] & C.ADV:
        start -= 1
    return Cue(verb, i, start, i + 1, agent, "reduced", stop)
