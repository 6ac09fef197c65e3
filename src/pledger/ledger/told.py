"""Which of two values reports themselves call the new one: the marks that the reader left on their claims.

"Until November the promise had stood at $600bn; now it is almost $1tn" is no contradiction, and neither is what a
report passes on from a preview.
"""

from __future__ import annotations

from collections.abc import Iterable

from pledger.ledger.voices import Voice

__all__ = ["preview", "told_order"]


def preview(voice: Voice) -> bool:
    """Whether its sentence passes on what was reported before the event."""
    return voice.claim.told == "preview"


def told_order(a: Iterable[Voice], b: Iterable[Voice]) -> int:
    """1 where a report that gives both values calls those of `a` the new ones, -1 those of `b`; 0 where none does.

    One report by itself is left alone: a text that tells the history of a figure contradicts nobody.
    """
    ours, theirs = list(a), list(b)
    shared = {v.claim.document for v in ours} & {v.claim.document for v in theirs}
    if not shared or len({v.document.echo_of or v.claim.document for v in (*ours, *theirs)}) < 2:
        return 0
    here = {v.claim.told for v in ours if v.claim.document in shared}
    there = {v.claim.told for v in theirs if v.claim.document in shared}
    ahead = "newer" in here or "older" in there
    behind = "older" in here or "newer" in there
    return 0 if ahead == behind else 1 if ahead else -1
