"""The central case of a plan: one run without chance, to be checked by hand and in a workbook.

Every input stands at its median, quarters rounded as the simulation rounds them, and the terms are read in the most
probable way unless another is asked for. Funded are the projects that more probably proceed than not; where the user
named the projects, all of them.
"""

from __future__ import annotations

import math
from collections import Counter

from pledger.ledger.distributions import Belief, Categories
from pledger.vehicle.words import Candidate, Case, Input, Plan, Project

__all__ = ["central"]


def central(plan: Plan, interpretation: str | None = None, *, every: bool = False) -> Case:
    """The central case; `every`: whether all candidates are funded. Raises ValueError for a reading that is not there.

    Where none is more probable than not, all are funded: a case of nothing shows nothing.
    """
    readings = {one.name: one for one in plan.interpretations}
    name = interpretation or _likeliest(plan.interpretation)
    if name not in readings:
        raise ValueError(f"no reading {name!r} of these terms; there are {', '.join(readings)}")
    likely = [c for c in plan.candidates if every or _middle(c.proceeds) >= 0.5] or list(plan.candidates)
    times = Counter(c.name for c in likely)
    return Case(
        projects=tuple(_project(c, c.name if times[c.name] == 1 else f"{c.name} ({c.id})") for c in likely),
        rules=readings[name].rules,
        funding=plan.funding,
        quarters=plan.quarters,
        first_quarter=plan.first_quarter,
    )


def _project(one: Candidate, name: str) -> Project:
    return Project(
        name=name,
        cost=_middle(one.cost),
        overrun=_middle(one.overrun),
        selected=one.selected,
        start=max(one.selected, math.floor(_middle(one.start))),
        build=max(1, one.build + math.floor(_middle(one.delay) + 0.5)),
        life=one.life,
        cash_yield=_middle(one.cash_yield),
        growth=one.growth,
        ramp_quarters=one.ramp_quarters,
        cancelled=one.cancelled,
    )


def _middle(given: Input) -> float:
    if not isinstance(given.belief, Belief):
        raise ValueError(f"{given.name} is a choice among words where a number is needed")
    # Quantiles are found by halving: what is beyond nine digits is its rounding, and no reader's number.
    return float(f"{given.belief.quantile(0.5):.9g}")


def _likeliest(given: Input) -> str:
    options = given.belief.options if isinstance(given.belief, Categories) else ()
    return max(options, key=lambda option: option[1])[0] if options else ""
