"""Rates: the words before, behind or near an amount that make it a sum for each year, month or hour."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import GAP, alternation
from pledger.reading.page import Page, Trigger
from pledger.reading.tails import Tail

__all__ = ["period_of"]

_NEAR = 56
"""How far a phrase such as "in one calendar year" may end from an amount that it makes a rate."""


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


def period_of(page: Page, start: int, end: int) -> str | None:
    """The time unit (`year`, `month`) that the words at the amount `text[start:end]` tell; None for a plain sum."""
    text = page.plain
    following, after, leading, before = _rates()
    inside = following.search(text, start, end)  # "$38 an hour and up": the bound behind the rate took it in
    if inside:
        return after[re.sub(r"\s+", " ", inside["word"]).lower()]
    behind = _over_brackets(text, end)
    match = following.match(text, behind, behind + 32) if text[end : end + 1] not in _CLOSED else None
    if match:
        return after[re.sub(r"\s+", " ", match["word"]).lower()]
    match = leading.search(text[max(0, start - 14) : start])
    if match:
        return before[(match["word"] or match["cjk"] or match["one"]).lower()]
    return _near_period(page, start, end)


_RESTATED = re.compile(r"[ \u00a0]\((?:about |around |approximately |roughly |some |or )?[^()\n]{0,6}\d[^()\n]{0,24}\)")


def _over_brackets(text: str, end: int) -> int:
    """Where words go on behind brackets that restate an amount: "20 trillion won ($14bn) a year"."""
    match = _RESTATED.match(text, end, end + 44)
    return match.end() if match else end


_FIGURE = re.compile(r"[A-Z]{0,3}[$€£¥₩]|[0-9]")
_OF_NEXT = re.compile(r"[ \u00a0]?(?:最大で?|最多|最高|約|约|최대|약|に)?[ \u00a0]?[0-9]")
"""Behind a word of time in CJK: it is that of the next figure."""

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
    if not page.near(_NEAR_WORDS, start - _NEAR, end + _NEAR + len(" that")):
        return None
    text = page.plain
    told, own, of, periods = _near()
    end += (
        len(" that") if text.startswith(" that ", end) else 0
    )  # "is the most that Seoul can be asked for in any one year"
    ahead = text[end : end + _NEAR]
    match = told.search(ahead)
    if match and not _separated(ahead[: match.start()]) and not (match["cjk"] and _OF_NEXT.match(ahead, match.end())):
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
