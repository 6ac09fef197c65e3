"""The words of the vehicle: what goes into a run and what comes out of it, as frozen records.

Grid: quarters q = 0..T-1, q = 0 being the calendar quarter that holds the valuation date; flows at the quarter's end.
Amounts are US dollars of the quarter (nominal). A rate per year r is (1 + r)^(1/4) - 1 a quarter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from pledger.ledger.distributions import Belief, Categories

__all__ = [
    "PARTIES",
    "QUARTERS",
    "Account",
    "Basis",
    "Candidate",
    "Case",
    "Exclusion",
    "Floats",
    "Flows",
    "Funding",
    "Input",
    "Interpretation",
    "Party",
    "Plan",
    "Pool",
    "Project",
    "Recovered",
    "Rules",
    "Source",
    "per_quarter",
]

Floats: TypeAlias = "npt.NDArray[np.float64]"

QUARTERS = 140
"""Length of the grid where nothing else is said: 35 years."""


def per_quarter(rate: float) -> float:
    """The rate of a quarter that compounds to `rate` in a year."""
    return math.expm1(math.log1p(rate) / 4)


class Party(StrEnum):
    """Who pays and who receives; the first three are the pledging side."""

    PUBLIC_LENDER = "public_lender"
    GUARANTOR = "guarantor"
    BANKS = "banks"
    HOST = "host"


PARTIES = tuple(Party)
"""The order of parties in every array."""


class Account(StrEnum):
    """What the pledging side's allocation account holds before the split changes."""

    PRINCIPAL = "principal"
    INTEREST = "principal and interest"
    HALF_INTEREST = "principal and half the interest"


class Pool(StrEnum):
    """Whether each project has an allocation account of its own, or all share one."""

    PROJECT = "project"
    PROGRAMME = "programme"


class Recovered(StrEnum):
    """Whose receipts must reach the account before the split changes."""

    PLEDGING = "pledging side"
    EACH = "each side"


@dataclass(frozen=True, slots=True)
class Rules:
    """How cash is split between the pledging side and the host, under one interpretation of the terms."""

    deemed_rate: float
    """Deemed interest per year on the opening balance of the account."""
    account: Account = Account.INTEREST
    before: float = 0.5
    """The pledging side's share of a quarter's cash while the account is above zero."""
    after: float = 0.1
    """Its share after that."""
    pool: Pool = Pool.PROJECT
    recovered: Recovered = Recovered.PLEDGING

    @property
    def accrual(self) -> float:
        """What the account grows by in a quarter, as a share of its opening balance."""
        part = {Account.PRINCIPAL: 0.0, Account.INTEREST: 1.0, Account.HALF_INTEREST: 0.5}[self.account]
        return part * per_quarter(self.deemed_rate)


@dataclass(frozen=True, slots=True)
class Funding:
    """How the pledging side pays its calls, and what bounds them."""

    equity: float
    public_loan: float
    guaranteed_loan: float
    """Shares of each call; they sum to 1."""
    premium: float
    """The guarantor's premium per year on the opening guaranteed balance."""
    bank_rate: float
    public_rate: float
    tenor: int
    """Quarters over which loans are repaid in equal parts, from completion."""
    ceiling: float = math.inf
    cap_per_year: float = math.inf
    """The most that may be called in a calendar year."""
    window_end: int = 2**31 - 1
    """The last quarter in which a project may be selected."""


@dataclass(frozen=True, slots=True)
class Project:
    """One project with nothing left uncertain."""

    name: str
    cost: float
    overrun: float = 1.0
    selected: int = 0
    start: int = 0
    """First quarter of building."""
    build: int = 4
    """Quarters of building, schedule overrun included."""
    life: int = 40
    """Quarters of operation."""
    cash_yield: float = 0.0
    """CFADS of a full year as a share of final cost."""
    growth: float = 0.0
    """Growth of CFADS per year."""
    ramp_quarters: int = 1
    cancelled: int | None = None
    """The quarter from which nothing is drawn any more; such a project never pays."""

    @property
    def final(self) -> float:
        """Cost with its overrun."""
        return self.cost * self.overrun


@dataclass(frozen=True, slots=True)
class Case:
    """All that a deterministic run needs. Projects are in the order of their selection."""

    projects: tuple[Project, ...]
    rules: Rules
    funding: Funding
    quarters: int = QUARTERS
    first_quarter: int = 0
    """Calendar quarter of q = 0: 0 for January to March, 3 for October to December. Caps count calendar years."""


@dataclass(frozen=True, slots=True)
class Flows:
    """What one case comes to. P projects (one row, the pool, in the arrays marked U where the rules pool), T quarters.

    Every array is in dollars and not negative but `parties`, which is net: receipts less payments.
    """

    case: Case
    wanted: Floats
    """(P, T) draws as building would want them, before ceiling and cap."""
    draws: Floats
    """(P, T) calls paid."""
    completed: npt.NDArray[np.int64]
    """(P,) first operating quarter; T or more where it is not reached."""
    cash: Floats
    """(P, T) CFADS."""
    account: Floats
    """(U, T) closing balance of the allocation account."""
    receipts: Floats
    """(U, T) what the pledging side receives of the cash; the host has the rest."""
    premium: Floats
    """(U, T) premium paid."""
    forgone: Floats
    """(U, T) premium due and not paid."""
    service: Floats
    """(U, T) interest and principal to the banks, from cash or from the guarantor."""
    claims: Floats
    """(U, T) what the guarantor paid of that."""
    recoveries: Floats
    """(U, T) what the guarantor got back of earlier claims."""
    public_service: Floats
    """(U, T) interest and principal paid on the public loans."""
    residual: Floats
    """(U, T) what is left for equity."""
    guaranteed_balance: Floats
    """(U, T) closing balance of the guaranteed loans."""
    public_balance: Floats
    """(U, T) closing balance of the public loans."""
    parties: Floats
    """(4, T) net flow of each of `PARTIES`, all projects together."""
    stopped: npt.NDArray[np.int64]
    """(P,) first quarter in which a project that never completes draws nothing any more; T where none stops it."""


class Basis(StrEnum):
    """What a number rests on."""

    REPORTED = "reported"
    REFERENCE = "reference"
    ASSUMPTION = "assumption"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number is from."""

    where: str
    """An address, or the title of what says so."""
    year: int | None = None
    weak: bool = False
    """A secondary or doubtful source."""


@dataclass(frozen=True, slots=True)
class Input:
    """One number (or choice) that goes into a run, with what it rests on."""

    name: str
    """Dotted and stable: `PROJECT.cost`, `terms.interpretation`, `sector.gas.cash_yield`."""
    label: str
    """As a person reads it."""
    unit: str
    """`USD`, `share`, `factor`, `quarters`, `rate` (per year), `probability`, `choice`."""
    basis: Basis
    belief: Belief | Categories
    """A single point is a belief with one part whose ends are equal."""
    sources: tuple[Source, ...] = ()
    figure: str | None = None
    """The ledger's figure that it was taken from."""
    claims: tuple[str, ...] = ()
    """The claims behind it, by id."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project that may be funded, with what is uncertain about it."""

    id: str
    """The ledger's entity, or a name that the user gave."""
    name: str
    sector: str
    """Key of `data/sectors.yaml`; `unknown` for the wide default."""
    proceeds: Input
    """Probability of being funded, a point."""
    cost: Input
    """USD."""
    overrun: Input
    """Factor on cost."""
    start: Input
    """First quarter of building on the grid, as a number whose floor counts."""
    delay: Input
    """Quarters by which building takes longer, rounded to whole ones."""
    cash_yield: Input
    selected: int
    """Quarter of selection; before the grid: negative."""
    build: int
    life: int
    growth: float
    ramp_quarters: int
    cancelled: int | None = None
    sponsors: tuple[str, ...] = ()
    stage: str | None = None
    stages: tuple[tuple[str, float, float], ...] = ()
    """What `proceeds` is made of: the stages that it may be at, each with its weight among the reports and the
    probability that a project of that stage proceeds."""


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One reading of the terms."""

    name: str
    rules: Rules
    label: str
    sources: tuple[Source, ...] = ()
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is left out of a run, and why."""

    what: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a simulation needs: candidates in the order of their selection, and every reading of the terms."""

    programme: str
    """Key of the programme: `JP>US`."""
    candidates: tuple[Candidate, ...]
    interpretations: tuple[Interpretation, ...]
    interpretation: Input
    """A choice among the interpretations by name, with the weight that reporting gives each."""
    funding: Funding
    deadline: int
    """The quarter that holds the programme's deadline."""
    first_quarter: int
    first_year: int
    """Calendar year of q = 0."""
    quarters: int = QUARTERS
    rho: float = 0.2
    """Correlation of the normal scores behind whether projects proceed."""
    discount: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    """Rate per year at which each of `PARTIES` discounts."""
    fixed: tuple[Input, ...] = ()
    """Inputs without a belief of their own in a run (rates, shares, tenor), for the list of what it rests on."""
    excluded: tuple[Exclusion, ...] = ()
