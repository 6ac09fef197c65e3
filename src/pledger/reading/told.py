"""What a report itself says of the order of its values: which one it calls the old and which the new.

"Until November the promise had stood at $600bn; now it is almost $1tn." And what a report passes on from a preview is
older than the rest of it. Words are in `data/lexicon/told.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.page import Marker

__all__ = ["ANY", "told"]

_LEFT, _RIGHT = 120, 80


def _bounded(words: list[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(w if w[0] > "\u2e7f" else rf"(?<!\w){w}" for w in ordered)


@cache
def _before(table: str) -> re.Pattern[str]:
    joined = _bounded(lexicon("told")[table]["before"])
    return re.compile(rf"(?:{joined})(?:\s[\w$€£¥-]{{1,14}}){{0,3}}\s?$", re.IGNORECASE)


@cache
def _behind(table: str) -> re.Pattern[str]:
    words = sorted(lexicon("told")[table]["behind"], key=len, reverse=True)
    return re.compile(rf"\s?(?:{'|'.join(words)})", re.IGNORECASE)


@cache
def _preview() -> re.Pattern[str]:
    words = sorted(lexicon("told")["preview"]["words"], key=len, reverse=True)
    return re.compile("|".join(w if w[0] > "\u2e7f" else rf"(?<!\w){w}(?!\w)" for w in words), re.IGNORECASE)


@cache
def _any(_: str) -> re.Pattern[str]:
    tables = lexicon("told")
    words = [w for table in ("older", "newer") for side in ("before", "behind") for w in tables[table][side]]
    return re.compile("|".join(sorted({*words, *tables["preview"]["words"]}, key=len, reverse=True)), re.IGNORECASE)


ANY = Marker(_any)
"""What a sentence must hold for anything in it to be told as old or new."""


def told(text: str, sentence: Span, span: Span) -> str | None:
    """`preview`, `older` or `newer`, by the words of the sentence and beside the value; None where nothing tells."""
    if _preview().search(text, sentence.start, sentence.end):
        return "preview"
    left = text[max(sentence.start, span.start - _LEFT) : span.start]
    right = text[span.end : min(sentence.end, span.end + _RIGHT)]
    for table in ("older", "newer"):
        if _before(table).search(left) or _behind(table).match(right):
            return table
    return None
