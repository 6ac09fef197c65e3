"""A name, and what may stand right beside it: a title before, another script or an acronym in brackets behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code

__all__ = ["Name", "bracketed", "normal_name"]

_BRACKET = re.compile(r"[ \u00a0]?[(（]([^()（）\n]{2,40})[)）]")
_OPENING = frozenset(" \u00a0(（")
_FOREIGN = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·・\s]{2,30}$")
_ACRONYM = re.compile(r"^[A-Z][A-Z&.\-]{1,9}$")
_PEOPLE = re.compile(r"(?:[A-Z][\w.]{1,14}\s){1,2}$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: organisation, person or place."""

    kind: EntityKind
    span: Span
    text: str
    aliases: tuple[str, ...] = ()
    """Other forms that the text itself gives in brackets: acronyms, other scripts."""
    title: str | None = None
    """For people: the words of office before the name."""

    def shown(self, text: str) -> Span:
        """The name with its other script or acronym in brackets behind."""
        bracket = _BRACKET.match(text, self.span.end) if self.aliases else None
        return Span(self.span.start, bracket.end()) if bracket else self.span

    def whole(self, text: str) -> Span:
        """`shown`, with the title before it and the country that the title is of ("US Commerce Secretary")."""
        span = self.shown(text)
        if self.title is None:
            return span
        at = text.rfind(self.title, max(0, span.start - len(self.title) - 4), span.start)
        start = at if at >= 0 else span.start
        people = _PEOPLE.search(text, max(0, start - 24), start)
        if people and country_code(people[0]) is not None:
            start = people.start()
        return Span(start, span.end)


def bracketed(text: str, end: int) -> tuple[str, ...]:
    """What brackets right behind `end` give as another form of a name: an acronym, another script."""
    if text[end : end + 1] not in _OPENING:
        return ()
    match = _BRACKET.match(text, end)
    inner = match[1].strip() if match else ""
    return (inner,) if _FOREIGN.match(inner) or _ACRONYM.match(inner) else ()


@lru_cache(maxsize=8192)
def normal_name(name: str) -> str:
    """`name` without a leading article, possessive ending or trailing punctuation, white space made single."""
    cleaned = re.sub(r"^(?:the|The|a|an)\s+", "", name.strip()).rstrip(" .,;:")
    cleaned = re.sub(r"(?:'s|’s)$", "", cleaned)
    return re.sub(r"\s+", " ", cleaned)
