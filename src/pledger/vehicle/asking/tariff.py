"""What the tariff relief is worth that a pledge buys, beside what the pledge costs.

Relief per year = exports * (rate_without - rate_with) * borne_by_exporters, line by line of goods, in US dollars of the
year. Exports stay what they are in the data's year: neither growth nor the trade that a lower tariff brings is counted.
The rates are a staircase of days: an agreement, a ruling, a replacement and a snap-back are steps of it. A quarter in
which a rate changes has each rate's share of its days.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import Floats, Input, per_quarter

__all__ = [
    "Line",
    "Step",
    "Tariff",
    "Verdict",
    "factors",
    "present_value",
    "relief",
    "snap_back",
    "stepped",
    "until",
    "verdict",
]


@dataclass(frozen=True, slots=True)
class Step:
    """The tariffs on a line of goods from a day on."""

    on: dt.date
    without: float
    """Rate that the country would face without its pledge."""
    kept: float
    """Rate that it faces with it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Goods that share a tariff."""

    name: str
    label: str
    exports: Input
    """USD a year to the host."""
    borne: Input
    """Share of the tariff that exporters bear (buyers in the host country pay the rest)."""
    steps: tuple[Step, ...]
    """In order of their days; before the first there is no relief."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """All that the relief of one programme rests on."""

    programme: str
    lines: tuple[Line, ...]
    until: dt.date
    """First day on which the relief no longer counts, whatever the steps say."""
    fixed: tuple[Input, ...] = ()
    """Rates and the last day, for the list of what a run rests on."""


def factors(tariff: Tariff, grid: Grid) -> Floats:
    """(lines, quarters): relief of a quarter for each dollar of a year's exports, were all of it borne by exporters."""
    starts = [grid.first_day(q) for q in range(grid.quarters + 1)]
    found = np.zeros((len(tariff.lines), grid.quarters))
    for row, line in enumerate(tariff.lines):
        ends = [*(step.on for step in line.steps[1:]), dt.date.max]
        for step, end in zip(line.steps, ends, strict=True):
            for q in range(grid.quarters):
                opens, closes = starts[q], starts[q + 1]
                days = (min(closes, end, tariff.until) - max(opens, step.on)).days
                if days > 0:
                    found[row, q] += (step.without - step.kept) / 4 * days / (closes - opens).days
    return found


def relief(exports: Floats, borne: Floats | float, factor: Floats) -> Floats:
    """Relief by quarter, USD: `exports` (..., lines) USD a year, `borne` likewise, `factor` as `factors` gives it."""
    found: Floats = (np.asarray(exports, dtype=np.float64) * borne) @ factor
    return found


def present_value(flows: Floats, rate: float) -> Floats:
    """Value at the end of q = 0 of flows at the quarters' ends (last axis), `rate` per year."""
    found: Floats = flows @ np.power(1 + per_quarter(rate), -np.arange(flows.shape[-1], dtype=np.float64))
    return found


def sampled(tariff: Tariff, seed: int, scenarios: int) -> tuple[Floats, Floats]:
    """Exports and shares borne (scenarios, lines): the same for a seed, whatever the plan.

    How much of their tariff exporters bear moves together over all goods: one random number a scenario.
    """
    generator = np.random.Generator(np.random.Philox(key=[seed, _STREAM]))
    exports = np.stack([_column(line.exports, generator, scenarios) for line in tariff.lines], axis=-1)
    here = generator.bit_generator.state
    borne = []
    for line in tariff.lines:
        generator.bit_generator.state = here
        borne.append(_column(line.borne, generator, scenarios))
    return exports, np.stack(borne, axis=-1)


_STREAM = 0x7A61
"""Second word of the key: relief has random numbers of its own, so that it leaves those of the projects alone."""


def _column(one: Input, generator: np.random.Generator, n: int) -> Floats:
    if not isinstance(one.belief, Belief):
        raise TypeError(f"{one.name} must be a distribution over numbers")
    return one.belief.sample(generator, n)


def stepped(
    tariff: Tariff,
    on: dt.date,
    *,
    without: float | None = None,
    kept: float | None = None,
    lines: tuple[str, ...] | None = None,
) -> Tariff:
    """The tariff with rates changed from `on` for good, on all lines or the named ones; a rate not given stays.

    A ruling that voids a tariff sets both rates alike; a replacement tariff sets what it sets. Raises AskError for a
    line that is not there.
    """
    _named(tariff, lines)
    return replace(
        tariff,
        lines=tuple(
            replace(line, steps=_changed(line.steps, on, without, kept))
            if lines is None or line.name in lines
            else line
            for line in tariff.lines
        ),
    )


def snap_back(tariff: Tariff, on: dt.date, lines: tuple[str, ...] | None = None) -> Tariff:
    """The tariff with the pledge's rate back at what it would be without it, from `on`: the relief ends."""
    _named(tariff, lines)
    return replace(
        tariff,
        lines=tuple(
            replace(line, steps=tuple(replace(s, kept=s.without) if s.on >= on else s for s in _split(line.steps, on)))
            if lines is None or line.name in lines
            else line
            for line in tariff.lines
        ),
    )


def until(tariff: Tariff, day: dt.date) -> Tariff:
    """The tariff with a relief that counts up to the day before `day`."""
    return replace(tariff, until=day)


def _named(tariff: Tariff, lines: tuple[str, ...] | None) -> None:
    known = [line.name for line in tariff.lines]
    for name in lines or ():
        if name not in known:
            raise AskError(f"no goods {name!r} in the tariffs of {tariff.programme}; known: {', '.join(known)}")


def _split(steps: tuple[Step, ...], on: dt.date) -> tuple[Step, ...]:
    """The steps with one more that begins at `on` and changes nothing, if one before it lasts beyond that day."""
    earlier = [s for s in steps if s.on <= on]
    if not earlier or earlier[-1].on == on:
        return steps
    return (*earlier, replace(earlier[-1], on=on), *(s for s in steps if s.on > on))


def _changed(steps: tuple[Step, ...], on: dt.date, without: float | None, kept: float | None) -> tuple[Step, ...]:
    return tuple(
        Step(s.on, s.without if without is None else without, s.kept if kept is None else kept) if s.on >= on else s
        for s in _split(steps, on)
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """Insurance or investment? Chances over the scenarios; the three sum to 1."""

    investment: float
    """The pledging side does not lose by itself (its present value is not negative): relief comes on top."""
    insurance: float
    """It loses, and the relief is worth at least what it loses."""
    neither: float
    """It loses more than the relief is worth."""
    cost: Floats
    """What the pledge costs, scenario by scenario: less the pledging side's present value, not below 0. USD."""
    relief: Floats
    """Present value of the relief, USD."""


def verdict(npv: Floats, worth: Floats) -> Verdict:
    """The pledging side's present value (of its capital alone) against the relief's, scenario by scenario."""
    gains = npv >= 0
    covered = ~gains & (worth >= -npv)
    return Verdict(
        investment=float(gains.mean()),
        insurance=float(covered.mean()),
        neither=float((~gains & ~covered).mean()),
        cost=np.maximum(-npv, 0.0),
        relief=worth,
    )
