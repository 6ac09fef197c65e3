"""Where a thing stands, in Japanese, Chinese and Korean: which of the places around it is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pledger.model import Span
from pledger.reading.countries import countries_between, country_name
from pledger.reading.patterns import any_of, plain
from pledger.reading.projects.cjk_places import place_known, places_in
from pledger.reading.projects.nobodys import is_scene
from pledger.reading.projects.places import PlaceFound
from pledger.reading.projects.seen import Sighting

__all__ = ["joined_places", "place_of"]

_PLACED = 40
"""Characters before a thing within which its place stands."""
_RIGHT_BEFORE = 2
"""Characters between a city and a thing that is called by it: "ソウルの工場", "서울 공장"."""
_BEHIND = 12
"""Characters behind a thing within which its place may stand."""


@cache
def _acting() -> re.Pattern[str]:
    """Behind a place, these make it one who acts rather than one where something stands: "州政府"."""
    return re.compile(any_of(plain("places_cjk", "slots", "acting")))


@cache
def _and() -> re.Pattern[str]:
    """What joins two places at which a thing stands."""
    return re.compile(rf"[、，]?{any_of(plain('places_cjk', 'slots', 'joining'))} ?")


@cache
def _held_at() -> re.Pattern[str]:
    """Between a Chinese thing and its place, with the day between: "项目16日在", "工廠今天在"."""
    return re.compile(r"(?:于|於|已|将|將|[0-9年月日上下周本今昨天]{1,6}|今年|去年|明年){0,3}(?:正式)?[在于於]")


def joined_places(sight: Sighting, place: PlaceFound, places: Sequence[PlaceFound]) -> list[PlaceFound]:
    """Places that "and" joins with the one of a thing, before it: it stands, or its units stand, at each."""
    end, out = place.span.start, []
    for other in reversed([p for p in places if p.span.end <= place.span.start]):
        if not _and().fullmatch(sight.page.text, other.span.end, end):
            break
        out.append(other)
        end = other.span.start
    return out


def place_of(sight: Sighting, span: Span, sentence: Span, places: Sequence[PlaceFound]) -> PlaceFound | None:
    """Where a thing stands: a place in its own words, or the last one before it that does not act."""
    text = sight.page.text
    inside = [p for p in places if span.start <= p.span.start and p.span.end <= span.end]
    if inside:
        return inside[0]
    opening = _opening(sight, span)
    if opening is not None:
        return opening
    before = [p for p in places if p.span.end <= span.start + 1 and span.start - p.span.end < _PLACED]
    for place in reversed(before):
        between = text[place.span.end : span.start]
        if re.search(r"[。；;！？\n]", between):
            break
        scene = len(between) > _RIGHT_BEFORE and is_scene(place.span.of(text), sight.pledges)
        if not (scene or _acting().match(text, place.span.end) or _seat(text, place.span)):
            return place
    return _behind(sight, span, sentence, places) or _land(sight, span, sentence)


def _seat(text: str, place: Span) -> bool:
    """Whether brackets hold a place and nothing else: behind the name of a firm they tell where that one sits."""
    return text[place.start - 1 : place.start] in _OPEN and text[place.end : place.end + 1] in _CLOSE


_OPEN, _CLOSE = ("(", "（"), (")", "）")


def _behind(sight: Sighting, span: Span, sentence: Span, places: Sequence[PlaceFound]) -> PlaceFound | None:
    """A place right behind a thing where it is built: "공장을 플젠에", "工廠設在高雄"."""
    text, led = sight.page.text, plain("places_cjk", "slots", "built_at")
    for place in places:
        if not span.end <= place.span.start <= min(sentence.end, span.end + _BEHIND):
            continue
        between = text[span.end : place.span.start]
        particle = re.compile(r"(?:に|で|에|에서)(?![가-힣ぁ-んは])").match(text, place.span.end)
        if re.fullmatch(r"(?:を|을|를|の|은|는|は|が|，|、|\s){0,3}", between) and particle:
            return place
        if _held_at().fullmatch(between):
            return place
        if re.search(rf"{any_of(led)}$", between):
            return place
    return None


def _opening(sight: Sighting, span: Span) -> PlaceFound | None:
    """The place with which a thing's words begin: "포항 공장", "印西データセンター"."""
    language, words = sight.page.language, span.of(sight.page.text)
    if language == "ko":
        first = words.split(" ")[0]
        return _as_place(sight, span.start, first) if " " in words and place_known(first, language) else None
    for size in (8, 7, 6, 5, 4, 3, 2):
        if len(words) > size + 1 and place_known(words[:size], language):
            return _as_place(sight, span.start, words[:size])
    return None


def _as_place(sight: Sighting, start: int, words: str) -> PlaceFound:
    found = places_in(words + "에", Span(0, len(words) + 1), sight.page.language)
    name = found[0].text if found else words
    return PlaceFound(Span(start, start + len(words)), name, words)


def _land(sight: Sighting, span: Span, sentence: Span) -> PlaceFound | None:
    """The country right before a thing or its quotation mark, or the one where the clause says that it is built."""
    text = sight.page.text
    start = max(sentence.start, span.start - _PLACED)
    for country in reversed(countries_between(sight.page, start, span.start)):
        gap = text[country.span.end : span.start]
        close = len(gap) < 5 and re.fullmatch(r"[的の의 “「『‘'\"]{0,3}", gap)
        if country.form == "name" and (close or _in_land(text, country.span, gap, sight.page.language)):
            return PlaceFound(country.span, country_name(country.code), country.span.of(text))
    return None


_IN_LAND = {
    "ja": re.compile(r"(?:国内)?(?:で|に)(?![はもお対よ比向つ関])[^。、]{0,20}"),
    "zh": re.compile(r"[^。，；]{0,14}"),
    "ko": re.compile(r"(?:에|에서) [^.,]{0,20}"),
}
"""From a country in which something is built to that thing, within one clause."""


def _in_land(text: str, land: Span, gap: str, language: str) -> bool:
    """Whether a country is where a clause says that something is done: "在波蘭…設立…廠", "チェコに…工場"."""
    if language == "zh" and text[land.start - 1 : land.start] not in ("在", "於", "于", "赴"):
        return False
    return _IN_LAND[language].fullmatch(gap) is not None
