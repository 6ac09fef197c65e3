"""Pictures with curves, drawn by Vega through Altair. Only elements and attributes that draw are kept of its answer.

Loaded when such a picture is drawn: Altair takes half a second to import, and most pages have no curves.
"""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import vl_convert

from pledger.views.draw import Layer, Mark, Picture
from pledger.views.inks import FONT, leading, painted

__all__ = ["drawn"]

_DRAWN = {"svg", "g", "path", "text", "tspan", "a", "line", "rect", "circle"}
_KEPT = {
    "d", "transform", "fill", "stroke", "opacity", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox",
    "text-anchor", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "font-size", "font-weight", "font-style", "dx", "dy",
}  # fmt: skip
_XLINK = "{http://www.w3.org/1999/xlink}href"


def drawn(picture: Picture) -> ET.Element:
    """The picture as an SVG element without a name space, coloured by the page's properties."""
    across = alt.Scale(domain=[0, picture.width], range=[0, picture.width], nice=False, zero=False)
    down = alt.Scale(domain=[0, picture.height], range=[0, picture.height], nice=False, zero=False)
    layers = [_layer(layer) for layer in picture.layers]
    for layer in layers:
        layer.encoding.x.scale, layer.encoding.y.scale = across, down
    chart = alt.LayerChart(layer=layers, width=picture.width, height=picture.height)
    plain = chart.configure(background="transparent", aria=False, font=FONT, padding=1).configure_view(stroke=None)
    # The specification holds its data; no address may be fetched while drawing. What is wrong in it the renderer says;
    # checking every row against the schema first would take ten times as long as drawing.
    told = vl_convert.vegalite_to_svg(plain.to_dict(validate=False), allowed_base_urls=[])
    root = ET.fromstring(told)  # noqa: S314  made by the renderer in the line above, which writes no entities
    _purify(root)
    return root


def _layer(layer: Layer) -> alt.Chart:
    # Altair checks every row of its own records against its schema and copies lists at each step, which takes ten times
    # as long as drawing; a tuple in a dictionary it hands on as it is. Channels are given as Altair's records: for
    # words instead of one it looks through all of its records, each time.
    chart = alt.Chart({"values": tuple(dict(row) for row in layer.rows)})
    style = dict(layer.style)
    names = list(layer.looks)
    shapes, fills, strokes = ([looks[n] for looks in layer.looks.values()] for n in range(3))
    channels: dict[str, Any] = {"x": alt.X("x:Q", axis=None), "y": alt.Y("y:Q", axis=None)}
    ends: dict[str, Any] = {"x2": alt.X2("x2:Q"), "y2": alt.Y2("y2:Q")}
    colour = alt.Color("look:N", scale=alt.Scale(domain=names, range=fills), legend=None)
    match layer.mark:
        case Mark.WORDS:
            chart = chart.mark_text(baseline="middle", **style)
            channels |= {"text": alt.Text("words:N"), "href": alt.Href("href:N")}
        case Mark.RULES:
            chart = chart.mark_rule(**style)
            channels |= ends
        case Mark.BARS:
            chart = chart.mark_rect(stroke=None, **style)
            channels |= ends | {"color": colour, "href": alt.Href("href:N")}
        case Mark.AREAS:
            chart = chart.mark_area(line=False, **style)
            channels |= {"y2": ends["y2"], "color": colour, "detail": alt.Detail("run:N")}
        case Mark.LINES:
            chart = chart.mark_line(**style)
            channels |= {"color": colour, "detail": alt.Detail("run:N"), "order": alt.Order("x:Q")}
        case Mark.DOTS:
            chart = chart.mark_point(opacity=1, **style)
            channels |= {
                "href": alt.Href("href:N"),
                "size": alt.Size("size:Q", scale=None, legend=None),
                "shape": alt.Shape("look:N", scale=alt.Scale(domain=names, range=shapes), legend=None),
                "fill": alt.Fill("look:N", scale=alt.Scale(domain=names, range=fills), legend=None),
                "stroke": alt.Stroke("look:N", scale=alt.Scale(domain=names, range=strokes), legend=None),
            }
    encoded: alt.Chart = chart.encode(**channels)
    return encoded


def _purify(element: ET.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    target = element.get(_XLINK) or element.get("href") or ""
    kept = {k: v for k, v in element.attrib.items() if k in _KEPT}
    for key in ("fill", "stroke"):
        if key in kept:
            kept[key] = painted(kept[key])
    if element.tag == "a":
        kept |= leading(target)
    element.attrib.clear()
    element.attrib.update(kept)
    for child in list(element):
        if child.tag.rpartition("}")[2] not in _DRAWN or child.get("display") == "none":
            element.remove(child)
        else:
            _purify(child)
