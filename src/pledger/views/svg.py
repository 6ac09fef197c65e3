"""From a picture to an SVG that a page can hold: coloured by the page's own properties, safe, described.

Charts are drawn in stand-in colours (`INK`, `MAIN`...), which become CSS custom properties, so that one drawing serves
light, dark and print. Pictures without curves are drawn by `pen`, those with curves by Vega.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from pledger.views import pen
from pledger.views.draw import Picture
from pledger.views.inks import ALERT, FONT, INK, LIGHT, MAIN, MUTED, PAPER, RULE, SOFT
from pledger.views.measure import fit, width_of
from pledger.views.plain import clean

__all__ = [
    "ALERT", "INK", "MAIN", "MUTED", "PAPER", "RULE", "SOFT", "fit", "png", "render", "save", "standalone", "width_of",
]  # fmt: skip


def render(picture: Picture, name: str, title: str, description: str) -> str:
    """The picture as inline SVG with a title and a description; `name` is unique in the page.

    Links that marks carry must be fragments (`#f-...`) or paths of ours (`/figure/...`); one that names a figure is
    marked with `data-figure`.
    """
    if pen.able(picture):
        root = pen.drawn(picture)
    else:
        from pledger.views import vega  # Altair takes a while to load

        root = vega.drawn(picture)
    for link in root.iter("a"):
        if link.find(".//text") is None:  # a shape: who cannot point at it finds the same link in words beside it
            link.attrib |= {"aria-hidden": "true", "tabindex": "-1"}
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
    import vl_convert  # ten megabytes that only pictures need

    return bytes(vl_convert.svg_to_png(standalone(drawn, source), scale=scale))


def save(drawn: str, words: str, folder: Path, name: str) -> list[Path]:
    """The chart as `NAME.svg` and `NAME.png` in a folder, with `words` below it; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for suffix, data in (("svg", standalone(drawn, words).encode()), ("png", png(drawn, words))):
        path = folder / f"{name}.{suffix}"
        path.write_bytes(data)
        made.append(path)
    return made
