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
        rf"\b(?:{short})\.|\d{{1,20}}(?:[.,]\d{{1,20}}){{1,8}}|(?:[A-Za-z]\.){{1,6}}(?![A-Za-z])|[^\W_]+(?:[-.&/@][^\W_]+){{0,12}}"
        r"(?:['’](?!s\b|ll\b|re\b|ve\b|d\b|m\b|S\b)[^\W_]+){0,3}|['’](?:s|ll|re|ve|d|m|S)\b|--|\.\.\.|\S"
    )


_OPENERS = "“„«「『"
_CLOSERS = "”»」』"


def tokenise(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]` with classes; straight quotation marks open and close in turn."""
    low: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cls: list[int] = []
    quoted: list[bool] = []
    regions: list[tuple[int, int]] = []
    known, honorifics = classes(), titles()
    opened = -1
    told = marks(text, start, end)
    for found in _token().finditer(text, start, end):
        word = found.group()
        first = word[0]
        lower = word.lower()
        if not (first.isalnum() or (len(word) > 1 and first in "'’")):
            bits = C.PUNCT
            if first in _OPENERS:
                if opened < 0:
                    opened = len(low)
                bits |= C.OPEN
            elif first in _CLOSERS:
                bits |= C.CLOSE
                if first == "”" and opened < 0 and low and not regions:
                    opened, quoted[:] = 0, [True] * len(low)
            elif first in "\"'’‘":
                opened, bits = _straight(text, found.start(), told, opened, len(low), starts, bits)
                if bits & C.CLOSE and opened < 0 and not regions:
                    opened = 0  # what an earlier sentence opened: '... from here," he said'
                    quoted[:] = [True] * len(low)
            elif first in "$€£¥%#":
                bits = C.NUM
            elif first == "&":
                bits = C.CONJ
        else:
            bits = known.get(lower, -1)
            if first.isupper():
                if len(word) > 1 and bits & (C.OBJ | C.SUBJ | C.WH | C.PREP | C.SUB) and bits >= 0 and word.isupper():
                    bits = -1  # US, WHO, IT
                if bits < 0:
                    bits = 0 if low else open_class(lower) & ~C.VERB
                    bits |= C.NAME
                elif (
                    low
                    and low[-1] not in ".:?!•-"
                    and not bits & (C.DET | C.PREP | C.SUBJ | C.CONJ | C.BUT | C.WH | C.TO)
                ):
                    bits = bits & ~(C.VERB | C.ADV | C.SUB | C.MODAL) | C.NAME
                if word in honorifics:
                    bits = bits & ~C.VERB | C.TITLE | C.NAME
            elif bits < 0:
                bits = open_class(lower)
            if first in "'’" and len(word) > 1:
                bits = (
                    C.POSS
                    if lower[1:] == "s"
                    else C.MODAL
                    if lower[1:] in ("ll", "d")
                    else C.HAVE
                    if lower[1:] == "ve"
                    else C.BE
                )
        inside = opened >= 0
        low.append(lower)
        starts.append(found.start())
        ends.append(found.end())
        cls.append(bits)
        quoted.append(inside)
        if inside and bits & C.CLOSE:
            regions.append((opened, len(low)))
            opened = -1
    if opened >= 0:
        if opened < 2 or (low[opened - 1] in (":", ",") and text[starts[opened]] != "'"):
            regions.append((opened, len(low)))  # the mark is closed in a later sentence or paragraph
        else:
            for index in range(opened, len(low)):
                quoted[index] = False
            cls[opened] = C.PUNCT
    _settle(low, cls)
    return Words(text, low, starts, ends, cls, quoted, regions)


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
