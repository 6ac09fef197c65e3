"""From a portfolio and a ledger to what the one has to do with the other, in one call: `pledger.expose(...)`.

its = pledger.expose("pledger.db", "holdings.csv", scenario="call declined")
its.frame()            # the paths from holdings to programmes
its.sums().frame()     # what they come to
its.changes().frame()  # what the scenario changes

The verb `expose` and the page go through the same function.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pledger.exposure.opening import opened
from pledger.exposure.portfolio.holdings import holdings as holdings_of
from pledger.exposure.portfolio.holdings import load
from pledger.exposure.portfolio.listed import companies, ownerships
from pledger.exposure.portfolio.matching import matched
from pledger.exposure.portfolio.parties import parties
from pledger.exposure.portfolio.paths import paths
from pledger.exposure.portfolio.reporting import (
    Reports,
    named_projects,
    organisations,
    ownership_reports,
    programmes,
    reported,
    roles_of,
    sponsored,
)
from pledger.exposure.portfolio.scenarios import effects, scenario_of
from pledger.exposure.portfolio.sums import exposed
from pledger.exposure.portfolio.words import Effect, Exposure, Holdings, Matched, Matches, Role, Verdict
from pledger.exposure.supply.table import commodities as bundled
from pledger.exposure.supply.words import Commodity
from pledger.ledger import Ledger
from pledger.ledger.collecting import without_collections
from pledger.model import EntityKind
from pledger.vehicle.asking.scenarios import Scenario

__all__ = ["Frame", "expose", "load"]


class Frame(Protocol):
    """A pandas data frame, or what is written as CSV in its way."""

    def to_csv(self, *, index: bool) -> str:
        """The table as CSV."""


def expose(
    ledger: Ledger | str | Path,
    holdings: Holdings | str | Path | Frame,
    *,
    scenario: Scenario | str | None = None,
    scenarios: str | Path | None = None,
    normalise: bool = False,
    commodities: Iterable[Commodity] | None = None,
    on: dt.date | None = None,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Exposure:
    """What a portfolio has to do with the ledger's programmes, as of the days that the ledger answers for.

    `ledger`: an open one, or the path or URL of one. `holdings`: a CSV or XLSX file, a data frame with the same columns
    (its rows are numbered as those of its CSV would be, the header being 1), or what `load` gave. `scenario`: what it
    changes for each holding in project money and roles; by name, of those that come along or of the file `scenarios`.
    `normalise`: rescale weights that do not come to 100 %. `commodities`: what sectors bear on, by default those of
    `data/supply`. `on`: the day on which listings and ownership are looked at; by default the ledger's `as_of`, else
    today.

    What is wrong with rows is in `.holdings.problems`. Raises HoldingsError for a file that cannot be used, AskError
    for a scenario that is not known or speaks of a project that none of the programmes has, LedgerError where there is
    no ledger; each says the mend.
    """
    meant = scenario_of(scenario, scenarios)
    held = _held(holdings, normalise)
    with opened(ledger, as_of, known_on) as its:
        return _exposed(its, held, meant, commodities, on)


def _held(given: Holdings | str | Path | Frame, normalise: bool) -> Holdings:
    if isinstance(given, Holdings):
        return given
    if isinstance(given, str | Path):
        return load(given, normalise=normalise)
    return holdings_of(given.to_csv(index=False).encode(), "data frame", normalise=normalise)


def _exposed(
    ledger: Ledger,
    holdings: Holdings,
    scenario: Scenario | None,
    commodities: Iterable[Commodity] | None,
    on: dt.date | None,
) -> Exposure:
    day = on or ledger.moment.as_of or ledger.moment.known_on or dt.datetime.now(dt.UTC).date()
    with ledger.snapshot(), without_collections():
        known = parties(companies(), organisations(ledger), (*ownerships(), *ownership_reports(ledger)))
        matches = matched(holdings, known, day)
        reached = {o.id: o for match in matches.found for o, _ in match.organisations}
        roles = roles_of(ledger, list(reached.values()))
        roles += sponsored(ledger, reached.values(), roles)
        matches = _placed(matches, roles)
        works_in = {
            key
            for match in matches.found
            if match.verdict in (Verdict.MATCHED, Verdict.NAMED, Verdict.KNOWN) and match.company is not None
            for key in match.company.sectors
        }
        by_sector, whole = named_projects(ledger) if works_in else ({}, True)
        by_sector = {key: ids for key, ids in by_sector.items() if key in works_in}
        wanted = {role.subject for role in roles if role.subject_kind == EntityKind.PROJECT}
        projects = reported(ledger, wanted.union(*by_sector.values()))
        reports = Reports(projects, programmes(ledger))
        made = paths(
            matches.found, roles, reports, by_sector, bundled().values() if commodities is None else commodities
        )
        sums = exposed(matches.found, made, projects, reports.programmes)
        left_out = [] if whole else ["of this large ledger only the largest projects were looked at by sector"]
        changed: tuple[Effect, ...] = ()
        if scenario is not None:
            changed, missing = effects(ledger, matches.found, made, scenario)
            left_out += missing
    on_paths = dict.fromkeys(path.programme for path in made if path.programme)
    return Exposure(
        holdings=holdings,
        matches=matches,
        exposed=sums,
        as_of=day,
        scenario=scenario.name if scenario is not None else "",
        scenario_label=scenario.label if scenario is not None else "",
        effects=changed,
        left_out=tuple(left_out),
        programmes=tuple((key, reports.programmes.get(key, key)) for key in on_paths),
    )


def _placed(matches: Matches, roles: Iterable[Role]) -> Matches:
    """The matches, of which those that no report gives a part in anything are only named."""
    parties = {role.organisation for role in roles}

    def idle(match: Matched) -> bool:
        return match.verdict is Verdict.MATCHED and parties.isdisjoint(o.id for o, _ in match.organisations)

    return replace(matches, found=tuple(replace(m, verdict=Verdict.NAMED) if idle(m) else m for m in matches.found))
