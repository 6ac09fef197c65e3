"""Sources of figures and papers that speak: "X priced the port at $5bn", "the memorandum sets aside ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pledger.model import Span
from pledger.reading.attribution.aside_phrases import listed, made, phrase, span_of, speakers
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.words import Words
from pledger.reading.found import FoundAttribution

__all__ = ["copied", "laid", "puts", "repeated", "subject"]


def copied(w: Words, k: int, found: Sequence[FoundAttribution], high: int) -> Iterator[FoundAttribution]:
    """ "in a summary of an X report": X speaks through who sums it up."""
    start = k + 2
    if start < high and w.low[start] in ("a", "an", "the"):
        start += 1
    stop = start
    while stop < high and stop - start < 6 and w.text[w.start[stop]].isupper():
        stop += 1
    if stop > start and stop < high and w.low[stop] in listed("piece"):
        via = next((o.source for o in found if o.source is not None), None)
        yield made(w, (start, stop), span_of(w, k, k + 2), via or _summed(w, k))


def _summed(w: Words, k: int) -> Span | None:
    """Who sums up: "X says in a SUMMARY of"."""
    if k < 4 or w.low[k - 2] != "in" or not w.text[w.start[k - 4]].isupper():
        return None
    start = k - 4
    while start and w.text[w.start[start - 1]].isupper():
        start -= 1
    return span_of(w, start, k - 3)


def puts(w: Words, k: int) -> Iterator[FoundAttribution]:
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
    if not (figure or priced) or not subject(w, start, stop):
        return
    yield made(w, (start, stop), span_of(w, k, k + 1), None, ())


def subject(w: Words, start: int, stop: int) -> bool:
    """Whether the words before the verb are one phrase for somebody who reckons."""
    if w.low[start] in listed("no_subject") or w.low[stop - 1] in listed("no_end"):
        return False
    last = w.low[stop - 1] in speakers() or w.text[w.start[stop - 1]].isupper()
    linked = any(w.low[j] in ("by", "of", "on", "at", "from", "involved", "familiar") for j in range(start, stop))
    role = (last or linked) and any(w.low[j] in speakers() for j in range(start, stop))
    return role or all(
        w.text[w.start[j]].isupper() or w.low[j] in ("the", "of", "and", "&") for j in range(start, stop)
    )


def laid(w: Words, k: int) -> Iterator[FoundAttribution]:
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
            yield made(w, (first, stop), span_of(w, k, k + 1))


def repeated(w: Words, k: int, high: int) -> Iterator[FoundAttribution]:
    """ "X had carried the same assurance from Y", "X took the same line"."""
    stop = k - 1 if k and w.low[k - 1] in ("has", "had", "have") else k
    same = any(w.low[j] == "same" for j in range(k + 1, min(high, k + 4)))
    if not same or stop == 0 or stop > 6 or not all(w.text[w.start[j]].isupper() for j in range(stop)):
        return
    outer = made(w, (0, stop), span_of(w, k, k + 1))
    yield outer
    origin = next((j for j in range(k + 2, min(high - 1, k + 8)) if w.low[j] == "from"), None)
    part = phrase(w, origin + 1, high) if origin is not None else None
    if origin is not None and part is not None:
        yield made(w, part, span_of(w, origin, origin + 1), outer.source)
