"""Names that the lexicons list, in all scripts; in scripts without capitals there are no others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code
from pledger.reading.gazetteer import latin_town
from pledger.reading.names.eastern import is_thing
from pledger.reading.names.name import Name, bracketed
from pledger.reading.names.words import is_place, known_words

__all__ = ["foreign_place", "known_organisations", "listed"]

_BRACKETS = ("(", "（")
_LATIN = re.compile(r"[A-Z][A-Za-z0-9&]{1,60}(?: [A-Z][A-Za-z0-9&]{1,60}){0,4}")


@cache
def known_organisations() -> dict[str, str]:
    """Every listed name of an organisation, in all scripts, and the name that we show for it."""
    return {name: entry["name"] for entry in lexicon("organisations")["organisations"] for name in entry["names"]}


@cache
def _places() -> dict[str, str]:
    """The English name of each place by its names in other scripts."""
    table = lexicon("places")
    parts = (table["states"], table["waters"], lexicon("places_cjk")["states"])
    return {form: name for part in parts for name, forms in part.items() for form in forms}


def foreign_place(words: str) -> str:
    """The English name of a place written in another script, else the words themselves."""
    return _places().get(words, words)


def _any_of(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _patterns() -> tuple[tuple[EntityKind, re.Pattern[str]], ...]:
    known = list(known_organisations())
    places = "|".join((_any_of(list(_places())), *lexicon("places")["forms"].values()))
    latin = _any_of([name for name in known if name.isascii()])
    return (
        (EntityKind.PLACE, re.compile(places)),
        (EntityKind.ORGANISATION, re.compile(_any_of([name for name in known if not name.isascii()]))),
        (EntityKind.ORGANISATION, re.compile(rf"(?<![\w])(?:{latin})(?![a-z0-9])")),
    )


@cache
def _known_places() -> re.Pattern[str]:
    return re.compile(f"(?:{_any_of(list(_places()))})$")


def _inside(match: re.Match[str]) -> Span | None:
    """The listed place with which a run ends that only looks like one: 位于俄亥俄州 is Ohio."""
    own = _known_places().search(match.string, match.start(), match.end())
    return None if own is None else Span(*own.span())


def listed(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Listed names, and runs of Latin capitalised words, which in such a text always are names."""
    found: list[Name] = []
    known = known_organisations()
    for sentence in sentences:
        for kind, pattern in _patterns():
            for match in pattern.finditer(text, sentence.start, sentence.end):
                if kind is EntityKind.PLACE and match[0] not in _places() and (own := _inside(match)) is not None:
                    found.append(Name(kind, own, own.of(text)))
                    continue
                aliases = bracketed(text, match.end()) if kind is EntityKind.ORGANISATION else ()
                found.append(Name(kind, Span(*match.span()), match[0], aliases))
        for match in _LATIN.finditer(text, sentence.start, sentence.end):
            if known_words().is_common(match[0]) or is_thing(match[0]) or country_code(match[0]) is not None:
                continue
            town = (
                match[0] not in known and text[match.start() - 1 : match.start()] in _BRACKETS and latin_town(match[0])
            )
            kind = EntityKind.PLACE if town or is_place(match[0]) else EntityKind.ORGANISATION
            found.append(Name(kind, Span(*match.span()), match[0], bracketed(text, match.end())))
    found.sort(key=lambda name: (name.span.start, -name.span.end))
    out: list[Name] = []
    for candidate in found:
        if not out or candidate.span.start >= out[-1].span.end:
            out.append(candidate)
    return out
