"""From a ledger to a simulation in one call, for notebooks and programs: `pledger.simulate(...)`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from pledger.ledger import Ledger
from pledger.ledger import open as opened
from pledger.vehicle.montecarlo.simulate import Progress
from pledger.vehicle.montecarlo.simulate import simulate as run
from pledger.vehicle.montecarlo.simulation import Simulation
from pledger.vehicle.planning.plan import plan
from pledger.vehicle.terms import terms

__all__ = ["simulate"]


def simulate(
    ledger: Ledger | str | Path,
    programme: str = "japan",
    *,
    scenarios: int = 100_000,
    seed: int = 0,
    projects: Sequence[str] | None = None,
    interpretation: str | None = None,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    valuation: dt.date | None = None,
    fill: bool = False,
    threads: int | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Simulation:
    """Simulate a programme by what a ledger holds: `.frame()` has the answers, `.scenarios_frame()` the scenarios.

    `ledger`: an open one, or the path or URL of one. `programme`: its country, key, name, or a YAML file of terms. For
    the rest see `pledger.vehicle.planning.plan.plan` and `pledger.vehicle.montecarlo.simulate.simulate`.

    Raises `TermsError` for a programme that is not known or has no vehicle terms, `PlanningError` and `PlanError` where
    it cannot be run, `LedgerError` where there is no ledger; each says the mend.
    """
    its = terms(programme)
    if isinstance(ledger, Ledger):
        made = plan(ledger, its, as_of=as_of, known_on=known_on, valuation=valuation, projects=projects, fill=fill)
    else:
        with opened(str(ledger), create=False) as held:
            made = plan(held, its, as_of=as_of, known_on=known_on, valuation=valuation, projects=projects, fill=fill)
    return run(made, scenarios, seed, interpretation, threads, scheduler, progress)
