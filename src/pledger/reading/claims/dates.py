"""Claims of dates: when something happens to a programme, a batch or a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pledger.model import Attribute, Claim, DateValue
from pledger.reading.claims.making import Maker
from pledger.reading.found import Found
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.subjects import of_date

__all__ = ["date_claims"]


@cache
def _dateline() -> re.Pattern[str]:
    """The place and day of a report ("TOKYO, May 5 (Reuters) -"): no event of what it reports."""
    opens = any_of(plain("grammar", "dateline", "en"))
    return re.compile(
        rf"(?:^|\n)\s?(?:[A-Z][A-Z .,/\-]{{2,40}}[,–-]\s?[\w. ]{{3,20}}\([^)\n]{{2,25}}\)\s?[-–—]|{opens}\b)"
    )


def date_claims(maker: Maker, found: Sequence[Found[DateValue]]) -> list[Claim]:
    """Dates of events that belong to something pledged; a date without a subject beside it is the programme's."""
    ctx = maker.ctx
    if ctx.bare:
        return []
    dates = Placed((date.span, date) for date in found)
    out = []
    for date in found:
        around = ctx.text[max(0, date.span.start - 60) : date.span.end + 30]
        if _dateline().search(around):
            continue
        sentence = ctx.sentence(date.span)
        subject = of_date(ctx, sentence, date.span, dates) or ctx.programme
        if subject is None:
            continue
        modality, words = maker.modality(sentence, date.span)
        out.append(maker.claim(date.span, Attribute.DATE, subject, date.value, modality=modality, modality_words=words))
    return out
