"""Whose programme an amount is, where words of investing stand beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.countries import Country
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import OWN_WORDS, alternation, any_of, plain, words
from pledger.reading.programmes.known import usual_host
from pledger.reading.programmes.scene import Scene
from pledger.reading.programmes.words import (
    INVESTS,
    LEADING,
    NOUNS,
    PLEDGES,
    after_amount,
    before_amount,
    invested,
    pledging,
)
from pledger.reading.tails import Tail

__all__ = ["of_amount", "programme_key"]

_BESIDE = 40
"""Characters before an amount within which a country owns it without a possessive."""
_OPENS = 60
"""Characters before an amount within which the owner's name belongs to the words of its programme."""
_LEADS = 110
"""Characters before an amount within which words of investing lead to it."""
_AHEAD = 200
"""Characters behind an amount within which the country that it goes to is looked for."""


def programme_key(investor: str, host: str | None) -> str:
    """The key of a programme; `?` stands for a host that the text does not tell."""
    return f"{investor}>{host or '?'}"


_LEAST = 1e7
"""Units of any currency below which no amount is a programme's: subscriptions and fees stand on every page."""


def of_amount(scene: Scene, sentence: Span, amount: Found[Money], investor: str | None) -> Mention | None:
    """The programme whose amount it is; `investor` pledges where the words around the amount name nobody."""
    if max(amount.value.low or 0.0, amount.value.high or 0.0) < _LEAST:
        return None
    read = _by_nouns if scene.language in OWN_WORDS else _by_phrases
    return read(scene, sentence, amount, investor)


@cache
def _compound() -> re.Pattern[str]:
    return re.compile(alternation(plain("programme", "market", "compound_en")), re.IGNORECASE)


@cache
def _no_pledge() -> re.Pattern[str]:
    """What an amount is instead of a pledge, right behind it in English."""
    return re.compile(rf"\s{any_of(plain('programme', 'parts', 'not_pledge_en'))}\b", re.IGNORECASE)


_INTO = re.compile(r"\s(?:in|into)\s(?:the\s)?")
_TOWARDS = re.compile(r"\b(?:in|into)\s(?:the\s)?$")


def _by_phrases(scene: Scene, sentence: Span, amount: Found[Money], investor: str | None) -> Mention | None:
    text, at = scene.text, amount.span
    if _no_pledge().match(text, at.end, min(sentence.end, at.end + 40)):
        return None
    after = after_amount().match(text, at.end, min(sentence.end, at.end + 90))
    if not (
        after
        or invested().match(text, at.end, min(sentence.end, at.end + 90))
        or _led_to(scene, sentence, at)
        or _goes_to_host(scene, at)
    ):
        return None
    if after and _compound().search(after[0]):
        return None
    end = after.end() if after else at.end
    code = _owner(scene, sentence, at, end) or investor
    if code is None:
        return None
    near = scene.countries.starting(max(sentence.start, at.start - 2 * _OPENS), at.start)
    named = [s for s, c in near if c.code == code and 0 <= at.start - s.end < _OPENS]
    span = Span(named[0].start if named else at.start, end)
    key = programme_key(code, scene.host or _target(scene, sentence, at, code))
    return Mention(EntityKind.PROGRAMME, span.of(text), span, key)


_LEADS_TO: tuple[tuple[Marker, Callable[[], re.Pattern[str] | Tail]], ...] = (
    (LEADING, before_amount),
    (PLEDGES, pledging),
)


def _led_to(scene: Scene, sentence: Span, amount: Span) -> bool:
    """Whether a noun of investing or a verb of pledging leads to an amount."""
    left = max(sentence.start, amount.start - _LEADS)
    return any(
        scene.page.marks(words, sentence).any_within(left, amount.start)
        and phrase().search(scene.text, left, amount.start) is not None
        for words, phrase in _LEADS_TO
    )


def _goes_to_host(scene: Scene, amount: Span) -> bool:
    """Whether "in" and the host's name stand right behind an amount."""
    host = scene.host or usual_host()
    return any(
        country.code == host and country.form == "name" and _INTO.fullmatch(scene.text, amount.end, span.start)
        for span, country in scene.countries.starting(amount.end, amount.end + 12)
    )


def _owner(scene: Scene, sentence: Span, amount: Span, reach: int) -> str | None:
    """The country whose amount it is: between amount and noun, possessive before, or the subject of the sentence."""
    for _, country in scene.pledgers.starting(amount.end, reach):
        if country.form == "people":
            return country.code
    before = _last(scene.pledgers.last(amount.start), sentence)
    if before is None:
        return None
    if amount.start - before.span.end < _BESIDE:
        return before.code
    owner = _last(scene.owners.last(amount.start), sentence)
    if owner is not None:
        return owner.code
    verbs = scene.page.marks(INVESTS, sentence)
    return before.code if verbs.any_within(before.span.end, amount.start) else None


def _last(found: tuple[Span, Country] | None, sentence: Span) -> Country | None:
    return found[1] if found is not None and found[0].start >= sentence.start else None


def _target(scene: Scene, sentence: Span, amount: Span, code: str) -> str | None:
    """The country into which an amount goes, in a text that has no host."""
    for span, country in scene.countries.starting(amount.end, min(sentence.end, amount.end + _AHEAD)):
        if country.code != code and _TOWARDS.search(scene.text, max(0, span.start - 12), span.start):
            return country.code
    return None


@cache
def _not_pledge() -> re.Pattern[str]:
    """What an amount is instead of a pledge, right behind it."""
    return re.compile(lexicon("programme")["parts"]["not_pledge_right"])


def _by_nouns(scene: Scene, sentence: Span, amount: Found[Money], investor: str | None) -> Mention | None:
    text, at = scene.text, amount.span
    if _not_pledge().match(text[at.end : at.end + 12]):
        return None
    window = Span(max(sentence.start, at.start - 40), min(sentence.end, at.end + 30))
    near = scene.page.find(NOUNS, window.start, window.end)
    if not near:
        return None
    best = min(near, key=lambda m: min(abs(m.start() - at.end), abs(at.start - m.end())))
    # Between the amount and the noun no other thing may be named that the amount rather belongs to.
    between = text[min(best.end(), at.end) : max(best.start(), at.start)]
    if re.search(r"[。；;]", between) or words("programme", "market", language=scene.language).search(between):
        return None
    before = _last(scene.pledgers.last(at.start), sentence)
    code = before.code if before is not None else investor
    if code is None:
        return None
    span = Span(min(best.start(), at.start), max(best.end(), at.end))
    return Mention(EntityKind.PROGRAMME, span.of(text), span, programme_key(code, scene.host))
