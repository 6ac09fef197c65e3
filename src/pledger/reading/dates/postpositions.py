"""Whether a Korean word of time ends where it seems to: "9일 전" is nine days ago, "9일 전체회의" a plenary then."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation

__all__ = ["of_a_longer_word"]


@cache
def _longer() -> re.Pattern[str]:
    """One of the syllables that other words begin with too, and behind it no particle but more of a word."""
    cjk = lexicon("dates")["cjk"]
    behind = alternation(cjk["behind_ko"])
    return re.compile(rf"(?<=[{''.join(cjk['syllables_ko'])}])(?!(?:{behind})(?![가-힣]))[가-힣]")


def of_a_longer_word(text: str, end: int) -> bool:
    """Whether what ends at `end` is only the first syllable of a longer Korean word."""
    return _longer().match(text, end) is not None
