"""What happens on a date."""

from __future__ import annotations

from collections import Counter

from pledger.model import EntityKind, Mention, Span
from pledger.reading.context import Context
from pledger.reading.placed import Placed
from pledger.reading.subjects.deals import of_deal
from pledger.reading.subjects.markets import governing
from pledger.reading.subjects.near import gap

__all__ = ["in_focus", "of_date", "unnamed"]

_AFTER = 40
"""What it weighs, in characters, that a project stands behind a date rather than before it."""
_SPOKEN_OF = 1200
"""Characters back within which a project or a programme still is what the text speaks of."""
_OTHER_DATE = 80
_PROGRAMME = 50
"""What it weighs that another date stands between, or that only the programme is meant."""


def of_date(ctx: Context, sentence: Span, span: Span, dates: Placed[object]) -> Mention | None:
    """The nearest project, batch or programme in the sentence of a date; `dates` are all dates of the text."""
    reach = 300
    while True:
        # What lies beyond the reach costs more than the reach: a text full of projects is not gone through each time.
        best = _best(ctx, sentence, span, dates, reach)
        if (best is not None and best[0] <= reach) or reach >= sentence.end - sentence.start:
            return best[1] if best is not None else None
        reach *= 4


def _best(ctx: Context, sentence: Span, span: Span, dates: Placed[object], reach: int) -> tuple[int, Mention] | None:
    best: tuple[int, Mention] | None = None
    for at, mention in (*ctx.things.around(span, reach), *ctx.backs.around(span, reach)):
        if not sentence.covers(at):
            continue
        between = Span(min(at.end, span.end), max(at.start, span.start))
        cost = gap(at, span) + (_AFTER if at.start >= span.end else 0)
        cost += _OTHER_DATE * len(dates.inside(between))
        cost += _PROGRAMME if mention.kind is EntityKind.PROGRAMME else 0
        if best is None or cost < best[0]:
            best = (cost, mention)
    return best


def in_focus(ctx: Context, span: Span) -> Mention | None:
    """What a text speaks of at a date whose own sentence names nothing pledged.

    What was spoken of last in the paragraph; else the programme that the text is about; else what was spoken of last
    within a page; else what the text speaks of most.
    """
    if (deal := of_deal(ctx, ctx.sentence(span), span)) is not None:
        return deal
    begin = max(ctx.text.rfind("\n\n", 0, span.start), 0)
    spoken = [found for where in (ctx.things, ctx.backs) if (found := where.last(span.start, _SPOKEN_OF))]
    last = max(spoken, key=lambda found: found[0]) if spoken else None
    turned = ctx.pledge(span.start)
    if turned is not None and turned is not ctx.programme and (last is None or not _since(turned, last[0])):
        return turned
    if last is not None and (last[0].start >= begin or ctx.programme is None):
        return last[1]
    if turned is not None:
        return turned
    counted = Counter(_identity(mention) for _, mention in ctx.things)
    return max((m for _, m in ctx.things), key=lambda m: counted[_identity(m)], default=None)


def _since(turned: Mention, last: Span) -> bool:
    """Whether something has been spoken of since a text turned to another country's programme."""
    return turned.span is not None and last.start > turned.span.start


def unnamed(ctx: Context, sentence: Span, span: Span) -> Mention:
    """What a date belongs to where a text names no project: the words beside it, for a person to see what it may be."""
    return Mention(EntityKind.UNKNOWN, governing(ctx.text, sentence, span))


def _identity(mention: Mention) -> tuple[object, ...]:
    return mention.kind, mention.key, mention.sponsor, mention.place, mention.project_kind
