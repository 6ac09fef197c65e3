"""What a halt comes to: a sentence, tables for a terminal, charts, JSON, and rows of months."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from pledger.exposure.supply.case import inputs
from pledger.exposure.supply.fan import month_of
from pledger.exposure.supply.fan import table as rows_of
from pledger.exposure.supply.tabulated import MonthRow
from pledger.ledger.geography import country_in_words, country_name
from pledger.vehicle.grid import Grid
from pledger.views.cashflows import percent
from pledger.views.inputs import COLOURS, from_sources, inputs_json, say_input
from pledger.views.plain import clean
from pledger.views.supplychange import called, named, range_json
from pledger.views.supplycharts import Panel, panels, stacked
from pledger.views.terminal import ID, NUMBER, WIDE, plain, table
from pledger.views.web.answers import Sheet

if TYPE_CHECKING:
    from pledger.exposure.supply.case import Case
    from pledger.exposure.supply.change import Range
    from pledger.exposure.supply.fan import Fan
    from pledger.exposure.supply.halts import Compared, Run
    from pledger.exposure.supply.shock import Halt
    from pledger.vehicle.words import Input

__all__ = [
    "MONTHS",
    "chart",
    "grounds",
    "grounds_json",
    "grounds_lines",
    "lines",
    "months",
    "months_chart",
    "openings",
    "sentence",
    "sheet",
    "shock",
    "shock_json",
]

Json = dict[str, Any]
MONTHS = "Means over the scenarios, shares of normal use; what lacks to 100 % users do without."
"""What is said of `months_chart`."""
_SAME = 0.0005
_MISSING = "Short"


def sentence(its: Compared, commodity: str) -> str:
    """What is asked first: how likely a shortage is, how much is missing, and what the plants save of it."""
    halt, run = its.halt, its.runs[-1]
    whose, who = country_in_words(its.case.importer), country_in_words(halt.supplier)
    what = "stops its exports" if halt.cut >= 1 else f"cuts its exports by {percent(halt.cut)}"
    begun = f"If {who} {what} of {clean(commodity)} for {_months(halt.months)} from {_when(halt)}, {whose}"
    told, missing = run.answer, run.answer.missing_share
    if len(its.runs) == 1 or (its.saved is not None and its.saved.mean == 0):
        said = (
            f"{begun} goes short in {percent(told.any_shortage)} of the scenarios: {percent(missing.mean)} of its use "
            f"over the halt is missing on average, {percent(missing.high)} or more in one scenario of twenty."
        )
        late = " New plants change nothing of that: none makes anything in time."
        return said + late if len(its.runs) > 1 else said
    first = its.runs[0].answer
    left = [called(plant.name) for plant in its.case.plants if plant.id not in run.plants]
    names = " and ".join(filter(None, [", ".join(left[:-1]), left[-1]]))
    return (
        f"{begun} goes short in {percent(told.any_shortage)} of the scenarios without {names}, and in "
        f"{percent(first.any_shortage)} as reported, with the chance that it is built in time. Missing of its use over "
        f"the halt, on average: {percent(missing.mean)} and {percent(first.missing_share.mean)}; in one scenario of "
        f"twenty {percent(missing.high)} and {percent(first.missing_share.high)} or more."
    )


def shock(its: Compared, commodity: str) -> RenderableType:
    """The answers of every run side by side, the months, and what stands behind them."""
    right: dict[str, object] = {"justify": "right"}
    rows = table(("", {"min_width": 24}), *((_start(clean(run.label)), right) for run in its.runs))
    for label, values in lines(its):
        rows.add_row(label, *values)
    parts: list[RenderableType] = [Text(sentence(its, commodity)), Text(""), rows]
    parts += [Text(words, style="dim") for words in openings(its)]
    differs = its.saved is not None and its.saved.mean != 0
    parts += [_by_month(run) for run in (its.runs if differs else its.runs[:1])]
    parts += [Text(note, style="yellow") for note in its.case.notes]
    says = (
        f"{its.scenarios:,} scenarios, seed {its.seed}; in brackets nine tenths of them. What is sent abroad, and what "
        "goes to stock once the halt is over, has a minus. JSON and --series have every supplier."
    )
    return Group(*parts, Text(says, style="dim"))


def lines(its: Compared) -> list[tuple[str, tuple[str, ...]]]:
    """The answers, each with its value under every run."""
    answers = [run.answer for run in its.runs]
    return [
        ("something is missing", tuple(percent(a.any_shortage) for a in answers)),
        ("missing in all, of use while it lasts", tuple(_share(a.missing_share) for a in answers)),
        ("missing in the worst month", tuple(_share(a.worst) for a in answers)),
        ("users did without, months of use", tuple(_amount(a.saved) for a in answers)),
        ("months until something is missing", tuple(_amount(a.lasts, 0) for a in answers)),
    ]


def openings(its: Compared) -> list[str]:
    """How far each plant has come when it is needed."""
    return [
        f"{_start(called(one.plant))} makes something before the halt begins in {percent(one.before)} of the "
        f"scenarios, before it ends in {percent(one.within)}."
        for one in its.openings
    ]


def months(run: Run) -> tuple[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]:
    """Means by month in per cent of normal use: the columns, and for each month its name and cells.

    Suppliers that go on delivering are one column; a column in which nothing happens is left out.
    """
    halt = run.flow.halt
    its = {fan.name: fan.mean for fan in run.fans}
    others = sum((its[f"imports.{code}"] for code in run.flow.sources if code != halt.supplier), np.zeros(halt.horizon))
    columns = [
        ("Home", its["home"]), ("New plants", its["plants"]), (named(halt.supplier), its[f"imports.{halt.supplier}"]),
        ("Other imports", others), ("Sent abroad", -its["exported"]),
        ("From stock", its["stock_draw"] - its["restocked"]), ("Done without", its["saved"]),
        (_MISSING, its["shortage"]),
    ]  # fmt: skip
    shown = [(label, values) for label, values in columns if np.abs(values).max() > _SAME or label == _MISSING]
    rows = [
        (
            f"{month_of(halt.begins, t):%b %Y}",
            tuple(f"{100 * values[t]:.1f}".replace("-", "−") for _, values in shown),
        )
        for t in range(halt.horizon)
    ]
    return tuple(label for label, _ in shown), rows


def _by_month(run: Run) -> RenderableType:
    """`months` for a terminal."""
    columns, by_month = months(run)
    rows = table(
        ("Month", {"no_wrap": True}), *((label.replace(" ", "\n"), NUMBER) for label in columns),
        title=f"{_start(clean(run.label))}: means by month, in % of normal use",
    )  # fmt: skip
    for t, (month, cells) in enumerate(by_month):
        if t == run.flow.halt.months:
            rows.add_section()
        rows.add_row(month, *cells)
    return rows


def chart(its: Compared, width: int, name: str, commodity: str) -> str:
    """What is missing by month, as a share of normal use: fans, one for each run on one scale, the worse first."""
    runs = its.runs[::-1]
    drawn = [
        Panel(
            _start(run.label),
            tuple(tuple(float(x) for x in row) for row in _shortage(run).quantiles),
            tuple(float(x) for x in _shortage(run).mean),
            alert=number == 0,
        )
        for number, run in enumerate(runs)
    ]
    title = f"{country_name(its.halt.supplier)} stops {clean(commodity)}: what is missing by month"
    return panels(drawn, its.halt.begins, its.halt.months, width, name, title, sentence(its, commodity))


def _shortage(run: Run) -> Fan:
    return next(fan for fan in run.fans if fan.name == "shortage")


def months_chart(its: Compared, run: Run, width: int, name: str, commodity: str) -> str:
    """Where use is met from, month by month, on average over the scenarios."""
    by_name = {fan.name: [float(x) for x in fan.mean] for fan in run.fans}
    others = [code for code in run.flow.sources if code != its.halt.supplier]
    abroad = [sum(by_name[f"imports.{code}"][t] for code in others) for t in range(its.halt.horizon)]
    made = [home + new for home, new in zip(by_name["home"], by_name["plants"], strict=True)]
    # What goes abroad is taken from home production and new plants alike.
    kept = [1 - min(1.0, out / all_) if all_ else 1.0 for out, all_ in zip(by_name["exported"], made, strict=True)]
    parts = (
        ("made at home and kept", "home", [x * k for x, k in zip(by_name["home"], kept, strict=True)]),
        ("new plants", "new", [x * k for x, k in zip(by_name["plants"], kept, strict=True)]),
        (f"imports from {country_name(its.halt.supplier)}", "second", by_name[f"imports.{its.halt.supplier}"]),
        ("other imports", "rest", abroad),
        ("from stock", "stock", by_name["stock_draw"]),
        ("missing", "missing", by_name["shortage"]),
    )
    title = f"{clean(commodity)}: where use is met from, {clean(run.label)}"
    return stacked(
        parts,
        its.halt.begins,
        its.halt.months,
        width,
        name,
        title,
        MONTHS,
    )


def shock_json(its: Compared) -> Json:
    """A halt for programs; amounts in months of normal use, shares from 0 to 1."""
    return {
        "importer": its.case.importer,
        "supplier": its.halt.supplier,
        "cut": its.halt.cut,
        "begins": month_of(its.halt.begins, 0).isoformat(),
        "months": its.halt.months,
        "followed": its.halt.horizon,
        "scenarios": its.scenarios,
        "seed": its.seed,
        "notes": list(its.case.notes),
        "openings": [{"project": o.plant, "before": o.before, "within": o.within} for o in its.openings],
        "saved_by_plants": range_json(its.saved) if its.saved is not None else None,
        "runs": [_run_json(run) for run in its.runs],
    }


def _run_json(run: Run) -> Json:
    told = run.answer
    return {
        "label": run.label,
        "projects": list(run.plants),
        "any_shortage": told.any_shortage,
        "missing": range_json(told.missing),
        "missing_share": range_json(told.missing_share),
        "worst_month": range_json(told.worst),
        "done_without": range_json(told.saved),
        "lasts": range_json(told.lasts),
        "months": [
            {
                "month": m.month.isoformat(),
                "column": m.column,
                "p5": m.low,
                "p50": m.middle,
                "p95": m.high,
                "mean": m.mean,
            }
            for m in rows_of(run.flow.halt.begins, run.fans)
        ],
    }


def sheet(its: Compared) -> Sheet:
    """Every column in every month of every run, in months of normal use."""
    return Sheet("halt", tuple(f.name for f in fields(MonthRow)), [astuple(row) for row in its.months()])


def grounds(its: Case, *, halted: bool = True) -> RenderableType:
    """What the answers rest on beside the tables of shares: each number with its basis and its source."""
    rows = table(("Rests on", WIDE), "Value", "Basis", ("Source", WIDE), ("Why", ID))
    for given, value in grounds_lines(its, halted=halted):
        rows.add_row(
            plain(given.label),
            plain(value),
            Text(given.basis.value, style=COLOURS[given.basis]),
            plain(from_sources(given.sources)),
            given.figure or "",
        )
    return rows


def grounds_lines(its: Case, *, halted: bool = True) -> list[tuple[Input, str]]:
    """Each input with its value in words; what only a halt needs is left out without one."""
    grid = _grid(its)
    listed = inputs(its) if halted else inputs(its)[: -len(its.assumed.inputs())]
    return [(given, say_input(given, grid)) for given in listed]


def grounds_json(its: Case) -> list[Json]:
    """The same for programs."""
    return inputs_json(inputs(its), _grid(its))


def _grid(its: Case) -> Grid:
    """The quarters on which starts are told."""
    if not its.plants:
        return Grid(2000, 0)
    plan = its.plants[0].plan
    return Grid(plan.first_year, plan.first_quarter, plan.quarters)


def _share(its: Range) -> str:
    low, high = percent(its.low), percent(its.high)
    return (
        f"{percent(its.mean)}"
        if low == high
        else f"{percent(its.mean)} ({low.removesuffix(' %')} to {high.removesuffix(' %')})"
    )


def _amount(its: Range, digits: int = 2) -> str:
    middle, low, high = (f"{x:.{digits}f}" for x in (its.middle, its.low, its.high))
    return middle if low == high else f"{middle} ({low} to {high})"


def _months(count: int) -> str:
    return "a month" if count == 1 else f"{count} months"


def _when(halt: Halt) -> str:
    return f"{month_of(halt.begins, 0):%B %Y}"


def _start(words: str) -> str:
    return words[:1].upper() + words[1:]
