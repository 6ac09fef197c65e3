"""When and how surely a project of the ledger comes: the candidate of its programme's plan, as a run takes it.

Where a run leaves it out because no report gives its cost, or because its programme has no terms of a vehicle, it is
counted all the same: what is supplied does not depend on who pays. Then nothing is known of notice and window: it is
selected on the day that reports give, else in the middle of the next `_OPEN` quarters, which is an assumption.
"""

from __future__ import annotations

import datetime as dt
from functools import cache

from pledger.ledger import Ledger
from pledger.ledger.distributions import Categories
from pledger.vehicle.clauses import Terms
from pledger.vehicle.grid import Grid
from pledger.vehicle.planning.candidates import Named, candidate
from pledger.vehicle.planning.plan import PlanningError, plan
from pledger.vehicle.planning.realisation import probability
from pledger.vehicle.planning.timing import Lag, Selected, selected
from pledger.vehicle.planning.told import gathered
from pledger.vehicle.shapes import point
from pledger.vehicle.terms import TermsError, terms
from pledger.vehicle.words import Basis, Funding, Input, Interpretation, Plan, Rules

__all__ = ["prospect"]

_OPEN = 12
"""Quarters within which a project is selected where nothing says when: assumption."""
_LONG_AGO = dt.timedelta(days=3653)


def prospect(
    ledger: Ledger, programme: str, project: str, as_of: dt.date | None = None, known_on: dt.date | None = None
) -> Plan | None:
    """A plan that has the project (an entity's id) as a candidate; None for one that is cancelled or not in the ledger.

    `programme`: its key, `JP>US`. The plan of the whole programme where a run would have the project, so that equal
    seeds draw equal numbers; else one of this project alone.
    """
    its = _terms(programme)
    try:
        if its is not None:
            made = plan(ledger, its, as_of=as_of, known_on=known_on)
            if any(one.id == project for one in made.candidates):
                return made
    except (PlanningError, TermsError):
        pass  # no project of it can be run, or it has no vehicle: this one is looked at alone
    return _alone(ledger, programme, project, as_of, known_on, its)


@cache
def _terms(programme: str) -> Terms | None:
    """The terms of a programme, where we have any."""
    try:
        return terms(programme)
    except TermsError:
        return None


def _alone(
    ledger: Ledger,
    programme: str,
    project: str,
    as_of: dt.date | None,
    known_on: dt.date | None,
    its: Terms | None,
) -> Plan | None:
    """A plan of one project, without what only money needs."""
    known = gathered(ledger, programme, as_of, known_on)
    told = next((t for t in known.projects if t.entity.id == project), None)
    day = as_of or known.last_report or dt.datetime.now().astimezone().date()
    if told is None or (told.ahead is not None and probability(told.ahead) == 0):
        return None
    grid = Grid.at(day)
    agreed = its.agreed_on if its is not None and its.agreed_on is not None else day - _LONG_AGO
    at = selected(told, known, agreed)
    spacing = 0.0
    if at is None:
        says = "not selected yet: in the middle of the next three years"
        at, spacing = Selected(grid.first_day(_OPEN // 2), Basis.ASSUMPTION, says), _OPEN / 2
    cost = Input(f"{project}.cost", f"{told.entity.name}: cost (not told)", "USD", Basis.ASSUMPTION, point(0.0, "USD"))
    one = candidate(Named(told, cost, at, spacing), known, Lag(0, ()), grid)
    return Plan(
        programme=programme,
        candidates=(one,),
        interpretations=(Interpretation("none", Rules(0.0), "no terms"),),
        interpretation=Input(
            "terms.interpretation", "terms", "choice", Basis.ASSUMPTION, Categories((("none", 1.0),))
        ),
        funding=Funding(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1),
        deadline=grid.quarters - 1,
        first_quarter=grid.first_quarter,
        first_year=grid.first_year,
    )  # fmt: skip
