"""The charts of a run: what is drawn over time, calls, receipts, who pays whom, how far the principal comes back."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.quantities import SIDES
from pledger.views.cashflows import dollars, percent
from pledger.views.flowcharts import Band, Chance, Level, fan, recovery
from pledger.views.plain import clean
from pledger.views.sankey import Flow, sankey
from pledger.views.web.drawing import WIDTHS
from pledger.views.web.outcome import Drawing, Outcome

if TYPE_CHECKING:
    from pledger.vehicle.words import Plan

__all__ = ["NAMES", "drawings", "source"]

NAMES = ("drawn", "calls", "receipts", "flows", "recovery")
_HIGH = 380
"""Pixels of the picture of who pays whom."""
_SHOWN = (WIDTHS["middle"], WIDTHS["narrow"])
Draw = Callable[[int, str, str, str], str]
"""From width, name, title and description to SVG."""


def drawings(outcome: Outcome) -> Mapping[str, Drawing]:
    """The charts by name; what there is nothing to be seen of is left out."""
    found = {
        "drawn": _drawn(outcome),
        "calls": _fan(outcome, "calls", "What is called each quarter"),
        "receipts": _fan(outcome, "receipts", "What the pledging side receives each quarter"),
        "flows": _flows(outcome),
        "recovery": _recovery(outcome),
    }
    return {name: drawing for name, drawing in found.items() if drawing is not None}


def source(outcome: Outcome, ledger: str, address: str) -> str:
    """The lines that go with a chart or table that is taken away."""
    asked, moment = outcome.asked, outcome.asked.moment
    when = f", as reported by {moment.as_of}" if moment.as_of else ""
    changes = f" Assumed: {'; '.join(clean(words) for words in asked.changes)}." if asked.changes else ""
    run = f"{asked.scenarios:,} scenarios from {outcome.grid.label(0)}, seed {asked.seed}"
    return f"{clean(outcome.name)}: {run}.{changes}\nSource: Pledger, ledger {ledger}{when}; {address}"


def _made(name: str, title: str, says: str, draw: Draw) -> Drawing:
    return Drawing(title, says, {width: draw(width, f"{name}-{width}", title, says) for width in _SHOWN})


def _band(outcome: Outcome, series: str) -> Band:
    rows = next(one for one in outcome.fans if one.name == series).percentiles
    p5, p25, p50, p75, p95 = (tuple(float(x) for x in row) for row in rows)
    return Band(series, (p5, p25, p50, p75, p95))


def _first(outcome: Outcome) -> float:
    return outcome.grid.first_year + outcome.grid.first_quarter / 4


def _drawn(outcome: Outcome) -> Drawing:
    band, plan = _band(outcome, "drawn"), outcome.plan
    levels = []
    if math.isfinite(plan.funding.ceiling):
        levels.append(Level(f"Pledged: at most {dollars(plan.funding.ceiling)}", ((0.0, plan.funding.ceiling),)))
    steps = _committed(outcome.plan)
    if steps[-1][1] > 0:
        levels.append(Level(f"Committed, expected: {dollars(steps[-1][1])}", steps))
    middle = outcome.answers["drawn"]
    says = (
        f"Drawn in all by {outcome.grid.label(plan.deadline)}: {dollars(middle.p50)} in the middle of the scenarios, "
        f"{dollars(middle.p5)} to {dollars(middle.p95)} in nine of ten."
    )

    def draw(width: int, name: str, title: str, says: str) -> str:
        return fan(band, _first(outcome), width, name, title, says, levels, (float(plan.deadline), "deadline"))

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


def _fan(outcome: Outcome, series: str, title: str) -> Drawing:
    band = _band(outcome, series)
    top = max(range(len(band.quantiles[2])), key=band.quantiles[2].__getitem__)
    says = (
        f"The middle of the scenarios is highest in {outcome.grid.label(top)} with {dollars(band.quantiles[2][top])}; "
        f"in no quarter do more than one in twenty go above {dollars(max(band.quantiles[4]))}."
    )

    def draw(width: int, name: str, title: str, says: str) -> str:
        mark = (float(outcome.plan.deadline), "deadline")
        return fan(band, _first(outcome), width, name, title, says, (), mark)

    return _made(series, title, says, draw)


def _flows(outcome: Outcome) -> Drawing | None:
    mean = {name: one.mean for name, one in outcome.answers.items()}
    called, funding, claims = mean["called"], outcome.plan.funding, mean["claims"]
    receipts = {side: mean[f"receipts of {side}"] for side in SIDES}
    flows = [
        Flow("Public lender", "Projects", called * (funding.equity + funding.public_loan)),
        Flow("Banks", "Projects", called * funding.guaranteed_loan),
        Flow("Projects", "Pledging side", receipts["pledging"]),
        Flow("Projects", "Host", receipts["host"]),
        Flow("Pledging side", "Lender, back", receipts["public_lender"]),
        Flow("Pledging side", "Guarantor, back", receipts["guarantor"]),
        Flow("Pledging side", "Banks, back", receipts["banks"] - claims),
        Flow("Guarantor pays", "Banks, back", claims, alert=True),
    ]
    if not called > 0:
        return None
    says = (
        f"Means over all scenarios and years: {dollars(called)} are called; of {dollars(mean['cash'])} of cash the "
        f"host receives {dollars(receipts['host'])}, the pledging side {dollars(receipts['pledging'])}; the guarantor "
        f"pays {dollars(claims)} to the banks."
    )

    def draw(width: int, name: str, title: str, says: str) -> str:
        return sankey(flows, width, _HIGH, name, title, says)

    return _made("flows", "Who pays whom", says, draw)


def _recovery(outcome: Outcome) -> Drawing | None:
    rows = []
    for reading in outcome.readings:
        times = outcome.multiples[reading.interpretation.name]
        if math.isfinite(times.p50):
            quantiles = (times.p5, times.p25, times.p50, times.p75, times.p95)
            rows.append(Chance(clean(reading.interpretation.name), reading.back.mean, quantiles))
    if not rows:
        return None
    says = "; ".join(f"{row.words}: {percent(row.chance)}" for row in rows)

    def draw(width: int, name: str, title: str, says: str) -> str:
        return recovery(rows, width, name, title, says)

    return _made("recovery", "How much of the principal comes back", f"Chance that all of it does. {says}.", draw)
