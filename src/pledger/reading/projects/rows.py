"""Rows of tables: what the other cells say of the thing that one cell names, its place and who stands behind it.

A table has no sentences: "| LNG terminal | Norholm, Texas | Acme Gas |" under "| Project | Place | Proposed by |".
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import Span
from pledger.reading.names import known_organisations, normal_name
from pledger.reading.patterns import any_of, plain
from pledger.reading.projects.places import PlaceFound, is_region, is_town, place_at

__all__ = ["cells", "place_in_row", "sponsors_in_row"]

_BETWEEN = re.compile(r"\s{0,3}(?:,|;|/|\band\b|\bwith\b)\s{0,3}")
_MOST = 12
"""Cells of the longest row that is read."""


def cells(text: str, line: Span) -> list[Span]:
    """The cells of a row, without the white space around their words; none of a line that is no row."""
    if not text.startswith("|", line.start):
        return []
    found = []
    start = line.start + 1
    for part in text[start : line.end].split("|")[:_MOST]:
        bare = part.strip(" *_`\t")
        at = start + (part.index(bare) if bare else 0)
        found.append(Span(at, at + len(bare)))
        start += len(part) + 1
    return found


def place_in_row(text: str, line: Span, thing: Span, language: str) -> PlaceFound | None:
    """The place that is all that another cell holds."""
    for cell in cells(text, line):
        if cell.end > cell.start and not cell.overlaps(thing) and text[cell.start].isupper():
            place = place_at(text, cell.start, cell.end, language)
            whole = place is not None and place.span.end == cell.end
            if (
                place is not None
                and whole
                and (place.text != place.town or is_region(place.town) or is_town(place.town))
            ):
                return place
    return None


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('things', 'tables', 'sponsors_en'))}(?!\w)", re.IGNORECASE)


def sponsors_in_row(text: str, header: Span, line: Span, thing: Span) -> list[str]:
    """Who stands in the column that the head of the table gives to those who build or propose."""
    heads, row = cells(text, header), cells(text, line)
    if len(heads) < 2 or not any(cell.covers(thing) for cell in row):
        return []
    out: list[str] = []
    for head, cell in zip(heads, row, strict=False):
        if _behind().search(text, head.start, head.end) and cell.end > cell.start:
            parts = _BETWEEN.split(cell.of(text))
            out += [normal_name(part) for part in parts if part[:1].isupper() or part in known_organisations()]
    return out
