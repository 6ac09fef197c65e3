"""Whether an amount of a project is a part of what it costs: a loan, a grant, a stake, an instalment.

Words are in `data/lexicon/parts.toml`. They stand right beside the amount, with no other amount between; of amounts
that "and" joins the later ones are of the kind of the first.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import Span
from pledger.reading.context import Context
from pledger.reading.patterns import CJK, any_of, plain

__all__ = ["is_part"]

_LEFT, _RIGHT = 44, 40
_FEW = r"(?:\s[\w’'\-]{1,14}){0,4}\s?(?:[A-Z]{0,3}[$€£¥])?$"
"""Up to four words between what makes it a part and the amount."""


@cache
def _left(language: str) -> re.Pattern[str]:
    listed = any_of(plain("parts", language, "left"))
    return re.compile(
        rf"{listed}[^。，、.]{{0,3}}$" if language in CJK else rf"(?<!\w){listed}(?!\w){_FEW}", re.IGNORECASE
    )


@cache
def _right(language: str) -> re.Pattern[str]:
    listed = any_of(plain("parts", language, "right"))
    bound = "" if language in CJK else r"(?!\w)"
    return re.compile(rf"[\s\-]?{listed}{bound}", re.IGNORECASE)


@cache
def _and(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s?{any_of(plain('parts', language, 'and'))}\s?(?:[A-Z]{{0,3}}[$€£¥])?")


def is_part(ctx: Context, sentence: Span, span: Span) -> bool:
    """Whether the words beside the amount at `span` make it a part."""
    language = ctx.language if ctx.language in ("de", *CJK) else "en"
    before = [s for s, a in ctx.amounts.inside(Span(sentence.start, span.start)) if a.value.converts is None]
    start = max(sentence.start, span.start - _LEFT, before[-1].end if before else 0)
    if _left(language).search(ctx.text[start : span.start]):
        return True
    after = [s.start for s, a in ctx.amounts.inside(Span(span.end, sentence.end)) if a.value.converts is None]
    end = min(sentence.end, span.end + _RIGHT, after[0] if after else sentence.end)
    if _right(language).match(ctx.text[span.end : end]):
        return True
    joined = bool(before) and _and(language).fullmatch(ctx.text, before[-1].end, span.start) is not None
    return joined and is_part(ctx, sentence, before[-1])
