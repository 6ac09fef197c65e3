"""A name in tokens that can be compared across languages: of `三菱重工` those of `Mitsubishi Heavy Industries`.

Words of houses, trades, offices and places are known by their forms in several languages (`matching.toml`); a text
without spaces is cut at the words that are known, and what is left of it is a rare word of that script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from anyascii import anyascii

from pledger.data import lexicon
from pledger.ledger.geography import country_names, place_forms
from pledger.ledger.names import fold, is_cjk, spelt

__all__ = [
    "Token",
    "filler",
    "known",
    "office",
    "opposite",
    "plain",
    "respelt",
    "slight",
    "tail",
    "tokens",
    "usual",
    "words",
    "written",
]

_RUN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\s]+")
_DIGITS = re.compile(r"\d+|[^\d]+")
_JOINED = re.compile(r"\b(co|re|pre|multi|inter|hydro|petro|geo|bio|agro)-(?=\w)", re.IGNORECASE)
_MOST = 24
"""Tokens of a name that are looked at."""
_LONGEST_PHRASE = 4


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or one known phrase, of a name."""

    text: str
    """The same for all forms of a known word."""
    kind: str
    """rare, family, unit, place, number or compass."""
    native: bool = False
    """Left over from a text in Chinese characters, kana or Hangul: compared by its sound."""


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name in one spelling, texts without spaces cut at where Latin letters begin."""
    return respelt(written(name))


def plain(text: str) -> str:
    """Latin letters without their accents; other scripts as they are."""
    return text if text.isascii() else "".join(c if is_cjk(c) else anyascii(c).casefold() for c in text)


def respelt(found: tuple[str, ...]) -> tuple[str, ...]:
    """Words in one spelling: 'intl' is 'international', 'two' is '2'."""
    spellings: dict[str, str] = _lexicon()["tokens"]["spelt"]
    return tuple(spellings.get(word, word) for word in found)


@lru_cache(maxsize=65536)
def written(name: str) -> tuple[str, ...]:
    """The folded words of a name as they are spelt."""
    folded = plain(fold(_JOINED.sub(r"\1", name)))
    found = []
    for run in _RUN.findall(folded):
        parts = [run] if is_cjk(run) or run.isalpha() or run.isdigit() else _DIGITS.findall(run)
        found += parts
    return tuple(found[:_MOST])


def filler(word: str) -> bool:
    """Whether a word tells nothing."""
    return word in _fillers()


def tail(word: str) -> bool:
    """Whether a word at the end never tells two houses apart ("Group")."""
    return word in _tails()


def office(token: Token) -> bool:
    """Whether a unit makes a name an office of state."""
    return token.text in _offices()


def known(word: str) -> bool:
    """Whether a word is one of the data's, so that it is no slip for another."""
    return word in _known_words() or filler(word) or tail(word)


def slight(token: Token) -> bool:
    """Whether a unit says next to nothing, since other languages leave it out."""
    return token.text in _slights()


def usual(token: Token) -> bool:
    """Whether a unit is often left off."""
    return token.text in _usuals()


def opposite(a: str, b: str) -> bool:
    """Whether two words exclude each other: east and west, import and export."""
    return frozenset((a, b)) in _opposites()


@lru_cache(maxsize=65536)
def tokens(folded: tuple[str, ...]) -> tuple[Token, ...]:
    """The tokens of a name's words; fillers and tails that tell nothing are left out, unless nothing else is there."""
    found: list[Token] = []
    n = 0
    while n < len(folded):
        token, size = _phrase(folded, n)
        if token is not None:
            found.append(token)
        elif is_cjk(folded[n]):
            found += _cut(folded[n])
        elif not filler(folded[n]) and not (n and tail(folded[n])):
            found.append(Token(folded[n], _kind(folded[n])))
        n += size
    return tuple(found[:_MOST]) or tuple(Token(word, "rare") for word in folded)


def _phrase(folded: tuple[str, ...], n: int) -> tuple[Token | None, int]:
    """The longest known phrase that begins at word n; words that tell nothing may stand in it."""
    known = _known()
    for end in range(min(len(folded), n + 2 * _LONGEST_PHRASE), n, -1):
        if end - n > 1 and (filler(folded[n]) or filler(folded[end - 1])):
            continue
        phrase = " ".join(w for w in folded[n:end] if not filler(w))
        if phrase in known and not (end - n == 1 and is_cjk(phrase) and phrase not in known):
            return known[phrase], end - n
    return None, 1


def _kind(word: str) -> str:
    if word.isdigit():
        return "number"
    return "compass" if word in _compass() else "rare"


def _cut(run: str) -> list[Token]:
    """A text without spaces, cut at the words that are known; the longest first, single characters only at its end."""
    known = _known()
    found: list[Token] = []
    left = ""
    n = 0
    while n < len(run):
        size = next((s for s in range(min(10, len(run) - n), 0, -1) if _fits(run, n, s)), 0)
        if not size:
            left += run[n]
            n += 1
            continue
        if left:
            found.append(Token(left, "rare", True))
            left = ""
        found.append(known[run[n : n + size]])
        n += size
    if left:
        found.append(Token(left, "rare", True))
    return [t for t in found if not tail(t.text)]


def _fits(run: str, n: int, size: int) -> bool:
    return run[n : n + size] in _known() and (size > 1 or (n > 0 and n + 1 == len(run)))


@cache
def _lexicon() -> dict[str, Any]:
    return lexicon("matching")


@cache
def _known() -> dict[str, Token]:
    """Every form of every known word, spelt as `words` spells it."""
    found: dict[str, Token] = {}
    skipped = _lexicon()["tokens"]["not_countries"]
    for name, code in country_names().items():
        if name not in skipped:
            found.setdefault(_form(name), Token(code, "place", is_cjk(name)))
    for table, kind in (("units", "unit"), ("families", "family")):
        for text, forms in _lexicon()[table].items():
            for form in forms:
                found[_form(form)] = Token(text, kind)
    for form in _lexicon()["unit_notes"]["tails"]:
        if is_cjk(form):
            found[_form(form)] = Token(form, "tail")
    for place, names in place_forms().items():
        for form in names:
            found.setdefault(_form(form), Token(place, "place"))
    found.pop("", None)
    return found


def _form(text: str) -> str:
    spellings: dict[str, str] = _lexicon()["tokens"]["spelt"]
    plain = spelt(_JOINED.sub(r"\1", text)).replace("-", " ").replace("・", " " if not is_cjk(text) else "・")
    return " ".join(spellings.get(w, w) for w in plain.replace(".", "").split() if not filler(w))


@cache
def _fillers() -> frozenset[str]:
    return frozenset(_lexicon()["tokens"]["filler"])


@cache
def _tails() -> frozenset[str]:
    return frozenset(spelt(t) for t in _lexicon()["unit_notes"]["tails"])


@cache
def _usuals() -> frozenset[str]:
    return frozenset(_lexicon()["unit_notes"]["usual"])


@cache
def _known_words() -> frozenset[str]:
    spellings: dict[str, str] = _lexicon()["tokens"]["spelt"]
    phrases = {w for phrase in _known() for w in phrase.split()}
    return frozenset(phrases | {w for w, to in spellings.items() if to in phrases} | _compass())


@cache
def _slights() -> frozenset[str]:
    return frozenset(_lexicon()["unit_notes"]["slight"])


@cache
def _offices() -> frozenset[str]:
    return frozenset(_lexicon()["unit_notes"]["offices"])


@cache
def _opposites() -> frozenset[frozenset[str]]:
    pairs = _lexicon()["tokens"]["opposites"]["pairs"]
    return frozenset(frozenset(pair) for pair in pairs)


@cache
def _compass() -> frozenset[str]:
    points = ("north", "south", "east", "west")
    pairs = _lexicon()["tokens"]["opposites"]["pairs"]
    words = {
        w for pair in pairs for w in pair if any(p in w for p in points) or w in ("upper", "lower", "inner", "outer")
    }
    return frozenset(words)
