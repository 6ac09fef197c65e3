"""Claims of stages: how far projects, batches and the programme have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pledger.model import Attribute, Claim, Mention, Modality, Span
from pledger.reading.claims.making import Maker
from pledger.reading.context import Context
from pledger.reading.placed import Taken
from pledger.reading.stages import StageFound, denials
from pledger.reading.subjects import of_stage

__all__ = ["stage_claims"]

_BEFORE = 2
"""How many sentences back a denial ("The company denies this") may reach."""
_ENDS = ";.:；。—"
"""What ends a denial that more follows in one sentence ("The company denied that; drilling had paused")."""


def stage_claims(maker: Maker, rungs: Mapping[int, Sequence[StageFound]]) -> list[Claim]:
    """The stages in `rungs` (index of a sentence -> what its words show), for each thing that they are about.

    A sentence that says no more than that somebody denies what was said before it denies the stage last told.
    """
    ctx = maker.ctx
    if ctx.bare:
        return []
    claims: list[Claim] = []
    told: dict[int, tuple[StageFound, list[Mention]]] = {}
    denying = denials(ctx.page)
    for index in sorted({*rungs, *denying}):
        sentence = ctx.sentences[index]
        own = _told(ctx, index, rungs.get(index, ()))
        for stage, subjects in own:
            claims += [_claim(maker, sentence, stage.span, stage, stage.modality, m) for m in subjects]
        words = denying.get(index)
        if own:
            earlier = words is not None and words.end <= own[0][0].span.start and ctx.text[words.end] in _ENDS
            if not earlier:
                told[index] = own[-1]
                continue
        last = next((told[i] for i in range(index - 1, index - 1 - _BEFORE, -1) if i in told), None)
        if words is not None and last is not None and last[0].modality is not Modality.DENIED:
            claims += [_claim(maker, sentence, words, last[0], Modality.DENIED, m) for m in last[1]]
        if own:
            told[index] = own[-1]
    return claims


def _told(ctx: Context, index: int, found: Sequence[StageFound]) -> list[tuple[StageFound, list[Mention]]]:
    """The stages of a sentence that are about something, in order; where words overlap, the first of `found`."""
    taken = Taken()
    own = []
    for stage in found:
        subjects = of_stage(ctx, index, stage)
        if subjects and taken.take(stage.span):
            own.append((stage, subjects))
    return sorted(own, key=lambda told: told[0].span)


def _claim(maker: Maker, sentence: Span, span: Span, stage: StageFound, modality: Modality, subject: Mention) -> Claim:
    words = stage.modality_words if modality is stage.modality else span.of(maker.ctx.text)
    return maker.claim(
        span,
        Attribute.STAGE,
        subject,
        stage.value,
        modality=modality,
        modality_words=words,
        sentence=sentence,
    )
