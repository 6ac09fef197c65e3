"""The project or batch that stands nearest to an amount."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, any_of, every_language, plain

__all__ = ["BESIDE", "FAR", "gap", "nearest"]

FAR = 200
"""Characters beyond which a project named in the same sentence no longer owns an amount."""
BESIDE = 12
"""Characters within which a project stands right beside an amount ("$33bn gas plant")."""
_SPOKEN_OF = 900
"""Characters back within which "a $3bn plant" still is the project that was spoken of last."""

_OTHER_CLAUSE = 80
_OTHER_AMOUNT = 60
_BEHIND = 60
"""What stands between an amount and a project weighs as much as so many characters."""

_LEADS_TO = re.compile(
    r"[\s\-–]{0,4}(?:(?:for|on|of|to|in|into|worth of|at|towards?)\s)?"
    r"(?:(?:an?|the|new|proposed|planned)\s|[\w\-.']{1,40}\s){0,4}"
)
"""What may stand between an amount and the project behind it that the amount is for."""


def gap(one: Span, other: Span) -> int:
    """Characters between two spans."""
    return max(one.start - other.end, other.start - one.end, 0)


def nearest(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, int] | None:
    """The project or batch nearest to an amount in its sentence, with the cost of the way between them."""
    if (head := _priced().match(ctx.text, amount.span.end, amount.span.end + 60)) is not None:
        there = ctx.projects.touching(Span(amount.span.end, head.end()))
        # "A $3bn tyre plant" is that one; "the $3bn plant" the one spoken of.
        back = there[0][1] if there else ctx.focus(amount.span.start, _SPOKEN_OF) or _only(ctx)
        if back is not None:
            return back, 0
    if (own := _bracketed(ctx, sentence, amount) or _of_row(ctx, sentence)) is not None:
        return own, 0
    paired = _respectively(ctx, sentence, amount)
    if paired is not None:
        return paired, 0
    here = ctx.clause(sentence, amount.span)
    near = [(span, m) for span, m in ctx.things.around(amount.span, FAR) if m.kind is not EntityKind.PROGRAMME]
    near += ctx.backs.around(amount.span, FAR)
    best: tuple[int, int, Mention] | None = None
    # The way is at least as long as the gap: what stands further off than the best way so far need not be tried.
    for apart, order, span, mention in _by_gap(near, sentence, amount.span):
        if apart > (FAR if best is None else best[0]):
            break
        cost = _cost(ctx, here, amount.span, span)
        if cost < FAR and (best is None or (cost, order) < best[:2]):
            best = (cost, order, mention)
    return (best[2], best[0]) if best else None


def _by_gap(
    things: Iterable[tuple[Span, Mention]], sentence: Span, amount: Span
) -> list[tuple[int, int, Span, Mention]]:
    """The things of a sentence with their distance from an amount, nearest first, and their order in the text."""
    inside = (thing for thing in things if sentence.covers(thing[0]))
    apart = [(gap(span, amount), order, span, mention) for order, (span, mention) in enumerate(inside)]
    return sorted(apart, key=lambda thing: thing[:2])


def _cost(ctx: Context, clause: Span, amount: Span, span: Span) -> int:
    """The way from an amount to a project: the characters between, and what stands there."""
    between = Span(min(span.end, amount.end), max(span.start, amount.start))
    cost = max(between.end - between.start, 0)
    if not clause.overlaps(span):
        cost += 20 if ctx.language in CJK else _OTHER_CLAUSE
    cost += _OTHER_AMOUNT * sum(1 for _, a in ctx.amounts.inside(between) if a.value.converts is None)
    if span.start >= amount.end:
        if ctx.language in CJK:
            cost += 10
        elif not _LEADS_TO.fullmatch(ctx.text, _past_conversion(ctx, between), between.end):
            cost += _BEHIND
        else:
            cost = min(cost, max(0, between.end - _past_conversion(ctx, between)))
    return cost


def _past_conversion(ctx: Context, between: Span) -> int:
    """Where the words behind an amount go on behind its conversion in brackets."""
    for span, amount in ctx.amounts.starting(between.start, min(between.end, between.start + 12)):
        if amount.value.converts is not None and ctx.text[span.end : span.end + 1] in (")", "）"):
            return min(span.end + 1, between.end)
    return between.start


@cache
def _priced() -> re.Pattern[str]:
    """A head without its kind, behind an amount: "$3bn plant"."""
    heads = any_of((*plain("kinds", "heads", "priced_en"), *plain("things", "heads", "priced_en")))
    return re.compile(rf"[\s\-](?:[\w\-]{{1,15}}\s)?{heads}(?!\w)", re.IGNORECASE)


def _only(ctx: Context) -> Mention | None:
    """The project of a document that has but one."""
    told: tuple[str | None, str | None, str | None] | None = None
    found: Mention | None = None
    for _, mention in ctx.projects:
        facts = (mention.project_kind, mention.sponsor, mention.place)
        if found is not None and facts != told:
            return None
        told, found = facts, found or mention
    return found


def _of_row(ctx: Context, sentence: Span) -> Mention | None:
    """The project that a row of a table is about, where it names but one."""
    if not ctx.text.startswith("|", sentence.start):
        return None
    named = [mention for _, mention in ctx.projects.inside(sentence)]
    told = {(m.project_kind, m.sponsor, m.place, m.key) for m in named}
    return named[0] if len(told) == 1 else None


_BRACKET = re.compile(r"\([^()\d$€£¥₩]{0,20}$")


def _bracketed(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """ "A mill in Iowa, led by Acme ($3bn);": of a row of projects with their sums in brackets, the one before."""
    at = amount.span
    if ctx.language in CJK or ctx.text[at.end : at.end + 1] != ")" or amount.value.converts is not None:
        return None
    opened = _BRACKET.search(ctx.text, max(sentence.start, at.start - 24), at.start)
    if opened is None or (ctx.text[at.end + 1 : at.end + 2] not in (";", ",", ".") and at.end + 1 < sentence.end):
        return None
    start = max(sentence.start, *(ctx.text.rfind(mark, sentence.start, at.start) for mark in ";:)"))
    if ctx.amounts.inside(Span(start, opened.start())):
        return None
    before = ctx.projects.inside(Span(start, opened.start()))
    return before[-1][1] if before and ctx.text[start] in ";):" else None


_RESPECTIVELY = Marker(lambda _: every_language("grammar", "respectively"))


def _respectively(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """ "A and B for $3bn and $2bn respectively": amounts and projects in the same order."""
    if not ctx.marks(_RESPECTIVELY, sentence):
        return None
    projects = ctx.projects.inside(sentence)
    money = [a for _, a in ctx.amounts.inside(sentence) if a.value.converts is None]
    if len(money) == len(projects) > 1 and amount in money:
        return projects[money.index(amount)][1]
    return None
