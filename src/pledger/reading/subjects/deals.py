"""Sentences on the agreement behind a programme: what is told there belongs to the programme, whatever was in focus.

"The two nations reached the trade accord in July" stands behind a paragraph on a plant, and is not about the plant.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import Mention, Span
from pledger.reading.context import Context
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, alternation, plain

__all__ = ["of_deal"]


@cache
def _deal(language: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("programme", "deal", "de" if language == "de" else "en")), re.IGNORECASE)


_DEAL = Marker(_deal)


def of_deal(ctx: Context, sentence: Span, at: Span) -> Mention | None:
    """The programme that words at `at` are about, where their sentence speaks of the agreement and of no project."""
    if ctx.programme is None or ctx.language in CJK or not ctx.marks(_DEAL, sentence):
        return None
    if ctx.projects.inside(sentence) or ctx.backs.inside(sentence):
        return None
    return ctx.pledge(at.start)
