"""The sheet of inputs: each number of the case in a cell of its own, named, with its unit, basis and source.

Every formula of the workbook takes its parameters from these names, so that changing a blue number recomputes the case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pledger.vehicle.words import PARTIES, Account, Case, Input, Plan, Pool, Project, Recovered
from pledger.views.workbook.book import NEVER, UNBOUNDED, Sheet
from pledger.views.workbook.cells import Formula

__all__ = ["Inputs", "grounds", "largest"]

_LABEL, _VALUE, _UNIT, _NAME, _BASIS, _SOURCE = range(6)
_BLUE = {"font_color": "#0000FF"}
_FUNDING = (
    ("equity", "Share of each call paid as equity", "share", "share"),
    ("public_loan", "Share paid as public loans", "share", "share"),
    ("guaranteed_loan", "Share paid as guaranteed bank loans", "share", "share"),
    ("premium", "Guarantee premium on the opening guaranteed balance", "rate", "per year"),
    ("bank_rate", "Interest on guaranteed loans", "rate", "per year"),
    ("public_rate", "Interest on public loans", "rate", "per year"),
    ("tenor", "Repayment of loans from completion, in equal parts", "count", "quarters"),
    ("ceiling", "Ceiling on all calls together", "bound", "USD"),
    ("cap_per_year", "Cap on the calls of a calendar year", "bound", "USD"),
    ("window_end", "Last quarter in which a project may be selected", "quarter", "quarter"),
)
_PROJECT = (
    ("cost", "Cost", "money", "USD"),
    ("overrun", "Overrun, factor on cost", "factor", "factor"),
    ("selected", "Selected", "quarter", "quarter"),
    ("start", "Building starts", "quarter", "quarter"),
    ("build", "Building lasts, overrun of the schedule included", "count", "quarters"),
    ("life", "Operation lasts", "count", "quarters"),
    ("cash_yield", "Cash of a full year as a share of final cost", "rate", "per year"),
    ("growth", "Growth of cash", "rate", "per year"),
    ("ramp_quarters", "Ramp to full cash, in equal steps", "count", "quarters"),
    ("cancelled", "Cancelled: nothing is drawn from here on", "quarter", "quarter"),
)

_OF_SECTOR = (("build", "build"), ("life", "life"), ("growth", "growth"), ("ramp_quarters", "ramp"))
"""Fields of a project that its sector gives, with the sector's names for them."""


def largest(case: Case) -> float:
    """The largest final cost, by which the format of money is chosen."""
    return max((project.final for project in case.projects), default=0.0)


class Inputs:
    """The sheet, and the names of what stands on it."""

    def __init__(self, sheet: Sheet, case: Case, discount: Sequence[float], sources: Iterable[Input]) -> None:
        self._sheet = sheet
        self._told: Mapping[str, Input] = {told.name: told for told in sources}
        self._named: dict[str, Formula] = {}
        sheet.title(
            "Inputs", "Blue numbers may be changed; every formula takes them from here by the name in column D."
        )
        head = {"bold": True, "bottom": 1, "bg_color": "#F2F2F2"}
        for column, words in enumerate(("Parameter", "Value", "Unit", "Name in formulas", "Basis", "Source")):
            align = "right" if column == _VALUE else "left"
            sheet.write(sheet.row, column, words, **head, align=align, indent=int(column == _UNIT))
        sheet.row += 1
        sheet.made.freeze_panes(sheet.row, 2)
        for column, width in enumerate((56, 20, 11, 24, 12, 90)):
            sheet.made.set_column(column, column, width)
        self._terms(case, discount)
        for number, project in enumerate(case.projects, 1):
            self._project(number, project)
        sheet.made.set_landscape()
        sheet.made.fit_to_pages(1, 0)

    def __getitem__(self, name: str) -> Formula:
        """A reference to a named cell."""
        return self._named[name]

    def of(self, number: int, name: str) -> Formula:
        """A parameter of a project by its number, from 1."""
        return self._named[f"P{number:02d}_{name}"]

    def _terms(self, case: Case, discount: Sequence[float]) -> None:
        rules, funding = case.rules, case.funding
        self._heading("Split of the cash between the pledging side and the host")
        part = {Account.PRINCIPAL: 0.0, Account.INTEREST: 1.0, Account.HALF_INTEREST: 0.5}[rules.account]
        each = float(rules.recovered is Recovered.EACH)
        words = f"The account holds {rules.account}"
        self._put("deemed_rate", "Deemed interest on the account", rules.deemed_rate, "rate", "per year", "terms")
        self._put("interest_part", f"Part of it that counts (0, 0.5 or 1). {words}", part, "factor", "factor", "terms")
        self._put(
            "before", "Pledging side's share while the account is above zero", rules.before, "share", "share", "terms"
        )
        self._put("after", "Pledging side's share after that", rules.after, "share", "share", "terms")
        self._put("each_side", "Who must have recovered: 1 both sides, 0 the pledging side", each,
                  "count", "0 or 1", "terms")  # fmt: skip
        pooled = "one account for all projects" if rules.pool is Pool.PROGRAMME else "an account for each project"
        self._words("Accounts", pooled, "fixed in this workbook: its sheets are built for it")
        self._heading("How the pledging side pays its calls, and what bounds them")
        for name, label, kind, unit in _FUNDING:
            value = float(getattr(funding, name))
            if kind == "bound":
                value = min(value, UNBOUNDED)
            if name == "window_end" and value >= 2**31 - 1:
                value = NEVER
            self._put(name, label, value, kind, unit, "terms")
        self._heading("Rates at which each party discounts")
        for party, rate in zip((*PARTIES, None), discount, strict=True):
            label = str(party).replace("_", " ").capitalize() if party else "Pledging side together"
            self._put(f"discount_{party or 'side'}", label, rate, "rate", "per year", "discount")
        self._heading("Grid")
        self._put("first_quarter", "Calendar quarter of q = 0; 0 is January to March", case.first_quarter, "count",
                  "0 to 3", "grid")  # fmt: skip
        self._words("Quarters", str(case.quarters), "fixed in this workbook: its columns")

    def _project(self, number: int, project: Project) -> None:
        self._heading(f"P{number:02d} {project.name}")
        for name, label, kind, unit in _PROJECT:
            given = getattr(project, name)
            value = NEVER if given is None else float(given)
            self._put(f"P{number:02d}_{name}", label, value, kind, unit, project.name)

    def _heading(self, words: str) -> None:
        self._sheet.row += 1
        self._sheet.write(self._sheet.row, _LABEL, words, bold=True, font_color="#1F3864")
        self._sheet.row += 1

    def _words(self, label: str, value: str, note: str) -> None:
        for column, words in ((_LABEL, label), (_VALUE, value), (_SOURCE, note)):
            self._sheet.write(self._sheet.row, column, words, **({"align": "right"} if column == _VALUE else {}))
        self._sheet.row += 1

    def _put(self, name: str, label: str, value: float, kind: str, unit: str, owner: str) -> None:
        sheet, row = self._sheet, self._sheet.row
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}; a workbook holds finite numbers only")
        sheet.write(row, _LABEL, label)
        sheet.figure(row, _VALUE, value, kind, **_BLUE)
        shown = sheet.book.money if unit == "USD" else unit
        sheet.write(row, _UNIT, shown, font_color="#595959", indent=1)
        sheet.write(row, _NAME, name, font_color="#595959")
        told = self._told.get(f"{owner}.{name.partition('_')[2] if owner not in ('terms', 'grid') else name}")
        sheet.write(row, _BASIS, told.basis if told else "as given")
        sheet.write(row, _SOURCE, _said(told) if told else "")
        sheet.book.made.define_name(name, f"='{sheet.name}'!${'ABCDEF'[_VALUE]}${row + 1}")
        self._named[name] = Formula(name, value)
        sheet.row += 1


def grounds(plan: Plan) -> tuple[Input, ...]:
    """What the parameters of a plan's cases rest on, under the names by which `write` looks for them."""
    found = list(plan.fixed)
    fixed = {told.name: told for told in plan.fixed}
    for one in plan.candidates:
        own = [(field, getattr(one, field)) for field in ("cost", "overrun", "start", "cash_yield")]
        own += [("selected", fixed.get(f"{one.id}.selected"))]
        own += [(field, fixed.get(f"sector.{one.sector}.{column}")) for field, column in _OF_SECTOR]
        for name in (one.id, one.name, f"{one.name} ({one.id})"):
            found += [replace(told, name=f"{name}.{field}") for field, told in own if told is not None]
    return tuple(found)


def _said(told: Input) -> str:
    parts = [f"{s.where}{f' ({s.year})' if s.year else ''}{' (weak source)' if s.weak else ''}" for s in told.sources]
    if told.figure:
        parts.append(f"ledger figure {told.figure}")
    return "; ".join(parts)
