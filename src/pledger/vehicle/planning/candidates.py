"""One project of a plan: what the ledger tells of it, completed by its sector."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from pledger.ledger.distributions import Belief
from pledger.model import Stage
from pledger.vehicle.grid import Grid
from pledger.vehicle.overruns import delay_input, overrun_input
from pledger.vehicle.planning.fill import PREFIX
from pledger.vehicle.planning.floors import floored
from pledger.vehicle.planning.realisation import outcomes, probability, rate
from pledger.vehicle.planning.timing import Lag, Selected, due_day, starts
from pledger.vehicle.planning.told import Programme, Told
from pledger.vehicle.sectors import UNKNOWN, Sector, inputs, sector, sector_of
from pledger.vehicle.shapes import point
from pledger.vehicle.words import Basis, Candidate, Input

__all__ = ["Named", "candidate", "unnamed"]

_SHOWN = 0.01
"""Probability from which a stage or a doubt is told."""


@dataclass(frozen=True, slots=True)
class Named:
    """A project that can be run: what is told of it, its cost, and when it was or is taken to be selected."""

    told: Told
    cost: Input
    selected: Selected
    spacing: float = 0.0
    """Quarters by which an assumed selection may be later."""


def candidate(named: Named, programme: Programme, lag: Lag, grid: Grid) -> Candidate:
    """The candidate of a project, with the claims behind what is reported."""
    told = named.told
    its = sector(sector_of((*told.kinds, *told.sectors, told.entity.name, *told.entity.aliases)))
    belief, basis, says, figure = starts(told, due_day(named.selected.day, lag), _lead(its, named.spacing), grid)
    lead = _number(its, "lead")
    start = Input(
        name=f"{told.entity.id}.start",
        label=f"{told.entity.name}: start of building ({says})",
        unit="quarters",
        basis=basis if figure is not None or named.selected.basis is not Basis.ASSUMPTION else Basis.ASSUMPTION,
        belief=belief,
        sources=programme.sources(figure) if figure is not None else lead.sources,
        figure=figure.id if figure is not None else None,
        claims=tuple(c for side in figure.sides for c in side.claims) if figure is not None else (),
    )
    return _made(told.entity.id, told.entity.name, its, _proceeds(told), named.cost, start, named.selected, grid, told)


def unnamed(number: int, size: Belief, notice: dt.date, spacing: float, lag: Lag, grid: Grid) -> Candidate:
    """A project that no report has named yet, number 1, 2... of those that fill the ceiling; all of it assumption."""
    key, name = f"{PREFIX}{number:03d}", f"unnamed project {number}"
    cost = Input(f"{key}.cost", f"{name}: cost (what is left of the ceiling)", "USD", Basis.ASSUMPTION, size)
    known, wide = rate(Stage.PLEDGED), sector(UNKNOWN)
    proceeds = Input(
        f"{key}.proceeds",
        f"{name}: proceeds (as often as what is pledged)",
        "probability",
        Basis.ASSUMPTION,
        point(known.central, "probability"),
        known.sources,
    )
    belief, _, _, _ = starts(None, due_day(notice, lag), _lead(wide, spacing), grid)
    start = Input(f"{key}.start", f"{name}: start of building", "quarters", Basis.ASSUMPTION, belief)
    at = Selected(notice, Basis.ASSUMPTION, "spread evenly over what is left of the window")
    return _made(key, name, wide, proceeds, cost, start, at, grid, None)


def _lead(its: Sector, spacing: float) -> tuple[float, float, float]:
    """Quarters from the due day to the start; an assumed selection may be later by as much as candidates lie apart."""
    return its.lead.low, its.lead.central, its.lead.high + spacing


def _proceeds(told: Told) -> Input:
    figure = told.stage
    claims = tuple(c for side in figure.sides for c in side.claims) if figure is not None else ()
    stages = [stage for word, _ in (told.ahead.options if told.ahead else ()) for stage in Stage if stage == word]
    known = tuple(dict.fromkeys(source for stage in stages or [Stage.CANDIDATE] for source in rate(stage).sources))
    ahead = told.ahead
    said = "no report gives its stage: taken as a candidate"
    if ahead is not None:
        words = ", ".join(f"{word} {p:.0%}" if p < 1 else word for word, p in ahead.options if p >= _SHOWN)
        said = f"reported: {words}" + (f"; doubt {ahead.doubt:.0%}" if ahead.doubt >= _SHOWN else "")
    return Input(
        name=f"{told.entity.id}.proceeds",
        label=f"{told.entity.name}: proceeds ({said})",
        unit="probability",
        basis=Basis.REFERENCE if figure is not None else Basis.ASSUMPTION,
        belief=point(probability(told.ahead), "probability"),
        sources=known,
        figure=figure.id if figure is not None else None,
        claims=claims,
    )


def _number(its: Sector, field: str) -> Input:
    """One number of a sector as an input."""
    return next(i for i in inputs(its.key) if i.name == f"sector.{its.key}.{field}")


def _made(
    key: str,
    name: str,
    its: Sector,
    proceeds: Input,
    cost: Input,
    start: Input,
    selected: Selected,
    grid: Grid,
    told: Told | None,
) -> Candidate:
    """The candidate with its sector's numbers, under names of its own."""
    overrun = overrun_input(its.key, f"{key}.overrun", f"{name}: cost overrun")
    delay = delay_input(its.key, f"{key}.delay", f"{name}: delay of building")
    gross = _number(its, "cash_yield")
    # A plant that would lose cash is stopped: there is nothing to share, and nobody is called on to pay it.
    paying = floored(gross.belief, 0.0) if isinstance(gross.belief, Belief) else gross.belief
    said = f"{name}: cash before debt on cost, a year"
    cash_yield = replace(gross, name=f"{key}.cash_yield", label=said, belief=paying)
    return Candidate(
        id=key,
        name=name,
        sector=its.key,
        proceeds=proceeds,
        cost=cost,
        overrun=overrun,
        start=start,
        delay=delay,
        cash_yield=cash_yield,
        selected=grid.of(selected.day),
        build=max(1, its.build_quarters),
        life=its.life_quarters,
        growth=its.growth.central,
        ramp_quarters=max(1, its.ramp_quarters),
        sponsors=told.sponsors if told is not None else (),
        stage=str(told.rung) if told is not None and told.rung is not None else None,
        stages=outcomes(told.ahead) if told is not None else (),
    )
