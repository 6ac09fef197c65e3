"""Shares without a percent sign: "two-thirds of the loans", "half of", "one in five", "50/50", "90-10 split"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier, Share, Span
from pledger.reading.found import Found
from pledger.reading.numbers import alternation, bound_after, bound_before, word_value
from pledger.reading.numbers.cjk import cjk_numeral
from pledger.reading.page import Page, Trigger
from pledger.reading.shares.growth import paced_before
from pledger.reading.shares.whole import whole_after

__all__ = ["fractions", "splits"]

_REACH = 120
_SPLIT_REACH = 60
_LEAST_ODDS = 3
_TEN, _ALL = 10, 100
_SEVERAL_REACH = 30
_RATIO_REACH = 12
_RATIO_BEHIND = 14
_RETURN_BEFORE = 24
"""Characters before a ratio within which it is told that returns, or what is paid back, are what is divided."""
_OPENS = re.compile(r"(?:^|[.,;:\n] ?|(?<![a-z])and )$")
"""Before the first word of a clause."""

_RATIO = re.compile(
    r"(?<![0-9.第一二三四五六七八九])(?P<first>[0-9]{1,2}|[一二三四五六七八九])[ \u00a0]?"
    r"(?:対|对|對|比|대|[:：](?=[ \u00a0]?[0-9]{1,2} ?(?:로|의|씩|で|の|的|比)))[ \u00a0]?"
    r"(?P<second>[0-9]{1,2}|[一二三四五六七八九])(?![0-9十百])"
)
_SPLIT = re.compile(
    r"(?<![0-9.,/:\-])(?P<first>[0-9]{1,2})(?P<link>[/:]|-)(?P<second>[0-9]{1,2})(?![0-9/:\-]|[.,][0-9])"
)
_DIRECT = re.compile(r" (?:the|its|their|all|his|her|our|der|des|von) ")
"""After "half" the whole may follow without "of"."""

_SCALED = re.compile(r" of an? [a-z]{0,3}illi|[ \-]an? ", re.IGNORECASE)
"""After a fraction: "a quarter of a billion" and "half an hour" are no shares."""

_NUMERAL = {c: n for n, c in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "兩": 2}
_CJK = re.compile(
    r"(?P<all>[0-9]{1,3}|[二三四五六七八九十])(?:分の|分之|분의)[ \u00a0]?(?P<some>[0-9]{1,3}|[一二三四五六七八九])"
    r"|(?P<wari>[一二三四五六七八九])割(?!引|り当|合)"
    r"|(?P<hal>[1-9])할(?![인당부수])"
    r"|百分之(?P<hundredths>[0-9]{1,3}(?:\.[0-9]{1,2})?|[一二三四五六七八九十百]{1,5})"
    r"|(?P<cheng>[一二两兩三四五六七八九0-9])成(?![员員立为為本功交果长長熟人型]|都(?![不没沒]))"
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


@cache
def _alone() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Fractions that need no whole behind them; what may follow a bounded one; and what makes one something else."""
    lex, numbers = lexicon("shares"), lexicon("numbers")
    halves = ("half", "halves")
    several = alternation(w for w, n in numbers["words"]["en"].items() if 1 < n < 20)
    plural = alternation(w for w in numbers["fractions"] if w.endswith("s") and w not in (*halves, "quarters"))
    single = alternation(w for w in numbers["fractions"] if not w.endswith("s") and w != "half")
    german = lex["fractions"]["german"]
    several_german = alternation(w for w in german if (not w.startswith("ein ") and " " in w) or w == "ein drittel")
    one_german = alternation(w for w in german if w.startswith("ein ") or w == "hälfte")
    words = re.compile(
        rf"(?<![\w'\-])(?:(?P<words>{several}(?:[ \-]{plural}|-quarters)|one-{single})"
        rf"|(?P<german>{several_german})|(?P<one>(?:one|an?)[ \-]{single})|(?P<half>half)"
        rf"|(?:die )?(?P<onegerman>{one_german}))(?![\w\-])",
        re.IGNORECASE,
    )
    stops = alternation(w for w in lex["whole"]["stop"] if w not in ("as", "by", "past", "last"))
    follows = re.compile(
        rf"\s*$|[.,;:)!?]|[ \u00a0\n](?:{stops}|soll|sollen|wird|werden|ist|sind|aus|im|in)(?![a-zäöü])"
    )
    return words, follows, re.compile(rf"[ \-]{alternation(lex['fractions']['not_alone'])}(?![a-z])", re.IGNORECASE)


@cache
def _equal() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words for an equal division without a figure; and what tells that it is among more than two."""
    lex = lexicon("shares")["fractions"]
    verbs, how = alternation(lex["equal_verbs"]), alternation(lex["equal_how"])
    pattern = re.compile(
        rf"(?<![\w\-])(?:{verbs}(?: (?!and |or |but )[\w\-']{{1,20}}){{0,3}} {how}"
        r"|equally (?:shared|divided|split))(?![\w\-])"
        rf"|(?<![\w\-])(?:{alternation(lex['equal_german'])}|{alternation(lex['equal_alone'])})(?![\w\-])|{alternation(lex['equal_cjk'])}",
        re.IGNORECASE,
    )
    return pattern, re.compile(rf"(?<![a-z]){alternation(lex['several'])}", re.IGNORECASE)


@cache
def _half_price() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("shares")["fractions"]["half_price"]))


@cache
def _dative() -> re.Pattern[str]:
    words = alternation(lexicon("shares")["fractions"]["german_zu"])
    return re.compile(rf"(?<![\w\-])(?P<zu>{words})(?![\w\-])", re.IGNORECASE)


def _key(words: str) -> str:
    """Words as the lexicon writes them."""
    return " ".join(words.lower().split())


def _ratio(words: str) -> Decimal:
    top, _, bottom = words.partition("/")
    return Decimal(top) / Decimal(bottom or 1)


_WITH_WHOLE = Trigger(lambda _: [[_patterns()[0].pattern]], exact=True)
_WITHOUT_WHOLE = Trigger(lambda _: [[_alone()[0].pattern]], exact=True)
_DATIVE = Trigger(lambda language: [[_dative().pattern]] if language == "de" else [], exact=True)
_EQUAL = Trigger(lambda _: [[_equal()[0].pattern]], exact=True)
_ODDS = Trigger(lambda _: [[_others()[0].pattern]], tried=False)
_SPLITS = Trigger(lambda _: [[_SPLIT.pattern]], tried=False)


def fractions(page: Page) -> Iterator[Found[Share]]:
    """Fractions in words and odds ("one in five") of a text."""
    text, plain, language = page.text, page.plain, page.language
    pattern, not_before, not_after = _patterns()
    for match in page.matches(_WITH_WHOLE, pattern, plain):
        start, end = match.span()
        if not_before.search(plain[max(0, start - 16) : start]) or not_after.match(plain, end):
            continue
        if _SCALED.match(plain, end):
            continue
        value = _value(match)
        if value <= 1:
            yield _share(text, plain, start, end, value, language)
    yield from _without_whole(page)
    if language == "de":
        for match in page.matches(_DATIVE, _dative(), plain):
            value = _ratio(lexicon("shares")["fractions"]["german_zu"][_key(match["zu"])])
            yield _share(text, plain, match.start(), match.end(), value, language, whole=False)
    equal, several = _equal()
    for match in page.matches(_EQUAL, equal, plain):
        if not several.search(plain, max(0, match.start() - _SEVERAL_REACH), match.end() + _SEVERAL_REACH):
            share = Share(0.5, 0.5, Qualifier.EXACT, None)
            yield Found(Span(*match.span()), share, text[match.start() : match.end()])
    odds, _, halves = _others()
    for match in odds.finditer(plain) if page.may(_ODDS) else ():
        if match["some"]:
            some, every = word_value(match["some"]), word_value(match["all"])
        else:
            some, every = Decimal(match["some2"]), Decimal(match["all2"])
        if 0 < some < every >= _LEAST_ODDS:
            yield _share(text, plain, match.start(), match.end(), some / every, language)
    if page.cjk:
        yield from _ratios(text, plain)
        price = _half_price()
        for match in halves.finditer(plain):
            if match.group() == "半額" and price.match(plain, match.end()):
                continue
            yield _share(text, plain, match.start(), match.end(), Decimal("0.5"), language)
        yield from _cjk(text, plain, language)


def _without_whole(page: Page) -> Iterator[Found[Share]]:
    """A fraction whose whole was told before: with a numerator ("two-thirds or so") or bounded ("about a third")."""
    text, plain, language = page.text, page.plain, page.language
    _, not_before, not_after = _patterns()
    alone, follows, other = _alone()
    for match in page.matches(_WITHOUT_WHOLE, alone, plain):
        start, end = match.span()
        timed = match["words"] is None or match["words"].lower().endswith("quarters")
        if timed and not_before.search(plain[max(0, start - 16) : start]):  # "the last three-quarters"
            continue
        if not_after.match(plain, end):
            continue
        before = plain[max(0, start - 16) : start]
        if (match["one"] or match["half"]) and follows.match(plain, end) and _stands(match, before, plain):
            yield _share(text, plain, start, end, _of_one(match), language)
            continue
        if other.match(plain, end) or _SCALED.match(plain, end):
            continue
        told = match["words"] or match["german"]
        bounded = bound_before(plain, start, end, language)[1] is not None and follows.match(plain, end)
        if not (told or bounded):
            continue
        if match["half"] or match["words"] or match["one"]:
            value = _of_one(match)
        else:
            value = _ratio(lexicon("shares")["fractions"]["german"][_key(match["german"] or match["onegerman"])])
        if value < 1:
            yield _share(text, plain, start, end, value, language)


def _of_one(match: re.Match[str]) -> Decimal:
    if match["half"]:
        return Decimal("0.5")
    number, over = re.split(r"[ \-]", (match["words"] or match["one"]).lower())
    return word_value(number) / Decimal(lexicon("numbers")["fractions"][over])


@cache
def _standing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("shares")["fractions"]
    receive = re.compile(rf"(?<![a-z]){alternation(lex['receive'])} $", re.IGNORECASE)
    return receive, re.compile(rf" {alternation(lex['leads_on'])}(?![a-z])")


def _stands(match: re.Match[str], before: str, plain: str) -> bool:
    """Whether somebody keeps or gets the fraction, or it opens its clause ("half goes to"); "a third" may be one."""
    receive, leads_on = _standing()
    if receive.search(before):
        return True
    quarter = match["half"] or match.group().lower().endswith("quarter")
    return bool(quarter and _OPENS.search(before) and leads_on.match(plain, match.end()))


def _value(match: re.Match[str]) -> Decimal:
    if match["words"]:
        number, over = re.split(r"[ \-]", match["words"].lower())
        return word_value(number) / Decimal(lexicon("numbers")["fractions"][over])
    if match["german"]:
        return _ratio(lexicon("shares")["fractions"]["german"][_key(match["german"])])
    return Decimal("0.5")


def _ratios(text: str, plain: str) -> Iterator[Found[Share]]:
    """The first side of 9対1 or 5대5, where the two make ten or a hundred and words of sharing follow."""
    lex = lexicon("shares")["fractions"]
    sharing, returning = re.compile(alternation(lex["ratio"])), re.compile("|".join(lex["returns"]))
    for match in _RATIO.finditer(plain):
        first, second = (Decimal(_NUMERAL.get(match[g], 0) or match[g]) for g in ("first", "second"))
        near = max(0, match.start() - _RATIO_BEHIND)
        told = sharing.search(plain, match.end(), match.end() + _RATIO_REACH) or (
            first + second == _ALL and sharing.search(plain, near, match.start())
        )
        told = told or returning.search(plain, max(0, match.start() - _RETURN_BEFORE), match.start())
        if first + second not in (_TEN, _ALL) or not told:
            continue
        value = float(first / (first + second))
        yield Found(Span(*match.span()), Share(value, value, Qualifier.EXACT, None), text[match.start() : match.end()])


def _cjk(text: str, plain: str, language: str) -> Iterator[Found[Share]]:
    for match in _CJK.finditer(plain):
        if match["cheng"] and language != "zh":
            continue
        tenths = match["wari"] or match["cheng"] or match["hal"]
        if match["hundredths"]:
            written = match["hundredths"]
            number = cjk_numeral(written) if not written[0].isdigit() else Decimal(written)
            if number is None:
                continue
            value = number / 100
        elif tenths:
            value = Decimal(_NUMERAL.get(tenths, 0) or tenths) / 10
        else:
            some, every = (Decimal(_NUMERAL.get(g, 0) or g) for g in (match["some"], match["all"]))
            if not every or some > every:
                continue
            value = some / every
        yield _share(text, plain, match.start(), match.end(), value, language)


def _share(
    text: str, plain: str, start: int, end: int, value: Decimal, language: str, *, whole: bool = True
) -> Found[Share]:
    start, bound = bound_before(plain, start, end, language)
    stop, after = bound_after(plain, end, language)
    if after is not None and bound in (None, Qualifier.ABOUT):
        bound, end = after, stop
    qualifier = bound or Qualifier.EXACT
    named = whole_after(plain, end) if whole else None  # "zu einem Viertel der Stadt": no genitive
    of = named.words if named else None
    if named:
        end = named.edge
    elif whole and _DIRECT.match(plain, end):
        named = whole_after(" of" + plain[end : end + _REACH], 0)
        if named:
            of, end = named.words, end + named.edge - len(" of")
    low = None if qualifier is Qualifier.UP_TO else float(value)
    high = None if qualifier is Qualifier.AT_LEAST else float(value)
    return Found(Span(start, end), Share(low, high, qualifier, of, paced_before(plain, start)), text[start:end])


def splits(page: Page) -> Iterator[Found[Share]]:
    """The first side of "50/50", "90-10" or "90:10", where the two make a hundred and the words speak of sharing."""
    if not page.may(_SPLITS):
        return
    text, plain = page.text, page.plain
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
