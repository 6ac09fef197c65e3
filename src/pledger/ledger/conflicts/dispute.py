"""Disputes on amounts, dates and parties: what differs beyond rounding and has no other explanation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from pledger.data import lexicon
from pledger.ledger.agree import MOST_SIDES
from pledger.ledger.conflicts.pairs import Pair, pairs
from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import days, names
from pledger.ledger.say import value as say
from pledger.ledger.updates import replaces
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, DateValue, EntityKind, Figure, Party, Side

__all__ = ["disputes"]

_EVENTS = {EntityKind.PROJECT: ("start", "complete"), EntityKind.PROGRAMME: ("deadline",)}
"""Events that happen once; meetings, visits, signatures and announcements may each happen twice."""
_NOUNS = {"start": "start", "complete": "completion", "deadline": "deadline"}
_APART = {"start": 31, "complete": 31, "deadline": 180}
"""Days between two dates of an event from which they are two dates and not one loosely told. Of deadlines more: each
law, facility and memorandum of one programme has its own, within months of the others."""


def disputes(picture: Picture) -> list[Conflict]:
    """Amounts, dates of one event, and holders of a part for one, told in ways that exclude each other."""
    return [*_amounts(picture), *_dates(picture), *_parties(picture)]


def _amounts(picture: Picture) -> list[Conflict]:
    by_figure: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(picture, ConflictKind.DISPUTE):
        by_figure[pair.figure.id].append(pair)
    found = []
    for its in by_figure.values():
        sides = (its[0].heavy, *(p.light for p in its))
        text = f"{_each(picture, sides)}: they differ by more than rounding, and nothing in the reports explains it."
        found.append(conflict(its[0].figure.entity, its[0].figure.attribute, ConflictKind.DISPUTE, sides, text))
    return found


def _dates(picture: Picture) -> list[Conflict]:
    found = []
    for figure in picture.figures:
        if figure.attribute is Attribute.DATE and figure.qualifier in _EVENTS.get(figure.entity.kind, ()):
            sides = [s for s in figure.sides[:MOST_SIDES] if isinstance(s.value, DateValue)]
            ours = picture.of(sides[0]) if sides else []
            apart = [s for s in sides[1:] if _gap(sides[0], s) > _APART[figure.qualifier]]
            apart = [s for s in apart if not replaces(ours, picture.of(s)) and not replaces(picture.of(s), ours)]
            if apart:
                said = [f"{who(picture.of(s))} at {_when(s)}" for s in apart]
                text = f"{who(ours)} {'put' if plural(ours) else 'puts'} the {_NOUNS[figure.qualifier]} at "
                text += f"{_when(sides[0])}, {names(said)}: they do not overlap."
                found.append(conflict(figure.entity, Attribute.DATE, ConflictKind.DISPUTE, (sides[0], *apart), text))
    return found


def _parties(picture: Picture) -> list[Conflict]:
    """Two different holders of an exclusive role, where no report names both."""
    exclusive = lexicon("ledger_projects")["exclusive"]
    by_role: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in picture.figures:
        if isinstance(figure.value, Party) and figure.value.role in exclusive and figure.entity.kind in PLEDGERS:
            by_role[figure.entity.id, figure.value.role].append(figure)
    found = []
    for (_, role), its in sorted(by_role.items()):
        sides = sorted((f.sides[0] for f in its), key=lambda s: (-s.weight, s.claims))[:MOST_SIDES]
        told = [{v.claim.document for v in picture.of(s)} for s in sides]
        if len(sides) < 2 or any(a & b for n, a in enumerate(told) for b in told[n + 1 :]):
            continue
        voices: list[tuple[list[Voice], str]] = [
            (picture.of(s), s.value.name) for s in sides if isinstance(s.value, Party)
        ]
        said = [f"{who(v)} {'name' if plural(v) else 'names'} {name} as {role}" for v, name in voices]
        text = f"{names(said)}: no report names both, and the part is played by one."
        values = [name for _, name in voices]
        sides = [make_side(s.value, picture.of(s)) for s in sides]
        found.append(conflict(its[0].entity, Attribute.PARTY, ConflictKind.DISPUTE, sides, text, values=values))
    return found


def _each(picture: Picture, sides: tuple[Side, ...]) -> str:
    return names([f"{who(v)} {'say' if plural(v) else 'says'} {say(s.value)}" for s in sides for v in [picture.of(s)]])


def _gap(a: Side, b: Side) -> int:
    """Days between the end of the earlier and the start of the later interval; 0 where an end that counts is open."""
    first, second = (_days(s) for s in (a, b))
    if first is None or second is None:
        return 0
    return (max(first[0], second[0]) - min(first[1], second[1])).days


def _days(side: Side) -> tuple[dt.date, dt.date] | None:
    value = side.value
    if not isinstance(value, DateValue) or value.interval.end is None:
        return None
    start = value.interval.start or (value.interval.end if value.event == "deadline" else None)
    return None if start is None else (start, value.interval.end)


def _when(side: Side) -> str:
    return days(side.value.interval) if isinstance(side.value, DateValue) else say(side.value)
