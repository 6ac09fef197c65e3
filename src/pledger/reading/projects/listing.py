"""Projects that the lines of a list name with what they cost: "* Acme AG (Austria): a mill in Ghent - EUR 3bn"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.model import Span
from pledger.reading.countries import country_code
from pledger.reading.names import known_organisations
from pledger.reading.patterns import CJK, any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.projects.places import PlaceFound, is_region, is_town, place_at, places_led

__all__ = ["Item", "items", "priced_lines"]

_LINE = re.compile(r"^[ \t]{0,8}(?:[*\-•–·▪◦‣|]|\d{1,2}[.)])[ \t]{1,4}(?P<body>\S[^\n]{4,900})$", re.MULTILINE)
_LABEL = re.compile(r"(?P<label>[^:\n–—]{2,90}?)\s?(?::|\s[–—-]\s|\s\|)")
_BRACKETED = re.compile(r"\(([^()]{2,60})\)")
_MARKS = re.compile(r"[*_]{1,3}")


_OPENS = 24
"""Characters at the start of a line within which the sum that the line is about stands: "Up to $25bn to ..."."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list that names a project of its own."""

    span: Span
    """The words that name it."""
    line: Span
    sponsor: str | None
    place: PlaceFound | None
    name: str | None
    words: tuple[str, ...]
    """What is built, where the line says so."""


def items(text: str, amounts: Placed[object], language: str = "en") -> Iterator[Item | Span]:
    """The lines of lists that name projects, in order; only its span for a line that has a label and names none."""
    if language in CJK:
        return
    for match in _LINE.finditer(text):
        line = Span(*match.span("body"))
        label = _LABEL.match(text, line.start, line.end)
        if label is None:
            continue
        found = _item(text, line, Span(*label.span("label")), label.end(), amounts, language)
        yield found if found is not None else line


def priced_lines(text: str, amounts: Placed[object]) -> Placed[Span]:
    """The lines of a list of which each opens with a sum of its own: what one says is no word on another's.

    A line by itself is no list.
    """
    lines = []
    for match in _LINE.finditer(text) if amounts else ():
        line = Span(*match.span("body"))
        if amounts.starting(line.start, min(line.end, line.start + _OPENS)):
            lines.append(line)
    return Placed((line, line) for line in lines) if len(lines) > 1 else Placed()


@cache
def _facts() -> re.Pattern[str]:
    both = any_of((*plain("things", "lists", "facts_en"), *plain("things", "lists", "facts_de")))
    return re.compile(rf"(?<!\w){both}(?!\w)", re.IGNORECASE)


@cache
def _makers() -> frozenset[str]:
    return frozenset((*plain("names", "legal_forms"), *plain("names", "organisation_bodies"), "A/S", "AS", "Oy", "SAS"))


def _item(text: str, line: Span, label: Span, behind: int, amounts: Placed[object], language: str) -> Item | None:
    raw = label.of(text)
    words = _MARKS.sub("", raw).strip(" :")
    bare = _BRACKETED.sub("", words).strip(" ,")
    if not words[:1].isupper() or country_code(bare) is not None:
        return None
    start = label.start + len(raw) - len(raw.lstrip("*_ "))
    inner = _BRACKETED.search(words)
    place = place_at(text, start, label.end, language)
    led = places_led(text, Span(label.start, line.end), language)
    if place is not None and (place.text != place.town or (is_town(place.town) and place.town == bare)):
        return Item(place.span, line, None, place, None, ())
    maker = _is_maker(bare) or (inner is not None and country_code(inner[1]) is not None)
    if maker and led:
        first = led[0]
        what = text[behind : first.span.start].strip()
        begin = behind + len(text[behind : first.span.end]) - len(text[behind : first.span.end].lstrip())
        head = tuple(w.lower() for w in re.findall(r"[^\W\d_]{3,30}", what)[:4] if w.islower() and len(w) > 3)
        name = re.split(r",\s", bare)[0].strip()
        return Item(Span(begin, first.span.end), line, name, first, None, head[-2:])
    if _facts().search(bare) or not amounts.inside(Span(behind, line.end)):
        return None
    sponsor = inner[1] if inner is not None and _is_maker(inner[1]) else None
    if sponsor is None and not (led and led[0].span.end <= label.end) and not is_region(bare):
        return None
    end = start + len(bare) if text.startswith(bare, start) else label.end
    return Item(Span(start, end), line, sponsor, led[0] if led else None, None, ())


def _is_maker(words: str) -> bool:
    parts = re.split(r"[\s,]+", words.strip())
    return words in known_organisations() or any(part in _makers() for part in parts[1:])
