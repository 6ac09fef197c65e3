"""Large numbers without a currency that share that of an amount: "half a trillion", "from 24 billion", 千亿."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier
from pledger.reading.money.read import Read
from pledger.reading.money.words import word_at
from pledger.reading.numbers import Quantity, alternation, bound_after, bound_before, has_cjk

__all__ = ["bare"]

_LEAST = Decimal(10**6)
_LEAST_CJK = Decimal(10**8)
_REACH = 400
"""Characters back to the amount whose currency a number in words shares; of one in digits, its sentence's."""

_BILLION = Decimal(10**9)
_MOST_TIMES = 20
"""A number that nothing but its place ties to an amount is of its size."""
_MOST_BREAKS = 3
"""Ends of sentences between an amount and a bounded number that leans on it: "1.1bn. ... Now nearly 2bn."."""
_CLOSE = 240
_CJK_CLOSE = 60
_NEAR_WORDS = 40

_CJK_END = re.compile(r"[、。，；：,;:.!?）)」』”\s]|$|[的并並而且以左上]")

_QUOTES = "\"'\u201c\u201d\u2018\u2019\u201e\u00ab\u00bb"
_IN_CURRENCY = re.compile(rf"[{_QUOTES}]?,?(?: of the total,?)? in (?:US |U\.S\. )?(?=[a-z])", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][\"'\u201d]?[ \n](?=[A-ZÄÖÜ\"'\u201c])|\n\s*\n")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("money")["bare"]
    follow = re.compile(
        rf"[{_QUOTES}]?(?:[.,;:!?)\]](?![0-9])|\s*$|\n|\s?[\u2014-]\s"
        rf"|[ \u00a0]{alternation(lex['followers'])}(?![A-Za-zäöü]))",
        re.IGNORECASE,
    )
    cue = re.compile(rf"(?<![A-Za-z]){alternation(lex['cues'])}[ \u00a0\n]$", re.IGNORECASE)
    return follow, cue, re.compile(rf"[、。，；：,;:.!?）)」』\n]|\s|$|{alternation(lex['cjk'])}")


@cache
def _frames() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("money")["bare"]
    return (
        re.compile(rf"[{_QUOTES}]?(?:[.,;:!?)\]](?![0-9])|\s*$|\n\n)"),
        re.compile(rf"(?<![A-Za-z]){alternation(lex['counted'])}(?![A-Za-z])", re.IGNORECASE),
        re.compile(rf"{alternation(lex['cjk_to'])}[约約近]?$"),
        re.compile(alternation(lex["cjk_onto"])),
    )


def bare(text: str, read: list[Read], unmarked: Sequence[Quantity], language: str) -> list[Read]:
    """`read` with the large numbers of `unmarked` that are amounts too, in the order of the text.

    A number is one where the text gives the same number a currency; and beside an amount, where nothing says what it
    counts: a number in words, or one in digits that a word ties to the amount ("from 24 billion").
    """
    scaled = [q for q in unmarked if q.scale is not None and not q.letter and q.low >= _LEAST]
    if not scaled or not read:
        return read
    out = list(read)
    for quantity in scaled:
        before = [item for item in out if item.end <= quantity.start]
        currency = _currency(text, quantity, out, before, unmarked, language)
        if currency is None or any(i.start < quantity.end and quantity.start < i.end for i in out):
            continue
        start, bound = bound_before(text, quantity.start, quantity.end, language)
        end, after = bound_after(text, quantity.end, language)
        bound = bound if bound not in (None, Qualifier.ABOUT) else after or bound
        qualifier = Qualifier.BETWEEN if quantity.vague else bound or Qualifier.EXACT
        end = end if after is not None else quantity.end
        item = Read(start, end, quantity.low, quantity.high, currency, qualifier)
        out.insert(len(before), item)
    return out


def _currency(
    text: str, quantity: Quantity, read: list[Read], before: list[Read], unmarked: Sequence[Quantity], language: str
) -> str | None:
    """The currency that a bare number shares; None where it is no money."""
    follow, cue, cjk = _patterns()
    words = text[quantity.start : quantity.end]
    if has_cjk(words):
        changed = _changed_to(text, quantity, before)
        if changed:
            return changed
        ends = cjk.match(text, quantity.end) is not None and quantity.low >= _LEAST_CJK
        return _same_number(quantity, read) if ends else None
    quoted = text[quantity.start - 1 : quantity.start] in _QUOTES and text[quantity.end : quantity.end + 1] in _QUOTES
    told = _IN_CURRENCY.match(text, quantity.end)
    named = word_at(text, told.end(), language) if told else None
    if named and before:
        return named.currencies[0]
    if not (follow.match(text, quantity.end) or (quoted and quantity.start)):
        return None
    glued = text[quantity.start - 1 : quantity.start] if words[:1].isdigit() else ""
    if glued.isascii() and glued.isalpha():  # "XR140bn": a currency that is not known is no reason to take another one
        return None
    same = _same_number(quantity, read)
    if same:
        return same
    if not before or quantity.start - before[-1].end > _REACH:
        return _ahead(text, quantity, read) if not any(c.isdigit() for c in words) else None
    counted = [q for q in unmarked if before[-1].end <= q.start < quantity.start and (q.scale or 0) >= _LEAST]
    if counted:  # "31 million users, from 24 million"
        return None
    if not any(c.isdigit() for c in words):
        return before[-1].currency
    start, _ = bound_before(text, quantity.start, quantity.end, language)
    tied = cue.search(text[max(0, start - 24) : start])
    within = _SENTENCE.search(text, before[-1].end, quantity.start) is None
    if tied and within:
        return before[-1].currency
    return before[-1].currency if _leans(text, quantity, before[-1], bounded=start < quantity.start) else None


def _leans(text: str, quantity: Quantity, base: Read, *, bounded: bool) -> bool:
    """Whether a number of billions ends its clause near an amount of its size, and nothing else is counted there."""
    stop, counted, _, _ = _frames()
    if (quantity.scale or 0) < _BILLION or not stop.match(text, quantity.end) or quantity.start - base.end > _CLOSE:
        return False
    breaks = sum(1 for _ in _SENTENCE.finditer(text, base.end, quantity.start))
    if breaks > (_MOST_BREAKS if bounded else 0) or not _alike(quantity, base):
        return False
    return counted.search(text, max(0, base.start - _NEAR_WORDS), quantity.end + _NEAR_WORDS) is None


def _ahead(text: str, quantity: Quantity, read: list[Read]) -> str | None:
    """The currency of the next amount of the sentence: "The state gives half a billion, the county 120m euros"."""
    after = next((item for item in read if item.start >= quantity.end), None)
    if after is None or after.start - quantity.end > _CJK_CLOSE or text[quantity.end : quantity.end + 1] != ",":
        return None
    return after.currency if _SENTENCE.search(text, quantity.end, after.start) is None else None


def _alike(quantity: Quantity, base: Read) -> bool:
    return base.low / _MOST_TIMES <= quantity.low <= base.low * _MOST_TIMES


def _changed_to(text: str, quantity: Quantity, before: Sequence[Read]) -> str | None:
    """The currency of the amount before in the same sentence, of which the number is the new size: 增至8000亿."""
    if not before or quantity.low < _LEAST_CJK or not 0 <= quantity.start - before[-1].end <= _CJK_CLOSE:
        return None
    if any(stop in text[before[-1].end : quantity.start] for stop in "。\n") or not _alike(quantity, before[-1]):
        return None
    _, _, to, onto = _frames()
    ends = _CJK_END.match(text, quantity.end)
    tied = (ends and to.search(text[max(0, quantity.start - 6) : quantity.start])) or onto.match(text, quantity.end)
    return before[-1].currency if tied else None


def _same_number(quantity: Quantity, read: list[Read]) -> str | None:
    """The one currency in which the text gives the same number."""
    found = {i.currency for i in read if i.low == i.high == quantity.low == quantity.high}
    return found.pop() if len(found) == 1 else None
