"""What `pledger scenarios` prints: scenarios side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.vehicle.asking.quantities import Unit
from pledger.views.cashflows import percent
from pledger.views.numbers import finite, number
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, plain, table

if TYPE_CHECKING:
    from pledger.vehicle.asking.compared import Compared, Difference

__all__ = ["scenarios", "scenarios_json"]

Json = dict[str, Any]


_SHOWN = ("drawn", "principal back of pledging", "npv of pledging", "npv of host")
"""What the table of scenarios has columns for; JSON has all."""


def scenarios(compared: Sequence[Compared], count: int) -> RenderableType:
    """A row for each scenario, with what it comes to and, below, how far that is from the base case."""
    rows = table(
        ("Scenario", {"min_width": 12, "overflow": "fold"}),
        ("Drawn", NUMBER),
        ("Principal\nback", NUMBER),
        ("NPV,\npledging", NUMBER),
        ("NPV,\nhost", NUMBER),
        ("Tariff\nrelief", NUMBER),
        ("Covers\nloss", NUMBER),
    )
    for one in compared:
        by_name = {d.answer.name: d for d in one.differences}
        first = one.scenario is None
        cells = [_cell(by_name[name], first=first) for name in _SHOWN]
        rows.add_row(plain(_name(one), "bold"), *cells, *_relief(one, first=first))
        rows.add_section()
    told = [
        Text.assemble((f"{clean(one.scenario.name)}: ", "bold"), clean(one.scenario.label))
        for one in compared
        if one.scenario is not None and one.scenario.label
    ]
    says = (
        f"Means over {count:,} scenarios each, in the same random numbers; below each its difference from the case as "
        "reported. Drawn: by the deadline. Covers loss: of the scenarios in which the pledging side's capital loses, "
        "the share in which the tariff relief is worth at least the loss."
    )
    return Group(rows, *told, Text(says, style="dim"))


def _name(one: Compared) -> str:
    return "as reported" if one.scenario is None else one.scenario.name


def _relief(one: Compared, *, first: bool) -> tuple[str, str]:
    if one.relief is None:
        return "-", "-"
    told = one.relief.verdict
    lost = told.insurance + told.neither
    worth = number(one.relief.worth.mean, "USD")
    if not first:
        worth += f"\n{_signed(one.relief_change, 'USD')}"
    return worth, percent(told.insurance / lost) if lost else "no loss"


def _cell(one: Difference, *, first: bool) -> str:
    said = number(one.answer.mean, one.answer.unit)
    return said if first else f"{said}\n{_signed(one.change, one.answer.unit)}"


def _signed(x: float, unit: Unit | str) -> str:
    if x == 0:
        return "same"
    said = number(x, unit)
    if said.endswith("%"):
        said = said.replace("%", "pt")  # shares differ by points
    return f"+{said}" if x > 0 else said


def scenarios_json(compared: Sequence[Compared], count: int, seed: int) -> Json:
    """The same for programs, with every answer."""
    return {
        "scenarios": count,
        "seed": seed,
        "compared": [
            {
                "name": None if one.scenario is None else one.scenario.name,
                "label": "as reported" if one.scenario is None else one.scenario.label,
                "sources": [] if one.scenario is None else list(one.scenario.sources),
                "answers": [_difference_json(d) for d in one.differences],
                "relief": None
                if one.relief is None
                else {
                    "worth": finite(one.relief.worth.mean),
                    "change": one.relief_change,
                    "investment": one.relief.verdict.investment,
                    "insurance": one.relief.verdict.insurance,
                    "neither": one.relief.verdict.neither,
                    "covers_by": one.relief.covers_by,
                },
            }
            for one in compared
        ],
    }


def _difference_json(one: Difference) -> Json:
    answer = one.answer
    numbers = {name: finite(getattr(answer, name)) for name in ("mean", "error", "p5", "p25", "p50", "p75", "p95")}
    return {
        "name": answer.name,
        "unit": answer.unit.value,
        **numbers,
        "defined": answer.defined,
        "change": finite(one.change),
        "change_error": finite(one.error),
    }
