"""Pictures of a run over time: fans of what may be paid and received, steps beside them, and how far it comes back.

All values are dollars; widths are pixels. Words stand beside what they name.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pledger.views import draw
from pledger.views.draw import SMALL, TINY, Row
from pledger.views.svg import ALERT, INK, MAIN, MUTED, PAPER, SOFT, fit, render, width_of

__all__ = ["Band", "Chance", "Level", "dollars", "fan", "recovery", "ticks"]

_HIGH = 260
_LEFT = 58
"""Pixels for the words of the vertical axis."""
_MOST_BACK = 4.0
"""Times the principal up to which bars are drawn."""
_LOOKS = {"wide": SOFT, "narrow": MAIN, "line": MAIN, "step": INK, "alert": ALERT}


@dataclass(frozen=True, slots=True)
class Band:
    """One quantity over time: for each quarter its 5, 25, 50, 75 and 95 percentiles, in dollars."""

    words: str
    quantiles: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...], tuple[float, ...], tuple[float, ...]]
    """Five rows, one for each percentile, as long as there are quarters."""


@dataclass(frozen=True, slots=True)
class Level:
    """A line beside the fan: steps through (quarter, dollars), or one height where there is a single point."""

    words: str
    points: tuple[tuple[float, float], ...]
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Chance:
    """How much of the principal comes back under one reading of the terms: shares of the principal, 1 is all of it."""

    words: str
    chance: float
    """Probability that all of it comes back."""
    quantiles: tuple[float, float, float, float, float]
    """5, 25, 50, 75 and 95 percentiles of the share."""


def dollars(value: float) -> str:
    """A short amount for an axis: `$0`, `$250m`, `$1.5bn`, `$2tn`."""
    size = abs(value)
    for scale, unit in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "k")):
        if size >= scale:
            return f"{'-' if value < 0 else ''}${size / scale:.3g}{unit}"
    return f"{'-' if value < 0 else ''}${size:.3g}"


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers (1, 2, 2.5 or 5 times a power of ten apart) from at most `low` to at least `high`."""
    span = high - low or abs(high) or 1.0
    raw = span / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((m * power for m in (1, 2, 2.5, 5, 10) if m * power >= raw * (1 - 1e-9)), 10 * power)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [n * step for n in range(first, last + 1)]


def fan(
    band: Band,
    first_year: float,
    width: int,
    name: str,
    title: str,
    description: str,
    levels: Sequence[Level] = (),
    deadline: tuple[float, str] | None = None,
) -> str:
    """The middle line, the middle half dark, nine tenths light; `first_year` is the year of q = 0 (2026.75: October).

    `levels` are drawn over it and named at their right end, `deadline` (quarter, words) is a dotted upright line.
    """
    last = len(band.quantiles[0]) - 1
    tops = [max(band.quantiles[4], default=0.0), *(v for level in levels for _, v in level.points)]
    scale = ticks(min(0.0, *band.quantiles[0]), max(tops) or 1.0)
    right = width - 8

    def across(quarter: float) -> float:
        return _LEFT + (right - _LEFT) * min(max(quarter, 0.0), last) / max(last, 1)

    def down(value: float) -> float:
        return 8 + _HIGH * (scale[-1] - value) / (scale[-1] - scale[0])

    grid = [{"x": _LEFT, "x2": right, "y": down(v), "y2": down(v)} for v in scale]
    heights = [{"words": dollars(v), "x": _LEFT - 8, "y": down(v)} for v in scale]
    years, rules = _years(first_year, last, across, down(scale[0]), width)
    bands: list[Row] = []
    for look, low, high in (("wide", 0, 4), ("narrow", 1, 3)):
        pairs = zip(band.quantiles[low], band.quantiles[high], strict=True)
        bands += [
            {"x": across(q), "y": down(a), "y2": down(b), "look": look, "run": look} for q, (a, b) in enumerate(pairs)
        ]
    middle = [{"x": across(q), "y": down(v), "look": "line", "run": "m"} for q, v in enumerate(band.quantiles[2])]
    steps, names = _levels(levels, last, across, down, right)
    upright: list[Row] = []
    if deadline is not None and 0 <= deadline[0] <= last:
        x = across(deadline[0])
        upright = [{"x": x, "x2": x, "y": 8, "y2": down(scale[0])}]
        lead = x + width_of(deadline[1], SMALL) + 12 < right
        names[lead].append({"words": deadline[1], "x": x + (6 if lead else -6), "y": 18.0})
    layers = [
        draw.rules(grid),
        draw.areas([b for b in bands if b["look"] == "wide"], _LOOKS, opacity=0.55),
        draw.areas([b for b in bands if b["look"] == "narrow"], _LOOKS, opacity=0.45),
        draw.lines(middle, _LOOKS),
        draw.lines([s for s in steps if s["look"] == "step"], _LOOKS, "step-after", strokeDash=[5, 3]),
        draw.lines([s for s in steps if s["look"] == "alert"], _LOOKS, "step-after", strokeDash=[5, 3]),
        draw.rules(upright, MUTED, strokeDash=[2, 3]),
        draw.rules(rules),
        draw.words(heights, "right", SMALL, MUTED),
        draw.words(years, "center", SMALL, MUTED),
    ]
    for left, its in names.items():
        align = "left" if left else "right"
        layers.append(
            draw.words(its, align, SMALL, PAPER, fontWeight=600, stroke=PAPER, strokeWidth=4, strokeJoin="round")
        )
        layers.append(draw.words(its, align, SMALL, INK, fontWeight=600))
    return render(draw.picture(layers, width, down(scale[0]) + 26), name, title, description)


def _levels(
    levels: Sequence[Level], last: int, across: Callable[[float], float], down: Callable[[float], float], right: float
) -> tuple[list[Row], dict[bool, list[Row]]]:
    """Rows of the lines, and their names above the right ends, kept apart from one another."""
    steps: list[Row] = []
    placed: list[float] = []
    names: dict[bool, list[Row]] = {True: [], False: []}
    for number, level in enumerate(levels):
        points = level.points if len(level.points) > 1 else ((0.0, level.points[0][1]), (last, level.points[0][1]))
        ends = [*points, (float(last), points[-1][1])] if points[-1][0] < last else [*points]
        look = "alert" if level.alert else "step"
        steps += [{"x": across(q), "y": down(v), "look": look, "run": f"{number}"} for q, v in ends]
        y = down(ends[-1][1]) - 9
        while any(abs(y - other) < 15 for other in placed):
            y += 15
        placed.append(y)
        names[False].append({"words": fit(level.words, right - _LEFT - 8, SMALL, bold=True), "x": right - 4, "y": y})
    return steps, names


def _years(
    first_year: float, last: int, across: Callable[[float], float], floor: float, width: int
) -> tuple[list[Row], list[Row]]:
    """Names of years below the axis, as many as have room, and their ticks."""
    total = last / 4
    most = max(2, int((width - _LEFT) / 52))
    every = next((n for n in (1, 2, 5, 10, 20) if total / n <= most), 50)
    told = [y for y in range(math.ceil(first_year), int(first_year + total) + 1) if y % every == 0]
    places = [(y, across(4 * (y - first_year))) for y in told]
    words: list[Row] = [
        {"words": str(y), "x": min(max(x, _LEFT + 14.0), width - 18.0), "y": floor + 15} for y, x in places
    ]
    return words, [{"x": x, "x2": x, "y": floor, "y2": floor + 5} for _, x in places]


def recovery(rows: Sequence[Chance], width: int, name: str, title: str, description: str) -> str:
    """For each reading of the terms: nine tenths and half of the scenarios as bars, the middle as a dot, 1 marked.

    Beside it the chance that all of the principal comes back. A bar that is cut at four times the principal, so that
    the rest can still be read, ends in an arrow, and words say how far it goes.
    """
    told = [f"{round(100 * row.chance)} %" for row in rows]
    room = max((width_of(t, bold=True) for t in told), default=0.0) + 24
    high = max([1.25, *(min(row.quantiles[4], _MOST_BACK) for row in rows)])
    right = width - room

    def across(share: float) -> float:
        return 2 + (right - 2) * min(max(share, 0.0), high) / high

    step, marks, names, values, points = 50, [], [], [], []
    arrows: list[Row] = []
    notes: list[Row] = []
    for number, row in enumerate(rows):
        y = number * step + 34
        low, quarter, middle, three, top = (across(q) for q in row.quantiles)
        marks.append({"x": low, "x2": max(top, low + 1), "y": y - 4, "y2": y + 4, "look": "wide"})
        marks.append({"x": quarter, "x2": max(three, quarter + 1), "y": y - 7, "y2": y + 7, "look": "narrow"})
        points.append({"x": middle, "y": y, "look": "middle", "size": 80})
        beyond = f"goes on to {100 * row.quantiles[4]:,.0f} %" if row.quantiles[4] > high else ""
        if beyond:
            arrows.append({"x": right + 4, "y": y, "look": "on", "size": 90})
            notes.append({"words": beyond, "x": width, "y": y - 20})
        free = width - (width_of(beyond, TINY) + 10 if beyond else 0)
        names.append({"words": fit(row.words, free, SMALL, bold=True), "x": 0, "y": y - 20})
        values.append({"words": told[number], "x": width, "y": y})
    tall = len(rows) * step + 12
    every = [v for v in ticks(0.0, high, max(3, width // 160)) if v <= high * (1 + 1e-9)]
    grid = [{"x": across(v), "x2": across(v), "y": 22, "y2": tall} for v in every]
    one = [{"x": across(1.0), "x2": across(1.0), "y": 22, "y2": tall}]
    axis = [{"words": f"{round(100 * v)} %", "x": max(across(v), 12.0), "y": tall + 12} for v in every]
    layers = [
        draw.rules(grid),
        draw.rules(one, INK),
        draw.bars([m for m in marks if m["look"] == "wide"], _LOOKS),
        draw.bars([m for m in marks if m["look"] == "narrow"], _LOOKS),
        draw.dots(points, {"middle": ("circle", PAPER, INK)}),
        draw.dots(arrows, {"on": ("triangle-right", SOFT, SOFT)}),
        draw.words(notes, "right", TINY, MUTED),
        draw.words(names, "left", SMALL, PAPER, fontWeight=600, stroke=PAPER, strokeWidth=4, strokeJoin="round"),
        draw.words(names, "left", SMALL, fontWeight=600),
        draw.words(values, "right", fontWeight=600),
        draw.words(axis, "center", TINY, MUTED),
    ]
    return render(draw.picture(layers, width, tall + 24), name, title, description)
