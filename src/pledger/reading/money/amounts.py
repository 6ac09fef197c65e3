"""Amounts of money in a text: numbers with a currency, joined to ranges, bounded, rated, tied to what they convert."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Money, Qualifier, Span
from pledger.reading.found import Found
from pledger.reading.money.bare import bare
from pledger.reading.money.counted import counted
from pledger.reading.money.decades import decade_after
from pledger.reading.money.exchange import without_exchange
from pledger.reading.money.marks import Marked, apart, marked
from pledger.reading.money.parts import Part, parts, restates
from pledger.reading.money.periods import period_of
from pledger.reading.money.ranges import Range, join
from pledger.reading.money.read import Read
from pledger.reading.numbers import GAP, Quantity, alternation, bound_after, bound_before, bound_far, quantities
from pledger.reading.page import Page
from pledger.reading.tails import Tail

__all__ = ["amounts"]

_CONVERT_REACH = 48
"""Words that may stand between an amount and the parenthesis that restates it."""

_FROM_REACH = 60
_MOST_TIMES = 6
"""A bare number beside an amount is of its scale only if the two are this near: "$1.4bn ... closer to two"."""

_AND_ALSO = re.compile(r"[ \u00a0]?[;,/=、；][ \u00a0]?(?:or |and )?")
"""Between two restatements in one parenthesis: "$46bn (£34bn; €39bn)"."""


def amounts(text: str, language: str = "en", page: Page | None = None) -> list[Found[Money]]:
    """All amounts of money in `text`, in order, never overlapping.

    The span holds the number, its currency and scale words, and the words that bound it ("up to", "or more"); a range
    is one amount from "from" or "between" to its end, a list is several. Values are made by decimal arithmetic, so that
    "$282.8 billion" is exactly 2.828e11. `language` is an ISO 639-1 code; English words are always known, those of the
    language besides, and CJK spellings wherever they occur. Exchange rates are no amounts. `page` is the text made
    ready, where it is so already. Takes linear time; raises nothing.
    """
    page = page or Page(text, language)
    plain = page.plain
    numbers = _numbers(page)
    if not numbers:
        return []
    candidates = apart(marked(plain, number, language) for number in numbers)
    if not any(c.currency for c in candidates):
        return []
    read: list[Read] = []
    unmarked: list[Quantity] = []
    for joined in join(plain, candidates):
        item = _bounded(plain, joined, language)
        if item is None:
            if isinstance(joined, Marked):
                unmarked.append(joined.quantity)
            continue
        if read and item.start < read[-1].end:  # "$5bn or more than $6bn": the words belong to the later amount
            read[-1] = read[-1].without_after()
        read.append(item)
    read = bare(plain, without_exchange(plain, read), unmarked, language)
    return _tied(page, _with_parts(page, read))


def _numbers(page: Page) -> list[Quantity]:
    """All numbers of the page, also those in words without a scale where a currency follows; never overlapping."""
    numbers, small = quantities(page), list(counted(page))
    if not small:
        return numbers
    out: list[Quantity] = []
    for quantity in sorted([*numbers, *small], key=lambda q: (q.start, -q.end)):
        if not out or quantity.start >= out[-1].end:
            out.append(quantity)
    return out


def _with_parts(page: Page, read: list[Read]) -> list[Read]:
    """Adds "half of that" after the amount that it leans on; there is none without one nearby."""
    text, language = page.plain, page.language
    out = list(read)
    for part in parts(page):
        index = bisect_right(out, part.start, key=lambda r: r.start)
        base = _base(text, out, index, part)
        if base is None or (index < len(out) and out[index].start < part.end):
            continue
        if part.factor is not None:
            low, high = base.low * part.factor, base.high * part.factor
        else:
            low = high = (part.number or Decimal(0)) * _scale_of(base.low)
            if not base.low / _MOST_TIMES <= low <= base.low * _MOST_TIMES:
                continue
        start, before = bound_before(text, part.start, part.end, language)
        end, after = bound_after(text, part.end, language)
        bound = before if before not in (None, Qualifier.ABOUT) else after or before
        if part.number is not None:
            bound = Qualifier.ABOUT
        qualifier = bound or (Qualifier.BETWEEN if low != high else Qualifier.EXACT)
        end = end if after is not None else part.end
        out.insert(index, replace(base, start=start, end=end, low=low, high=high, qualifier=qualifier, bare=None))
    return out


def _base(text: str, read: list[Read], index: int, part: Part) -> Read | None:
    """The amount before that words lean on: not one that only restates another, the first one where they say so."""
    if not index or not 0 <= part.start - read[index - 1].end <= part.reach:
        return None
    if restates(text[read[index - 1].end : part.start]):
        return None
    index -= 1
    while index and _restated(text, read[index - 1], read[index]):
        index -= 1
    if part.first:
        begin = text.rfind("\n\n", 0, read[index].start) + 1
        index = min(i for i, item in enumerate(read[: index + 1]) if item.start >= begin)
    return read[index]


def _scale_of(value: Decimal) -> Decimal:
    """The word's scale in which an amount was told: 10**9 of 1.4e9."""
    scale = Decimal(1)
    while scale * 1000 <= value:
        scale *= 1000
    return scale


def _bounded(text: str, joined: Range | Marked, language: str) -> Read | None:
    if isinstance(joined, Range):
        return Read(joined.start, joined.end, joined.low, joined.high, joined.currency, joined.qualifier)
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
    if number.about:
        bound = bound or Qualifier.ABOUT
    if bound in (None, Qualifier.ABOUT) and not number.vague and (far := bound_far(text, start, language)) is not None:
        start, bound = far, Qualifier.UP_TO
    if number.vague:
        bound = None
        start = joined.start
    if bound is None:
        decade = decade_after(text, joined)
        if decade is not None:
            return Read(start, decade[0], number.low, decade[1], joined.currency, Qualifier.BETWEEN)
        opened = _opened(text, joined)
        if opened is not None:
            start, bound = opened, Qualifier.AT_LEAST
    bare = (joined.end, before or qualifier) if end != joined.end else None
    return Read(start, end, number.low, number.high, joined.currency, bound or qualifier, bare)


@cache
def _prices() -> tuple[Tail, re.Pattern[str], re.Pattern[str]]:
    ranges = lexicon("numbers")["ranges"]
    return (
        Tail(r"(?<![a-z])(?:from|ab)[ \u00a0\n]$"),
        re.compile(rf"(?<![a-z]){alternation(ranges['change'])}(?![a-z])|[0-9$€£¥%]", re.IGNORECASE),
        re.compile(r"[ \u00a0\n](?:to|auf|bis|and|a year (?:ago|earlier))(?![a-z])", re.IGNORECASE),
    )


def _opened(text: str, joined: Marked) -> int | None:
    """Where "from" opens a price without an end: "home delivery from $9 a week"; None for a change or a source."""
    if joined.quantity.scale is not None:
        return None
    opens, change, ends = _prices()
    lead = opens.search(text[max(0, joined.start - 8) : joined.start])
    if lead is None or ends.match(text, joined.end):
        return None
    start = joined.start - len(lead.group())
    clause = re.split(r"[.;:!?\n]", text[max(0, start - _FROM_REACH) : start])[-1]
    return None if change.search(clause) else start


@cache
def _links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lead = alternation(lexicon("money")["converts"]["lead"])
    bracket = re.compile(
        rf"(?P<words>[^()\[\]0-9.;!?\n]{{0,{_CONVERT_REACH}}})[(\[]{GAP}(?:{lead}[ \u00a0]?)?{GAP}", re.IGNORECASE
    )
    plain = re.compile(rf"{GAP}(?:[,、=]{GAP})?(?:{lead})[ \u00a0]?{GAP}|{GAP}/{GAP}|{GAP}={GAP}", re.IGNORECASE)
    return bracket, plain


def _restated(text: str, previous: Read, item: Read) -> bool:
    """Whether an amount restates the one before it in another currency: in brackets, after "or about"."""
    if previous.currency == item.currency or not 0 <= item.start - previous.end <= _CONVERT_REACH + 16:
        return False
    bracket, comma = _links()
    between = text[previous.end : item.start]
    if between == "," and text[item.start] in "约約":  # 3000億元，約95億美元
        return True
    return bool(bracket.fullmatch(between) or comma.fullmatch(between))


def _tied(page: Page, read: list[Read]) -> list[Found[Money]]:
    """The amounts as records, each with its rate, and with the amount that it only restates in another currency."""
    text, plain = page.text, page.plain
    found: list[Found[Money]] = []
    previous: Read | None = None
    for item in read:
        converts: Span | None = None
        if previous is not None and _restated(plain, previous, item):
            converts = Span(previous.start, previous.end)
        elif found and previous is not None and _AND_ALSO.fullmatch(plain, previous.end, item.start):
            converts = found[-1].value.converts if previous.currency != item.currency else None
        low = None if item.qualifier is Qualifier.UP_TO else float(item.low)
        high = None if item.qualifier is Qualifier.AT_LEAST else float(item.high)
        money = Money(low, high, item.currency, item.qualifier, period_of(page, item.start, item.end), converts)
        if converts is not None and money.period is None:
            money = replace(money, period=found[-1].value.period)
        found.append(Found(Span(item.start, item.end), money, text[item.start : item.end]))
        previous = item
    return found
