"""What the charts are made of: rules, bars, dots and words as Altair layers, placed in pixels from the top left.

Positions are computed by the charts, not by a scale of the renderer, because labels must be kept apart: that needs to
know where everything stands. Each function takes rows of data and returns one layer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import altair as alt

from pledger.views.svg import INK, RULE

__all__ = ["Row", "areas", "bars", "dots", "lines", "picture", "rules", "words"]

Row: TypeAlias = Mapping[str, Any]
"""One mark: `x`, `y`, for those with two ends also `x2`, `y2`, and whatever else its layer names; `href` or none."""

BIG, SMALL, TINY = 13, 12, 11
"""Sizes of type in pixels; nothing is smaller."""


def _chart(rows: Sequence[Row]) -> alt.Chart:
    # Altair checks every row of its own records against its schema and copies lists at each step, which takes ten times
    # as long as drawing; a tuple in a dictionary it hands on as it is.
    return alt.Chart({"values": tuple(dict(row) for row in rows)})


def _encoded(chart: alt.Chart, **channels: Any) -> alt.Chart:
    """The chart with these channels; Altair's own signature says nothing of what it returns.

    Channels are given as Altair's records: for words instead of one it looks through all of its records, each time.
    """
    encoded: alt.Chart = chart.encode(**channels)
    return encoded


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None)


def _down(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None)


def words(rows: Sequence[Row], align: str = "left", size: int = BIG, colour: str = INK, **style: Any) -> alt.Chart:
    """Words (`words`), their middle at `y`, their left end, centre or right end at `x`."""
    mark: dict[str, Any] = {"align": align, "fontSize": size, "color": colour, "baseline": "middle"} | style
    chart = _chart(rows).mark_text(**mark)
    return _encoded(chart, x=_across("x"), y=_down("y"), text=alt.Text("words:N"), href=alt.Href("href:N"))


def rules(rows: Sequence[Row], colour: str = RULE, **style: Any) -> alt.Chart:
    """Lines from `x`, `y` to `x2`, `y2`."""
    chart = _chart(rows).mark_rule(color=colour, **style)
    return _encoded(chart, x=_across("x"), y=_down("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"))


def bars(rows: Sequence[Row], colours: Mapping[str, str], radius: int = 0) -> alt.Chart:
    """Rectangles from `x`, `y` to `x2`, `y2` in the colour of their `look`."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    chart = _chart(rows).mark_rect(stroke=None, cornerRadius=radius)
    colour = alt.Color("look:N", scale=scale, legend=None)
    return _encoded(
        chart, x=_across("x"), y=_down("y"), x2=alt.X2("x2:Q"), y2=alt.Y2("y2:Q"), color=colour, href=alt.Href("href:N")
    )


def areas(rows: Sequence[Row], colours: Mapping[str, str], curve: str = "linear", **style: Any) -> alt.Chart:
    """Between `y` and `y2` along `x`, one area for each `run` of rows, in the colour of their `look`."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    mark: dict[str, Any] = {"interpolate": curve, "line": False} | style
    chart = _chart(rows).mark_area(**mark)
    colour = alt.Color("look:N", scale=scale, legend=None)
    return _encoded(chart, x=_across("x"), y=_down("y"), y2=alt.Y2("y2:Q"), color=colour, detail=alt.Detail("run:N"))


def lines(rows: Sequence[Row], colours: Mapping[str, str], curve: str = "linear", **style: Any) -> alt.Chart:
    """Through `x`, `y`, one line for each `run` of rows, in the colour of their `look`."""
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    mark: dict[str, Any] = {"interpolate": curve, "strokeWidth": 2} | style
    chart = _chart(rows).mark_line(**mark)
    colour = alt.Color("look:N", scale=scale, legend=None)
    return _encoded(
        chart, x=_across("x"), y=_down("y"), color=colour, detail=alt.Detail("run:N"), order=alt.Order("x:Q")
    )


def dots(rows: Sequence[Row], looks: Mapping[str, tuple[str, str, str]]) -> alt.Chart:
    """Dots of area `size` in the shape, filling and outline of their `look`."""
    names = list(looks)
    shapes, fills, strokes = (list(kind) for kind in zip(*looks.values(), strict=True))
    chart = _chart(rows).mark_point(strokeWidth=1.6, opacity=1)
    return _encoded(
        chart,
        x=_across("x"),
        y=_down("y"),
        href=alt.Href("href:N"),
        size=alt.Size("size:Q", scale=None, legend=None),
        shape=alt.Shape("look:N", scale=alt.Scale(domain=names, range=shapes), legend=None),
        fill=alt.Fill("look:N", scale=alt.Scale(domain=names, range=fills), legend=None),
        stroke=alt.Stroke("look:N", scale=alt.Scale(domain=names, range=strokes), legend=None),
    )


def picture(layers: Sequence[alt.Chart], width: float, height: float) -> alt.LayerChart:
    """The layers over one another, `width` by `height` pixels, counted from the top left; empty layers are left out."""
    across = alt.Scale(domain=[0, width], range=[0, width], nice=False, zero=False)
    down = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    shown = [layer.copy(deep=True) for layer in layers if layer.data["values"]]
    for layer in shown:
        layer.encoding.x.scale, layer.encoding.y.scale = across, down
    return alt.LayerChart(layer=shown, width=width, height=height)
