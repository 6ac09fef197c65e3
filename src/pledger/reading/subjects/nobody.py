"""Amounts that are nobody's pledge whatever stands near: prices, fines, orders, results, markets, trade, debts, pay."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, alternation, any_of, plain
from pledger.reading.subjects.markets import market_of

__all__ = ["nobody_of", "size_of"]

_LEAST = 2e5
"""Units of any currency below which an amount is a price, a fee or pay, never what is pledged."""
_SIDE_BY_SIDE = 14
"""Characters between two amounts of one thing: "NT$250 from NT$220"."""
_UNIT_REACH = 40
_VERB = 14
"""Characters before an amount in which a verb of trading has it as its price."""
_WORDS = 40
"""Characters before an amount that tell a person what it is."""


@dataclass(frozen=True, slots=True)
class _Sort:
    """One sort of amount that is nobody's pledge, and the words that show it."""

    what: str
    left: Marker
    right: Marker
    left_reach: int
    right_reach: int
    most: float
    """The largest size that it can have."""


def _side(entry: dict[str, Any], side: str) -> Marker:
    """The words of one sort on one side of an amount, in each language."""

    @cache
    def pattern(language: str) -> re.Pattern[str]:
        return re.compile(alternation(entry[f"{_key(language)}_{side}"]), re.IGNORECASE)

    return Marker(pattern)


def _key(language: str) -> str:
    return "de" if language == "de" else "en"


_SORTS = tuple(
    _Sort(
        entry["what"],
        _side(entry, "left"),
        _side(entry, "right"),
        int(entry["left"]),
        int(entry["right"]),
        float(entry.get("most", "inf")),
    )
    for entry in lexicon("whose")["nobody"]
)


@cache
def _any(language: str) -> re.Pattern[str]:
    """The words of all sorts: most sentences hold none."""
    sides = (f"{_key(language)}_left", f"{_key(language)}_right")
    listed = (words for entry in lexicon("whose")["nobody"] for side in sides for words in entry[side])
    return re.compile(alternation(listed), re.IGNORECASE)


_ANY = Marker(_any)


@cache
def _behind(table: str, language: str) -> re.Pattern[str]:
    return re.compile(rf"[ \n\u00a0\-]{{0,2}}{any_of(plain('whose', table, _key(language)))}(?!\w)", re.IGNORECASE)


@cache
def _trading(language: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("whose", "trading", _key(language))), re.IGNORECASE)


_TRADING = Marker(_trading)


def size_of(amount: Found[Money]) -> float:
    """The larger end of an amount, in units of its currency."""
    return max(amount.value.low or 0.0, amount.value.high or 0.0)


def nobody_of(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """What an amount is instead of anybody's pledge, as a market; None where nothing shows it."""
    if ctx.language in CJK:
        return None
    at, size = amount.span, size_of(amount)
    if size < _LEAST or amount.value.period in ("day", "hour", "week"):
        return _market(ctx, sentence, amount, "price")
    right = min(sentence.end, at.end + _UNIT_REACH)
    if _behind("unit", ctx.language).match(ctx.text, at.end, right):
        return _market(ctx, sentence, amount, "price of a unit")
    here = ctx.clause(sentence, at)
    trading = ctx.marks(_TRADING, sentence)
    each = _behind("each", ctx.language)
    if (each.match(ctx.text, at.end, right) and trading.any_within(here.start, here.end)) or (
        trading.any_within(max(here.start, at.start - _VERB), at.start) and each.search(ctx.text, at.end, right)
    ):
        return _market(ctx, sentence, amount, "price of a unit")
    if not ctx.marks(_ANY, sentence):
        return None
    for sort in _SORTS:
        if size < sort.most and _shows(ctx, sentence, here, at, sort):
            return _market(ctx, sentence, amount, sort.what)
    return None


def _shows(ctx: Context, sentence: Span, here: Span, at: Span, sort: _Sort) -> bool:
    """Whether words of a sort stand beside an amount, with no other amount that they rather belong to between."""
    left = ctx.marks(sort.left, sentence).left(at.start)
    if left is not None and left >= max(here.start, at.start - sort.left_reach):
        between = [s for s, a in ctx.amounts.inside(Span(left, at.start)) if a.value.converts is None]
        if (not between or at.start - between[-1].end < _SIDE_BY_SIDE) and not _of_other(ctx, sentence, left, at.start):
            return True
    right = ctx.marks(sort.right, sentence).right(at.end)
    if right is None or right > min(here.end, at.end + sort.right_reach):
        return False
    return not [1 for _, a in ctx.amounts.inside(Span(at.end, right)) if a.value.converts is None]


_HEADED = 28
"""Characters between an amount and the end of the noun that it counts: "$38bn goods trade deficit"."""
_JOINED = re.compile(
    r"[,;:()]|(?<!\w)(?:in|on|of|from|and|with|for|at|by|to|as|or|but|while|after|is|was|were|are)(?!\w)"
)
_MOVED = re.compile(r"(?<!\w)(?:to|from|against|than|up|down|over|above|below|versus|compared)(?!\w)")


def _of_other(ctx: Context, sentence: Span, word: int, amount: int) -> bool:
    """Whether the word that ends at `word` heads the amount right before it, and none that follows in a new phrase."""
    other = ctx.amounts.last(word, word - sentence.start)
    if other is None or not 0 < word - other[0].end <= _HEADED:
        return False
    return not _JOINED.search(ctx.text, other[0].end, word) and not _MOVED.search(ctx.text, word, amount)


def _market(ctx: Context, sentence: Span, amount: Found[Money], what: str) -> Mention:
    """The market that the words name, else one named by what the amount is and the words before it: prices of two
    things are two.
    """
    named = market_of(ctx, sentence, amount.span)
    if named is not None:
        return named
    left = ctx.text[max(0, amount.span.start - _WORDS) : amount.span.start].replace("\n", " ").split(" ")
    return Mention(EntityKind.MARKET, " ".join([f"{what}:", *left[1:], amount.text]), amount.span)
