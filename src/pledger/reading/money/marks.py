"""The marks that make a number money: symbols, codes and words, before and after it; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import GAP, Quantity, alternation

__all__ = ["Marked", "apart", "marked"]

_LOOK_BACK = 10
_CODE_LINE = 200
_FORMULA = frozenset("^_$\\{=")
_NEAR = 2000
_LOOSE = frozenset([("JPY", "CNY"), *(("USD", dollar) for dollar in ("AUD", "CAD", "NZD", "HKD", "SGD", "TWD"))])
"""A sign before the number that words after it make more precise: "$5bn Canadian dollars", "¥5 billion yuan"."""

_LARGE = 10**9
"""Of such a scale nothing but money is counted: "2 trillion won in capital"."""

_LEAST_BARE_WON = 100
"""A bare number of won below this is no amount: "won 3 seats", "Only 12 won"."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A number with the currency written at it (None where there is none), from the first mark to the last."""

    start: int
    end: int
    quantity: Quantity
    currency: str | None
    before: bool
    """The currency stands before the number."""


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Marks before a number, marks after it, and what makes pounds after it a weight."""
    lex = lexicon("money")
    lettered = alternation(s for s in lex["symbols"] if s[0].isalpha())
    others = alternation(s for s in lex["symbols"] if not s[0].isalpha())
    codes = alternation(lex["codes"])
    before = re.compile(
        rf"(?:(?<![\w.]){lettered}|{others}|(?<![A-Za-z]){codes}|(?<![A-Za-z])(?P<won>[Ww]on))"
        rf"[ \u00a0]{{0,2}}\n?[ \u00a0]{{0,2}}-?$"
    )
    words = lex["words"]["en"] | (lex["words"]["de"] if language == "de" else {})
    signs = alternation(s for s in lex["symbols"] if not s[-1].isalpha() and s[-1] != ".")
    after = re.compile(
        rf"(?:-|{GAP})(?P<of>of )?(?P<word>(?i:{alternation(words)}))(?:-denominated)?(?![A-Za-zäöü])"
        rf"|{GAP}(?P<code>{codes})(?![A-Za-z])"
        rf"|(?:-|{GAP})(?P<sign>{signs})(?![0-9A-Za-z]|[ \u00a0]?[0-9])"
        rf"|{GAP}(?P<cjk>{alternation(lex['words']['cjk'])})"
    )
    return before, after, re.compile(rf" of (?!{alternation(lex['pounds']['of'])}(?![a-z]))")


@cache
def _meanings(language: str) -> dict[str, str]:
    words = lexicon("money")["words"]
    known: dict[str, str] = words["cjk"] | words["de"] | words["en"]
    return known | words["de"] if language == "de" else known


@cache
def _code() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("money")["code"]["marks"]))


@cache
def _won() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("money")["won"]
    return re.compile(rf"\s+{alternation(lex['verb_before'])}(?![a-z])"), re.compile(alternation(lex["context"]))


def marked(text: str, quantity: Quantity, language: str) -> Marked:
    """`quantity` with its currency marks in a normalised text; currency None where there are none, or no money."""
    start, before = _before(text, quantity, language)
    end, after = _after(text, quantity, language)
    if before and after and before != after and (before, after) not in _LOOSE:
        end, after = quantity.end, None
    currency = after or before
    if currency is None:
        return Marked(quantity.start, quantity.end, quantity, None, before=False)
    if before and _is_code(text, start, quantity):
        currency = None
    return Marked(start, end, quantity, currency, before=before is not None)


def apart(marks: Iterable[Marked]) -> list[Marked]:
    """The marked numbers, none sharing a mark with the one before it: in "5 USD 6" the code is the first one's."""
    out: list[Marked] = []
    for mark in marks:
        if out and mark.start < out[-1].end:
            mark = Marked(mark.quantity.start, mark.quantity.end, mark.quantity, None, before=False)
        out.append(mark)
    return out


def _before(text: str, quantity: Quantity, language: str) -> tuple[int, str | None]:
    pattern, _, _ = _patterns(language)
    window = text[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    bare = window.rstrip(" \u00a0\n-")
    if not bare or bare[-1] not in _last_letters():
        return quantity.start, None
    match = pattern.search(window)
    if match is None:
        return quantity.start, None
    start = quantity.start - len(window) + match.start()
    mark = match.group().rstrip(" \u00a0\n-")
    if match["won"]:
        near = text[max(0, start - 400) : start + 400]
        if quantity.scale is None or quantity.letter or not _won()[1].search(near):
            return quantity.start, None
        return start, "KRW"
    lex = lexicon("money")
    currency: str | None = lex["symbols"].get(mark) or lex["codes"].get(mark)
    if mark == "¥":
        currency = _yen_or_yuan(text, start, language)
    return start, currency


@cache
def _last_letters() -> frozenset[str]:
    lex = lexicon("money")
    return frozenset(s[-1] for s in lex["symbols"]) | frozenset(c[-1] for c in lex["codes"]) | {"n"}


def _after(text: str, quantity: Quantity, language: str) -> tuple[int, str | None]:
    end = quantity.end
    follow = text[end : end + 1]
    if not follow or (follow.isascii() and follow.isalnum() and not follow.isupper()) or follow in ".,;:)%":
        return end, None
    _, pattern, pounds = _patterns(language)
    match = pattern.match(text, end)
    if match is None:
        return end, None
    if match["word"]:
        word = re.sub(r"\s+", " ", match["word"]).lower()
        if match["of"] and not quantity.vague and quantity.scale is None:
            return end, None
        currency = _meanings(language)[word]
        if currency == "KRW" and word == "won" and not _is_won(text, quantity, match.end()):
            return end, None
        if word in ("pound", "pounds", "quid") and (quantity.scale is None or pounds.match(text, match.end())):
            return end, None
        return match.end(), currency
    if match["code"]:
        return match.end(), lexicon("money")["codes"][match["code"]]
    if match["sign"]:
        sign = match["sign"]
        if quantity.scale is None and text[max(0, quantity.start - 1) : quantity.start] in _FORMULA:
            return end, None
        return match.end(), _yen_or_yuan(text, end, language) if sign == "¥" else lexicon("money")["symbols"][sign]
    barred = lexicon("money")["not_followed"].get(match["cjk"], "")
    if quantity.scale is None and text[match.end() : match.end() + 1] in barred and match.end() < len(text) and barred:
        return end, None
    return match.end(), _meanings(language)[match["cjk"]]


def _is_won(text: str, quantity: Quantity, end: int) -> bool:
    """Whether "won" after a number is the currency and not a verb."""
    verb = _won()[0].match(text, end)
    if verb and not (verb.group().split() == ["in"] and (quantity.scale or 0) >= _LARGE):
        return False
    return quantity.scale is not None or quantity.low >= _LEAST_BARE_WON


def _yen_or_yuan(text: str, at: int, language: str) -> str:
    """What "¥" means: by the language, else by which of the two the text around speaks of; yen in doubt."""
    if language in ("zh", "ja"):
        return "CNY" if language == "zh" else "JPY"
    near = text[max(0, at - _NEAR) : at + _NEAR]
    if "yen" in near or "Japan" in near:
        return "JPY"
    return "CNY" if "yuan" in near or "renminbi" in near or "RMB" in near else "JPY"


def _is_code(text: str, start: int, quantity: Quantity) -> bool:
    """Whether "$1" is a variable, a group of a pattern or mathematics; only bare numbers below 100 are suspected."""
    if quantity.scale is not None or text[start] != "$" or quantity.end - quantity.start > 2:
        return False
    previous, following = text[max(0, start - 1) : start], text[quantity.end : quantity.end + 1]
    if (previous and previous in "\\/={|`$@[<") or (following and following in "\\/};|=`$^_]"):
        return True
    begin = text.rfind("\n", max(0, start - _CODE_LINE), start) + 1 or max(0, start - _CODE_LINE)
    stop = text.find("\n", start, start + _CODE_LINE)
    return _code().search(text, begin, stop if stop >= 0 else min(len(text), start + _CODE_LINE)) is not None
