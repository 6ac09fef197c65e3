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
from pledger.views.terminal import NUMBER, WIDE, plain, table
from pledger.views.wording import say, say_chain, say_count, say_weight

if TYPE_CHECKING:
    from pledger.ledger.why import Evidence, Why
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


def number(x: float, unit: Unit | str, *, signed: bool = False) -> str:
    """A number in its unit, as a person writes it; with its sign where it is a difference."""
    if not math.isfinite(x):
        return "-"
    match str(unit):
        case "USD":
            said = dollars(x)
        case "share" | "rate" | "event" | "probability":
            said = percent(x)
        case "factor":
            said = f"{x:.2f}×".replace("-", "−")
        case "quarter" | "quarters" if signed or unit == "quarters":
            said = f"{x:.1f} quarters".replace(".0", "").replace("-", "−")
        case _:
            said = f"{x:.3g}".replace("-", "−")
    return f"+{said}" if signed and x > 0 else said
