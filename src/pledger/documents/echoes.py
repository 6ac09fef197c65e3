"""Near-copies of one text: MinHash signatures, compared only where they share a band.

Two texts are compared by the share of runs of words that they have in common (Jaccard similarity of their sets of
shingles), estimated from 128 hash minima (Broder, "On the resemblance and containment of documents", 1997).
Signatures are cut into bands; only texts with an equal band are compared, so that the time grows with the number of
texts and not with its square.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon

__all__ = ["MOST_COMPARED", "Entry", "alike", "bands", "echoes", "nearest", "original_of", "originals", "signature"]

WORDS = 3
"""Words in a shingle. Two reports of one event by different writers share below 5 % of runs of three words; a copy
with five words changed in each hundred still shares 70 %."""
CHARACTERS = 5
"""Characters in a shingle of Japanese, Chinese and Korean: about three words."""
HASHES, BANDS = 128, 32
"""At similarity 0.5 a pair shares a band of four with probability 0.87, at 0.6 with 0.99, at 0.1 with 0.003."""
ALIKE = 0.5
"""Estimated similarity from which a text is a copy: half of all runs of words. Its standard error is 0.044."""
MOST_CHARACTERS = 60_000
"""Characters of a text that the signature is made from: enough for any article."""
MOST_COMPARED = 64
"""Texts of one bucket of a band, the first in order, that the others are compared with. Copies share a bucket only with
their originals; what fills one are texts with the same boilerplate, and comparing all of those would take the
square of their number."""

_WORD = re.compile(r"[^\W_]{1,60}")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
_VERSION = b"1"
_REPOST = b"r"
"""Ends the signature of a text that says that it is a repost; of texts that do not, nothing is added."""


def signature(text: str) -> bytes:
    """A fingerprint of `text` of some 500 bytes: equal for equal words, alike for alike texts; empty for texts
    without words.

    Case, punctuation, white space and Markdown's marks play no part. Signatures made by different versions of this
    function never count as alike. A text that says that it was published elsewhere first ('republished by...', words
    in `data/lexicon/reposts.toml`) bears a mark of that, which plays no part when texts are compared.
    """
    words = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()
    shingles = _shingles(words)
    if not shingles:
        return b""
    minima = _no_minima().copy()
    minima.update_batch(shingles)
    values = minima.hashvalues
    # before datasketch 2.0 other permutations were used: the item size tells them apart
    mark = _VERSION + str(values.dtype.itemsize).encode()
    return mark + bytes(values.astype(values.dtype.newbyteorder("<")).tobytes()) + (_REPOST if _repost(words) else b"")


def _repost(words: str) -> bool:
    plain = " ".join(words.split())
    return any(phrase in plain for phrase in _repost_words())


@cache
def _repost_words() -> tuple[str, ...]:
    return tuple(unicodedata.normalize("NFKC", phrase).casefold() for phrase in lexicon("reposts")["words"])


@cache
def _no_minima() -> Any:
    """An empty MinHash; to copy it is cheaper than to draw its permutations again."""
    from datasketch import MinHash

    return MinHash(num_perm=HASHES, seed=7, hashfunc=int)


def _shingles(text: str) -> list[int]:
    """Hashes of all runs of words, each once, sorted."""
    if len(_CJK.findall(text[:2000])) > 0.25 * len(text[:2000].replace(" ", "")):
        letters = "".join(_WORD.findall(text))
        runs = {letters[i : i + CHARACTERS] for i in range(max(1, len(letters) - CHARACTERS + 1))} if letters else set()
    else:
        words = _WORD.findall(text)
        runs = {" ".join(words[i : i + WORDS]) for i in range(max(1, len(words) - WORDS + 1))} if words else set()
    return sorted({zlib.crc32(run.encode("utf-8", "replace")) for run in runs})


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A text among those that are compared; entries sort in the order in which originals are looked for."""

    undated: bool
    day: dt.date
    repost: bool
    id: str
    mark: bytes
    """The signature without the mark of a repost."""

    @classmethod
    def of(cls, id_: str, day: dt.date | None, signed: bytes) -> Entry:
        """The entry of a document."""
        repost = len(signed) > 2 and (len(signed) - 2) % HASHES == 1 and signed.endswith(_REPOST)
        return cls(day is None, day or dt.date.max, repost, id_, signed[:-1] if repost else signed)

    @property
    def comparable(self) -> bool:
        """Whether it has words, and a signature that can be read."""
        return len(self.mark) > 2 and (len(self.mark) - 2) % HASHES == 0


def echoes(items: Iterable[tuple[str, dt.date | None, bytes]]) -> dict[str, str]:
    """Which documents copy which: id of the copy -> id of the original, from ids, days of report and signatures.

    The original is the one reported first (without a day: last); of one day, one that does not call itself a repost;
    then the one with the smaller id. A copy of a copy counts as a copy of the original, so that no value of the answer
    is a key of it. The order of `items` plays no part.
    """
    return originals(nearest(items))


def originals(nearest: Mapping[str, str]) -> dict[str, str]:
    """By copy the original, from each copy's most alike earlier text."""
    roots: dict[str, str] = {}
    for copy in nearest:
        way = [copy]
        while way[-1] in nearest and way[-1] not in roots:
            way.append(nearest[way[-1]])
        root = roots.get(way[-1], way[-1])
        roots.update(dict.fromkeys(way[:-1], root))
    return roots


def nearest(items: Iterable[tuple[str, dt.date | None, bytes]]) -> dict[str, str]:
    """By copy the earlier text that it is most alike, which may be a copy itself."""
    import numpy as np

    # of an id given twice the earlier day counts, as for two files with the same bytes
    known: dict[str, Entry] = {}
    for item in items:
        entry = Entry.of(*item)
        known[entry.id] = min(known.get(entry.id, entry), entry)
    listed = [entry for entry in sorted(known.values()) if entry.comparable]
    if not listed:
        return {}
    found = bands(entry.mark for entry in listed)
    # Rows of equal bands lie side by side, each run in the order of the entries.
    keys, rows = found.ravel(), np.repeat(np.arange(len(listed)), BANDS)
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], rows[order]
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True])))
    near: dict[int, set[int]] = {}
    for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        if end - start > 1:
            bucket = rows[start:end].tolist()
            for n, row in enumerate(bucket[1:], 1):
                near.setdefault(row, set()).update(bucket[: min(n, MOST_COMPARED)])
    parents: dict[str, str] = {}
    for row, candidates in sorted(near.items()):
        parent = original_of(listed[row], [listed[n] for n in sorted(candidates)])
        if parent is not None:
            parents[listed[row].id] = parent
    return parents


def original_of(entry: Entry, earlier: Sequence[Entry]) -> str | None:
    """The id of the text that `entry` copies, among those before it in the order that share a band with it, sorted:
    the most alike one, of several the first; None where none is alike enough."""
    import numpy as np

    its, size = _hashes(entry.mark), len(entry.mark)
    same = [e for e in earlier if len(e.mark) == size and e.mark[:2] == entry.mark[:2]]
    if not same:
        return None
    alike = np.count_nonzero(np.stack([_hashes(e.mark) for e in same]) == its, axis=1) / HASHES
    best = int(np.argmax(alike))
    return same[best].id if alike[best] >= ALIKE else None


def alike(a: Entry, b: Entry) -> bool:
    """Whether one of the two can be a copy of the other."""
    return original_of(a, [b]) is not None


def bands(marks: Iterable[bytes]) -> Any:
    """The bands of comparable marks as whole numbers of 64 bits with a sign, a row of `BANDS` for each mark."""
    import numpy as np

    salts, rows = [], []
    for mark in marks:
        salts.append(int.from_bytes(mark[:2], "big"))
        rows.append(_hashes(mark).astype(np.uint64))
    values = np.stack(rows).reshape(len(rows), BANDS, -1)
    mixed = np.arange(1, BANDS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    found = np.array(salts, dtype=np.uint64)[:, None] ^ mixed[None, :]
    for n in range(values.shape[2]):
        found = (found ^ values[:, :, n]) * np.uint64(0xD6E8FEB86659FD93)
        found ^= found >> np.uint64(32)
    return found.view(np.int64)


def _hashes(mark: bytes) -> Any:
    import numpy as np

    return np.frombuffer(mark, dtype=f"<u{mark[1:2].decode()}", offset=2)
