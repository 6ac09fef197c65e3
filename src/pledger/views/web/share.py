"""What the vehicle makes of one project: its chance, its cost, when it is called, and what part of the whole it is.

The expected cost and the share come from the plan with all its chances; the years are those of the central case, or,
where that does not fund the project, of the case in which every candidate goes ahead.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pledger.ledger import Ledger, Moment
from pledger.model import Entity
from pledger.views.cashflows import dollars
from pledger.views.charts import Bar, bars
from pledger.views.plain import clean
from pledger.views.web import gather
from pledger.views.web.answers import Cell, Chart, Sheet
from pledger.views.web.assumed import Assumed
from pledger.views.web.outcome import planned, runnable
from pledger.views.web.runs import RunError
from pledger.views.web.serving import Room

__all__ = ["ProjectMoney", "Year", "chart", "project_money", "sheet"]

_LARGE = 60_000
"""Figures up to which the plan is made while somebody waits for a page."""
_PATIENCE = 1.5
"""Seconds that a page waits for it."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a project; dollars."""

    year: int
    drawn: float
    cash: float
    """Before debt."""


@dataclass(frozen=True, slots=True)
class ProjectMoney:
    """What the run takes of a project."""

    words: str = ""
    """Why there is nothing to say; empty where there is."""
    coming: bool = False
    chance: float = math.nan
    """That it goes ahead."""
    cost: float = math.nan
    """What it costs if it does, overruns included, in the mean; dollars."""
    share: float = math.nan
    """Of all that is expected to be called, 0 to 1."""
    central: bool = False
    """Whether the central case funds it."""
    first: str = ""
    """Quarter of its first call: `2026 Q4`."""
    last: str = ""
    done: str = ""
    """Quarter from which it earns; empty where it never does."""
    years: tuple[Year, ...] = ()
    called: float | None = None
    """Called in the mean of the scenarios of the run that the page on money shows, once it has ended; dollars."""
    back: float | None = None
    """Chance that its principal comes back, in that run."""
    worth: float | None = None
    """Mean present value for the pledging side, in that run; dollars."""

    @property
    def known(self) -> bool:
        """Whether the run has the project."""
        return not math.isnan(self.chance)


def project_money(room: Room, ledger: Ledger, moment: Moment, its: Entity) -> ProjectMoney:
    """What the vehicle of its programme makes of a project, where there is one."""
    key = dict(its.attributes).get("programme", "")
    if key not in runnable():
        return ProjectMoney("no vehicle terms are reported for its programme" if key else "it is in no programme")
    if gather.counts(ledger).figures > _LARGE:
        return ProjectMoney("this ledger is too large to be run unasked")
    made = room.later.ask(
        ("plan", key, moment), ledger.version(), lambda: _all(ledger, Assumed(key, moment)), _PATIENCE
    )
    if made.value is None:
        words = "it is being worked out: look again in a moment" if made.coming else "it could not be worked out"
        return ProjectMoney(words, made.coming)
    found: Mapping[str, ProjectMoney] = made.value
    run = room.runs.found((ledger.version(), Assumed(key, moment)))
    its_run = next((one for one in run.outcome.json["projects"] if one["id"] == its.id), None) if run else None
    if its_run is not None and its.id in found:
        its_worth = its_run["npv_pledging"]
        return replace(found[its.id], called=its_run["called"], back=its_run["principal_back"], worth=its_worth)
    other = ProjectMoney("the run does not have it: what it has is under Money")
    return found.get(its.id) or found.get(its.name) or found.get("") or other


def _all(ledger: Ledger, asked: Assumed) -> dict[str, ProjectMoney]:
    """By id every project of the plan, by name what was left out of it; under "" why there is no plan."""
    from pledger.vehicle.asking.adjust import grid_of
    from pledger.vehicle.finance.cash import run
    from pledger.vehicle.finance.central import central

    try:
        plan = planned(ledger, asked).plan
    except RunError as wrong:
        return {"": ProjectMoney(clean(wrong.words))}
    found = {out.what: ProjectMoney(clean(f"{out.why}; {out.mend}")) for out in plan.excluded}
    grid = grid_of(plan)
    chances = {c.id: _mean(c.proceeds.belief) for c in plan.candidates}
    costs = {c.id: _mean(c.cost.belief) * _mean(c.overrun.belief) for c in plan.candidates}
    whole = sum(chances[key] * cost for key, cost in costs.items()) or math.nan
    # Projects stand in both cases in the order of the plan; names are not always unique.
    likely, every = run(central(plan)), run(central(plan, every=True))
    names = {project.name: n for n, project in enumerate(likely.case.projects)}
    for number, one in enumerate(plan.candidates):
        name = every.case.projects[number].name
        flows, row = (likely, names[name]) if name in names else (every, number)
        draws, cash = flows.draws[row], flows.cash[row]
        called = np.flatnonzero(draws > 0)
        if len(called) == 0:
            continue
        completed = int(flows.completed[row])
        by_year: dict[int, list[float]] = {}
        for quarter in range(flows.case.quarters):
            held = by_year.setdefault(grid.year(quarter), [0.0, 0.0])
            held[0] += float(draws[quarter])
            held[1] += float(cash[quarter])
        found[one.id] = ProjectMoney(
            chance=chances[one.id],
            cost=costs[one.id],
            share=chances[one.id] * costs[one.id] / whole,
            central=name in names,
            first=grid.label(int(called[0])),
            last=grid.label(int(called[-1])),
            done=grid.label(completed) if 0 <= completed < flows.case.quarters else "",
            years=tuple(Year(year, d, c) for year, (d, c) in by_year.items() if d or c),
        )
    return found


def _mean(belief: object) -> float:
    from pledger.ledger.distributions import Belief

    return belief.mean() if isinstance(belief, Belief) else math.nan


def sheet(found: ProjectMoney) -> Sheet:
    """The years as a table to take away; dollars."""
    rows: list[tuple[Cell, ...]] = [(one.year, round(one.drawn), round(one.cash)) for one in found.years]
    return Sheet("Money", ("Year", "Drawn", "Cash before debt"), rows)


def chart(found: ProjectMoney, name: str) -> Chart | None:
    """What is drawn in each year."""
    rows = tuple(
        Bar(str(one.year), "", dollars(one.drawn), one.drawn, one.drawn, None) for one in found.years if one.drawn > 0
    )
    if not rows:
        return None
    title = f"Drawn by year: {name}"
    told = "; ".join(f"{row.label}: {row.said}" for row in rows)
    return Chart("drawn", title, lambda width, id_: bars(rows, width, id_, title, told), taken=680)
