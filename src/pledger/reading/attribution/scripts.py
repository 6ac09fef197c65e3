"""Helpers of the readers of Japanese, Chinese, Korean and German: words of the lexicon as patterns, trimmed spans."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.found import FoundAttribution

__all__ = ["EDGES", "QUOTES", "made", "origin", "pattern", "trimmed", "words"]

QUOTES = re.compile(
    r"「[^「」]{1,600}」|『[^『』]{1,600}』|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|\"[^\"]{1,600}\"|»[^«»]{1,600}«"
)
EDGES = " 　\t\n、，,。．.!！?？:：;；"


@cache
def words(language: str, name: str) -> tuple[str, ...]:
    """A list of the lexicon for a language."""
    table: dict[str, Any] = lexicon("attribution_foreign")[language]
    return tuple(table[name])


@cache
def pattern(language: str, name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A list of the lexicon as a pattern, longest words first."""
    listed = sorted(words(language, name), key=len, reverse=True)
    return re.compile(before + "(?:" + "|".join(map(re.escape, listed)) + ")" + after, re.IGNORECASE)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and marks at its ends, or None where nothing is left."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end) if start < end else None


def made(
    text: str, language: str, source: Span | None, cue: Span, contents: list[Span], kind: str = ""
) -> FoundAttribution:
    """The attribution with what its words tell: its kind, and whether its source has a name."""
    name = source.of(text) if source else ""
    if not kind:
        said = cue.of(text).lower()
        kind = next((k for k in ("believes", "relays") if any(w in said for w in words(language, k))), "says")
    anonymous = source is None or any(word in name.lower() for word in words(language, "anonymous"))
    if kind == "says" and any(outlet in name for outlet in words(language, "outlets")):
        kind = "relays"
    return FoundAttribution(source, cue, contents[0] if contents else None, tuple(contents), anonymous, kind)


def origin(text: str, language: str, source: Span | None, cue: Span, via: Span | None) -> FoundAttribution | None:
    """Somebody whom a report credits ("citing two officials"): a source without content of its own, through `via`."""
    if source is None:
        return None
    return replace(made(text, language, source, cue, []), via=via)
