"""Scenarios of the vehicle applied to a portfolio's paths: what changes for which holding, in project money and in
roles.

The plan of each programme on the paths is made as `pledger run` makes it, once as reported and once as the scenario
has it. Of each project the chance of being funded is compared, and what is drawn for it by the programme's deadline
if it is funded, with every input at its median: a run of the finance without chance, in which ceiling, yearly cap,
delays and cancellations have their say. No price follows from that, and none is told.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pledger.exposure.portfolio.words import Effect, Matched, Told, Verdict
from pledger.exposure.portfolio.words import Path as Way
from pledger.ledger import Ledger
from pledger.ledger.distributions import Belief
from pledger.vehicle.asking.adjust import grid_of
from pledger.vehicle.asking.reliefs import tariff_of
from pledger.vehicle.asking.scenarios import Scenario, Setting, applied, bundled, scenarios
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.central import central
from pledger.vehicle.planning.asked import PlanningError
from pledger.vehicle.planning.plan import plan
from pledger.vehicle.terms import TermsError, terms, vehicle
from pledger.vehicle.words import Plan

__all__ = ["effects", "named", "scenario_of"]

_MOST = 60_000
"""Figures of a ledger of which plans are made: a plan looks at all of them."""

_SHOWN = 0.0005
"""Differences of shares that are told."""


@dataclass(frozen=True, slots=True)
class _Outlook:
    """One project under one plan."""

    chance: float
    drawn: float
    in_all: float
    start: str


def named(name: str, known: Sequence[Scenario]) -> Scenario:
    """The scenario with this name; AskError with the nearest, or all, where there is none."""
    found = next((s for s in known if s.name.casefold() == name.strip().casefold()), None)
    if found is None:
        near = difflib.get_close_matches(name, [s.name for s in known], 1)
        mend = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(s.name for s in known)}"
        raise AskError(f"no scenario {name[:40]!r}; {mend}")
    return found


def scenario_of(asked: Scenario | str | None, own: Path | str | None = None) -> Scenario | None:
    """The scenario that is asked for: by name one of those that come along, or one of the user's file `own`.

    Raises AskError for a name that is not known, and for a file of which none is named; ScenarioError for a file that
    cannot be used.
    """
    if asked is None and own is not None:
        raise AskError(f"{own} has scenarios: name one of them as the scenario")
    return asked if not isinstance(asked, str) else named(asked, bundled() if own is None else scenarios(own))


def effects(
    ledger: Ledger, found: Iterable[Matched], paths: Iterable[Way], scenario: Scenario
) -> tuple[tuple[Effect, ...], list[str]]:
    """What the scenario changes for each holding and project, by row; and what could not be looked at, in words.

    Raises AskError where the scenario fits none of the programmes.
    """
    counted = {match.holding.row for match in found if match.verdict is Verdict.MATCHED}
    roles: dict[tuple[int, str], list[Way]] = defaultdict(list)
    for path in paths:
        if path.kind is Told.ROLE and path.project is not None and path.row in counted:
            roles[path.row, path.project.id].append(path)
    programmes = sorted({its[0].programme for its in roles.values()} - {""})
    if ledger.counts().figures > _MOST:
        return (), [f"a ledger of more than {_MOST:,} figures: `pledger scenarios` runs its programmes one by one"]
    outlooks: dict[str, tuple[_Outlook, _Outlook]] = {}
    missing, wrong = [], []
    for key in programmes:
        try:
            outlooks |= _compared(ledger, key, scenario)
        except (TermsError, PlanningError) as error:
            missing.append(str(error))
        except AskError as error:
            wrong.append(str(error))
    if wrong and not outlooks:
        raise AskError(wrong[0])
    made = []
    for (row, project), its in sorted(roles.items(), key=lambda item: (item[0][0], item[1][0].told)):
        pair = outlooks.get(project)
        if pair is None:
            missing.append(f"{its[0].project.name if its[0].project else project} is not in the plan of its programme")
            continue
        made.append(_effect(row, project, its, *pair))
    return tuple(made), list(dict.fromkeys((*missing, *wrong)))


def _compared(ledger: Ledger, programme: str, scenario: Scenario) -> dict[str, tuple[_Outlook, _Outlook]]:
    its = terms(programme)
    vehicle(its)
    moment = ledger.moment
    base = Setting(plan(ledger, its, as_of=moment.as_of, known_on=moment.known_on), tariff_of(programme))
    changed = applied(scenario, base)
    before, after = _outlooks(base.plan), _outlooks(changed.plan)
    return {key: (before[key], after[key]) for key in before if key in after}


def _outlooks(its: Plan) -> dict[str, _Outlook]:
    """By project: its chance, what is drawn for it by the deadline if it and all others are funded, and its start."""
    case = central(its, every=True)
    flows = run(case)
    grid = grid_of(its)
    found = {}
    for n, candidate in enumerate(its.candidates):
        belief = candidate.proceeds.belief
        funded = candidate.selected <= its.funding.window_end
        chance = belief.mean() if isinstance(belief, Belief) and funded else 0.0
        drawn = float(flows.draws[n, : its.deadline + 1].sum())
        start = case.projects[n].start
        label = grid.label(start) if funded and start < its.quarters else "never"
        found[candidate.id] = _Outlook(chance, drawn, float(flows.draws[n].sum()), label)
    return found


def _effect(row: int, project: str, its: Sequence[Way], before: _Outlook, after: _Outlook) -> Effect:
    name = its[0].project.name if its[0].project is not None else project
    return Effect(
        row=row,
        project=project,
        project_name=name,
        roles=tuple(dict.fromkeys(path.role.role for path in its if path.role is not None)),
        chance=(before.chance, after.chance),
        drawn=(before.drawn, after.drawn),
        expected=(before.chance * before.drawn, after.chance * after.drawn),
        in_all=(before.in_all, after.in_all),
        start=(before.start, after.start),
        told=_told(before, after),
    )


def _told(before: _Outlook, after: _Outlook) -> str:
    if after.chance == 0 < before.chance:
        return "is not funded any more: the roles in it fall away"
    if after.in_all == 0 < before.in_all:
        return "nothing is drawn for it any more: the roles in it fall away"
    said = []
    if abs(after.chance - before.chance) >= _SHOWN:
        said.append(f"is funded with a chance of {after.chance:.0%} instead of {before.chance:.0%}")
    for was, now, when in ((before.drawn, after.drawn, "by the deadline"), (before.in_all, after.in_all, "in all")):
        if was > 0 and abs(now / was - 1) >= _SHOWN:
            said.append(f"{now / was - 1:+.0%} drawn {when} if it is funded")
    if after.start != before.start:
        said.append(f"building begins {after.start} instead of {before.start}")
    return "; ".join(said) or "nothing changes for it"
