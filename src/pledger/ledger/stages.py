"""Stages over time: which words are overtaken by later ones, and which deny the next rung."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.ledger.told import preview
from pledger.ledger.voices import Voice
from pledger.model import Modality, Outlook, Stage, StageValue

__all__ = ["SAME_TIME", "overtaken", "rung", "says_not_yet", "stage_of"]

SAME_TIME = 14
"""Days within which two reports speak of one state of things; beyond, the later may have overtaken the other."""
_LADDER = (Stage.CANDIDATE, Stage.PLEDGED, Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED)


def rung(stage: Stage) -> int:
    """The place on the ladder, from 0; -1 for those that leave it."""
    return _LADDER.index(stage) if stage in _LADDER else -1


def says_not_yet(voice: Voice) -> bool:
    """Whether the words deny that more than this rung has been reached."""
    value = voice.claim.value
    return isinstance(value, StageValue) and (voice.denied or value.outlook is Outlook.NOT_YET)


def stage_of(voice: Voice) -> Stage:
    """The stage that a voice leaves standing: what it says; where it denies or plans a rung, the one below.

    What is only possible, and what has not been selected, approved or signed, leaves a candidate; so does a denied
    suspension or cancellation, since the words do not tell how far the project had come.
    """
    value = voice.claim.value
    if not isinstance(value, StageValue):
        raise TypeError(f"not a stage: {value!r}")
    if voice.claim.modality is Modality.POSSIBLE and value.stage is not Stage.CANDIDATE:
        return Stage.CANDIDATE  # "might break ground": what may come has not come
    if voice.claim.modality is Modality.PLANNED and rung(value.stage) > 0:
        return _LADDER[rung(value.stage) - 1]
    if voice.denied and (value.stage is Stage.COMMITTED or rung(value.stage) < 0):
        return Stage.CANDIDATE  # What has not been selected need not have been promised either.
    if voice.denied and value.outlook is not Outlook.NOT_YET and rung(value.stage) > 0:
        return _LADDER[rung(value.stage) - 1]
    return value.stage


def overtaken(voices: Sequence[Voice]) -> frozenset[str]:
    """Ids of claims that a later report of another stage replaced.

    A plain word of a stage is overtaken by any later word of a higher one, or of suspension or cancellation. A denial
    of the next rung, and a word of suspension, are overtaken only by reports that come more than SAME_TIME days later:
    until then they contradict. What a report passes on from a preview is as old as the day before it. Undated reports
    neither overtake nor are overtaken.
    """
    known = [(v, preview(v)) for v in voices]
    dated = sorted(
        ((v.day.toordinal() - early, rung(stage_of(v)), early, v) for v, early in known if v.day is not None),
        key=lambda d: d[0],
    )
    stopped = [v for v in voices if isinstance(v.claim.value, StageValue) and rung(v.claim.value.stage) < 0]
    gone = {v.claim.id for v in stopped if v.denied} if len(stopped) < len(voices) else set[str]()
    # Walk back from the latest report; for each rung, the latest day on which a report put it there.
    later: dict[int, int] = {}
    for when, step, early, voice in reversed(dated):
        height = step if step >= 0 else len(_LADDER)  # Those off the ladder outrank all.
        patience = SAME_TIME if (says_not_yet(voice) or step < 0) and not early else 0
        if any(
            other > when + patience and (above > height or (step < 0 and above != height))
            for above, other in later.items()
        ):
            gone.add(voice.claim.id)
        if not says_not_yet(voice):
            later.setdefault(height, when)
    return frozenset(gone)
