"""What a pattern cannot do without, so that one cheap search tells which of many patterns are worth trying.

Most sentences hold none of the words that a frame needs ("spearheaded", "owned by"). `needs` reads those words off the
pattern itself, so that no list of them has to be kept beside it; where it finds none the pattern is always tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pledger.reading.numbers import alternation

__all__ = ["Screen", "needs"]

_NO_WORDS = re.compile(r"\{[A-Z]{1,2}\d?\}|W\d ?|\\.|\[[^\]]{0,80}\]|[\^$.]")
"""What never is a word that must stand in a text: placeholders, escapes, classes, anchors."""

_PIECE = re.compile(r"[^\W_]+|[(){}|?*+]|.", re.DOTALL)


def needs(pattern: str) -> frozenset[str] | None:
    """Words, in small letters, of which a text must hold at least one for the lexicon pattern to match.

    None where the pattern may match without any. An optional part is passed over; of several parts that must stand, the
    one whose shortest word is longest tells most.
    """
    pieces = _PIECE.findall(_NO_WORDS.sub(" ", pattern).lower())
    found, end = _alternatives(pieces, 0)
    return found if end == len(pieces) else None


def _alternatives(pieces: Sequence[str], at: int) -> tuple[frozenset[str] | None, int]:
    """The words of the alternatives that start at `at`, up to the bracket that closes them."""
    every: set[str] = set()
    missing = False
    while True:
        one, at = _sequence(pieces, at)
        missing = missing or one is None
        every |= one or set()
        if at >= len(pieces) or pieces[at] != "|":
            return (None if missing else frozenset(every)), at
        at += 1


def _sequence(pieces: Sequence[str], at: int) -> tuple[frozenset[str] | None, int]:
    """The words of the best part of one alternative."""
    best: frozenset[str] | None = None
    while at < len(pieces) and pieces[at] not in "|)":
        piece = pieces[at]
        if piece == "(":
            group = pieces[at + 1 : at + 3] == ["?", ":"]
            part, at = _alternatives(pieces, at + 3)
            part, at = (part if group else None), at + 1  # what looks around must not stand there itself
        else:
            part, at = (frozenset({piece}) if piece.isalnum() else None), at + 1
        optional, at = _optional(pieces, at)
        if optional:
            # Of "agreements?" the "s" is what may be missing.
            part = frozenset({piece[:-1]}) if piece.isalnum() and len(piece) > 1 else None
        if part and (best is None or min(map(len, part)) > min(map(len, best))):
            best = part
    return best, at


def _optional(pieces: Sequence[str], at: int) -> tuple[bool, int]:
    """Whether a quantifier at `at` lets the part before it be missing, and where it ends."""
    optional = False
    while at < len(pieces) and pieces[at] in "?*+{":
        if pieces[at] == "{":
            optional = optional or pieces[at + 1] == "0"
            at = pieces.index("}", at)
        else:
            optional = optional or pieces[at] in "?*"
        at += 1
    return optional, at


class Screen:
    """Tells of many patterns, each given as its lexicon patterns, which may match in a text."""

    def __init__(self, patterns: Iterable[Iterable[str]]) -> None:
        self._always: list[int] = []
        owners: dict[str, set[int]] = {}
        for number, alternatives in enumerate(patterns):
            needed = [needs(pattern) for pattern in alternatives]
            if any(words is None for words in needed):
                self._always.append(number)
                continue
            for word in frozenset().union(*(words for words in needed if words is not None)):
                owners.setdefault(word, set()).add(number)
        # A word found may hold shorter ones ("leading" holds "lead"): each stands for all that it holds.
        self._owners = {
            word: frozenset().union(*(numbers for held, numbers in owners.items() if held in word)) for word in owners
        }
        self._words = re.compile(f"(?=({alternation(owners)}))")

    def may(self, text: str) -> list[int]:
        """The numbers of the patterns that may match in `text`, in order."""
        found = set(self._always)
        for match in self._words.finditer(text.lower()):
            found |= self._owners[match[1]]
        return sorted(found)
