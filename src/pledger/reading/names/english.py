"""Names in English beyond capitalised runs: longer and shorter ones, those in lists, other scripts in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from pledger.model import EntityKind, Span
from pledger.reading.names.brackets import in_brackets
from pledger.reading.names.name import Name
from pledger.reading.patterns import plain

__all__ = ["english"]

_BOLD = re.compile(r"\*\*(?P<name>[A-ZÀ-Þ][^*\n:]{2,60}?)\*\*(?=\s?\(|:|,)")
_LISTED = re.compile(
    r"(?:^|\n)\s{0,4}(?:[*•\-–]|\d{1,2}[.)])\s\*{0,2}"
    r"(?P<name>[A-ZÀ-Þ][\w&’'.\-]{1,30}(?:\s[A-ZÀ-Þ&+][\w&’'.\-/]{0,30}){0,5})\*{0,2}(?=\s\([A-Z])"
)
_JOINED = re.compile(r" (?:\+|&|and) (?P<more>[A-ZÀ-Þ][\w’'.\-]{1,30}(?: [A-ZÀ-Þ][\w’'.\-]{1,30}){0,3})")
_SLASHED = re.compile(r" (?:A/S|I/S|[A-Z]/[A-Z])(?!\w)")
_LONGEST = 6
"""Words of a name in a list."""
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Rep|Sen|Gov|Prof|Sir)\.?[ \u00a0]$")
_MONEY_BEHIND = re.compile(r"\.?\s?[$€£¥]?\d|\$")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(plain("names_wider", "en", key))


def english(text: str, found: Iterable[Name]) -> list[Name]:
    """The names that capitals gave, mended, with those of lists."""
    out = [mended for name in found if (mended := _mended(text, name)) is not None]
    for pattern in (_BOLD, _LISTED):
        items = (m for m in pattern.finditer(text) if len(m["name"].split()) <= _LONGEST)
        out += [_name(text, Span(*m.span("name"))) for m in items if not m["name"].endswith((".", "?"))]
    ordered = sorted(out, key=lambda n: (n.span.start, -n.span.end))
    kept: list[Name] = []
    for name in ordered:
        if not kept or name.span.start >= kept[-1].span.end:
            kept.append(name)
    return kept


def _name(text: str, span: Span) -> Name:
    words = span.of(text)
    return Name(EntityKind.ORGANISATION, span, words, in_brackets(text, words, span.end))


def _mended(text: str, name: Name) -> Name | None:
    if name.kind is not EntityKind.ORGANISATION:
        return name
    words, start, end = name.text, name.span.start, name.span.end
    if re.fullmatch(r"[A-Z][A-Za-z]{0,2}", words) and _MONEY_BEHIND.match(text, end):
        return None  # a currency
    if _TITLED.search(text, max(0, start - 8), start):
        return None  # a person
    before = re.search(r"(?<![\w.])([A-Z][a-z]{2,14})[ \u00a0]$", text[max(0, start - 16) : start])
    if before and before[1] in _words("opening"):
        start -= len(before[0])
    first = words.split(" ", 1)
    if len(first) > 1 and first[0] in _words("loose"):
        start += len(first[0]) + 1
    end = _cut(text, start, end)
    if slashed := _SLASHED.match(text, end):
        end = slashed.end()
    elif text[end : end + 3] == " + " and (more := _JOINED.match(text, end)):
        end = more.end()
    if (start, end) == (name.span.start, name.span.end):
        more_forms = in_brackets(text, words, end)
        return replace(name, aliases=more_forms) if more_forms and not name.aliases else name
    return _name(text, Span(start, end)) if end > start else None


def _cut(text: str, start: int, end: int) -> int:
    """Where a name ends that runs on over "of Tulsa" or "for Cormorant Hill"."""
    words = text[start:end]
    head, of, place = words.partition(" of ")
    if of and place and not _words("keeps_of").intersection(head.split()) and len(head) > 2:
        return start + len(head)
    head, of, _ = words.partition(" for ")
    if of and head.split()[-1] in _words("cuts_for"):
        return start + len(head)
    return end
