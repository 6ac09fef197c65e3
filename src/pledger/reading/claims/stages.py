"""Claims of stages: how far projects, batches and the programme have come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pledger.model import Attribute, Claim
from pledger.reading.claims.making import Maker
from pledger.reading.stages import StageFound
from pledger.reading.subjects import of_stage

__all__ = ["stage_claims"]


def stage_claims(maker: Maker, rungs: Mapping[int, Sequence[StageFound]]) -> list[Claim]:
    """The stages in `rungs` (index of a sentence -> what its words show), for each thing that they are about."""
    return [
        maker.claim(
            stage.span,
            Attribute.STAGE,
            subject,
            stage.value,
            modality=stage.modality,
            modality_words=stage.modality_words,
            sentence=maker.ctx.sentences[index],
        )
        for index, found in rungs.items()
        for stage in found
        for subject in of_stage(maker.ctx, index, stage)
    ]
