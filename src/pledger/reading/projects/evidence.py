"""What beside the words for a thing shows a project: verbs of building, money, a place, somebody who builds."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Money, Span
from pledger.reading.found import Found
from pledger.reading.patterns import any_of, plain
from pledger.reading.projects.places import PlaceFound, is_region, is_town
from pledger.reading.projects.seen import Sighting
from pledger.reading.projects.things import Thing, is_generic

__all__ = ["LEAST", "meant", "priced", "shown", "size"]

_LEFT, _RIGHT = 110, 90
"""Characters around a thing within which words of building speak of it."""
LEAST = 1e6
"""Units of any currency below which an amount beside a thing is no price of something built."""
_BESIDE = 60
_FIRM = 300
"""Characters before a thing within which the company stands that builds it."""
_HEADING = 90
"""Characters of the longest heading."""
_LEADS = re.compile(r"[\s\-–]{0,3}")
_PRICE = re.compile(
    r"[^.;:]{0,40}?(?:\b(?:for|at|costing|worth|of|costs?|cost)\b|,|\(|für|kostet|im Wert von|über)[^.;:]{0,20}$"
)

_OF = re.compile(r"[\s\-](?:\([^()]{1,40}\)\s)?(?:[\w\-]{2,20}\s){1,3}(?:of|for|on|in|to|at)\s(?:(?:the|a|an|its)\s)?")
"""What may stand between a price and a thing behind it: "$5bn auction of the"."""


@cache
def _evidence(language: str) -> re.Pattern[str]:
    listed = any_of(plain("things", "evidence", "de" if language == "de" else "en"))
    return re.compile(rf"(?<![\w]){listed}(?![\w])", re.IGNORECASE)


def shown(sight: Sighting, sentence: Span, span: Span) -> bool:
    """Whether words of building or paying stand near `span` in its sentence."""
    start, end = max(sentence.start, span.start - _LEFT), min(sentence.end, span.end + _RIGHT)
    pattern = _evidence(sight.page.language)
    return bool(pattern.search(sight.page.text, start, span.start) or pattern.search(sight.page.text, span.end, end))


def priced(sight: Sighting, sentence: Span, thing: Thing) -> bool:
    """Whether an amount stands right at the thing as its price: "a $15m bypass", "a hall for 30 million francs"."""
    for span, amount in sight.amounts.around(thing.span, _BESIDE):
        if not sentence.covers(span) or size(amount) < LEAST:
            continue
        if span.end <= thing.span.end and _LEADS.fullmatch(sight.page.text, span.end, max(span.end, thing.span.start)):
            return True
        if thing.span.covers(span):
            return True
        if span.end < thing.span.start and _OF.fullmatch(sight.page.text, span.end, thing.span.start):
            return True
        if span.start >= thing.span.end and _PRICE.fullmatch(sight.page.text, thing.span.end, span.start):
            return True
    return False


def size(amount: Found[Money]) -> float:
    """The larger end of an amount, in units of its currency; 0 where it has none."""
    return max(amount.value.low or 0.0, amount.value.high or 0.0)


def _heading(sight: Sighting, sentence: Span) -> bool:
    """Whether a sentence is a line of its own without a stop."""
    text = sight.page.text
    return (
        sentence.end - sentence.start < _HEADING
        and text[sentence.end - 1] not in ".?!:;,"
        and text[sentence.end : sentence.end + 1] in ("", "\n", "*")
    )


def _tells(name: str) -> bool:
    """Whether a name before "project" tells one: more than one word, or a place."""
    return " " in name or is_region(name) or is_town(name)


def meant(sight: Sighting, index: int, thing: Thing, place: PlaceFound | None, sponsors: tuple[str, ...]) -> bool:
    """Whether a mention by itself shows that something is to be built, bought or given up."""
    sentence = sight.page.sentences[index]
    cost = priced(sight, sentence, thing)
    told = cost or bool(place) or thing.name is not None
    if thing.plural and not (told and (cost or thing.article)):
        return False
    if thing.name is not None and ((is_generic(thing) and thing.words) or _heading(sight, sentence)):
        return True
    if not (cost or index in sight.staged or shown(sight, sentence, thing.span)):
        return False
    if told and thing.name is not None and is_generic(thing):
        # "the Acme project" may be anybody's: more than one word of a name must tell it.
        return cost or place is not None or bool(thing.words) or _tells(thing.name) or bool(sponsors)
    if told or sponsors or thing.owner is not None:
        return True
    bare = is_generic(thing) and not thing.words
    return (
        thing.article
        and not bare
        and any(
            name.kind is EntityKind.ORGANISATION and span.end <= thing.span.start
            for span, name in sight.names.starting(max(sentence.start, thing.span.start - _FIRM), thing.span.start)
        )
    )
