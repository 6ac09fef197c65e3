"""Who holds how much of a market, as bars: what all sources grant, how far any reaches, and where they differ.

Widths are pixels; shares run from nothing to the whole, so that charts can be compared with one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.views import draw
from pledger.views.draw import SMALL, TINY, Layer, Row
from pledger.views.svg import ALERT, INK, MAIN, MUTED, PAPER, SOFT, fit, render, width_of

__all__ = ["LOOKS", "Holder", "Word", "holders"]

LOOKS = {
    "reference": ("circle", INK, PAPER),
    "weak": ("circle", PAPER, INK),
    "reported": ("diamond", ALERT, PAPER),
    "assumption": ("square", PAPER, MUTED),
}
"""Shape, filling and outline of a word by what it rests on: shape tells it also without colour."""
SAID = {
    "reference": "reference",
    "weak": "weak reference",
    "reported": "reported in the ledger",
    "assumption": "assumption",
    "sure": "by every source",
    "open": "as far as any reaches",
}
_KEY = LOOKS | {"sure": ("square", MAIN, MAIN), "open": ("square", SOFT, SOFT)}
_WIDE = 560
_COLUMN = 190
_STEP, _NARROW = 36, 52
_HALF = 8
_APART = 7
"""Pixels between the marks of one row, so that equal words do not hide each other."""
_MOST = 14
"""Suppliers in one chart; the smallest of more are left to the table beside it."""
_AXIS = 22


@dataclass(frozen=True, slots=True)
class Word:
    """One word on a share, from 0 to 1; an open end is None. `look` is a key of `LOOKS`."""

    low: float | None
    high: float | None
    look: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """One supplier: every word on its share, and the share in words."""

    name: str
    said: str
    words: tuple[Word, ...]


def holders(rows: Sequence[Holder], width: int, name: str, title: str, description: str) -> str:
    """A row for each supplier: a bar to what all words grant it, lighter to where any reaches; marks where they differ.

    A word that is bounded on one side has a line to where it is open. One reference alone needs no mark: its bar says
    all. Wide: the name left of the bar; narrow: above it.
    """
    shown = list(rows[:_MOST])
    wide = width >= _WIDE
    column = min(_COLUMN, max((width_of(r.name, bold=True) for r in shown), default=0.0) + 16) if wide else 0.0
    room = max((width_of(r.said, SMALL) for r in shown), default=0.0) + 12
    left, right = column, width - (room if wide else 6.0)
    step, offset = (_STEP, _STEP / 2) if wide else (_NARROW, 34)

    def across(share: float) -> float:
        return left + (right - left) * share

    bars: list[Row] = []
    lines: list[Row] = []
    marks: list[Row] = []
    names: list[Row] = []
    values: list[Row] = []
    axes: list[Row] = []
    marked = [row.words for row in shown if len(row.words) > 1 or any(w.look != "reference" for w in row.words)]
    looks = [look for look in LOOKS if any(w.look == look for its in marked for w in its)]
    spread = any(w.low != w.high for r in shown for w in r.words) or bool(marked)
    entries = [*(("sure", "open") if spread else ()), *looks]
    top = _key_height(entries, width)
    bottom = top + len(shown) * step
    for number, row in enumerate(shown):
        y = top + number * step + offset
        least = min((w.low or 0.0 for w in row.words), default=0.0)
        most = max((1.0 if w.high is None else w.high for w in row.words), default=0.0)
        bars += [_bar(across(least), across(most), y, "open")] if most > least else []
        bars += [_bar(left, across(least), y, "sure")] if least > 0 else []
        axes.append({"x": left, "x2": left, "y": y - _HALF - 3, "y2": y + _HALF + 3})
        told = row.words if row.words in marked else ()
        gap = min(_APART, (step - 2 * _HALF) / max(1, len(told) - 1)) if wide else _APART / 2
        for place, word in enumerate(told):
            low, high, at = word.low, word.high, y + gap * (place - (len(told) - 1) / 2)
            if low != high:
                ends = [across(e) for e in (0.0 if low is None else low, 1.0 if high is None else high)]
                lines.append({"x": ends[0], "x2": ends[1], "y": at, "y2": at})
            marks += [
                {"x": across(end), "y": at, "look": word.look, "size": _size(word.look), "href": word.href}
                for end in dict.fromkeys((low, high))
                if end is not None
            ]
        free = column - 12 if wide else width - width_of(row.said, SMALL) - 12
        names.append({"words": fit(row.name, free, bold=True), "x": 0, "y": y if wide else y - 22})
        values.append({"words": fit(row.said, room, SMALL), "x": width, "y": y if wide else y - 22})
    ticks = [(across(share), f"{share:.0%}".replace("%", " %")) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    axis = [{"words": words, "x": x, "y": bottom + 12} for x, words in ticks]
    colours = {"open": SOFT, "sure": MAIN}
    layers = [
        *_key(entries, width),
        draw.rules([{"x": x, "x2": x, "y": top, "y2": bottom} for x, _ in ticks], strokeDash=[1, 3]),
        draw.bars(bars, colours),
        draw.rules(lines, INK, strokeWidth=1.2),
        draw.dots(marks, LOOKS),
        draw.rules(axes if not wide else [{"x": left, "x2": left, "y": top, "y2": bottom}], INK),
        draw.words(names, fontWeight=600),
        draw.words(values, "right", SMALL, MUTED),
        draw.words(axis[:1], "left" if left < 20 else "center", TINY, MUTED),
        draw.words(axis[1:-1], "center", TINY, MUTED),
        draw.words(axis[-1:], "right" if not wide else "center", TINY, MUTED),
    ]
    return render(draw.picture(layers, width, bottom + _AXIS), name, title, description)


def _bar(x: float, x2: float, y: float, look: str) -> Row:
    return {"x": x, "x2": x2, "y": y - _HALF, "y2": y + _HALF, "look": look, "href": None}


def _size(look: str) -> int:
    """The area of a mark: a diamond needs more of it to look as large as a dot."""
    return 96 if look == "reported" else 56


def _places(looks: Sequence[str], width: int) -> list[tuple[float, float, str]]:
    """Where each entry of the key stands: (x, y, look), in as many lines as it takes."""
    found: list[tuple[float, float, str]] = []
    x, y = 0.0, 9.0
    for look in looks:
        size = width_of(SAID[look], TINY) + 34
        if x and x + size > width:
            x, y = 0.0, y + 18
        found.append((x, y, look))
        x += size
    return found


def _key_height(looks: Sequence[str], width: int) -> float:
    places = _places(looks, width)
    return places[-1][1] + 16 if places else 4.0


def _key(looks: Sequence[str], width: int) -> list[Layer]:
    places = _places(looks, width)
    dots = [{"x": x + 6, "y": y, "look": look, "size": _size(look), "href": None} for x, y, look in places]
    words = [{"words": SAID[look], "x": x + 16, "y": y} for x, y, look in places]
    return [draw.dots(dots, _KEY), draw.words(words, "left", TINY, MUTED)]
