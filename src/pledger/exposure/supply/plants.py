"""When a project's output reaches the market, drawn as a run of its programme draws it.

Whether it proceeds, when building starts and how late it is come from the plan (`vehicle.planning`), by the random
numbers that `pledger run` uses under the same seed. The ceiling and the yearly cap of the programme are not applied.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.exposure.supply.draws import stream
from pledger.ledger.distributions import Categories
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import Candidate, Floats, Input, Plan

__all__ = ["Opened", "Plant", "chance", "covered", "months", "opened", "output"]

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plant:
    """A project of the ledger that would supply a commodity."""

    id: str
    """The ledger's entity."""
    name: str
    place: str
    """Country in which it stands."""
    covers: Input
    """What it makes at full output, as a share of the importing country's use."""
    plan: Plan
    """The plan of its programme, of which it is a candidate."""

    @property
    def candidate(self) -> Candidate:
        """The project as a run takes it."""
        return next(c for c in self.plan.candidates if c.id == self.id)


@dataclass(frozen=True, slots=True)
class Opened:
    """When a plant opens in each of n scenarios."""

    proceeds: npt.NDArray[np.bool_]
    """(n,) whether it is built at all."""
    month: Ints
    """(n,) month of its first output, counted from `start` on (negative: before it)."""
    full: Ints
    """(n,) month from which it makes all it can."""
    start: dt.date


def months(since: dt.date, day: dt.date) -> int:
    """Calendar months from the month of `since` to that of `day`."""
    return 12 * (day.year - since.year) + day.month - since.month


def chance(plant: Plant) -> float:
    """The probability that it is built, by what is reported of its stage."""
    belief = plant.candidate.proceeds.belief
    return 0.0 if isinstance(belief, Categories) else min(1.0, max(0.0, belief.mean()))


def covered(plant: Plant, scenarios: int, seed: int) -> Floats:
    """What it makes at full output, as a share of use, in each scenario (n,)."""
    belief = plant.covers.belief
    if isinstance(belief, Categories):
        raise TypeError(f"{plant.covers.name}: words where a share is needed")
    return np.maximum(0.0, belief.sample(stream(seed, f"{plant.id}.covers"), scenarios))


def opened(plant: Plant, since: dt.date, scenarios: int, seed: int) -> Opened:
    """When it opens, in months from that of `since` on: selected, built with its delay, then its ramp."""
    its, plan = plant.candidate, plant.plan
    grid = Grid(plan.first_year, plan.first_quarter, plan.quarters)
    from pledger.vehicle.montecarlo.columns import draw  # brings Numba and SciPy along

    starts = np.maximum(its.selected, np.floor(draw(plan, f"{its.id}.start", seed, scenarios)))
    late = np.floor(draw(plan, f"{its.id}.delay", seed, scenarios) + 0.5)
    quarter = (starts + np.maximum(1, its.build + late)).astype(np.int64)
    proceeds = draw(plan, f"{its.id}.proceeds", seed, scenarios) > 0
    if its.cancelled is not None:
        proceeds &= quarter <= its.cancelled
    first = months(since, grid.first_day(0)) + 3 * quarter
    return Opened(proceeds, first, first + 3 * (its.ramp_quarters - 1), since)


def output(plant: Plant, when: Opened, first: int, count: int) -> Floats:
    """The share of its full output that it makes in each of `count` months from `first` on, (n, count).

    Nothing before it opens; then `ramp_quarters` equal steps, the first at once, as a run counts its cash; nothing
    after its life.
    """
    its = plant.candidate
    at = np.arange(first, first + count)[None, :] - when.month[:, None]
    quarter = np.floor_divide(at, 3)
    share = np.clip((quarter + 1) / its.ramp_quarters, 0.0, 1.0)
    share[(quarter < 0) | (quarter >= its.life)] = 0.0
    return np.where(when.proceeds[:, None], share, 0.0)
