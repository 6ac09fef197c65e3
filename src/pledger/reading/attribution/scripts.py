"""Helpers of the readers of Japanese, Chinese, Korean and German: words of the lexicon as patterns, trimmed spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.found import FoundAttribution

__all__ = ["EDGES", "QUOTES", "Sentence", "alternatives", "hidden", "made", "origin", "phrase", "trimmed", "words"]

QUOTES = re.compile(
    r"「[^「」]{1,600}」|『[^『』]{1,600}』|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|\"[^\"]{1,600}\"|»[^«»]{1,600}«|«[^«»]{1,600}»"
)
_SPEECH = re.compile(
    r"「[^「」]{1,600}」|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|\"[^\"]{1,600}\"|»[^«»]{1,600}«|«[^«»]{1,600}»|‘[^‘’]{2,200}’"
    r"|（[^（）]{1,80}）|\([^()]{1,80}\)"
)
EDGES = " 　\t\n、，,。．.!！?？:：;；"
FILL = "\ue000"
"""Stands for each character inside quotation marks and brackets (a private-use character: no text has it)."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with what stands around it."""

    text: str
    span: Span
    before: Span | None
    """The sentence before it in the same paragraph."""
    last: FoundAttribution | None
    """The attribution before it in the same paragraph."""


def hidden(text: str, span: Span) -> str:
    """The sentence with everything inside quotation marks and brackets filled, so that its own words stand out."""
    said = span.of(text).replace("\n", " ").replace("*", " ")  # also the marks of emphasis
    return _SPEECH.sub(lambda m: m.group()[0] + FILL * (len(m.group()) - 2) + m.group()[-1], said)


def speeches(sentence: str) -> Iterator[re.Match[str]]:
    """The filled quotations of a sentence, without the brackets."""
    return _FILLED.finditer(sentence)


_FILLED = re.compile(f'[「“„"»«‘]{FILL}+[」“”"«»’]')


@cache
def words(language: str, name: str) -> tuple[str, ...]:
    """A list of the lexicon for a language; a single word stands for itself."""
    table: dict[str, Any] = lexicon(f"attribution_{language}")
    listed = table[name]
    if isinstance(listed, str):
        return (listed,)
    if language == "de":  # Swiss spelling has no "ß"
        listed = [*listed, *(word.replace("ß", "ss") for word in listed if "ß" in word)]
    return tuple(dict.fromkeys(listed))


@cache
def alternatives(language: str, *names: str) -> str:
    """Lists of the lexicon as one alternation, longest entries first."""
    listed = {word for name in names for word in words(language, name)}
    return "(?:" + "|".join(sorted(listed, key=lambda w: (-len(w), w))) + ")"


@cache
def phrase(language: str, name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    """A list of the lexicon as a pattern, longest entries first."""
    return re.compile(before + alternatives(language, name) + after)


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without white space and marks at its ends, or None where nothing is left."""
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return Span(start, end) if start < end else None


def made(
    text: str,
    language: str,
    source: Span | None,
    cue: Span,
    contents: list[Span],
    *,
    anonymous: bool,
    kind: str = "",
    via: Span | None = None,
) -> FoundAttribution:
    """The attribution with what its words tell of its kind."""
    if not kind:
        said = cue.of(text).lower()
        kind = next((k for k in ("believes", "relays") if any(w in said for w in words(language, k))), "says")
    name = source.of(text) if source else ""
    if kind == "says" and any(outlet in name for outlet in words(language, "outlets")):
        kind = "relays"
    contents = sorted(contents)
    return FoundAttribution(source, cue, contents[0] if contents else None, tuple(contents), anonymous, kind, via)


def origin(one: FoundAttribution, via: Span | None) -> FoundAttribution:
    """Somebody whom a report credits ("citing two officials"): a source without content of its own, through `via`."""
    return replace(one, content=None, contents=(), via=via)
