"""Percentages not written with digits and a percent sign: "sixty per cent", 九％, "70 per cent, the city 30"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import GAP, alternation, has_cjk, word_value
from pledger.reading.numbers.cjk import cjk_numeral

__all__ = ["Figure", "rests", "worded"]

_ALL = Decimal(100)
_MOST_RESTS = 3
_REST = re.compile(
    r"(?:,| and| und|, and|, und)(?: (?!of|the rest|der Rest)[A-Za-zÀ-ÿ][\w'-]{0,20}){1,4} "
    r"(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})?)"
    r"(?=[.;:)]|,? and |,(?! ?[0-9])|\s*$)"
)
_NUMERAL = re.compile(
    r"(?<![第0-9一二三四五六七八九十百千])(?:(?P<first>[一二三四五六七八九])、)?(?P<number>[〇一二三四五六七八九十百]{1,5})"
    r"(?:[・.](?P<part>[〇一二三四五六七八九]{1,2}))?(?=%|パーセント)(?:%|パーセント)(?!ポイント)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of hundredths in a normalised text, with its percent mark."""

    start: int
    end: int
    value: Decimal


@cache
def _words(german: bool) -> re.Pattern[str]:
    lex, words = lexicon("shares")["percent"], lexicon("numbers")["words"]
    number = alternation([*words["en"], *(words["de"] if german else ())])
    return re.compile(
        rf"(?<![\w'-])(?P<number>{number}(?:(?:[ -]|-and-| and ){number}){{0,3}})(?:-|{GAP}){alternation(lex['en'])}"
        rf"(?![a-z])(?![ -]{alternation(lex['points'])})",
        re.IGNORECASE,
    )


def worded(plain: str, language: str) -> Iterator[Figure]:
    """Percentages in words or in the numerals of CJK; of 一、二％ both ends."""
    if "ercent" in plain or "er cent" in plain or "rozent" in plain:
        for match in _words(language == "de").finditer(plain):
            value = word_value(match["number"])
            if value:
                yield Figure(match.start(), match.end(), value)
    if has_cjk(plain):
        for match in _NUMERAL.finditer(plain):
            number = cjk_numeral(match["number"])
            if number is None:
                continue
            if match["part"]:
                tenths = cjk_numeral(match["part"]) or Decimal(0)
                number += tenths / 10 ** len(match["part"])
            if match["first"]:
                yield Figure(match.start(), match.end("first"), cjk_numeral(match["first"]) or Decimal(0))
            yield Figure(match.start("number"), match.end(), number)


def rests(plain: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Bare numbers behind a percentage that make up the hundred: "Seoul pays 70 per cent, the city 30"."""
    for figure in figures:
        found: list[Figure] = []
        total, end = figure.value, figure.end
        while total < _ALL and len(found) < _MOST_RESTS and (match := _REST.match(plain, end)):
            found.append(Figure(match.start("number"), match.end(), Decimal(match["number"])))
            total, end = total + found[-1].value, match.end()
        if total == _ALL:
            yield from found
