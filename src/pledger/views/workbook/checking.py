"""Pledger's figures as plain numbers, and the sheet that holds the workbook's formulas against them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pledger.vehicle.finance.flows import OF_UNITS
from pledger.vehicle.finance.returns import Returns
from pledger.vehicle.words import PARTIES, Floats, Flows, Party
from pledger.views.workbook.behind import Unit
from pledger.views.workbook.book import FIRST, NEVER, UNBOUNDED, Line, Sheet
from pledger.views.workbook.building import Site
from pledger.views.workbook.cells import Formula, Range, distance, either, if_found, least, most, number, size, total
from pledger.views.workbook.results import NAMES, SIDES, Measures, Together

__all__ = ["Pair", "check", "given"]

_AGREES = 1e-9
"""Share of what is drawn, or of a dollar, up to which a difference is rounding."""
_AGREES_RATE = 1e-6
"""Spreadsheets look for an IRR to about seven digits."""


@dataclass(slots=True)
class Pair:
    """One line as Pledger computed it and as the workbook does."""

    label: str
    ours: Line
    theirs: Line


def given(sheet: Sheet, flows: Flows, sites: Sequence[Site], units: Sequence[Unit], together: Together) -> list[Pair]:
    """Write Pledger's own figures as numbers, line by line."""
    sheet.title("Pledger", "Pledger's own figures, as numbers: what the sheet Check holds the formulas against.")
    sheet.timeline()
    pairs: list[Pair] = []

    def put(name: str, label: str, values: Floats, theirs: Line) -> None:
        line = sheet.line(label)
        for q, value in enumerate(values):
            line.values.append(float(value))
            sheet.figure(line.row, FIRST + q, float(value), "money", font_color="#595959")
        sheet.totals([line])
        pairs.append(Pair(f"{name}: {label}", line, theirs))

    for p, site in enumerate(sites):
        name = f"P{site.number:02d}"
        sheet.heading(f"{name} {flows.case.projects[p].name}")
        for label, values, theirs in (
            ("wanted", flows.wanted, site.wanted), ("draws", flows.draws, site.draws), ("cash", flows.cash, site.cash)
        ):  # fmt: skip
            put(name, label, values[p], theirs)
    for u, unit in enumerate(units):
        sheet.heading(f"{unit.name}: the account and behind it")
        for item in OF_UNITS:
            put(unit.name, item.replace("_", " "), getattr(flows, item)[u], unit.line(item))
    sheet.heading("Net flow by party")
    for place, party in enumerate(PARTIES):
        put("Programme", NAMES[party], flows.parties[place], together.accounts[party].net)
    return pairs


def check(
    sheet: Sheet,
    flows: Flows,
    sites: Sequence[Site],
    pairs: Sequence[Pair],
    together: Together,
    measures: dict[Party | None, Measures],
    ours: Sequence[Returns],
) -> tuple[Formula, Formula]:
    """Write the checks; references to whether conservation holds and whether all figures agree, 1 or 0 each."""
    sheet.title(
        "Check", "Conservation holds whatever the inputs; agreement with Pledger holds while they are as written."
    )
    for column, width in enumerate((64, 18, 18, 14, 10)):
        sheet.made.set_column(column, column, width)
    sheet.made.freeze_panes(3, 1)
    scale = most(size(together.draws.span()), size(together.cash.span()))
    rounding = most(1, scale) * _AGREES
    first = sheet.row
    _head(sheet, "Conservation", "", "", "Largest")
    kept = []
    for label, line in together.checks:
        worst = most(most(line.span()), 0 - least(line.span()))
        kept.append(_status(sheet, label, worst, rounding))
    conserved = _all(sheet, first, kept)

    first = sheet.row
    _head(sheet, "Results", "Pledger", "Formulas", "Difference")
    agreed = []
    for party, told in zip(SIDES, ours, strict=True):
        its, who = measures[party], NAMES[party]
        figures = [
            ("paid", told.paid, its.paid, "money", rounding),
            ("received", told.received, its.received, "money", rounding),
            ("NPV", told.npv, its.npv, "money", rounding),
            ("payback, quarter", NEVER if told.payback is None else told.payback, its.payback, "quarter", number(0)),
        ]
        if told.multiple is not None:
            figures.append(("multiple", told.multiple, its.multiple, "multiple", number(_AGREES)))
        if told.irr.rate is not None:
            figures.append(("IRR", told.irr.rate, its.irr, "rate", number(_AGREES_RATE)))
        for what, value, theirs, kind, limit in figures:
            agreed.append(_compared(sheet, f"{who}: {what}", value, theirs, kind, limit))
    _head(sheet, "First operating quarter (the number of quarters: not reached)", "Pledger", "Formulas", "Difference")
    for site, quarter in zip(sites, np.minimum(flows.completed, flows.case.quarters), strict=True):
        its_quarter = least(site.completed, flows.case.quarters)
        agreed.append(_compared(sheet, f"P{site.number:02d}", float(quarter), its_quarter, "quarter", number(0)))
    _head(
        sheet,
        "Every line: sum over the quarters; root of the sum of squared differences",
        "Pledger",
        "Formulas",
        "Apart",
    )
    for pair in pairs:
        sheet.put(sheet.row, 1, total(pair.ours.span()), "money")
        sheet.put(sheet.row, 2, total(pair.theirs.span()), "money")
        agreed.append(_status(sheet, pair.label, distance(pair.ours.span(), pair.theirs.span()), rounding))
    sheet.made.set_landscape()
    sheet.made.fit_to_pages(1, 0)
    return conserved, _all(sheet, first, agreed)


def _head(sheet: Sheet, *words: str) -> None:
    sheet.row += 1
    head = {"bold": True, "bottom": 1, "bg_color": "#F2F2F2"}
    for column, word in enumerate((*words, "Status")):
        sheet.write(sheet.row, column, word, **head, align="right" if column else "left")
    sheet.row += 1


def _compared(sheet: Sheet, label: str, ours: float, theirs: Formula, kind: str, limit: Formula) -> Formula:
    mine = sheet.figure(sheet.row, 1, ours, kind, font_color="#595959")
    shown = sheet.put(sheet.row, 2, theirs, kind)
    return _status(sheet, label, if_found(most(shown - mine, mine - shown), UNBOUNDED), limit)


def _status(sheet: Sheet, label: str, apart: Formula, limit: Formula) -> Formula:
    """Write a label, how far apart two numbers are, and whether that is within the limit, 1 or 0."""
    sheet.write(sheet.row, 0, label)
    difference = sheet.put(sheet.row, 3, apart, "exact")
    status = sheet.put(sheet.row, 4, either(difference <= limit, 1, 0), "status", align="right")
    sheet.row += 1
    return status


def _all(sheet: Sheet, first: int, statuses: Sequence[Formula]) -> Formula:
    """1 where every status from row `first` on is."""
    column = Range(sheet.stretch(first, 4, sheet.row - 1, 4), tuple(status.value for status in statuses))
    return least(column)
