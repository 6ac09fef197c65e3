"""The chart of a portfolio's exposure: a bar for each holding that takes part in projects."""

from __future__ import annotations

from pledger.exposure.portfolio.words import Exposure
from pledger.views.charts import Bar
from pledger.views.exposurewords import say_touched
from pledger.views.plain import clean
from pledger.views.wording import say_count, say_name

__all__ = ["bars"]

_BARS = 25
"""Holdings that the chart has room for."""


def bars(its: Exposure) -> tuple[Bar, ...]:
    """A bar for each holding that takes part in projects: from what is sure of their amounts to the most."""
    rows = []
    for group in its.exposed.by_holding[:_BARS]:
        weight = f", {group.weight:.1%} of the portfolio" if group.weight is not None else ""
        note = f"{say_count(len(group.touched.projects), 'project')}{weight}"
        told = group.touched.high > 0
        rows.append(
            Bar(
                say_name(clean(group.label)),
                note,
                say_touched(group.touched).partition(",")[0],
                group.touched.low if told else None,
                group.touched.high if told else None,
                None,
            )
        )
    return tuple(rows)
