"""Updates: what later reports replaced. History, not an error; listed so that nobody quotes the old figure unawares."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from pledger.ledger.conflicts.pairs import Pair, pairs
from pledger.ledger.explain import conflict, day, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import names, step
from pledger.ledger.say import value as say
from pledger.ledger.stages import overtaken, rung, says_not_yet, stage_of
from pledger.ledger.told import preview, told_order
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, EntityKind, Figure, StageValue

__all__ = ["updates"]


def updates(picture: Picture) -> list[Conflict]:
    """Amounts and shares that newer reports replaced, and stages that were left behind."""
    found = []
    by_figure: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(picture, ConflictKind.UPDATE):
        by_figure[pair.figure.id].append(pair)
    for its in by_figure.values():
        told = [p for p in its if told_order(picture.of(p.heavy), picture.of(p.light))]
        if told:
            found += [_told(picture, pair) for pair in told]
            its = [p for p in its if p not in told]
        if not its:
            continue
        sides = sorted((its[0].heavy, *(p.light for p in its)), key=lambda s: _days(picture.of(s))[-1], reverse=True)
        new = picture.of(sides[0])
        old = names([f"{who(v)} gave {say(s.value)} {_until(v)}" for s in sides[:0:-1] for v in [picture.of(s)]])
        text = f"{old}; {who(new)} {'give' if plural(new) else 'gives'} {say(sides[0].value)} {_since(new)}: "
        text += "the newer figure replaces the older."
        found.append(conflict(its[0].figure.entity, its[0].figure.attribute, ConflictKind.UPDATE, sides, text))
    for figure in picture.figures:
        if figure.attribute is Attribute.STAGE and figure.entity.kind in PLEDGERS:
            found += _stage(picture, figure)
    return found


def _told(picture: Picture, pair: Pair) -> Conflict:
    """Two values of which a report that gives both calls one the former."""
    forward = told_order(picture.of(pair.heavy), picture.of(pair.light)) > 0
    new, old = (pair.heavy, pair.light) if forward else (pair.light, pair.heavy)
    ours, both = picture.of(new), {v.claim.document for v in picture.of(old)}
    saying = [v for v in ours if v.claim.document in both]
    text = f"{who(saying)} {'give' if plural(saying) else 'gives'} {say(old.value)} as what it was before and "
    text += f"{say(new.value)} as what it is now ({_since(saying)}): the newer figure replaces the older."
    return conflict(pair.figure.entity, pair.figure.attribute, ConflictKind.UPDATE, (new, old), text)


def _stage(picture: Picture, figure: Figure) -> list[Conflict]:
    voices = [v for side in figure.sides for v in picture.of(side)]
    gone = overtaken(voices)
    now = [v for v in voices if v.claim.id not in gone and v.day is not None]
    if not gone or not now:
        return []
    top = max(now, key=lambda v: (rung(stage_of(v)), v.day, v.claim.id))
    new = [v for v in now if stage_of(v) is stage_of(top)]
    old = [v for v in voices if v.claim.id in gone and stage_of(v) is not stage_of(top)]
    if not old:
        return []
    latest = max(old, key=lambda v: (v.day, v.claim.id))
    before = [v for v in old if stage_of(v) is stage_of(latest)]
    if min(v.day for v in new if v.day) <= max(_known(v) for v in before if v.day):
        return []  # The two overlap in time: no report marks the step from one to the other.
    off = rung(stage_of(top)) < 0 or rung(stage_of(latest)) < 0
    if figure.entity.kind is EntityKind.PROGRAMME and not off:
        return []  # A programme is a pledge from the first; what moves up the ladder are its projects.
    forward = rung(stage_of(top)) > rung(stage_of(latest)) >= 0
    if forward and not any(says_not_yet(v) or preview(v) for v in before):
        return []  # A step up the ladder contradicts nobody who had it on the rung below.
    sides = (make_side(StageValue(stage_of(top)), new), make_side(StageValue(stage_of(latest)), before))
    text = f"{who(before)} had it as {step(stage_of(latest))} {_until(before)}; {who(new)} "
    text += f"{'report' if plural(new) else 'reports'} it as {step(stage_of(top))} {_since(new)}: things have moved on."
    return [conflict(figure.entity, Attribute.STAGE, ConflictKind.UPDATE, sides, text)]


def _known(voice: Voice) -> dt.date:
    """The last day on which its word can have been the newest: a preview was so only before its report."""
    day = voice.day or dt.date.min
    return day - dt.timedelta(days=1) if preview(voice) else day


def _days(voices: list[Voice]) -> list[dt.date]:
    return sorted(v.day for v in voices if v.day is not None)


def _until(voices: list[Voice]) -> str:
    """'on 12 February 2026' where all of them are of one day, else 'until' the last."""
    return f"{'on' if len(set(_days(voices))) == 1 else 'until'} {day(voices, max)}"


def _since(voices: list[Voice]) -> str:
    return f"on {day(voices, min)}" if len(set(_days(voices))) == 1 else f"from {day(voices, min)} on"
