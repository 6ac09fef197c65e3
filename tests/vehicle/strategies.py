"""Cases for laws that hold in all of them: small ones, at the edges often."""

from __future__ import annotations

import math
from dataclasses import replace

from hypothesis import strategies as st

from pledger.vehicle.words import Account, Case, Funding, Pool, Project, Recovered, Rules


def percent(least: int, most: int) -> st.SearchStrategy[float]:
    """Rates and shares in whole percent, as people type them."""
    return st.integers(least, most).map(lambda number: number / 100)


@st.composite
def projects(draw: st.DrawFn, name: str) -> Project:
    selected = draw(st.integers(-4, 6))
    return Project(
        name=name,
        cost=float(draw(st.integers(0, 2000))),
        overrun=draw(st.sampled_from([1.0, 0.8, 1.25, 1.4])),
        selected=selected,
        start=selected + draw(st.integers(0, 6)),
        build=draw(st.integers(1, 10)),
        life=draw(st.integers(0, 30)),
        cash_yield=draw(percent(0, 80) | percent(80, 400)),
        growth=draw(percent(-10, 10)),
        ramp_quarters=draw(st.integers(1, 6)),
        cancelled=draw(st.none() | st.none() | st.integers(-2, 15)),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Splits give the pledging side no more after recovery than before it, as all reported terms do."""
    before = draw(st.sampled_from([0.5, 0.6, 0.3, 0.75, 1.0, 0.0]))
    after = draw(st.sampled_from([0.1, 0.0, 0.3, 0.5, 1.0]).filter(lambda share: share <= before))
    return Rules(
        deemed_rate=draw(percent(0, 12)),
        account=draw(st.sampled_from(Account)),
        before=before,
        after=after,
        pool=draw(st.sampled_from(Pool)),
        recovered=draw(st.sampled_from(Recovered)),
    )


@st.composite
def funding(draw: st.DrawFn) -> Funding:
    cuts = sorted([draw(st.integers(0, 100)), draw(st.integers(0, 100))])
    limits = st.just(math.inf) | st.integers(1, 3000).map(float)
    return Funding(
        equity=cuts[0] / 100,
        public_loan=(cuts[1] - cuts[0]) / 100,
        guaranteed_loan=(100 - cuts[1]) / 100,
        premium=draw(percent(0, 3)),
        bank_rate=draw(percent(0, 10)),
        public_rate=draw(percent(0, 10)),
        tenor=draw(st.integers(1, 60)),
        ceiling=draw(limits),
        cap_per_year=draw(limits),
    )


@st.composite
def cases(draw: st.DrawFn, most: int = 4, quarters: int = 40) -> Case:
    count = draw(st.integers(1, most))
    chosen = tuple(draw(projects(name=chr(ord("A") + place))) for place in range(count))
    terms = draw(funding())
    window = draw(st.none() | st.integers(min(project.selected for project in chosen), 8))
    return Case(
        projects=chosen,
        rules=draw(rules()),
        funding=terms if window is None else replace(terms, window_end=window),
        quarters=draw(st.integers(1, quarters)),
        first_quarter=draw(st.integers(0, 3)),
    )
