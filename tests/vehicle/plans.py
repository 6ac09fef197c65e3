"""Plans for the tests of the simulation: made by hand, by chance, and from a case."""

from __future__ import annotations

import math
from typing import Any

from hypothesis import strategies as st

from pledger.ledger.distributions import Belief, Categories, Part, Shape
from pledger.vehicle.words import (
    Account,
    Basis,
    Candidate,
    Case,
    Funding,
    Input,
    Interpretation,
    Plan,
    Pool,
    Project,
    Recovered,
    Rules,
)


def point(value: float) -> tuple[Part, ...]:
    return (Part(value, value, Shape.UNIFORM, 1.0),)


def triangle(low: float, mode: float, high: float) -> tuple[Part, ...]:
    share = (mode - low) / (high - low)
    return Part(low, mode, Shape.RISING, share), Part(mode, high, Shape.FALLING, 1 - share)


def known(name: str, parts: tuple[Part, ...]) -> Input:
    return Input(name, name, "USD", Basis.ASSUMPTION, Belief("USD", parts))


def candidate(name: str, place: int = 0, **other: Any) -> Candidate:
    """A project that is uncertain in every way."""
    beliefs = {
        "proceeds": point((0.3, 0.6, 0.9)[place % 3]),
        "cost": (Part(5e9, 5e9, Shape.UNIFORM, 0.7), Part(6e9, 9e9, Shape.UNIFORM, 0.3)),
        "overrun": triangle(0.9, 1.2, 2.0),
        "start": (Part(place % 20, place % 20 + 6.0, Shape.UNIFORM, 1.0),),
        "delay": triangle(0.0, 3.0, 12.0),
        "cash_yield": triangle(0.05, 0.12, 0.3),
    }
    made: dict[str, Any] = {key: known(f"{name}.{key}", other.pop(key, parts)) for key, parts in beliefs.items()}
    settings: dict[str, Any] = {"selected": place % 20, "build": 12 + place % 9, "life": 80 + place % 30}
    settings |= {"growth": 0.02, "ramp_quarters": 4, **other}
    return Candidate(name, name, "gas", **made, **settings)


def plan(projects: int = 6, quarters: int = 140, rules: tuple[Rules, ...] = (), **funding: Any) -> Plan:
    rules = rules or (Rules(0.05), Rules(0.05, Account.PRINCIPAL))
    shares = {"equity": 0.02, "public_loan": 0.38, "guaranteed_loan": 0.6}
    return Plan(
        programme="JP>US",
        candidates=tuple(candidate(f"p{place}", place) for place in range(projects)),
        interpretations=tuple(Interpretation(str(n), each, str(n)) for n, each in enumerate(rules)),
        interpretation=Input(
            "terms.interpretation", "", "choice", Basis.REPORTED,
            Categories(tuple((str(n), 1 / len(rules)) for n in range(len(rules)))),
        ),
        funding=Funding(**{**shares, "premium": 0.01, "bank_rate": 0.045, "public_rate": 0.05, "tenor": 60, **funding}),
        deadline=10, first_quarter=0, first_year=2026, quarters=quarters, discount=(0.05, 0.04, 0.03, 0.06),
    )  # fmt: skip


def certain(case: Case) -> Plan:
    """A case as a plan in which nothing is left to chance."""
    candidates = tuple(
        Candidate(
            id=one.name, name=one.name, sector="unknown",
            proceeds=known(f"{one.name}.proceeds", point(1.0)), cost=known(f"{one.name}.cost", point(one.cost)),
            overrun=known(f"{one.name}.overrun", point(one.overrun)),
            start=known(f"{one.name}.start", point(one.start)),
            delay=known(f"{one.name}.delay", point(0.0)),
            cash_yield=known(f"{one.name}.cash_yield", point(one.cash_yield)),
            selected=one.selected, build=one.build, life=one.life, growth=one.growth, ramp_quarters=one.ramp_quarters,
            cancelled=one.cancelled,
        )
        for one in case.projects
    )  # fmt: skip
    choice = Input("terms.interpretation", "", "choice", Basis.REPORTED, Categories((("a", 1.0),)))
    return Plan(
        "JP>US", candidates, (Interpretation("a", case.rules, "a"),), choice, case.funding, deadline=10,
        first_quarter=case.first_quarter, first_year=2026, quarters=case.quarters, discount=(0.05, 0.04, 0.03, 0.06),
    )  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Cases of every kind that a run takes: ceilings and caps that bind, cancelled, begun before the grid, pooled."""
    projects = sorted((draw(_projects(f"p{place}")) for place in range(draw(st.integers(1, 5)))), key=_selected)
    total = sum(one.final for one in projects) + 1.0
    guaranteed = draw(st.sampled_from([0.0, 0.5, 1.0]) | st.floats(0.0, 1.0))
    loan = (1.0 - guaranteed) * draw(st.floats(0.0, 1.0))
    part = st.floats(0.02, 1.2)
    funding = Funding(
        equity=1.0 - guaranteed - loan, public_loan=loan, guaranteed_loan=guaranteed,
        premium=draw(st.sampled_from([0.0, 0.01])), bank_rate=draw(st.floats(0.0, 0.08)), public_rate=0.04,
        tenor=draw(st.integers(1, 80)), ceiling=draw(st.just(math.inf) | part.map(lambda x: x * total)),
        cap_per_year=draw(st.just(math.inf) | part.map(lambda x: x * total / 2)),
    )  # fmt: skip
    share = st.sampled_from([0.0, 0.1, 0.5, 1.0]) | st.floats(0.0, 1.0)
    rules = Rules(
        draw(st.sampled_from([0.0, 0.05])), draw(st.sampled_from(Account)), draw(share), draw(share),
        draw(st.sampled_from(Pool)), draw(st.sampled_from(Recovered)),
    )  # fmt: skip
    return Case(tuple(projects), rules, funding, draw(st.sampled_from([8, 40, 140])), draw(st.integers(0, 3)))


@st.composite
def _projects(draw: st.DrawFn, name: str) -> Project:
    selected = draw(st.integers(-12, 30))
    return Project(
        name=name, cost=draw(st.sampled_from([0.0, 1e9]) | st.floats(1.0, 1e10)), overrun=draw(st.floats(0.8, 2.0)),
        selected=selected, start=selected + draw(st.integers(0, 8)), build=draw(st.integers(1, 30)),
        life=draw(st.integers(0, 90)), cash_yield=draw(st.sampled_from([0.0, 0.12]) | st.floats(0.0, 1.5)),
        growth=draw(st.floats(-0.03, 0.05)), ramp_quarters=draw(st.integers(1, 10)),
        cancelled=draw(st.none() | st.none() | st.integers(-3, 60)),
    )  # fmt: skip


def _selected(one: Project) -> int:
    return one.selected
