"""Shares without a percent sign: "two-thirds of the loans", "half of", "one in five", "50/50", "90-10 split"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier, Share, Span
from pledger.reading.found import Found
from pledger.reading.numbers import alternation, bound_after, bound_before, has_cjk, word_value
from pledger.reading.shares.whole import whole_after

__all__ = ["fractions", "splits"]

_REACH = 120
_SPLIT_REACH = 60
_LEAST_ODDS = 3
_SPLIT = re.compile(
    r"(?<![0-9.,/:\-])(?P<first>[0-9]{1,2})(?P<link>[/:]|-)(?P<second>[0-9]{1,2})(?![0-9/:\-]|[.,][0-9])"
)
_DIRECT = re.compile(r" (?:the|its|their|all|his|her|our|der|des|von) ")
"""After "half" the whole may follow without "of"."""

_SCALED = re.compile(r" of an? [a-z]{0,3}illi|[ \-]an? ", re.IGNORECASE)
"""After a fraction: "a quarter of a billion" and "half an hour" are no shares."""

_NUMERAL = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_CJK = re.compile(
    r"(?P<all>[0-9]{1,3}|[二三四五六七八九十])(?:分の|分之|분의)[ \u00a0]?(?P<some>[0-9]{1,3}|[一二三四五六七八九])"
    r"|(?P<wari>[一二三四五六七八九])割(?!引|り当|合)"
    r"|(?P<cheng>[一二三四五六七八九0-9])成(?![员員立为為本功交果长長熟都人型])"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Fractions with a whole behind them; what makes them something else, before and after."""
    lex, table = lexicon("shares")["fractions"], lexicon("numbers")
    halves = ("half", "halves")
    singles = alternation(w for w, n in table["words"]["en"].items() if n < 20)
    parts = alternation(w for w in table["fractions"] if w not in halves)
    words = re.compile(
        rf"(?<![\w'\-])(?:(?:(?P<words>{singles}[ \-]{parts})|(?P<half>half))(?= {alternation(lex['after'])}(?![a-z]))"
        rf"|(?:die )?(?P<german>{alternation(lex['german'])})(?= {alternation(lex['german_after'])}(?![a-z])))",
        re.IGNORECASE,
    )
    before = re.compile(rf"(?<![a-z]){alternation(lex['not_before'])}[ \-]$", re.IGNORECASE)
    after = re.compile(rf" (?:of )?(?:the |a |an |this |its )?{alternation(lex['not_after'])}", re.IGNORECASE)
    return words, before, after


@cache
def _others() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Odds, words of sharing, and halves in CJK."""
    lex, table = lexicon("shares")["fractions"], lexicon("numbers")["words"]["en"]
    number = alternation(w for w in table if w not in ("a", "an", "dozen"))
    odds = re.compile(
        rf"(?<![\w.,$-])(?:(?P<some>{number})[ -](?:in|out of)(?: every)?[ -](?P<all>{number})"
        r"|(?P<some2>[0-9]{1,2}) (?:in|out of)(?: every)? (?P<all2>[0-9]{1,3}))(?![\w%]|[.,/-][0-9])",
        re.IGNORECASE,
    )
    sharing = re.compile(rf"(?<![a-z]){alternation(lex['sharing'])}(?![a-z])", re.IGNORECASE)
    return odds, sharing, re.compile(alternation(lex["cjk_half"]))


def _ratio(words: str) -> Decimal:
    top, _, bottom = words.partition("/")
    return Decimal(top) / Decimal(bottom or 1)


def fractions(text: str, plain: str, language: str) -> Iterator[Found[Share]]:
    """Fractions in words and odds ("one in five") of a normalised text."""
    pattern, not_before, not_after = _patterns()
    for match in pattern.finditer(plain):
        start, end = match.span()
        if not_before.search(plain[max(0, start - 16) : start]) or not_after.match(plain, end):
            continue
        if _SCALED.match(plain, end):
            continue
        value = _value(match)
        if value <= 1:
            yield _share(text, plain, start, end, value, language)
    odds, _, halves = _others()
    for match in odds.finditer(plain):
        if match["some"]:
            some, every = word_value(match["some"]), word_value(match["all"])
        else:
            some, every = Decimal(match["some2"]), Decimal(match["all2"])
        if 0 < some < every >= _LEAST_ODDS:
            yield _share(text, plain, match.start(), match.end(), some / every, language)
    if has_cjk(plain):
        for match in halves.finditer(plain):
            yield _share(text, plain, match.start(), match.end(), Decimal("0.5"), language)
        yield from _cjk(text, plain, language)


def _value(match: re.Match[str]) -> Decimal:
    if match["words"]:
        number, over = re.split(r"[ \-]", match["words"].lower())
        return word_value(number) / Decimal(lexicon("numbers")["fractions"][over])
    if match["german"]:
        return _ratio(lexicon("shares")["fractions"]["german"][match["german"].lower()])
    return Decimal("0.5")


def _cjk(text: str, plain: str, language: str) -> Iterator[Found[Share]]:
    for match in _CJK.finditer(plain):
        if match["cheng"] and language != "zh":
            continue
        tenths = match["wari"] or match["cheng"]
        if tenths:
            value = Decimal(_NUMERAL.get(tenths, 0) or tenths) / 10
        else:
            some, every = (Decimal(_NUMERAL.get(g, 0) or g) for g in (match["some"], match["all"]))
            if not every or some > every:
                continue
            value = some / every
        yield _share(text, plain, match.start(), match.end(), value, language)


def _share(text: str, plain: str, start: int, end: int, value: Decimal, language: str) -> Found[Share]:
    start, bound = bound_before(plain, start, end, language)
    stop, after = bound_after(plain, end, language)
    if after is not None and bound in (None, Qualifier.ABOUT):
        bound, end = after, stop
    qualifier = bound or Qualifier.EXACT
    whole = whole_after(plain, end)
    of = whole.words if whole else None
    if whole:
        end = whole.edge
    elif _DIRECT.match(plain, end):
        named = whole_after(" of" + plain[end : end + _REACH], 0)
        if named:
            of, end = named.words, end + named.edge - len(" of")
    low = None if qualifier is Qualifier.UP_TO else float(value)
    high = None if qualifier is Qualifier.AT_LEAST else float(value)
    return Found(Span(start, end), Share(low, high, qualifier, of), text[start:end])


def splits(text: str, plain: str) -> Iterator[Found[Share]]:
    """The first side of "50/50", "90-10" or "90:10", where the two make a hundred and the words speak of sharing."""
    _, sharing, _ = _others()
    for match in _SPLIT.finditer(plain):
        if int(match["first"]) + int(match["second"]) != 100:
            continue
        near = plain[max(0, match.start() - _SPLIT_REACH) : match.end() + _SPLIT_REACH]
        if match["link"] == "-" and not sharing.search(near):
            continue
        whole = whole_after(plain, match.end())
        share = Share(
            int(match["first"]) / 100, int(match["first"]) / 100, Qualifier.EXACT, whole.words if whole else None
        )
        yield Found(Span(*match.span()), share, text[match.start() : match.end()])
