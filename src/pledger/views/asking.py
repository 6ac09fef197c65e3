"""What `attention`, `solve` and `scenarios` print, as tables and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pledger.vehicle.quantities import Quantity, Unit
from pledger.views.cashflows import dollars, percent
from pledger.views.days import say_date
from pledger.views.jsons import evidence_json
from pledger.views.plain import clean, excerpt
from pledger.views.terminal import NUMBER, plain, table
from pledger.views.wording import say_chain

if TYPE_CHECKING:
    from pledger.ledger.why import Evidence
    from pledger.vehicle.attention import Attention
    from pledger.vehicle.compared import Compared, Difference
    from pledger.vehicle.levers import Lever
    from pledger.vehicle.solve import Crossing, Probe, Solution
    from pledger.vehicle.stated import Stated

__all__ = [
    "attention",
    "attention_json",
    "number",
    "scenarios",
    "scenarios_json",
    "solution",
    "solution_json",
]

Json = dict[str, Any]
Fact = tuple["Attention", Sequence["Evidence"]]
"""A fact, and the sentences behind it."""


def number(x: float, unit: Unit | str) -> str:
    """A number in its unit, as a person writes it."""
    if not math.isfinite(x):
        return "-"
    match str(unit):
        case "USD":
            return dollars(x)
        case "share" | "rate" | "event" | "probability":
            return percent(x)
        case "factor":
            return f"{_trimmed(x, 3)}×"
        case "quarter" | "quarters" | "years":
            return f"{_trimmed(x, 1)} {str(unit).removesuffix('s')}s"
    return f"{x:.3g}".replace("-", "−")


def _trimmed(x: float, digits: int) -> str:
    said = f"{x:.{digits}f}".replace("-", "−")
    return said.rstrip("0").rstrip(".") if digits else said


def attention(
    about: Quantity, facts: Sequence[Fact], unreported: Sequence[Attention], scenarios: int
) -> RenderableType:
    """The facts, those that settle most on top, each with its sentences; below, what no report can settle."""
    head = Text.assemble(
        "What to check next for ",
        (clean(about.label), "bold"),
        f": the share of its variance that would go if the fact were settled ({scenarios:,} scenarios)",
    )
    blocks: list[RenderableType] = [head, Text("")]
    if not facts:
        blocks.append(Text("No reported fact leaves this answer open.", style="dim"))
    for place, (fact, sentences) in enumerate(facts, 1):
        line = Text.assemble(
            f"{place:>2}  ", (_index(fact), "bold"), "  ", clean(fact.label), (f"  {fact.figure or ''}", "dim")
        )
        blocks.append(line)
        blocks += [Padding(_sentence(one), (0, 0, 0, 6)) for one in sentences]
        blocks.append(Text(""))
    if unreported:
        rows = table(("Of the variance", NUMBER), "Not settled by any report", "Basis")
        for fact in unreported:
            rows.add_row(_index(fact), plain(fact.label), fact.basis.value)
        blocks.append(rows)
    return Group(*blocks)


def _index(fact: Attention) -> str:
    return f"{100 * max(0.0, fact.index.value):.1f} % ± {100 * fact.index.error:.1f}"


def _sentence(item: Evidence) -> RenderableType:
    """The sentence, and who said so when."""
    start = item.claim.span.start - item.claim.sentence.start
    before, words, after = excerpt(item.sentence, start, start + len(item.claim.text), 240)
    day = say_date(item.document.reported_on) if item.document.reported_on else "undated"
    chain = clean(say_chain(item.document, item.claim.attribution))
    return Group(
        Text.assemble("“", before, (words, "bold"), after, "”"),
        Text(f"{chain}, {day}  grade {item.origin.graded}", style="dim"),
    )


def attention_json(
    about: Quantity, facts: Sequence[Fact], unreported: Sequence[Attention], scenarios: int, seed: int
) -> Json:
    """The same for programs."""
    return {
        "answer": about.name,
        "scenarios": scenarios,
        "seed": seed,
        "facts": [_fact_json(fact) | {"sentences": [evidence_json(one) for one in said]} for fact, said in facts],
        "not_settled_by_reports": [_fact_json(fact) for fact in unreported],
    }


def _fact_json(fact: Attention) -> Json:
    return {
        "index": fact.index.value,
        "error": fact.index.error,
        "label": fact.label,
        "inputs": list(fact.inputs),
        "basis": fact.basis.value,
        "figure": fact.figure,
        "claims": list(fact.claims),
        "sources": [{"where": s.where, "year": s.year, "weak": s.weak} for s in fact.sources],
    }


def solution(stated: Stated, lever: Lever, found: Solution, scenarios: int) -> RenderableType:
    """What would have to be true, in sentences; then the grid that was looked at."""
    now = "" if lever.now is None else f", now {_at(lever.now, lever)}"
    head = Text.assemble(
        "Claim: ", (clean(stated.text), "bold"), "\nLever: ", (clean(lever.label), "bold"),
        f"{now}; from {_at(found.low, lever)} to {_at(found.high, lever)} ",
        f"({lever.basis.value}: {lever.says.rstrip('.')})",
    )  # fmt: skip
    blocks: list[RenderableType] = [
        head,
        Text(""),
        *(Text(line, style="bold") for line in _verdict(stated, lever, found)),
    ]
    rows = table((lever.name, NUMBER), (_measured(stated), NUMBER), "Claim", title=f"{scenarios:,} scenarios each")
    for probe in found.grid:
        error = f" ± {number(probe.measure.error, _unit(stated))}" if math.isfinite(probe.measure.error) else ""
        rows.add_row(
            _at(probe.at, lever), f"{_value(stated, probe)}{error}", "holds" if probe.holds else "does not hold"
        )
    return Group(*blocks, Text(""), rows)


def _verdict(stated: Stated, lever: Lever, found: Solution) -> list[str]:
    if found.nowhere:
        best = max(found.grid, key=lambda p: _towards(stated, p.measure.value))
        return [
            f"No value in this range makes it hold; it comes nearest at {_at(best.at, lever)}: {_value(stated, best)}."
        ]
    if found.everywhere:
        return ["It holds at every value in this range."]
    lines = [_crossing(stated, lever, one) for one in found.crossings]
    if not found.monotonic:
        lines.append("The measure rises and falls over the range: read the table.")
    return lines


def _towards(stated: Stated, value: float) -> float:
    if not math.isfinite(value):
        return -math.inf
    least = stated.chance is not None and stated.value is not None
    return value if stated.at_least or least else -value


def _crossing(stated: Stated, lever: Lever, one: Crossing) -> str:
    side = "from" if one.rising else "up to"
    error = "" if one.error is None or not one.error else f" (± {number(one.error, lever.unit)})"
    return (
        f"It holds {side} {_at(one.holds.at, lever)}{error}, where it is {_finely(stated, one.holds)}; "
        f"at {_at(one.fails.at, lever)} it is {_finely(stated, one.fails)}."
    )


def _at(x: float, lever: Lever) -> str:
    """A value of the lever; shares and rates to a hundredth of a per cent."""
    return f"{_trimmed(100 * x, 2)} %" if lever.unit in ("share", "rate", "probability") else number(x, lever.unit)


def _unit(stated: Stated) -> Unit:
    return Unit.EVENT if stated.chance is not None else stated.quantity.unit


def _measured(stated: Stated) -> str:
    return "chance" if stated.chance is not None else f"{stated.statistic} {stated.quantity.name}"


def _value(stated: Stated, probe: Probe) -> str:
    if stated.chance is None and stated.quantity.unit is Unit.QUARTER:  # told in calendar years
        return f"{probe.measure.value:.0f}" if math.isfinite(probe.measure.value) else "-"
    return number(probe.measure.value, _unit(stated))


def _finely(stated: Stated, probe: Probe) -> str:
    """A chance to a hundredth of a per cent: two that are a step apart look alike otherwise."""
    if stated.chance is None or not math.isfinite(probe.measure.value):
        return _value(stated, probe)
    return f"{100 * probe.measure.value:.2f} %"


def solution_json(stated: Stated, lever: Lever, found: Solution, scenarios: int, seed: int) -> Json:
    """The same for programs."""
    return {
        "claim": stated.text,
        "lever": {
            "name": lever.name, "label": lever.label, "unit": lever.unit, "now": lever.now, "low": found.low,
            "high": found.high, "basis": lever.basis.value, "says": lever.says,
            "sources": [{"where": s.where, "year": s.year, "weak": s.weak} for s in lever.sources],
        },
        "scenarios": scenarios,
        "seed": seed,
        "holds": "everywhere" if found.everywhere else "nowhere" if found.nowhere else "in part",
        "monotonic": found.monotonic,
        "crossings": [
            {"holds": _probe_json(c.holds), "fails": _probe_json(c.fails), "error": c.error, "rising": c.rising}
            for c in found.crossings
        ],
        "grid": [_probe_json(p) for p in found.grid],
    }  # fmt: skip


def _probe_json(probe: Probe) -> Json:
    return {
        "at": probe.at,
        "measure": _finite(probe.measure.value),
        "error": _finite(probe.measure.error),
        "holds": probe.holds,
    }


def _finite(x: float) -> float | None:
    return float(x) if math.isfinite(x) else None


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
                    "worth": _finite(one.relief.worth.mean),
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
    numbers = {name: _finite(getattr(answer, name)) for name in ("mean", "error", "p5", "p25", "p50", "p75", "p95")}
    return {
        "name": answer.name,
        "unit": answer.unit.value,
        **numbers,
        "defined": answer.defined,
        "change": _finite(one.change),
        "change_error": _finite(one.error),
    }
