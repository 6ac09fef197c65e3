"""What a run rests on, as tables and as JSON: its projects, every input with its basis and source, and what is out."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pledger.ledger.distributions import DAY, Belief, Categories, Shape
from pledger.vehicle.planning.fill import is_unnamed
from pledger.vehicle.sectors import UNKNOWN
from pledger.vehicle.words import Basis
from pledger.views.cashflows import dollars, percent, rate
from pledger.views.plain import clean
from pledger.views.terminal import ID, NUMBER, WIDE, plain, table

if TYPE_CHECKING:
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.words import Candidate, Input, Plan, Source

__all__ = ["COLOURS", "excluded", "from_sources", "inputs", "inputs_json", "plan_inputs", "projects", "say_input"]

Json = dict[str, Any]
COLOURS = {Basis.REPORTED: "green", Basis.REFERENCE: "cyan", Basis.ASSUMPTION: "yellow"}
_OPTIONS = 4
_LONGEST = 60


def plan_inputs(plan: Plan) -> tuple[Input, ...]:
    """Every input of a plan, each once: the reading of the terms, the terms, then project by project."""
    own = [i for c in plan.candidates for i in (c.proceeds, c.cost, c.overrun, c.start, c.delay, c.cash_yield)]
    return tuple({i.name: i for i in (plan.interpretation, *plan.fixed, *own)}.values())


def projects(plan: Plan, grid: Grid) -> RenderableType:
    """The projects of a plan in the order of their selection, with what differs between them: the middles of beliefs.

    Projects that no report has named, alike in all but their day, are one row.
    """
    rows = table(
        "Project", "Selected", "Starts", ("Cost", NUMBER), ("Proceeds", NUMBER), ("Yield", NUMBER)
    )  # fmt: skip
    for c in (c for c in plan.candidates if not is_unnamed(c)):
        sector = "sector unknown: wide default" if c.sector == UNKNOWN else c.sector.replace("_", " ")
        said = f"{sector}; {c.stage or 'no stage reported'}"
        name = Text("\n").join([plain(c.name, "bold"), plain(said, "dim")])
        rows.add_row(name, grid.label(c.selected), _starts(c, grid), *_numbers(c, grid))
    rest = [c for c in plan.candidates if is_unnamed(c)]
    if rest:
        name = Text("\n").join(
            [plain(f"{len(rest)} unnamed projects", "bold"), plain("what is left of the ceiling", "dim")]
        )
        when = Text(f"{grid.label(rest[0].selected)}\nto {grid.label(rest[-1].selected)}")
        rows.add_row(name, when, _starts(rest[0], grid), *_numbers(rest[0], grid))
    return rows


def _starts(candidate: Candidate, grid: Grid) -> str:
    belief = candidate.start.belief
    return grid.label(math.floor(belief.quantile(0.5))) if isinstance(belief, Belief) else "-"


def _numbers(candidate: Candidate, grid: Grid) -> tuple[Text, Text, Text]:
    return (
        _marked(candidate.cost, grid), _marked(candidate.proceeds, grid), _marked(candidate.cash_yield, grid)
    )  # fmt: skip


def _marked(given: Input, grid: Grid) -> Text:
    """The middle of an input in the colour of its basis."""
    belief = given.belief
    middle = belief.quantile(0.5) if isinstance(belief, Belief) else 0.0
    return Text(_one(middle, given.unit, grid, given.name), style=COLOURS[given.basis])


def inputs(plan: Plan, grid: Grid) -> RenderableType:
    """Every input with its value or range, what it rests on, and where from: the terms, the projects, their sectors.

    What projects of one sector have in common is told once, under the sector.
    """
    rows = table(("Input", {"overflow": "fold"}), ("Value", {}), "Basis", ("Source", WIDE), ("Why", ID))
    fixed = {i.name: i for i in plan.fixed}
    of_projects = {c.id: fixed.pop(f"{c.id}.selected", None) for c in plan.candidates}
    sectors = dict.fromkeys(c.sector for c in plan.candidates)
    of_sectors = {key: [fixed.pop(n) for n in list(fixed) if n.startswith(f"sector.{key}.")] for key in sectors}
    taken = {i.name for i in plan.fixed}
    _section(rows, "terms", [(i.label, i) for i in (plan.interpretation, *fixed.values())], grid, taken)
    rest = [c for c in plan.candidates if is_unnamed(c)]
    for c in (*(c for c in plan.candidates if not is_unnamed(c)), *rest[:1]):
        its = (c.cost, c.proceeds, of_projects[c.id], c.start if not is_unnamed(c) else None)
        name = c.name if not is_unnamed(c) else f"{len(rest)} unnamed projects, each"
        _section(rows, name, [(_after(i.label, c.name), i) for i in its if i is not None], grid, taken)
    for key in sectors:
        first = next(c for c in plan.candidates if c.sector == key)
        names = [(i.label.partition(": ")[2] or i.label, i) for i in of_sectors[key]]
        names += [(_after(i.label, first.name), i) for i in (first.overrun, first.delay, first.cash_yield)]
        _section(rows, f"sector: {key.replace('_', ' ')}", names, grid, taken)
    return rows


def _section(rows: Table, name: str, its: Sequence[tuple[str, Input]], grid: Grid, taken: Collection[str]) -> None:
    rows.add_section()
    rows.add_row(plain(name, "bold"))
    for label, given in its:
        rows.add_row(
            Text(f"  {clean(label)}"),
            plain(_say_taken(given, grid) if given.name in taken else say_input(given, grid)),
            Text(given.basis.value, style=COLOURS[given.basis]),
            plain(from_sources(given.sources)),
            given.figure or "",
        )


def _after(label: str, name: str) -> str:
    return label.removeprefix(name).removeprefix(":").strip()


def say_input(given: Input, grid: Grid) -> str:
    """An input's value: a point, `middle (least to greatest of nine tenths)`, or the options with their weights."""
    belief = given.belief
    if isinstance(belief, Categories):
        shown = [f"{clean(word)} {percent(p)}" for word, p in belief.options[:_OPTIONS]]
        return ", ".join(shown) + (", ..." if len(belief.options) > _OPTIONS else "")
    low, middle, high = (_one(belief.quantile(p), given.unit, grid, given.name) for p in (0.05, 0.5, 0.95))
    return middle if low == high else f"{middle} ({low} to {high})"


def _say_taken(given: Input, grid: Grid) -> str:
    """An input that a run takes at the peak of its range, as it is: the peak, and the ends of the range."""
    belief = given.belief
    if isinstance(belief, Categories):
        return say_input(given, grid)
    rising = [part.high for part in belief.parts if part.shape is Shape.RISING]
    falling = [part.low for part in belief.parts if part.shape is Shape.FALLING]
    peak = (rising or falling or [belief.quantile(0.5)])[0]
    low, taken, high = (_one(x, given.unit, grid, given.name) for x in (belief.bounds()[0], peak, belief.bounds()[1]))
    return taken if low == high else f"{taken} ({low} to {high})"


def _one(x: float, unit: str, grid: Grid, name: str) -> str:
    match unit:
        case "USD":
            return dollars(x)
        case "rate":
            return rate(x)
        case "share" | "probability":
            return percent(x)
        case "factor":
            return f"{x:.2f}×"
        case "quarters":
            return grid.label(math.floor(x)) if name.endswith(".start") else f"{x:.0f} quarters"
        case "years":
            return f"{x:.0f} years"
    return dt.date.fromordinal(int(x)).isoformat() if unit == DAY else f"{x:.4g} {unit}"


def from_sources(sources: Sequence[Source]) -> str:
    """The first source in short, its year, a dagger where it is weak, and how many more there are."""
    if not sources:
        return "-"
    first = sources[0]
    where = first.where.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    where = where if len(where) <= _LONGEST else f"{where[:_LONGEST]}…"
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"{where}{f' ({first.year})' if first.year else ''}{' †' if first.weak else ''}{more}"


def excluded(plan: Plan) -> RenderableType:
    """What is left out, and why."""
    if not plan.excluded:
        return Text("")
    lines = [
        Text.assemble((clean(e.what), "bold"), f": {clean(e.why)}; ", (clean(e.mend), "dim")) for e in plan.excluded
    ]
    return Group(Text("Left out", style="bold"), *(Padding(line, (0, 0, 0, 2)) for line in lines))


def inputs_json(given: Iterable[Input], grid: Grid) -> list[Json]:
    """Inputs for programs: quantiles of a distribution, or the options of a choice; sources; claims by id."""
    return [
        {
            "name": i.name,
            "label": i.label,
            "unit": i.unit,
            "basis": i.basis.value,
            "value": say_input(i, grid),
            "belief": {"options": dict(i.belief.options)}
            if isinstance(i.belief, Categories)
            else {f"p{round(100 * p)}": i.belief.quantile(p) for p in (0.05, 0.25, 0.5, 0.75, 0.95)},
            "sources": [{"where": s.where, "year": s.year, "weak": s.weak} for s in i.sources],
            "figure": i.figure,
            "claims": list(i.claims),
        }
        for i in given
    ]
