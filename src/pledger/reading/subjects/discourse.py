"""Whose an amount is by the thread of the text: what it goes on about, and which project is in focus.

Money for something to be built is told by words of financing in the clause of an amount, or by standing in a list. It
belongs to the project spoken of last, or to the one that the document is about; amounts that go on about another one
("the rest", "of this") belong to what that one belongs to.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.patterns import CJK, alternation, any_of, plain
from pledger.reading.subjects.nobody import size_of

__all__ = ["financed", "fund_of", "goes_on", "money_word"]

_NEAR = 450
"""Characters back within which a project spoken of is in focus, whatever else the text speaks of."""
_FAR = 1200
_OPENING = 700
"""Characters at the start of a text in which money may be told before what it is for."""
_LEFT, _RIGHT = 110, 70
"""Characters around an amount in which words of financing speak of it."""
_BACK = 350
"""Characters back to the amount that another one goes on about."""
_ROW = re.compile(r"(?:^|\n)[ \t]{0,8}(?:[*\-•–·▪◦‣|]|\d{1,2}[.)])[ \t][^\n]{0,200}$")


def _key(ctx: Context) -> str:
    return "de" if ctx.language == "de" else "en"


@cache
def _financing(key: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("whose", "financing", key)), re.IGNORECASE)


@cache
def _continued(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('whose', 'continued', key))}(?!\w)", re.IGNORECASE)


@cache
def _fund(key: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    right, left = (any_of(plain("whose", "programme", f"{side}_{key}")) for side in ("right", "left"))
    gap = r"(?:\s\([^()]{1,40}\))?[ \n\u00a0\-]{1,2}"
    return re.compile(rf"{gap}{right}", re.IGNORECASE), re.compile(rf"(?<!\w){left}\s?$", re.IGNORECASE)


def money_word(ctx: Context, sentence: Span, amount: Found[Money]) -> int | None:
    """How far the nearest word of financing in the clause stands from an amount; None where there is none."""
    here = ctx.clause(sentence, amount.span)
    at = amount.span
    marks = ctx.marks(_financing(_key(ctx)), sentence)
    left, right = marks.left(at.start), marks.right(at.end)
    gaps = []
    if left is not None and left >= max(here.start - 2, at.start - _LEFT):
        gaps.append(at.start - left)
    if right is not None and right < min(here.end, at.end + _RIGHT):
        gaps.append(right - at.end)
    return min(gaps, default=None)


def fund_of(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """A programme of a fund or a state that is no country's pledge: "a $13bn programme for ports"."""
    if ctx.language in CJK:
        return None
    right, left = _fund(_key(ctx))
    at = amount.span
    behind = right.match(ctx.text, at.end, min(sentence.end, at.end + 90))
    if behind is not None:
        span = Span(at.start, behind.end())
        return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span), "ceiling"
    before = left.search(ctx.text, max(sentence.start, at.start - 70), at.start)
    if before is not None or left.search(ctx.text[at.start : at.end] + " ") is not None:
        span = Span(before.start() if before else at.start, at.end)
        return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span), "ceiling"
    return None


def goes_on(ctx: Context, sentence: Span, amount: Found[Money]) -> Found[Money] | None:
    """The amount before this one, where words say that this one is of the same thing: "of this", "the rest"."""
    at = amount.span
    if ctx.language in CJK:
        return None
    words = _continued(_key(ctx))
    here = ctx.clause(sentence, at)
    start = max(min(here.start, at.start), at.start - 70)
    if not words.search(ctx.text, start, at.end):
        return None
    before = ctx.amounts.inside(Span(max(0, at.start - _BACK), at.start))
    before = [pair for pair in before if pair[1].value.converts is None]
    if not before or "\n\n" in ctx.text[before[-1][0].end : at.start]:
        return None
    return before[-1][1]


def financed(ctx: Context, sentence: Span, amount: Found[Money], *, near: bool) -> Mention | None:
    """The project in focus, where words of financing or a list say that an amount is for something built."""
    if ctx.language in CJK or size_of(amount) < 1e5:
        return None
    at = amount.span
    back = ctx.focus(at.start, _NEAR if near else _FAR)
    if back is None and not near:
        back = ctx.main if ctx.main is not None and (ctx.lone or at.start < _OPENING) else None
    if back is None:
        # What the sentence or the one behind it names only after the amount.
        ahead = ctx.projects.starting(at.end, sentence.end)
        back = ahead[0][1] if ahead else None
    if back is None:
        return None
    if money_word(ctx, sentence, amount) is None and not _ROW.search(ctx.text, max(0, at.start - 220), at.start):
        return None
    return back
