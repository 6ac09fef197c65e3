"""What names in scripts without capitals share: their signs, their brackets, and where a text names them again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pledger.model import EntityKind, Span
from pledger.reading.names.brackets import in_brackets
from pledger.reading.names.name import Name
from pledger.reading.patterns import plain

__all__ = [
    "ACRONYM",
    "KANJI",
    "KATAKANA",
    "LATIN_NAME",
    "any_word",
    "firm",
    "first_by_place",
    "is_thing",
    "once_more",
]

KATAKANA = r"ァ-ヴー・＝"
KANJI = r"\u4e00-\u9fff々"
_OTHER = r"[^()（）\n]{1,30}"
_NAME = r"[A-Z][A-Za-z&.'’\-]{0,30}(?: [\w&.'’\-]{1,30}){0,6}"
LATIN_NAME = re.compile(rf"[(（]\s?(?:{_OTHER}[,，、]\s?)?{_NAME}(?:[,，、]{_OTHER})?[)）]")
"""Brackets that hold a name in Latin letters."""
ACRONYM = re.compile(r"[(（][A-Z][A-Z0-9&.\-]{1,9}[)）]")


@cache
def any_word(language: str, *keys: str) -> str:
    """Any word of some lists, longest first, as a regular expression without a group."""
    words = {word for key in keys for word in plain("names_wider", language, key)}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


@cache
def _things() -> frozenset[str]:
    return frozenset(plain("names_wider", "things", "acronyms"))


def is_thing(acronym: str) -> bool:
    """Whether an acronym, with or without brackets around it, is that of a thing and names nobody: MOU, LNG."""
    return acronym.strip("()（） ") in _things()


def firm(text: str, span: Span) -> Name:
    """The organisation whose name stands at `span`, with the forms that brackets behind it give."""
    words = span.of(text)
    return Name(EntityKind.ORGANISATION, span, words, in_brackets(text, words, span.end))


def once_more(
    text: str, names: Sequence[Name], shortened: Callable[[str], str | None], around: str = "{}"
) -> list[Name]:
    """All further places of names that are no offices, and of the short forms that a text goes on to use.

    `around` is a pattern with a place for the names, which says what may not stand beside them.
    """
    own = [name.text for name in names if not _office().search(name.text)]
    forms = {*own, *(short for name in names if (short := shortened(name.text)))}
    if not forms:
        return []
    joined = "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    return [firm(text, Span(*m.span())) for m in re.finditer(around.format(f"(?:{joined})"), text)]


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('ja', 'public')}|{any_word('zh', 'public')})$")


def first_by_place(names: Sequence[Name]) -> list[Name]:
    """In order and without overlap; of two at one place the longer, then the one with more forms."""
    out: list[Name] = []
    for name in sorted(names, key=lambda n: (n.span.start, -n.span.end, -len(n.aliases))):
        if not out or name.span.start >= out[-1].span.end:
            out.append(name)
    return out
