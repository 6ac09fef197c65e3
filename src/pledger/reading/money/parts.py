"""Amounts told by the one before: "half of that", "twice that amount", "the same again", "closer to two", その半分."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation, word_value
from pledger.reading.page import Page, Trigger

__all__ = ["Part", "parts", "restates"]


@dataclass(frozen=True, slots=True)
class Part:
    """Words that lean on an amount before: they take `factor` of it, or are `number` in its scale."""

    start: int
    end: int
    factor: Decimal | None
    number: Decimal | None = None
    first: bool = False
    """They lean on the first amount of a paragraph, and not on the nearest."""
    reach: int = 0
    """Characters back within which that amount stands."""


class _Reach:
    """How far back the amount may stand on which words lean."""

    THAT = 300
    AGAIN = 160
    NEARER = 120


def _factor(value: str) -> Decimal:
    top, _, bottom = value.partition("/")
    return Decimal(top) / Decimal(bottom or 1)


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, Decimal], re.Pattern[str]]:
    lex = lexicon("money")["parts"]
    times = {words: _factor(value) for words, value in lex["times"].items()}
    again = {words: _factor(value) for words, value in (lex["again"] | lex["again_german"]).items()}
    cjk = {words: _factor(value) for words, value in lex["cjk"].items()}
    follow = rf"(?=[ \u00a0\n]{{1,2}}{alternation(lex['followed'])}(?![a-z])|[.,;:)\"'?!\u201d\u2019]|\s*$)"
    number = alternation(w for w, n in lexicon("numbers")["words"]["en"].items() if 1 < n <= 20)
    german = alternation(w for w, n in lexicon("numbers")["words"]["de"].items() if 1 < n <= 20)
    pattern = re.compile(
        rf"(?<![\w-])(?:(?P<times>{alternation(times)})[ \u00a0\n]"
        rf"(?:(?P<first>{alternation(lex['first'])})|(?:{alternation(lex['of'])})(?![\w-]){follow}"
        rf"|{alternation(lex['of_german'])})(?![\w-])"
        rf"|(?P<again>{alternation(lex['again'])})(?![\w-]){follow}"
        rf"|(?P<german>{alternation(lex['again_german'])})(?![\w-])"
        rf"(?! wie(?![a-z])|(?-i: (?:der|des|vom|von) | [A-ZÄÖÜ]))"
        rf"|(?P<nearer>{alternation(lex['nearer'])}) (?P<number>{number}|{german})(?P<half> and a half)?"
        rf"(?=[.,;:)\"'?!\u201d\u2019]|\s*$))"
        rf"|(?P<cjk>{alternation(cjk)})",
        re.IGNORECASE,
    )
    return (
        pattern,
        times | again | cjk,
        re.compile(rf"^\s?[,(\u2014-]?\s?{alternation(lex['restating'])}\s?$", re.IGNORECASE),
    )


@cache
def _borne() -> re.Pattern[str]:
    return re.compile(
        rf"[^.!?\n]{{0,80}}?(?<![a-zäöü]){alternation(lexicon('money')['parts']['borne'])}", re.IGNORECASE
    )


_WORDS = Trigger(lambda _: [[_patterns()[0].pattern]], exact=True)


def parts(page: Page) -> Iterator[Part]:
    """All phrases of a text that take a part or a multiple of an amount named before."""
    pattern, factors, _ = _patterns()
    for match in page.matches(_WORDS, pattern, page.plain):
        if match["nearer"]:
            number = word_value(match["number"]) + (Decimal("0.5") if match["half"] else 0)
            yield Part(match.start(), match.end(), None, number, reach=_Reach.NEARER)
            continue
        if match["times"] and page.language == "de" and _borne().match(page.plain, match.end()):
            continue  # what somebody bears is a share
        words = match["times"] or match["again"] or match["german"] or match["cjk"]
        factor = factors[re.sub(r"\s+", " ", words).lower()]
        reach = _Reach.AGAIN if match["again"] or match["german"] else _Reach.THAT
        yield Part(match.start(), match.end(), factor, None, match["first"] is not None, reach)


def restates(between: str) -> bool:
    """Whether the words between an amount and a part make the part restate the amount: ", or not even a tenth of"."""
    return _patterns()[2].match(between) is not None
