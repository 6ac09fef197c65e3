"""Scenarios side by side: each beside the base case, in the same random numbers, so that differences are their own."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from pledger.vehicle.asking.answers import Answer, Relief, column, relieved, summary
from pledger.vehicle.asking.quantities import QUANTITIES, Quantity
from pledger.vehicle.asking.scenarios import Scenario, Setting, applied
from pledger.vehicle.montecarlo.simulation import Simulation
from pledger.vehicle.words import Floats, Plan

__all__ = ["Compared", "Difference", "side_by_side"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer under a scenario, and how far it is from the base case's."""

    answer: Answer
    change: float
    """Mean of the differences, scenario by scenario, over those that have the quantity in both; NaN where none has."""
    error: float
    """Its Monte Carlo standard error; far below that of the two means, since both see the same random numbers."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What one scenario comes to; None is the base case."""

    scenario: Scenario | None
    differences: tuple[Difference, ...]
    """In the order of `QUANTITIES`."""
    relief: Relief | None
    relief_change: float
    """By how much the mean worth of the relief differs, USD."""


def side_by_side(
    base: Setting,
    scenarios: Sequence[Scenario],
    run: Callable[[Plan], Simulation],
    quantities: Sequence[Quantity] = QUANTITIES,
) -> tuple[Compared, ...]:
    """The base case and each scenario. `run` simulates a plan, always with the same seed and number of scenarios.

    Raises AskError where a scenario speaks of what is not in the plan, before anything is run.
    """
    settings = [(None, base), *((s, applied(s, base)) for s in scenarios)]
    was: list[Floats] = []
    relief_was = 0.0
    found = []
    for scenario, setting in settings:
        simulation = run(setting.plan)
        columns = [column(simulation, one) for one in quantities]
        was = was or columns
        relief = None if setting.tariff is None else relieved(simulation, setting.tariff)
        worth = 0.0 if relief is None else relief.worth.mean
        relief_was = worth if scenario is None else relief_was
        pairs = zip(quantities, columns, was, strict=True)
        differences = tuple(_difference(one, now, then) for one, now, then in pairs)
        found.append(Compared(scenario, differences, relief, worth - relief_was))
    return tuple(found)


def _difference(one: Quantity, now: Floats, then: Floats) -> Difference:
    answer = summary(one, now)
    apart = (now - then)[np.isfinite(now) & np.isfinite(then)]
    if not len(apart):
        return Difference(answer, math.nan, math.nan)
    error = float(apart.std(ddof=1)) / math.sqrt(len(apart)) if len(apart) > 1 else math.nan
    return Difference(answer, float(apart.mean()), error)
