"""Sources that a sentence names beside what it says: "costed by X at $3bn", "a deal that Y, which cites Z, ...".

They are found for the chain only and have no content of their own; `inner` holds the amount that they put.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.sources import is_anonymous, names_somebody
from pledger.reading.attribution.words import C, Words
from pledger.reading.found import FoundAttribution

__all__ = ["asides", "passed_on"]


@cache
def _set(name: str) -> frozenset[str]:
    """A list of `attribution_asides.toml`."""
    return frozenset(lexicon("attribution_asides")[name])


@cache
def _starts() -> frozenset[str]:
    """Words without one of which a sentence has nothing to read here."""
    lists = [words for name, words in lexicon("attribution_asides").items() if name not in ("piece", "words_of")]
    return frozenset(word for words in lists for word in words) | {"known", "according", "that"}


def asides(w: Words, found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    """The sources beside those `found` in the sentence; none of them twice."""
    if _starts().isdisjoint(w.low):
        return
    taken = [one.source for one in found if one.source is not None]
    for one in _read(w, found):
        if one.source is not None and not any(one.source.overlaps(t) for t in taken):
            taken.append(one.source)
            yield one


def _read(w: Words, found: Sequence[FoundAttribution]) -> Iterator[FoundAttribution]:
    high = len(w.low)
    part = _phrase(w, 2, high) if w.low[:2] == ["that", "was"] and w.low[2:3] not in (["the"], ["not"]) else None
    if part is not None and (part[1] >= high or w.low[part[1]] in (",", ".")):
        yield _made(w, part, _span(w, 0, 2))  # behind a quotation: "That was a lender from Oslo, speaking at ..."
    for k, word in enumerate(w.low):
        if word in _set("by"):
            yield from _passive(w, k, high)
        if word in _set("cites") and k and w.low[k - 1] in ("which", "turn", "itself", "also"):
            yield from _cited(w, k + 1, k, found, high)
        elif word in _set("refers") and k + 1 < high and w.low[k + 1] == "to":
            yield from _cited(w, k + 2, k, found, high)
        elif word in ("quotes", "quoted") and k:
            yield from _cited(w, k + 1, k, found, high)
        elif word in _set("copy") and k + 2 < high and w.low[k + 1] == "of":
            yield from _copied(w, k, found, high)
        elif word in _set("puts"):
            yield from _puts(w, k)
        if word in _set("lays"):
            yield from _laid(w, k)
        if word in _set("repeats"):
            yield from _repeated(w, k, high)
        if word in _set("says") and 0 < k < 16 and k + 2 == high and w.low[k + 1] == ":" and _speaks(w, 0, k):
            yield _made(w, (0, k), _span(w, k, k + 1))
        if word in _set("inverted") and k and w.low[k - 1] == ",":
            part = _phrase(w, k + 1, high)
            if part is not None and (
                part[1] >= high or w.low[part[1]] in (",", ".", ":", ";", "who", "whom", "—", "–")
            ):
                yield _made(w, part, _span(w, k, k + 1))
        if (
            word in _set("reckoning")
            and k >= 3
            and w.low[0] in ("by", "on")
            and k < 8
            and "'s" in "".join(w.low[1:k]).replace("’", "'")
        ):
            yield _made(w, (1, k + 1), _span(w, 0, 1))
        if word == "according" and w.low[k + 1 : k + 2] == ["to"] and (part := _phrase(w, k + 2, high)):
            yield _made(w, part, _span(w, k, k + 2))
        if word in _set("calls") and k + 1 < high and w.low[k + 1] in ("“", '"', "‘"):
            yield from _called(w, k)
        if word == "known" and k + 2 < high and w.low[k + 1] == "from" and (part := _phrase(w, k + 2, high)):
            yield _made(w, part, _span(w, k, k + 2))
        if word in _set("rejects") and k + 2 < high and w.low[k + 1] in ("reports", "rumours", "rumors"):
            stop = next((j for j in range(k + 2, min(high, k + 14)) if w.low[j][:1] in '“"‘,;.'), min(high, k + 2))
            yield FoundAttribution(_span(w, k + 1, stop), _span(w, k, k + 1), None, (), True)


def _span(w: Words, start: int, stop: int) -> Span:
    return Span(w.start[start], w.end[stop - 1])


def _phrase(w: Words, at: int, high: int) -> tuple[int, int] | None:
    """The noun phrase from `at`, where somebody who can speak may be named."""
    if at >= high:
        return None
    stop = min(noun_right(w, at, high), high)
    return (at, stop) if stop > at and _speaks(w, at, stop) else None


def _speaks(w: Words, start: int, stop: int) -> bool:
    """Whether the phrase holds a name, or a word for people, papers or bodies."""
    if not names_somebody(w, (start, stop)):
        return w.low[start] in ("some", "others", "many")
    if any(w.cls[j] & C.TIME for j in range(start, stop)) or w.low[start].isdigit():
        return False
    if any(w.cls[j] & C.NAME and w.text[w.start[j]].isupper() for j in range(max(start, 1), stop)):
        return True
    return any(w.low[j] in _speakers() for j in range(start, stop))


@cache
def _speakers() -> frozenset[str]:
    return frozenset().union(*(group("speakers", name) for name in ("people", "groups", "documents", "anonymous")))


def _made(
    w: Words, part: tuple[int, int], cue: Span, via: Span | None = None, inner: tuple[Span, ...] = ()
) -> FoundAttribution:
    return FoundAttribution(_span(w, *part), cue, None, (), is_anonymous(w, part), "says", via, inner)


def _passive(w: Words, k: int, high: int) -> Iterator[FoundAttribution]:
    """ "costed by X at ...", "put at $5bn by X", "reported as approved by some and as a list by Y"."""
    for j in range(k + 1, min(high, k + 16)):
        if w.low[j] in (";", ".", ",") or (
            w.low[j] in _set("by") and j > k + 1 and w.low[j] != "reported" and w.low[j - 1] != "as"
        ):
            return
        if w.low[j] != "by" or (w.low[k] in ("made", "put", "announced") and not _claimed(w, k, j)):
            continue
        part = _phrase(w, j + 1, high)
        if part is not None:
            yield _made(w, part, _span(w, j, j + 1), None, ())
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
    part = _phrase(w, at, high)
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
            yield _made(w, part, _span(w, cue, cue + 1), via)


def _before(w: Words, cue: int) -> Span | None:
    """The name before ", which (in turn) cites" or "quotes"."""
    end = cue
    while end and w.low[end - 1] in ("turn", "in", "itself", "also", "which", ","):
        end -= 1
    start = end
    while start and (
        w.cls[start - 1] & (C.NAME | C.DET) or w.text[w.start[start - 1]].isupper() or w.low[start - 1] in _speakers()
    ):
        start -= 1
    return _span(w, start, end) if start < end and _speaks(w, start, end) else None


def _copied(w: Words, k: int, found: Sequence[FoundAttribution], high: int) -> Iterator[FoundAttribution]:
    """ "in a summary of an X report": X speaks through who sums it up."""
    start = k + 2
    if start < high and w.low[start] in ("a", "an", "the"):
        start += 1
    stop = start
    while stop < high and stop - start < 6 and w.text[w.start[stop]].isupper():
        stop += 1
    if stop > start and stop < high and w.low[stop] in _set("piece"):
        via = next((o.source for o in found if o.source is not None), None)
        yield _made(w, (start, stop), _span(w, k, k + 2), via or _summed(w, k))


def _summed(w: Words, k: int) -> Span | None:
    """Who sums up: "X says in a SUMMARY of"."""
    if k < 4 or w.low[k - 2] != "in" or not w.text[w.start[k - 4]].isupper():
        return None
    start = k - 4
    while start and w.text[w.start[start - 1]].isupper():
        start -= 1
    return _span(w, start, k - 3)


def _puts(w: Words, k: int) -> Iterator[FoundAttribution]:
    """ "A 2019 study priced the port at C$554 million": a figure behind, the subject at the head of the sentence."""
    start = (
        next(
            (
                j
                for j in range(k - 1, max(-1, k - 14), -1)
                if j < 0 or w.low[j] in (";", ":", ",", "while", "but", "“", '"')
            ),
            -1,
        )
        + 1
    )
    stop = k
    while stop > start and w.low[stop - 1] in ("has", "had", "have", "now", "still", "also", "once"):
        stop -= 1
    if stop <= start or stop - start > 10 or (start and w.low[start - 1] == ","):
        return
    behind = " ".join(w.low[k + 1 : k + 12])
    if w.low[k] == "counts" and not behind.startswith("on "):
        return
    figure = re.search(r"\d", behind)
    if w.low[k] in ("put", "puts") and " at " not in f" {behind} ":
        return
    priced = w.low[k] in ("costed", "priced") and " at" in f" {behind}"
    if not (figure or priced) or not _subject(w, start, stop):
        return
    yield _made(w, (start, stop), _span(w, k, k + 1), None, ())


def _called(w: Words, k: int) -> Iterator[FoundAttribution]:
    """ "a decision that the ministry called “...”"."""
    start = next((j + 1 for j in range(k - 1, max(-1, k - 9), -1) if w.low[j] in ("that", "which", "what")), k)
    if start < k and _speaks(w, start, k):
        yield _made(w, (start, k), _span(w, k, k + 1))


def _laid(w: Words, k: int) -> Iterator[FoundAttribution]:
    """ "The memorandum sets aside ...", "An article from X goes through ...": papers that open the sentence."""
    stop = k - 1 if k and w.low[k - 1] in ("now", "also", "itself", "then", "only") else k
    papers = group("speakers", "documents") | {"version"}
    begin = w.low.index(":") + 1 if ":" in w.low[:3] else 0
    head = next((j for j in range(begin, min(stop, begin + 6)) if w.low[j] in papers), None)
    behind = w.low[k + 1] if k + 1 < len(w.low) else "is"
    if head is None or head >= stop or stop > 14 or w.low[stop - 1] in ("and", "or", "the", "a", "to", "of", "its"):
        return
    if behind in ("is", "are", "was", "were", "has", "have", "had", "will", "would", ",", ".") or any(
        w.low[j] in (",", ";", "“", '"', "that") for j in range(stop)
    ):
        return
    if all(
        w.text[w.start[j]].islower() or w.low[j] in ("the", "a", "an", "one", "its", "this", "another")
        for j in range(begin, head)
    ):
        first = next(
            (j for j in range(begin, head) if w.low[j] in ("the", "a", "an", "one", "its", "this", "another")), None
        )
        if first is not None and head - first <= 3:
            yield _made(w, (first, stop), _span(w, k, k + 1))


def _repeated(w: Words, k: int, high: int) -> Iterator[FoundAttribution]:
    """ "X had carried the same assurance from Y", "X took the same line"."""
    stop = k - 1 if k and w.low[k - 1] in ("has", "had", "have") else k
    same = any(w.low[j] == "same" for j in range(k + 1, min(high, k + 4)))
    if not same or stop == 0 or stop > 6 or not all(w.text[w.start[j]].isupper() for j in range(stop)):
        return
    outer = _made(w, (0, stop), _span(w, k, k + 1))
    yield outer
    origin = next((j for j in range(k + 2, min(high - 1, k + 8)) if w.low[j] == "from"), None)
    part = _phrase(w, origin + 1, high) if origin is not None else None
    if origin is not None and part is not None:
        yield _made(w, part, _span(w, origin, origin + 1), outer.source)


def passed_on(w: Words, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """The attributions with who passed them on: "..., she said in remarks published by X"."""
    if _set("passed_on").isdisjoint(w.low) or not found or found[-1].via is not None or found[-1].source is None:
        return found
    last = found[-1]
    after = (last.cue or last.source or Span(0, 0)).end
    for k, word in enumerate(w.low):
        if (
            word in _set("passed_on")
            and w.start[k] > after
            and w.low[k + 1 : k + 2]
            and w.low[k + 1] in ("by", "on", "in")
        ):
            piece = any(j in (_set("piece") | _set("words_of")) for j in w.low[max(0, k - 4) : k])
            part = _phrase(w, k + 2, len(w.low))
            if part is not None and piece and last.source is not None and not _span(w, *part).overlaps(last.source):
                return [*found[:-1], replace(last, via=_span(w, *part))]
    return found


def _subject(w: Words, start: int, stop: int) -> bool:
    """Whether the words before the verb are one phrase for somebody who reckons."""
    if w.low[start] in (
        "it",
        "he",
        "she",
        "they",
        "which",
        "that",
        "who",
        "to",
        "and",
        "in",
        "on",
        "for",
        "by",
        "of",
        "at",
    ):
        return False
    last = w.low[stop - 1] in _speakers() or w.text[w.start[stop - 1]].isupper()
    linked = any(w.low[j] in ("by", "of", "on", "at", "from", "involved", "familiar") for j in range(start, stop))
    role = (last or linked) and any(w.low[j] in _speakers() for j in range(start, stop))
    return role or all(
        w.text[w.start[j]].isupper() or w.low[j] in ("the", "of", "and", "&") for j in range(start, stop)
    )
