"""What a person assumes of a run, from the address: every slider and choice, checked, and a plan changed by it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pledger.ledger import Moment
from pledger.views.web.state import RequestError, State, day

if TYPE_CHECKING:
    from pledger.vehicle.words import Candidate, Plan

__all__ = ["AT_ONCE", "DEFAULTS", "MOST", "SLIDERS", "Assumed", "Slider", "assumed", "changed"]

MOST = 1_000_000
"""Scenarios of one run: more are for a terminal."""
AT_ONCE = 20_000
"""Scenarios up to which a page waits for its answers; a run of more is watched."""
_SEEDS = 2**64


@dataclass(frozen=True, slots=True)
class Slider:
    """A number that is turned on the page."""

    name: str
    """In the address."""
    label: str
    unit: str
    low: int
    high: int
    step: int
    usual: int
    says: str


SLIDERS = (
    Slider("yields", "Cash yields", "%", 50, 200, 5, 100, "of what each sector is taken to earn"),
    Slider("overruns", "Cost overruns", "%", 50, 200, 5, 100, "of each sector's factor on cost"),
    Slider("delay", "Building takes longer by", "quarters", 0, 20, 1, 0, "on top of each sector's own delays"),
)
DEFAULTS = {s.name: s.usual for s in SLIDERS} | {"scenarios": 10_000, "seed": 0}


@dataclass(frozen=True, slots=True)
class Assumed:
    """All that a run depends on, but for the ledger's content."""

    programme: str
    """Key of the programme: `JP>US`."""
    moment: Moment
    interpretation: str | None = None
    """The reading of the terms; None: each scenario draws one."""
    scenario: str | None = None
    yields: float = 100.0
    overruns: float = 100.0
    """Per cent of what the plan has."""
    delay: float = 0.0
    """Quarters by which building takes longer."""
    fill: bool = False
    scenarios: int = 10_000
    seed: int = 0
    valuation: dt.date | None = None

    @property
    def long(self) -> bool:
        """Whether it is watched, not waited for."""
        return self.scenarios > AT_ONCE

    @property
    def changes(self) -> tuple[str, ...]:
        """What is assumed otherwise than the plan has it, in words."""
        found = []
        if self.interpretation is not None:
            found.append(f"terms read as “{self.interpretation}”")
        if self.scenario is not None:
            found.append(f"scenario “{self.scenario}”")
        if self.yields != DEFAULTS["yields"]:
            found.append(f"cash yields at {self.yields:g} %")
        if self.overruns != DEFAULTS["overruns"]:
            found.append(f"cost overruns at {self.overruns:g} %")
        if self.delay:
            found.append(f"building {self.delay:g} {'quarter' if self.delay == 1 else 'quarters'} longer")
        if self.fill:
            found.append("the rest of the ceiling filled with unnamed projects")
        return tuple(found)


def assumed(state: State, programme: str, interpretations: Sequence[str], scenarios: Sequence[str]) -> Assumed:
    """The address as assumptions. Raises RequestError for what is not there or out of range."""
    return Assumed(
        programme=programme,
        moment=state.moment,
        interpretation=_choice(state, "interpretation", interpretations),
        scenario=_choice(state, "scenario", scenarios),
        yields=_number(state, "yields", 0, 1000),
        overruns=_number(state, "overruns", 0, 1000),
        delay=_number(state, "delay", 0, 100),
        fill=_choice(state, "fill", ("1",)) is not None,
        scenarios=int(_number(state, "scenarios", 100, MOST, whole=True)),
        seed=int(_number(state, "seed", 0, _SEEDS - 1, whole=True)),
        valuation=day(state.get("valuation"), "valuation"),
    )


def _choice(state: State, name: str, known: Sequence[str]) -> str | None:
    said = state.get(name)
    if not said:
        return None
    if said not in known:
        raise RequestError(f"{name}={said[:60]!r} is none of: {'; '.join(known) or 'nothing'}")
    return said


def _number(state: State, name: str, low: int, high: int, *, whole: bool = False) -> float:
    said = state.get(name) or str(DEFAULTS[name])
    try:
        if len(said) > 24:
            raise ValueError
        found: float = int(said) if whole else float(said)
    except ValueError:
        found = math.nan
    if not low <= found <= high:
        raise RequestError(f"{name}={said[:24]!r} is out of range: give a number from {low:,} to {high:,}")
    return found


def changed(plan: Plan, asked: Assumed) -> Plan:
    """The plan with the sliders' changes; what they touch is marked as an assumption, with the change as its source."""
    from pledger.vehicle.asking import adjust
    from pledger.vehicle.words import Source

    def turned(one: Candidate) -> Candidate:
        if asked.yields != DEFAULTS["yields"]:
            why = Source(f"turned to {asked.yields:g} % on this page")
            one = replace(one, cash_yield=adjust.scaled(one.cash_yield, asked.yields / 100, why))
        if asked.overruns != DEFAULTS["overruns"]:
            why = Source(f"turned to {asked.overruns:g} % on this page")
            one = replace(one, overrun=adjust.scaled(one.overrun, asked.overruns / 100, why))
        if asked.delay:
            why = Source(f"{asked.delay:g} quarters added on this page")
            one = replace(one, delay=adjust.shifted(one.delay, asked.delay, why))
        return one

    return adjust.candidates(plan, turned)
