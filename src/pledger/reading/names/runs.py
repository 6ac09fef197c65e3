"""One run of capitalised words: what of it is a name, and of what kind."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code, is_place_word
from pledger.reading.names.name import Name, bracketed
from pledger.reading.names.words import is_place, known_words, profession, titles
from pledger.reading.page import Page, Trigger

__all__ = ["WORD", "named", "runs"]

_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶŁĻŃŅŇŐŒŘŚŠŞȘŤȚŪŮŰŹŻŽ"
_LETTERS = r"[\w&]{0,60}"
WORD = (
    rf"[{_UPPER}]{_LETTERS}(?:[-\u2010\u2011–][{_UPPER}\d]{_LETTERS}){{0,8}}"
    r"(?:\.(?=[A-Z]\.)|(?<=[A-Z])\.(?=\s?[A-Z]))?"
)
"""A capitalised word, with hyphens and the stops of initials."""

_LETTER = re.compile(r"[^\W\d_]?\.?")
"""A letter alone, as is left of "U.S."."""
_HYPHEN = re.compile(r"[-–\u2010\u2011]")
_SMALL = frozenset({"of", "for", "&"})


@cache
def runs() -> re.Pattern[str]:
    """Capitalised words one after the other, with the small words that stand inside names."""
    table = lexicon("names")
    token = rf"(?:(?:{'|'.join(table['abbreviated'])})\.|{WORD})"
    space = r"[ \u00a0]"
    link = (
        rf"(?:[ \u00a0\n](?:{'|'.join(table['inside'])})(?:{space}(?:the))?[ \u00a0\n]"
        rf"|{space}?&{space}?|[ \u00a0\n]|(?<=\w)\.(?=[A-Z]))"
    )
    return re.compile(rf"(?<![\w.@#/$])(?:[a-z]{{1,2}}(?=[A-Z]))?{token}(?:{link}{token}){{0,9}}")


@cache
def _water() -> re.Pattern[str]:
    heads = "|".join(lexicon("names")["waters"])
    return re.compile(rf"(?:{heads}) of (?:the )?[A-Z]\w{{1,60}}")


@cache
def _german_thing() -> re.Pattern[str]:
    things = "|".join(lexicon("names")["german_things"])
    return re.compile(rf"(?:\w{{1,40}} )??\w{{0,40}}(?:{things}) von (?=[A-Z])", re.IGNORECASE)


_TITLES = Trigger(lambda _: [[titles().pattern]], exact=True)


def named(page: Page, run: Span, *, opening: bool) -> list[Name]:
    """The name in a run, if any; `opening` says that it opens a sentence, where every word is capitalised."""
    text = page.text
    words = run.of(text)
    if " von " in words and (thing := _german_thing().match(words)):
        run, opening = Span(run.start + thing.end(), run.end), False
        words = run.of(text)
    offices = list(titles().finditer(words)) if page.near(_TITLES, run.start, run.end) else []
    if offices:
        # "US Commerce Secretary Lutnick": what stands after the last title is a person.
        after = offices[-1].end()
        span = _trim(words[after:], run.start + after, first=False)
        person = span.of(text)
        if person and country_code(person) is None:
            return [Name(EntityKind.PERSON, span, person, bracketed(text, span.end), words[:after].strip())]
        return []
    span = _trim(words, run.start, first=opening)
    name = span.of(text)
    if _LETTER.fullmatch(name) or _countries_only(name):
        return []
    if (water := _water().match(name)) and water[0] != name:
        name, span = water[0], Span(span.start, span.start + water.end())
    if is_place(name):
        return [Name(EntityKind.PLACE, span, name)]
    aliases = bracketed(text, span.end)
    kind = EntityKind.PERSON if _is_person(text, Name(EntityKind.PERSON, span, name, aliases)) else None
    return [Name(kind or EntityKind.ORGANISATION, span, name, aliases)]


def _is_person(text: str, name: Name) -> bool:
    """Whether a listed name, or an apposition behind it, makes it a person's."""
    if name.text in known_words().people:
        return True
    return 1 < len(name.text.split()) < 4 and profession().match(text, name.shown(text).end) is not None


def _countries_only(name: str) -> bool:
    """Whether a name is a people ("Japanese") or countries joined by a hyphen ("US-Japan"): no organisation."""
    parts = _HYPHEN.split(name)
    return all(country_code(p) is not None for p in parts) and (len(parts) > 1 or not is_place_word(name))


def _trim(words: str, start: int, *, first: bool) -> Span:
    """Cut from both ends of a capitalised run what is no part of a name; an empty span where nothing is left."""
    tokens = words.split()
    left, right = 0, len(tokens)
    while left < right and _loose_before(tokens[left:right], first=first):
        left += 1
    while left < right and _loose_after(tokens[left:right]):
        right -= 1
    kept = tokens[left:right]
    if known_words().generic.issuperset(kept):
        return Span(start, start)
    at = 0
    for token in tokens[:left]:
        at = words.index(token, at) + len(token)
    begin = end = words.index(kept[0], at)
    for token in kept:
        end = words.index(token, end) + len(token)
    return Span(start + begin, start + end)


def _loose_before(tokens: list[str], *, first: bool) -> bool:
    """Whether the first of `tokens` is no part of the name that the others are."""
    known, word = known_words(), tokens[0]
    if word in known.function or word in _SMALL:
        return True
    if len(tokens) == 1:
        return False
    if country_code(word) is not None and not is_place_word(word):
        return True
    after = tokens[1]
    if first and len(tokens) == 2 and _is_doing(word) and after.isupper() and after.isalpha() and len(after) > 2:
        return True  # "Expanding ACME would take years"
    belongs = after in known.generic or after in known.tails or after in {"of", "for"}
    return first and word in known.generic and not belongs


def _is_doing(word: str) -> bool:
    """Whether a word that opens a sentence can be a verb's form in -ing; a place such as Beijing is none."""
    return len(word) > 5 and word.endswith("ing") and not is_place(word)


def _loose_after(tokens: list[str]) -> bool:
    """Whether the last of `tokens` is no part of the name before it."""
    known, word = known_words(), tokens[-1]
    numeral = len(tokens) > 1 and word in known.numerals
    return word in _SMALL or (word in known.function and not numeral)
