"""Which candidates to fund: the choice with the highest score within what the user asks for, exactly.

What a choice is worth is the sum over its projects of (score - hurdle) x cost: a dollar counts by how far the project
that it goes to beats the hurdle, so that ten small projects do not outweigh a large one for being ten, and a ceiling is
not filled with what is worth little. Where `by_project`, each counts once.

See `posing` for the units, `choice` for ties and exactness, `impossible` for conflicts, `frontier` for strategy against
return.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pledger.vehicle.choosing.choice import Choice, Kind, best, one_of_the_best
from pledger.vehicle.choosing.criteria import Criterion, score
from pledger.vehicle.choosing.frontier import frontier
from pledger.vehicle.choosing.impossible import Mend, conflict
from pledger.vehicle.choosing.options import Option
from pledger.vehicle.choosing.posing import PERMILLE, Posed, Wishes, dollars, posed, units

__all__ = ["Clash", "Point", "Selection", "Stability", "choose", "select", "stability"]


@dataclass(frozen=True, slots=True)
class Clash:
    """One of the wishes that cannot hold together, and its mend."""

    name: str
    mend: str
    helps: bool
    """Whether that mend alone is enough."""


@dataclass(frozen=True, slots=True)
class Point:
    """An efficient choice between strategy and return."""

    strategy: float
    """Sum of the strategic marks of its projects, each times its cost: USD at the full mark."""
    returns: float
    """Expected NPV of the pledging side, USD."""
    cost: float
    choice: Choice


@dataclass(frozen=True, slots=True)
class Stability:
    """How the choice fares where the facts turn out otherwise."""

    scenarios: int
    chosen: tuple[float, ...]
    """Of each option, the share of the scenarios in which the best choice holds it."""
    same: float
    """Share in which the best choice is the very same."""
    impossible: float
    """Share in which the wishes cannot hold together."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The choice, or why there is none."""

    criteria: tuple[Criterion, ...]
    options: tuple[Option, ...]
    scores: tuple[float, ...]
    wishes: Wishes
    choice: Choice | None
    clashes: tuple[Clash, ...] = ()
    """Where there is no choice: an irreducible set of wishes that cannot hold together."""
    points: tuple[Point, ...] = ()
    """From the greatest return to the most strategy."""
    complete: bool = True
    """False where there are more efficient points than were asked for."""
    stability: Stability | None = None

    @property
    def strategy(self) -> float:
        """The strategic value of the choice, as in `Point`."""
        return _strategy(self.options, self.criteria, self.choice or ())

    @property
    def returns(self) -> float:
        """The expected NPV of the choice to the pledging side, USD."""
        return math.fsum(o.npv_pledging for o in _taken(self.options, self.choice)) if self.choice else 0.0

    @property
    def price(self) -> float:
        """What putting strategy before return costs: NPV of the pledging side from the first point to the last."""
        return self.points[0].returns - self.points[-1].returns if self.points else 0.0


def select(
    options: Sequence[Option], by: Sequence[Criterion], wishes: Wishes, first_year: int, most_points: int = 200
) -> Selection:
    """The best choice and the frontier, or the wishes that cannot hold together. Raises SelectError for bad wishes.

    `by`: criteria with their weights; those of side `strategy` make the frontier's strategic value. `first_year`:
    calendar year of the first of each option's `by_year`. `most_points`: of the frontier.
    """
    scores = tuple(score(option.marks, by) for option in options)
    asked = posed(options, scores, wishes, first_year)
    choice = best(asked.problem)
    if choice is None:
        found = conflict(asked.problem, asked.parts)
        clashes = tuple(_said(mend, asked) for mend in found.mends) if found is not None else ()
        return Selection(tuple(by), tuple(options), scores, wishes, None, clashes)
    strategic = _strategic(by)
    strategy = tuple(units(score(o.marks, strategic) * o.cost, asked.unit) for o in options)
    returns = tuple(units(o.npv_pledging, asked.unit) for o in options)
    edge = frontier(strategy, returns, asked.problem, most_points)
    points = tuple(
        Point(
            _strategy(options, by, p.choice),
            math.fsum(o.npv_pledging for o in _taken(options, p.choice)),
            math.fsum(o.cost for o in _taken(options, p.choice)),
            p.choice,
        )
        for p in edge.points
    )
    return Selection(
        tuple(by), tuple(options), scores, wishes, choice, points=points, complete=edge.complete
    )  # fmt: skip


def choose(options: Sequence[Option], by: Sequence[Criterion], wishes: Wishes, first_year: int) -> Choice | None:
    """One of the best choices alone."""
    return one_of_the_best(posed(options, [score(o.marks, by) for o in options], wishes, first_year).problem)


def stability(
    scenarios: Iterable[Sequence[Option]], by: Sequence[Criterion], wishes: Wishes, first_year: int, base: Choice
) -> Stability:
    """The choice made anew in each scenario, as who knew how it comes out would make it, beside the choice `base`."""
    counts = [0] * len(base)
    number = same = impossible = 0
    for options in scenarios:
        number += 1
        choice = choose(options, by, wishes, first_year)
        if choice is None:
            impossible += 1
            continue
        same += choice == base
        counts = [count + taken for count, taken in zip(counts, choice, strict=True)]
    if not number:
        return Stability(0, (math.nan,) * len(base), math.nan, math.nan)
    return Stability(number, tuple(count / number for count in counts), same / number, impossible / number)


def _said(mend: Mend, asked: Posed) -> Clash:
    """A conflict's limit with its mend in words."""
    limit, wish = mend.limit, asked.wished[mend.limit.name]
    words = f"drop {wish}"
    if mend.bound is not None:
        words = f"raise {wish} to at least {dollars(mend.bound * asked.unit, up=True)}"
    elif mend.share is not None:
        up = limit.kind is Kind.AT_MOST
        rounded = (math.ceil if up else math.floor)(mend.share * PERMILLE) / PERMILLE
        words = f"{'raise' if up else 'lower'} {wish} to {rounded:.1%}"
    return Clash(limit.name, words if mend.helps else f"{words}, which is not enough alone", mend.helps)


def _strategic(by: Sequence[Criterion]) -> list[Criterion]:
    """The criteria that speak for strategy, by their weights; equally where none has any."""
    sided = [c for c in by if c.side == "strategy"]
    if any(c.weight > 0 for c in sided):
        return sided
    return [replace(c, weight=1.0) for c in sided]


def _strategy(options: Sequence[Option], by: Sequence[Criterion], choice: Choice) -> float:
    strategic = _strategic(by)
    return math.fsum(score(o.marks, strategic) * o.cost for o in _taken(options, choice)) if choice else 0.0


def _taken(options: Sequence[Option], choice: Choice) -> list[Option]:
    return [option for option, taken in zip(options, choice, strict=True) if taken]
