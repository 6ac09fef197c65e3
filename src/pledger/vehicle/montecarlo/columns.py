"""The column of one input, made again from the seed, and plans in which an input is forced to a number.

Nothing of what was drawn is kept by a simulation: whoever asks what an input was in each scenario draws it again, by
the same random numbers. For the same reason forcing one input leaves what is drawn for all others as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from pledger.ledger.distributions import Belief, Categories, Part, Shape
from pledger.vehicle.montecarlo.draws import belief_column, uniform_column
from pledger.vehicle.montecarlo.tables import NUMBERS, PlanError, parts, tables
from pledger.vehicle.words import Case, Floats, Plan, Project

__all__ = ["case", "common_factor", "draw", "forced", "sides", "under"]

Ints = npt.NDArray[np.int64]


def draw(plan: Plan, name: str, seed: int, scenarios: int, start: int = 0) -> Floats:
    """What an input was in the scenarios `start` to `start + scenarios`, (n,).

    Of `proceeds` 1 where the project is funded, else 0; of the interpretation its number in `plan.interpretations`; of
    start and delay the number before it is made whole. A candidate's input has its own name, or `ID.cost` and the like.
    Raises PlanError for a name that the plan does not have.
    """
    return _drawn(plan, name, seed, scenarios, start)[0]


def common_factor(plan: Plan, seed: int, scenarios: int, start: int = 0) -> Floats:
    """The factor behind all projects in each scenario (n,): its probability, 0 to 1; those proceed where it is low."""
    made, u = tables(plan, seed), np.empty(scenarios)
    uniform_column(made.seed, made.who[-1], 0, start, u)
    return u


def sides(plan: Plan, name: str, seed: int, scenarios: int, start: int = 0) -> Ints:
    """The number of the part of an input's belief (of a cost: the reported side) that each scenario drew from, (n,)."""
    return _drawn(plan, name, seed, scenarios, start)[1]


def forced(plan: Plan, values: Mapping[str, float]) -> Plan:
    """The plan with the named inputs certain: a number, for `proceeds` a probability. Raises PlanError for a name."""
    candidates = list(plan.candidates)
    for name, value in values.items():
        for place, number in _find(plan, name):
            if place < 0:
                raise PlanError(f"{name} is a choice; give an interpretation by its name")
            field = NUMBERS[number]
            item = getattr(candidates[place], field)
            belief = Belief(item.unit, (Part(float(value), float(value), Shape.UNIFORM, 1.0),))
            candidates[place] = replace(candidates[place], **{field: replace(item, belief=belief)})
    return replace(plan, candidates=tuple(candidates))


def under(plan: Plan, interpretation: str) -> Plan:
    """The plan under one interpretation, by name. Raises PlanError where there is none of that name."""
    names = [one.name for one in plan.interpretations]
    if interpretation not in names:
        raise PlanError(f"{plan.programme} has no interpretation {interpretation!r}; there are {', '.join(names)}")
    choice = Categories(((interpretation, 1.0), *((name, 0.0) for name in names if name != interpretation)))
    return replace(plan, interpretation=replace(plan.interpretation, belief=choice))


def case(plan: Plan, seed: int, scenario: int) -> Case:
    """One scenario as a case that `cash.run` computes in full, with the projects that are funded in it."""
    drawn = {
        (place, field): float(draw(plan, f"{one.id}.{field}", seed, 1, scenario)[0])
        for place, one in enumerate(plan.candidates) for field in NUMBERS
    }  # fmt: skip
    projects = tuple(
        Project(
            name=one.id,
            cost=drawn[place, "cost"],
            overrun=drawn[place, "overrun"],
            selected=one.selected,
            start=max(one.selected, int(np.floor(drawn[place, "start"]))),
            build=max(1, one.build + int(np.floor(drawn[place, "delay"] + 0.5))),
            life=one.life,
            cash_yield=drawn[place, "cash_yield"],
            growth=one.growth,
            ramp_quarters=one.ramp_quarters,
            cancelled=one.cancelled,
        )
        for place, one in enumerate(plan.candidates)
        if drawn[place, "proceeds"]
    )
    reading = plan.interpretations[int(draw(plan, plan.interpretation.name, seed, 1, scenario)[0])]
    return Case(projects, reading.rules, plan.funding, plan.quarters, plan.first_quarter)


def _find(plan: Plan, name: str) -> list[tuple[int, int]]:
    """Candidates and numbers of the inputs of a name; the interpretation is candidate -1."""
    if name == plan.interpretation.name:
        return [(-1, 1)]
    found = [
        (place, number)
        for place, one in enumerate(plan.candidates) for number, field in enumerate(NUMBERS)
        if f"{one.id}.{field}" == name
    ] or [
        (place, number)
        for place, one in enumerate(plan.candidates) for number, field in enumerate(NUMBERS)
        if getattr(one, field).name == name
    ]  # fmt: skip
    if not found:
        raise PlanError(f"{plan.programme} has no input {name!r}; inputs are named as ID.cost, ID.start and the like")
    return found


def _drawn(plan: Plan, name: str, seed: int, scenarios: int, start: int) -> tuple[Floats, Ints]:
    found = _find(plan, name)
    if len(found) > 1:
        raise PlanError(
            f"{len(found)} candidates have an input {name!r}; name the candidate: ID.{NUMBERS[found[0][1]]}"
        )
    place, number = found[0]
    made = tables(plan, seed)
    u = np.empty(scenarios)
    uniform_column(made.seed, made.who[place], number, start, u)
    if place < 0:
        picked = np.searchsorted(made.readings[:-1, 0], u, side="right").astype(np.int64)
        return picked.astype(np.float64), picked
    if number == 0:
        common = np.empty(scenarios)
        uniform_column(made.seed, made.who[-1], 0, start, common)
        room = made.scores[made.score[place]] - made.factor[0] * ndtri(common)
        with np.errstate(divide="ignore", invalid="ignore"):
            limit = ndtr(room / made.factor[1]) if made.factor[1] else (room > 0).astype(np.float64)
        yes = (u < limit).astype(np.int64)
        return yes.astype(np.float64), yes
    own = parts([getattr(plan.candidates[place], NUMBERS[number])])
    values, picks = np.empty(scenarios), np.empty(scenarios, np.int64)
    belief_column(u, own.edges, own.low, own.high, own.shape, values, picks)
    return values, picks
