"""A run on half a screen: drawn by the deadline, who gets what, does the principal return, and what to check next."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pledger.vehicle.asking.quantities import SIDES
from pledger.views.attention import sentence
from pledger.views.cashflows import dollars, percent
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, heading, plain, table

if TYPE_CHECKING:
    from pledger.ledger.why import Evidence
    from pledger.vehicle.asking.answers import Answer, Reading, Relief
    from pledger.vehicle.asking.attention import Attention
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.montecarlo.simulation import Simulation

__all__ = ["outlook"]

Fact = tuple["Attention", Sequence["Evidence"]]


def outlook(
    name: str,
    simulation: Simulation,
    answers: Sequence[Answer],
    readings: Sequence[Reading],
    relief: Relief | None,
    facts: Sequence[Fact],
    grid: Grid,
    deadline: dt.date | None = None,
) -> RenderableType:
    """The answers that are asked for first; `pledger run` has all of them with every input."""
    known = {a.name: a for a in answers}
    blocks: list[RenderableType] = [heading(f"What follows for money: {clean(name)}")]
    blocks.append(_drawn(known["drawn"], simulation, grid, deadline))
    blocks += [Text(""), _parties(known), Text(""), _readings(readings)]
    if relief is not None:
        blocks += [Text(""), _relief(relief)]
    blocks += [Text(""), *_facts(facts)]
    return Group(*blocks)


def _drawn(drawn: Answer, simulation: Simulation, grid: Grid, deadline: dt.date | None) -> RenderableType:
    plan = simulation.plan
    quarter = grid.label(plan.deadline)
    by = f"by {deadline:%B %Y} (the end of {quarter})" if deadline is not None else f"by the deadline in {quarter}"
    share = (
        f", {percent(drawn.p50 / plan.funding.ceiling)} of the ceiling" if math.isfinite(plan.funding.ceiling) else ""
    )
    return Text.assemble(
        f"Drawn {by}: ",
        (dollars(drawn.p50), "bold"),
        f" in the median{share}; nine in ten of {simulation.scenarios:,} scenarios lie between {dollars(drawn.p5)} and "
        f"{dollars(drawn.p95)}.",
    )


def _parties(known: dict[str, Answer]) -> RenderableType:
    rows = table("Who gets what", *((head, NUMBER) for head in ("Gets, median", "NPV, mean", "NPV, 5 % to 95 %")))
    for side, said in SIDES.items():
        gets, npv = known.get(f"receipts of {side}"), known.get(f"npv of {side}")
        rows.add_row(
            plain(said.removeprefix("the ")),
            dollars(gets.p50) if gets else "-",
            dollars(npv.mean) if npv else "-",
            f"{dollars(npv.p5)} to {dollars(npv.p95)}" if npv else "-",
        )
    return rows


def _readings(readings: Sequence[Reading]) -> RenderableType:
    rows = table("Principal comes back, if the terms mean", ("In", NUMBER), ("Weight", NUMBER))
    for one in readings:
        weight = percent(one.weight) if one.weight else "not drawn"
        rows.add_row(plain(one.interpretation.name), percent(one.back.mean), weight)
    return rows


def _relief(relief: Relief) -> RenderableType:
    worth, cost = relief.worth, relief.cost
    return Text(
        f"Beside it, tariff relief worth {dollars(worth.p50)} today in the median ({dollars(worth.p5)} to "
        f"{dollars(worth.p95)}); the pledge costs {dollars(cost.p50)} ({dollars(cost.p5)} to {dollars(cost.p95)})."
    )


def _facts(facts: Sequence[Fact]) -> list[RenderableType]:
    if not facts:
        return [Text("No reported fact leaves these answers open.", style="dim")]
    blocks: list[RenderableType] = [Text("To check next, since the answer rests on it:", style="bold")]
    for place, (fact, sentences) in enumerate(facts, 1):
        share = f"{100 * max(0.0, fact.index.value):.1f} % of what is open"
        blocks.append(Text.assemble(f"{place}. {clean(fact.label)}", (f"  {share}  {fact.figure or ''}", "dim")))
        blocks += [Padding(sentence(one), (0, 0, 0, 3)) for one in sentences[:2]]
    return blocks
