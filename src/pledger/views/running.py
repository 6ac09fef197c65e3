"""What `pledger run` prints of a programme: answers, parties, readings of the terms, relief, and what they rest on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pledger.vehicle.asking.quantities import SIDES, Unit
from pledger.views.cashflows import dollars, percent, rate
from pledger.views.inputs import excluded, inputs, inputs_json, plan_inputs, projects
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, plain, table

if TYPE_CHECKING:
    from pledger.vehicle.asking.answers import Answer, Reading, Relief
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.montecarlo.simulation import Simulation

__all__ = ["answered", "payback", "run", "run_json", "valued"]

Json = dict[str, Any]
_WHOLE = ("drawn", "drawn share", "peak call", "called", "cash", "premium", "claims", "recoveries", "funded")
_ALWAYS = ("drawn", "drawn share", "peak call", "called", "funded")
"""Told even where they are nothing; what terms do not have (a guarantor) is not."""
_PERCENTILES = ("p5", "p25", "p50", "p75", "p95")


def run(
    name: str,
    simulation: Simulation,
    answers: Sequence[Answer],
    readings: Sequence[Reading],
    relief: Relief | None,
    grid: Grid,
) -> RenderableType:
    """All of it: the inputs with their sources, then the projects, then the answers."""
    plan = simulation.plan
    funding = plan.funding
    known = {a.name: a for a in answers}
    ceiling = f" of at most {dollars(funding.ceiling)}" if math.isfinite(funding.ceiling) else ""
    forced = f", read as “{clean(simulation.interpretation)}”" if simulation.interpretation else ""
    head = Text.assemble(
        (clean(name), "bold"),
        f"{ceiling}: {simulation.scenarios:,} scenarios from {grid.label(0)}, seed {simulation.seed}{forced}; "
        f"deadline in {grid.label(plan.deadline)}; what comes after {grid.label(plan.quarters - 1)} is not counted",
    )
    # What it rests on comes first: it is long, and the end is what stays on the screen.
    blocks: list[RenderableType] = [inputs(plan, grid), excluded(plan), head, projects(plan, grid), _marks()]
    blocks += [answered(answers, grid), _parties(known, grid), _readings(readings)]
    if relief is not None:
        blocks.append(_relief(relief, grid))
    return Group(*blocks)


def _marks() -> Text:
    return Text.assemble(
        "Medians: ",
        ("reported", "green"),
        ", from ",
        ("reference", "cyan"),
        " data, or ",
        ("assumption", "yellow"),
        "\n",
    )


def answered(answers: Sequence[Answer], grid: Grid) -> RenderableType:
    """What the programme comes to as a whole."""
    rows = table("Answer", *((head, NUMBER) for head in ("Mean", "5 %", "25 %", "Median", "75 %", "95 %")))
    for one in (a for name in _WHOLE for a in answers if a.name == name):
        if math.isfinite(one.mean) and (one.mean or one.name in _ALWAYS):
            values = (one.mean, *(getattr(one, p) for p in _PERCENTILES))
            rows.add_row(plain(one.label), *(valued(x, one.unit, grid) for x in values))
    return rows


def _parties(known: dict[str, Answer], grid: Grid) -> RenderableType:
    rows = table("Party", *((head, NUMBER) for head in ("NPV, mean", "IRR", "Multiple", "Payback", "Back")))
    rows.title = (
        "By party: medians, but for the mean of the present value, 5 % to 95 % of it below the name; `Back` is the "
        "chance that the principal returns"
    )
    for side, said in SIDES.items():
        npv, irr, times = (known.get(f"{what} of {side}") for what in ("npv", "irr", "multiple"))
        name = Text(clean(said.removeprefix("the ")))
        if npv:
            name.append(f"\n{dollars(npv.p5)} to {dollars(npv.p95)}", "dim")
        rows.add_row(
            name,
            dollars(npv.mean) if npv else "-",
            rate(irr.p50) if irr else "-",
            f"{times.p50:.2f}" if times and math.isfinite(times.p50) else "-",
            payback(known.get(f"payback of {side}"), known.get(f"principal back of {side}"), grid),
            percent(back.mean) if (back := known.get(f"principal back of {side}")) else "-",
        )
    return rows


def payback(paid: Answer | None, back: Answer | None, grid: Grid) -> str:
    """The median quarter over the scenarios in which the side pays, those in which it is never paid back at the end."""
    if paid is None or back is None or not back.defined:
        return "-"
    # Half of those in which it pays at all, told as a share of those in which it is paid back.
    if paid.defined < 0.5 * back.defined:
        return "never"
    return valued(paid.p50, Unit.QUARTER, grid)


def _readings(readings: Sequence[Reading]) -> RenderableType:
    rows = table("Reading of the terms", *((head, NUMBER) for head in ("Weight", "Principal back", "NPV, mean")))
    rows.title = "Chance that the pledging side's principal comes back, under each reading"
    for one in readings:
        weight = percent(one.weight) if one.weight else "not drawn"
        name = Text.assemble(clean(one.interpretation.name), (f"\n{clean(one.interpretation.label)}", "dim"))
        rows.add_row(
            name,
            weight,
            f"{percent(one.back.mean)} ± {100 * _or_zero(one.back.error):.1f}",
            dollars(one.npv.mean),
        )
    return rows


def _or_zero(x: float) -> float:
    return x if math.isfinite(x) else 0.0


def _relief(relief: Relief, grid: Grid) -> RenderableType:
    rows: Table = table("Tariff relief beside it", *((head, NUMBER) for head in ("Mean", "5 %", "Median", "95 %")))
    for one in (relief.worth, relief.cost):
        rows.add_row(plain(one.label), *(valued(x, one.unit, grid) for x in (one.mean, one.p5, one.p50, one.p95)))
    told = relief.verdict
    says = (
        f"Insurance or investment? The capital alone does not lose in {percent(told.investment)} of the scenarios; in "
        f"{percent(told.insurance)} it loses and the relief is worth more than that; in {percent(told.neither)} the "
        "pledge costs more than the relief is worth."
    )
    lasting = (
        f" Were the last rates to stay for good, relief would cover the mean cost by {relief.covers_by}."
        if relief.covers_by is not None
        else ""
    )
    return Group(rows, Text(says + lasting), Text(""))


def valued(x: float, unit: Unit, grid: Grid) -> str:
    """A number of an answer as a person reads it: `$33.3bn`, `4.2 %`, `2041 Q3`."""
    if not math.isfinite(x):
        return "-"
    match unit:
        case Unit.USD:
            return dollars(x)
        case Unit.SHARE | Unit.EVENT:
            return percent(x)
        case Unit.RATE:
            return rate(x)
        case Unit.QUARTER:
            return grid.label(math.floor(x))
        case Unit.COUNT:
            return f"{x:.1f}".removesuffix(".0")
    return f"{x:.2f}"


def run_json(
    name: str,
    simulation: Simulation,
    answers: Sequence[Answer],
    readings: Sequence[Reading],
    relief: Relief | None,
    grid: Grid,
) -> Json:
    """The same for programs; dollars, shares and rates per year as numbers, none as null."""
    plan = simulation.plan
    return {
        "programme": {"key": plan.programme, "name": name},
        "scenarios": simulation.scenarios,
        "seed": simulation.seed,
        "interpretation": simulation.interpretation,
        "first_quarter": grid.label(0),
        "deadline": grid.label(plan.deadline),
        "answers": [_answer_json(a) for a in answers],
        "interpretations": [
            {
                "name": r.interpretation.name,
                "says": r.interpretation.label,
                "weight": r.weight,
                "principal_back": _number(r.back.mean),
                "error": _number(r.back.error),
                "npv": _number(r.npv.mean),
            }
            for r in readings
        ],
        "relief": None
        if relief is None
        else {
            "worth": _answer_json(relief.worth),
            "cost": _answer_json(relief.cost),
            "investment": relief.verdict.investment,
            "insurance": relief.verdict.insurance,
            "neither": relief.verdict.neither,
            "covers_by": relief.covers_by,
            "yearly": [{"year": year, "usd": amount} for year, amount in relief.yearly],
        },
        "projects": [
            {
                "id": c.id,
                "name": c.name,
                "sector": c.sector,
                "stage": c.stage,
                "selected": grid.label(c.selected),
                "funded": s.funded,
                "called": _number(s.called),
                "principal_back": _number(s.back),
                "npv_pledging": _number(s.npv_pledging),
                "npv_host": _number(s.npv_host),
            }
            for c, s in zip(plan.candidates, simulation.standings, strict=True)
        ],
        "inputs": inputs_json(plan_inputs(plan), grid),
        "excluded": [{"what": e.what, "why": e.why, "mend": e.mend} for e in plan.excluded],
    }


def _answer_json(one: Answer) -> Json:
    numbers = {n: _number(getattr(one, n)) for n in ("mean", "error", *_PERCENTILES)}
    return {"name": one.name, "label": one.label, "unit": one.unit.value, **numbers, "defined": one.defined}


def _number(x: float) -> float | None:
    return float(x) if math.isfinite(x) else None
