"""A programme of sixty projects, uncertain in every way, over 35 years."""

from __future__ import annotations

from pledger.ledger.distributions import Belief, Categories, Part, Shape
from pledger.vehicle.words import Account, Basis, Candidate, Funding, Input, Interpretation, Plan, Rules

__all__ = ["PROJECTS", "QUARTERS", "plan"]

PROJECTS, QUARTERS = 60, 140


def _known(name: str, *parts: Part) -> Input:
    return Input(name, name, "", Basis.ASSUMPTION, Belief("USD", parts))


def _point(value: float) -> Part:
    return Part(value, value, Shape.UNIFORM, 1.0)


def _triangle(low: float, mode: float, high: float) -> tuple[Part, Part]:
    share = (mode - low) / (high - low)
    return Part(low, mode, Shape.RISING, share), Part(mode, high, Shape.FALLING, 1 - share)


def _candidate(place: int) -> Candidate:
    name, start = f"p{place}", place % 20
    cost = 4e9 + 1e8 * place
    return Candidate(
        id=name, name=name, sector="gas", selected=start, build=12 + place % 9, life=80 + place % 30,
        growth=(0.0, 0.01, 0.02)[place % 3], ramp_quarters=(4, 8)[place % 2],
        proceeds=_known(f"{name}.proceeds", _point((0.3, 0.6, 0.9)[place % 3])),
        cost=_known(
            f"{name}.cost", Part(cost, cost, Shape.UNIFORM, 0.7), Part(1.2 * cost, 1.6 * cost, Shape.UNIFORM, 0.3)
        ),
        overrun=_known(f"{name}.overrun", *_triangle(0.9, 1.2, 2.0)),
        start=_known(f"{name}.start", Part(start, start + 6.0, Shape.UNIFORM, 1.0)),
        delay=_known(f"{name}.delay", *_triangle(0.0, 3.0, 12.0)),
        cash_yield=_known(f"{name}.cash_yield", *_triangle(0.05, 0.12, 0.3)),
    )  # fmt: skip


def plan() -> Plan:
    """The plan; its ceiling binds in a few scenarios of a hundred."""
    readings = Rules(0.05), Rules(0.05, Account.PRINCIPAL), Rules(0.05, Account.HALF_INTEREST)
    names = tuple(str(number) for number in range(len(readings)))
    return Plan(
        programme="JP>US", candidates=tuple(_candidate(place) for place in range(PROJECTS)),
        interpretations=tuple(Interpretation(name, rules, name) for name, rules in zip(names, readings, strict=True)),
        interpretation=Input(
            "terms.interpretation", "", "choice", Basis.REPORTED,
            Categories(tuple(zip(names, (0.5, 0.3, 0.2), strict=True))),
        ),
        funding=Funding(0.02, 0.38, 0.6, 0.01, 0.045, 0.05, 60, ceiling=450e9), deadline=12, first_quarter=3,
        first_year=2025, quarters=QUARTERS, discount=(0.04, 0.05, 0.04, 0.05),
    )  # fmt: skip
