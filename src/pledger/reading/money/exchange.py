"""What is written like an amount and paid by nobody: exchange rates (1ドル=160円) and "not one won"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.money.read import Read
from pledger.reading.numbers import alternation

__all__ = ["without_exchange"]

_UNITS = frozenset((Decimal(1), Decimal(100)))
"""Sums of which rates are quoted: one dollar, a hundred yen."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("money")["exchange"]
    return re.compile(rf"[ \u00a0]?(?:{alternation(lex['links'])})?[ \u00a0]?"), re.compile(alternation(lex["one"]))


def without_exchange(text: str, read: list[Read]) -> list[Read]:
    """The amounts without those that only tell the price of one currency in another, and without a single coin."""
    links, one = _patterns()
    dropped: set[int] = set()
    for index, item in enumerate(read):
        if item.low != item.high or item.low not in _UNITS:
            continue
        if item.low == 1 and one.match(text, item.end):
            dropped.add(index)
        follow = read[index + 1] if index + 1 < len(read) else None
        if follow is not None and follow.currency != item.currency and links.fullmatch(text, item.end, follow.start):
            dropped.update((index, index + 1))
    return [item for index, item in enumerate(read) if index not in dropped] if dropped else read
