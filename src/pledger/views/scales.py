"""The sides of a contested figure on one scale: who says what, how far apart, and with what weight."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence

from pledger.model import DateValue, Figure, Interval, Money, Outlook, Qualifier, Share, StageValue, Value
from pledger.views import draw
from pledger.views.charts import months
from pledger.views.draw import SMALL, TINY, Row
from pledger.views.overview import LADDER
from pledger.views.svg import ALERT, MAIN, MUTED, fit, render, width_of
from pledger.views.wording import say_beside, say_money, say_origin, say_share, say_stage

__all__ = ["sides"]

_ROW = 56
_HALF = 5
_MOST = 6
"""Sides in one chart; lighter ones are listed beside it only."""
_COLOURS = {"first": MAIN, "other": ALERT}
Reach = tuple[float | None, float | None]


def sides(
    figure: Figure, width: int, name: str, title: str, description: str, address: Callable[[int], str] | None = None
) -> str | None:
    """Each side as a dot sized by its weight, or a bar where it is a range; the heaviest side in the main colour.

    `address` leads from the number of a side to its sentences; else all lead to the figure's card in the report.
    None where the values have no order (names, places, words). Sides in another unit than the heaviest one's, and the
    lightest of many, are left to the list of sentences.
    """
    alike = [side for side in figure.sides if _unit(side.value) == _unit(figure.value)][:_MOST]
    placed = [(side, reach) for side in alike if (reach := _reach(side.value)) is not None]
    if len(placed) < 2:
        return None
    low, high = _domain(placed[0][0].value, [reach for _, reach in placed])

    def across(value: float) -> float:
        return 8 + (width - 16) * (value - low) / (high - low)

    points: list[Row] = []
    ranges: list[Row] = []
    tracks: list[Row] = []
    said: list[Row] = []
    names: list[Row] = []
    for number, (side, (least, most)) in enumerate(placed):
        y = number * _ROW + 28
        x, x2 = across(low if least is None else least), across(high if most is None else most)
        look = "other" if number else "first"
        tracks.append({"x": 0, "x2": width, "y": y, "y2": y})
        if x2 - x > _HALF:
            ranges.append({"x": x, "x2": x2, "y": y - _HALF, "y2": y + _HALF, "look": look})
        else:
            points.append({"x": (x + x2) / 2, "y": y, "size": 40 + 260 * side.weight, "look": look})
        left = x + x2 <= width
        at = max(0.0, x - 6) if left else min(float(width), x2 + 6)
        room, align = (width - at, "left") if left else (at, "right")
        said.append(
            {
                "words": fit(say_beside(side.value, figure.qualifier), room, bold=True),
                "x": at,
                "y": y - 18,
                "align": align,
                "href": address(number) if address else f"#f-{figure.id}",  # shapes have no name to be read out
            }
        )
        who = ", ".join(say_origin(origin.name) for origin in side.origins)
        names.append({"words": fit(who, room, SMALL), "x": at, "y": y + 18, "align": align})
    height = len(placed) * _ROW + 24
    ticks = [(across(value), words) for value, words in _marks(placed[0][0].value, low, high)]
    axis = [{"words": w, "x": x, "y": height - 7, "align": _align(x, width, w)} for x, w in _apart(ticks)]
    layers = [
        draw.rules([{"x": x, "x2": x, "y": 4, "y2": height - 16} for x, _ in ticks], strokeDash=[1, 3]),
        draw.rules(tracks),
        draw.bars(ranges, _COLOURS, radius=_HALF),
        draw.dots(points, {look: ("circle", colour, colour) for look, colour in _COLOURS.items()}),
    ]
    for align in ("left", "center", "right"):
        layers.append(draw.words([r for r in said if r["align"] == align], align, fontWeight=600))
        layers.append(draw.words([r for r in names if r["align"] == align], align, SMALL, MUTED))
        layers.append(draw.words([r for r in axis if r["align"] == align], align, TINY, MUTED))
    return render(draw.picture(layers, width, height), name, title, description)


def _align(x: float, width: float, words: str) -> str:
    half = width_of(words, TINY) / 2
    return "left" if x < half else "right" if x > width - half else "center"


def _apart(ticks: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The marks whose words do not run into those of the one before."""
    kept: list[tuple[float, str]] = []
    for x, words in ticks:
        if not kept or x - kept[-1][0] >= (width_of(words, TINY) + width_of(kept[-1][1], TINY)) / 2 + 10:
            kept.append((x, words))
    return kept


def _rung(value: StageValue) -> float:
    """Where a stage stands on the ladder; a step that is about to come is on its way to the next rung."""
    return LADDER.index(value.stage) + (0.35 if value.outlook is Outlook.IMMINENT else 0.0)


def _reach(value: Value) -> Reach | None:
    """From where to where a value reaches on its scale; None for values without order."""
    match value:
        case Money(low=low, high=high) | Share(low=low, high=high):
            return low, high
        case DateValue(interval=Interval(start=start, end=end)):
            return (start.toordinal() if start else None), (end.toordinal() if end else None)
        case StageValue(stage=stage) if stage in LADDER:
            return _rung(value), _rung(value)
    return None


def _unit(value: Value) -> str:
    return f"{value.currency} {value.period}" if isinstance(value, Money) else type(value).__name__


def _domain(value: Value, reaches: Sequence[Reach]) -> tuple[float, float]:
    """A little more than the values span; from nothing where they differ by half or one is open below.

    Stages are shown on the whole ladder; days have no nothing to begin from.
    """
    if isinstance(value, StageValue):
        return -0.35, len(LADDER) - 0.65
    ends = [end for reach in reaches for end in reach if end is not None] or [0.0]
    low, high = min(ends), max(ends)
    if isinstance(value, DateValue):
        room = max((high - low) * 0.12, 40.0)
        return low - room, high + room
    room = (high - low) * 0.12 or abs(high) * 0.1 or 1.0
    from_nothing = low >= 0 and (low < high / 2 or any(start is None for start, _ in reaches))
    return (0.0 if from_nothing else low - room), high + room


def _marks(value: Value, low: float, high: float) -> list[tuple[float, str]]:
    """Two to four marks on the scale with their words."""
    if isinstance(value, StageValue):
        return [(float(n), say_stage(stage)) for n, stage in enumerate(LADDER) if low <= n <= high]
    if isinstance(value, DateValue):
        start, end = dt.date.fromordinal(int(low)), dt.date.fromordinal(int(high) + 1)
        return [(float(day.toordinal()), words) for day, words in months(start, end, 4)]
    step = 10.0 ** math.floor(math.log10((high - low) / 2))
    step *= next((m for m in (5, 2, 1) if (high - low) / (step * m) >= 2), 1)
    marks = [n * step for n in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    if isinstance(value, Money):
        return [(m, say_money(Money(m, m, value.currency, Qualifier.EXACT))) for m in marks]
    return [(m, say_share(Share(m, m, Qualifier.EXACT, None))) for m in marks]
