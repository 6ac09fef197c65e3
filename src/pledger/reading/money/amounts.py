"""Amounts of money in a text: numbers with a currency, joined to ranges, bounded, rated, tied to what they convert."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Money, Qualifier, Span
from pledger.reading.found import Found
from pledger.reading.money.marks import Marked, apart, marked
from pledger.reading.money.parts import parts
from pledger.reading.money.ranges import Range, join
from pledger.reading.numbers import GAP, alternation, bound_after, bound_before, quantities
from pledger.reading.page import Page, Trigger
from pledger.reading.tails import Tail

__all__ = ["amounts"]

_CONVERT_REACH = 48
"""Words that may stand between an amount and the parenthesis that restates it."""

_PART_REACH = 240
"""How far "half of that" may stand from the amount that it leans on: the next sentence."""

_NEAR = 40
"""How far a phrase such as "in one calendar year" may end from an amount that it makes a rate."""

_AND_ALSO = re.compile(r"[ \u00a0]?[;,/=][ \u00a0]?(?:or |and )?")
"""Between two restatements in one parenthesis: "$46bn (£34bn; €39bn)"."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An amount with its span, before it is tied to others."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    currency: str
    qualifier: Qualifier
    bare: tuple[int, Qualifier] | None = None
    """Where it ends, and how it is bounded, without the words after it ("or more")."""

    def without_after(self) -> _Read:
        """The same amount without the bound after it."""
        return replace(self, end=self.bare[0], qualifier=self.bare[1]) if self.bare else self


def amounts(text: str, language: str = "en", page: Page | None = None) -> list[Found[Money]]:
    """All amounts of money in `text`, in order, never overlapping.

    The span holds the number, its currency and scale words, and the words that bound it ("up to", "or more"); a range
    is one amount from "from" or "between" to its end, a list is several. Values are made by decimal arithmetic, so that
    "$282.8 billion" is exactly 2.828e11. `language` is an ISO 639-1 code; English words are always known, those of the
    language besides, and CJK spellings wherever they occur. `page` is the text made ready, where it is so already.
    Takes linear time; raises nothing.
    """
    page = page or Page(text, language)
    plain = page.plain
    numbers = quantities(page)
    if not numbers:
        return []
    candidates = apart(marked(plain, number, language) for number in numbers)
    if not any(c.currency for c in candidates):
        return []
    read: list[_Read] = []
    for joined in join(plain, candidates):
        item = _bounded(plain, joined, language)
        if item is None:
            continue
        if read and item.start < read[-1].end:  # "$5bn or more than $6bn": the words belong to the later amount
            read[-1] = read[-1].without_after()
        read.append(item)
    return _tied(page, _with_parts(page, read))


def _with_parts(page: Page, read: list[_Read]) -> list[_Read]:
    """Adds "half of that" after the amount that it leans on; there is none without one nearby."""
    out = list(read)
    for start, end, factor in parts(page):
        index = bisect_right(out, start, key=lambda r: r.start)
        base = out[index - 1] if index else None
        if base is None or not 0 <= start - base.end <= _PART_REACH or (index < len(out) and out[index].start < end):
            continue
        out.insert(index, replace(base, start=start, end=end, low=base.low * factor, high=base.high * factor))
    return out


def _bounded(text: str, joined: Range | Marked, language: str) -> _Read | None:
    if isinstance(joined, Range):
        return _Read(joined.start, joined.end, joined.low, joined.high, joined.currency, joined.qualifier)
    if joined.currency is None:
        return None
    number = joined.quantity
    qualifier = Qualifier.BETWEEN if number.vague else Qualifier.EXACT
    start, before = bound_before(text, joined.start, joined.end, language)
    end, after = bound_after(text, joined.end, language)
    bound = before if before not in (None, Qualifier.ABOUT) else after or before
    if after is None:
        end = joined.end
    if number.more and bound in (None, Qualifier.ABOUT):
        bound = Qualifier.AT_LEAST
    if number.vague:
        bound = None
        start = joined.start
    bare = (joined.end, before or qualifier) if end != joined.end else None
    return _Read(start, end, number.low, number.high, joined.currency, bound or qualifier, bare)


@cache
def _rates() -> tuple[re.Pattern[str], dict[str, str], Tail, dict[str, str]]:
    lex = lexicon("money")["rates"]
    after = {word: period for period, words in lex["after"].items() for word in words}
    before = {word: period for period, words in lex["before"].items() for word in words}
    stop = alternation(lex["not"]["followed"])
    following = re.compile(
        rf"(?:{GAP}|,{GAP}|-)(?P<word>{alternation(after)})(?![a-z])(?!\s{stop}(?![a-z]))", re.IGNORECASE
    )
    cjk = alternation(w for w in before if not w[0].isascii() and len(w) > 1)
    one = alternation(w for w in before if not w[0].isascii() and len(w) == 1)
    leading = Tail(
        rf"(?:(?<![a-z])(?P<word>{alternation(w for w in before if w[0].isascii())}) "
        rf"|(?:(?<![0-9個かヶカ개])(?P<cjk>{cjk})|(?:(?<!\w)|(?<=[ぁ-ん]))(?P<one>{one}))[ \u00a0]?)$"
    )
    return following, after, leading, before


_CLOSED = frozenset(".;:)")
"""Right behind an amount no rate follows over these."""


def _period(page: Page, start: int, end: int) -> str | None:
    text = page.plain
    following, after, leading, before = _rates()
    match = following.match(text, end, end + 32) if text[end : end + 1] not in _CLOSED else None
    if match:
        return after[re.sub(r"\s+", " ", match["word"]).lower()]
    match = leading.search(text[max(0, start - 14) : start])
    if match:
        return before[(match["word"] or match["cjk"] or match["one"]).lower()]
    return _near_period(page, start, end)


_FIGURE = re.compile(r"[A-Z]{0,3}[$€£¥₩]|[0-9]")
_APART = re.compile(r"[.,;:!?\n()。、，；：]|[$€£¥₩]|(?<![a-z])(?:and|but|which|that|und|aber)(?![a-z])", re.IGNORECASE)
"""What parts an amount from a word of time further off: another clause, another amount."""


@cache
def _near() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, str]]:
    lex = lexicon("money")["rates"]
    periods = {word.lower(): period for period, words in lex["near"].items() for word in words}
    kinds = {word: period for period, words in lex["of"].items() for word in words}
    latin = alternation(w for w in periods if w[-1] < "\u0250")
    cjk = alternation(w for w in periods if w[-1] >= "\u0250")
    told = re.compile(
        rf"(?<![\w-])(?P<word>{latin})(?![\w])|(?<![0-9個かヶカ개난])(?<!지난 )(?P<cjk>{cjk})", re.IGNORECASE
    )
    of = re.compile(
        rf"(?<![\w-])(?P<word>{alternation(kinds)})(?: [a-z]{{1,20}}){{1,2}} of (?:[a-z ]{{1,24}} )?$", re.IGNORECASE
    )
    own = re.compile(rf"(?<![\w-])(?P<word>{alternation(kinds)})(?![\w-])", re.IGNORECASE)
    return told, own, of, periods | kinds


_NEAR_WORDS = Trigger(
    lambda _: [[f"{_near()[0].pattern}|{_near()[1].pattern}".replace("(?P<word>", "(?:")]], exact=True
)


def _near_period(page: Page, start: int, end: int) -> str | None:
    """The rate told by a phrase a few words off, with no other figure or clause between."""
    if not page.near(_NEAR_WORDS, start - _NEAR, end + _NEAR):
        return None
    text = page.plain
    told, own, of, periods = _near()
    ahead = text[end : end + _NEAR]
    match = told.search(ahead)
    if match and not _separated(ahead[: match.start()]):
        return periods[re.sub(r"\s+", " ", match["word"] or match["cjk"]).lower()]
    bound = _FIGURE.search(text, start, end)
    start = bound.start() if bound else start  # "an annual cap of $5bn": the bounding words tell it too
    behind = text[max(0, start - _NEAR) : start]
    earlier = list(told.finditer(behind))
    if earlier and not _separated(behind[earlier[-1].end() :]):
        return periods[re.sub(r"\s+", " ", earlier[-1]["word"] or earlier[-1]["cjk"]).lower()]
    match = own.search(text, start, end)  # "$5bn yearly limit"
    if match:
        return periods[match["word"].lower()]
    match = of.search(behind)
    return periods[match["word"].lower()] if match and not _separated(behind[match.end("word") :]) else None


def _separated(between: str) -> bool:
    return _APART.search(between) is not None or any(c.isdigit() for c in between)


@cache
def _links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lead = alternation(lexicon("money")["converts"]["lead"])
    bracket = re.compile(
        rf"(?P<words>[^()\[\]0-9.;!?\n]{{0,{_CONVERT_REACH}}})[(\[]{GAP}(?:{lead}[ \u00a0]?)?{GAP}", re.IGNORECASE
    )
    plain = re.compile(rf"{GAP}(?:,{GAP})?(?:{lead})[ \u00a0]?{GAP}|{GAP}/{GAP}|{GAP}={GAP}", re.IGNORECASE)
    return bracket, plain


def _tied(page: Page, read: list[_Read]) -> list[Found[Money]]:
    """The amounts as records, each with its rate, and with the amount that it only restates in another currency."""
    text, plain = page.text, page.plain
    bracket, comma = _links()
    found: list[Found[Money]] = []
    previous: _Read | None = None
    for item in read:
        converts: Span | None = None
        if (
            previous is not None
            and previous.currency != item.currency
            and item.start - previous.end <= _CONVERT_REACH + 16
        ):
            between = plain[previous.end : item.start]
            if bracket.fullmatch(between) or (comma.fullmatch(between) and previous.end <= item.start):
                converts = Span(previous.start, previous.end)
            elif found[-1].value.converts and _AND_ALSO.fullmatch(between):
                converts = found[-1].value.converts
        low = None if item.qualifier is Qualifier.UP_TO else float(item.low)
        high = None if item.qualifier is Qualifier.AT_LEAST else float(item.high)
        money = Money(low, high, item.currency, item.qualifier, _period(page, item.start, item.end), converts)
        if converts is not None and money.period is None:
            money = replace(money, period=found[-1].value.period)
        found.append(Found(Span(item.start, item.end), money, text[item.start : item.end]))
        previous = item
    return found
