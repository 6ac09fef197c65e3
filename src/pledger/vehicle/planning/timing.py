"""When a project is selected, when its funds fall due, and when building starts.

**Selected.** A project that is told to be more than a candidate (its rungs from `pledged` up have at least half of the
probability) was selected on the day that reports give, the first of: its own decision, its own announcement, those of
its batch, the first report of its stage. Of a day that is a belief the median counts. A project that is still a
candidate has no such day: candidates are assumed to be selected evenly over what is left of the window, those that are
furthest along first (`slots`).

**Due.** The terms' notice after that day (see `notice`).

**Start.** The reported day of its start, where that can be a start of building: not later than the due day, the
sector's longest lead and a year more, since news calls the opening of a plant its start as well. Building is not paid
for before funds are due, so what is reported earlier is cut there. Else the due day and the sector's lead (low,
central, high as a triangle).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledger.ledger.distributions import Belief, Part
from pledger.model import Figure, Stage
from pledger.vehicle.grid import Grid
from pledger.vehicle.planning.notice import due
from pledger.vehicle.planning.told import Programme, Told
from pledger.vehicle.shapes import triangular
from pledger.vehicle.words import Basis

__all__ = ["Lag", "Selected", "chosen", "due_day", "place", "selected", "slots", "starts"]

_CHOSEN = (Stage.PLEDGED, Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED)
_EVENTS = ("decide", "announce")
_QUARTERS = "quarters"
_YEAR = 4


@dataclass(frozen=True, slots=True)
class Lag:
    """The terms' notice."""

    days: int
    countries: tuple[str, ...]
    """On whose calendars business days are counted; none where every day counts."""


@dataclass(frozen=True, slots=True)
class Selected:
    """The day of selection, and what says so."""

    day: dt.date
    basis: Basis
    says: str
    figure: Figure | None = None


def chosen(told: Told) -> bool:
    """Whether a project is told to be more than a candidate."""
    ahead = told.ahead
    return ahead is not None and math.fsum(ahead.probability(str(stage)) for stage in _CHOSEN) >= 0.5


def selected(told: Told, programme: Programme, earliest: dt.date) -> Selected | None:
    """When a chosen project was selected; None for one that is still a candidate, or of which no day is told.

    `earliest`: the day on which the programme was agreed, before which nothing of it can have been selected.
    """
    at = _reported(told, programme) if chosen(told) else None
    if at is not None and at.day < earliest:
        return replace(at, day=earliest, basis=Basis.ASSUMPTION, says=f"{at.says}, but not before the programme began")
    return at


def _reported(told: Told, programme: Programme) -> Selected | None:
    for event in _EVENTS:
        if event in told.dates:
            figure, held = told.dates[event]
            return Selected(held.day(0.5), Basis.REPORTED, f"{event} reported", figure)
    # A list of candidates is announced before any of them is chosen; numbered batches are chosen ones.
    batch = told.batch if told.batch is not None and "ordinal" in dict(told.batch.attributes) else None
    its = next((b for b in programme.batches if batch is not None and b.entity.id == batch.id), None)
    for event in _EVENTS if its is not None else ():
        if its is not None and event in its.dates:
            figure, held = its.dates[event]
            return Selected(held.day(0.5), Basis.REPORTED, f"{event} reported of the {its.entity.name}", figure)
    day = told.stage_report or told.first_report
    return Selected(day, Basis.ASSUMPTION, "day of the first report of its stage", told.stage) if day else None


def slots(count: int, first: int, last: int) -> tuple[int, ...]:
    """`count` quarters spread evenly over `first` to `last`, in order; all at `first` where the window is over."""
    width = max(0, last - first + 1)
    return tuple(first + math.floor((n + 0.5) * width / count) for n in range(count)) if count else ()


def due_day(notice: dt.date, lag: Lag) -> dt.date:
    """The day on which funds fall due after a notice."""
    return due(notice, lag.days, lag.countries) if lag.countries else notice + dt.timedelta(days=lag.days)


def place(day: dt.date, grid: Grid) -> float:
    """A day on the grid: its quarter, and how far into it."""
    quarter = grid.of(day)
    first = grid.first_day(quarter)
    return quarter + (day - first).days / (grid.first_day(quarter + 1) - first).days


def starts(
    told: Told | None, due_on: dt.date, lead: Sequence[float], grid: Grid
) -> tuple[Belief, Basis, str, Figure | None]:
    """The belief about the first quarter of building, what it rests on, a word on it, and the figure behind it.

    `lead`: quarters from the due day to the start, low, central, high.
    """
    at = place(due_on, grid)
    low, central, high = lead
    if told is not None and "start" in told.dates:
        figure, held = told.dates["start"]
        parts = tuple(_placed(part, grid) for part in held.parts)
        if _ordinal(held.quantile(0.5), grid) <= at + high + _YEAR:
            floor = float(math.floor(at))
            cut = tuple(Part(max(p.low, floor), max(p.high, floor), p.shape, p.weight) for p in parts)
            said = "start reported" + (", not before funds are due" if cut != parts else "")
            return Belief(_QUARTERS, cut, held.doubt), Basis.REPORTED, said, figure
    return triangular(at + low, at + central, at + high, _QUARTERS), Basis.REFERENCE, "funds due, and the lead", None


def _placed(part: Part, grid: Grid) -> Part:
    """A stretch of days (ordinals) as a stretch of quarters."""
    low, high = (_ordinal(x, grid) for x in (part.low, part.high))
    return Part(low, high, part.shape, part.weight)


def _ordinal(x: float, grid: Grid) -> float:
    day = dt.date.fromordinal(min(max(1, math.floor(x)), dt.date.max.toordinal() - 400))
    return place(day, grid)
