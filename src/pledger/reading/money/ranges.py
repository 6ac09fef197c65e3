"""Ranges and lists of amounts: "$16-17 billion" is one amount, "$16 billion and $17 billion" are two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier
from pledger.reading.money.marks import Marked
from pledger.reading.numbers import GAP, alternation
from pledger.reading.tails import Tail

__all__ = ["Range", "join"]

_MOST_BETWEEN = 32
_LEAD_REACH = 48
_CHANGE_REACH = 40
_MOST_SPREAD = Decimal(1000)
"""In "$5 and $6 billion" the first number takes the second's scale only if it is smaller than this."""


@dataclass(frozen=True, slots=True)
class Range:
    """Two numbers that the words make the ends of one amount."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    qualifier: Qualifier


@cache
def _link() -> re.Pattern[str]:
    """What may stand between two numbers of one range or list; the named group tells which it is."""
    lex = lexicon("numbers")
    words = lex["ranges"]
    bounds = alternation(w for table in ("en", "de") for found in lex["bounds"][table].values() for w in found)
    return re.compile(
        rf"(?:(?P<dash>{GAP}[-~]{GAP}|[ \u00a0]?[—ー][ \u00a0]?)"
        rf"|{GAP}(?P<to>{alternation(words['to'])})(?: (?:{bounds}|{alternation(words['hedges'])}))?{GAP}(?:an? )?"
        rf"|{GAP}(?P<onto>{alternation(words['onto'])}){GAP}(?:{bounds}{GAP})?"
        rf"|{GAP}(?P<and>{alternation(words['and'])}){GAP}(?:{bounds}{GAP})?"
        rf"|{GAP}(?P<or>{alternation(words['or'])}){GAP}"
        rf"|(?P<cjk>{alternation(words['cjk'])})[ \u00a0]?(?:{alternation(words['cjk_hedges'])})?"
        rf"|(?P<comma>,){GAP}(?:(?:and|or|und|oder) )?)",
        re.IGNORECASE,
    )


@cache
def _lead() -> Tail:
    words = lexicon("numbers")["ranges"]
    hedges = alternation(words["lead_hedges"])
    gap = "[ \u00a0]{1,2}\n?[ \u00a0]?"
    return Tail(rf"(?<![A-Za-z])(?P<word>{alternation(words['lead'])}){gap}(?:{hedges}{gap})?$")


@cache
def _change() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = lexicon("numbers")["ranges"]
    change = re.compile(rf"(?<![A-Za-z]){alternation(words['change'])}(?![A-Za-z])", re.IGNORECASE)
    things = re.compile(rf"[ \u00a0\n]{{1,2}}{alternation(words['things'])}(?![a-z])", re.IGNORECASE)
    return change, re.compile(r"[.;:!?\n]"), things


def join(text: str, marks: Sequence[Marked]) -> Iterator[Range | Marked]:
    """The marked numbers of a normalised text with the ends of ranges joined; scales and currencies handed over.

    In "$16-17 billion" the first number takes its scale from the second, the second its currency from the first. After
    a word of change ("raised from $16bn to $17bn") the two remain two amounts.
    """
    out = list(marks)
    for index in range(len(out) - 2, -1, -1):
        out[index], out[index + 1] = _hand_over(text, out[index], out[index + 1])
    index = 0
    while index < len(out):
        joined = _range(text, out[index], out[index + 1]) if index + 1 < len(out) else None
        if joined and index + 2 < len(out) and _dashed(text, out[index], out[index + 1], out[index + 2]):
            joined = None
        yield joined or out[index]
        index += 2 if joined else 1


def _dashed(text: str, left: Marked, middle: Marked, right: Marked) -> bool:
    """Whether the middle one of three belongs to the right one: "from $18bn to $24bn-$26bn", 18億から24億〜26億."""
    first = _link().fullmatch(text, left.end, middle.start)
    second = _link().fullmatch(text, middle.end, right.start) if middle.end <= right.start else None
    return bool(first and second and second["dash"] and not first["dash"] and _range(text, middle, right))


def _opens_change(text: str, start: int) -> bool:
    return (
        re.search(r"(?<![A-Za-z])von[ \u00a0\n](?:[a-zäöü]{2,12} )?$", text[max(0, start - 20) : start], re.IGNORECASE)
        is not None
    )


def _hand_over(text: str, left: Marked, right: Marked) -> tuple[Marked, Marked]:
    """Two neighbours that a link joins; the first may lack its scale, one of the two its currency."""
    lacks = left.quantity.scale is None or left.currency is None or right.currency is None
    if not lacks or (left.currency is None and right.currency is None):
        return left, right
    match = _link().fullmatch(text, left.end, right.start) if 0 < right.start - left.end <= _MOST_BETWEEN else None
    if match is None or (right.currency is None and _change()[2].match(text, right.end)):
        return left, right
    if match["onto"] and not _opens_change(text, left.start):
        return left, right
    paired = (
        match["to"] or match["onto"] or match["or"] or match["cjk"] or (match["and"] and _between(text, left.start))
    )
    tight = match["dash"] and len(match.group()) == 1
    after = right.currency is not None and not right.before
    number, scale = left.quantity, right.quantity.scale
    if number.scale is None and scale is not None and not number.glued and number.low:
        small = number.low <= right.quantity.low / scale
        listed = left.currency is not None and right.currency is not None and number.low < _MOST_SPREAD
        if (left.currency and (small or listed)) or (after and small and (paired or tight)):
            number = replace(number, low=number.low * scale, high=number.high * scale, scale=scale)
            left = replace(left, quantity=number)
    if left.currency is None and after and (number.scale is not None or ((paired or tight) and scale is None)):
        left = replace(left, currency=right.currency)
    elif right.currency is None and left.before and right.quantity.low > number.low:
        joins = (paired or match["dash"]) if scale is not None else tight
        right = replace(right, currency=left.currency) if joins else right
    return left, right


def _between(text: str, start: int) -> bool:
    lead = _lead().search(text[max(0, start - _LEAD_REACH) : start])
    return lead is not None and lead["word"].lower().endswith(("between", "zwischen"))


def _range(text: str, left: Marked, right: Marked) -> Range | None:
    """The two as one amount where a link makes them a range, from "from" or "between" on; None where they are two."""
    if left.currency is None or left.currency != right.currency or not 0 < right.start - left.end <= _MOST_BETWEEN:
        return None
    match = _link().fullmatch(text, left.end, right.start)
    vague = left.quantity.vague or right.quantity.vague
    if match is None or vague or not left.quantity.low < right.quantity.high or match["comma"] or match["onto"]:
        return None
    if match["and"] and not _between(text, left.start):
        return None
    lead = _lead().search(text[max(0, left.start - _LEAD_REACH) : left.start])
    start = left.start - len(lead.group()) if lead else left.start
    if match["to"] and _changes(text, start):
        return None
    if match["cjk"] and _changed().match(text, right.end):
        return None
    return Range(start, right.end, left.quantity.low, right.quantity.high, left.currency, Qualifier.BETWEEN)


@cache
def _changed() -> re.Pattern[str]:
    """What behind the second figure makes "from A to B" in CJK the change of one value."""
    return re.compile(rf"[ \u00a0]?(?:으)?(?:{alternation(lexicon('numbers')['ranges']['cjk_changed'])})")


def _changes(text: str, at: int) -> bool:
    """Whether a word of change stands in the clause before `at`: then "to" leads to a new value, not to an end."""
    change, clause, _ = _change()
    window = text[max(0, at - _CHANGE_REACH) : at]
    stops = [m.end() for m in clause.finditer(window)]
    return change.search(window, stops[-1] if stops else 0) is not None
