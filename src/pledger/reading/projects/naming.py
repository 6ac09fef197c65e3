"""Names that a text gives to what is built: "the plant, known as Silver Creek", "Eagle Tor, a vanadium mine in ..."."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from pledger.model import Span
from pledger.reading.countries import country_code
from pledger.reading.names import known_organisations
from pledger.reading.page import Trigger
from pledger.reading.patterns import CJK, any_of, expand, plain
from pledger.reading.projects.places import is_region
from pledger.reading.projects.things import Thing

__all__ = ["NAMINGS", "Naming", "namings"]

_CAPITALS = r"[A-ZÀ-ÖØ-Þ][\w’'\-]{1,24}(?:[ \u00a0](?:[A-ZÀ-ÖØ-Þ][\w’'\-]{0,24}|of|de|la|del|\d{1,3})){0,4}"
_OPEN, _SHUT = "[“\"„«‘']", "[”\"“»’']"
_BEFORE = re.compile(rf"(?P<name>{_CAPITALS}),[ \n\u00a0]$")
_QUOTED = re.compile(rf"[ \u00a0]{_OPEN}(?P<name>[A-ZÀ-ÖØ-Þ][^“”\"„«»\n]{{2,40}}){_SHUT}")
_LONGEST = 70
"""Characters before a thing within which a name stands that it is an apposition of."""


def _listed(language: str) -> list[list[str]]:
    if language in CJK:
        return []
    keys = ("behind_de", "quoted") if language == "de" else ("behind_en", "place_called_en", "quoted")
    return [[expand(words) for key in keys for words in plain("things", "naming", key)]]


NAMINGS = Trigger(_listed, tried=False)
"""Tells in which sentences a name may be given."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A name, where it stands, and the words for the thing that has it; None where the thing was spoken of before."""

    name: str
    span: Span
    thing: Span | None


def namings(text: str, sentence: Span, things: list[Thing], language: str = "en") -> list[Naming]:
    """The names that one sentence gives to things built."""
    if language in CJK:
        return []
    found = [naming for thing in things if (naming := _beside(text, sentence, thing)) is not None]
    ends = [thing.span.end for thing in things]
    for number, pattern in enumerate(_patterns(language)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            name = _trimmed(match["name"])
            at = bisect_right(ends, match.start())
            if name and _can_name(name):
                near = things[at - 1].span if at and match.start() - ends[at - 1] < _LONGEST else None
                if near is None and number == 0:
                    continue  # "the fund, known as ...": nothing built has the name
                start = match.start("name")
                found.append(Naming(name, Span(start, start + len(name)), near))
    return found


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    key = "de" if language == "de" else "en"
    behind = any_of(plain("things", "naming", f"behind_{key}"))
    out = [re.compile(rf"{behind}(?:the )?{_OPEN}?(?P<name>{_CAPITALS})")]
    if key == "en":
        called = any_of(plain("things", "naming", "place_called_en"))
        out.append(re.compile(rf"(?<!\w)(?P<name>{_CAPITALS}),?[ \n]{called}"))
        out.append(re.compile(rf"(?<!\w)(?:P|the p)roject (?P<name>{_CAPITALS})"))
    heads = any_of(plain("things", "naming", "quoted"))
    out.append(re.compile(rf"(?<!\w){heads}{_QUOTED.pattern}"))
    return tuple(out)


def _beside(text: str, sentence: Span, thing: Thing) -> Naming | None:
    """The name before a thing that is its apposition, or in quotation marks behind it."""
    quoted = _QUOTED.match(text, thing.span.end, sentence.end)
    if quoted:
        return Naming(quoted["name"], Span(*quoted.span("name")), thing.span)
    if not thing.article:
        return None
    begin = max(sentence.start, thing.span.start - _LONGEST)
    match = _BEFORE.search(text, begin, thing.span.start)
    if match is None:
        return None
    name = _trimmed(match["name"])
    start = match.end("name") - len(name)
    if not name or not _can_name(name):
        return None
    if " " not in name and start <= sentence.start + 2 and text.count(name) < 2:
        return None  # "However, a plant": a capital that only opens the sentence
    if re.search(r"(?:\b(?:in|at|near|off|from|and|to|by|with|told|says?|said)|,)[ \n]$", text[begin:start]):
        return None  # "in Fairbanks, a plant": a place, or one of a row
    return Naming(name, Span(start, start + len(name)), thing.span)


def _trimmed(name: str) -> str:
    """A name without what only opens the sentence or the phrase before it."""
    words = name.split(" ")
    while words and (words[0].lower() in _openers() or words[0] in _function()):
        words = words[1:]
    while words and words[-1].lower() in ("of", "de", "la", "del"):
        words = words[:-1]
    return " ".join(words).rstrip("’'")


@cache
def _function() -> frozenset[str]:
    """Words that only open a sentence; a number word may open a name ("Seven Oaks")."""
    return frozenset(plain("names", "function_words")) - frozenset(plain("names", "numerals"))


@cache
def _openers() -> frozenset[str]:
    return frozenset((*plain("things", "words", "definite_en"), "a", "an", "for", "with", "project"))


def _can_name(name: str) -> bool:
    """Whether words may be the name of a thing: no company, country, state or month."""
    words = name.split(" ")
    return (
        name not in known_organisations()
        and country_code(name) is None
        and not is_region(name)
        and words[-1] not in plain("names", "legal_forms")
        and words[-1] not in plain("names", "organisation_bodies")
        and name not in plain("names", "generic")
        and words[0] not in plain("things", "naming", "no_names")
        and words[0] not in plain("names", "titles")
    )
