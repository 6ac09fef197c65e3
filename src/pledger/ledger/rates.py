"""What an amount is worth in US dollars: by the rate that its own report uses, that day's, or the year's average.

A report that restates one sum in a second currency shows the rate that it counts with; that rate explains its other
sums better than any table. Without one, the rate of the day or the month where `data/reference/fx.csv` has it, else the
average of the nearest year, with a wider tolerance: within a year a currency may stray by a fifth from its average.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pledger.data import reference
from pledger.ledger.explain import point
from pledger.ledger.voices import Voice
from pledger.model import Money

__all__ = ["Rate", "rate_of", "restated"]

_OWN = 0.02
"""Relative error of a rate that the report itself shows: both sums are rounded."""
_DAILY = 0.03
_MONTHLY = 0.06
_YEARLY = 0.20
"""Relative distance that a day's rate may have from a day's fixing, a month's and a year's average."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many units of a currency a US dollar buys, how far off that may be, and who says so."""

    per_usd: float
    spare: float
    source: str
    said: str
    """In an explanation: 'the rate of 156.1 that the report itself uses'."""


@cache
def _known() -> dict[str, tuple[tuple[str, float, str, str], ...]]:
    """By currency: the period (`2025`, `2025-11`, `2025-11-14`), the rate, its source and its kind."""
    found: dict[str, list[tuple[str, float, str, str]]] = {}
    for row in reference("fx"):
        period = row.get("period") or row["year"]
        source = f"{row['source']}, {row['vintage']} of {period}: {row['url']}"
        found.setdefault(row["currency"], []).append((period, float(row["per_usd"]), source, row["vintage"]))
    return {currency: tuple(sorted(rates)) for currency, rates in found.items()}


def restated(voices: Iterable[Voice]) -> dict[tuple[str, str], float]:
    """By document and currency: the units to a dollar by which the report restates a sum; the first pair of it."""
    its = sorted(voices, key=lambda v: (v.claim.document, v.claim.span))
    at = {(v.claim.document, v.claim.span): v for v in its if isinstance(v.claim.value, Money)}
    found: dict[tuple[str, str], float] = {}
    for voice in its:
        value = voice.claim.value
        base = at.get((voice.claim.document, value.converts)) if isinstance(value, Money) and value.converts else None
        if base is None or not isinstance(value, Money) or not isinstance(base.claim.value, Money):
            continue
        for dollars, other in ((value, base.claim.value), (base.claim.value, value)):
            x, y = point(dollars), point(other)
            if dollars.currency == "USD" and other.currency != "USD" and x and y:
                found.setdefault((voice.claim.document, other.currency), y / x)
    return found


def rate_of(currency: str, day: dt.date | None, own: float | None = None) -> Rate | None:
    """The rate that explains a sum of that day best; `own`: the one that its report shows. None where none is known."""
    if currency == "USD":
        return Rate(1.0, 0.0, "", "")
    if own:
        said = f"the rate of {own:.4g} to the dollar that the report itself uses"
        return Rate(own, _OWN, "", said)
    rates = _known().get(currency, ())
    if not rates:
        return None
    exact = {period: (rate, source) for period, rate, source, _ in rates}
    if day is not None:
        for period, spare, said in (
            (str(day), _DAILY, "that day's rate"),
            (str(day)[:7], _MONTHLY, "that month's rate"),
        ):
            if period in exact:
                return Rate(
                    exact[period][0], spare, exact[period][1], f"{said} of {exact[period][0]:.4g} to the dollar"
                )
    yearly = [(period, rate, source) for period, rate, source, _ in rates if len(period) == 4]
    if not yearly:
        return None
    year = day.year if day is not None else int(yearly[-1][0])
    period, rate, source = min(yearly, key=lambda r: (abs(int(r[0]) - year), r[0]))
    return Rate(rate, _YEARLY, source, f"the average rate of {period}, {rate:.4g} to the dollar")
