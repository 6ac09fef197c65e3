"""Scenarios that a user writes: a small YAML file that changes the plan, the terms or the tariff.

    scenarios:
      - name: ruling
        label: A court voids the tariff on cars as well
        tariff:
          - on: 2027-06-30
            lines: [cars]
            without: 2.5 %
            kept: 2.5 %

`Scenario` has every field. What a scenario does not name stays as it is, and it is run with the random numbers of the
base case, so that the differences are its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from pledger.ledger.distributions import Belief
from pledger.vehicle.asking import adjust
from pledger.vehicle.asking.tariff import Tariff, snap_back, stepped, until
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.checked import Checked, FileError, Number, load, wrong
from pledger.vehicle.words import Account, Candidate, Funding, Plan, Pool, Recovered, Rules, Source

__all__ = [
    "Declined",
    "ProjectChange",
    "Scenario",
    "ScenarioError",
    "Setting",
    "TariffChange",
    "TermsChange",
    "applied",
    "bundled",
    "scenarios",
]

Share = Annotated[Number, Field(ge=0, le=1)]
Rate = Annotated[Number, Field(gt=-1, le=2)]
Factor = Annotated[Number, Field(ge=0, le=100)]
Years = Annotated[Number, Field(ge=-50, le=50)]
Dollars = Annotated[Number, Field(ge=0)]

LARGEST = "largest"
"""The word for the project that is expected to cost most."""


class ScenarioError(FileError):
    """A file of scenarios that cannot be used."""


class TariffChange(Checked):
    """Rates from a day on: a ruling, a replacement tariff, a snap-back."""

    on: dt.date
    lines: tuple[str, ...] | None = None
    """Lines of goods; all where none is named."""
    without: Rate | None = None
    """Rate that the country would face without its pledge."""
    kept: Rate | None = None
    """Rate that it faces with it."""
    snap_back: bool = False
    """The rate with the pledge becomes the one without it."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if self.snap_back == (self.without is not None or self.kept is not None):
            raise wrong("a change of tariffs says one thing", "give `snap_back: true`, or rates `without` and `kept`")
        return self


class TermsChange(Checked):
    """Terms as somebody might renegotiate or read them."""

    interpretation: str | None = None
    """The reading of the terms, by name."""
    before: Share | None = None
    after: Share | None = None
    deemed_rate: Rate | None = None
    account: Literal["principal", "principal and interest", "principal and half the interest"] | None = None
    pool: Literal["project", "programme"] | None = None
    recovered: Literal["pledging side", "each side"] | None = None
    ceiling: Dollars | None = None
    cap_per_year: Dollars | None = None
    premium: Rate | None = None
    bank_rate: Rate | None = None
    public_rate: Rate | None = None
    tenor_years: Annotated[Number, Field(gt=0, le=50)] | None = None


class ProjectChange(Checked):
    """What happens to some projects, or to all."""

    projects: tuple[str, ...] | None = None
    """By words of their names, or `largest`; all where none is named."""
    cost: Factor | None = None
    """A factor, as those on the overrun and on the cash yield."""
    overrun: Factor | None = None
    cash_yield: Factor | None = None
    later_years: Years | None = None
    """Building starts so much later."""
    longer_years: Years | None = None
    """Building takes so much longer."""
    proceeds: Share | None = None
    """Probability of being funded."""
    cancelled_on: dt.date | None = None


class Declined(Checked):
    """A call is declined: nothing selected from that day on is funded, and tariffs snap back."""

    on: dt.date
    tariffs_snap_back: bool = True


class Scenario(Checked):
    """One scenario of a file."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    label: str = ""
    """What happens, in a sentence."""
    sources: tuple[str, ...] = ()
    """Where it is from, if it is not the user's own."""
    tariff: tuple[TariffChange, ...] = ()
    relief_until: dt.date | None = None
    borne_by_exporters: Share | None = None
    terms: TermsChange = TermsChange()
    projects: tuple[ProjectChange, ...] = ()
    declined: Declined | None = None


class _File(Checked):
    scenarios: Annotated[tuple[Scenario, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names: set[str] = set()
        for n, scenario in enumerate(self.scenarios):
            if scenario.name in names:
                raise wrong(f"{scenario.name!r} names two scenarios", "rename one", "scenarios", n, "name")
            names.add(scenario.name)
        return self


@dataclass(frozen=True, slots=True)
class Setting:
    """What a scenario changes: all that a run needs, and the tariff beside it."""

    plan: Plan
    tariff: Tariff | None


def scenarios(path: Path | str) -> tuple[Scenario, ...]:
    """The scenarios of a file. Raises ScenarioError with file, line, field and mend where it cannot be used."""
    return load(_File, path, ScenarioError).scenarios


def bundled() -> tuple[Scenario, ...]:
    """The scenarios that come with the program, `data/scenarios/*.yaml`, by name of file."""
    with as_file(files("pledger.data") / "scenarios") as folder:
        return tuple(s for path in sorted(Path(folder).glob("*.yaml")) for s in scenarios(path))


def applied(scenario: Scenario, setting: Setting) -> Setting:
    """The setting as the scenario has it.

    Raises AskError, naming the scenario, where it speaks of a project, a reading or goods that are not there.
    """
    try:
        return Setting(_planned(scenario, setting.plan), _taxed(scenario, setting.tariff))
    except AskError as wrong:
        raise AskError(f"scenario {scenario.name!r}: {wrong}") from None


def _planned(scenario: Scenario, plan: Plan) -> Plan:
    why = Source(f"scenario {scenario.name}")
    for change in scenario.projects:
        plan = _projects(plan, change, why)
    terms = scenario.terms
    plan = adjust.ruled(plan, lambda rules: _rules(rules, terms))
    plan = adjust.funded(plan, lambda funding: _funding(funding, terms))
    if terms.interpretation is not None:
        plan = adjust.forced(plan, terms.interpretation)
    if scenario.declined is not None:
        last = adjust.grid_of(plan).of(scenario.declined.on) - 1
        plan = adjust.funded(plan, lambda funding: replace(funding, window_end=min(funding.window_end, last)))
    return plan


def _projects(plan: Plan, change: ProjectChange, why: Source) -> Plan:
    who = None if change.projects is None else _found(plan, change.projects)
    return adjust.candidates(plan, lambda c: _project(c, change, plan, why), who)


def _found(plan: Plan, words: Sequence[str]) -> frozenset[str]:
    ids: set[str] = set()
    for word in words:
        if word == LARGEST and plan.candidates:
            ids.add(max(plan.candidates, key=_mean_cost).id)
            continue
        meant = [c.id for c in plan.candidates if word == c.id or word.casefold() in c.name.casefold()]
        if not meant:
            known = ", ".join(c.name for c in plan.candidates) or "none"
            raise AskError(f"no project named {word!r}; known: {known}")
        ids.update(meant)
    return frozenset(ids)


def _mean_cost(candidate: Candidate) -> float:
    belief = candidate.cost.belief
    return belief.mean() if isinstance(belief, Belief) else 0.0


def _project(c: Candidate, change: ProjectChange, plan: Plan, why: Source) -> Candidate:
    if change.cost is not None:
        c = replace(c, cost=adjust.scaled(c.cost, change.cost, why))
    if change.overrun is not None:
        c = replace(c, overrun=adjust.scaled(c.overrun, change.overrun, why))
    if change.cash_yield is not None:
        c = replace(c, cash_yield=adjust.scaled(c.cash_yield, change.cash_yield, why))
    if change.later_years is not None:
        c = replace(c, start=adjust.shifted(c.start, 4 * change.later_years, why))
    if change.longer_years is not None:
        c = replace(c, delay=adjust.shifted(c.delay, 4 * change.longer_years, why))
    if change.proceeds is not None:
        c = replace(c, proceeds=adjust.pinned(c.proceeds, change.proceeds, why), stages=())
    if change.cancelled_on is not None:
        quarter = adjust.grid_of(plan).of(change.cancelled_on)
        c = replace(c, cancelled=quarter if c.cancelled is None else min(c.cancelled, quarter))
    return c


def _rules(rules: Rules, terms: TermsChange) -> Rules:
    return replace(
        rules,
        before=rules.before if terms.before is None else terms.before,
        after=rules.after if terms.after is None else terms.after,
        deemed_rate=rules.deemed_rate if terms.deemed_rate is None else terms.deemed_rate,
        account=rules.account if terms.account is None else Account(terms.account),
        pool=rules.pool if terms.pool is None else Pool(terms.pool),
        recovered=rules.recovered if terms.recovered is None else Recovered(terms.recovered),
    )


def _funding(funding: Funding, terms: TermsChange) -> Funding:
    return replace(
        funding,
        ceiling=funding.ceiling if terms.ceiling is None else terms.ceiling,
        cap_per_year=funding.cap_per_year if terms.cap_per_year is None else terms.cap_per_year,
        premium=funding.premium if terms.premium is None else terms.premium,
        bank_rate=funding.bank_rate if terms.bank_rate is None else terms.bank_rate,
        public_rate=funding.public_rate if terms.public_rate is None else terms.public_rate,
        tenor=funding.tenor if terms.tenor_years is None else max(1, round(4 * terms.tenor_years)),
    )


def _taxed(scenario: Scenario, tariff: Tariff | None) -> Tariff | None:
    if tariff is None:
        return None
    why = Source(f"scenario {scenario.name}")
    for change in scenario.tariff:
        if change.snap_back:
            tariff = snap_back(tariff, change.on, change.lines)
        else:
            tariff = stepped(tariff, change.on, without=change.without, kept=change.kept, lines=change.lines)
    if scenario.declined is not None and scenario.declined.tariffs_snap_back:
        tariff = snap_back(tariff, scenario.declined.on)
    if scenario.relief_until is not None:
        tariff = until(tariff, scenario.relief_until)
    if scenario.borne_by_exporters is not None:
        share = scenario.borne_by_exporters
        lines = (replace(line, borne=adjust.pinned(line.borne, share, why)) for line in tariff.lines)
        tariff = replace(tariff, lines=tuple(lines))
    return tariff
