"""What a case must be before anything is computed from it: each fault says what, where and how to mend it."""

from __future__ import annotations

import math

from pledger.vehicle.words import Case, Funding, Project, Rules

__all__ = ["CaseError", "check"]

_SLACK = 1e-9
"""Rounding of shares that sum to one, as in 0.1 + 0.2 + 0.7."""


class CaseError(ValueError):
    """A case that cannot be run. The message has what is wrong, where, and the mend, on one line."""

    def __init__(self, what: str, where: str, mend: str) -> None:
        super().__init__(f"{where}: {what}; {mend}")
        self.what = what
        self.where = where
        self.mend = mend


def check(case: Case) -> None:
    """Raise `CaseError` for the first fault of a case: its grid, its funding, its rules, then each project in order."""
    _whole(case.quarters, "quarters", "the grid", least=1)
    if case.first_quarter not in (0, 1, 2, 3):
        raise CaseError(
            f"first_quarter is {case.first_quarter}", "the grid", "give 0 for January to March, up to 3 for October on"
        )
    _funding(case.funding)
    _rules(case.rules)
    if not case.projects:
        raise CaseError("there is no project", "the case", "give at least one")
    names: set[str] = set()
    for place, project in enumerate(case.projects, start=1):
        where = f"project {place} ({project.name or 'without a name'})"
        _project(project, where)
        if project.name in names:
            raise CaseError("another project has the same name", where, "give each a name of its own")
        names.add(project.name)
    first = min(project.selected for project in case.projects)
    if case.funding.window_end < first:
        raise CaseError(
            f"window_end is {case.funding.window_end}, before the first project is selected in quarter {first}",
            "funding",
            "give a window that ends when a project is selected or later",
        )


def _funding(funding: Funding) -> None:
    where = "funding"
    shares = {
        "equity": funding.equity,
        "public_loan": funding.public_loan,
        "guaranteed_loan": funding.guaranteed_loan,
    }
    for name, value in shares.items():
        _share(value, name, where)
    total = math.fsum(shares.values())
    if abs(total - 1) > _SLACK:
        raise CaseError(
            f"equity {funding.equity:g}, public_loan {funding.public_loan:g} and guaranteed_loan "
            f"{funding.guaranteed_loan:g} sum to {total:.10g}",
            where,
            "give shares of each call that sum to 1",
        )
    _at_least(funding.premium, "premium", where, 0, "give a rate per year of 0 or more")
    _rate(funding.bank_rate, "bank_rate", where)
    _rate(funding.public_rate, "public_rate", where)
    _whole(funding.tenor, "tenor", where, least=1)
    for name, limit in (("ceiling", funding.ceiling), ("cap_per_year", funding.cap_per_year)):
        if math.isnan(limit) or limit <= 0:
            raise CaseError(f"{name} is {limit:g}", where, "give dollars above 0, or leave it out where there is none")


def _rules(rules: Rules) -> None:
    where = "rules"
    _at_least(rules.deemed_rate, "deemed_rate", where, 0, "give a rate per year of 0 or more")
    _share(rules.before, "before", where)
    _share(rules.after, "after", where)


def _project(project: Project, where: str) -> None:
    _at_least(project.cost, "cost", where, 0, "give dollars of 0 or more")
    if not (math.isfinite(project.overrun) and project.overrun > 0):
        raise CaseError(f"overrun is {project.overrun:g}", where, "give a factor above 0; 1 is no overrun")
    for name, quarter in (("selected", project.selected), ("start", project.start), ("cancelled", project.cancelled)):
        if quarter is not None and not (math.isfinite(quarter) and quarter == int(quarter)):
            raise CaseError(f"{name} is {quarter}", where, "give the number of a quarter on the grid")
    _whole(project.build, "build", where, least=1)
    _whole(project.life, "life", where, least=0)
    _whole(project.ramp_quarters, "ramp_quarters", where, least=1)
    _at_least(project.cash_yield, "cash_yield", where, 0, "give a share of cost per year of 0 or more")
    _rate(project.growth, "growth", where)


def _at_least(value: float, name: str, where: str, least: float, mend: str) -> None:
    if not (math.isfinite(value) and value >= least):
        raise CaseError(f"{name} is {value:g}", where, mend)


def _rate(value: float, name: str, where: str) -> None:
    if not (math.isfinite(value) and value > -1):
        raise CaseError(f"{name} is {value:g}", where, "give a rate per year above -1; 0.05 is 5 %")


def _share(value: float, name: str, where: str) -> None:
    if not 0 <= value <= 1:
        raise CaseError(f"{name} is {value:g}", where, "give a share from 0 to 1")


def _whole(value: int, name: str, where: str, least: int) -> None:
    if not math.isfinite(value) or value != int(value) or value < least:
        raise CaseError(f"{name} is {value}", where, f"give a whole number of quarters, {least} or more")
