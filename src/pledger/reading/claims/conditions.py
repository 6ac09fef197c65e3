"""Claims of conditions: what must happen first, and the terms that reports name."""

from __future__ import annotations

from pledger.model import Attribute, Claim, Mention, Span
from pledger.reading.claims.making import Maker
from pledger.reading.conditions import conditions_by_sentence

__all__ = ["condition_claims"]

_OF_A_PROJECT = ("approval", "commercial test")
"""Topics that belong to the project beside them; all others are terms of the programme."""


def condition_claims(maker: Maker) -> list[Claim]:
    """Conditions of projects and programmes; in a text about neither, nothing is one."""
    ctx = maker.ctx
    if ctx.bare:
        return []
    out = []
    for index, named in conditions_by_sentence(ctx.page):
        sentence = ctx.sentences[index]
        for found in named:
            subject = _subject(maker, sentence, found.value.text)
            if subject is not None:
                out.append(maker.claim(found.span, Attribute.CONDITION, subject, found.value, sentence=sentence))
    return out


def _subject(maker: Maker, sentence: Span, value: str) -> Mention | None:
    """The project beside it for what a project needs; else the programme of the sentence or of the document."""
    ctx = maker.ctx
    if value.startswith(_OF_A_PROJECT):
        near = ctx.projects.inside(sentence) or ctx.backs.inside(sentence)
        if near:
            return near[0][1]
    named = ctx.pledges.mentions.inside(sentence)
    return named[0][1] if named else ctx.programme
