"""A case of a user's own: projects, rules and funding in a YAML file, so that anybody can check the finance.

    name: two plants
    valuation: 2026-01-15
    rules: {deemed_rate: 5 %, account: principal and interest, before: 0.5, after: 0.1}
    funding: {equity: 0.02, public_loan: 0.31, guaranteed_loan: 0.67, premium: 1 %, bank_rate: 5.5 %,
              public_rate: 4.5 %, tenor: 60, ceiling: 550e9, window_end: 2029-01-19}
    projects:
      - {name: plant, cost: 33e9, selected: 2026-02-17, start: 2026-07-01, build: 12, life: 120, cash_yield: 11 %}
      - {name: terminal, cost: 2.1e9, selected: 1, start: 6, build: 8, life: 120, cash_yield: 11 %, overrun: 1.3}

Quarters are numbers from the one that holds `valuation`, or days. What is left out is as in `pledger.vehicle.words`; a
project whose `start` is left out starts in the quarter of its selection. Rates are per year; `5 %` is 0.05.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator

from pledger.vehicle.checked import Checked, FileError, Number, load, wrong
from pledger.vehicle.finance.checks import CaseError, check
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import (
    QUARTERS,
    Account,
    Case,
    Funding,
    Party,
    Pool,
    Project,
    Recovered,
    Rules,
)

__all__ = ["MOST_PROJECTS", "MOST_QUARTERS", "Own", "OwnError", "own_case"]

MOST_PROJECTS, MOST_QUARTERS = 1000, 1000
_FAR = 4000
"""Quarters that are counted: a thousand years to both sides."""


def _when(value: object) -> object:
    if type(value) is dt.date or (type(value) is int and abs(value) <= _FAR):
        return value
    raise wrong(
        f"{value!r:.60} is neither a day nor a quarter", "write a day such as 2026-07-01 or a quarter such as 6"
    )


When = Annotated[dt.date | int, PlainValidator(_when)]
Length = Annotated[int, Field(ge=0, le=_FAR)]
Rate = Annotated[Number, Field(gt=-1, le=10)]
Dollars = Annotated[Number, Field(le=1e18)]
Factor = Annotated[Number, Field(le=1e6)]


class OwnError(FileError):
    """A case that cannot be read or run, with file, line, field and mend."""


@dataclass(frozen=True, slots=True)
class Own:
    """A case as a file gives it."""

    name: str
    case: Case
    grid: Grid
    discount: tuple[float, float, float, float]
    """Rate per year of each of `PARTIES`."""


class _Rules(Checked):
    deemed_rate: Rate
    account: Annotated[Account, Field(strict=False)] = Account.INTEREST
    before: Number = 0.5
    after: Number = 0.1
    pool: Annotated[Pool, Field(strict=False)] = Pool.PROJECT
    recovered: Annotated[Recovered, Field(strict=False)] = Recovered.PLEDGING


class _Funding(Checked):
    equity: Number
    public_loan: Number
    guaranteed_loan: Number
    premium: Rate
    bank_rate: Rate
    public_rate: Rate
    tenor: Length
    ceiling: Dollars | None = None
    cap_per_year: Dollars | None = None
    window_end: When | None = None


class _Project(Checked):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    cost: Dollars
    overrun: Factor = 1.0
    selected: When = 0
    start: When | None = None
    build: Length
    life: Length
    cash_yield: Factor
    growth: Rate = 0.0
    ramp_quarters: Length = 1
    cancelled: When | None = None


class _Discount(Checked):
    public_lender: Rate | None = None
    guarantor: Rate | None = None
    banks: Rate | None = None
    host: Rate | None = None


class _Case(Checked):
    name: str = ""
    valuation: dt.date
    quarters: Annotated[int, Field(ge=1, le=MOST_QUARTERS)] = QUARTERS
    rules: _Rules
    funding: _Funding
    discount: _Discount = _Discount()
    projects: Annotated[tuple[_Project, ...], Field(min_length=1, max_length=MOST_PROJECTS)]


def own_case(path: Path) -> Own:
    """The case in a YAML file; an `OwnError` that says file, field and mend where it cannot be run."""
    read = load(_Case, path, OwnError)
    grid = Grid.at(read.valuation, read.quarters)
    funding = read.funding
    case = Case(
        # In the order of selection, in which calls are met; those of one quarter in the order of the file.
        projects=tuple(sorted((_project(p, grid) for p in read.projects), key=lambda p: p.selected)),
        rules=Rules(**{name: getattr(read.rules, name) for name in _Rules.model_fields}),
        funding=Funding(
            equity=funding.equity,
            public_loan=funding.public_loan,
            guaranteed_loan=funding.guaranteed_loan,
            premium=funding.premium,
            bank_rate=funding.bank_rate,
            public_rate=funding.public_rate,
            tenor=funding.tenor,
            ceiling=math.inf if funding.ceiling is None else funding.ceiling,
            cap_per_year=math.inf if funding.cap_per_year is None else funding.cap_per_year,
            **({} if funding.window_end is None else {"window_end": _quarter(funding.window_end, grid)}),
        ),
        quarters=read.quarters,
        first_quarter=grid.first_quarter,
    )
    try:
        check(case)
    except CaseError as wrong:
        raise OwnError(path.name, None, wrong.where, wrong.what, wrong.mend) from None
    own = {
        Party.PUBLIC_LENDER: funding.public_rate,
        Party.GUARANTOR: funding.public_rate,
        Party.BANKS: funding.bank_rate,
        Party.HOST: funding.public_rate,
    }
    rates = {party: getattr(read.discount, party.value) for party in Party}
    first, second, third, fourth = (own[p] if rates[p] is None else float(rates[p] or 0.0) for p in Party)
    return Own(read.name or path.stem, case, grid, (first, second, third, fourth))


def _project(read: _Project, grid: Grid) -> Project:
    selected = _quarter(read.selected, grid)
    return Project(
        name=read.name,
        cost=read.cost,
        overrun=read.overrun,
        selected=selected,
        start=selected if read.start is None else _quarter(read.start, grid),
        build=read.build,
        life=read.life,
        cash_yield=read.cash_yield,
        growth=read.growth,
        ramp_quarters=read.ramp_quarters,
        cancelled=None if read.cancelled is None else _quarter(read.cancelled, grid),
    )


def _quarter(when: When, grid: Grid) -> int:
    return grid.of(when) if isinstance(when, dt.date) else when
