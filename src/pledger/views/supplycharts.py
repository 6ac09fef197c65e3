"""Pictures of supply: who meets a country's use before and after a plant, and the months of a halt.

Widths are pixels. A bar is one whole; its parts are named where there is room for the words, and in the key above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pledger.views import draw
from pledger.views.charts import months
from pledger.views.draw import SMALL, Row
from pledger.views.flowcharts import ticks
from pledger.views.svg import ALERT, INK, MAIN, MUTED, PAPER, RULE, SOFT, fit, render, width_of

__all__ = ["LOOKS", "Panel", "Part", "Stack", "panels", "stacked", "stacks"]

LOOKS = {"home": MAIN, "new": SOFT, "first": ALERT, "second": MUTED, "rest": RULE, "stock": INK, "missing": ALERT}
"""Colours of parts: made at home, by new plants, by the first foreign supplier, by others; from stock; missing."""
_ON = {MAIN: PAPER, ALERT: PAPER, MUTED: PAPER, INK: PAPER, SOFT: INK, RULE: INK}
"""The colour of words on each."""
_WIDE = 560
_HIGH = 190
_LEFT = 46
_KEY = 20
_GAP = 28.0
_TALL = _HIGH + 74.0
_FANS = {"missing": ALERT, "home": MAIN}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: who, how much of the whole (0 to 1), in which of `LOOKS`."""

    words: str
    share: float
    look: str


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar: what it shows, a note below that, and its parts from left to right."""

    words: str
    note: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """A fan by month: five rows of quantiles (5, 25, 50, 75, 95 %), each from 0 to 1, and the mean."""

    words: str
    quantiles: tuple[tuple[float, ...], ...]
    mean: tuple[float, ...]
    alert: bool = True


def stacks(bars: Sequence[Stack], width: int, name: str, title: str, description: str) -> str:
    """Bars of one whole, one below the other, with a key of their parts."""
    key, top = _key([(p.words, p.look) for bar in bars for p in bar.parts if p.share > 0], width)
    step, tall = 74, 30
    heads: list[Row] = []
    notes: list[Row] = []
    blocks: list[Row] = []
    inside: dict[str, list[Row]] = {}
    for number, bar in enumerate(bars):
        y = top + number * step
        heads.append({"words": fit(bar.words, width, bold=True), "x": 0, "y": y + 10})
        room = width - width_of(bar.words, bold=True) - 16
        if bar.note and room > 40:
            notes.append({"words": fit(bar.note, room, SMALL), "x": width_of(bar.words, bold=True) + 12, "y": y + 10})
        left = 0.0
        for part in bar.parts:
            right = min(float(width), left + width * part.share)
            if right - left < 0.5:
                continue
            blocks.append(
                {"x": left, "x2": max(left + 0.5, right - 1), "y": y + 22, "y2": y + 22 + tall, "look": part.look}
            )
            said = _inside(part, right - left - 12)
            if said:
                colour = _ON[LOOKS[part.look]]
                inside.setdefault(colour, []).append({"words": said, "x": left + 7, "y": y + 22 + tall / 2})
            left = right
    layers = [
        *key,
        draw.bars(blocks, LOOKS),
        draw.words(heads, fontWeight=600),
        draw.words(notes, size=SMALL, colour=MUTED),
        *(draw.words(rows, size=SMALL, colour=colour, fontWeight=600) for colour, rows in inside.items()),
    ]
    return render(draw.picture(layers, width, top + len(bars) * step - 16), name, title, description)


def _inside(part: Part, room: float) -> str:
    """The words in a part: its name and share, or the share alone, or nothing."""
    share = f"{100 * part.share:.0f} %"
    for said in (f"{part.words} {share}", share):
        if width_of(said, SMALL, bold=True) <= room:
            return said
    return ""


def panels(
    fans: Sequence[Panel], begins: dt.date, halt: int, width: int, name: str, title: str, description: str
) -> str:
    """Fans of one scale side by side (one below the other where it is narrow); the months of the halt are marked.

    The middle line is the median, the broken one the mean; half of the scenarios lie in the dark band, nine in ten in
    the light one.
    """
    beside = width >= _WIDE and len(fans) > 1
    each = (width - _GAP * (len(fans) - 1)) / len(fans) if beside else float(width)
    scale = ticks(0.0, max(0.05, *(q for fan in fans for q in fan.quantiles[4])), 4)
    rows = _Rows()
    for number, fan in enumerate(fans):
        x, y = (number * (each + _GAP), 0.0) if beside else (0.0, number * _TALL)
        _panel(rows, fan, f"{number}", begins, halt, scale, x, x + each, y)
    layers = [
        draw.rules(rows.grid),
        draw.bars(rows.spans, LOOKS),
        draw.rules(rows.marks, MUTED, strokeDash=[2, 3]),
        draw.areas(rows.wide, _FANS, opacity=0.2),
        draw.areas(rows.narrow, _FANS, opacity=0.35),
        draw.lines(rows.middle, _FANS),
        draw.lines(rows.mean, _FANS, strokeDash=[5, 3]),
        draw.words(rows.heads, fontWeight=600),
        draw.words(rows.heights, "right", SMALL, MUTED),
        draw.words(rows.months, "center", SMALL, MUTED),
    ]
    return render(draw.picture(layers, width, _TALL * (1 if beside else len(fans)) - 10), name, title, description)


@dataclass(slots=True)
class _Rows:
    """The rows of each layer of `panels`."""

    grid: list[Row] = field(default_factory=list)
    spans: list[Row] = field(default_factory=list)
    marks: list[Row] = field(default_factory=list)
    wide: list[Row] = field(default_factory=list)
    narrow: list[Row] = field(default_factory=list)
    middle: list[Row] = field(default_factory=list)
    mean: list[Row] = field(default_factory=list)
    heads: list[Row] = field(default_factory=list)
    heights: list[Row] = field(default_factory=list)
    months: list[Row] = field(default_factory=list)


def _panel(
    rows: _Rows,
    fan: Panel,
    run: str,
    begins: dt.date,
    halt: int,
    scale: Sequence[float],
    x: float,
    end: float,
    y: float,
) -> None:
    """The rows of one fan in the place from `x` to `end`, below `y`."""
    count, left, right, floor = len(fan.mean), x + _LEFT, end - 6, y + 28 + _HIGH

    def across(month: float) -> float:
        return left + (right - left) * month / max(1, count - 1)

    def down(value: float) -> float:
        return floor - _HIGH * value / scale[-1]

    look = "missing" if fan.alert else "home"
    over = across(min(halt, count) - 0.5)
    rows.heads.append({"words": fit(fan.words, end - x, bold=True), "x": x, "y": y + 9})
    rows.grid += [{"x": left, "x2": right, "y": down(v), "y2": down(v)} for v in scale]
    rows.heights += [{"words": f"{100 * v:.3g} %", "x": left - 7, "y": down(v)} for v in scale]
    rows.spans.append({"x": left, "x2": over, "y": floor + 3, "y2": floor + 7, "look": "second"})
    rows.marks.append({"x": over, "x2": over, "y": y + 28, "y2": floor})
    for band, low, high in ((rows.wide, 0, 4), (rows.narrow, 1, 3)):
        pairs = zip(fan.quantiles[low], fan.quantiles[high], strict=True)
        band += [
            {"x": across(t), "y": down(a), "y2": down(b), "look": look, "run": run} for t, (a, b) in enumerate(pairs)
        ]
    for line, values in ((rows.middle, fan.quantiles[2]), (rows.mean, fan.mean)):
        line += [{"x": across(t), "y": down(v), "look": look, "run": run} for t, v in enumerate(values)]
    rows.months += _axis(begins, count, across, floor + 20, right - left)


def stacked(
    parts: Sequence[tuple[str, str, Sequence[float]]],
    begins: dt.date,
    halt: int,
    width: int,
    name: str,
    title: str,
    description: str,
) -> str:
    """One column a month, made of parts (words, one of `LOOKS`, share of normal use by month) from below upwards."""
    key, top = _key([(words, look) for words, look, its in parts if max(its, default=0.0) > 0.0005], width)
    count = len(parts[0][2]) if parts else 0
    left, right, floor = float(_LEFT), width - 4.0, top + 8 + _HIGH
    slot = (right - left) / max(1, count)
    scale = ticks(0.0, max(1.0, *(sum(its[t] for _, _, its in parts) for t in range(count))), 4)

    def down(value: float) -> float:
        return floor - _HIGH * value / scale[-1]

    blocks: list[Row] = []
    for t in range(count):
        level = 0.0
        for _, look, its in parts:
            if its[t] > 0.0005:
                x = left + t * slot
                blocks.append(
                    {"x": x, "x2": x + max(1.0, slot - 2), "y": down(level), "y2": down(level + its[t]), "look": look}
                )
                level += its[t]
    grid = [{"x": left, "x2": right, "y": down(v), "y2": down(v)} for v in scale]
    heights = [{"words": f"{100 * v:.3g} %", "x": left - 7, "y": down(v)} for v in scale]
    spans = [{"x": left, "x2": left + min(halt, count) * slot - 2, "y": floor + 3, "y2": floor + 7, "look": "second"}]
    named = _axis(begins, count, lambda t: left + (t + 0.5) * slot, floor + 20, right - left)
    layers = [
        *key,
        draw.rules(grid),
        draw.bars(blocks, LOOKS),
        draw.bars(spans, LOOKS),
        draw.words(heights, "right", SMALL, MUTED),
        draw.words(named, "center", SMALL, MUTED),
    ]
    return render(draw.picture(layers, width, floor + 32), name, title, description)


def _axis(begins: dt.date, count: int, across: Callable[[float], float], y: float, room: float) -> list[Row]:
    """Names of months below the axis, as many as have room."""
    first = begins.replace(day=1)
    last = dt.date(begins.year + (begins.month - 1 + count) // 12, (begins.month - 1 + count) % 12 + 1, 1)
    told = months(first - dt.timedelta(days=1), last, max(2, int(room / 62)))
    return [
        {"words": words, "x": across(12 * (day.year - begins.year) + day.month - begins.month), "y": y}
        for day, words in told
    ]


def _key(parts: Sequence[tuple[str, str]], width: int) -> tuple[list[draw.Layer], float]:
    """A key of the parts, each once, in as many lines as it takes; and the height that it takes."""
    squares: list[Row] = []
    words: list[Row] = []
    x, y = 0.0, 8.0
    for name, look in dict.fromkeys(parts):
        wide = width_of(name, SMALL) + 34
        if x and x + wide > width:
            x, y = 0.0, y + _KEY
        squares.append({"x": x, "x2": x + 11, "y": y - 6, "y2": y + 5, "look": look})
        words.append({"words": fit(name, width - 20, SMALL), "x": x + 17, "y": y})
        x += wide
    return [draw.bars(squares, LOOKS), draw.words(words, size=SMALL, colour=INK)], y + 20
