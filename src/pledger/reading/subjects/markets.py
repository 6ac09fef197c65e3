"""What is nobody's pledge: a market, a trade flow, a budget; and the words beside an amount that nothing owns."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Span
from pledger.reading.context import Context
from pledger.reading.page import Marker
from pledger.reading.patterns import OWN_WORDS, any_of, last, plain, words

__all__ = ["governing", "market_before", "market_of"]

_LEFT_REACH = 164
_WORD = r"[\w\-’']{1,40}\s"
_RIGHT = re.compile(rf"[\s\-]((?:{_WORD}?){{1,4}})")
_LEFT = re.compile(r"(?:\s[\w\-’']{1,40}){1,4}")
"""Up to four words before a value, read backwards from it: from the front each of them would be tried as the first."""


@cache
def _phrase() -> str:
    """A market with up to four words before it, as a pattern: "the global battery market"."""
    closing = any_of((*plain("grammar", "closing", "en"), *plain("grammar", "closing", "determiners_en")))
    return rf"(?<![\w])(?:(?!{closing}\b)[\w\-’'.]{{1,24}}\s){{0,4}}{words('programme', 'market').pattern}(?!\w)"


@cache
def _before() -> re.Pattern[str]:
    return re.compile(_phrase(), re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[\s\-](?:(?:in|of|worth of|for)\s)?(?:(?:the|its|their|a|an)\s)?)(?P<market>{_phrase()})", re.IGNORECASE
    )


_MARKETS = Marker(lambda _: words("programme", "market"))


def market_before(ctx: Context, sentence: Span, start: int, end: int) -> Mention | None:
    """The last market named in `start..end` of a sentence of an English text."""
    # Most amounts have no such word near: the phrase around it is only read where one stands.
    if not ctx.marks(_MARKETS, sentence).any_within(start, end):
        return None
    found = last(_before(), ctx.text, start, end)
    if found is None or _taken(ctx, found.start(), found.end(), end):
        return None
    return Mention(EntityKind.MARKET, found[0].strip(), Span(*found.span()))


_MOVES = re.compile(r"\b(?:to|from|against|than|up|down|over|above|below|versus|compared)\b", re.IGNORECASE)


def _taken(ctx: Context, start: int, end: int, amount: int) -> bool:
    """Whether a market is that of the amount right before it ("the $38bn deficit and $200bn of pledges").

    Where words say what that amount became or was before, it governs both.
    """
    own = ctx.amounts.inside(Span(max(0, start - 1), end))
    beside = ctx.amounts.last(start, 2)
    if not own and beside is None:
        return False
    return _MOVES.search(ctx.text, end, amount) is None


def market_of(ctx: Context, sentence: Span, amount: Span) -> Mention | None:
    """A market, a flow, a budget that governs the amount; None where nothing of the kind does."""
    here = ctx.clause(sentence, amount)
    if ctx.language in OWN_WORDS:
        named = words("programme", "market", language=ctx.language)
        found = last(named, ctx.text, max(here.start, amount.start - 40), min(here.end, amount.end + 20))
        return Mention(EntityKind.MARKET, found[0], Span(*found.span())) if found else None
    right = min(here.end, amount.end + 80)
    if ctx.marks(_MARKETS, sentence).any_within(amount.end, right):
        after = _behind().match(ctx.text, amount.end, right)
        if after:
            return Mention(EntityKind.MARKET, after["market"], Span(*after.span("market")))
    return market_before(ctx, sentence, max(here.start, amount.start - 110), amount.start)


def governing(text: str, sentence: Span, span: Span) -> str:
    """The words next to a value that nothing owns, for a person to see what it may be."""
    left = _LEFT.match(text[max(sentence.start, span.start - _LEFT_REACH) : span.start][::-1])
    right = _RIGHT.match(text, span.end, sentence.end) if left is None else None
    beside = left[0][::-1] if left else right[1] if right else ""
    return beside.strip() or "unstated"
