"""Whether a project proceeds: the probability of its stage, by what became of comparable pledges.

`data/reference/realisation.csv` has the evidence, a row each with its source. Where several rows speak of one step,
their median counts and the least and the greatest are the range. A project that is

    completed       has proceeded: 1
    implementation  proceeds at the rate of its row
    committed       likewise
    pledged         must first be committed: the rate of its own row times that of `committed`
    candidate       must first be chosen: the rate of its own row times that of `pledged`
    suspended       as its row says
    cancelled       does not: 0

A belief about the stage (`beliefs.ahead`: the ladder with the probability of the words that were used) is averaged
over. The doubt of that belief, that none of the reports is right, counts as a project that is no more than a candidate,
or less far where the reports themselves say so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from statistics import median

from pledger.data import reference
from pledger.ledger.distributions import Categories
from pledger.model import Stage
from pledger.vehicle.words import Basis, Source

__all__ = ["Rate", "outcomes", "probability", "rate"]

_BEFORE = {Stage.CANDIDATE: Stage.PLEDGED, Stage.PLEDGED: Stage.COMMITTED}
"""The stage that a project must still reach before its own rate says that it proceeds."""


@dataclass(frozen=True, slots=True)
class Rate:
    """The probability of proceeding from a stage, its range by the evidence, and the evidence."""

    low: float
    central: float
    high: float
    basis: Basis
    sources: tuple[Source, ...]


@cache
def rate(stage: Stage) -> Rate:
    """The probability that a project of this stage is funded and built."""
    if stage in (Stage.COMPLETED, Stage.CANCELLED):
        sure = float(stage is Stage.COMPLETED)
        return Rate(sure, sure, sure, Basis.REPORTED, ())
    rows = [row for row in reference("realisation") if row["step"] == stage]
    rates = [float(row["rate"]) for row in rows]
    assumed = all(row["source"] == Basis.ASSUMPTION for row in rows)
    sources = tuple(
        Source(row["url"] or f"{row['measure']}: {row['note']}", int(row["year"]), row["weak"] == "yes") for row in rows
    )
    basis = Basis.ASSUMPTION if assumed else Basis.REFERENCE
    step = Rate(min(rates), median(rates), max(rates), basis, sources)
    if stage not in _BEFORE:
        return step
    rest = rate(_BEFORE[stage])
    return Rate(
        step.low * rest.low, step.central * rest.central, step.high * rest.high, basis, (*sources, *rest.sources)
    )


def probability(ahead: Categories | None) -> float:
    """The probability of proceeding under a belief about the stage; that of a candidate where there is none."""
    return min(1.0, math.fsum(weight * chance for _, weight, chance in outcomes(ahead)))


def outcomes(ahead: Categories | None) -> tuple[tuple[str, float, float], ...]:
    """What `probability` averages over: each stage with its weight and the probability of proceeding from it.

    The doubt, where there is any, is one of them: `none of these`.
    """
    base = rate(Stage.CANDIDATE).central
    if ahead is None:
        return ((str(Stage.CANDIDATE), 1.0, base),)
    stages = {str(stage): stage for stage in Stage}
    chances = [(word, p, rate(stages[word]).central if word in stages else base) for word, p in ahead.options]
    told = math.fsum(p * chance for _, p, chance in chances)
    found = tuple((word, (1 - ahead.doubt) * p, chance) for word, p, chance in chances)
    return (*found, ("none of these", ahead.doubt, min(base, told))) if ahead.doubt else found
