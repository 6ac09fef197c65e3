"""Disputes on amounts and dates: what differs beyond rounding and has no other explanation."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict

from pledger.data import lexicon
from pledger.ledger.agree import MOST_SIDES
from pledger.ledger.conflicts.pairs import Pair, pairs
from pledger.ledger.explain import apart, conflict, plural, point, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import days, names
from pledger.ledger.say import value as say
from pledger.ledger.updates import replaces
from pledger.ledger.voices import Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, DateValue, EntityKind, Figure, Money, Qualifier, Side

__all__ = ["disputes"]

_EVENTS = {EntityKind.PROJECT: ("start", "complete"), EntityKind.PROGRAMME: ("deadline",)}
"""Events that happen once; meetings, visits, signatures and announcements may each happen twice."""
_NOUNS = {"start": "start", "complete": "completion", "deadline": "deadline"}
_APART = {"start": 31, "complete": 31, "deadline": 180}
"""Days between two dates of an event from which they are two dates and not one loosely told. Of deadlines more: each
law, facility and memorandum of one programme has its own, within months of the others."""


def disputes(picture: Picture) -> list[Conflict]:
    """Amounts, and dates of one event, told in ways that exclude each other."""
    return [*_amounts(picture), *_dates(picture), *_windows(picture)]


def _amounts(picture: Picture) -> list[Conflict]:
    by_figure: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs(picture, ConflictKind.DISPUTE):
        by_figure[pair.figure.id].append(pair)
    found = []
    for its in by_figure.values():
        sides = tuple(part for s in (its[0].heavy, *(p.light for p in its)) for part in _as_told(picture, s))
        text = f"{_each(picture, sides)}: they differ by more than rounding, and no report explains it."
        found.append(conflict(its[0].figure.entity, its[0].figure.attribute, ConflictKind.DISPUTE, sides, text))
    return found


def _as_told(picture: Picture, side: Side) -> list[Side]:
    """A side of an amount as its reports tell it: what agrees only through a bound ('more than $390bn' with $400bn) is
    one account with two numbers, and in a dispute both are shown."""
    bounds = [
        v
        for v in picture.of(side)
        if isinstance(v.claim.value, Money) and v.claim.value.qualifier in (Qualifier.AT_LEAST, Qualifier.UP_TO)
    ]
    other = {point(v.claim.value) for v in bounds} - {point(side.value)}
    loose = [v for v in bounds if point(v.claim.value) in other]
    rest = [v for v in picture.of(side) if v not in loose]
    if not loose or not rest:
        return [side]
    return [make_side(side.value, rest), make_side(loose[0].claim.value, loose)]


def _dates(picture: Picture) -> list[Conflict]:
    found = []
    for figure in picture.figures:
        if figure.attribute is Attribute.DATE and figure.qualifier in _EVENTS.get(figure.entity.kind, ()):
            sides = [s for s in figure.sides[:MOST_SIDES] if isinstance(s.value, DateValue)]
            ours = picture.of(sides[0]) if sides else []
            later = [s for s in sides[1:] if _gap(sides[0], s) > _APART[figure.qualifier]]
            later = [s for s in later if not replaces(ours, picture.of(s)) and not replaces(picture.of(s), ours)]
            later = [s for s in later if _two_accounts(picture, figure, sides[0], s)]
            later = [s for s in later if not _in_one_year(picture, sides[0], s)]
            if later:
                said = [f"{who(picture.of(s))} at {_when(s)}" for s in later]
                text = f"{who(ours)} {'put' if plural(ours) else 'puts'} the {_NOUNS[figure.qualifier]} at "
                slip = len(later) == 1 and _fiscal(figure, sides[0], later[0])
                why = (
                    "one of the two most likely took the fiscal year for the calendar year"
                    if slip
                    else "they do not overlap"
                )
                text += f"{_when(sides[0])}, {names(said)}: {why}."
                kind = ConflictKind.SLIP if slip else ConflictKind.DISPUTE
                found.append(conflict(figure.entity, Attribute.DATE, kind, (sides[0], *later), text))
    return found


_YEAR = re.compile(r"[^\W\d]{0,7}\s?\d{4}(?:年|년)?\s?(?:まで|までに|까지|前|之前|内)?", re.IGNORECASE)


def _in_one_year(picture: Picture, a: Side, b: Side) -> bool:
    """Whether one is told by a year and no more ("by 2029"), and the other lies in that year: both can be right."""
    for loose, other in ((a, b), (b, a)):
        days_, day = _days(loose), _days(other)
        within = days_ and day and days_[1].year == day[1].year
        if within and all(_YEAR.fullmatch(v.claim.text.strip()) for v in picture.of(loose)):
            return True
    return False


def _two_accounts(picture: Picture, figure: Figure, a: Side, b: Side) -> bool:
    """Whether two dates are accounts of one event: by two origins, in reports that do not give both.

    One text that gives two starts speaks of two stages of the work. A programme's deadline counts where its sentence
    gives its sum, or else each law and facility of it would have one.
    """
    ours, theirs = picture.of(a), picture.of(b)
    if {v.claim.document for v in ours} & {v.claim.document for v in theirs} or not apart(ours, theirs):
        return False
    whole = figure.entity.kind is not EntityKind.PROGRAMME
    return whole or all(any(_with_sum(picture, v) for v in its) for its in (ours, theirs))


def _fiscal(figure: Figure, a: Side, b: Side) -> bool:
    """Whether two dates are the ends of one year, once a calendar year, once a fiscal year of either country."""
    told = dict(figure.entity.attributes).get("programme", "")
    one, other = _days(a), _days(b)
    if one is None or other is None:
        return False
    for calendar, fiscal in ((one[1], other[1]), (other[1], one[1])):
        for country in told.split(">"):
            end = lexicon("ledger_updates")["fiscal_years"].get(country)
            if end is None or (calendar.month, calendar.day) != (12, 31) or [fiscal.month, fiscal.day] != end:
                continue
            if fiscal.year == calendar.year + (1 if end[0] < 7 else 0):
                return True
    return False


def _with_sum(picture: Picture, voice: Voice) -> bool:
    """Whether the sentence of a date gives the sum of the same programme."""
    whole = picture.figure(voice.entity.id, Attribute.AMOUNT, "total")
    total = point(whole.value) if whole is not None else None
    its = picture.told(voice.claim.document, voice.entity.id)
    sums = [point(v.claim.value) for v in its if v.claim.sentence == voice.claim.sentence]
    return bool(total) and any(x is not None and abs(x - (total or 0)) <= 0.1 * (total or 0) for x in sums)


def _windows(picture: Picture) -> list[Conflict]:
    """A programme that has a last day by one report, and by another takes longer ("over five years")."""
    found = []
    for figure in picture.figures:
        if figure.entity.kind is not EntityKind.PROGRAMME or figure.attribute is not Attribute.DATE:
            continue
        if figure.qualifier != "deadline" or not isinstance(figure.value, DateValue):
            continue
        whole = picture.figure(figure.entity.id, Attribute.DATE, "complete")
        end = figure.value.interval.end
        if whole is None or end is None:
            continue
        ours = picture.of(figure.sides[0])
        for side in whole.sides[:MOST_SIDES]:
            days_ = side.value.interval if isinstance(side.value, DateValue) else None
            # Words of duration give an interval that begins when the report does.
            lasting = days_ is not None and days_.start is not None and days_.end is not None
            if not lasting or days_ is None or days_.start is None or days_.end is None:
                continue
            theirs = picture.of(side)
            if (
                not any(_with_sum(picture, v) for v in theirs)
                or days_.start >= end
                or abs((days_.end - end).days) <= _APART["deadline"]
                or not apart(ours, theirs)
            ):
                continue
            text = f"{who(ours)} {'have' if plural(ours) else 'has'} the money invested {_when(figure.sides[0])}, "
            text += f"{who(theirs)} {'have' if plural(theirs) else 'has'} it spread until the end of {days_.end.year}: "
            text += "one of the two windows is wrong."
            found.append(conflict(figure.entity, Attribute.DATE, ConflictKind.DISPUTE, (figure.sides[0], side), text))
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
