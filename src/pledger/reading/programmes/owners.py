"""Whose programme an amount is, where words of investing stand beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from pledger.data import lexicon, programmes
from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.countries import Country
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, OWN_WORDS, alternation, any_of, plain, words
from pledger.reading.programmes.known import known_ceiling, known_investors, usual_host
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
    pledging_cjk,
    strong_cjk,
    targeted,
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
    """The key of a programme; `?` stands for a host that the text does not tell.

    A pair of countries is written in either order ("the U.S.–Japan investment deal"): a known pledge is meant by both.
    """
    turned = f"{host}>{investor}"
    return turned if turned in programmes() else f"{investor}>{host or '?'}"


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
    before = _first_joined(scene, _last(scene.pledgers.last(amount.start), sentence))
    if before is None:
        return None
    if amount.start - before.span.end < _BESIDE:
        return before.code
    owner = _last(scene.owners.last(amount.start), sentence)
    if owner is not None:
        return owner.code
    verbs = scene.page.marks(INVESTS, sentence)
    return before.code if verbs.any_within(before.span.end, amount.start) else None


@cache
def _joins() -> re.Pattern[str]:
    return re.compile(rf",?\s?{any_of(plain('grammar', 'joining', 'en'))}\s?(?:the\s)?")


def _first_joined(scene: Scene, country: Country | None) -> Country | None:
    """Of two countries that pledge together, joined by "and", the one that is named first."""
    if country is None:
        return None
    before = scene.pledgers.last(country.span.start, 40)
    if before is None or not _joins().fullmatch(scene.text, before[0].end, country.span.start):
        return country
    return before[1]


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
    span = Span(min(best.start(), at.start), max(best.end(), at.end))
    if scene.language in CJK:
        return _by_state(scene, sentence, amount, span, investor)
    before = _last(scene.pledgers.last(at.start), sentence)
    code = before.code if before is not None else investor
    if code is None:
        return None
    return Mention(EntityKind.PROGRAMME, span.of(text), span, programme_key(code, scene.host))


def _by_state(scene: Scene, sentence: Span, amount: Found[Money], words: Span, investor: str | None) -> Mention | None:
    """The programme of the state that pledges an amount; a company's investing is none.

    Without words of pledging, only a noun that names a state's programme, or the known size of one, tells it.
    """
    text, language = scene.text, scene.language
    strong = strong_cjk(language).search(text, max(sentence.start, words.start - 8), min(sentence.end, words.end + 4))
    if not (
        strong
        or known_ceiling(amount.value) is not None
        or pledging_cjk(language).search(text, sentence.start, sentence.end)
    ):
        return None
    givers: list[Country] = []
    target = None
    for span, country in scene.countries.inside(Span(sentence.start, amount.span.start)):
        if _is_target(text, span, language):
            target = country.code
        else:
            givers.append(country)
    host = target or scene.host
    code = _first_of_joined(text, [country for country in givers if country.code != host])
    if code is None and (strong or known_ceiling(amount.value) is not None or investor in known_investors()):
        code = investor if investor != host else None
    return Mention(EntityKind.PROGRAMME, words.of(text), words, programme_key(code, host)) if code else None


_TOGETHER = re.compile(r"(?:、[^、。，]{1,6})?(?:[、と和及·・]|과 |와 |및 | 및 |以及)")


def _first_of_joined(text: str, givers: list[Country]) -> str | None:
    """The country named last; of several that pledge together the first one."""
    if not givers:
        return None
    last = len(givers) - 1
    while last and _TOGETHER.fullmatch(text, givers[last - 1].span.end, givers[last].span.start):
        last -= 1
    return givers[last].code


def _is_target(text: str, country: Span, language: str) -> bool:
    """Whether money goes to a country by the words beside it."""
    if language == "zh":
        return targeted(language).search(text, max(0, country.start - 2), country.start) is not None
    return targeted(language).match(text, country.end) is not None
