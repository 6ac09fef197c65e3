"""From an Altair chart to an SVG that a page can hold: coloured by the page's own properties, safe, described.

Charts are drawn in stand-in colours (`INK`, `MAIN`...), which become CSS custom properties, so that one drawing serves
light, dark and print. Of what the renderer returns only elements and attributes that draw are kept.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import altair as alt
import vl_convert

from pledger.views.plain import clean

__all__ = ["ALERT", "INK", "MAIN", "MUTED", "PAPER", "RULE", "SOFT", "fit", "png", "render", "standalone", "width_of"]

INK, MUTED, RULE, MAIN, SOFT, ALERT, PAPER = (f"#0{n}0{n}0{n}" for n in range(1, 8))
_PROPERTIES = {INK: "ink", MUTED: "muted", RULE: "rule", MAIN: "main", SOFT: "soft", ALERT: "alert", PAPER: "paper"}
LIGHT = {
    "ink": "#17191c", "muted": "#595e64", "rule": "#d8d2c5", "main": "#1d5b8f", "soft": "#a9c6de", "alert": "#b23a2e",
    "paper": "#fbf9f4",
}  # fmt: skip
"""The page's light colours (`report/style.css`), for charts that leave it."""
# Metrics of Arial, which Helvetica and Liberation Sans share; the page's style sheet asks for one of these three.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
_DRAWN = {"svg", "g", "path", "text", "tspan", "a", "line", "rect", "circle"}
_KEPT = {
    "d", "transform", "fill", "stroke", "opacity", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox",
    "text-anchor", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "font-size", "font-weight", "font-style", "dx", "dy",
}  # fmt: skip
_CLASSES = ((0.25, "ijl'|"), (0.34, "ftrI.,:;!()[]/ -"), (0.51, "sckvxyzJ"), (0.75, "w"), (0.86, "mM%"), (0.96, "W@—"))
_EMS = {letter: em for em, letters in _CLASSES for letter in letters}
"""Widths of letters in parts of the size, after Arial's; others count by their kind."""
_PATH = re.compile(r"/[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)*(?:\?[A-Za-z0-9_.~=&%+-]*)?")
"""Addresses of pages of ours: a path of plain segments, with a query or without, never another host."""
_XLINK = "{http://www.w3.org/1999/xlink}href"


def render(chart: alt.LayerChart, name: str, title: str, description: str) -> str:
    """The chart as inline SVG with a title and a description; `name` is unique in the page.

    Links that marks carry must be fragments (`#f-...`) or paths of ours (`/figure/...`); one that names a figure is
    marked with `data-figure`.
    """
    plain = chart.configure(background="transparent", aria=False, font=FONT, padding=1).configure_view(stroke=None)
    # The specification holds its data; no address may be fetched while drawing. What is wrong in it the renderer says;
    # checking every row against the schema first would take ten times as long as drawing.
    drawn = vl_convert.vegalite_to_svg(plain.to_dict(validate=False), allowed_base_urls=[])
    root = ET.fromstring(drawn)  # noqa: S314  made by the renderer in the line above, which writes no entities
    _purify(root)
    root.attrib |= {
        "xmlns": "http://www.w3.org/2000/svg",
        "role": "group",
        "aria-labelledby": f"{name}-title {name}-desc",
    }
    for tag, words in (("desc", description), ("title", title)):
        told = ET.Element(tag, {"id": f"{name}-{tag}"})
        told.text = clean(words)
        root.insert(0, told)
    return ET.tostring(root, encoding="unicode")


def standalone(drawn: str, source: str = "", width: float = 0.0) -> str:
    """An inline chart as a file of its own: light colours instead of the page's properties, on paper.

    `source` is written below the chart in small type (`Source: ...`), so that who takes the chart away takes it along.
    """
    root = ET.fromstring(drawn)  # noqa: S314  made by `render`
    space = "{http://www.w3.org/2000/svg}"
    for element in root.iter():
        for key in ("fill", "stroke"):
            said = element.get(key, "")
            if said.startswith("var(--"):
                element.set(key, LIGHT[said[6:-1]])
    left, top, across, down = (float(part) for part in root.get("viewBox", "0 0 0 0").split())
    lines = [fit(line, across - 16, 11) for line in source.splitlines() if line.strip()]
    tall = down + 16 * len(lines) + 24
    wide = max(across, width) + 24
    root.set("viewBox", f"{left - 12:g} {top - 12:g} {wide:g} {tall:g}")
    root.set("width", f"{wide:g}")
    root.set("height", f"{tall:g}")
    paper = ET.Element(f"{space}rect", {"x": f"{left - 12:g}", "y": f"{top - 12:g}", "width": f"{wide:g}"})
    paper.attrib |= {"height": f"{tall:g}", "fill": LIGHT["paper"]}
    root.insert(2, paper)  # after title and description, which must come first
    for number, line in enumerate(lines):
        words = ET.SubElement(root, f"{space}text", {"x": f"{left:g}", "y": f"{top + down + 14 + 16 * number:g}"})
        words.attrib |= {"font-size": "11px", "font-family": FONT, "fill": LIGHT["muted"]}
        words.text = line
    for words in root.iter(f"{space}text"):
        words.set("font-family", FONT)
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    return ET.tostring(root, encoding="unicode")


def png(drawn: str, source: str = "", scale: float = 2.0) -> bytes:
    """The chart as a picture, `scale` pixels for each of its own."""
    return bytes(vl_convert.svg_to_png(standalone(drawn, source), scale=scale))


def _purify(element: ET.Element) -> None:
    element.tag = element.tag.rpartition("}")[2]
    target = element.get(_XLINK) or element.get("href") or ""
    kept = {k: v for k, v in element.attrib.items() if k in _KEPT}
    for key in ("fill", "stroke"):
        if kept.get(key) in _PROPERTIES:
            kept[key] = f"var(--{_PROPERTIES[kept[key]]})"
    if element.tag == "a" and (path := _PATH.fullmatch(target)):
        kept["href"] = path.group()
    elif element.tag == "a" and "#" in target:
        fragment = target.rpartition("#")[2]
        kept["href"] = f"#{fragment}"
        if fragment.startswith("f-"):
            kept["data-figure"] = fragment.removeprefix("f-")
    element.attrib.clear()
    element.attrib.update(kept)
    for child in list(element):
        if child.tag.rpartition("}")[2] not in _DRAWN or child.get("display") == "none":
            element.remove(child)
        else:
            _purify(child)


def width_of(words: str, size: float = 13, bold: bool = False) -> float:
    """About how many pixels the words take in the chart's font, rather a little more than less."""
    em = sum(1.0 if ord(letter) >= 0x1100 else _EMS.get(letter, 0.74 if letter.isupper() else 0.57) for letter in words)
    return em * size * (1.06 if bold else 1.0)


def fit(words: str, width: float, size: float = 13, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they would take more than `width` pixels."""
    words = clean(words)
    if width_of(words, size, bold) <= width:
        return words
    low, high = 0, len(words)
    while low < high:  # halved: a list of a thousand names would be measured a thousand times
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(f"{words[:middle]}…", size, bold) <= width else (low, middle - 1)
    words = words[:low]
    return f"{words.rstrip(' ,;')}…" if words else ""
