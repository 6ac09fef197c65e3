"""Which names of a long list can mean a known company at all: a look at their words, before any are compared.

A name passes where one of its words is a telling word of a known name, or a slip for one, or where a known name is
written in it without its blanks. All others share no word with anybody that we know, and no rule of the resolver
would join them. A hundred thousand names take a tenth of a second.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import ahocorasick_rs
import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from pledger.ledger.names import fold, is_cjk, spelt
from pledger.ledger.tokens import filler, tail, tokens, words, written

__all__ = ["telling", "through"]

_ALIKE = 0.8
"""From which likeness on two words may be one with a slip: `houses.slip` asks for as much or more."""
_LEAST = 5
"""Letters of a word that may be slipped."""
_JOINED = 6
"""Letters of a telling word that is looked for without regard to blanks."""
_BLANKS = {n: " " for n in range(128) if not chr(n).isalnum() and chr(n) != "\n"}
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def telling(names: Iterable[str]) -> frozenset[str]:
    """The words by which these names are known: of each the first that is rare, or a family; else its first word.

    Legal forms and tails that tell no house apart are none: "corporation" would let half of all names pass.
    """
    return frozenset(word for name in names for word in _telling(name))


@lru_cache(maxsize=1 << 16)
def _telling(name: str) -> tuple[str, ...]:
    if is_cjk(name):
        return ()
    spoken = [word for word in written(name) if not (tail(word) or filler(word) or fold(f"acme {word}") == "acme")]
    rare = {
        part for t in tokens(words(name)) if t.kind in ("rare", "family") and not t.native for part in t.text.split()
    }
    first = next((word for word in spoken if word in rare), None)
    return (first,) if first else tuple(spoken[:1])


def through(names: Sequence[str], known: Collection[str]) -> list[int]:
    """The positions of the names that pass; `known` are telling words. Names in other scripts all pass."""
    whole = "\n".join(names).casefold()
    if whole.isascii():
        plain = whole.translate(_BLANKS).split("\n")
    else:
        plain = [(name if name.isascii() else spelt(name)).translate(_BLANKS) for name in whole.split("\n")]
    seen = {word for line in plain for word in line.split()}
    hits = seen & set(known) | _slips(seen - set(known), known)
    found = {n for n, line in enumerate(plain) if not hits.isdisjoint(line.split())} if hits else set()
    if not whole.isascii():
        found.update(n for n, name in enumerate(names) if not name.isascii() and _CJK.search(name))
    found.update(_joined(plain, known))
    return sorted(found)


def _slips(seen: Collection[str], known: Collection[str]) -> set[str]:
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in known:
        if len(word) >= _LEAST and word.isalpha():
            by_letter[word[0]].append(word)
    mine: dict[str, list[str]] = defaultdict(list)
    for word in seen:
        if len(word) >= _LEAST - 1 and word[0] in by_letter:
            mine[word[0]].append(word)
    found: set[str] = set()
    for letter, its in mine.items():
        like = process.cdist(
            its, by_letter[letter], scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, dtype=np.float32
        )
        found.update(its[n] for n in np.flatnonzero(like.any(axis=1)).tolist())
    return found


def _joined(plain: Sequence[str], known: Collection[str]) -> set[int]:
    """Names in which a telling word is written in parts ("Soft Bank")."""
    long = [word for word in known if len(word) >= _JOINED]
    if not long:
        return set()
    ends = np.cumsum([0, *(len(name.replace(" ", "")) + 1 for name in plain)])
    text = "\n".join(name.replace(" ", "") for name in plain)
    matcher = ahocorasick_rs.AhoCorasick(long)
    starts = [start for _, start, _ in matcher.find_matches_as_indexes(text, overlapping=False)]
    return set((np.searchsorted(ends, starts, side="right") - 1).tolist()) if starts else set()
