"""What a report itself says of the order of its values: which one it calls the old and which the new.

"Until November the promise had stood at $600bn; now it is almost $1tn" is no contradiction, and neither is what a
report passes on from a preview. Words are in `data/lexicon/ledger_updates.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pledger.data import lexicon
from pledger.ledger.voices import Voice

__all__ = ["newer", "older", "preview", "told_order"]

_LEFT, _RIGHT = 120, 24


@cache
def _before(table: str) -> re.Pattern[str]:
    words = sorted(lexicon("ledger_updates")[table]["before"], key=len, reverse=True)
    joined = "|".join(w if w[0] > "\u2e7f" else rf"(?<!\w){w}" for w in words)
    return re.compile(rf"(?:{joined})(?:\s[\w$€£¥-]{{1,14}}){{0,3}}\s?$", re.IGNORECASE)


@cache
def _behind(table: str) -> re.Pattern[str]:
    words = sorted(lexicon("ledger_updates")[table]["behind"], key=len, reverse=True)
    return re.compile(rf"\s?(?:{'|'.join(words)})", re.IGNORECASE)


@cache
def _preview() -> re.Pattern[str]:
    words = sorted(lexicon("ledger_updates")["preview"]["words"], key=len, reverse=True)
    return re.compile("|".join(w if w[0] > "\u2e7f" else rf"(?<!\w){w}(?!\w)" for w in words), re.IGNORECASE)


def _shows(voice: Voice, table: str) -> bool:
    claim, text = voice.claim, voice.document.text
    left = text[max(claim.sentence.start, claim.span.start - _LEFT) : claim.span.start]
    right = text[claim.span.end : min(claim.sentence.end, claim.span.end + _RIGHT)]
    return bool(_before(table).search(left) or _behind(table).match(right))


def older(voice: Voice) -> bool:
    """Whether the words beside the value say that it is no longer so."""
    return _shows(voice, "older")


def newer(voice: Voice) -> bool:
    """Whether the words beside the value say that it is so only now."""
    return _shows(voice, "newer")


def preview(voice: Voice) -> bool:
    """Whether its sentence passes on what was reported before the event."""
    claim = voice.claim
    return _preview().search(voice.document.text, claim.sentence.start, claim.sentence.end) is not None


def told_order(a: Iterable[Voice], b: Iterable[Voice]) -> int:
    """1 where a report that gives both values calls those of `a` the new ones, -1 those of `b`; 0 where none does.

    One report by itself is left alone: a text that tells the history of a figure contradicts nobody.
    """
    ours, theirs = list(a), list(b)
    shared = {v.claim.document for v in ours} & {v.claim.document for v in theirs}
    if not shared or len({v.document.echo_of or v.claim.document for v in (*ours, *theirs)}) < 2:
        return 0
    here = [v for v in ours if v.claim.document in shared]
    there = [v for v in theirs if v.claim.document in shared]
    ahead = any(map(newer, here)) or any(map(older, there))
    behind = any(map(older, here)) or any(map(newer, there))
    return 0 if ahead == behind else 1 if ahead else -1
