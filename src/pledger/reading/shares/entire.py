"""The whole of something as a share: "all profits stay with the Korean firms", "vollständig", 수익은 모두."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier, Share, Span
from pledger.reading.found import Found
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["entire"]


@cache
def _owned() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What is owned or taken as a whole: "wholly owned by", 全額出資, 전량 사들인다."""
    lex = lexicon("shares")["entire"]
    english = re.compile(rf"(?<![\w-]){alternation(lex['owned'])}(?= by )", re.IGNORECASE)
    german = re.compile(rf"(?<![\w-]){alternation(lex['owned_german'])}(?![a-z])")
    cjk = re.compile(
        rf"{alternation(lex['owned_cjk'])}"
        rf"|{alternation(lex['taken'])}(?=[을를をで]?[ \u00a0]?(?:[^\s。、,.]{{1,4}}[ \u00a0])?"
        rf"{alternation(lex['taken_verbs'])})"
    )
    return english, german, cjk


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("shares")["entire"]
    things, words = alternation(lex["things"]), alternation(lex["words"])
    english = re.compile(
        rf"(?<![\w-])(?:(?P<all>{words} (?P<of>{things}(?: (?:from|of|on) [\w'-]{{1,20}}(?: [\w'-]{{1,20}}){{0,2}}?)?))"
        rf"(?= (?:{alternation(lex['auxiliaries'])} )?{alternation(lex['verbs'])} (?:to|with|in|back)(?![a-z]))"
        rf"|{alternation(lex['keep'])} (?P<kept>{words} (?P<of2>{things})))(?![\w-])",
        re.IGNORECASE,
    )
    much = alternation(lex["german_words"])
    german = re.compile(
        rf"(?<![\w-])(?:(?P<of>{alternation(lex['german_things'])})(?![\w])[^.,;:!?\n]{{0,60}}? (?P<all>{much})(?= )"
        rf"|(?:[Aa]lle|[Ss]ämtliche) (?P<of2>{alternation(lex['german_things'])})(?= \w))"
    )
    particles = "(?:[はをが은는을를이]|금은)?[、, ]?"
    cjk = re.compile(rf"(?P<of>{alternation(lex['cjk_things'])}){particles}(?P<all>{alternation(lex['cjk_words'])})")
    return english, german, cjk


_WORDS = Trigger(
    lambda language: [[p.pattern] for n, p in enumerate(_patterns()) if n != 1 or language == "de"], tried=False
)
_OWNED = Trigger(
    lambda language: [[p.pattern] for n, p in enumerate(_owned()) if n != 1 or language == "de"], tried=False
)


def entire(page: Page) -> Iterator[Found[Share]]:
    """Every phrase of a text that gives somebody the whole of profits, output or the like."""
    if page.may(_OWNED):
        yield from _whole(page)
    if not page.may(_WORDS):
        return
    english, german, cjk = _patterns()
    patterns = [english]
    if page.language == "de":
        patterns.append(german)
    if page.cjk:
        patterns.append(cjk)
    for pattern in patterns:
        for match in pattern.finditer(page.plain):
            groups = match.groupdict()
            start = match.start("kept") if groups.get("kept") else match.start()
            of = groups.get("of") or groups.get("of2")
            share = Share(1.0, 1.0, Qualifier.EXACT, of)
            yield Found(Span(start, match.end()), share, page.text[start : match.end()])


def _whole(page: Page) -> Iterator[Found[Share]]:
    english, german, cjk = _owned()
    for pattern in (english, *((german,) if page.language == "de" else ()), *((cjk,) if page.cjk else ())):
        for match in pattern.finditer(page.plain):
            share = Share(1.0, 1.0, Qualifier.EXACT, None)
            yield Found(Span(*match.span()), share, page.text[match.start() : match.end()])
