"""What a series of quarterly flows is worth to who has it: NPV, IRR, multiple, payback, whether the principal is back.

Flows are dollars at quarters' ends, the valuation being at the end of q = 0; rates are per year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pledger.vehicle.finance.flows import by_party
from pledger.vehicle.finance.roots import zeros
from pledger.vehicle.finance.schedule import SLACK
from pledger.vehicle.words import PARTIES, Floats, Flows, Party

__all__ = ["Irr", "Returns", "irr", "multiple", "npv", "payback", "pledging", "principal_back", "returns"]


@dataclass(frozen=True, slots=True)
class Irr:
    """Every rate per year, above -1 and rising, at which the net present value is zero."""

    rates: tuple[float, ...]

    @property
    def rate(self) -> float | None:
        """The rate, where there is exactly one."""
        return self.rates[0] if len(self.rates) == 1 else None

    @property
    def several(self) -> bool:
        """Whether more than one rate answers, so that none of them says what the series earns."""
        return len(self.rates) > 1

    def __str__(self) -> str:
        if not self.rates:
            return "none"
        return " or ".join(f"{round(rate, 4) + 0.0:.2%}" for rate in self.rates)


@dataclass(frozen=True, slots=True)
class Returns:
    """How one party comes out of a run."""

    party: Party | None
    """None for the pledging side as a whole."""
    paid: float
    """Dollars paid over the whole grid."""
    received: float
    npv: float
    """Dollars, at the party's rate."""
    irr: Irr
    multiple: float | None
    payback: int | None
    """Quarter; see `payback`."""


def npv(flow: Floats, rate: float) -> float:
    """Net present value at a rate per year: `sum flow[q] (1 + rate)^(-q/4)`, for a flow (T,). Rates are above -1."""
    if not rate > -1:
        raise ValueError(f"a discount rate of {rate} is not above -1; give a rate per year such as 0.05")
    return float(np.dot(flow, np.power(1 + rate, -np.arange(len(flow)) / 4)))


def irr(flow: Floats) -> Irr:
    """Internal rates of return per year of a flow (T,): `(1 + quarterly)^4 - 1` for every rate with an NPV of zero.

    None where no rate answers, as where the flow never changes sign; all of them where several do. Flows below 1e-14
    of the largest count as none. Raises ValueError where a flow is not a finite number.
    """
    if not np.isfinite(flow).all():
        raise ValueError(f"quarter {int(np.flatnonzero(~np.isfinite(flow))[0])} has no finite flow; give dollars")
    return Irr(tuple(float(np.expm1(-4 * t)) + 0.0 for t in reversed(zeros(flow))))


def multiple(received: Floats, paid: Floats) -> float | None:
    """Receipts over payments, undiscounted; None where nothing was paid."""
    total = float(paid.sum())
    return float(received.sum()) / total if total > 0 else None


def payback(flow: Floats) -> int | None:
    """The first quarter at which the cumulative flow (T,), having been negative, is 0 or more again.

    Held to one part in 10^9 of the deepest hole, so that a loan repaid to the cent counts. None where it never is.
    """
    cumulative = np.cumsum(flow)
    slack = SLACK * float(-cumulative.min(initial=0.0))
    below = np.flatnonzero(cumulative < -slack)
    if not below.size:
        return None
    back = np.flatnonzero(cumulative[below[0] :] >= -slack)
    return int(below[0] + back[0]) if back.size else None


def principal_back(received: Floats, draws: Floats) -> bool:
    """Whether receipts over the whole grid sum to the draws at least, to one part in 10^9."""
    principal = float(draws.sum())
    return float(received.sum()) >= principal * (1 - SLACK)


def pledging(flows: Flows) -> Floats:
    """Net flow (T,) of the pledging side: what it receives of the cash less its calls."""
    net: Floats = flows.receipts.sum(axis=0) - flows.draws.sum(axis=0)
    return net


def returns(flows: Flows, discount: tuple[float, float, float, float], side: float) -> tuple[Returns, ...]:
    """The returns of each of `PARTIES` at its own rate per year, and last of the pledging side at the rate `side`."""
    received, paid = (gross.sum(axis=1) for gross in by_party(flows))
    found = [
        _returns(party, received[place], paid[place], flows.parties[place], discount[place])
        for place, party in enumerate(PARTIES)
    ]
    whole = _returns(None, flows.receipts.sum(axis=0), flows.draws.sum(axis=0), pledging(flows), side)
    return (*found, whole)


def _returns(party: Party | None, received: Floats, paid: Floats, net: Floats, rate: float) -> Returns:
    return Returns(
        party=party,
        paid=float(paid.sum()),
        received=float(received.sum()),
        npv=npv(net, rate),
        irr=irr(net),
        multiple=multiple(received, paid),
        payback=payback(net),
    )
