"""What to check next: how much an answer would narrow if one reported fact were settled.

Facts are ranked by the first-order index of `indices`. Where inputs depend on each other an index holds what one tells
of the others too. Whether a project proceeds is not for a report to settle; its stage is, and counts by `settling`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.ledger.distributions import Categories
from pledger.vehicle.asking.answers import column
from pledger.vehicle.asking.indices import Index, first_order
from pledger.vehicle.asking.quantities import Quantity
from pledger.vehicle.asking.settling import stage_index
from pledger.vehicle.montecarlo.columns import common_factor
from pledger.vehicle.montecarlo.columns import draw as drawn
from pledger.vehicle.montecarlo.simulation import Simulation
from pledger.vehicle.words import Basis, Candidate, Floats, Input, Plan, Source

__all__ = ["Attention", "Index", "all_inputs", "first_order", "rank", "ranking", "uncertain"]

_SHOWN = 0.01
"""Weight from which a stage is told."""
Draw = Callable[[Input], npt.NDArray[np.generic]]
"""Gives the column of one input, scenario by scenario."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One fact (or one input without a figure of its own), and what settling it would do to an answer."""

    answer: str
    index: Index
    label: str
    inputs: tuple[str, ...]
    """The names of the inputs that the fact feeds."""
    basis: Basis
    figure: str | None
    """The ledger's figure: `pledger why FIGURE` shows its sentences."""
    claims: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def checkable(self) -> bool:
        """Whether sentences stand behind it: reported, or drawn from a reported figure by reference data."""
        return self.basis is Basis.REPORTED or self.figure is not None


def all_inputs(plan: Plan) -> tuple[Input, ...]:
    """Every input that a run draws from: the reading of the terms, then project by project."""
    drawn = [plan.interpretation]
    for c in plan.candidates:
        drawn += [c.proceeds, c.cost, c.overrun, c.start, c.delay, c.cash_yield]
    return tuple(drawn)


def uncertain(plan: Plan) -> tuple[Input, ...]:
    """The inputs that can come out in more than one way."""
    proceeding = {c.proceeds.name: c for c in plan.candidates}
    return tuple(i for i in all_inputs(plan) if _varies(i, proceeding.get(i.name)))


def _varies(one: Input, proceeding: Candidate | None) -> bool:
    belief = one.belief
    if isinstance(belief, Categories):
        return sum(p > 0 for _, p in belief.options) > 1
    if proceeding is not None:  # a point, but the probability of a yes
        return 0 < belief.mean() < 1
    low, high = belief.bounds()
    return low < high


def rank(
    plan: Plan, simulation: Simulation, answer: Quantity, draw: Draw | None = None, *, everything: bool = False
) -> tuple[Attention, ...]:
    """The facts behind a simulation of `plan`, by how much `answer` would narrow if each were settled.

    `draw` gives an input's column in the simulation's scenarios; by default it is drawn again from the seed. For the
    rest see `ranking`.
    """
    seed, scenarios = simulation.seed, simulation.scenarios

    def again(one: Input) -> Floats:
        return drawn(plan, one.name, seed, scenarios)

    common = common_factor(plan, seed, scenarios)
    y = column(simulation, answer)
    return ranking(plan, answer.name, y, draw or again, common=common, everything=everything)


def ranking(
    plan: Plan, answer: str, y: Floats, draw: Draw, *, common: Floats | None = None, everything: bool = False
) -> tuple[Attention, ...]:
    """The facts behind a plan, by how much an answer would narrow if each were settled; the most telling first.

    `y` is the answer scenario by scenario, `draw` gives an input's column in the same scenarios, `common` is the factor
    behind all projects in them. Only what sentences stand behind counts unless `everything`: what reference classes and
    the future leave open cannot be checked by a call. Inputs fed by one figure of the ledger are settled together.
    """
    staged = {c.proceeds.name: c for c in plan.candidates if c.stages}
    found: list[Attention] = []
    facts: dict[str, list[Input]] = {}
    for one in uncertain(plan):
        candidate = staged.get(one.name)
        if candidate is not None:
            proceeds = np.asarray(draw(one), dtype=np.float64)
            if one.figure is not None:
                index = stage_index(candidate.stages, proceeds, y, common)
                found.append(
                    _attention(answer, [one], index, f"{candidate.name}: stage ({_told(candidate)})", stage=True)
                )
            if everything:
                label = f"{candidate.name}: whether it proceeds"
                found.append(_attention(answer, [one], first_order(proceeds, y), label))
        elif everything or one.basis is Basis.REPORTED or one.figure is not None:
            facts.setdefault(one.figure or one.name, []).append(one)
    for inputs in facts.values():
        label = "; ".join(dict.fromkeys(i.label for i in inputs))
        found.append(_attention(answer, inputs, first_order([draw(i) for i in inputs], y), label))
    return tuple(sorted(found, key=lambda a: (-a.index.value, a.inputs, a.label)))


def _told(candidate: Candidate) -> str:
    return ", ".join(f"{stage} {weight:.0%}" for stage, weight, _ in candidate.stages if weight >= _SHOWN)


def _attention(answer: str, inputs: list[Input], index: Index, label: str, *, stage: bool = False) -> Attention:
    fate = not stage and inputs[0].name.endswith(".proceeds")
    return Attention(
        answer=answer,
        index=index,
        label=label,
        inputs=tuple(i.name for i in inputs),
        basis=Basis.REPORTED if stage else inputs[0].basis,
        figure=None if fate else inputs[0].figure,
        claims=() if fate else tuple(dict.fromkeys(c for i in inputs for c in i.claims)),
        sources=tuple(dict.fromkeys(s for i in inputs for s in i.sources)),
    )
