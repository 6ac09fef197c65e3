"""Who pays whom, as a Sankey diagram: bands as wide as the sums, from the left to the right, nothing lost between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.views import draw
from pledger.views.draw import SMALL, Row
from pledger.views.flowcharts import dollars
from pledger.views.svg import ALERT, INK, MAIN, MUTED, PAPER, SOFT, fit, render

__all__ = ["Flow", "sankey"]

_BAR = 10
_GAP = 22
"""Pixels between two parties of one column: room for the words of a thin one."""
_POINTS = 24
_THIN = 1.0
_LOOKS = {"plain": SOFT, "alert": ALERT, "bar": MAIN}


@dataclass(frozen=True, slots=True)
class Flow:
    """Dollars from one party to another."""

    source: str
    target: str
    amount: float
    alert: bool = False
    """Drawn in the colour of warnings: what a guarantor has to pay."""


@dataclass(slots=True)
class _Node:
    words: str
    column: int
    size: float
    top: float = 0.0
    given: float = 0.0
    taken: float = 0.0


def sankey(flows: Sequence[Flow], width: int, height: int, name: str, title: str, description: str) -> str:
    """The flows from left to right; a party stands one column right of the last that pays it.

    Sums that go round in a circle cannot be laid out: name a party that pays and receives twice ("Banks, repaid").
    Flows of nothing are left out.
    """
    shown = [flow for flow in flows if flow.amount > 0]
    nodes = _nodes(shown)
    columns = [[n for n in nodes.values() if n.column == c] for c in range(1 + max(n.column for n in nodes.values()))]
    room = min((height - _GAP * len(its)) / sum(n.size for n in its) for its in columns if its)
    for its in columns:
        top = (height - room * sum(n.size for n in its) - _GAP * (len(its) - 1)) / 2
        for node in its:
            node.top = top
            top += room * node.size + _GAP
    across = (width - _BAR) / max(len(columns) - 1, 1)
    bands: list[Row] = []
    for number, flow in enumerate(sorted(shown, key=lambda f: (nodes[f.source].top, nodes[f.target].top))):
        start, end = nodes[flow.source], nodes[flow.target]
        y, y2 = start.top + room * start.given, end.top + room * end.taken
        start.given += flow.amount
        end.taken += flow.amount
        thick = max(room * flow.amount, _THIN)
        left, right = across * start.column + _BAR, across * end.column
        for step in range(_POINTS + 1):
            u = step / _POINTS
            middle = y + (y2 - y) * u * u * (3 - 2 * u)
            look = "alert" if flow.alert else "plain"
            row = {"x": left + (right - left) * u, "y": middle, "y2": middle + thick, "look": look, "run": str(number)}
            bands.append(row)
    bars: list[Row] = []
    names: dict[str, list[Row]] = {"left": [], "right": []}
    sums: dict[str, list[Row]] = {"left": [], "right": []}
    for node in nodes.values():
        x = across * node.column
        bars.append(
            {"x": x, "x2": x + _BAR, "y": node.top, "y2": node.top + max(room * node.size, _THIN), "look": "bar"}
        )
        last = node.column == len(columns) - 1
        align, at = ("right", x - 6) if last else ("left", x + _BAR + 6)
        y = node.top + room * node.size / 2
        names[align].append({"words": fit(node.words, across - 2 * _BAR, SMALL, bold=True), "x": at, "y": y - 7})
        sums[align].append({"words": dollars(node.size), "x": at, "y": y + 8})
    layers = [
        draw.areas([b for b in bands if b["look"] == "plain"], _LOOKS, opacity=0.6),
        draw.areas([b for b in bands if b["look"] == "alert"], _LOOKS, opacity=0.5),
        draw.bars(bars, _LOOKS),
    ]
    for align in ("left", "right"):
        for words, size, colour, weight in ((names[align], SMALL, INK, 600), (sums[align], SMALL, MUTED, 400)):
            layers.append(
                draw.words(
                    words, align, size, PAPER, stroke=PAPER, strokeWidth=4, strokeJoin="round", fontWeight=weight
                )
            )
            layers.append(draw.words(words, align, size, colour, fontWeight=weight))
    return render(draw.picture(layers, width, height), name, title, description)


def _nodes(flows: Sequence[Flow]) -> dict[str, _Node]:
    """Each party with its column and its size: the larger of what comes in and what goes out."""
    names = list(dict.fromkeys(name for flow in flows for name in (flow.source, flow.target)))
    column = dict.fromkeys(names, 0)
    for _ in names:
        for flow in flows:
            column[flow.target] = max(column[flow.target], column[flow.source] + 1)
        if max(column.values()) >= len(names):
            raise ValueError("these flows go round in a circle; give the party a second name for what it receives")
    for name in names:  # who only pays stands next to whom it pays, not at the far left
        if not any(flow.target == name for flow in flows):
            column[name] = min(column[flow.target] for flow in flows if flow.source == name) - 1
    sums = {
        n: (sum(f.amount for f in flows if f.source == n), sum(f.amount for f in flows if f.target == n)) for n in names
    }
    return {n: _Node(n, column[n], max(sums[n])) for n in names}
