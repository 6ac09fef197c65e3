"""Quotations that go on: later (and earlier) sentences in quotation marks belong to the attribution beside them."""

from __future__ import annotations

from dataclasses import replace

from pledger.model import Span
from pledger.reading.attribution.words import Words
from pledger.reading.found import FoundAttribution

__all__ = ["continue_quotations"]

Read = tuple[Span, Words | None, list[FoundAttribution]]

_OPEN = "“\"„«‘'"
_ENDS = '”"»'
_PAIRS = {"“": "”", "„": "“", "«": "»", "‘": "’", "'": "'", '"': '"'}


def continue_quotations(text: str, read: list[Read]) -> list[tuple[Span, list[FoundAttribution]]]:
    """The attributions of each sentence, those with quotations extended by the quoted sentences around them."""
    inside = _left_open(text, [span for span, _, _ in read])
    result = [(span, [] if index in inside else list(found)) for index, (span, _, found) in enumerate(read)]
    bare = [
        index in inside or (not found and _quotation(text, read[index][0])) for index, (_, found) in enumerate(result)
    ]
    last: tuple[int, int] | None = None
    for index, (span, found) in enumerate(result):
        if bare[index]:
            if last is not None and _near(text, result[index - 1][0], span):
                _extend(result[last[0]][1], last[1], span)
            else:
                last = None
            continue
        last = None
        for position, one in enumerate(found):
            if one.content is not None and any(
                text[part.start] in _OPEN or text[part.end - 1] in _ENDS for part in one.contents
            ):
                last = (index, position)
        if (
            last is not None
            and last[0] == index
            and index
            and bare[index - 1]
            and not _owned(result, index - 1, bare)
            and _near(text, result[index - 1][0], span)
        ):
            _extend(found, last[1], result[index - 1][0])
    return result


def _left_open(text: str, spans: list[Span]) -> set[int]:
    """The sentences that stand inside a quotation which an earlier one of their paragraph opens, and which the
    end of the paragraph leaves open for the next, or a later sentence closes.
    """
    found: set[int] = set()
    index = 0
    while index < len(spans):
        first = index
        index += 1
        if text[spans[first].start] not in '“"' or not _open(text, spans[first]):
            continue
        held = []
        while index < len(spans) and "\n" not in text[spans[index - 1].end : spans[index].start]:
            here = text[spans[index].start : spans[index].end]
            if '"' in here or "“" in here or "”" in here:
                break
            held.append(index)
            index += 1
        closed = index < len(spans) and text[spans[index].end - 1] in '”"' and not _open(text, spans[index])
        same = index < len(spans) and "\n" not in text[spans[index - 1].end : spans[index].start]
        if same and closed and text.count("”", spans[index].start, spans[index].end) < 2:
            if "“" not in text[spans[index].start : spans[index].end]:
                found.update([*held, index])
        elif not same and index < len(spans) and text[spans[index].start] == text[spans[first].start]:
            found.update(held)
    return found


def _open(text: str, span: Span) -> bool:
    """Whether the quotation that the sentence begins with is still open at its end."""
    if text[span.start] == "“":
        return text.find("”", span.start, span.end) < 0
    return text[span.start] == '"' and text.find('"', span.start + 1, span.end) < 0


def _owned(result: list[tuple[Span, list[FoundAttribution]]], index: int, bare: list[bool]) -> bool:
    """Whether the quoted sentence at `index` already goes on from one before it."""
    span = result[index][0]
    k = index
    while k >= 0 and bare[k]:
        k -= 1
    return k >= 0 and any(part.start <= span.start < part.end for one in result[k][1] for part in one.contents)


def _extend(found: list[FoundAttribution], position: int, span: Span) -> None:
    one = found[position]
    parts = tuple(sorted((*one.contents, span)))
    found[position] = replace(one, contents=parts, content=parts[0])


def _quotation(text: str, span: Span) -> bool:
    """Whether the sentence is one quotation throughout, or one left open for the next paragraph."""
    if text[span.start] not in _OPEN or span.end - span.start < 4:
        return False
    mark = text[span.start]
    close = _PAIRS[mark]
    if mark in "‘'":  # the same mark is an apostrophe: only the one at the end tells
        return text[span.end - 1] == close and text[span.end - 2] in ".!?,"
    inside = text.find(close, span.start + 1, span.end)
    return inside == span.end - 1 or (inside < 0 and mark in '“"')


def _near(text: str, before: Span, after: Span) -> bool:
    return not text[before.end : after.start].strip() and after.start - before.end < 12
