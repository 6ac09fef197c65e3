"""What a halt comes to over all scenarios: fans by month, and a few numbers that answer who goes short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pledger.exposure.supply.change import Range, ranged
from pledger.exposure.supply.shock import UNIT, Flow
from pledger.vehicle.words import Floats

__all__ = ["QUANTILES", "Answer", "Fan", "Month", "answer", "fans", "month_of", "table"]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Fan:
    """One column by month: `QUANTILES` and the mean, in months of normal use."""

    name: str
    label: str
    quantiles: Floats
    """(5, T)."""
    mean: Floats
    """(T,)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a halt comes to; amounts in months of normal use."""

    any_shortage: float
    """Probability that something is missing in some month."""
    missing: Range
    """What is missing in all."""
    missing_share: Range
    """The same as a share of what is used while it lasts."""
    saved: Range
    """What users did without."""
    worst: Range
    """What is missing in the worst month, as a share of that month's normal use."""
    lasts: Range
    """Whole months that pass before anything is missing; the length of the halt where nothing is."""


@dataclass(frozen=True, slots=True)
class Month:
    """One column in one month."""

    month: dt.date
    """Its first day."""
    column: str
    low: float
    """5 %."""
    middle: float
    high: float
    """95 %."""
    mean: float


def answer(flow: Flow) -> Answer:
    """The numbers that are asked for first."""
    missing = flow.shortage / UNIT
    total, short = missing.sum(axis=1), flow.shortage > 0
    some = short.any(axis=1)
    first = np.where(some, short.argmax(axis=1), flow.halt.months).astype(np.float64)
    return Answer(
        float(some.mean()),
        ranged(total),
        ranged(total / flow.halt.months),
        ranged(flow.saved.sum(axis=1) / UNIT),
        ranged(missing.max(axis=1)),
        ranged(first),
    )


def fans(flow: Flow) -> tuple[Fan, ...]:
    """Every column by month: demand, what meets it by where it is from, stocks, what is missing."""
    drawn = np.diff(flow.stock, axis=1, prepend=flow.opening[:, None])
    columns = [
        ("demand", "demand", flow.demand),
        ("home", "home production", flow.home),
        ("plants", "new plants", flow.plant),
        *((f"imports.{c}", f"imports from {c}", flow.imports[:, :, n]) for n, c in enumerate(flow.sources)),
        ("stock_draw", "drawn from stock", np.maximum(0, -drawn)),
        ("restocked", "put to stock", np.maximum(0, drawn)),
        ("saved", "done without", flow.saved),
        ("shortage", "missing", flow.shortage),
        ("stock", "stock at the month's end", flow.stock),
        ("exported", "sent abroad", flow.exported),
    ]
    return tuple(
        Fan(name, label, np.quantile(values / UNIT, QUANTILES, axis=0), values.mean(axis=0) / UNIT)
        for name, label, values in columns
    )


def month_of(begins: dt.date, number: int) -> dt.date:
    """The first day of the month that is `number` months after that of `begins`."""
    at = 12 * begins.year + begins.month - 1 + number
    return dt.date(at // 12, at % 12 + 1, 1)


def table(begins: dt.date, found: Sequence[Fan]) -> tuple[Month, ...]:
    """Fans as rows: month by month, column by column."""
    return tuple(
        Month(
            month_of(begins, t), fan.name,
            float(fan.quantiles[0, t]), float(fan.quantiles[2, t]), float(fan.quantiles[4, t]), float(fan.mean[t]),
        )
        for t in range(len(found[0].mean)) for fan in found
    )  # fmt: skip
