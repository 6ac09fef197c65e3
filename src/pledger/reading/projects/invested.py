"""Projects told by nothing but who spends how much where: "is spending 750 million francs in Indiana"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.countries import country_code
from pledger.reading.found import Found
from pledger.reading.names import normal_name
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.projects.places import PlaceFound, place_at
from pledger.reading.projects.seen import Sighting
from pledger.reading.projects.things import things

__all__ = ["Invested", "invested"]

_LEAST = 1e6
_LEFT = 60


@dataclass(frozen=True, slots=True)
class Invested:
    """A place where a company spends money, and the company."""

    span: Span
    place: PlaceFound
    sponsor: str | None


@cache
def _spending(language: str) -> re.Pattern[str]:
    verbs = any_of(plain("things", "spending", "de" if language == "de" else "en"))
    return re.compile(rf"(?<!\w){verbs}(?!\w)", re.IGNORECASE)


_TO = re.compile(r"(?:\s\([^()]{1,40}\))?,?\s(?:in|at|near|bei|nahe)\s(?:the\s)?(?=[A-Z])")


def invested(sight: Sighting, known: Placed[Mention]) -> Iterator[Invested]:
    """Where the document says that a company spends an amount at a place, and names nothing that it builds."""
    for sentence in sight.page.sentences:
        money = sight.amounts.inside(sentence)
        if not money or known.inside(sentence):
            continue
        for span, amount in money:
            found = _one(sight, sentence, span, amount)
            if found is not None and not things(sight.page.text, sentence, sight.page.language):
                yield found


def _one(sight: Sighting, sentence: Span, span: Span, amount: Found[Money]) -> Invested | None:
    if max(amount.value.low or 0.0, amount.value.high or 0.0) < _LEAST or amount.value.converts is not None:
        return None
    left = max(sentence.start, span.start - _LEFT)
    if not _spending(sight.page.language).search(sight.page.text, left, span.start):
        return None
    to = _TO.match(sight.page.text, span.end, sentence.end)
    place = place_at(sight.page.text, to.end(), sentence.end, sight.page.language) if to else None
    if place is None or country_code(place.text) is not None:
        return None
    firms = [
        name
        for at, name in sight.names.inside(Span(sentence.start, span.start))
        if name.kind is EntityKind.ORGANISATION
    ]
    if not firms:
        return None
    return Invested(place.span, place, normal_name(firms[0].text))
