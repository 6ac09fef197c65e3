"""Plans made by hand: small, and with every kind of input."""

from __future__ import annotations

from pledger.ledger.distributions import Belief, Categories, Part, Shape
from pledger.vehicle.words import Basis, Candidate, Funding, Input, Interpretation, Plan, Rules, Source


def point(x: float, unit: str = "share") -> Belief:
    return Belief(unit, (Part(x, x, Shape.UNIFORM, 1.0),))


def uniform(low: float, high: float, unit: str = "share") -> Belief:
    return Belief(unit, (Part(low, high, Shape.UNIFORM, 1.0),))


def sides(*values: tuple[float, float], unit: str = "USD") -> Belief:
    return Belief(unit, tuple(Part(x, x, Shape.UNIFORM, weight) for x, weight in values))


def made(
    name: str,
    belief: Belief | Categories,
    basis: Basis = Basis.REFERENCE,
    *,
    unit: str = "share",
    figure: str | None = None,
    claims: tuple[str, ...] = (),
) -> Input:
    return Input(name, name.replace(".", " "), unit, basis, belief, (Source("a report", 2026),), figure, claims)


def candidate(name: str, cost: Belief, chance: float, *, selected: int = 0, start: Belief | None = None) -> Candidate:
    return Candidate(
        id=name,
        name=name.title(),
        sector="gas",
        proceeds=made(f"{name}.proceeds", point(chance), Basis.REPORTED, unit="probability", figure=f"stage-{name}"),
        cost=made(
            f"{name}.cost", cost, Basis.REPORTED, unit="USD", figure=f"amount-{name}", claims=(f"{name}-1", f"{name}-2")
        ),
        overrun=made(f"{name}.overrun", uniform(0.9, 1.8), unit="factor"),
        start=made(f"{name}.start", start or uniform(selected, selected + 3), Basis.REPORTED, unit="quarters"),
        delay=made(f"{name}.delay", uniform(0, 6), unit="quarters"),
        cash_yield=made(f"{name}.cash_yield", uniform(0.05, 0.2)),
        selected=selected,
        build=8,
        life=80,
        growth=0.01,
        ramp_quarters=4,
    )


def plan(*candidates: Candidate, rho: float = 0.0, quarters: int = 120) -> Plan:
    """Two readings of the terms, and the projects."""
    rules = (
        Interpretation("principal only", Rules(deemed_rate=0.0), "principal only"),
        Interpretation("with interest", Rules(deemed_rate=0.05), "with interest"),
    )
    return Plan(
        programme="JP>US",
        candidates=candidates,
        interpretations=rules,
        interpretation=made(
            "terms.interpretation",
            Categories((("with interest", 0.6), ("principal only", 0.4))),
            Basis.REPORTED,
            unit="choice",
            claims=("reading-1",),
        ),
        funding=Funding(0.02, 0.31, 0.67, 0.01, 0.035, 0.02, 60, ceiling=550e9),
        deadline=9,
        first_quarter=3,
        first_year=2026,
        quarters=quarters,
        rho=rho,
        discount=(0.03, 0.03, 0.04, 0.06),
    )


def three() -> Plan:
    """A contested cost, an open question and a certainty."""
    return plan(
        candidate("ohio", sides((33e9, 0.7), (16e9, 0.3)), 0.8),
        candidate("texas", uniform(1.9e9, 2.3e9, "USD"), 1.0),
        candidate("reactors", sides((40e9, 0.5), (100e9, 0.5)), 0.4, selected=2),
    )
