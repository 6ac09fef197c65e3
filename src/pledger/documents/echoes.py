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
from collections.abc import Iterable
from functools import cache
from typing import Any

from pledger.data import lexicon

__all__ = ["echoes", "signature"]

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
"""Texts compared in one bucket of a band. Copies share a bucket only with their originals; what fills one are texts
with the same boilerplate, and comparing all of those would take the square of their number."""

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


def echoes(items: Iterable[tuple[str, dt.date | None, bytes]]) -> dict[str, str]:
    """Which documents copy which: id of the copy -> id of the original, from ids, days of report and signatures.

    The original is the one reported first (without a day: last); of one day, one that does not call itself a repost;
    then the one with the smaller id. A copy of a copy counts as a copy of the original, so that no value of the answer
    is a key of it. The order of `items` plays no part.
    """
    import numpy as np

    # of an id given twice the earlier day counts, as for two files with the same bytes
    known: dict[str, tuple[bool, dt.date, bool, str, bytes]] = {}
    for id_, day, signed in items:
        repost = len(signed) > 2 and (len(signed) - 2) % HASHES == 1 and signed.endswith(_REPOST)
        entry = (day is None, day or dt.date.max, repost, id_, signed[:-1] if repost else signed)
        known[id_] = min(known.get(id_, entry), entry)
    originals: dict[bytes, str] = {}  # signature -> id of the original that it belongs to
    rows: list[tuple[str, object]] = []
    buckets: dict[tuple[int, bytes], list[int]] = {}
    copies: dict[str, str] = {}
    for *_, id_, mark in sorted(known.values()):
        if len(mark) < 2 or (len(mark) - 2) % HASHES:
            continue
        if mark in originals:
            copies[id_] = originals[mark]
            continue
        values = np.frombuffer(mark, dtype=f"<u{mark[1:2].decode()}", offset=2)
        keys = [(band, mark[:2] + part.tobytes()) for band, part in enumerate(values.reshape(BANDS, -1))]
        near = sorted({row for key in keys for row in buckets.get(key, ())})
        best, score = None, ALIKE
        for row in near:
            alike = float(np.count_nonzero(values == rows[row][1])) / HASHES
            if alike > score or (best is None and alike >= score):
                best, score = row, alike
        root = rows[best][0] if best is not None else id_
        originals[mark] = root
        if best is not None:
            copies[id_] = root
        rows.append((root, values))
        for key in keys:
            bucket = buckets.setdefault(key, [])
            if len(bucket) < MOST_COMPARED:
                bucket.append(len(rows) - 1)
    return copies
