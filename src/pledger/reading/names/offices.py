"""Names of ministries and of those who hold offices: "Ministry of Economy and Trade", "Minister of Trade Kari Holm"."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.names.name import Name, bracketed
from pledger.reading.names.runs import WORD
from pledger.reading.names.words import known_words

__all__ = ["held", "offices"]

_SMALL = frozenset({"and", "of", "for"})


@cache
def offices() -> re.Pattern[str]:
    """An office with all capitalised words that belong to it, over commas and "and"."""
    heads = "|".join(lexicon("names")["offices"])
    space = r"[ \u00a0]"
    return re.compile(
        rf"\b(?:{heads}){space}(?:of|for|on){space}(?:the{space})?"
        rf"{WORD}(?:,{space}{WORD}){{0,4}}(?:,?{space}and{space}{WORD}){{0,1}}(?:{space}{WORD}){{0,4}}"
    )


@cache
def _last_words() -> frozenset[str]:
    return known_words().tails | frozenset(lexicon("names")["office_tails"])


def held(text: str, span: Span) -> list[Name]:
    """What an office's words name: the authority itself, or the person behind "Minister of ...", if one is named."""
    words = span.of(text)
    if not words.startswith(tuple(lexicon("names")["held_offices"])):
        return [Name(EntityKind.ORGANISATION, span, words, bracketed(text, span.end))]
    tokens = list(re.finditer(r"[^\s,]+", words))
    last_office = max((i for i, t in enumerate(tokens) if t[0] in _last_words()), default=1)
    rest = tokens[last_office + 1 :]
    if not rest or any(t[0] in _SMALL for t in rest):
        return []
    person = Span(span.start + rest[0].start(), span.end)
    title = words[: tokens[last_office].end()]
    return [Name(EntityKind.PERSON, person, person.of(text), bracketed(text, span.end), title)]
