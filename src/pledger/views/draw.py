"""What the charts are made of: rules, bars, dots, words, areas and lines, placed in pixels from the top left.

Positions are computed by the charts, not by a scale of the renderer, because labels must be kept apart: that needs to
know where everything stands. Each function takes rows of data and returns one layer; `svg.render` draws a picture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from pledger.views.inks import INK, RULE

__all__ = ["Layer", "Mark", "Picture", "Row", "areas", "bars", "dots", "lines", "picture", "rules", "words"]

Row: TypeAlias = Mapping[str, Any]
"""One mark: `x`, `y`, for those with two ends also `x2`, `y2`, and whatever else its layer names; `href` or none;
of one that leads somewhere perhaps `told`, which a pointer that rests on it shows."""

BIG, SMALL, TINY = 13, 12, 11
"""Sizes of type in pixels; nothing is smaller."""


class Mark(StrEnum):
    """What a layer draws for each of its rows."""

    WORDS = "words"
    RULES = "rules"
    BARS = "bars"
    DOTS = "dots"
    AREAS = "areas"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Layer:
    """Marks of one kind in one style."""

    mark: Mark
    rows: Sequence[Row]
    looks: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    """Shape, filling and outline by the `look` of a row; empty where all rows look alike."""
    style: Mapping[str, Any] = field(default_factory=dict)
    """What holds for all rows, in the words of Vega: `color`, `fontSize`, `strokeDash`..."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Layers over one another, `width` by `height` pixels, counted from the top left."""

    layers: tuple[Layer, ...]
    width: float
    height: float


def words(rows: Sequence[Row], align: str = "left", size: int = BIG, colour: str = INK, **style: Any) -> Layer:
    """Words (`words`), their middle at `y`, their left end, centre or right end at `x`."""
    return Layer(Mark.WORDS, rows, style={"align": align, "fontSize": size, "color": colour} | style)


def rules(rows: Sequence[Row], colour: str = RULE, **style: Any) -> Layer:
    """Lines from `x`, `y` to `x2`, `y2`."""
    return Layer(Mark.RULES, rows, style={"color": colour} | style)


def bars(rows: Sequence[Row], colours: Mapping[str, str], radius: int = 0) -> Layer:
    """Rectangles from `x`, `y` to `x2`, `y2` in the colour of their `look`."""
    return Layer(Mark.BARS, rows, _filled(colours), {"cornerRadius": radius})


def areas(rows: Sequence[Row], colours: Mapping[str, str], curve: str = "linear", **style: Any) -> Layer:
    """Between `y` and `y2` along `x`, one area for each `run` of rows, in the colour of their `look`."""
    return Layer(Mark.AREAS, rows, _filled(colours), {"interpolate": curve} | style)


def lines(rows: Sequence[Row], colours: Mapping[str, str], curve: str = "linear", **style: Any) -> Layer:
    """Through `x`, `y`, one line for each `run` of rows, in the colour of their `look`."""
    return Layer(Mark.LINES, rows, _filled(colours), {"interpolate": curve, "strokeWidth": 2} | style)


def dots(rows: Sequence[Row], looks: Mapping[str, tuple[str, str, str]]) -> Layer:
    """Dots of area `size` in the shape, filling and outline of their `look`."""
    return Layer(Mark.DOTS, rows, looks, {"strokeWidth": 1.6})


def picture(layers: Sequence[Layer], width: float, height: float) -> Picture:
    """The layers over one another, `width` by `height` pixels, counted from the top left; empty layers are left out."""
    return Picture(tuple(layer for layer in layers if layer.rows), width, height)


def _filled(colours: Mapping[str, str]) -> dict[str, tuple[str, str, str]]:
    return {look: ("", colour, "") for look, colour in colours.items()}
