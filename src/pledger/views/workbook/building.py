"""Sheets of the projects, from cost to cash and loans, and the sheet of calls that holds them to ceiling and cap."""

from __future__ import annotations

from dataclasses import dataclass

from pledger.vehicle.words import Case, Pool
from pledger.views.workbook.book import NEVER, Book, Line, Sheet
from pledger.views.workbook.cells import Formula, Range, either, least, most, total
from pledger.views.workbook.inputs import Inputs

__all__ = ["Begun", "Called", "Loan", "Site", "calls", "operate", "plan"]

_SLACK = "0.000000001"
"""A limit counts as kept when it is passed by no more than this share of it; else rounding would carry a cent."""


@dataclass(slots=True)
class Loan:
    """One kind of loan of one project."""

    due: Line
    serving: Line
    closing: Line


@dataclass(slots=True)
class Site:
    """One project's sheet as far as it is written."""

    number: int
    sheet: Sheet
    wanted: Line
    draws: Line
    cash: Line
    guaranteed: Loan
    public: Loan
    completed: Formula


@dataclass(slots=True)
class Called:
    """What the sheet of calls says of one project."""

    paid: Line
    carried: Line
    cut: Line


@dataclass(slots=True)
class Begun:
    """A project's sheet down to the draws that building wants."""

    number: int
    sheet: Sheet
    quarter: Line
    final: Formula
    wanted: Line


def plan(book: Book, inputs: Inputs, case: Case, number: int) -> Begun:
    """Begin a project's sheet: building, and the draws that it wants. Projects count from 1."""
    project = case.projects[number - 1]
    sheet = book.sheet(book.tab(number, project.name))
    sheet.title(
        f"P{number:02d} {project.name}", "From cost to draws, cash and loans. Parameters are on the sheet Inputs."
    )
    quarter = sheet.timeline()
    sheet.heading("Building")
    final = sheet.single("Final cost: cost with its overrun", "money")
    final_cost = final.set(inputs.of(number, "cost") * inputs.of(number, "overrun"))
    passed = sheet.line("Share of building time that has passed, x", "share")
    built = sheet.line("Share of cost drawn, 3x^2 - 2x^3", "share", opening=0.0)
    wanted = sheet.line("Draws wanted")
    start, build, cancelled = (inputs.of(number, name) for name in ("start", "build", "cancelled"))
    in_window = inputs.of(number, "selected") <= inputs["window_end"]
    for q in range(case.quarters):
        passed[q] = most(0, least(1, (least(quarter[q], cancelled - 1) - start + 1) / build))
        built[q] = passed[q] ** 2 * (3 - 2 * passed[q])
        wanted[q] = either(in_window, final_cost * (built[q] - built[q - 1]), 0)
    sheet.totals([wanted])
    return Begun(number, sheet, quarter, final_cost, wanted)


def calls(sheet: Sheet, inputs: Inputs, case: Case, wanted: list[Line]) -> list[Called]:
    """The sheet of calls: in each quarter, in the order of selection, what cap and ceiling leave of what is wanted."""
    sheet.title(
        "Calls",
        "Projects in the order of selection. What passes the year's cap is carried to the next quarter; "
        "a project that the ceiling cuts gets nothing more.",
    )
    quarter = sheet.timeline()
    sheet.heading("Calendar")
    calendar = sheet.line("Calendar quarter, 0 is January to March", "count", opening=0.0)
    sheet.put(calendar.row, 3, inputs["first_quarter"] - 1, "count")
    calendar.opening = inputs["first_quarter"].value - 1
    before_year = sheet.line("Called earlier in the calendar year", opening=0.0)
    before_all = sheet.line("Called in all quarters before", opening=0.0)
    names = [f"P{n:02d} {project.name}" for n, project in enumerate(case.projects, 1)]

    def block(heading: str, kind: str, opening: float | None = None) -> tuple[int, list[Line]]:
        sheet.heading(heading)
        return sheet.row - 1, [sheet.line(name, kind, opening=opening) for name in names]

    due = block("Due: wanted and carried over", "money")[1]
    held = block("Within the year's cap", "money")[1]
    top, paid = block("Called: within the ceiling too", "money")
    carried = block("Carried to the next quarter", "money", 0.0)[1]
    cut = block("Cut by the ceiling, 1 from the quarter in which it is", "count", 0.0)[1]
    sheet.heading("All projects")
    together = sheet.line("Called", opening=0.0)

    cap, ceiling = inputs["cap_per_year"], inputs["ceiling"]
    for q in range(case.quarters):
        calendar[q] = either(calendar[q - 1].equals(3), 0, calendar[q - 1] + 1)
        before_year[q] = either(calendar[q].equals(0), 0, before_year[q - 1] + together[q - 1])
        before_all[q] = before_all[q - 1] + together[q - 1]
        for p, want in enumerate(wanted):
            # The range begins at the heading's empty cell, so that the first project has the others' formula.
            above = total(
                Range(sheet.stretch(top, 4 + q, top + p, 4 + q), (0.0, *(line.values[q] for line in paid[:p])))
            )
            ended = quarter[q] >= most(1, inputs.of(p + 1, "cancelled"))
            due[p][q] = either(cut[p][q - 1] + either(ended, 1, 0) > 0, 0, want[q] + carried[p][q - 1])
            held[p][q] = _within(due[p][q], cap - before_year[q] - above, cap)
            paid[p][q] = _within(held[p][q], ceiling - before_all[q] - above, ceiling)
            carried[p][q] = due[p][q] - held[p][q]
            cut[p][q] = either(paid[p][q] < held[p][q], 1, cut[p][q - 1])
        together[q] = total(
            Range(sheet.stretch(top, 4 + q, top + len(paid), 4 + q), (0.0, *(line.values[q] for line in paid)))
        )
    sheet.totals([*paid, together])
    return [Called(*lines) for lines in zip(paid, carried, cut, strict=True)]


def _within(call: Formula, left: Formula, limit: Formula) -> Formula:
    slack = Formula(_SLACK, 1e-9)
    return either(call - left <= slack * limit, call, either(left > slack * limit, left, 0))


def operate(inputs: Inputs, case: Case, begun: Begun, called: Called) -> Site:
    """The rest of a project's sheet: its draws, completion, cash and loans."""
    number, sheet, quarter, last = begun.number, begun.sheet, begun.quarter, case.quarters
    sheet.heading("Draws, as called (sheet Calls)")
    draws = sheet.line("Draws")
    drawn = sheet.line("Quarter after this one, where something is drawn", "count")
    for q in range(last):
        draws[q] = called.paid[q]
        drawn[q] = either(draws[q] > 0, quarter[q] + 1, 0)
    sheet.totals([draws])

    sheet.heading("Completion (never: the number of quarters, or more)")
    parameter = {
        name: inputs.of(number, name) for name in ("selected", "start", "build", "cancelled", "life", "growth")
    }
    after = sheet.single("Quarter after the last draw", "count").set(most(drawn.span()))
    cut = sheet.single("Quarter in which the ceiling cuts it", "count").set(last - total(called.cut.span()))
    never = parameter["cancelled"] >= NEVER
    ends = sheet.single("Quarter from which it is cancelled", "count").set(
        either(never, last, least(last, most(1, parameter["cancelled"])))
    )
    broken = either(cut < last, 1, 0) + either(never, 0, 1)
    stopped = sheet.single("Stopped: nothing is drawn any more", "count").set(
        either(broken > 0, least(last, most(after, least(cut, ends))), last)
    )
    out = either(parameter["selected"] > inputs["window_end"], 1, 0)
    built = parameter["start"] + parameter["build"]
    completed = sheet.single("Completed: first operating quarter", "count").set(
        either(
            broken + out > 0,
            last,
            either(called.carried[last - 1].equals(0), most(after, built), most(last, built)),
        )
    )
    due = sheet.single("Loans fall due from quarter", "count").set(either(stopped < last, stopped, completed))

    sheet.heading("Cash available for debt service")
    year = sheet.line("Operating quarter, from 1", "count")
    cash = sheet.line("Cash available")
    for q in range(last):
        year[q] = either(quarter[q] >= completed, quarter[q] - completed + 1, 0)
        ramp = least(1, year[q] / inputs.of(number, "ramp_quarters"))
        full = begun.final * inputs.of(number, "cash_yield") / 4 * ramp
        grown = full * (1 + parameter["growth"]) ** ((year[q] - 1) / 4)
        cash[q] = either(year[q] > 0, either(year[q] <= parameter["life"], grown, 0), 0)
    sheet.totals([cash])

    pooled = case.rules.pool is Pool.PROGRAMME
    guaranteed = _loan(inputs, sheet, quarter, draws, due, "Guaranteed bank loans", "guaranteed_loan", "bank_rate")
    # With an account of its own a stopped project has no receipts: nothing serves its public loans, they capitalise.
    public_due = due if pooled else completed
    public = _loan(
        inputs, sheet, quarter, draws, public_due, "Public loans, as scheduled", "public_loan", "public_rate"
    )
    return Site(number, sheet, begun.wanted, draws, cash, guaranteed, public, completed)


def _loan(
    inputs: Inputs, sheet: Sheet, quarter: Line, draws: Line, due: Formula, heading: str, share: str, rate: str
) -> Loan:
    sheet.heading(heading)
    opening = sheet.line("Opening balance")
    interest = sheet.line("Interest on it")
    drawn = sheet.line("Drawn")
    part = sheet.line("Equal part that is due each quarter", opening=0.0)
    principal = sheet.line("Principal due")
    pays = sheet.line("Interest and principal due")
    serving = sheet.line("Opening balance that has fallen due")
    closing = sheet.line("Closing balance", opening=0.0)
    tenor, quarterly = inputs["tenor"], (1 + inputs[rate]) ** 0.25 - 1
    for q in range(len(draws.values)):
        serves = quarter[q] >= due
        opening[q] = closing[q - 1]
        interest[q] = opening[q] * quarterly
        drawn[q] = inputs[share] * draws[q]
        part[q] = either(quarter[q].equals(due), opening[q] / tenor, part[q - 1])
        principal[q] = either(serves, either(quarter[q] - due + 1 < tenor, part[q], opening[q]), 0)
        pays[q] = either(serves, interest[q] + principal[q], 0)
        serving[q] = either(serves, opening[q], 0)
        closing[q] = either(serves, opening[q] - principal[q], opening[q] + interest[q] + drawn[q])
    sheet.totals([drawn, principal, pays])
    return Loan(pays, serving, closing)
