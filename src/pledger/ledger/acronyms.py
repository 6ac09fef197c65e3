"""Letters that stand for a name: METI, JBIC, KOGAS."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.ledger.evidence import Evidence, evidence
from pledger.ledger.geography import country_code
from pledger.ledger.names import canonical, fold, split
from pledger.ledger.offices import may_be, office_of
from pledger.ledger.tokens import filler, plain

__all__ = ["acronym_evidence", "initials", "letters"]

_LETTERS = re.compile(r"[A-Z][A-Z&.\-]{1,9}[A-Z]?|[A-Z][a-z]?[A-Z]{1,4}|[A-Z]{2,10}[a-z]?")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 10
_MOST_LETTERS = 3
"""Letters that one word gives at most: KO-GAS, JOG-MEC."""
_LEAST_BLEND = 6
"""Letters of a word that can be blended of others."""
_MOST_BLENDED = 3
"""Words that one can be blended of."""
_LEAST_SYLLABLE, _MOST_SYLLABLE = 3, 5
"""Letters that each of them gives: Petro-nas, Gaz-prom."""


def letters(name: str) -> str:
    """The acronym that a name is, in small letters, or ''."""
    bare = split(name)[0].strip()
    if not _LETTERS.fullmatch(bare):
        return ""
    plain = re.sub(r"[^A-Za-z]", "", bare).lower()
    return plain if 2 <= len(plain) <= 10 else ""


def initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words gives by its initials: with and without small words and legal forms."""
    written = _written(name)
    parts = _written(name, parts=True)
    full = fold(split(name)[0]).split()
    bare = [w for w in full if not filler(w)]
    while len(bare) > 2 and country_code(bare[0]) is not None:
        bare = bare[1:]  # "US Department of Energy" is DOE
        full = full[full.index(bare[0]) :]
    ways = (written, full, bare, [w for w in written if not filler(w)], parts, [w for w in parts if not filler(w)])
    return frozenset("".join(w[0] for w in ws) for ws in ways if len(ws) > 1)


def acronym_evidence(a: str, b: str, known: str | None) -> list[Evidence]:
    """What it tells that one name may be made of the other's first letters; nothing where neither is an acronym."""
    for short, long in ((a, b), (b, a)):
        acronym = letters(short)
        if _blended(short, long):
            return [evidence("acronym_loose", f"{short} is made of the beginnings of '{long}'")]
        if not acronym or max(len(_written(long)), len(_written(long, parts=True))) < 2:
            continue
        if acronym in initials(long):
            sizes = {2: "acronym_two", 3: "acronym_short"}
            found = [evidence(sizes.get(len(acronym), "acronym"), f"{short} are the first letters of '{long}'")]
        elif len(acronym) >= 4 and any(_spells(acronym, tuple(_written(long, parts=p))) for p in (False, True)):
            found = [evidence("acronym_loose", f"{short} is made of the beginnings of '{long}'")]
        else:
            continue
        office = office_of(short)
        if known is not None and (canonical(short) or (office and not may_be(long, office))):
            found.append(evidence("acronym_known", f"{short} is known as {known}"))
        return found
    return []


def _blended(short: str, long: str) -> bool:
    """Whether a word is blended of the first syllables of all words of a name: 'Gazprom', 'Petronas'."""
    word, rest = plain(short.lower()), [w for w in _written(long) if not filler(w)]
    while len(rest) > 1 and rest[-1] in _forms():
        rest.pop()
    if not word.isalpha() or not word.isascii() or len(word) < _LEAST_BLEND or not 2 <= len(rest) <= _MOST_BLENDED:
        return False
    return word not in rest and _blends(word, tuple(rest))


def _blends(word: str, rest: tuple[str, ...]) -> bool:
    """Whether syllables that begin all the words, in order, make the word; a whole word is no beginning of it."""
    if not rest:
        return not word
    return any(
        word[:n] == rest[0][:n] and n < len(rest[0]) and _blends(word[n:], rest[1:])
        for n in range(_LEAST_SYLLABLE, _MOST_SYLLABLE + 1)
    )


def _written(name: str, *, parts: bool = False) -> list[str]:
    """The words as they stand, legal forms too: an S, an A or a C may come from one.

    With `parts` words with a hyphen, and German compounds that end in a known word, count as two: Landes-bank.
    """
    bare = plain(split(name)[0].casefold().replace("-", " " if parts else ""))
    found = _WORD.findall(bare)
    if parts:
        found = [part for word in found for part in _compound(word)]
    return found[:_MOST_WORDS]


def _compound(word: str) -> list[str]:
    ends = lexicon("matching")["tokens"]["compounds"]["ends"]
    end = next((e for e in ends if word.endswith(e) and len(word) > len(e) + 2), "")
    return [word.removesuffix(end), end] if end else [word]


def _spells(acronym: str, words: tuple[str, ...]) -> bool:
    """Whether the beginnings of all words (small ones and legal forms may give none) spell the acronym."""
    if not words:
        return not acronym
    word, rest = words[0], words[1:]
    free = filler(word) or word in _forms()
    if free and _spells(acronym, rest):
        return True
    return any(
        acronym[:n] == word[:n] and _spells(acronym[n:], rest) for n in range(1, min(_MOST_LETTERS, len(acronym)) + 1)
    )


@cache
def _forms() -> frozenset[str]:
    return frozenset(lexicon("ledger_names")["forms"]["tail"])
