"""Letters that stand for a name: METI, JBIC, KOGAS."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.ledger.evidence import Evidence, evidence
from pledger.ledger.geography import country_code
from pledger.ledger.names import canonical, fold, split
from pledger.ledger.tokens import filler

__all__ = ["acronym_evidence", "initials", "letters"]

_LETTERS = re.compile(r"[A-Z][A-Z&.\-]{1,9}[A-Z]?|[A-Z][a-z]?[A-Z]{1,4}|[A-Z]{2,10}[a-z]?")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_WORDS = 10
_MOST_LETTERS = 3
"""Letters that one word gives at most: KO-GAS, JOG-MEC."""


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
    full = fold(split(name)[0]).split()
    bare = [w for w in full if not filler(w)]
    while len(bare) > 2 and country_code(bare[0]) is not None:
        bare = bare[1:]  # "US Department of Energy" is DOE
        full = full[full.index(bare[0]) :]
    found = {
        "".join(w[0] for w in ws) for ws in (written, full, bare, [w for w in written if not filler(w)]) if len(ws) > 1
    }
    return frozenset(found)


def acronym_evidence(a: str, b: str, known: str | None) -> list[Evidence]:
    """What it tells that one name may be made of the other's first letters; nothing where neither is an acronym."""
    for short, long in ((a, b), (b, a)):
        acronym = letters(short)
        if not acronym or len(_written(long)) < 2:
            continue
        if acronym in initials(long):
            sizes = {2: "acronym_two", 3: "acronym_short"}
            found = [evidence(sizes.get(len(acronym), "acronym"), f"{short} are the first letters of '{long}'")]
        elif len(acronym) >= 4 and _spells(acronym, tuple(_written(long))):
            found = [evidence("acronym_loose", f"{short} is made of the beginnings of '{long}'")]
        else:
            continue
        if known is not None and canonical(short) is not None:
            found.append(evidence("acronym_known", f"{short} is known as {known}"))
        return found
    return []


def _written(name: str) -> list[str]:
    """The words as they stand, legal forms too: an S, an A or a C may come from one."""
    return [w.lower() for w in _WORD.findall(split(name)[0].replace("-", ""))][:_MOST_WORDS]


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
