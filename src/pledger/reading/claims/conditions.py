"""Claims of conditions: what must happen first, and the terms that reports name."""

from __future__ import annotations

from pledger.model import Attribute, Claim, EntityKind, Mention, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.conditions import conditions_by_sentence, frames_by_sentence, tells_kind
from pledger.reading.stages import things
from pledger.reading.subjects import of_amount

__all__ = ["condition_claims"]

_OF_A_PROJECT = ("approval", "commercial test", "layout")
"""Topics that belong to the project beside them; all others are terms of the programme."""
_OF_A_PLEDGE = ("legal force", "newness", "vehicle")
"""Topics that a comparison of several pledges tells of the one it has just named."""
_BACK = 300
"""Characters back to where that one is named."""


def condition_claims(maker: Maker) -> list[Claim]:
    """Conditions of projects and programmes; in a text about neither, nothing is one.

    A topic that reports can be compared on comes first; what else the words make something hang on is told in the
    text's own words.
    """
    ctx = maker.ctx
    if ctx.bare:
        return []
    out = []
    topics = dict(conditions_by_sentence(ctx.page))
    for index, named in topics.items():
        sentence = ctx.sentences[index]
        for found in named:
            subject = _subject(maker, sentence, found.span, found.value.text)
            if subject is not None and (subject.kind is EntityKind.PROJECT or not _only_of_a_project(found.value)):
                out.append(_claim(maker, found.span, subject, found.value, sentence))
    for index, told in frames_by_sentence(ctx.page):
        sentence = ctx.sentences[index]
        for frame in told:
            if any(frame.span.overlaps(topic.span) for topic in topics.get(index, ())):
                continue
            near = None if frame.gated and not _of_money(maker, sentence) else _nearest(maker, sentence, frame.span)
            if near is not None:
                out.append(_claim(maker, frame.span, near, frame.value, sentence))
    return out


def _claim(maker: Maker, span: Span, subject: Mention, value: Text, sentence: Span) -> Claim:
    attribute = Attribute.KIND if tells_kind(value.text) else Attribute.CONDITION
    return maker.claim(span, attribute, subject, value, sentence=sentence)


def _only_of_a_project(value: Text) -> bool:
    """Whether words mean nothing where no project is spoken of: "a single site" may be anybody's."""
    return value.text.startswith("layout")


def _subject(maker: Maker, sentence: Span, span: Span, value: str) -> Mention | None:
    """The project beside it for what a project needs; else the programme of the sentence or of the document."""
    ctx = maker.ctx
    if value.startswith(_OF_A_PROJECT):
        near = ctx.projects.inside(sentence) or ctx.backs.inside(sentence)
        if near:
            return near[0][1]
    if value.startswith(_OF_A_PLEDGE) and (last := _last_pledge(maker, span)) is not None:
        return last
    named = ctx.pledges.mentions.inside(sentence)
    return named[0][1] if named else ctx.pledge(span.start)


def _last_pledge(maker: Maker, span: Span) -> Mention | None:
    """The programme that was named, or whose sum was given, last before these words."""
    ctx = maker.ctx
    here = Span(max(0, span.start - _BACK), span.start)
    told = [(at.start, mention) for at, mention in ctx.pledges.mentions.inside(here)]
    for at, amount in ctx.amounts.inside(here):
        owner = of_amount(ctx, ctx.sentence(at), amount)[0]
        if owner.kind is EntityKind.PROGRAMME:
            told.append((at.start, owner))
    return max(told, key=lambda found: found[0])[1] if told else None


def _of_money(maker: Maker, sentence: Span) -> bool:
    """Whether a sentence speaks of a project, a programme, a sum of money, or of what money is put into."""
    ctx = maker.ctx
    if ctx.things.inside(sentence) or ctx.backs.inside(sentence) or ctx.amounts.inside(sentence):
        return True
    return things(ctx.language).search(ctx.text, sentence.start, sentence.end) is not None


def _nearest(maker: Maker, sentence: Span, span: Span) -> Mention | None:
    """What hangs on a condition: the project, batch or programme nearest to it, else the one spoken of last."""
    ctx = maker.ctx
    near = [*ctx.projects.inside(sentence), *ctx.tranches.inside(sentence), *ctx.backs.inside(sentence)]
    near = near or ctx.pledges.mentions.inside(sentence)
    if near:
        return min(near, key=lambda thing: max(thing[0].start - span.end, span.start - thing[0].end, 0))[1]
    last = [found for found in (ctx.things.last(span.start), ctx.backs.last(span.start)) if found is not None]
    if last:
        return max(last, key=lambda found: found[0].start)[1]
    return ctx.programme or next((mention for _, mention in ctx.things), None)
