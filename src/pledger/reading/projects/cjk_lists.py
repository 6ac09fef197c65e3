"""Lines and entries of lists that each bring a project: "（１）NAME（PLACE）", "▲여수 수소 공장(NAME, 1조 원)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.model import Money, Span
from pledger.reading.found import Found
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.projects.cjk_places import places_in
from pledger.reading.projects.places import PlaceFound

__all__ = ["Entry", "entries"]

_LINE = re.compile(
    r"^[ \u3000\t]{0,6}(?:[-*] )?"
    r"(?:[（(][0-9０-９一二三四五六七八九十가-하]{1,2}[)）]|[①-⑳■●◆▽▼・○◇▲△▷▶]|[0-9０-９]{1,2}[．.、)）])"
    r"[ \u3000]{0,2}(?P<label>[^\n。]{2,60})$",
    re.MULTILINE,
)
_ENTRY = re.compile(r"[▲△◆●■①-⑳][ ]?(?P<label>[^▲△◆●■①-⑳()（）\n]{3,30})[(（](?P<inner>[^()（）\n]{2,50})[)）]")
_BRACKET = re.compile(r"[(（](?P<inner>[^()（）\n]{2,40})[)）]")
_SCOPE = 500
"""Characters behind a line within which the text still speaks of its project."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One project of a list: its words, the stretch of text that speaks of it, where it stands, whose it is."""

    label: Span
    scope: Span
    place: PlaceFound | None
    sponsor: str | None


@cache
def _company() -> re.Pattern[str]:
    """What shows a company in the label of a line."""
    return re.compile(any_of(plain("things_cjk", "words", "companies")))


def entries(text: str, money: Placed[Found[Money]], language: str) -> Iterator[Entry]:
    """The projects that lists of a text bring, in order."""
    if not re.search(r"[▲△◆●■①-⑳]|^[ \u3000\t]{0,6}[（(0-9０-９]", text, re.MULTILINE):
        return
    lines = list(_LINE.finditer(text))
    for number, match in enumerate(lines):
        label = Span(*match.span("label"))
        bracket = _BRACKET.search(text, label.start, label.end)
        place = _first(places_in(text, Span(*bracket.span("inner")), language)) if bracket else None
        if not _company().search(match["label"]) or (place is None and not money.inside(label)):
            continue
        end = lines[number + 1].start() if number + 1 < len(lines) else len(text)
        blank = text.find("\n\n", label.end, end)
        scope = Span(label.start, min(end, blank if blank >= 0 else end, label.end + _SCOPE))
        sponsor = text[label.start : bracket.start() if bracket else label.end].strip()
        yield Entry(label, scope, place, sponsor)
    for match in _ENTRY.finditer(text):
        label, inner = Span(*match.span("label")), Span(*match.span("inner"))
        if not money.inside(inner):
            continue
        place = _first(places_in(text, label, language)) or _opening(text, label)
        first = re.split(r"[,，、·]", match["inner"])[0].strip()
        named = None if not first or re.search(r"[0-9]", first) else first
        yield Entry(label, Span(match.start(), match.end()), place, named)


def _first(places: list[PlaceFound]) -> PlaceFound | None:
    return places[0] if places else None


def _opening(text: str, label: Span) -> PlaceFound | None:
    """The first word of an entry of several words, which says where it stands."""
    match = re.compile(r"([가-힣]{2,5}) [가-힣]").match(text, label.start, label.end)
    return PlaceFound(Span(match.start(1), match.end(1)), match[1], match[1]) if match else None
