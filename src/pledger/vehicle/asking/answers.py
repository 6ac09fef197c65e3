"""What a simulation answers: each quantity with its mean, its percentiles, and how far chance alone may move it.

A quantity that a scenario does not have (no rate of return, never paid back) is summarised over the scenarios that have
it, with the share of those.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from pledger.vehicle.asking.adjust import grid_of
from pledger.vehicle.asking.quantities import QUANTITIES, Quantity, Unit
from pledger.vehicle.asking.tariff import Tariff, Verdict, factors, present_value, relief, sampled, until, verdict
from pledger.vehicle.montecarlo.simulation import Simulation
from pledger.vehicle.words import PARTIES, Floats, Interpretation, Party, Plan, per_quarter

__all__ = ["Answer", "Reading", "Relief", "answers", "by_interpretation", "column", "relieved", "summary"]

PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)


@dataclass(frozen=True, slots=True)
class Answer:
    """One quantity over all scenarios."""

    quantity: Quantity
    mean: float
    """Of what happens or does not, the chance. NaN, as the percentiles, where no scenario has the quantity."""
    error: float
    """Monte Carlo standard error of the mean."""
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    defined: float
    """Share of the scenarios that have the quantity."""

    @property
    def name(self) -> str:
        """As a user writes it."""
        return self.quantity.name

    @property
    def label(self) -> str:
        """As a person reads it."""
        return self.quantity.label

    @property
    def unit(self) -> Unit:
        """What it is counted in."""
        return self.quantity.unit


def column(simulation: Simulation, quantity: Quantity) -> Floats:
    """A quantity scenario by scenario (n,), NaN where a scenario does not have it."""
    found = simulation.answer(quantity.key)
    if quantity.unit is Unit.SHARE:
        ceiling = simulation.plan.funding.ceiling
        return found / ceiling if math.isfinite(ceiling) and ceiling > 0 else np.full(len(found), math.nan)
    return found


def summary(quantity: Quantity, values: Floats) -> Answer:
    """A column as an answer."""
    known = values[np.isfinite(values)]
    defined = len(known) / len(values) if len(values) else 0.0
    if not len(known):
        none = math.nan
        return Answer(quantity, none, none, none, none, none, none, none, defined)
    p5, p25, p50, p75, p95 = (float(x) for x in np.percentile(known, PERCENTILES))
    error = float(known.std(ddof=1)) / math.sqrt(len(known)) if len(known) > 1 else math.nan
    return Answer(quantity, float(known.mean()), error, p5, p25, p50, p75, p95, defined)


def answers(simulation: Simulation) -> tuple[Answer, ...]:
    """Every quantity of `QUANTITIES`, in their order."""
    return tuple(summary(one, column(simulation, one)) for one in QUANTITIES)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reading of the terms comes to."""

    interpretation: Interpretation
    weight: float
    """That reporting gives it; 0 for one that runs only when it is asked for."""
    back: Answer
    """The chance that the pledging side's principal comes back."""
    npv: Answer
    """The pledging side's present value."""
    multiple: Answer
    """Its receipts over its payments."""


def by_interpretation(plan: Plan, run: Callable[[str], Simulation]) -> tuple[Reading, ...]:
    """The chance that the principal comes back under each reading of the terms, in their order.

    `run` simulates the plan under the reading of that name; with one seed all see the same scenarios, so that readings
    differ by nothing else.
    """
    back, npv, multiple = (
        next(q for q in QUANTITIES if q.key == f"{what}.pledging") for what in ("back", "npv", "multiple")
    )
    options = dict(getattr(plan.interpretation.belief, "options", ()))
    found = []
    for one in plan.interpretations:
        simulation = run(one.name)
        found.append(
            Reading(
                interpretation=one,
                weight=float(options.get(one.name, 0.0)),
                back=summary(back, column(simulation, back)),
                npv=summary(npv, column(simulation, npv)),
                multiple=summary(multiple, column(simulation, multiple)),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Relief:
    """The tariff relief beside the pledge: insurance or investment?"""

    tariff: Tariff
    worth: Answer
    """Present value of the relief within the grid, at the public lender's rate."""
    cost: Answer
    """What the pledge costs: less the pledging side's present value, nothing where that is not negative."""
    yearly: tuple[tuple[int, float], ...]
    """Mean relief by calendar year, USD."""
    verdict: Verdict
    covers_by: int | None
    """The first calendar year by whose end relief would cover the mean cost if the last rates stayed for good; None
    where they never do within the grid."""


_WORTH = Quantity("relief", "tariff relief, present value", Unit.USD, "relief")
_COST = Quantity("cost of the pledge", "cost of the pledge, present value", Unit.USD, "cost")


def relieved(simulation: Simulation, tariff: Tariff) -> Relief:
    """The relief in the simulation's scenarios, beside what the pledge costs in them."""
    plan = simulation.plan
    grid = grid_of(plan)
    rate = plan.discount[PARTIES.index(Party.PUBLIC_LENDER)]
    exports, borne = sampled(tariff, simulation.seed, simulation.scenarios)
    flows = relief(exports, borne, factors(tariff, grid))
    worth = present_value(flows, rate)
    found = verdict(simulation.answer("npv.pledging"), worth)
    by_year: dict[int, float] = {}
    for q, amount in enumerate(flows.mean(axis=0)):
        by_year[grid.year(q)] = by_year.get(grid.year(q), 0.0) + float(amount)
    return Relief(
        tariff=tariff,
        worth=summary(_WORTH, worth),
        cost=summary(_COST, found.cost),
        yearly=tuple((year, amount) for year, amount in by_year.items() if amount),
        verdict=found,
        covers_by=_covers(tariff, plan, exports, borne, float(found.cost.mean())),
    )


def _covers(tariff: Tariff, plan: Plan, exports: Floats, borne: Floats, cost: float) -> int | None:
    grid = grid_of(plan)
    rate = per_quarter(plan.discount[PARTIES.index(Party.PUBLIC_LENDER)])
    lasting = factors(until(tariff, dt.date.max), grid)
    flows = relief((exports * borne).mean(axis=0), 1.0, lasting)
    worth = np.cumsum(flows * np.power(1 + rate, -np.arange(grid.quarters, dtype=np.float64)))
    enough = np.flatnonzero(worth >= cost)
    return grid.year(int(enough[0])) if cost > 0 and len(enough) else None
