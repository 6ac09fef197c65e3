"""Shares in a text, as fractions of a whole, with the words that name the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier, Share, Span
from pledger.reading.found import Found
from pledger.reading.numbers import GAP, NUMBER, alternation, bound_after, bound_before, has_cjk, literal
from pledger.reading.page import Page, Trigger
from pledger.reading.shares.entire import entire
from pledger.reading.shares.figures import Figure, rests, worded
from pledger.reading.shares.fractions import fractions, splits
from pledger.reading.shares.growth import growth, pace, paced_before
from pledger.reading.shares.rates import rate_name, rate_of
from pledger.reading.shares.whole import whole_after, whole_before
from pledger.reading.tails import Tail

__all__ = ["shares"]

_HUNDRED = Decimal(100)
_MOST_PERCENT = Decimal(100_000)
_MOST_BETWEEN = 40
_CLOSED = frozenset(".,;:)(]/\"'")
"""Right behind a number these are followed by no mark of a share."""
_LEAD_REACH = 48
_GLUED = frozenset("%&#=\\_$")
_WORD = re.compile(r"[A-Za-z0-9]")
_STILL = re.compile(
    r",?[ \u00a0]{0,2}\n?"
    r"(?:to|from|and|or|instead of|in place of|rather than|up|down|compared with|versus|against|auf|statt|bis|und)?"
    r"(?: from| to| the| an?| previous| earlier| current| initial| threatened| original){0,3}[ \u00a0]{0,2}"
    r"|(?:降至|降到|升至|에서|から|を)"
)
"""Between two figures of one rate: "from 25% to 15%", "15%, down from 25%"."""

_FROM = re.compile(r"(?<![a-z])(?:from|von) $", re.IGNORECASE)
_TO = re.compile(r"[ \u00a0\n](?:to|auf)[ \u00a0\n](?:about |around |just |only |rund |etwa |nur )?", re.IGNORECASE)
_TENTHS = re.compile(r"([0-9])分(?!の)")


@cache
def _percent() -> re.Pattern[str]:
    lex = lexicon("shares")["percent"]
    words = rf"(?:{alternation(lex['en'])}|(?-i:{alternation(lex['short'])})(?= of (?!the year)))"
    return re.compile(
        rf"(?:(?P<sign>{GAP}%|[ \u00a0]?{alternation(lex['cjk'])})"
        rf"|(?P<word>(?:-|{GAP}){words})(?![a-z])"
        rf"|(?P<wari>割)(?!引|り当|合|安|高))"
        rf"(?P<points>[ \u00a0-]?{alternation(lex['points'])})?",
        re.IGNORECASE,
    )


@cache
def _linked() -> re.Pattern[str]:
    """What may stand between the two ends of a range."""
    lex = lexicon("numbers")
    words = lex["ranges"]
    bounds = alternation(w for table in ("en", "de") for found in lex["bounds"][table].values() for w in found)
    return re.compile(
        rf"(?P<dash>{GAP}[-~]{GAP})|{GAP}(?P<to>{alternation(words['to'])})(?: {bounds})?{GAP}"
        rf"|{GAP}(?P<and>{alternation(words['and'])}){GAP}|{GAP}(?P<or>{alternation(words['or'])}){GAP}"
        rf"|(?P<cjk>{alternation(words['cjk'])})[ \u00a0]?",
        re.IGNORECASE,
    )


@cache
def _lead() -> tuple[Tail, re.Pattern[str]]:
    """Words that open a range, and words of change before them."""
    words = lexicon("numbers")["ranges"]
    lead = Tail(rf"(?<![a-z]){alternation(words['lead'])}[ \u00a0]$")
    return lead, re.compile(rf"(?<![a-z]){alternation(words['change'])}(?![a-z])[^.;:!?\n]*$", re.IGNORECASE)


@cache
def _no_change() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){alternation(lexicon('numbers')['ranges']['no_change'])}(?![a-z])", re.IGNORECASE)


@cache
def _changed() -> re.Pattern[str]:
    """What behind the second figure makes "from A to B" in CJK the change of one rate."""
    return re.compile(rf"[ \u00a0]?(?:으)?(?:{alternation(lexicon('numbers')['ranges']['cjk_changed'])})")


_MARKS = Trigger(lambda _: [[_percent().pattern]], tried=False)


def shares(text: str, language: str = "en", page: Page | None = None) -> list[Found[Share]]:
    """All shares in `text`, in order, never overlapping: "roughly 10% of Japan's entire GDP", "half of the loans".

    Values are fractions (0.1 is 10 %). `of` names the whole: `GDP of COUNTRY` for economies, `tariff rate` or `interest
    rate` for rates that are a share of nothing, the thing that grows for growth ("grow by 10% annually"; shrinking is
    negative). The span runs from the words that bound the figure to the last word for the whole. Percentage points are
    no shares. `page` is the text made ready, where it is so already. Takes linear time; raises nothing.
    """
    page = page or Page(text, language)
    out = list(_percents(text, page.plain, language)) if page.may(_MARKS) else []
    out += [*splits(page), *fractions(page), *entire(page)]
    out.sort(key=lambda f: (f.span.start, -f.span.end))
    kept: list[Found[Share]] = []
    for found in out:
        if not kept or found.span.start >= kept[-1].span.end:
            kept.append(found)
    return kept


def _percents(text: str, plain: str, language: str) -> Iterator[Found[Share]]:
    figures = _figures(plain, language)
    last: Found[Share] | None = None
    index = 0
    while index < len(figures):
        figure = figures[index]
        start = _range_start(plain, figure, figures[index + 1]) if index + 1 < len(figures) else None
        if start is not None:
            other = figures[index + 1]
            share = _share(text, plain, (start, other.end), (figure.value, other.value), Qualifier.BETWEEN, language)
        else:
            at = (figure.start, figure.end)
            share = _share(text, plain, at, (figure.value, figure.value), Qualifier.EXACT, language)
        index += 1 if start is None else 2
        linked = last is not None and _STILL.fullmatch(plain, last.span.end, share.span.start)
        if last is not None and linked and share.value.of is None and last.value.of in lexicon("shares")["rates"]:
            share = replace(share, value=replace(share.value, of=last.value.of))  # "from 25% to 15%"
        yield share
        last = share


def _figures(plain: str, language: str) -> list[Figure]:
    """Numbers with a percent mark; the first of "10-15%" and "10 to 15 percent" counts too."""
    pattern, linked = _percent(), _linked()
    out: list[Figure] = []
    bare: Figure | None = None
    for match in NUMBER.finditer(plain):
        start, end = match.span()
        mark = pattern.match(plain, end) if plain[end : end + 1] not in _CLOSED else None
        word = (mark["word"] or "").strip().lower() if mark else ""
        value = literal(match.group(), decimal_comma=language == "de" or word == "prozent")
        before = plain[start - 1 : start] if start else ""
        if value is None or value > _MOST_PERCENT or (before.isascii() and (before.isalnum() or before in _GLUED)):
            bare = None
            continue
        if before == ".":
            value, start = (Decimal(f"0.{match.group()}") if match.group().isdigit() else value), start - 1
        if mark is None or mark["points"] or (mark["sign"] and _WORD.match(plain, mark.end())):
            bare = None if mark else Figure(start, end, value)
            continue
        ten = 1
        end = mark.end()
        if mark["wari"]:
            ten, tenths = 10, _TENTHS.match(plain, end)
            value = value * ten + (Decimal(tenths[1]) if tenths else 0)
            end = tenths.end() if tenths else end
        ranges = bare is not None and bare.value * ten < value and linked.fullmatch(plain, bare.end, start)
        if bare is not None and (ranges or _changes(plain, bare, start)):
            out.append(Figure(bare.start, bare.end, bare.value * ten))
        out.append(Figure(start, end, value))
        bare = None
    out.extend(worded(plain, language))
    out.extend(rests(plain, out))
    out.sort(key=lambda figure: figure.start)
    return out


def _changes(plain: str, left: Figure, right: int) -> bool:
    """Whether "from 39 to 15 percent" opens before `left`: its first figure is a share as well, whichever is larger."""
    lead = _FROM.search(plain[max(0, left.start - 8) : left.start])
    return lead is not None and _TO.fullmatch(plain, left.end, right) is not None


_RATE = re.compile(r"(?<![a-z])(?:tariffs?|dut(?:y|ies)|lev(?:y|ies))(?![a-z])", re.IGNORECASE)
_MOVED = re.compile(
    r"(?<![a-z])(?:rais\w{1,3}|lift(?:s|ed|ing)?|hik\w{1,3}|increas\w{1,3}|lower(?:s|ed|ing)?|cut(?:s|ting)?|reduc\w{1,3}"
    r"|slash\w{0,3}|doubl\w{1,3}|go(?:es)? up|rises?|falls?|drops?)(?![a-z])",
    re.IGNORECASE,
)
_SENTENCE_REACH = 180
"""Characters before "from" within which a sentence tells that a tariff was moved, whatever goods are named between."""


def _rate_moved(plain: str, start: int) -> bool:
    """Whether a sentence raises or cuts a tariff "from" one rate "to" another: two rates, and no range."""
    before = plain[max(0, start - _SENTENCE_REACH) : start]
    before = before[max(before.rfind(". "), before.rfind("\n"), before.rfind(";")) + 1 :]
    moved = _MOVED.search(before)
    return moved is not None and _RATE.search(before, moved.start()) is not None


def _range_start(plain: str, left: Figure, right: Figure) -> int | None:
    """Where the range begins that the two figures are the ends of; None where they are two shares."""
    if right.start - left.end > _MOST_BETWEEN or not left.value < right.value:
        return None
    if plain[left.end : right.start] == "、":  # 一、二％
        return left.start
    link = _linked().fullmatch(plain, left.end, right.start)
    if link is None:
        return None
    before = plain[max(0, left.start - _LEAD_REACH) : left.start]
    opens, change = _lead()
    lead = opens.search(before)
    if link["and"] and not (lead and lead.group().lower().strip().endswith(("between", "zwischen"))):
        return None
    if link["to"] and change.search(_no_change().sub("", before)):
        return None
    if link["to"] and lead and _rate_moved(plain, left.start):
        return None
    if link["cjk"] and _changed().match(plain, right.end):
        return None
    return left.start - len(lead.group()) if lead else left.start


def _share(
    text: str, plain: str, at: tuple[int, int], value: tuple[Decimal, Decimal], qualifier: Qualifier, language: str
) -> Found[Share]:
    """The share at `at` with its bounds, its whole (or the thing that grows, or the rate that it is) and its pace."""
    start, end = at
    low, high = (v / _HUNDRED for v in value)
    if qualifier is Qualifier.EXACT:
        start, bound = bound_before(plain, start, end, language)
        stop, after = bound_after(plain, end, language)
        if after is not None and bound in (None, Qualifier.ABOUT):
            bound, end = after, stop
        qualifier = bound or qualifier
    grows, paced = growth(plain, start), pace(plain, end)
    of: str | None = None
    if grows:
        of = rate_name(grows.thing) or grows.thing if grows.thing else None
        start, end = grows.start, paced[0] if paced else end
        low, high = (-high, -low) if grows.shrinks else (low, high)
    elif whole := whole_after(plain, end):
        of, end = whole.words, whole.edge
    else:
        of = rate_of(plain, start, end)
        before = whole_before(plain, start) if of is None and has_cjk(plain[max(0, start - 4) : start]) else None
        if before:
            of, start = before.words, before.edge
            if qualifier is Qualifier.EXACT:
                start, told = bound_before(plain, start, end, language)
                qualifier = told or qualifier
    period = paced[1] if paced else paced_before(plain, start) or paced_before(plain, at[0])
    least = None if qualifier is Qualifier.UP_TO else float(low)
    most = None if qualifier is Qualifier.AT_LEAST else float(high)
    return Found(Span(start, end), Share(least, most, qualifier, of, period), text[start:end])
