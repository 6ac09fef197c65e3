"""Levers: one thing about a plan that can be turned over a plausible range, to see what would have to be true.

A lever's range is what the plan's own inputs hold possible where they leave anything open, else that of
`data/levers.yaml`, with its source or the word that it is an assumption.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.resources import as_file, files
from typing import Annotated, Literal

from pydantic import Field

from pledger.ledger.distributions import Belief, Categories
from pledger.vehicle.asking import adjust
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.checked import Checked, Number, load
from pledger.vehicle.words import Basis, Candidate, Funding, Input, Plan, Rules, Source

__all__ = ["Lever", "lever", "lever_names"]


class _Cite(Checked):
    where: str
    year: int | None = None
    weak: bool = False


class _Entry(Checked):
    name: str
    label: str
    unit: Literal["factor", "quarters", "share", "rate", "USD", "years", "probability"]
    low: Number
    high: Number
    basis: Annotated[Basis, Field(strict=False)]
    says: str
    sources: tuple[_Cite, ...] = ()


class _Levers(Checked):
    levers: tuple[_Entry, ...]


@dataclass(frozen=True, slots=True)
class Lever:
    """One lever of one plan."""

    name: str
    label: str
    unit: str
    low: float
    high: float
    now: float | None
    """Its value in the plan; None where projects or readings of the terms have several."""
    whole: bool
    """Whether it takes whole numbers only."""
    turn: Callable[[float], Plan]
    """The plan with the lever at a value."""
    basis: Basis
    """Of the range."""
    says: str
    """Where the range is from, in words."""
    sources: tuple[Source, ...] = ()


@cache
def _entries() -> dict[str, _Entry]:
    with as_file(files("pledger.data") / "levers.yaml") as path:
        return {entry.name: entry for entry in load(_Levers, path).levers}


def lever_names() -> tuple[str, ...]:
    """The names of all levers."""
    return tuple(_entries())


def lever(plan: Plan, name: str) -> Lever:
    """A lever of a plan by its name. Raises AskError, naming those there are, for one that there is not."""
    entry = _entries().get(name)
    if entry is None:
        raise AskError(f"no lever {name!r}; known: {', '.join(lever_names())}")
    low, high, basis, says = entry.low, entry.high, entry.basis, entry.says
    sources = tuple(Source(c.where, c.year, c.weak) for c in entry.sources)
    own = _own_range(plan, name)
    if own is not None:
        low, high, basis, says, sources = own
    return Lever(
        name=name,
        label=entry.label,
        unit=entry.unit,
        low=low,
        high=high,
        now=_now(plan, name),
        whole=entry.unit == "quarters",
        turn=partial(_turned, plan, name),
        basis=basis,
        says=says,
        sources=sources,
    )


_Range = tuple[float, float, Basis, str, tuple[Source, ...]]


def _own_range(plan: Plan, name: str) -> _Range | None:
    """What the plan itself holds possible, where it leaves anything open."""
    if name in ("cash_yield", "overrun"):
        return _stretch([getattr(c, name) for c in plan.candidates])
    if name == "ceiling" and math.isfinite(plan.funding.ceiling):
        says = "from a hundredth of the programme's ceiling to all of it"
        return plan.funding.ceiling / 100, plan.funding.ceiling, Basis.ASSUMPTION, says, ()
    for one in plan.fixed:
        if one.name.rpartition(".")[2] == name and isinstance(one.belief, Belief):
            low, high = one.belief.bounds()
            if low < high:
                unit = 4 if name == "tenor" else 1  # the terms count quarters, a person years
                return low / unit, high / unit, one.basis, "what the terms hold possible", one.sources
    return None


def _stretch(inputs: list[Input]) -> _Range | None:
    """From the least to the greatest that any candidate's belief has, as a factor on that belief's mean."""
    ratios: list[float] = []
    for one in inputs:
        if isinstance(one.belief, Belief) and (mean := one.belief.mean()) > 0:
            ratios += [bound / mean for bound in one.belief.bounds()]
    if not ratios or min(ratios) >= max(ratios):
        return None
    basis = Basis.ASSUMPTION if any(i.basis is Basis.ASSUMPTION for i in inputs) else Basis.REFERENCE
    says = "from the least to the greatest that any project's sector has, against its mean"
    return min(ratios), max(ratios), basis, says, tuple(dict.fromkeys(s for i in inputs for s in i.sources))


def _now(plan: Plan, name: str) -> float | None:
    if name in ("cash_yield", "overrun"):
        return 1.0
    if name == "delay":
        return 0.0
    if name == "tenor":
        return plan.funding.tenor / 4
    if name == "proceeds":
        values = {_chance(c) for c in plan.candidates if 0 < _chance(c) < 1}
    elif name in ("before", "after", "deemed_rate"):
        drawn = plan.interpretation.belief
        values = {
            getattr(i.rules, name)
            for i in plan.interpretations
            if not isinstance(drawn, Categories) or drawn.probability(i.name) > 0
        }
    else:
        values = {getattr(plan.funding, name)}
    return values.pop() if len(values) == 1 else None


def _chance(candidate: Candidate) -> float:
    belief = candidate.proceeds.belief
    return belief.mean() if isinstance(belief, Belief) else math.nan


_WHY = Source("lever of a search")


def _chanced(c: Candidate, x: float) -> Candidate:
    """A candidate with another chance of proceeding, unless it is certain."""
    return replace(c, proceeds=adjust.pinned(c.proceeds, x, _WHY), stages=()) if 0 < _chance(c) < 1 else c


_OF_CANDIDATES: dict[str, Callable[[Candidate, float], Candidate]] = {
    "cash_yield": lambda c, x: replace(c, cash_yield=adjust.scaled(c.cash_yield, x, _WHY)),
    "overrun": lambda c, x: replace(c, overrun=adjust.scaled(c.overrun, x, _WHY)),
    "delay": lambda c, x: replace(c, delay=adjust.shifted(c.delay, x, _WHY)),
    "proceeds": _chanced,
}
_OF_RULES: dict[str, Callable[[Rules, float], Rules]] = {
    "before": lambda r, x: replace(r, before=x),
    "after": lambda r, x: replace(r, after=x),
    "deemed_rate": lambda r, x: replace(r, deemed_rate=x),
}
_OF_FUNDING: dict[str, Callable[[Funding, float], Funding]] = {
    "ceiling": lambda f, x: replace(f, ceiling=x),
    "cap_per_year": lambda f, x: replace(f, cap_per_year=x),
    "premium": lambda f, x: replace(f, premium=x),
    "bank_rate": lambda f, x: replace(f, bank_rate=x),
    "public_rate": lambda f, x: replace(f, public_rate=x),
    "tenor": lambda f, x: replace(f, tenor=max(1, round(4 * x))),
}


def _turned(plan: Plan, name: str, x: float) -> Plan:
    if name in _OF_CANDIDATES:
        return adjust.candidates(plan, lambda c: _OF_CANDIDATES[name](c, x))
    if name in _OF_RULES:
        return adjust.ruled(plan, lambda r: _OF_RULES[name](r, x))
    return adjust.funded(plan, lambda f: _OF_FUNDING[name](f, x))
