"""The charts of a run: what is drawn over time, calls, receipts, who pays whom, how far the principal comes back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.quantities import SIDES
from pledger.views.cashflows import dollars, percent
from pledger.views.flowcharts import Band, Chance, Level, fan, recovery
from pledger.views.plain import clean
from pledger.views.sankey import Flow, sankey
from pledger.views.svg import save

if TYPE_CHECKING:
    from pledger.vehicle.asking.answers import Answer, Reading
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.montecarlo.fans import Fan
    from pledger.vehicle.montecarlo.simulation import Simulation
    from pledger.vehicle.words import Plan

__all__ = ["FANS", "NAMES", "Charted", "Drawing", "Run", "charted", "drawings", "write"]

FANS = ("drawn", "calls", "receipts", "claims")
"""Series of a simulation that are shown quarter by quarter."""

NAMES = ("drawn", "calls", "receipts", "flows", "recovery")
_HIGH, _HIGHER = 380, 460
"""Pixels of the picture of who pays whom, and of the narrow one."""
_SHOWN = (680, 336)
"""Widths at which pages show them (`web.drawing.WIDTHS`); files take the first."""
Draw = Callable[[int, str, str, str], str]
"""From width, name, title and description to SVG."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart at each of the widths at which pages show it."""

    title: str
    says: str
    by_width: Mapping[int, str]


class Charted(Protocol):
    """What charts need of a run."""

    @property
    def plan(self) -> Plan:
        """What was simulated."""

    @property
    def grid(self) -> Grid:
        """Its quarters."""

    @property
    def answers(self) -> Mapping[str, Answer]:
        """By name."""

    @property
    def readings(self) -> Sequence[Reading]:
        """Of the terms, with the chance that the principal comes back."""

    @property
    def fans(self) -> Sequence[Fan]:
        """Of `FANS`."""


@dataclass(frozen=True, slots=True)
class Run:
    """`Charted` as a record."""

    plan: Plan
    grid: Grid
    answers: Mapping[str, Answer]
    readings: Sequence[Reading]
    fans: Sequence[Fan]


def charted(simulation: Simulation, answers: Sequence[Answer], readings: Sequence[Reading], grid: Grid) -> Run:
    """A simulation with what was asked of it, ready to be drawn."""
    fans = tuple(simulation.fan(name) for name in FANS)
    return Run(simulation.plan, grid, {one.name: one for one in answers}, readings, fans)


def write(run: Charted, folder: Path, source: str) -> list[Path]:
    """Each chart as SVG and PNG into a folder, with its source line; the files."""
    made = []
    for name, drawing in drawings(run).items():
        words = f"{drawing.title}. {drawing.says}\n{source}"
        made += save(drawing.by_width[_SHOWN[0]], words, folder, name)
    return made


def drawings(run: Charted) -> Mapping[str, Drawing]:
    """The charts by name; what there is nothing to be seen of is left out."""
    found = {
        "drawn": _drawn(run),
        "calls": _fan(run, "calls", "What is called each quarter"),
        "receipts": _fan(run, "receipts", "What the pledging side receives each quarter"),
        "flows": _flows(run),
        "recovery": _recovery(run),
    }
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def _made(name: str, title: str, says: str, draw: Draw) -> Drawing:
    return Drawing(title, says, {width: draw(width, f"{name}-{width}", title, says) for width in _SHOWN})


def _band(run: Charted, series: str) -> Band:
    rows = next(one for one in run.fans if one.name == series).percentiles
    p5, p25, p50, p75, p95 = (tuple(float(x) for x in row) for row in rows)
    return Band(series, (p5, p25, p50, p75, p95))


def _first(run: Charted) -> float:
    return run.grid.first_year + run.grid.first_quarter / 4


def _drawn(run: Charted) -> Drawing:
    band, plan = _band(run, "drawn"), run.plan
    levels = []
    if math.isfinite(plan.funding.ceiling):
        levels.append(Level(f"Pledged: at most {dollars(plan.funding.ceiling)}", ((0.0, plan.funding.ceiling),)))
    steps = _committed(run.plan)
    if steps[-1][1] > 0:
        levels.append(Level(f"Committed, expected: {dollars(steps[-1][1])}", steps))
    middle = run.answers["drawn"]
    says = (
        f"Drawn in all by {run.grid.label(plan.deadline)}: {dollars(middle.p50)} in the middle of the scenarios, "
        f"{dollars(middle.p5)} to {dollars(middle.p95)} in nine of ten."
    )

    def draw(width: int, name: str, title: str, says: str) -> str:
        return fan(band, _first(run), width, name, title, says, levels, (float(plan.deadline), "deadline"))

    return _made("drawn", "Pledged, committed, drawn", says, draw)


def _committed(plan: Plan) -> tuple[tuple[float, float], ...]:
    """What selected projects come to by quarter: the sum of their chances to proceed, times mean final costs."""
    steps, total = [(0.0, 0.0)], 0.0
    for one in plan.candidates:  # in the order of their selection
        chance, cost, overrun = (given.belief for given in (one.proceeds, one.cost, one.overrun))
        if isinstance(chance, Belief) and isinstance(cost, Belief) and isinstance(overrun, Belief):
            total += chance.mean() * cost.mean() * overrun.mean()
            steps.append((float(max(one.selected, 0)), min(total, plan.funding.ceiling)))
    return tuple(steps)


def _fan(run: Charted, series: str, title: str) -> Drawing:
    band = _band(run, series)
    top = max(range(len(band.quantiles[2])), key=band.quantiles[2].__getitem__)
    says = (
        f"The middle of the scenarios is highest in {run.grid.label(top)} with {dollars(band.quantiles[2][top])}; "
        f"in no quarter do more than one in twenty go above {dollars(max(band.quantiles[4]))}."
    )

    def draw(width: int, name: str, title: str, says: str) -> str:
        mark = (float(run.plan.deadline), "deadline")
        return fan(band, _first(run), width, name, title, says, (), mark)

    return _made(series, title, says, draw)


def _flows(run: Charted) -> Drawing | None:
    mean = {name: one.mean for name, one in run.answers.items()}
    called, funding, claims = mean["called"], run.plan.funding, mean["claims"]
    receipts = {side: mean[f"receipts of {side}"] for side in SIDES}
    flows = [
        Flow("Public lender", "Projects", called * (funding.equity + funding.public_loan)),
        Flow("Banks", "Projects", called * funding.guaranteed_loan),
        Flow("Projects", "Pledging side", receipts["pledging"]),
        Flow("Projects", "Host", receipts["host"]),
        Flow("Pledging side", "To the lender", receipts["public_lender"]),
        Flow("Pledging side", "To guarantor", receipts["guarantor"]),
        Flow("Pledging side", "To banks", receipts["banks"] - claims),
        Flow("Guarantor", "To banks", claims, alert=True),
    ]
    if not called > 0:
        return None
    says = (
        f"Means over all scenarios and years: {dollars(called)} are called; of {dollars(mean['cash'])} of cash the "
        f"host receives {dollars(receipts['host'])}, the pledging side {dollars(receipts['pledging'])}; the guarantor "
        f"pays {dollars(claims)} to the banks."
    )

    def draw(width: int, name: str, title: str, says: str) -> str:
        return sankey(flows, width, _HIGH if width > _SHOWN[1] else _HIGHER, name, title, says)

    return _made("flows", "Who pays whom", says, draw)


def _recovery(run: Charted) -> Drawing | None:
    rows = []
    for reading in run.readings:
        times = reading.multiple
        if math.isfinite(times.p50):
            quantiles = (times.p5, times.p25, times.p50, times.p75, times.p95)
            rows.append(Chance(clean(reading.interpretation.name), reading.back.mean, quantiles))
    if not rows:
        return None
    says = "; ".join(f"{row.words}: {percent(row.chance)}" for row in rows)

    def draw(width: int, name: str, title: str, says: str) -> str:
        return recovery(rows, width, name, title, says)

    return _made("recovery", "How much of the principal comes back", f"Chance that all of it does. {says}.", draw)
