"""From the ledger and the terms to a plan: which projects may be funded, and what is uncertain about each.

    its = terms("japan")
    with pledger.open("pledger.db") as ledger:
        found = plan(ledger, its)

Every number of a plan is an `Input` that says whether it is reported, taken from reference data or assumed, and names
its sources; what is left out is listed in `excluded` with the reason and the mend.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pledger.ledger import Ledger
from pledger.ledger.distributions import DAY
from pledger.ledger.figures import TOTAL
from pledger.ledger.say import value as say
from pledger.model import Attribute, Figure
from pledger.vehicle import sectors
from pledger.vehicle import terms as clauses
from pledger.vehicle.clauses import Terms
from pledger.vehicle.grid import Grid
from pledger.vehicle.planning.asked import PlanningError, wanted
from pledger.vehicle.planning.candidates import Named, candidate, unnamed
from pledger.vehicle.planning.costs import cost
from pledger.vehicle.planning.fill import is_unnamed, rest, sizes
from pledger.vehicle.planning.readings import weighed
from pledger.vehicle.planning.realisation import probability
from pledger.vehicle.planning.timing import Lag, Selected, selected, slots
from pledger.vehicle.planning.told import Programme, Told, gathered
from pledger.vehicle.reference import discount_rates, discounts
from pledger.vehicle.shapes import point
from pledger.vehicle.words import (
    PARTIES,
    QUARTERS,
    Basis,
    Candidate,
    Exclusion,
    Input,
    Party,
    Plan,
)

__all__ = ["PlanningError", "plan"]

_YEARS = (1990, 2100)
"""Years in which a valuation may lie."""
_HISTORY = dt.timedelta(days=3653)
"""How long before the valuation a project may have been selected, where nothing says when the programme was agreed."""
_TAKEN = ("lead", "build", "life", "growth", "ramp")
_OPEN_WINDOW = 12
"""Quarters over which candidates are selected where the terms have no window: assumption."""


def plan(
    ledger: Ledger,
    terms: Terms,
    *,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
    valuation: dt.date | None = None,
    projects: Sequence[str] | None = None,
    fill: bool = False,
    quarters: int = QUARTERS,
    rho: float = 0.2,
    discount: tuple[float, float, float, float] | None = None,
) -> Plan:
    """The plan of a programme, by what had been reported by `as_of` and read by `known_on`.

    `valuation`: the day whose quarter is q = 0; by default `as_of`, else the day of the ledger's latest report.
    `projects`: the ledger's ids or names of those that count; all of the programme by default. `fill`: whether projects
    that no report has named yet fill what is left of the ceiling. `rho`: correlation of the scores behind `proceeds`.
    `discount`: rate per year of each of `PARTIES`; by default those of `data/reference/rates.csv`.

    Raises `TermsError` for a programme without vehicle terms, and `PlanningError`, with the mend, where a project is
    not in the ledger or nothing is left to run.
    """
    vehicle = clauses.vehicle(terms)
    programme = gathered(ledger, terms.key, as_of, known_on)
    day = valuation or as_of or programme.last_report or terms.agreed_on
    if day is None:
        raise PlanningError("no report has a date, so nothing says when the run begins", "give --valuation DATE")
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        what = f"a valuation on {day} is centuries away from the {terms.name}"
        raise PlanningError(what, f"give a day between {_YEARS[0]} and {_YEARS[1]}")
    grid = Grid.at(day, quarters)
    funding = clauses.funding(terms, day)
    chosen = wanted(projects, programme.projects) if projects else programme.projects
    named, excluded = _named(chosen, programme, grid, funding.window_end, terms.agreed_on or day - _HISTORY)
    lag = Lag(0, ())
    if vehicle.notice is not None:
        lag = Lag(vehicle.notice.days, vehicle.notice.calendars if vehicle.notice.count == "business" else ())
    candidates = [candidate(n, programme, lag, grid) for n in named]
    if fill:
        candidates += _filled(candidates, funding.ceiling, lag, grid, _last(funding.window_end))
    candidates.sort(key=lambda c: (c.selected, c.id if is_unnamed(c) else "", c.name, c.id))
    if not candidates:
        why = f" ({excluded[0].what}: {excluded[0].why})" if excluded else ""
        raise PlanningError(
            f"no project of the {terms.name} can be run{why}", "read more reports, or fill the ceiling with --fill"
        )
    interpretations = clauses.interpretations(terms)
    rates = discount or discount_rates(terms.investor)
    until = vehicle.window.until if vehicle.window is not None else terms.deadline
    return Plan(
        programme=terms.key,
        candidates=tuple(candidates),
        interpretations=interpretations,
        interpretation=weighed(programme, interpretations, clauses.interpretation(terms)),
        funding=funding,
        deadline=grid.of(until) if until is not None else quarters - 1,
        first_quarter=grid.first_quarter,
        first_year=grid.first_year,
        quarters=quarters,
        rho=rho,
        discount=rates,
        fixed=(
            *(_linked(i, programme) for i in clauses.inputs(terms)),
            *(discounts(terms.investor) if discount is None else _given(discount)),
            _correlated(rho),
            *_days(named, programme),
            *_of_sectors(candidates),
        ),
        excluded=(*excluded, *_batches(programme)) if not projects else tuple(excluded),
    )


def _last(window_end: int) -> int:
    return window_end if window_end < 2**31 - 1 else _OPEN_WINDOW - 1


def _named(
    projects: Sequence[Told], programme: Programme, grid: Grid, window_end: int, earliest: dt.date
) -> tuple[list[Named], list[Exclusion]]:
    """The projects that can be run, each with its cost and its day of selection; and those that cannot."""
    excluded: list[Exclusion] = []
    left: list[tuple[Told, Input, Selected | None]] = []
    for told in projects:
        amount = cost(told, programme)
        if isinstance(amount, Exclusion):
            excluded.append(amount)
        elif told.ahead is not None and probability(told.ahead) == 0:
            stage = say(told.stage.value) if told.stage is not None else "over"
            mend = "where a report is wrong, `pledger judge` settles it"
            excluded.append(Exclusion(told.entity.name, f"reported as {stage}", mend))
        else:
            left.append((told, amount, selected(told, programme, earliest)))
    waiting = sorted(
        (its for its in left if its[2] is None),
        key=lambda its: (-probability(its[0].ahead), its[0].first_report or dt.date.max, its[0].entity.id),
    )
    last = _last(window_end)
    places = dict(zip((told.entity.id for told, _, _ in waiting), slots(len(waiting), 0, last), strict=True))
    spacing = max(0, last + 1) / len(waiting) if waiting else 0.0
    named = []
    for told, amount, at in left:
        if at is not None:
            its = Named(told, amount, at)
        else:
            says = "not selected yet: candidates spread evenly over what is left of the window"
            day = grid.first_day(places[told.entity.id])
            its = Named(told, amount, Selected(day, Basis.ASSUMPTION, says), spacing)
        if grid.of(its.selected.day) > window_end or (at is None and last < 0):
            why = "not selected when the window of selection ended"
            excluded.append(Exclusion(told.entity.name, why, "give an earlier --valuation or --as-of"))
        else:
            named.append(its)
    return named, excluded


def _filled(candidates: Sequence[Candidate], ceiling: float, lag: Lag, grid: Grid, last: int) -> list[Candidate]:
    count, size = sizes(rest(ceiling, candidates), candidates) if last >= 0 else (0, point(0.0, "USD"))
    spacing = max(0, last + 1) / count if count else 0.0
    return [unnamed(n, size, grid.first_day(at), spacing, lag, grid) for n, at in enumerate(slots(count, 0, last), 1)]


def _batches(programme: Programme) -> list[Exclusion]:
    return [
        Exclusion(
            batch.entity.name,
            f"a sum of projects ({say(batch.amount.value)}), which count one by one",
            "where a project of it is missing above, read a report that names it",
        )
        for batch in programme.batches
        if batch.amount is not None
    ]


def _linked(given: Input, programme: Programme) -> Input:
    """An input of the terms with the ledger's figure on the same thing, that it may be asked why."""
    figure = next((f for f in programme.figures if _speaks(given.name, f)), None)
    if figure is None:
        return given
    claims = tuple(c for side in figure.sides for c in side.claims)
    return replace(
        given,
        figure=figure.id,
        claims=claims,
        sources=tuple(dict.fromkeys((*given.sources, *programme.sources(figure)))),
    )


def _speaks(name: str, figure: Figure) -> bool:
    match name:
        case "terms.ceiling":
            return figure.attribute is Attribute.AMOUNT and figure.qualifier == TOTAL
        case "terms.window_end":
            return figure.attribute is Attribute.DATE and figure.qualifier == "deadline"
        case "terms.notice":
            return figure.attribute is Attribute.CONDITION and figure.qualifier == "notice period"
    return False


def _given(rates: Sequence[float]) -> list[Input]:
    return [
        Input(f"discount.{p}", f"{_called(p)}: discount rate, as given", "rate", Basis.ASSUMPTION, point(rate, "rate"))
        for p, rate in zip(PARTIES, rates, strict=True)
    ]


def _correlated(rho: float) -> Input:
    label = "correlation between projects of whether they proceed"
    return Input("plan.rho", label, "share", Basis.ASSUMPTION, point(rho, "share"))


def _called(party: Party) -> str:
    return party.value.replace("_", " ")


def _days(named: Sequence[Named], programme: Programme) -> list[Input]:
    """The days of selection, which a run takes as they are."""
    found = []
    for told, at in ((n.told, n.selected) for n in named):
        behind = at.figure.sides if at.figure is not None else ()
        found.append(
            Input(
                name=f"{told.entity.id}.selected",
                label=f"{told.entity.name}: selected ({at.says})",
                unit=DAY,
                basis=at.basis,
                belief=point(float(at.day.toordinal()), DAY),
                sources=programme.sources(at.figure) if at.figure is not None else (),
                figure=at.figure.id if at.figure is not None else None,
                claims=tuple(c for side in behind for c in side.claims),
            )
        )
    return found


def _of_sectors(candidates: Sequence[Candidate]) -> list[Input]:
    """What a run takes from each sector as it is: the middle of its range."""
    keys = dict.fromkeys(c.sector for c in candidates)
    return [i for key in keys for i in sectors.inputs(key) if i.name.rpartition(".")[2] in _TAKEN]
