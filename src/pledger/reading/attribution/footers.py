"""Lines that credit a source for the whole document: "Sources: Reuters, AFP"."""

from __future__ import annotations

import re

from pledger.model import Span
from pledger.reading.found import FoundAttribution

__all__ = ["footers"]

_FOOTER = re.compile(
    r"(?:Sources?|Via|Reporting by|Originally reported by|Quelle|Quellen)\s{0,2}:\s{0,3}(?=\S)", re.IGNORECASE
)
_BETWEEN = re.compile(r"\s{0,3}(?:[,;/|•]|\band\b|\bund\b)\s{0,3}")
_LONGEST = 160


def footers(text: str, span: Span) -> list[FoundAttribution]:
    """What the line credits, each source with the cue "Sources"; no content, since the whole document is credited."""
    if span.end - span.start > _LONGEST or text[span.start] not in "SVROQsvroq":
        return []
    head = _FOOTER.match(text, span.start, span.end)
    if head is None:
        return []
    cue = Span(head.start(), text.rindex(":", head.start(), head.end()))
    found = []
    at = head.end()
    for stop in [*(m.span() for m in _BETWEEN.finditer(text, at, span.end)), (span.end, span.end)]:
        words = text[at : stop[0]]
        name = words.strip(" .\t")
        if name:
            start = at + words.index(name)
            found.append(FoundAttribution(Span(start, start + len(name)), cue, None, (), False, "relays"))
        at = stop[1]
    return found
