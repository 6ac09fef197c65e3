"""Patterns from the lexicons, compiled once.

Lexicon patterns are regular expressions with two conveniences: a space stands for any short run of white space, and
`W3` for up to three words (in a masked sentence a place counts as one). Both are bounded, so that no input can make a
pattern run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from pledger.data import lexicon

__all__ = [
    "CJK",
    "LANGUAGES",
    "NEVER",
    "OWN_WORDS",
    "POSSESSIVE",
    "alternation",
    "any_of",
    "compiled",
    "every_language",
    "expand",
    "last",
    "narrowed",
    "of_language",
    "plain",
    "words",
]

CJK = frozenset({"ja", "zh", "ko"})
"""Languages whose words are not set apart by spaces, or take particles: no word boundaries in their patterns."""

OWN_WORDS = CJK | {"de"}
"""Languages read by the words that stand near each other; all others are read by English phrases."""

LANGUAGES = ("en", "de", "ja", "zh", "ko")
"""Languages that the lexicons have words of."""

NEVER = re.compile(r"(?!)")
"""Matches nothing."""

POSSESSIVE = r"(?:'s|’s|s'|s’)"

_WORDS = re.compile(r"W(\d) ?")
_SPACE = r"[\s\u00a0]{1,3}"


def expand(pattern: str) -> str:
    """A lexicon pattern as a regular expression: `W3` and spaces written out."""
    out = _WORDS.sub(lambda m: rf"(?:(?:[\w$€£¥%.\-–’']{{1,40}}|\ue000L\d+\ue001){_SPACE}){{0,{m[1]}}}", pattern)
    # Spaces inside what was just written are none of the lexicon's; it has only the escaped class.
    return out.replace(" ?", f"(?:{_SPACE})?").replace(" ", _SPACE)


def any_of(patterns: Iterable[str]) -> str:
    """A group of lexicon patterns, longest first, without word boundaries; matches nothing where there are none."""
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    return f"(?:{'|'.join(expand(p) for p in ordered)})" if ordered else NEVER.pattern


def alternation(patterns: Iterable[str], language: str = "en") -> str:
    """`any_of`, with word boundaries where the language has words."""
    joined = any_of(patterns)
    return joined if language in CJK or joined == NEVER.pattern else rf"(?<![\w]){joined}(?![\w])"


@cache
def compiled(patterns: tuple[str, ...], language: str = "en") -> re.Pattern[str]:
    """`alternation`, compiled; matched without regard to case."""
    return re.compile(alternation(patterns, language), re.IGNORECASE)


@lru_cache(maxsize=4096)
def narrowed(patterns: tuple[str, ...], numbers: tuple[int, ...], language: str = "en") -> re.Pattern[str]:
    """`compiled` for some of the patterns only, by their numbers: where no other one matches, it finds the same."""
    return re.compile(alternation([patterns[number] for number in numbers], language), re.IGNORECASE)


def of_language(entry: dict[str, Any], language: str) -> tuple[str, ...]:
    """The patterns of a lexicon entry for a language."""
    return tuple(entry.get(language, []))


def plain(name: str, *path: str) -> tuple[str, ...]:
    """One list of a lexicon as it is: `plain("programme", "nouns", "strong_en")`."""
    entry: Any = lexicon(name)
    for step in path:
        entry = entry[step]
    return tuple(entry)


@cache
def words(name: str, *path: str, language: str = "en") -> re.Pattern[str]:
    """The pattern of one list of a lexicon, which may be a table by language: `words("programme", "market")`."""
    entry: Any = lexicon(name)
    for step in path:
        entry = entry[step]
    return compiled(of_language(entry, language) if isinstance(entry, dict) else tuple(entry), language)


@cache
def every_language(name: str, *path: str) -> re.Pattern[str]:
    """One pattern of a lexicon's table by language, all languages together: a text may quote in another one."""
    entry: Any = lexicon(name)
    for step in path:
        entry = entry[step]
    every = (alternation(entry[language], language) for language in LANGUAGES if language in entry)
    return re.compile("|".join(every), re.IGNORECASE)


def last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    """The last match in `text[start:end]`."""
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found
