"""Words of a sentence with their classes: the light tagger that the attribution reader stands on.

Classes are bits, because English words are in several at once ("plans", "report"); the context decides later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.attribution.lexis import C, classes, open_class, titles
from pledger.reading.attribution.quotes import CLOSE, OPEN, marks

__all__ = ["C", "Words", "tokenise"]


@dataclass(slots=True)
class Words:
    """The words of one sentence: parallel lists of lower-case forms, character offsets in the text, and classes."""

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    cls: list[int]
    quoted: list[bool]
    """Whether the word stands inside a quotation (the marks themselves do too)."""
    regions: list[tuple[int, int]]
    """Quotations as token ranges, marks included."""


@cache
def _token() -> re.Pattern[str]:
    short = "|".join(lexicon("attribution")["closed"]["abbreviations"])
    return re.compile(
        rf"[^\W\d_]+(?=\s)|(?=[A-Z][a-z]{{1,4}}\.)(?:{short})\.|\d{{1,20}}(?:[.,:]\d{{1,20}}){{1,8}}|(?:[A-Za-z]\.){{1,6}}(?![A-Za-z])|[^\W_]+(?:[-.&/@][^\W_]+){{0,12}}"
        r"(?:['’](?!s\b|ll\b|re\b|ve\b|d\b|m\b|S\b)[^\W_]+){0,3}|['’](?:s|ll|re|ve|d|m|S)\b|--|\.\.\.|\S"
    )


_OPENERS = "“„«「『"
_CLOSERS = "”»」』"


def tokenise(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]` with classes; straight quotation marks open and close in turn."""
    spans = [found.span() for found in _token().finditer(text, start, end)]
    seen = _SEEN
    entries = [seen.get(text[a:b]) or _remember(text[a:b]) for a, b in spans]
    low = [entry[0] for entry in entries]
    cls = [entry[4] for entry in entries]
    starts = [a for a, _ in spans]
    ends = [b for _, b in spans]
    quoted = [False] * len(low)
    regions: list[tuple[int, int]] = []
    if not low:
        return Words(text, low, starts, ends, cls, quoted, regions)
    cls[0] = entries[0][2]
    marked = [index for index, entry in enumerate(entries) if entry[1]]
    for index in marked:
        if low[index] in _BREAKS and index + 1 < len(low):
            cls[index + 1] = entries[index + 1][3]
    opened = -1
    told = marks(text, start, end)
    for index in marked:
        first = low[index]
        bits = C.PUNCT
        if first in _OPENERS:
            if opened < 0:
                opened = index
            bits |= C.OPEN
        elif first in _CLOSERS:
            bits |= C.CLOSE
            if first == "”" and opened < 0 and index and not regions:
                opened = 0
        elif first in _STRAIGHT:
            opened, bits = _straight(text, starts[index], told, opened, index, starts, bits)
            if bits == C.PUNCT and first in "'’" and index and ends[index - 1] == starts[index]:
                bits = C.POSS if low[index - 1].endswith("s") else bits  # "the pilots' union"
            if bits & C.CLOSE and opened < 0 and not regions:
                opened = 0  # what an earlier sentence opened: '... from here," he said'
        else:
            continue
        cls[index] = bits
        if opened >= 0 and bits & C.CLOSE:
            if opened and index - opened < 8 and _titled(text, opened, index, low, cls, starts):
                cls[opened : index + 1] = [C.NAME] * (index + 1 - opened)
            else:
                regions.append((opened, index + 1))
            opened = -1
    if opened >= 0:
        if opened < 2 or (low[opened - 1] in (":", ",") and text[starts[opened]] != "'"):
            regions.append((opened, len(low)))  # the mark is closed in a later sentence or paragraph
        else:
            cls[opened] = C.PUNCT
    for first_word, last in regions:
        quoted[first_word:last] = [True] * (last - first_word)
    _settle(low, cls)
    return Words(text, low, starts, ends, cls, quoted, regions)


_BREAKS = frozenset(".:?!•-")
_STRAIGHT = frozenset("\"'’‘")
_MARKS = frozenset(_OPENERS + _CLOSERS) | _BREAKS | _STRAIGHT
_Entry = tuple[str, bool, int, int, int]
_SEEN: dict[str, _Entry] = {}
_MOST = 50_000  # words remembered; more are worked out anew


def _remember(word: str) -> _Entry:
    """The word in lower case, whether it is a mark that the words around it depend on, and its classes: first in a
    sentence, behind a mark, inside.
    """
    first, lower = word[0], word.lower()
    if first.isalnum() or (len(word) > 1 and first in "'’"):
        entry = (lower, False, _classes(word, lower, 0), _classes(word, lower, 1), _classes(word, lower, 2))
    else:
        bits = C.NUM if first in "$€£¥%#" else C.CONJ if first == "&" else C.PUNCT
        entry = (lower, word in _MARKS, bits, bits, bits)
    if len(_SEEN) < _MOST:
        _SEEN[word] = entry
    return entry


def _classes(word: str, lower: str, place: int) -> int:
    """Classes of a word that stands first in its sentence (0), behind a mark that may end one (1), or inside (2)."""
    first = word[0]
    bits = classes().get(lower, -1)
    if first.isupper():
        if len(word) > 1 and bits >= 0 and bits & (C.OBJ | C.SUBJ | C.WH | C.PREP | C.SUB) and word.isupper():
            bits = -1  # US, WHO, IT
        if bits < 0:
            bits = (0 if place else open_class(lower) & ~C.VERB) | C.NAME
        elif place == 2 and not bits & (C.DET | C.PREP | C.SUBJ | C.CONJ | C.BUT | C.WH | C.TO):
            bits = bits & ~(C.VERB | C.ADV | C.SUB | C.MODAL) | C.NAME
        if word in titles():
            bits = bits & ~C.VERB | C.TITLE | C.NAME
    elif bits < 0:
        bits = open_class(lower)
    if first in "'’" and len(word) > 1:
        tail = lower[1:]
        return C.POSS if tail == "s" else C.MODAL if tail in ("ll", "d") else C.HAVE if tail == "ve" else C.BE
    return bits


_BEFORE_TITLE = frozenset(["on", "show", "program", "programme", "series", "podcast", "special"])
_SMALL = C.DET | C.PREP | C.CONJ | C.TO


def _titled(text: str, opened: int, close: int, low: list[str], cls: list[int], starts: list[int]) -> bool:
    """Whether a quotation is the name of a programme, not what somebody said: 'on NBC's "Today"'."""
    if close - opened < 2 or not (low[opened - 1] in _BEFORE_TITLE or cls[opened - 1] & C.POSS):
        return False
    if not text[starts[opened + 1]].isupper() or not text[starts[close - 1]].isalnum():
        return False
    return all(text[starts[k]].isupper() or cls[k] & _SMALL for k in range(opened + 1, close))


def _straight(
    text: str, at: int, told: dict[int, int], opened: int, here: int, starts: list[int], bits: int
) -> tuple[int, int]:
    """Where the open quotation begins after the mark at `at`, and the mark's classes."""
    mark = text[at]
    side = told.get(at)
    if mark != '"':
        if side is None or (opened >= 0 and text[starts[opened]] not in "‘'"):
            return opened, bits  # an apostrophe, or a quotation inside another
        if side == OPEN:
            return (here if opened < 0 else opened), bits | C.OPEN
        return opened, bits | C.CLOSE
    if opened >= 0 and text[starts[opened]] != '"':
        return opened, bits
    if side is None:
        side = OPEN if opened < 0 else CLOSE
    if side == OPEN:
        return (here if opened < 0 else opened), bits | C.OPEN if opened < 0 else bits
    if opened < 0 and (here == 0 or text[at - 1].isdigit()):
        return opened, bits  # 12" pipes
    return opened, bits | C.CLOSE


def _settle(low: list[str], cls: list[int]) -> None:
    """Decides "'s" between a verb and a possessive, where the next word tells."""
    for index, word in enumerate(low):
        if len(word) == 2 and word[0] in "'’" and word[1] == "s" and index:
            before = cls[index - 1]
            after = cls[index + 1] if index + 1 < len(low) else 0
            if (
                before & (C.SUBJ | C.WH)
                or low[index - 1] in ("that", "here", "let")
                or after & (C.DET | C.NEG | C.PREP | C.SUBJ)
            ):
                cls[index] = C.BE
