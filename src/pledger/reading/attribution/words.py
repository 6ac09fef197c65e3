"""Words of a sentence with their classes: the light tagger that the attribution reader stands on.

Classes are bits, because English words are in several at once ("plans", "report"); the context decides later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon

__all__ = ["C", "Class", "Words", "classes", "forms", "tokenise"]


class Class:
    """Bits for the classes of a word; `C` for short."""

    DET = 1 << 0
    PREP = 1 << 1
    CONJ = 1 << 2
    BUT = 1 << 3
    SUB = 1 << 4
    WH = 1 << 5
    SUBJ = 1 << 6
    OBJ = 1 << 7
    MODAL = 1 << 8
    HAVE = 1 << 9
    BE = 1 << 10
    DO = 1 << 11
    TO = 1 << 12
    NEG = 1 << 13
    ADV = 1 << 14
    VB = 1 << 15
    VBZ = 1 << 16
    VBD = 1 << 17
    VBN = 1 << 18
    VBG = 1 << 19
    NUM = 1 << 20
    TIME = 1 << 21
    TITLE = 1 << 22
    PERSON = 1 << 23
    GROUP = 1 << 24
    PAPER = 1 << 25
    NAME = 1 << 26
    PUNCT = 1 << 27
    POSS = 1 << 28
    OPEN = 1 << 29
    CLOSE = 1 << 30
    REFL = 1 << 31
    AUX = MODAL | HAVE | BE | DO
    VERB = VB | VBZ | VBD | VBN | VBG
    SPEAKER = PERSON | GROUP | PAPER
    QUOTE = OPEN | CLOSE


C = Class


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


def _lexicon() -> dict[str, Any]:
    return lexicon("attribution")


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    pairs = ((lemma.rstrip("_"), forms.split()) for lemma, forms in _lexicon()["irregular"].items())
    return {lemma: (parts[0], parts[1]) for lemma, parts in pairs}


@cache
def forms(lemma: str) -> tuple[tuple[str, int], ...]:
    """The inflected forms of a verb with their classes; `admit+` doubles its last letter; "go on" inflects "go"."""
    head, _, particle = lemma.partition(" ")
    double = head.endswith("+")
    head = head.rstrip("+")
    if re.search(r"(?:[sxz]|[cs]h)$", head) or head == "go" or head.endswith("do"):
        third = head + "es"
    elif re.search(r"[^aeiou]y$", head):
        third = head[:-1] + "ies"
    else:
        third = head + "s"
    stem = head + head[-1] if double else head
    if head.endswith("ie"):
        ing = head[:-2] + "ying"
    elif head.endswith("e") and not re.search(r"(?:ee|oe|ye)$", head):
        ing = head[:-1] + "ing"
    else:
        ing = stem + "ing"
    if head in _irregular():
        past, participle = _irregular()[head]
    else:
        past = (
            head + "d" if head.endswith("e") else head[:-1] + "ied" if re.search(r"[^aeiou]y$", head) else stem + "ed"
        )
        participle = past
    tail = f" {particle}" if particle else ""
    pairs = ((head, C.VB), (third, C.VBZ), (past, C.VBD), (participle, C.VBN), (ing, C.VBG))
    merged: dict[str, int] = {}
    for form, bit in pairs:
        merged[form + tail] = merged.get(form + tail, 0) | bit
    return tuple(merged.items())


_CLOSED = (
    ("determiners", C.DET),
    ("numbers", C.NUM),
    ("prepositions", C.PREP),
    ("conjunctions", C.CONJ),
    ("contrast", C.BUT),
    ("subordinators", C.SUB),
    ("wh", C.WH),
    ("objects", C.OBJ),
    ("modals", C.MODAL),
    ("modals_not", C.MODAL | C.NEG),
    ("be", C.BE),
    ("be_other", C.BE),
    ("be_not", C.BE | C.NEG),
    ("have", C.HAVE),
    ("have_not", C.HAVE | C.NEG),
    ("do", C.DO),
    ("do_not", C.DO | C.NEG),
    ("negations", C.NEG),
    ("adverbs", C.ADV),
    ("times", C.TIME),
)


@cache
def classes() -> dict[str, int]:
    """Classes of all words that the lexicon knows, by lower-case form."""
    known: dict[str, int] = {}

    def put(words: Iterable[str], bit: int) -> None:
        for word in words:
            known[word] = known.get(word, 0) | bit

    data = _lexicon()
    lemmas = [lemma for group in data["verbs"] for lemma in group["lemmas"]] + data["plain_verbs"]["lemmas"].split()
    for lemma in [*lemmas, *data["chain"]["lemmas"]]:
        for form, bit in forms(lemma):
            put([form.split(" ")[0]], bit)
    closed = data["closed"]
    for name, bit in _CLOSED:
        for word in closed[name]:
            # Closed classes win over verb readings of the same form ("but", "like", "may", "in").
            verb = 0 if name not in ("times", "numbers", "adverbs") else C.VERB
            known[word] = known.get(word, 0) & ~(C.VERB & ~verb) | bit
    for name, bit in (("subjects", C.SUBJ), ("reflexives", C.REFL)):
        for word in closed[name]:
            known[word] = bit
    for name, bit in (("people", C.PERSON), ("groups", C.GROUP), ("documents", C.PAPER)):
        put(data["speakers"][name], bit)
    known["to"] = C.TO
    known["having"] = C.HAVE | C.VBG
    known["her"] = C.DET | C.OBJ
    known["like"] = C.PREP | C.VB
    return known


@cache
def _titles() -> frozenset[str]:
    return frozenset(_lexicon()["speakers"]["titles"])


@cache
def _not_adverbs() -> frozenset[str]:
    return frozenset(_lexicon()["closed"]["not_adverbs"])


@cache
def _token() -> re.Pattern[str]:
    short = "|".join(_lexicon()["closed"]["abbreviations"])
    return re.compile(
        rf"\b(?:{short})\.|\d{{1,20}}(?:[.,]\d{{1,20}}){{1,8}}|(?:[A-Za-z]\.){{1,6}}(?![A-Za-z])|[^\W_]+(?:[-.&/@][^\W_]+){{0,12}}"
        r"(?:['’](?!s\b|ll\b|re\b|ve\b|d\b|m\b|S\b)[^\W_]+){0,3}|['’](?:s|ll|re|ve|d|m|S)\b|--|\.\.\.|\S"
    )


_OPENERS = "“„«「『"
_CLOSERS = "”»」』"
_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[\w“])")


@cache
def _open_class(word: str) -> int:
    """Classes of a word that no list has, from its suffix."""
    if word.endswith("ly") and len(word) > 4 and word not in _not_adverbs():
        return C.ADV
    if word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        return C.VBD | C.VBN
    if word.endswith("ing") and len(word) > 5:
        return C.VBG
    return C.NUM if word[:1].isdigit() else 0


def tokenise(text: str, start: int, end: int) -> Words:
    """The words of `text[start:end]` with classes; straight quotation marks open and close in turn."""
    low: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    cls: list[int] = []
    quoted: list[bool] = []
    regions: list[tuple[int, int]] = []
    known, titles = classes(), _titles()
    opened = -1
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
            elif first == '"':
                bits |= C.OPEN if opened < 0 else C.CLOSE
                if opened < 0:
                    opened = len(low)
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
                    bits = 0 if low else _open_class(lower) & ~C.VERB
                    bits |= C.NAME
                elif (
                    low
                    and low[-1] not in ".:?!•-"
                    and not bits & (C.DET | C.PREP | C.SUBJ | C.CONJ | C.BUT | C.WH | C.TO)
                ):
                    bits = bits & ~(C.VERB | C.ADV | C.SUB | C.MODAL) | C.NAME
                if word in titles:
                    bits = bits & ~C.VERB | C.TITLE | C.NAME
            elif bits < 0:
                bits = _open_class(lower)
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
        if text[starts[opened]] in "“„«「『" and opened < 2:
            regions.append((opened, len(low)))  # the mark is closed in a later paragraph
        elif text[starts[opened]] == '"' and not regions and opened > 1 and low[opened - 1] in (",", ".", "?", "!"):
            # The mark closes what an earlier sentence opened: '... from here," he said'.
            cls[opened] = C.PUNCT | C.CLOSE
            quoted[: opened + 1] = [True] * (opened + 1)
            for index in range(opened + 1, len(low)):
                quoted[index] = False
            regions.append((0, opened + 1))
        else:
            for index in range(opened, len(low)):
                quoted[index] = False
            cls[opened] = C.PUNCT
    _settle(low, cls)
    return Words(text, low, starts, ends, cls, quoted, regions)


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
