"""Names of one sound in many scripts: romanised, and brought to a code that spelling and accent do not touch.

Kana, Hangul and Chinese readings come from `anyascii`, Japanese readings of kanji from Sudachi's dictionary. The code
keeps the consonants in a few classes (b p f v, d t, g k, l r, m n, and all that hisses), since vowels, voicing and the
vowels that Japanese and Korean put between consonants are what differs between two ways to write one name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from pledger.data import lexicon

__all__ = ["code", "codes_of", "in_japan", "latin", "readings", "same_han", "same_sound", "syllables"]

_LONGEST = 60
"""Characters of a name whose sound is looked at."""
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_SMALL_TSU = re.compile(r"[っッー・]")
_LETTERS = re.compile(r"[^a-z]+")
_SPELT = (
    ("sch", "s"), ("tch", "s"), ("tsch", "s"), ("ough", "o"), ("ch", "s"), ("sh", "s"), ("th", "t"), ("ph", "p"),
    ("ck", "k"), ("qu", "k"), ("wh", "w"), ("x", "ks"), ("ng", "n"), ("tsu", "tu"), ("dz", "s"), ("rh", "r"),
)  # fmt: skip
_SOFT_C = re.compile(r"c(?=[eiy])")
_CLASSES = str.maketrans("bpfvdtgkcqjzslrmnaeiouwyh", "ppppttkkkksssrrnn" + " " * 8)
_CLOSING_R = re.compile(r"r(?![aeiouyh])")
_ENOUGH = 0.8
"""Similarity of two codes from which two names can be of one sound, given that they read alike too."""
_READ_ALIKE = 0.5
_EXACT_ALIKE = 0.35
"""How alike they must read where their codes are one, and long."""
_LONG_CODE = 4


def latin(text: str) -> str:
    """The text in small Latin letters: kana and Hangul as they sound, Chinese characters as in Mandarin."""
    return _LETTERS.sub("", anyascii(_SMALL_TSU.sub("", text[:_LONGEST])).casefold())


@lru_cache(maxsize=32768)
def readings(text: str) -> tuple[str, ...]:
    """How a word without spaces can be read aloud, in Latin letters: kanji also as a Japanese reader would."""
    found = [latin(text)]
    if _HAN.search(text) and not _HANGUL.search(text):
        found += [latin("".join(r for _, r in syllables(t))) for t in (text, in_japan(text))]
    return tuple(dict.fromkeys(r for r in found if r))


@lru_cache(maxsize=32768)
def syllables(text: str) -> tuple[tuple[str, str], ...]:
    """The words that Sudachi sees in a Japanese text, each with its reading in kana."""
    return tuple((m.surface(), m.reading_form()) for m in _tokenizer().tokenize(text[:_LONGEST]))


def in_japan(text: str) -> str:
    """A folded text in the characters of Japan."""
    return text.translate(_japanese())


@cache
def _japanese() -> dict[int, str]:
    """From the characters that a folded name is spelt in back to those of Japan, which the dictionary knows."""
    found: dict[int, str] = {}
    for pair in (*lexicon("ledger_names")["variants"]["pairs"], *lexicon("variants")["pairs"]):
        if _in_jis(pair[0]) and not _in_jis(pair[1]):
            found.setdefault(ord(pair[1]), pair[0])
    return found


def _in_jis(character: str) -> bool:
    """Whether Japan's own character set has it."""
    try:
        return bool(character.encode("shift_jis"))
    except UnicodeEncodeError:
        return False


@cache
def _tokenizer() -> Any:
    import sudachipy  # type: ignore[import-untyped]  # the dictionary is opened where the first name in kanji is met, and not before

    return sudachipy.Dictionary(dict="small").tokenizer(mode=sudachipy.SplitMode.A)


@lru_cache(maxsize=65536)
def code(word: str) -> str:
    """The consonants of a romanised word in their classes; a vowel that begins it is kept as `a`."""
    return _coded(word)


def _coded(word: str) -> str:
    begins = word[:1] in "aeiouwy"
    text = _SOFT_C.sub("s", word)
    for written, spoken in _SPELT:
        text = text.replace(written, spoken)
    first = "h" if text.startswith("h") else "a" if begins else ""
    coded = _undoubled(text.translate(_CLASSES).replace(" ", "\x00"))
    return first + re.sub("\x00+", "", coded)


def same_sound(a: str, b: str) -> float:
    """How much two romanised words sound alike, 0 to 1; 1 where their codes are one."""
    if not a or not b:
        return 0.0
    best, size = max(
        (Levenshtein.normalized_similarity(x, y), min(len(x), len(y))) for x in codes_of(a) for y in codes_of(b)
    )
    alike = Levenshtein.normalized_similarity(_plain(a), _plain(b))
    least = _EXACT_ALIKE if best == 1 and size >= _LONG_CODE else _READ_ALIKE
    return float(best) if best >= _ENOUGH and alike >= least else 0.0


@lru_cache(maxsize=65536)
def codes_of(word: str) -> tuple[str, ...]:
    """The codes of a word's possible sounds: r unspoken, ch as t or k, ng as two letters, kh as h, w as v."""
    shapes = (
        word,
        _CLOSING_R.sub("", word),
        word.replace("ch", "t"),
        word.replace("ch", "k"),
        word.replace("ng", "nk"),
        word.replace("kh", "h"),
        word.replace("w", "v"),
    )
    return tuple(dict.fromkeys(code(shape) for shape in shapes))


def same_han(a: str, b: str) -> bool:
    """Whether two texts in Chinese characters are one in two forms of the script: read alike, and mostly the same."""
    if len(a) != len(b) or len(a) < 2 or not all(_HAN.match(c) for c in a + b):
        return False
    pairs = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return all(latin(x) == latin(y) for x, y in pairs) and 3 * len(pairs) <= 2 * len(a)


def _plain(word: str) -> str:
    """A romanised word with long vowels and doubled letters made short."""
    return _undoubled(word.replace("ou", "o").replace("eo", "u").replace("eu", "u").replace("ae", "e"))


def _undoubled(text: str) -> str:
    """Each run of one letter as that letter, once."""
    return "".join(letter for letter, _ in groupby(text))
