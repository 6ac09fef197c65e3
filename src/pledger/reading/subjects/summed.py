"""Sums of several projects in Japanese and Chinese: "three projects, 36 billion in all" is the batch's alone."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.patterns import any_of, plain

__all__ = ["of_sum"]

_REACH = 24
"""Characters before an amount within which words say that it is a sum."""
_BACK = 300
"""Characters before a sentence within which the batch was spoken of that it sums up."""
_ROW = re.compile(r"[・、▼▽]|と|や|および|及び|及|和|与|與")
"""What parts the things of a list."""
_WITH_SUMS = ("ja", "zh")


@cache
def _sums(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words of a sum right before an amount; those that say nothing else; and a count with its noun around it."""
    words, lead = (any_of(plain("programme", "together", f"{key}_{language}")) for key in ("before", "leading"))
    sure = any_of(plain("programme", "together", f"sure_{language}"))
    around = any_of(plain("programme", "together", "around_zh"))
    return (
        re.compile(rf"(?P<sum>{words})(?:{lead}){{0,3}}\s?$"),
        re.compile(rf"{sure}$"),
        re.compile(rf"(?P<count>[两兩二三四五六七八九]|\d{{1,2}}) ?(?:个|個|项|項){around}(?:{lead})?\s?$"),
    )


def of_sum(
    ctx: Context, sentence: Span, amount: Found[Money], owned: tuple[Mention, str | None] | None
) -> tuple[Mention, str | None] | None:
    """The batch that an amount sums up; None where nothing shows a sum of several projects."""
    if ctx.language not in _WITH_SUMS:
        return None
    text, at = ctx.text, amount.span
    start = max(sentence.start, at.start - _REACH)
    words, sure, counted = _sums(ctx.language)
    around = counted.search(text[start : at.start]) if ctx.language == "zh" else None
    if around is not None:  # 三个总值360亿美元的项目
        number = Span(start + around.start(), at.end)
        batch = next((m for span, m in ctx.tranches.touching(number)), None)
        return batch or _batch(ctx, number), "tranche"
    found = words.search(text[start : at.start])
    if found is None or _own_noun(owned, amount):
        return None
    begins = start + found.start()
    before = Span(sentence.start, at.start)
    batches = ctx.tranches.inside(before)
    if batches:
        where, batch = batches[-1]
        between = Span(where.end, begins)
        alone = ctx.projects.inside(between)
        if not alone or _ROW.search(text, between.start, between.end) or sure.search(found["sum"]):
            return batch, "tranche"
        return None
    several = len({id(mention) for _, mention in ctx.projects.inside(before)}) > 1
    if not sure.search(found["sum"]) or (ctx.projects.inside(before) and not several):
        return None
    earlier = ctx.tranches.last(sentence.start, _BACK)
    return (earlier[1], "tranche") if earlier is not None else None


def _own_noun(owned: tuple[Mention, str | None] | None, amount: Found[Money]) -> bool:
    """Whether a noun of investing is written right behind an amount: "総額5500億ドルの対米投資"."""
    noun = owned[0].span if owned is not None else None
    return noun is not None and noun.start >= amount.span.start


def _batch(ctx: Context, words: Span) -> Mention:
    """A batch that only its count names."""
    programme = ctx.programme.key if ctx.programme is not None else None
    return Mention(EntityKind.TRANCHE, words.of(ctx.text), words, programme=programme)
