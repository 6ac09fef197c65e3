"""What of a programme an amount measures."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import Money, Span
from pledger.reading.found import Found
from pledger.reading.patterns import CJK, OWN_WORDS, alternation

__all__ = ["scope_of"]

_NEAR = 60
"""Characters on both sides of an amount that tell whether it is a part."""


@cache
def _parts(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What right and left of an amount makes it a part of a programme."""
    entry = lexicon("programme")["parts"]
    if language in OWN_WORDS:
        script = "cjk" if language in CJK else language
        right, left = entry[f"{script}_right"], entry[f"{script}_left"]
    else:
        right = r"^[\s\-]" + alternation(entry["right"])
        left = alternation(entry["left"]) + r"\s(?:\w{1,40}\s){0,3}$"
    return re.compile(right, re.IGNORECASE), re.compile(left, re.IGNORECASE)


def scope_of(text: str, sentence: Span, amount: Found[Money], language: str) -> str:
    """What of a programme an amount measures: `annual` for a rate, `part`, else `ceiling` (its whole size)."""
    if amount.value.period is not None:
        return "annual"
    right, left = _parts(language)
    behind = text[amount.span.end : min(sentence.end, amount.span.end + _NEAR)]
    before = text[max(sentence.start, amount.span.start - _NEAR) : amount.span.start]
    return "part" if right.search(behind) or left.search(before) else "ceiling"
