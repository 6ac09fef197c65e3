"""Amounts that are a batch's: smaller than the programme's whole, and told of a batch here or elsewhere in the text."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.patterns import CJK, any_of, plain
from pledger.reading.programmes import is_lesser, known_ceiling
from pledger.reading.subjects.near import BESIDE, nearest

__all__ = ["lesser_of", "part_of_whole"]

_TIED = 70
"""Characters between an amount and a batch within which the one measures the other, where no project stands between."""
_LEAST = 1e8
"""Units of any currency below which an amount is no batch's."""
_NEAR = 60
"""The cost of the way to a project up to which a smaller amount is rather its than its programme's."""

Owner = tuple[Mention, str | None]


def part_of_whole(ctx: Context, amount: Found[Money]) -> bool:
    """Whether the text gives its programme's whole, and an amount is smaller."""
    top = ctx.pledges.tops.get(amount.value.currency)
    size = amount.value.low or amount.value.high or 0.0
    owner = ctx.pledges.owned.get(amount.span)
    if known_ceiling(amount.value) is not None or (
        owner is not None and ctx.programme is not None and owner[0].key != ctx.programme.key
    ):
        return False  # the whole of another programme
    return top is not None and size >= _LEAST and amount.value.period is None and is_lesser(size, top)


def lesser_of(ctx: Context, sentence: Span, amount: Found[Money]) -> Owner | None:
    """Whose an amount is that is smaller than its programme's whole: a batch's or a project's; None where none shows.

    A batch of which the text gives the amount anywhere; "the initial $40bn package" itself; a project close by.
    """
    if ctx.language in CJK or not part_of_whole(ctx, amount):
        return None
    batch = _told(ctx).get((amount.value.low, amount.value.high, amount.value.currency))
    if batch is None:
        batch = _called(ctx, sentence, amount)
    if batch is not None:
        return batch, "tranche"
    near = nearest(ctx, sentence, amount)
    if near is not None and near[1] < _NEAR:
        return near[0], "project" if near[0].kind is EntityKind.PROJECT else "tranche"
    return None


def _told(ctx: Context) -> dict[tuple[float | None, float | None, str], Mention]:
    """The batches of which a text gives the amount, by its value: told once, it holds wherever that comes again."""
    known = ctx.batches
    if known is None:
        found: dict[tuple[float | None, float | None, str], Mention] = {}
        for span, amount in ctx.amounts:
            if amount.value.converts is None and part_of_whole(ctx, amount):
                batch = _tied(ctx, span)
                if batch is not None:
                    value = amount.value
                    for low, high in {(value.low, value.high), (value.low or value.high, value.low or value.high)}:
                        found.setdefault((low, high, value.currency), batch)
        known = found
        object.__setattr__(ctx, "batches", known)
    return known


def _tied(ctx: Context, at: Span) -> Mention | None:
    """The batch that an amount measures by the words between the two."""
    sentence = ctx.sentence(at)
    best: tuple[int, Mention] | None = None
    for span, batch in ctx.tranches.inside(sentence):
        between = Span(min(span.end, at.end), max(span.start, at.start))
        if between.end - between.start > _TIED or ctx.projects.inside(between):
            continue
        if any(a.value.converts is None for _, a in ctx.amounts.inside(between)):
            continue
        if span.end <= at.start and _members().search(ctx.text, span.end, at.start):
            continue
        beside = [s for s, _ in ctx.projects.around(at, BESIDE) if s.start >= at.end]
        if beside and not batch.ordinal:
            continue
        apart = between.end - between.start
        if best is None or apart < best[0]:
            best = (apart, batch)
    return best[1] if best else None


@cache
def _members() -> re.Pattern[str]:
    """What leads from a batch to its members, whose amounts are not the batch's: "the three projects include"."""
    return re.compile(rf"(?<!\w){any_of(plain('programme', 'listing', 'verbs_en'))}(?!\w)|:", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    """ "The initial" before an amount, with words of size between."""
    ordinals = any_of(plain("programme", "parts", "opening_en"))
    return re.compile(
        rf"(?<!\w)(?:an?|the|its|this|their|japan[’']s)?\s?{ordinals}\s(?:\w{{1,12}}\s){{0,2}}$", re.IGNORECASE
    )


def _called(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """ "An initial $40bn package": the batch that is called by its amount."""
    at = amount.span
    match = _opening().search(ctx.text, max(sentence.start, at.start - 50), at.start)
    if match is None:
        return None
    span = Span(match.start(), at.end)
    programme = ctx.programme.key if ctx.programme is not None else None
    return Mention(EntityKind.TRANCHE, span.of(ctx.text), span, programme=programme, ordinal=1)
