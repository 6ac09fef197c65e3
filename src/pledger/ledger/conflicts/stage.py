"""All but done, or nothing agreed: disputes on how far a programme, a batch or a project has come."""

from __future__ import annotations

from collections.abc import Iterable

from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import step
from pledger.ledger.stages import SAME_TIME, rung, says_not_yet, stage_of
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Outlook, Stage, StageValue

__all__ = ["stage_disputes"]

_MOST = 500
"""Distinct words that are held against each other: a hostile text may invent a source for each of its lines."""
_SAME_WEEKS = 2 * SAME_TIME
"""Days within which 'about to be sealed' and 'nothing decided' cannot both describe the state of talks."""


def stage_disputes(picture: Picture) -> list[Conflict]:
    """Where one report has it imminent or done and, in the same weeks, a named party says that it is not.

    A batch is compared with its own projects too: a party of one of them that denies any agreement speaks of the batch.
    What a batch's dispute already shows is not shown again for its projects. Undated reports count as of the same time.
    """
    by_entity: dict[str, list[Voice]] = {}
    for voice in sorted(picture.on(Attribute.STAGE), key=lambda v: (v.claim.document, v.claim.span, v.claim.id)):
        if voice.entity.kind in PLEDGERS:
            by_entity.setdefault(voice.entity.id, []).append(voice)
    found: list[Conflict] = []
    shown: set[str] = set()
    order = sorted(by_entity, key=lambda e: (picture.entities[e].kind is not EntityKind.TRANCHE, e))
    for entity_id in order:
        own = by_entity[entity_id]
        members = [v for project in picture.members.get(entity_id, ()) for v in by_entity.get(project, ())]
        # Of the projects only what denies counts: that one of them has been agreed is no word on the batch.
        # A report that has the batch further on does not take that back by what it says of another project.
        knowing = {v.claim.document for v in own if not says_not_yet(v)}
        denying = [v for v in own if says_not_yet(v)]
        denying += [v for v in members if says_not_yet(v) and v.claim.document not in knowing]
        words = _distinct(denying)
        advanced = [v for v in own if not says_not_yet(v) and any(_contradicts(v, d) for d in words)]
        words = _distinct(advanced)
        denying = [d for d in denying if any(_contradicts(v, d) for v in words)]
        if advanced and not {d.claim.id for d in denying} <= shown:
            shown |= {d.claim.id for d in denying}
            found.append(_dispute(picture.entities[entity_id], advanced, denying))
    return found


def _distinct(voices: list[Voice]) -> list[Voice]:
    """One voice for each document, origin and value: repeats contradict nothing more than the first does."""
    kept = {(v.claim.document, v.root.key, v.claim.value, v.claim.modality): v for v in reversed(voices)}
    return list(kept.values())[-_MOST:]


def _contradicts(ahead: Voice, denial: Voice) -> bool:
    value = ahead.claim.value
    if not isinstance(value, StageValue) or ahead.claim.document == denial.claim.document:
        return False
    if denial.root.key == ahead.root.key and ahead.root.source is not None:
        return False  # One source that says both has qualified its own word.
    if ahead.entity.kind is EntityKind.PROGRAMME and value == StageValue(Stage.PLEDGED):
        return False  # Every programme is a pledge; that none of its projects has been chosen yet does not deny it.
    higher = rung(value.stage) > rung(stage_of(denial))
    if not denial.named and (denial.root.unnamed_inside or not higher):
        return False  # Against what is only imminent, or behind nobody's name, an outlet's own word is no denial.
    if not higher and (value.outlook is not Outlook.IMMINENT or rung(value.stage) < rung(stage_of(denial))):
        return False
    if ahead.day is None or denial.day is None:
        return True
    later = (ahead.day - denial.day).days
    # A step that is reported after the denial has simply been taken since; one that is only imminent is a forecast.
    return -_SAME_WEEKS <= later <= 0 if higher else abs(later) <= _SAME_WEEKS


def _dispute(entity: Entity, advanced: list[Voice], denying: list[Voice]) -> Conflict:
    highest = max(advanced, key=lambda v: (rung(stage_of(v)), v.claim.id))
    value = StageValue(stage_of(highest), Outlook.IMMINENT)
    done = rung(value.stage) > max(rung(stage_of(d)) for d in denying)
    top = [v for v in advanced if stage_of(v) is stage_of(highest)]
    value = StageValue(value.stage) if done else value
    sides = (make_side(value, top), make_side(StageValue(stage_of(denying[0]), Outlook.NOT_YET), denying))
    ahead = f"has it {step(value.stage)} already" if done else "has it all but done"
    text = f"{who(top)} {ahead if not plural(top) else ahead.replace('has', 'have', 1)} ({_quotes(top)}), but "
    text += f"{who(denying)} {'say' if plural(denying) else 'says'} that nothing is agreed yet ({_quotes(denying)}): "
    text += "both cannot describe the same weeks."
    return conflict(entity, Attribute.STAGE, ConflictKind.DISPUTE, sides, text)


def _quotes(voices: Iterable[Voice]) -> str:
    words = sorted({" ".join(v.claim.text.split())[:80] for v in voices}, key=lambda w: (len(w), w))
    return ", ".join(f"“{w}”" for w in words[:3])
