"""Charts of pages: drawn once for each content and width, shown at the width that fits, and taken away as files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from markupsafe import Markup

from pledger.views import charts
from pledger.views.charts import Bar
from pledger.views.ladders import rungs
from pledger.views.overview import Programme
from pledger.views.plain import clean
from pledger.views.web.answers import Chart
from pledger.views.wording import say_name

__all__ = ["WIDTHS", "ladder", "ladder_rows", "show", "shown"]

WIDTHS = {"wide": 1040, "middle": 680, "narrow": 336}
"""For windows from 1120, from 760 and below 760 pixels; the style sheet has the same numbers."""
_KEPT = 256
"""Drawings that are remembered."""


def show(chart: Chart) -> Markup:
    """A chart of a page, ready for its template."""
    return shown(chart.draw, chart.name, chart.widths)


def shown(draw: Callable[[int, str], str], name: str, kinds: Sequence[str] = tuple(WIDTHS)) -> Markup:
    """The chart at several widths, of which the style sheet shows one. What `draw` returns is ours and safe."""
    parts = [
        Markup('<div class="{}">{}</div>').format(kind, Markup(draw(WIDTHS[kind], f"{name}-{kind}")))  # noqa: S704
        for kind in kinds
    ]
    return Markup('<div class="chart">{}</div>').format(Markup("").join(parts))


def ladder_rows(programme: Programme, address: Callable[[str], str]) -> tuple[Bar, ...]:
    """The rungs of a programme's ladder as bars; `address` leads from a figure's id to its page, a sum nowhere."""
    return rungs(programme, lambda rung: address(rung.figures[0].id) if len(rung.figures) == 1 else None)


def ladder(programme: Programme, rows: tuple[Bar, ...], name: str) -> Chart:
    """The ladder of one programme."""
    title = f"From pledged to drawn: {say_name(clean(programme.entity.name))}"
    told = "; ".join(f"{row.label}: {row.said}" for row in rows)
    return Chart(name, title, lambda width, id_: bars(rows, width, id_, title, told))


@lru_cache(maxsize=_KEPT)
def bars(rows: tuple[Bar, ...], width: int, name: str, title: str, told: str) -> str:
    """`charts.bars`, remembered."""
    return charts.bars(rows, width, name, title, told)
