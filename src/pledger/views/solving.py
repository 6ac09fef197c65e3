"""What `pledger solve` prints: what would have to be true, in sentences, and the grid that was looked at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.vehicle.asking.quantities import Unit
from pledger.views.numbers import finite, number, trimmed
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, table

if TYPE_CHECKING:
    from pledger.vehicle.asking.levers import Lever
    from pledger.vehicle.asking.solve import Crossing, Probe, Solution
    from pledger.vehicle.asking.stated import Stated

__all__ = ["solution", "solution_json"]

Json = dict[str, Any]


def solution(stated: Stated, lever: Lever, found: Solution, scenarios: int, now: Probe | None = None) -> RenderableType:
    """What would have to be true, in sentences; then the grid that was looked at."""
    stands = "" if lever.now is None else f", now {_at(lever.now, lever)}"
    head = Text.assemble(
        "Claim: ", (clean(stated.text), "bold"), "\nLever: ", (clean(lever.label), "bold"),
        f"{stands}; from {_at(found.low, lever)} to {_at(found.high, lever)} ",
        f"({lever.basis.value}: {lever.says.rstrip('.')})",
    )  # fmt: skip
    blocks: list[RenderableType] = [
        head,
        Text(""),
        *(Text(line, style="bold") for line in _verdict(stated, lever, found)),
    ]
    rows = table((lever.name, NUMBER), (_measured(stated), NUMBER), "Claim", title=f"{scenarios:,} scenarios each")
    for probe in sorted({*found.grid, *([now] if now is not None else ())}, key=lambda p: p.at):
        error = f" ± {number(probe.measure.error, _unit(stated))}" if math.isfinite(probe.measure.error) else ""
        told = ("holds" if probe.holds else "does not hold") + (", as it is now" if probe == now else "")
        rows.add_row(_at(probe.at, lever), f"{_value(stated, probe)}{error}", told)
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
    return f"{trimmed(100 * x, 2)} %" if lever.unit in ("share", "rate", "probability") else number(x, lever.unit)


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


def solution_json(
    stated: Stated, lever: Lever, found: Solution, scenarios: int, seed: int, now: Probe | None = None
) -> Json:
    """The same for programs."""
    return {
        "claim": stated.text,
        "lever": {
            "name": lever.name,
            "label": lever.label,
            "unit": lever.unit,
            "now": None if lever.now is None else finite(lever.now),
            "low": found.low,
            "high": found.high,
            "basis": lever.basis.value,
            "says": lever.says,
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
        "now": None if now is None else _probe_json(now),
        "grid": [_probe_json(p) for p in found.grid],
    }


def _probe_json(probe: Probe) -> Json:
    return {
        "at": probe.at,
        "measure": finite(probe.measure.value),
        "error": finite(probe.measure.error),
        "holds": probe.holds,
    }
