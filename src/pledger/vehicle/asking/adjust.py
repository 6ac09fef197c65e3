"""A plan with something about it changed: what scenarios and the search for a lever's value are made of.

Every function gives a new plan in which each input keeps its name, so that the random numbers behind it stay the same:
two runs differ by the change alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from pledger.ledger.distributions import Belief, Categories, Part, Shape
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import Basis, Candidate, Funding, Input, Interpretation, Plan, Rules, Source

__all__ = [
    "candidates",
    "forced",
    "funded",
    "grid_of",
    "pinned",
    "ruled",
    "scaled",
    "shifted",
]

Names = Collection[str] | None
"""Ids of candidates; None for all of them."""


def grid_of(plan: Plan) -> Grid:
    """The plan's quarters."""
    return Grid(plan.first_year, plan.first_quarter, plan.quarters)


def scaled(one: Input, by: float, why: Source | None = None) -> Input:
    """The input with its distribution stretched by a factor. Raises AskError for a negative one."""
    if by < 0:
        raise AskError(f"{one.name} cannot be scaled by {by:g}")
    return _spread(one, lambda x: x * by, why)


def shifted(one: Input, by: float, why: Source | None = None) -> Input:
    """The input with its distribution moved by a distance in its unit."""
    return _spread(one, lambda x: x + by, why)


def pinned(one: Input, to: float, why: Source | None = None) -> Input:
    """The input known to be one number."""
    belief = one.belief
    unit = belief.unit if isinstance(belief, Belief) else one.unit
    return _marked(replace(one, belief=Belief(unit, (Part(to, to, Shape.UNIFORM, 1.0),))), why)


def _spread(one: Input, move: Callable[[float], float], why: Source | None) -> Input:
    if not isinstance(one.belief, Belief):
        raise TypeError(f"{one.name} is a choice between words, not a number")
    parts = tuple(replace(part, low=move(part.low), high=move(part.high)) for part in one.belief.parts)
    return _marked(replace(one, belief=replace(one.belief, parts=parts)), why)


def _marked(one: Input, why: Source | None) -> Input:
    """A number that somebody changed is an assumption, and says whose."""
    return one if why is None else replace(one, basis=Basis.ASSUMPTION, sources=(why, *one.sources))


def candidates(plan: Plan, change: Callable[[Candidate], Candidate], who: Names = None) -> Plan:
    """The plan with `change` made to each candidate, or to those whose ids are named."""
    return replace(plan, candidates=tuple(change(c) if who is None or c.id in who else c for c in plan.candidates))


def ruled(plan: Plan, change: Callable[[Rules], Rules]) -> Plan:
    """The plan with `change` made to the rules of every reading of the terms."""
    return replace(plan, interpretations=tuple(replace(i, rules=change(i.rules)) for i in plan.interpretations))


def funded(plan: Plan, change: Callable[[Funding], Funding]) -> Plan:
    """The plan with `change` made to how calls are paid and bounded."""
    return replace(plan, funding=change(plan.funding))


def forced(plan: Plan, interpretation: str) -> Plan:
    """The plan under one reading of its terms. Raises AskError for one that the terms do not name."""
    readings: tuple[Interpretation, ...] = plan.interpretations
    if interpretation not in (names := [i.name for i in readings]):
        raise AskError(f"no reading {interpretation!r} of the terms of {plan.programme}; known: {', '.join(names)}")
    others = tuple((name, 0.0) for name in names if name != interpretation)
    belief = Categories(((interpretation, 1.0), *others))
    return replace(plan, interpretation=replace(plan.interpretation, belief=belief))
