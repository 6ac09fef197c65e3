"""How far costs and building times overrun, by class of project, from `data/reference/overruns.csv`.

Two studies disagree (on dams and on transmission lines even about the sign): each can be asked for, as a sensitivity.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from pledger.data import reference
from pledger.ledger.distributions import Belief, Part, Shape
from pledger.vehicle.sectors import sector
from pledger.vehicle.shapes import point, triangular
from pledger.vehicle.words import Basis, Input, Source

__all__ = [
    "BOSTON",
    "FLYVBJERG",
    "TAIL",
    "Class",
    "class_of",
    "classes",
    "delay",
    "delay_input",
    "mixture",
    "overrun",
    "overrun_input",
    "scaled",
]

FLYVBJERG, BOSTON = "Flyvbjerg and Gardner", "Boston University"
TAIL = 0.5
"""Overruns above this are the tail of a class, as Flyvbjerg and Gardner count it."""
_BORROWED = "unclassified"
_ASSUMED = "assumption"
_ALL = ("energy_all", BOSTON)
"""The class and the study whose building times are known, on average over all its projects."""
_FLOOR = 0.75
"""Least factor on cost, where the class's mean allows it: assumption. It leaves 36 % of projects on budget, the classes
taken alike; over all its projects, most of them of other types, the study has 47.9 %."""


@dataclass(frozen=True, slots=True)
class Class:
    """A class of projects in a study; shares, not per cent."""

    key: str
    study: str
    label: str
    mean: float
    """Mean cost overrun: 0.16 is 16 % over budget."""
    tail: float | None
    """Share of projects whose overrun is above `TAIL`."""
    tail_mean: float | None
    """Their mean overrun."""
    assumption: bool
    """Whether a figure is unverified."""
    source: Source


@cache
def classes() -> tuple[Class, ...]:
    """Every class of every study."""
    return tuple(
        Class(
            row["class"],
            row["set"],
            row["label"],
            float(row["mean_percent"]) / 100,
            float(row["tail_percent"]) / 100 if row["tail_percent"] else None,
            float(row["tail_mean_percent"]) / 100 if row["tail_mean_percent"] else None,
            row["assumption"] != "no",
            Source(row["url"] or row["source"], int(row["year"]), row["weak"] == "yes"),
        )
        for row in reference("overruns")
    )


def class_of(key: str, study: str = FLYVBJERG) -> Class:
    """The class of a study, else of another study that has it; a ValueError where none has."""
    found = [its for its in classes() if its.key == key]
    if not found:
        raise ValueError(f"no class is called {key!r}; data/reference/overruns.csv has them")
    return next((its for its in found if its.study == study), found[0])


def mixture(mean: float, tail: float, tail_mean: float) -> Belief:
    """The factor on cost (1 + overrun) whose mean, share of tail and mean of tail are exactly those given.

    With probability `tail` a falling part from 1 + TAIL to 1 + TAIL + 3 (tail_mean - TAIL): a falling triangle's mean
    lies a third of its width above its foot. Else a triangle over f to 1 + TAIL with mean 1 + b, where
    b = (mean - tail * tail_mean) / (1 - tail) is what the body's mean must be: its mode is 3 (1 + b) - f - (1 + TAIL),
    with f = 0.75 where the mode lies within the triangle then, else the f that puts the mode at that end of it. Real
    tails are longer than a triangle's: the worst of a class is beyond what is drawn here. A `tail_mean` of exactly
    `TAIL` is a tail at that point (solar power, of which whole per cents are known).

    A ValueError where no factors above zero have such moments.
    """
    edge = 1 + TAIL
    if not (0 <= tail <= 1 and (tail == 0 or tail_mean >= TAIL) and math.isfinite(mean) and math.isfinite(tail_mean)):
        raise ValueError(
            f"a tail is a share of projects with overruns above {TAIL:.0%}, not {tail} with mean {tail_mean}"
        )
    parts: list[Part] = []
    if tail < 1:
        body = 1 + (mean - tail * tail_mean) / (1 - tail)
        # Below (2 f + edge) / 3 a triangle over f to edge has no such mean, nor above (f + 2 edge) / 3.
        foot = min(max(_FLOOR, 3 * body - 2 * edge), (3 * body - edge) / 2)
        if not (foot > 0 and body < edge):
            raise ValueError(f"a mean of {mean:g} does not go with a tail of {tail:g} and its mean of {tail_mean:g}")
        mode = min(max(3 * body - foot - edge, foot), edge)
        shape = triangular(foot, mode, edge, "factor")
        parts += [Part(p.low, p.high, p.shape, (1 - tail) * p.weight) for p in shape.parts]
    if tail > 0:
        parts.append(Part(edge, edge + 3 * (tail_mean - TAIL), Shape.FALLING, tail))
    return Belief("factor", tuple(parts))


def scaled(belief: Belief, factor: float) -> Belief:
    """A belief about numbers above zero with every number multiplied by a factor."""
    return Belief(
        belief.unit, tuple(Part(p.low * factor, p.high * factor, p.shape, p.weight) for p in belief.parts), belief.doubt
    )


def overrun(key: str, study: str = FLYVBJERG) -> Belief:
    """The factor on cost of a sector, by the class that `data/sectors.yaml` gives it.

    Where a study gives no tail, its class has the shape of the same class of Flyvbjerg and Gardner (else of the one
    borrowed for sectors without a class), scaled to the study's mean: the mean is exact, the tail is borrowed.
    """
    return _shaped(class_of(sector(key).overrun, study))


def overrun_input(key: str, name: str, label: str, study: str = FLYVBJERG) -> Input:
    """`overrun` as an input called `name`, with its source; an assumption where a figure behind it is unverified."""
    its = class_of(sector(key).overrun, study)
    basis = Basis.ASSUMPTION if its.assumption or its.tail is None else Basis.REFERENCE
    return Input(name, f"{label} (class: {its.label})", "factor", basis, _shaped(its), (its.source,))


def _shaped(its: Class) -> Belief:
    if its.tail is not None and its.tail_mean is not None:
        return mixture(its.mean, its.tail, its.tail_mean)
    own = (c for c in classes() if c.key == its.key and c.tail is not None)
    like = next(own, class_of(_BORROWED, _ASSUMED))
    return scaled(_shaped(like), (1 + its.mean) / (1 + like.mean))


def delay(key: str, study: str = FLYVBJERG) -> Belief:
    """Quarters by which a sector's building takes longer than planned: an assumption; no study by class was found.

    Energy projects take about two years, or 40 %, longer than planned on average, and cost 40 % more (Boston University
    2025, by secondary reports). That time overruns as cost does in every class is assumed, up to what Vogtle took
    (two thirds longer than planned): the mean delay of a class is

        build * min(mean overrun * 0.40 / 0.40, 2/3)

    with the figures of `data/reference/delays.csv` and of the class of all energy projects, and
    the sector's planned `build` in quarters. With probability 0.085 (all types, on budget and on time) there is
    none, else a falling part from 0, whose mean is a third of its end. No delay where the class's mean overrun is not
    above zero.
    """
    its = sector(key)
    figures = {row["name"]: float(row["value"]) for row in reference("delays")}
    longer = class_of(its.overrun, study).mean * figures["longer_than_planned"] / class_of(*_ALL).mean
    mean = its.build.central * min(longer, figures["longest"])
    if mean <= 0:
        return point(0.0, "quarters")
    on_time = figures["on_time_share"]
    end = 3 * mean / (1 - on_time)
    parts = (Part(0.0, 0.0, Shape.UNIFORM, on_time), Part(0.0, end, Shape.FALLING, 1 - on_time))
    return Belief("quarters", parts)


def delay_input(key: str, name: str, label: str, study: str = FLYVBJERG) -> Input:
    """`delay` as an input called `name`: always an assumption, with the sources that bear on it."""
    its = class_of(sector(key).overrun, study)
    of_delays = (
        Source(row["url"] or row["source"], int(row["year"]), row["weak"] == "yes") for row in reference("delays")
    )
    cited = tuple(dict.fromkeys((*of_delays, class_of(*_ALL).source, its.source)))
    return Input(name, f"{label} (class: {its.label})", "quarters", Basis.ASSUMPTION, delay(key, study), cited)
