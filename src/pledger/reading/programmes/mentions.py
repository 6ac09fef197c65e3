"""Programmes named without an amount: "Japan's investment package", "the fund"."""

from __future__ import annotations

import re

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.found import Found
from pledger.reading.patterns import CJK, OWN_WORDS
from pledger.reading.programmes.known import known_ceiling, known_investors, known_part
from pledger.reading.programmes.owners import programme_key
from pledger.reading.programmes.scene import Scene, is_possessive
from pledger.reading.programmes.scope import scope_of
from pledger.reading.programmes.words import DEFINITE, INVESTS, NOUNS, own_phrase, strong_cjk

__all__ = ["by_size", "loose", "named"]


def named(scene: Scene, sentence: Span, investor: str | None) -> Mention | None:
    """The programme that a sentence without an amount names; `investor` pledges where its words name nobody."""
    if investor is None:
        return None
    text = scene.text
    if scene.language in CJK:
        match = _of_state(scene, sentence, investor)
    elif scene.language in OWN_WORDS:
        match = next(iter(scene.page.find(NOUNS, sentence.start, sentence.end)), None)
    else:
        for country in scene.abroad(sentence):
            end = country.span.end
            if country.form != "people" and not is_possessive(text, country):
                continue
            if phrase := own_phrase().match(text, end, min(sentence.end, end + 90)):
                span = Span(country.span.start, phrase.end())
                return Mention(EntityKind.PROGRAMME, span.of(text), span, programme_key(country.code, scene.host))
        match = next(iter(scene.page.find(DEFINITE, sentence.start, sentence.end)), None)
    if match is None:
        return None
    return Mention(EntityKind.PROGRAMME, match[0], Span(*match.span()), programme_key(investor, scene.host))


def _of_state(scene: Scene, sentence: Span, investor: str) -> re.Match[str] | None:
    """A noun of investing that means a state's programme: by itself, or where the investor is known to have one."""
    strong = strong_cjk(scene.language).search(scene.text, sentence.start, sentence.end)
    if strong is not None:
        return strong
    if investor not in known_investors() or scene.host is None:
        return None
    return next(iter(scene.page.find(NOUNS, sentence.start, sentence.end)), None)


def by_size(scene: Scene) -> Mention | None:
    """The programme whose ceiling, or a part of it in words of a part, the text names beside its country."""
    codes = {country.code for _, country in scene.countries}
    for span, amount in scene.amounts:
        key = known_ceiling(amount.value) or _by_part(scene, span, amount)
        if key is not None and key.partition(">")[0] in codes:
            return Mention(EntityKind.PROGRAMME, span.of(scene.text), span, key)
    return None


def _by_part(scene: Scene, span: Span, amount: Found[Money]) -> str | None:
    key = known_part(amount.value)
    if key is None:
        return None
    around = Span(max(0, span.start - 100), min(len(scene.text), span.end + 100))
    return key if scope_of(scene.text, around, amount, scene.language) == "part" else None


def loose(scene: Scene) -> Mention | None:
    """A text that speaks of investing by one country in the other, though in no phrase that names a programme."""
    if scene.investor is None or scene.host is None:
        return None
    if scene.language in CJK and scene.investor not in known_investors():
        return None
    words = INVESTS if scene.language == "en" else NOUNS
    for sentence in scene.sentences:
        here = [c for c in scene.abroad(sentence) if c.code == scene.investor]
        if here and scene.page.marks(words, sentence):
            span = here[0].span
            return Mention(EntityKind.PROGRAMME, span.of(scene.text), span, programme_key(scene.investor, scene.host))
    return None
