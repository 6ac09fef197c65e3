"""Sources that a sentence names beside what it says: "costed by X at $3bn", "a deal that Y, which cites Z, ...".

They are found for the chain only and have no content of their own; `inner` holds the amount that they put.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.attribution.aside_figures import copied, laid, puts, repeated, subject
from pledger.reading.attribution.aside_phrases import listed, made, phrase, span_of, speakers, speaks
from pledger.reading.attribution.clauses import verb_group
from pledger.reading.attribution.frames import chain
from pledger.reading.attribution.subjects import subject_left
from pledger.reading.attribution.words import C, Words
from pledger.reading.found import FoundAttribution

__all__ = ["asides", "passed_on"]

_APART = frozenset(["piece", "words_of", "no_subject", "no_end"])
"""Lists of words that no source stands beside by themselves."""


@cache
def _starts() -> frozenset[str]:
    """Words without one of which a sentence has nothing to read here."""
    lists = [words for name, words in lexicon("attribution_asides").items() if name not in _APART]
    return frozenset(word for words in lists for word in words) | {"known", "according"}


def asides(w: Words, found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """The sources beside those `found` in the sentence; none of them twice."""
    if _starts().isdisjoint(w.low) and w.low[:2] != ["that", "was"]:
        return
    taken = [one.source for one in found if one.source is not None]
    for one in _read(w, found):
        if one.source is not None and not any(one.source.overlaps(t) for t in taken):
            taken.append(one.source)
            yield one


def _read(w: Words, found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    high = len(w.low)
    part = phrase(w, 2, high) if w.low[:2] == ["that", "was"] and w.low[2:3] not in (["the"], ["not"]) else None
    if part is not None and (part[1] >= high or w.low[part[1]] in (",", ".")):
        yield made(w, part, span_of(w, 0, 2))  # behind a quotation: "That was a lender from Oslo, speaking at ..."
    starts = _starts()
    for k, word in enumerate(w.low):
        if word not in starts:
            continue
        if word in listed("by"):
            yield from _passive(w, k, high)
        if word in listed("cites") and k and w.low[k - 1] in ("which", "turn", "itself", "also"):
            yield from _cited(w, k + 1, k, found, high)
        elif word in listed("refers") and k + 1 < high and w.low[k + 1] == "to":
            yield from _cited(w, k + 2, k, found, high)
        elif word in ("quotes", "quoted") and k:
            yield from _cited(w, k + 1, k, found, high)
        elif word in listed("copy") and k + 2 < high and w.low[k + 1] == "of":
            yield from copied(w, k, found, high)
        elif word in listed("puts"):
            yield from puts(w, k)
        if word in listed("lays"):
            yield from laid(w, k)
        if word in listed("repeats"):
            yield from repeated(w, k, high)
        if word in listed("says") and 0 < k < 16 and k + 2 == high and w.low[k + 1] == ":":
            end = k - 1 if w.low[k - 1] == "," else k
            if end and subject(w, 0, end):
                yield made(w, (0, end), span_of(w, k, k + 1))
        if word in listed("inverted") and k and w.low[k - 1] == ",":
            part = phrase(w, k + 1, high)
            if part is not None and (
                part[1] >= high or w.low[part[1]] in (",", ".", ":", ";", "who", "whom", "—", "–")
            ):
                yield made(w, part, span_of(w, k, k + 1))
        if (
            word in listed("reckoning")
            and k >= 3
            and w.low[0] in ("by", "on")
            and k < 8
            and "'s" in "".join(w.low[1:k]).replace("’", "'")
        ):
            yield made(w, (1, k + 1), span_of(w, 0, 1))
        if word == "according" and w.low[k + 1 : k + 2] == ["to"] and (part := phrase(w, k + 2, high)):
            yield made(w, part, span_of(w, k, k + 2))
        if word in listed("calls") and k + 1 < high and w.low[k + 1] in ("“", '"', "‘"):
            yield from _called(w, k)
        if word == "known" and k + 2 < high and w.low[k + 1] == "from" and (part := phrase(w, k + 2, high)):
            yield made(w, part, span_of(w, k, k + 2))
        carried = word in listed("passed_on") and k and w.low[k + 1 : k + 2] == ["by"]
        if carried and w.low[k - 1] in listed("piece") and (part := phrase(w, k + 2, high)):
            yield made(w, part, span_of(w, k, k + 2))  # "An item carried by X, a site ..., has the cabinet denying"
        if word in listed("silent") and k > 2 and (w.low[k - 1] in ("not", "never") or w.cls[k - 1] & C.NEG):
            start, _, _ = verb_group(w, k, 0, chain())
            source, _ = subject_left(w, start, 0)
            if source is not None and speaks(w, *source):
                yield made(w, source, span_of(w, start, k + 1))
        trusted = word in listed("trusted") and k > 1 and w.low[k - 2] == "if" and w.low[k - 1] in ("you", "one", "we")
        if trusted and (part := phrase(w, k + 1, high)):
            yield made(w, part, span_of(w, k - 2, k + 1))
        if word in listed("rejects") and k + 2 < high and w.low[k + 1] in ("reports", "rumours", "rumors"):
            stop = next((j for j in range(k + 2, min(high, k + 14)) if w.low[j][:1] in '“"‘,;.'), min(high, k + 2))
            yield FoundAttribution(span_of(w, k + 1, stop), span_of(w, k, k + 1), None, (), True)


def _passive(w: Words, k: int, high: int) -> Iterator[FoundAttribution]:
    """ "costed by X at ...", "put at $5bn by X", "reported as approved by some and as a list by Y"."""
    for j in range(k + 1, min(high, k + 16)):
        if w.low[j] in (";", ".", ",") or (
            w.low[j] in listed("by") and j > k + 1 and w.low[j] != "reported" and w.low[j - 1] != "as"
        ):
            return
        if w.low[j] != "by" or (w.low[k] in ("made", "put", "announced") and not _claimed(w, k, j)):
            continue
        part = phrase(w, j + 1, high)
        if part is not None:
            yield made(w, part, span_of(w, j, j + 1), None, ())
            if w.low[k] != "reported":
                return


def _claimed(w: Words, k: int, by: int) -> bool:
    """Whether what was "made" is a claim, and what was "put" is a figure."""
    if w.low[k] == "made":
        return any(
            word in ("claim", "claims", "statement", "assertion", "point", "promise", "allegation")
            for word in w.low[max(0, k - 5) : k]
        )
    return any(any(c.isdigit() for c in word) for word in w.low[k:by])


def _cited(w: Words, at: int, cue: int, found: Sequence[FoundAttribution], high: int) -> Iterator[FoundAttribution]:
    """Whom a report cites: "the agency X, which in turn cites a filing"."""
    part = phrase(w, at, high)
    if part is None:
        return
    if (
        w.low[at] == "one"
        or any(w.text[w.start[j]].isupper() for j in range(*part))
        or w.low[at] in ("a", "an", "two", "three", "several")
    ):
        via = _before(w, cue)
        if via is None and found:
            via = max(
                (o.source for o in found if o.source and o.source.start < w.start[at]),
                default=None,
                key=lambda s: s.start,
            )
        if via is not None:
            yield made(w, part, span_of(w, cue, cue + 1), via)


def _before(w: Words, cue: int) -> Span | None:
    """The name before ", which (in turn) cites" or "quotes"."""
    end = cue
    while end and w.low[end - 1] in ("turn", "in", "itself", "also", "which", ","):
        end -= 1
    start = end
    while start and (
        w.cls[start - 1] & (C.NAME | C.DET) or w.text[w.start[start - 1]].isupper() or w.low[start - 1] in speakers()
    ):
        start -= 1
    return span_of(w, start, end) if start < end and speaks(w, start, end) else None


def _called(w: Words, k: int) -> Iterator[FoundAttribution]:
    """ "a decision that the ministry called “...”"."""
    start = next((j + 1 for j in range(k - 1, max(-1, k - 9), -1) if w.low[j] in ("that", "which", "what")), k)
    if start < k and speaks(w, start, k):
        yield made(w, (start, k), span_of(w, k, k + 1))


def passed_on(w: Words, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """The attributions with who passed them on: "..., she said in remarks published by X"."""
    if listed("passed_on").isdisjoint(w.low) or not found or found[-1].via is not None or found[-1].source is None:
        return found
    last = found[-1]
    after = (last.cue or last.source or Span(0, 0)).end
    for k, word in enumerate(w.low):
        if (
            word in listed("passed_on")
            and w.start[k] > after
            and w.low[k + 1 : k + 2]
            and w.low[k + 1] in ("by", "on", "in")
        ):
            piece = any(j in (listed("piece") | listed("words_of")) for j in w.low[max(0, k - 4) : k])
            part = phrase(w, k + 2, len(w.low))
            if part is not None and piece and last.source is not None and not span_of(w, *part).overlaps(last.source):
                return [*found[:-1], replace(last, via=span_of(w, *part))]
    return found
