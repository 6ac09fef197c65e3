"""Claims about a run as a person writes them on one line: `principal back by 2045 >= 80%`.

    [STATISTIC] ANSWER [by YEAR] RELATION VALUE [with CHANCE]

    principal back by 2045 >= 80%          the chance of what happens or does not
    drawn <= 200bn with 90%                the chance that a number is so
    median npv of host >= 0                a statistic over the scenarios: mean, median, p5, p25, p75, p95
    drawn by 2028 >= 50bn with 80%         by the end of a year

RELATION is >=, <=, `at least` or `at most`; VALUE has a unit where it needs one: 200bn, 1.5tn, 40%, 1.2, and for
payback the year by whose end it comes.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pledger.vehicle.asking.adjust import grid_of
from pledger.vehicle.asking.quantities import Quantity, Unit, quantity
from pledger.vehicle.asking.solve import Measure
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.words import Floats, Plan

__all__ = ["Stated", "measured", "parsed", "until_then"]

STATISTICS = {"mean": math.nan, "median": 50.0, "p5": 5.0, "p25": 25.0, "p50": 50.0, "p75": 75.0, "p95": 95.0}
_SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "tn": 1e12,
           "trillion": 1e12, "%": 0.01, "percent": 0.01, "per cent": 0.01, "x": 1.0}  # fmt: skip
_LINE = re.compile(
    r"\s*(?:(?P<statistic>mean|median|p\d+)\s+)?(?P<answer>[a-z_. ']+?)(?:\s+by\s+(?P<by>\d{4}))?"
    r"(?:\s*(?P<relation>>=|<=|=>|=<|≥|≤|>|<|\bat least\b|\bat most\b)"
    r"\s*(?P<value>[$]?\s*-?[\d.,]+\s*(?:(?!with\b)[a-z]+|%|per cent)?))?"
    r"(?:\s+with\s+(?P<chance>\d+(?:[.]\d+)?)\s*(?:%|per cent|percent))?\s*",
    re.IGNORECASE,
)
_VALUE = re.compile(r"[$]?\s*(-?[\d,]*\.?\d+)\s*([a-z%]*|per cent)", re.IGNORECASE)
_SHAPE = "write it as `principal back by 2045 >= 80%` or `drawn <= 200bn with 90%` or `median npv of host >= 0`"


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim about a run that holds or does not."""

    quantity: Quantity
    at_least: bool
    """Whether the value is a lower bound (else an upper one)."""
    value: float | None
    """Bound of the quantity, in its unit; None for what happens or does not, and a calendar year for a quarter."""
    chance: float | None
    """Bound of the chance; None for a claim about a statistic."""
    statistic: str | None
    by: int | None
    """The year by whose end it must be so."""
    text: str

    def holds(self, measured: float) -> bool:
        """Whether what was measured meets the claim: a chance its bound, a statistic the value."""
        lower = self.at_least if self.chance is None or self.value is None else True
        return measured >= self.bound if lower else measured <= self.bound

    @property
    def bound(self) -> float:
        """What the measure is compared with."""
        found = self.value if self.chance is None else self.chance
        return math.nan if found is None else found


def parsed(text: str) -> Stated:
    """The claim that a line states. Raises AskError with the mend where it states none."""
    line = _LINE.fullmatch(text)
    if line is None:
        raise AskError(f"{text!r} is no claim; {_SHAPE}")
    what = quantity(line["answer"])
    relation, value, chance = line["relation"], line["value"], line["chance"]
    at_least = relation is None or relation.lower() in (">=", "=>", ">", "≥", "at least")
    by = int(line["by"]) if line["by"] else None
    _timely(what, by)
    if what.unit is Unit.EVENT:
        if line["statistic"] or (value is None) == (chance is None):
            raise AskError(f"{what.name} happens or does not: say with what chance, as in `{what.name} >= 80%`")
        bound = _number(value, Unit.SHARE) if value else float(chance) / 100
        if not 0 <= bound <= 1:
            raise AskError(f"a chance is between 0% and 100%, not {bound:.0%}")
        return Stated(what, at_least, None, bound, None, by, text.strip())
    if value is None:
        raise AskError(f"{text!r} names no value to compare with; {_SHAPE}")
    if (chance is None) == (line["statistic"] is None):
        raise AskError(
            f"{what.name} differs between scenarios: say `with 80%` behind the value, or `median` before the answer"
        )
    share = float(chance) / 100 if chance else None
    if share is not None and share > 1:
        raise AskError(f"a chance is between 0% and 100%, not {share:.0%}")
    statistic = line["statistic"].lower() if line["statistic"] else None
    if statistic is not None and statistic not in STATISTICS:
        raise AskError(f"{statistic} is no statistic that is kept; known: {', '.join(STATISTICS)}")
    return Stated(what, at_least, _number(value, what.unit), share, statistic, by, text.strip())


def _timely(what: Quantity, by: int | None) -> None:
    if by is not None and what.unit is not Unit.EVENT and what.key != "drawn":
        raise AskError(f"`by {by}` goes with `principal back` and `drawn`, not with {what.name}")


def _number(text: str, unit: Unit) -> float:
    found = _VALUE.fullmatch(text.strip())
    scale = _SCALES.get(" ".join(found[2].lower().split())) if found else None
    if found is None or scale is None:
        raise AskError(f"{text.strip()!r} is no amount; write 200bn, 1.5tn, 40% or 1.2")
    number = float(found[1].replace(",", "")) * scale
    if unit is Unit.SHARE and scale != 0.01 and abs(number) > 1:
        raise AskError(f"{text.strip()!r} is no share; write 80%")
    return number


def until_then(plan: Plan, stated: Stated) -> Plan:
    """The plan with an end that the claim speaks of: a grid up to it, or the deadline at it.

    Raises AskError for a year beyond the grid or before it.
    """
    if stated.by is None:
        return plan
    grid = grid_of(plan)
    last = (stated.by - plan.first_year) * 4 + 3 - plan.first_quarter
    if not 0 <= last < plan.quarters:
        raise AskError(f"{stated.by} is outside the grid, {plan.first_year} to {grid.year(plan.quarters - 1)}")
    if stated.quantity.unit is Unit.EVENT:
        return replace(plan, quarters=last + 1)
    return replace(plan, deadline=last)


def measured(stated: Stated, plan: Plan, column: Floats) -> Measure:
    """What the claim speaks of, with its Monte Carlo standard error, from the quantity scenario by scenario.

    A scenario in which a number is not defined (no rate of return, never paid back) does not meet a claim about it; a
    statistic, and the chance that principal comes back, are over those in which there is one.
    """
    if stated.quantity.unit is Unit.QUARTER:
        column = plan.first_year + np.floor((plan.first_quarter + column) / 4)
    if stated.chance is not None:
        return _frequency(column[np.isfinite(column)] > 0 if stated.value is None else _met(stated, column))
    known = column[np.isfinite(column)]
    if not len(known):
        return Measure(math.nan, math.nan)
    if stated.statistic == "mean":
        return Measure(float(known.mean()), float(known.std() / math.sqrt(len(known))))
    share = STATISTICS[stated.statistic or "median"] / 100
    # Half the distance of the order statistics that lie a standard error of the rank to either side.
    step = math.sqrt(share * (1 - share) / len(known))
    low, middle, high = np.quantile(known, [max(0.0, share - step), share, min(1.0, share + step)])
    return Measure(float(middle), float(high - low) / 2)


def _met(stated: Stated, column: Floats) -> npt.NDArray[np.bool_]:
    value = math.nan if stated.value is None else stated.value
    return np.isfinite(column) & ((column >= value) if stated.at_least else (column <= value))


def _frequency(met: npt.NDArray[np.bool_]) -> Measure:
    if not len(met):
        return Measure(math.nan, math.nan)
    p = float(met.mean())
    return Measure(p, math.sqrt(p * (1 - p) / len(met)))
