"""The report's bars and its timeline, each one function from records to SVG.

Widths are pixels. A chart is drawn for the width at which it is shown instead of being scaled, so that its words stay
readable on a telephone; labels stand beside what they name and are placed so that none can cover another.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pledger.views import draw
from pledger.views.draw import SMALL, Row
from pledger.views.svg import ALERT, INK, MAIN, MUTED, PAPER, SOFT, fit, render, width_of

__all__ = ["LOOKS", "Bar", "Dot", "Step", "bars", "months", "timeline"]

_COLUMN = 280
"""At most so many pixels for the words left of the bars in a wide chart."""
_WIDE = 560
_SPACE = 11
"""Pixels from dot to dot on the timeline."""

LOOKS = {
    "own": ("circle", MAIN, MAIN),
    "relay": ("diamond", SOFT, MAIN),
    "copy": ("square", PAPER, MUTED),
    "machine": ("triangle-up", ALERT, ALERT),
}
"""Shape, filling and outline of a document by its kind: shape tells it also without colour."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar chart, from `low` (sure) to `high`; `high` None: nothing is reported."""

    label: str
    note: str
    said: str
    low: float | None
    high: float | None
    href: str | None


@dataclass(frozen=True, slots=True)
class Dot:
    """One document on the timeline; `look` is a key of `LOOKS`."""

    day: dt.date
    lane: str
    look: str
    href: str | None
    told: str = ""
    """What a pointer that rests on it shows."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step worth naming on the timeline."""

    day: dt.date
    words: str
    href: str | None


def bars(rows: Sequence[Bar], width: int, name: str, title: str, description: str) -> str:
    """Bars from nothing: what is sure in full colour, what words like `up to` add in a lighter one.

    Wide: label, bar, value in one line. Narrow: label and value above the bar.
    """
    wide = width >= _WIDE
    largest = max((r.high or 0.0 for r in rows), default=0.0) or 1.0
    words = max((max(width_of(r.label, bold=True), width_of(r.note, SMALL)) for r in rows), default=0.0)
    column = min(_COLUMN, words + 18)
    room = min(_COLUMN, max((width_of(r.said, bold=True) for r in rows), default=0.0) + 18)
    left, right = (column, width - room) if wide else (0, width)
    step, offset = (46, 23) if wide else (60, 44)
    marks: list[Row] = []
    labels: list[Row] = []
    notes: list[Row] = []
    values: dict[bool, list[Row]] = {True: [], False: []}
    for number, row in enumerate(rows):
        y = number * step + offset
        low, high = (left + (right - left) * (end or 0.0) / largest for end in (row.low, row.high))
        told = row.high is not None
        reach = {"x": left, "y": y - 8, "y2": y + 8, "href": row.href}
        marks += [reach | {"x2": high, "look": "open"}] if told else []
        marks += [reach | {"x2": low, "look": "sure"}] if told and low > left else []
        place = {"x": (high if told else left) + 8, "y": y} if wide else {"x": width, "y": y - 30}
        values[told].append({"words": fit(row.said, room - 8, bold=True), "href": row.href} | place)
        free = column - 14 if wide else width - width_of(row.said, bold=True) - 12
        labels.append(
            {"words": fit(row.label, free, bold=True), "x": 0, "y": (y - 8 * bool(row.note)) if wide else y - 30}
        )
        if row.note:
            free = column - 14 if wide else width
            notes.append({"words": fit(row.note, free, SMALL), "x": 0, "y": y + 9 if wide else y - 15})
    height = len(rows) * step + 2
    align = "left" if wide else "right"
    layers = [
        draw.bars(marks, {"open": SOFT, "sure": MAIN}),
        draw.rules([{"x": left, "x2": left, "y": 0, "y2": height}] if wide else [], INK),
        draw.words(labels, fontWeight=600),
        draw.words(notes, size=SMALL, colour=MUTED),
        draw.words(values[True], align, fontWeight=600),
        draw.words(values[False], align, colour=MUTED, fontStyle="italic"),
    ]
    return render(draw.picture(layers, width, height), name, title, description)


def timeline(dots: Sequence[Dot], steps: Sequence[Step], width: int, name: str, title: str, description: str) -> str:
    """One dot a document, by day, in a lane for each programme; steps are named above, or numbered."""
    days = [d.day for d in dots] + [s.day for s in steps]
    margin = dt.timedelta(days=max(3, (max(days) - min(days)).days // 40))
    start, end = min(days) - margin, max(days) + margin

    def across(day: dt.date) -> float:
        return width * (day - start).days / max(1, (end - start).days)

    wide = width >= _WIDE
    heads, y = _heads([(across(s.day), s) for s in steps], width, wide)
    points: list[Row] = []
    names: list[Row] = []
    lines: list[Row] = []
    for lane in dict.fromkeys(d.lane for d in dots):
        names.append({"words": fit(lane, width, SMALL, bold=True), "x": 0, "y": y + 16})
        stacked = _stack([(min(max(across(d.day), 6.0), width - 6.0), d) for d in dots if d.lane == lane])
        y += 30 + (1 + max(level for _, level, _ in stacked)) * _SPACE
        for x, level, dot in stacked:
            place = {"x": x, "y": y - 8 - level * _SPACE, "size": 62}
            points.append(place | {"look": dot.look, "href": dot.href, "told": dot.told})
        lines.append({"x": 0, "x2": width, "y": y, "y2": y})
    ticks = [(across(day), words) for day, words in months(start, end, 9 if wide else 4)]
    lines += [{"x": x, "x2": x, "y": y, "y2": y + 5} for x, _ in ticks]
    drops = [{"x": h["x"], "x2": h["x"], "y": h["top"], "y2": y} for h in heads]
    layers = [
        draw.rules(lines),
        draw.rules(drops, MUTED, strokeDash=[2, 3]),
        draw.dots(points, LOOKS),
        draw.words(names, size=SMALL, colour=PAPER, fontWeight=600, stroke=PAPER, strokeWidth=5),
        draw.words(names, size=SMALL, fontWeight=600),
        draw.words([{"words": w, "x": x, "y": y + 15} for x, w in ticks], "center", SMALL, MUTED),
    ]
    for align, shift in (("left", 5), ("right", -5)):
        mine = [h for h in heads if h["align"] == align]
        dates = [{"words": h["day"], "x": h["x"], "y": h["top"] + 6} for h in mine if h["day"]]
        layers.append(draw.words(dates, align, SMALL, PAPER, dx=shift, fontWeight=600, stroke=PAPER, strokeWidth=4))
        layers.append(draw.words(dates, align, SMALL, MUTED, dx=shift, fontWeight=600))
        layers.append(
            draw.words([{**h, "y": h["top"] + (21 if h["day"] else 6)} for h in mine], align, SMALL, dx=shift)
        )
    return render(draw.picture(layers, width, y + 24), name, title, description)


def _stack(dots: Sequence[tuple[float, Dot]]) -> list[tuple[float, int, Dot]]:
    """Each dot on the lowest level where it touches no other: (x, level, dot)."""
    levels: list[float] = []
    placed = []
    for x, dot in sorted(dots, key=lambda d: d[0]):
        level = next((n for n, used in enumerate(levels) if x - used >= _SPACE), len(levels))
        levels[level : level + 1] = [x]
        placed.append((x, level, dot))
    return placed


def _heads(steps: Sequence[tuple[float, Step]], width: int, wide: bool) -> tuple[list[dict[str, Any]], float]:
    """Where each step's words go, on as few levels as keep them apart; and the height that they take.

    Words lead from their dotted line towards the middle. From each edge inwards they climb: a line that drops from an
    upper level then meets no words below it, unless there is no other way.
    """
    placed: list[_Head] = []
    numbered = [(x, number, step) for number, (x, step) in enumerate(steps, 1)]
    outer_first = sorted(numbered, key=lambda item: (item[0] <= width / 2, abs(item[0] - width / 2)))
    for x, number, step in outer_first:
        words, day = (step.words, f"{step.day.day} {step.day:%b %Y}") if wide else (str(number), "")
        size = max(width_of(words, SMALL), width_of(day, SMALL, bold=True)) + 14
        right = x <= width / 2
        head = _Head(x, x if right else x - size, x + size if right else x, 0, words, day, step.href)
        most = 1 + max((p.level for p in placed), default=-1)
        levels = (replace(head, level=level) for level in range(most + 1))
        placed.append(next((h for h in levels if all(_clear(h, p) for p in placed)), replace(head, level=most)))
    tall, top = (38 if wide else 20), max((p.level for p in placed), default=-1)
    heads = [
        {
            "x": p.x, "words": p.words, "day": p.day, "href": p.href, "top": (top - p.level) * tall + 2,
            "align": "left" if p.begin == p.x else "right",
        }
        for p in placed
    ]  # fmt: skip
    return heads, float((top + 1) * tall)


@dataclass(frozen=True, slots=True)
class _Head:
    """The words of a step: from `begin` to `finish`, beside a line at `x` that drops from `level` to the ground."""

    x: float
    begin: float
    finish: float
    level: int
    words: str
    day: str
    href: str | None


def _clear(one: _Head, other: _Head) -> bool:
    """Whether the words do not meet, and the line of the upper one does not cut through the words of the lower one."""
    if one.level == other.level:
        return one.finish <= other.begin or other.finish <= one.begin
    upper, lower = (one, other) if one.level > other.level else (other, one)
    return not lower.begin + 1 < upper.x < lower.finish - 1


def months(start: dt.date, end: dt.date, most: int) -> list[tuple[dt.date, str]]:
    """First days of months between two days, at most so many; the year is told at the first and where one begins."""
    found = [dt.date(y, m, 1) for y in range(start.year, end.year + 1) for m in range(1, 13)]
    found = [m for m in found if start < m < end]
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if len(found) / n <= most), 240)
    told: list[tuple[dt.date, str]] = []
    for month in (m for m in found if (m.year * 12 + m.month - 1) % every == 0):
        new = not told or told[-1][0].year != month.year
        told.append((month, str(month.year) if every >= 12 else f"{month:%b %Y}" if new else f"{month:%b}"))
    return told
