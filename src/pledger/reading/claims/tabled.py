"""What the columns of a table and the labels of single lines say: "Sponsor", "Location: ...".

A table is lines of cells between bars below a line of heads and a rule, as Markdown writes it and as tables of HTML are
laid out by `documents`. A column whose head names a part holds those who play it, each in the project of its own line;
a line, or a row of two cells, whose label names one says it of the project spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Span
from pledger.reading.context import Context
from pledger.reading.names import Name
from pledger.reading.patterns import OWN_WORDS, of_language
from pledger.reading.placed import Placed

__all__ = ["PLACE", "Tabled", "named_in", "tabled"]

PLACE = "location"
"""What a column or a label tells that is no part: where a project stands."""
_LINE = re.compile(r"^[^\n|]{0,400}\|[^\n]{0,2000}$", re.MULTILINE)
_RULE = re.compile(r"[\s|:\-–—=+]{3,400}")
_OUTER = re.compile(r"[ \t]*\|?([^\n]*?)\|?[ \t]*")
_MARKS = " \t\u00a0*_"
"""What stands around the words of a cell."""
_LABEL = re.compile(
    r"^[ \t]{0,4}(?:[*\-•–·▪◦‣][ \t]{1,3})?(?P<label>[^\n:：|.]{2,30})[:：]\*{0,2}[ \t\u3000]{0,3}", re.MULTILINE
)
_NAME = re.compile(r"[A-ZÀ-Þ][\w&’'.\-]{0,30}(?:[ \u00a0](?:[A-ZÀ-Þ&][\w&’'.\-]{0,30}|of|and)){0,6}")
_FOLLOWS = 1500
"""Characters behind a project within which labelled lines speak of it."""


@dataclass(frozen=True, slots=True)
class Tabled:
    """A cell, or the rest of a labelled line: what its head says it tells, and of which project."""

    role: str
    """A role, or `PLACE`."""
    cell: Span
    project: Mention


def tabled(ctx: Context) -> Iterator[Tabled]:
    """All cells and labelled lines of a document that tell a part in a project or its place."""
    for head, rows in _tables(ctx.text):
        told = [_role(ctx.language, cell.of(ctx.text), labels=False) for cell in head]
        for row in rows:
            mentions = ctx.projects.inside(Span(row[0].start, row[-1].end)) if any(told) else []
            for role, cell in zip(told, row, strict=False):
                if role is not None and mentions and cell.start < cell.end:
                    yield Tabled(role, cell, mentions[0][1])
            if len(row) == 2 and not any(told):
                yield from _labelled(ctx, row[0].of(ctx.text), row[1])
    for match in _LABEL.finditer(ctx.text):
        end = ctx.text.find("\n", match.end())
        yield from _labelled(ctx, match["label"], Span(match.end(), end if end >= 0 else len(ctx.text)))


def named_in(ctx: Context, cell: Span, names: Placed[Name]) -> list[Name]:
    """The organisations that a cell names; the whole cell where it is but capitalised words."""
    found = [name for _, name in names.inside(cell) if name.kind is EntityKind.ORGANISATION]
    places = any(name.kind is EntityKind.PLACE and span == cell for span, name in names.inside(cell))
    if not found and not places and ctx.language not in OWN_WORDS and _NAME.fullmatch(cell.of(ctx.text)):
        return [Name(EntityKind.ORGANISATION, cell, cell.of(ctx.text))]
    return found


def _labelled(ctx: Context, label: str, cell: Span) -> Iterator[Tabled]:
    """What a label says of the project spoken of, where it names a part."""
    role = _role(ctx.language, label, labels=True)
    project = (ctx.focus(cell.start, _FOLLOWS) or ctx.main) if role is not None else None
    if role is not None and project is not None and cell.start < cell.end:
        yield Tabled(role, cell, project)


def _tables(text: str) -> Iterator[tuple[Sequence[Span], Sequence[Sequence[Span]]]]:
    """The heads of each table and its rows, by cell."""
    if "|" not in text:
        return
    block: list[Span] = []
    for match in (*_LINE.finditer(text), None):
        if match is not None and (not block or match.start() == block[-1].end + 1):
            block.append(Span(*match.span()))
            continue
        if len(block) > 2 and _RULE.fullmatch(text, block[1].start, block[1].end):
            yield _cells(text, block[0]), [cells for line in block[2:] if (cells := _cells(text, line))]
        block = [Span(*match.span())] if match is not None else []


def _cells(text: str, line: Span) -> list[Span]:
    """The cells of a line, without white space and marks around them; empty ones too."""
    outer = _OUTER.fullmatch(text, line.start, line.end)
    if outer is None:
        return []
    out, at = [], outer.start(1)
    for cell in outer[1].split("|"):
        left = len(cell) - len(cell.lstrip(_MARKS))
        inner = cell.strip(_MARKS)
        out.append(Span(at + left, at + left + len(inner)) if inner else Span(at, at))
        at += len(cell) + 1
    return out


def _role(language: str, head: str, *, labels: bool) -> str | None:
    words = head.strip(" \t*_")
    return next((role for role, pattern in _heads(language, labels) if pattern.fullmatch(words)), None)


@cache
def _heads(language: str, labels: bool) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each role, and for places, the heads that tell it; those of columns say more than a label may."""
    table = lexicon("parties")
    out = []
    for role, listed in table["columns"].items():
        more = () if labels else of_language(table["columns_only"].get(role, {}), language)
        if joined := "|".join((*of_language(listed, language), *more)):
            out.append((role, re.compile(joined, re.IGNORECASE)))
    return tuple(out)
