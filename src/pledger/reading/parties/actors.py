"""Those who play a part without being named: "private banks", "Korean vendors", "the US commerce secretary"."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.countries import Country
from pledger.reading.names import Name
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, NEVER, of_language, words
from pledger.reading.placed import Placed

__all__ = ["actors", "institutions"]

_FIRMS, _NATIONAL, _OFFICES = "firms", "national", "offices"
_JOINT = re.compile(r"(?:'s|’s)?[ \u00a0\-]?")
_NAME = re.compile(r"[ \u00a0][A-Z]")


_SORTS = (_FIRMS, _NATIONAL, _OFFICES)
_WORDS = Trigger(lambda language: [[words("parties", "actors", sort, language=language).pattern] for sort in _SORTS])


def actors(page: Page, index: int, lands: Placed[Country]) -> list[Name]:
    """Actors without a name in one sentence, with the country before them; holders of offices are people."""
    text, sentence, language = page.text, page.sentences[index], page.language
    found: list[Name] = []
    for sort in map(_SORTS.__getitem__, page.which(_WORDS, index)):
        for match in words("parties", "actors", sort, language=language).finditer(text, sentence.start, sentence.end):
            if sort == _OFFICES and _NAME.match(text, match.end()):
                continue  # the holder is named
            start = _with_country(text, match.start(), lands)
            if sort == _NATIONAL and start == match.start():
                continue
            span = Span(max(start, sentence.start), match.end())
            kind = EntityKind.PERSON if sort == _OFFICES else EntityKind.ORGANISATION
            found.append(Name(kind, span, span.of(text)))
    return found


def _listed(language: str) -> tuple[str, ...]:
    return of_language(lexicon("parties")["institutions"], language)


@cache
def _institutions(language: str) -> re.Pattern[str]:
    listed = _listed(language)
    return re.compile("|".join(f"(?:{pattern})" for pattern in listed)) if listed else NEVER


_INSTITUTIONS = Trigger(lambda language: [[pattern] for pattern in _listed(language)], tried=False)


def institutions(page: Page, index: int) -> list[Name]:
    """Institutions without a name that may fund, insure, run or buy, in one sentence: "a Japanese state bank"."""
    if not page.has(_INSTITUTIONS, index):
        return []
    sentence = page.sentences[index]
    found = _institutions(page.language).finditer(page.text, sentence.start, sentence.end)
    return [Name(EntityKind.ORGANISATION, Span(*m.span()), m[0]) for m in found if not _describes(page, m)]


_PART_OF_WORD = re.compile(r"[-‐‑–][a-z]")
_THEN_NAMED = re.compile(
    r"[ \n\u00a0](?:such as |including |like )?(?:the )?[A-Z][\w&.]{1,40}(?: [a-z]{2,3})?(?: [A-Z]|[ ,.;)]|$)"
)
_CALLED = re.compile(
    r"(?:(?<!\w)(?:is|are|was|were|remains?|became|becomes?|being|as|called|ist|sind|war|waren|als)[ \n\u00a0]"
    r"(?:(?:an?|the|eine?|der|die|das)[ \n\u00a0])?|[A-Z][\w&.)]{1,40}(?<!ly),[ \n\u00a0](?:an?|eine?)[ \n\u00a0])$"
)


def _describes(page: Page, found: re.Match[str]) -> bool:
    """Whether words for an institution only describe what is named beside them, or are part of a longer word.

    "Acme is a state bank", "the state lenders Acme and Beta", "government-affiliated banks".
    """
    if page.language in CJK:
        return False
    text, start, end = page.text, found.start(), found.end()
    return (
        _PART_OF_WORD.match(text, end) is not None
        or _THEN_NAMED.match(text, end) is not None
        or _CALLED.search(text, max(0, start - 56), start) is not None
    )


def _with_country(text: str, start: int, lands: Placed[Country]) -> int:
    """Where the country that stands right before `start` begins, else `start`."""
    before = lands.last(start, 40)
    if before is None or _JOINT.fullmatch(text, before[0].end, start) is None:
        return start
    return before[0].start
