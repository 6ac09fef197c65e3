"""Which currencies a word, a sign or a code may stand for: names of the CLDR, and what news calls them besides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pledger.data import lexicon

__all__ = ["Word", "candidates", "hundredth_at", "is_fixed", "rare_codes", "word_at"]

_LONGEST = 44
"""Characters of the longest name that is looked for: "united arab emirates dirhams"."""

_SPACES = str.maketrans("\n\u00a0", "  ")
_LETTER = re.compile("[A-Za-zÀ-ÿŁ-ž]")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a currency found in a text: where it ends, how the lexicon spells it, what it may stand for."""

    end: int
    word: str
    currencies: tuple[str, ...]


class _Table:
    """Words by their first character, the longest first."""

    def __init__(self, words: dict[str, tuple[str, ...]]) -> None:
        self.words = words
        lengths: dict[str, set[int]] = {}
        for word in words:
            lengths.setdefault(word[0], set()).add(len(word))
        self.lengths = {letter: sorted(found, reverse=True) for letter, found in lengths.items()}

    def at(self, text: str, start: int) -> Word | None:
        """The longest word that begins at `start`; of Latin letters, one that ends there too."""
        if text[start : start + 1].lower() not in self.lengths:
            return None
        window = text[start : start + _LONGEST].translate(_SPACES).lower()
        for length in self.lengths.get(window[:1], ()):
            word = window[:length]
            if word in self.words and len(word) == length:
                follow = text[start + length : start + length + 1]
                if _LETTER.match(word[-1]) and _LETTER.match(follow):
                    continue
                return Word(start + length, word, self.words[word])
        return None


@cache
def _shared() -> dict[str, tuple[str, ...]]:
    return {w: tuple(group["currencies"]) for group in lexicon("money")["shared"].values() for w in group["words"]}


@cache
def _fixed() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(g["currencies"]) for g in lexicon("money")["shared"].values() if g.get("fixed"))


def is_fixed(currencies: tuple[str, ...]) -> bool:
    """Whether countries named around do not tell which of `currencies` is meant ("dollars")."""
    return currencies in _fixed() or len(currencies) < 2


def _german(name: str) -> Iterable[str]:
    """A German name in all cases: "norwegische Kronen", "norwegischer", "norwegischen"."""
    first, _, rest = name.lower().partition(" ")
    yield name.lower()
    stem = re.fullmatch(r"(.{3,}?)e[rs]?", first)
    if rest and stem:
        yield from (f"{stem[1]}e{ending} {rest}" for ending in ("", "r", "n", "s"))


@cache
def _table(german: bool) -> _Table:
    """All words after a number: English ones and those of CJK always, German ones in German texts."""
    lex = lexicon("money")
    found: dict[str, list[str]] = {}
    for code, names in lexicon("currencies").items():
        for language in ("en", "ja", "zh", "ko"):
            for name in names[language]:
                found.setdefault(name.lower(), []).append(code)
        if german:
            for name in names["de"]:
                for form in _german(name):
                    found.setdefault(form, []).append(code)
    words = {word: tuple(dict.fromkeys(codes)) for word, codes in found.items()}
    for table in ("en", "cjk", *(("de",) if german else ())):
        words.update({word: (code,) for word, code in lex["words"][table].items()})
    words.update({word.lower(): codes for word, codes in _shared().items() if word not in lex["symbols"]})
    return _Table(words)


@cache
def _hundredths() -> _Table:
    return _Table({word.lower(): tuple(codes) for word, codes in lexicon("money")["hundredths"].items()})


def word_at(text: str, start: int, language: str) -> Word | None:
    """The longest word for a currency that begins at `start` of a normalised text."""
    return _table(language == "de").at(text, start)


def hundredth_at(text: str, start: int) -> Word | None:
    """A word for the hundredth of a currency (cents, ペンス) that begins at `start` of a normalised text."""
    return _hundredths().at(text, start)


@cache
def rare_codes() -> frozenset[str]:
    """Codes of today's currencies that news seldom writes; those that are words stay out."""
    lex = lexicon("money")
    return frozenset(lexicon("currencies")) - frozenset(lex["codes"]) - frozenset(lex["told_codes"]["never"])


def candidates(mark: str) -> tuple[str, ...]:
    """The currencies that a sign or a code may stand for, the usual one first; empty for anything else."""
    lex = lexicon("money")
    shared = _shared().get(mark)
    if shared and mark in lex["symbols"]:
        return shared
    code = lex["symbols"].get(mark) or lex["codes"].get(mark) or (mark if mark in rare_codes() else None)
    return (code,) if code else ()
