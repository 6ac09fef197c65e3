"""What a source is: an outlet that relays others, somebody unnamed, a document that somebody else passes on."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.words import C, Words
from pledger.reading.found import FoundAttribution

__all__ = ["behind_outlets", "carrier", "is_anonymous", "is_name", "is_outlet", "listed", "names_somebody"]


@cache
def _set(name: str) -> frozenset[str]:
    """A list of `attribution_phrases.toml`."""
    return frozenset(lexicon("attribution_phrases")[name])


def carrier(w: Words, part: tuple[int, int]) -> tuple[int, int] | None:
    """Who passes on the source: "a Daily Courier article carried by Finblog"."""
    for k in range(part[0] + 1, part[1] - 2):
        if w.low[k] in group("sets", "carried"):
            for j in range(k + 1, min(part[1] - 1, k + 6)):
                site = "." in w.low[j + 1][1:-1]
                if w.low[j] in ("by", "on") and (site or w.cls[j + 1] & (C.NAME | C.DET)) and not w.cls[j + 1] & C.TIME:
                    stop = min(noun_right(w, j + 1, part[1]), part[1])
                    named = any(w.cls[n] & C.NAME or "." in w.low[n] for n in range(j + 1, stop))
                    return (j + 1, stop) if stop > j + 1 and named else None
    return None


def listed(w: Words, part: tuple[int, int]) -> tuple[int, int]:
    """The source with the names listed before it at the head of the sentence: "A, B and C say"."""
    first = part[0]
    if first < 2 or w.low[first - 1] != "," or "and" not in w.low[part[0] : part[1]]:
        return part
    begin = 1 if w.low[0] in ("•", "-", "–", "*", "·") else 0
    at = begin
    while at < first - 1:
        if not w.cls[at] & (C.NAME | C.DET):
            return part
        at = noun_right(w, at, first - 1)
        if at < first - 1 and w.low[at] == ",":
            at += 1
        elif at < first - 1:
            return part
    return (begin, part[1])


def is_name(w: Words, part: tuple[int, int]) -> bool:
    """Whether the words are one name: whom unnamed sources tell something, relays it."""
    return all(w.cls[k] & (C.NAME | C.DET) and not w.cls[k] & C.TITLE for k in range(*part))


def is_outlet(w: Words, part: tuple[int, int]) -> bool:
    """Whether the words name somebody who reports what others said."""
    outlets = group("speakers", "outlets")
    return (
        any(w.text[w.start[k] : w.end[k]] in outlets for k in range(*part))
        and part[1] - part[0] < 9
        and not any(w.low[k] in ("of", "at", "for", ",") for k in range(*part))
    )


def is_anonymous(w: Words, part: tuple[int, int]) -> bool:
    """Whether the source has no name: "two officials", "a Gulf banker", "people familiar with the matter".

    Names of firms and places before the noun ("a Daesan manager") name nobody; a name behind it does ("the banker
    Ann Lee"), and so do a holder ("the plant's manager") and an office ("a spokesman", "its chief executive").
    """
    words = group("speakers", "anonymous")
    low = w.low[part[0] : part[1]]
    if not low:
        return False
    stop = next((k for k, word in enumerate(low) if k and (word in _set("behind") or word in ",(—–")), len(low))
    head, first = low[stop - 1], low[0]
    capital = w.text[w.start[part[0] + stop - 1]].isupper() and stop > 1
    held = any(word in ("'s", "’s", "'", "’") or word.endswith(("'s", "’s", "s’", "s'")) for word in low[:stop])
    said = w.text[w.start[part[0]] : w.end[part[1] - 1]].split()
    named = any(word[:1].isupper() for word in said[1:])
    if head in ("estimates", "rumours", "rumors", "reports", "media", "press", "outlets") and not capital:
        return (
            first not in _set("owned")
            and not held
            and not (first in _set("definite") and head in ("estimates", "reports"))
        )
    if head.startswith(("spokes", "chief")) or (stop > 1 and low[stop - 2] in ("chief", "vice", "prime")):
        return False
    if first in _set("definite") or held:
        return stop > 2 and head in words and not named and not held
    if first in _set("owned"):
        return head.endswith("s") and head in words and not capital
    behind = w.text[w.start[part[0] + stop - 1] : w.end[part[1] - 1]].split()[1:]
    comma = low.index(",") if "," in low else len(low)
    if capital or (
        comma + 1 < len(low) and low[comma + 1] not in _set("behind") and any(word[:1].isupper() for word in behind)
    ):
        return False  # "one of them, the Coastal Party"
    if head in ("report", "reports", "study", "survey", "note") and named:
        return False  # "a report by Northgate"
    if (
        head.rstrip("s") in _set("house_roles")
        and stop < len(low)
        and low[stop] in ("at", "of", "from", "with")
        and named
    ):
        return False  # "analysts at Northgate Bank": the bank's word
    if head in words or (head in group("speakers", "people") and (first in _set("counted") or head.endswith("s"))):
        return True
    return not named and any(word in words for word in low[:8])


def names_somebody(w: Words, part: tuple[int, int]) -> bool:
    """Whether the words are more than a pronoun."""
    return part[1] - part[0] > 1 or w.low[part[0]] not in _set("pronouns")


def behind_outlets(text: str, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """Unnamed sources behind the report of an outlet in the same paragraph, or the one before, speak through it.

    "It quoted ..." is the outlet named before.
    """
    done: list[FoundAttribution] = []
    outlet: Span | None = None
    end = breaks = 0
    for one in found:
        at = (one.cue or one.source or one.content or Span(0, 0)).start
        breaks += text.count("\n\n", end, at)
        if breaks > 1:
            outlet = None
        if one.via is not None and one.via.of(text).lower() in _set("pronouns"):
            one = replace(one, via=outlet or one.via)
        elif one.anonymous and one.source is not None and one.via is None and outlet is not None and one.kind == "says":
            one = replace(one, via=outlet)
        if one.source is not None and not one.anonymous and one.contents:
            told = one.cue.of(text).lower() if one.cue else ""
            relays = one.kind == "relays" or told.startswith(("report", "wrote", "writes"))
            breaks = 0 if relays else breaks
            outlet = one.source if relays else (outlet if one.source.of(text).lower() in _set("pronouns") else None)
        end = max(end, at)
        done.append(one)
    return done
