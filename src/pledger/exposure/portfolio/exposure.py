"""From a portfolio and a ledger to what the one has to do with the other.

its = load("holdings.csv")
with pledger.open("pledger.db") as ledger:
    found = expose(ledger, its)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

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
)
from pledger.exposure.portfolio.scenarios import effects
from pledger.exposure.portfolio.sums import exposed
from pledger.exposure.portfolio.words import Effect, Exposure, Holdings, Matched, Matches, Role, Verdict
from pledger.exposure.supply.table import commodities as bundled
from pledger.exposure.supply.words import Commodity
from pledger.ledger import Ledger
from pledger.model import EntityKind
from pledger.vehicle.asking.scenarios import Scenario

__all__ = ["expose", "load"]


def expose(
    ledger: Ledger,
    holdings: Holdings,
    *,
    scenario: Scenario | None = None,
    commodities: Iterable[Commodity] | None = None,
    on: dt.date | None = None,
) -> Exposure:
    """What a portfolio has to do with the ledger's programmes, as of the days that the ledger answers for.

    `on`: the day on which listings and ownership are looked at; by default the ledger's `as_of`, else today.
    `commodities`: what sectors bear on, by default those of `data/supply`. With `scenario`, what it changes for each
    holding in project money and roles. Raises AskError where the scenario speaks of a project that none of the
    programmes has.
    """
    day = on or ledger.moment.as_of or ledger.moment.known_on or dt.datetime.now(dt.UTC).date()
    with ledger.snapshot():
        known = parties(companies(), organisations(ledger), (*ownerships(), *ownership_reports(ledger)))
        matches = matched(holdings, known, day)
        reached = {o.id: o for match in matches.found for o, _ in match.organisations}
        roles = roles_of(ledger, list(reached.values()))
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
