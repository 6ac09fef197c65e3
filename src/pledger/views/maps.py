"""A map of places: dots with their names on a plain graticule, over the towns of the world as faint points.

No outline of a country is drawn: the towns themselves show where land is. Degrees are laid out evenly, east to west as
much narrower than north to south as they are in the middle of the map (equirectangular, standard parallel in its
middle). Names stand beside their dots and never on one another; one that finds no room is left to the dot's own title.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias
from xml.etree import ElementTree as ET

from pledger.views.places import Precision, Spot, shape
from pledger.views.plain import clean
from pledger.views.svg import fit, width_of

__all__ = ["Mark", "Window", "place_map", "window"]

_LEAST = 5.0
_MOST_WIDER = 7.0
"""Pixels of the radius of a dot: the least, and what the largest has besides."""
_SMALL, _TINY = 12, 11
"""Sizes of type in pixels."""
_NAME = 0.3
"""Part of the width that the name of a project may take."""
_CELL = 4.0
"""Pixels from one faint point to the next."""
_TARGET = 12.0
"""Pixels around the middle of a dot that lead to its page (WCAG 2.2, target size)."""
_POLE = 80.0
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the map."""

    spot: Spot
    words: str
    """Its name."""
    says: str
    """What is told where the dot is pointed at."""
    weight: float
    """Money, in whatever unit all of them share; 0 where it is not known. The area of a dot grows with it."""
    href: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the world that is shown, in degrees, and its size in pixels."""

    west: float
    north: float
    across: float
    """Pixels of a degree of longitude."""
    down: float
    """Pixels of a degree of latitude."""
    width: float
    height: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Pixels from the left and from the top."""
        return (longitude - self.west) * self.across, (self.north - latitude) * self.down


def window(spots: Sequence[Spot], width: float) -> Window:
    """A window of this width that holds all of the spots with room around them, and never less than a few degrees."""
    lats, lons = [s.latitude for s in spots], [s.longitude for s in spots]
    middle = (min(lats) + max(lats)) / 2
    narrower = max(0.2, math.cos(math.radians(middle)))
    tall = max(13.0, (max(lats) - min(lats)) * 1.3)
    wide = max(20.0, (max(lons) - min(lons)) * 1.3)
    flattest, tallest = (0.45, 0.62) if width >= 560 else (0.7, 1.0)
    tall = max(tall, flattest * wide * narrower)
    wide = max(wide, tall / narrower / tallest)
    wide, tall = min(wide, 360.0), min(tall, 2 * _POLE)
    west = min(max((min(lons) + max(lons)) / 2 - wide / 2, -180.0), 180.0 - wide)
    north = max(min(middle + tall / 2, _POLE), tall - _POLE)
    across = width / wide
    return Window(west, north, across, across / narrower, width, min(tall * across / narrower, tallest * width))


def place_map(marks: Sequence[Mark], width: int, name: str, title: str, description: str) -> str:
    """The map as inline SVG with a title and a description; every dot is a link with its own name."""
    view = window([mark.spot for mark in marks], float(width))
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {view.width:g} {view.height:.0f}",
            "width": f"{view.width:g}",
            "height": f"{view.height:.0f}",
            "role": "group",
            "aria-labelledby": f"{name}-title {name}-desc",
        },
    )
    for tag, words in (("title", title), ("desc", description)):
        ET.SubElement(root, tag, {"id": f"{name}-{tag}"}).text = clean(words)
    towns = ET.SubElement(root, "path", {"d": _land(view), "stroke": "var(--rule)", "fill": "none"})
    towns.attrib |= {"stroke-width": "2.4", "stroke-linecap": "round", "stroke-dasharray": f"0.01 {_CELL - 0.01:g}"}
    taken = _graticule(root, view)
    placed = _spread(marks, view)
    taken += [(x - r, y - r, x + r, y + r) for _, x, y, r in placed]
    for mark, x, y, r in placed:
        _dot(root, mark, x, y, r)
    for words, x, y, align in _names(placed, view, taken):
        for halo in (True, False):
            _words(root, words, x, y, align, halo=halo)
    return ET.tostring(root, encoding="unicode")


def _dot(root: ET.Element, mark: Mark, x: float, y: float, r: float) -> None:
    told = f"{mark.words}: {mark.says}" if mark.says else mark.words
    holder = root
    if mark.href is not None:
        holder = ET.SubElement(root, "a", {"href": mark.href, "aria-label": clean(told)})
        reach = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{max(r, _TARGET):.1f}", "fill": "transparent"}
        ET.SubElement(holder, "circle", reach)
    look = {"fill": "var(--main)", "stroke": "var(--paper)", "stroke-width": "1.5"}
    if mark.spot.precision is not Precision.TOWN:
        look = {"fill": "var(--paper)", "fill-opacity": "0.75", "stroke": "var(--main)", "stroke-width": "2.5"}
    dot = ET.SubElement(holder, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{r:.1f}"} | look)
    ET.SubElement(dot, "title").text = clean(told)


def _words(root: ET.Element, words: str, x: float, y: float, align: str, *, halo: bool) -> None:
    style = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": align, "font-size": f"{_SMALL}px", "font-weight": "600"}
    if halo:
        style |= {"fill": "var(--paper)", "stroke": "var(--paper)", "stroke-width": "4", "stroke-linejoin": "round"}
        style |= {"aria-hidden": "true"}
    else:
        style |= {"fill": "var(--ink)"}
    ET.SubElement(root, "text", style).text = clean(words)


@lru_cache(maxsize=64)
def _land(view: Window) -> str:
    """The towns of the window on a grid of a few pixels, as one path: neighbours in a row are one dotted stroke."""
    rows: dict[int, set[int]] = defaultdict(set)
    for latitude, longitude in shape():
        x, y = view.at(latitude, longitude)
        if 0 <= x <= view.width and 0 <= y <= view.height:
            rows[int(y / _CELL)].add(int(x / _CELL))
    parts = []
    for row in sorted(rows):
        columns = sorted(rows[row])
        start = last = columns[0]
        for column in [*columns[1:], None]:
            if column is not None and column == last + 1:
                last = column
                continue
            parts.append(f"M{(start + 0.5) * _CELL:g} {(row + 0.5) * _CELL:g}h{(last - start) * _CELL + 0.1:g}")
            if column is not None:
                start = last = column
    return "".join(parts)


def _graticule(root: ET.Element, view: Window) -> list[Box]:
    """Lines of equal latitude and longitude with their degrees; the boxes of the words."""
    step = next((s for s in (1, 2, 5, 10, 15, 30) if view.width / (s * view.across) <= max(3, view.width / 120)), 60)
    taken: list[Box] = []
    lines: list[tuple[float, float, float, float]] = []
    words: list[tuple[str, float, float, str]] = []
    for n in range(-180 // step, 180 // step + 1):
        x, _ = view.at(0, n * step)
        if 24 < x < view.width - 24:
            lines.append((x, 0, x, view.height))
            words.append((_degrees(n * step, "E", "W"), x, view.height - 5, "middle"))
        _, y = view.at(n * step, 0)
        if 16 < y < view.height - 24 and abs(n * step) <= 90:
            lines.append((0, y, view.width, y))
            words.append((_degrees(n * step, "N", "S"), 2, y - 4, "start"))
    for x1, y1, x2, y2 in lines:
        ends = {"x1": f"{x1:.1f}", "y1": f"{y1:.1f}", "x2": f"{x2:.1f}", "y2": f"{y2:.1f}"}
        ET.SubElement(root, "line", ends | {"stroke": "var(--rule)", "stroke-width": "1"})
    for told, x, y, align in words:
        style = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": align, "font-size": f"{_TINY}px"}
        ET.SubElement(root, "text", style | {"fill": "var(--muted)"}).text = told
        taken.append(_box(told, x, y, align, _TINY))
    return taken


def _degrees(n: int, positive: str, negative: str) -> str:
    return f"{abs(n)}°" if n == 0 else f"{abs(n)}° {positive if n > 0 else negative}"


def _spread(marks: Sequence[Mark], view: Window) -> list[tuple[Mark, float, float, float]]:
    """Each mark with its middle and radius, the largest first; those of one spot stand beside one another around it."""
    most = max((mark.weight for mark in marks), default=0.0) or 1.0
    groups: dict[Spot, list[Mark]] = defaultdict(list)
    for mark in sorted(marks, key=lambda m: (-m.weight, m.words)):
        groups[mark.spot].append(mark)
    found = []
    for spot, its in groups.items():
        x, y = view.at(spot.latitude, spot.longitude)
        for number, mark in enumerate(its):
            r = _LEAST + _MOST_WIDER * math.sqrt(mark.weight / most)
            away, turn = 15.0 * math.sqrt(number), number * math.pi * (3 - math.sqrt(5))
            found.append((mark, x + away * math.cos(turn), y + away * math.sin(turn), r))
    return sorted(found, key=lambda item: -item[3])


def _names(
    placed: Sequence[tuple[Mark, float, float, float]], view: Window, taken: list[Box]
) -> list[tuple[str, float, float, str]]:
    """What is written where: one name for each spot, beside, above or below its dots, where nothing else stands."""
    groups: dict[Spot, list[tuple[Mark, float, float, float]]] = defaultdict(list)
    for item in placed:
        groups[item[0].spot].append(item)
    found = []
    for spot, its in groups.items():
        left, right = min(x - r for _, x, _, r in its), max(x + r for _, x, _, r in its)
        top, bottom = min(y - r for _, _, y, r in its), max(y + r for _, _, y, r in its)
        middle, centre = (left + right) / 2, (top + bottom) / 2
        own = clean(its[0][0].words) if len(its) == 1 else f"{spot.name} ({len(its)})"
        cut = own if len(its) > 1 else fit(own, _NAME * view.width, _SMALL, bold=True)
        choices = ([cut] if view.width >= 560 or len(its) > 1 else []) + [spot.name]
        spots = (
            (right + 5, centre + 4, "start"),
            (left - 5, centre + 4, "end"),
            (middle, top - 6, "middle"),
            (middle, bottom + 14, "middle"),
        )
        told = next((c for c in _ways(choices, spots) if _free(_box(*c, _SMALL), taken, view)), None)
        if told is not None:
            taken.append(_box(*told, _SMALL))
            found.append(told)
    return found


def _ways(choices: Sequence[str], spots: Iterable[tuple[float, float, str]]) -> Iterable[tuple[str, float, float, str]]:
    its = list(spots)
    return ((words, x, y, align) for words in choices for x, y, align in its)


def _box(words: str, x: float, y: float, align: str, size: int) -> Box:
    """Where words stand whose base line is at `y`."""
    wide = width_of(words, size, bold=size == _SMALL)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[align]
    return left, y - size, left + wide, y + 4


def _free(box: Box, taken: Sequence[Box], view: Window) -> bool:
    inside = box[0] >= 1 and box[1] >= 1 and box[2] <= view.width - 1 and box[3] <= view.height - 1
    return inside and not any(
        box[0] < right and left < box[2] and box[1] < bottom and top < box[3] for left, top, right, bottom in taken
    )
