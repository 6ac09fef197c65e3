"""Amounts told as a part of the one before: "half of that", "twice that amount", その半分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["parts"]


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, Decimal]]:
    lex = lexicon("money")["parts"]
    times: dict[str, Decimal] = {}
    for words, value in lex["times"].items():
        top, _, bottom = value.partition("/")
        times[words] = Decimal(top) / Decimal(bottom or 1)
    follow = rf"(?=[ \u00a0\n]{{1,2}}{alternation(lex['followed'])}(?![a-z])|[.,;:)\"'?!]|\s*$)"
    return re.compile(
        rf"(?<![\w-])(?P<times>{alternation(times)})[ \u00a0\n](?:{alternation(lex['of'])})(?![\w-]){follow}"
        rf"|{alternation(lex['cjk'])}",
        re.IGNORECASE,
    ), times


_WORDS = Trigger(lambda _: [[_pattern()[0].pattern]], exact=True)


def parts(page: Page) -> Iterator[tuple[int, int, Decimal]]:
    """(start, end, factor) of every phrase that takes a part or a multiple of an amount named before."""
    pattern, times = _pattern()
    for match in page.matches(_WORDS, pattern, page.plain):
        words = re.sub(r"\s+", " ", match["times"] or "half").lower()
        yield match.start(), match.end(), times[words]
