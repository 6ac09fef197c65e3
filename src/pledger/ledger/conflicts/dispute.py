"""Disputes on amounts and dates: what differs beyond rounding and has no other explanation."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from pledger.ledger.agree import MOST_SIDES
from pledger.ledger.conflicts.pairs import Pair, pairs
from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import days, names
from pledger.ledger.say import value as say
from pledger.ledger.updates import replaces
from pledger.model import Attribute, Conflict, ConflictKind, DateValue, EntityKind, Side

__all__ = ["disputes"]

_EVENTS = {EntityKind.PROJECT: ("start", "complete"), EntityKind.PROGRAMME: ("deadline",)}
"""Events that happen once; meetings, visits, signatures and announcements may each happen twice."""
_NOUNS = {"start": "start", "complete": "completion", "deadline": "deadline"}
_APART = {"start": 31, "complete": 31, "deadline": 180}
"""Days between two dates of an event from which they are two dates and not one loosely told. Of deadlines more: each
law, facility and memorandum of one programme has its own, within months of the others."""


def disputes(picture: Picture) -> list[Conflict]:
    """Amounts, and dates of one event, told in ways that exclude each other."""
    return [*_amounts(picture), *_dates(picture)]


def _amounts(picture: Picture) -> list[Conflict]:
    by_figure: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(picture, ConflictKind.DISPUTE):
        by_figure[pair.figure.id].append(pair)
    found = []
    for its in by_figure.values():
        sides = (its[0].heavy, *(p.light for p in its))
        text = f"{_each(picture, sides)}: they differ by more than rounding, and no report explains it."
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
