"""The compiled code made ready before anybody asks: compiling takes half a minute once, loading it some seconds."""

from __future__ import annotations

from pledger.ledger.distributions import Categories
from pledger.vehicle.montecarlo.simulate import simulate
from pledger.vehicle.shapes import point
from pledger.vehicle.words import Basis, Candidate, Funding, Input, Interpretation, Plan, Rules

__all__ = ["warm"]


def _known(name: str, value: float) -> Input:
    """An input of a project that is made up: its run is thrown away."""
    return Input(f"made-up.{name}", name, "", Basis.ASSUMPTION, point(value, ""))


def warm() -> None:
    """Simulate a made-up project once, so that the next simulation finds everything compiled."""
    project = Candidate(
        "made-up", "made-up", "unknown", _known("proceeds", 0.5), _known("cost", 1e9), _known("overrun", 1.2),
        _known("start", 2.0), _known("delay", 1.0), _known("cash_yield", 0.1), selected=0, build=8, life=40, growth=0.0,
        ramp_quarters=4,
    )  # fmt: skip
    choice = Input("terms.interpretation", "", "choice", Basis.ASSUMPTION, Categories((("only", 1.0),)))
    simulate(
        Plan(
            programme="made-up",
            candidates=(project,),
            interpretations=(Interpretation("only", Rules(0.05), "only"),),
            interpretation=choice,
            funding=Funding(0.1, 0.3, 0.6, 0.01, 0.05, 0.04, 60),
            deadline=12,
            first_quarter=0,
            first_year=2026,
            quarters=80,
        ),
        scenarios=1,
        threads=1,
    )
