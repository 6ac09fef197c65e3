"""Patterns from the lexicons, compiled once.

Lexicon patterns are regular expressions with two conveniences: a space stands for any short run of white space, and
`W3` for up to three words (in a masked sentence a place counts as one). Both are bounded, so that no input can make a pattern run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pledger.data import lexicon

__all__ = ["CJK", "alternation", "compiled", "expand", "of_language", "words"]

CJK = frozenset({"ja", "zh", "ko"})
"""Languages whose words are not set apart by spaces, or take particles: no word boundaries in their patterns."""

_WORDS = re.compile(r"W(\d) ?")
_SPACE = r"[\s\u00a0]{1,3}"


def expand(pattern: str) -> str:
    """A lexicon pattern as a regular expression: `W3` and spaces written out."""
    out = _WORDS.sub(lambda m: rf"(?:(?:[\w$€£¥%.\-–’']{{1,40}}|\ue000L\d+\ue001){_SPACE}){{0,{m[1]}}}", pattern)
    # Spaces inside what was just written are none of the lexicon's; it has only the escaped class.
    return out.replace(" ?", f"(?:{_SPACE})?").replace(" ", _SPACE)


def alternation(patterns: Iterable[str], language: str = "en") -> str:
    """One alternation of lexicon patterns, longest first, with word boundaries where the language has words."""
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    if not ordered:
        return r"(?!)"
    joined = "|".join(expand(p) for p in ordered)
    return f"(?:{joined})" if language in CJK else rf"(?<![\w])(?:{joined})(?![\w])"


@cache
def compiled(patterns: tuple[str, ...], language: str = "en") -> re.Pattern[str]:
    """`alternation`, compiled; matched without regard to case."""
    return re.compile(alternation(patterns, language), re.IGNORECASE)


def of_language(entry: dict[str, Any], language: str, key: str = "") -> tuple[str, ...]:
    """The patterns of a lexicon entry for a language; a text in another language may hold English ones too."""
    prefix = f"{key}_" if key else ""
    found = list(entry.get(f"{prefix}{language}", []))
    return tuple(found)


@cache
def words(name: str, *path: str, language: str = "en") -> re.Pattern[str]:
    """The pattern of one list of a lexicon: `words("programme", "market", language="en")`."""
    entry: Any = lexicon(name)
    for step in path:
        entry = entry[step]
    return compiled(tuple(entry.get(language, []) if isinstance(entry, dict) else entry), language)
