"""Numbers in their units, as a person writes them."""

from __future__ import annotations

import math

from pledger.vehicle.asking.quantities import Unit
from pledger.views.cashflows import dollars, percent

__all__ = ["finite", "number", "trimmed"]


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
            return f"{trimmed(x, 3)}×"
        case "quarter" | "quarters" | "years":
            return f"{trimmed(x, 1)} {str(unit).removesuffix('s')}s"
    return f"{x:.3g}".replace("-", "−")


def trimmed(x: float, digits: int) -> str:
    """At most so many decimals, without zeros at the end."""
    said = f"{x:.{digits}f}".replace("-", "−")
    return said.rstrip("0").rstrip(".") if digits else said


def finite(x: float) -> float | None:
    """A number for JSON: none where there is none."""
    return float(x) if math.isfinite(x) else None
