"""What each candidate is worth on its own, scenario by scenario: the ground on which candidates are chosen.

Every candidate is taken as funded in every scenario, without ceiling and cap: whether it is funded is what the choice
decides, and the choice itself keeps the limits. All else is drawn as in any simulation of the plan, by the same seed.
Where the terms pool, a project's receipts are its share of the quarter's cash with all candidates in the pool.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from pledger.vehicle.finance.schedule import smoothstep
from pledger.vehicle.montecarlo import columns
from pledger.vehicle.montecarlo.kernel import BY_PROJECT
from pledger.vehicle.montecarlo.simulate import Progress, simulate
from pledger.vehicle.words import Candidate, Floats, Plan

__all__ = ["Worth", "worth"]


@dataclass(frozen=True, slots=True)
class Worth:
    """S scenarios by P candidates, in the order of the plan. Dollars."""

    called: Floats
    """(S, P) all that is called for it."""
    back: Floats
    """(S, P) 1 where the pledging side's receipts from it sum to its calls."""
    npv_pledging: Floats
    npv_host: Floats
    """(S, P) dollars of q = 0, at the rates of the public lender and of the host."""
    by_year: Floats
    """(S, P, Y) calls by calendar year, the first being the plan's."""
    first_year: int

    def mean(self) -> Worth:
        """The expected worth, as the one scenario."""
        return Worth(
            called=self.called.mean(axis=0, keepdims=True),
            back=self.back.mean(axis=0, keepdims=True),
            npv_pledging=self.npv_pledging.mean(axis=0, keepdims=True),
            npv_host=self.npv_host.mean(axis=0, keepdims=True),
            by_year=self.by_year.mean(axis=0, keepdims=True),
            first_year=self.first_year,
        )


def worth(
    plan: Plan,
    scenarios: int = 2000,
    seed: int = 0,
    interpretation: str | None = None,
    progress: Progress | None = None,
) -> Worth:
    """The worth of a plan's candidates. Raises PlanError for a plan or interpretation that cannot be run."""
    alone = replace(
        columns.forced(plan, {f"{one.id}.proceeds": 1.0 for one in plan.candidates}),
        funding=replace(plan.funding, ceiling=math.inf, cap_per_year=math.inf),
    )
    done = simulate(alone, scenarios, seed, interpretation, progress=progress, by_project=True)
    if done.by_project is None:
        raise ValueError("a simulation that was asked for each project has none")
    of = {name: np.asarray(done.by_project[:, :, n], dtype=np.float64) for n, name in enumerate(BY_PROJECT)}
    # A candidate that is not funded even so is outside of the window: nothing can be called for it.
    years = np.stack([_by_year(alone, one, scenarios, seed) for one in plan.candidates], axis=1)
    by_year = years * (of["funded"] > 0)[:, :, None]
    return Worth(of["called"], of["back"], of["npv_pledging"], of["npv_host"], by_year, plan.first_year)


def _by_year(plan: Plan, one: Candidate, scenarios: int, seed: int) -> Floats:
    """Calls of one candidate by calendar year, (S, Y): the S-curve that building wants."""

    def drawn(field: str) -> Floats:
        return columns.draw(plan, f"{one.id}.{field}", seed, scenarios)

    final = drawn("cost") * drawn("overrun")
    start = np.maximum(one.selected, np.floor(drawn("start")))
    build = np.maximum(1.0, one.build + np.floor(drawn("delay") + 0.5))
    last = np.arange(plan.quarters)
    ends = last[(plan.first_quarter + last) % 4 == 3]
    ends = ends if ends.size and ends[-1] == last[-1] else np.append(ends, last[-1])
    if one.cancelled is not None:
        ends = np.minimum(ends, max(1, one.cancelled) - 1)
    drawn_by = final[:, None] * smoothstep((ends[None, :] - start[:, None] + 1) / build[:, None])
    return np.diff(drawn_by, prepend=0.0, axis=1)
