"""Criteria by which candidates are compared, and the mark from 0 to 1 that each gets by them.

A criterion's rule is stated in `data/lexicon/selection.toml` and does not depend on the other candidates:

    mark  = (value - zero) / (full - zero), held to [0, 1]
    score = sum of weight x mark over the sum of weights

A value that is not known gets no mark: it counts as 0 and is listed as unknown.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pledger.data import lexicon, reference
from pledger.model import Attribute, Figure, Text
from pledger.vehicle.words import Basis, Source

__all__ = [
    "Criterion",
    "Dependence",
    "Mark",
    "conditions",
    "criteria",
    "dependence",
    "hurdle",
    "mark",
    "readiness",
    "reweighted",
    "score",
]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way of looking at a candidate, with its rule and its weight."""

    key: str
    short: str
    """The label in one short word, for the head of a column."""
    label: str
    question: str
    unit: str
    zero: float
    """The value that gets 0."""
    full: float
    """The value that gets 1."""
    weight: float
    side: str
    """`strategy`, `return`, or empty for neither."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a candidate gets by one criterion."""

    criterion: str
    value: float | None
    """In the criterion's unit; None where it is not known."""
    mark: float
    note: str = ""
    """What the value rests on."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """How far a sector's goods come from elsewhere."""

    share: float
    measure: str
    basis: Basis
    source: Source
    note: str


def hurdle() -> float:
    """The score that a dollar must beat to be worth calling, where a user asks for no other."""
    return float(lexicon("selection")["choice"]["hurdle"])


@cache
def criteria() -> tuple[Criterion, ...]:
    """The criteria as they are kept, with their default weights."""
    return tuple(Criterion(**row) for row in lexicon("selection")["criteria"])


def mark(criterion: Criterion, value: float | None, note: str = "") -> Mark:
    """The mark for a value by a criterion's rule."""
    if value is None or math.isnan(value):
        return Mark(criterion.key, None, 0.0, note or "not known: counts as 0")
    share = (value - criterion.zero) / (criterion.full - criterion.zero)
    return Mark(criterion.key, value, min(1.0, max(0.0, share)), note)


def score(marks: Iterable[Mark], by: Sequence[Criterion]) -> float:
    """The weighted mean of the marks by these criteria, 0 to 1; 0 where no weight is above zero."""
    got = {m.criterion: m.mark for m in marks}
    whole = math.fsum(c.weight for c in by)
    return math.fsum(c.weight * got.get(c.key, 0.0) for c in by) / whole if whole > 0 else 0.0


@cache
def dependence(sector: str) -> Dependence | None:
    """What is known of a sector's dependence; None where nothing is."""
    for row in reference("dependence"):
        if row["sector"] == sector:
            source = Source(
                row["source"] or row["measure"], int(row["year"]) if row["year"] else None, row["weak"] == "yes"
            )
            return Dependence(float(row["share"]), row["measure"], Basis(row["basis"]), source, row["note"])
    return None


def readiness(stage: str | None, met: int, left_open: int) -> tuple[float, str]:
    """The value of the criterion `readiness` and what it rests on.

    The mark of the stage (that of a candidate where none is told), times `1 - open x share of conditions left open`.
    """
    table = lexicon("selection")["readiness"]
    known = stage if stage in table["stages"] else "candidate"
    base = float(table["stages"][known])
    told = met + left_open
    value = base * (1 - float(table["open"]) * left_open / told) if told else base
    says = stage or "no stage told: as a candidate"
    return value, f"{says}; conditions: {met} met, {left_open} open" if told else f"{says}; no conditions told"


def conditions(figures: Iterable[Figure]) -> Mapping[str, tuple[int, int]]:
    """By entity the numbers of its conditions that are met and that are open, as the reader of conditions says it."""
    found: dict[str, tuple[int, int]] = {}
    for figure in figures:
        if figure.attribute is Attribute.CONDITION and isinstance(figure.value, Text):
            words = figure.value.text.rstrip(")").replace("(", " ").replace(":", " ").split()
            met, left_open = found.get(figure.entity.id, (0, 0))
            if words and words[-1] in ("met", "open"):
                found[figure.entity.id] = (met + (words[-1] == "met"), left_open + (words[-1] == "open"))
    return found


def reweighted(weights: Mapping[str, float], scales: Mapping[str, tuple[float, float]]) -> tuple[Criterion, ...]:
    """The criteria with a user's weights and scales; where weights are given, criteria without one weigh nothing.

    Raises ValueError, with the mend, for an unknown criterion, a weight that is not 0 or more, or weights all 0.
    """
    known = {c.key for c in criteria()}
    for name in (*weights, *scales):
        if name not in known:
            raise ValueError(f"no criterion {name!r}; there are {', '.join(c.key for c in criteria())}")
    for name, weight in weights.items():
        if not (math.isfinite(weight) and weight >= 0):
            raise ValueError(f"the weight of {name} is {weight:g}; give a number of 0 or more")
    for name, (zero, full) in scales.items():
        if not (math.isfinite(zero) and math.isfinite(full)) or zero == full:
            raise ValueError(f"the scale of {name} is {zero:g} to {full:g}; give two different values")
    found = []
    for one in criteria():
        zero, full = scales.get(one.key, (one.zero, one.full))
        weight = float(weights.get(one.key, 0.0)) if weights else one.weight
        found.append(replace(one, weight=weight, zero=zero, full=full))
    if not any(c.weight > 0 for c in found):
        raise ValueError("all weights are 0; give at least one that is more")
    return tuple(found)
