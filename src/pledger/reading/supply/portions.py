"""Portions in words: "most of the world's gallium", "nearly all US imports", "the country's entire need", 需要の全量.

By themselves such words are in every text. They are shares only where the words around them make them shares of supply
or demand, which `supplied` tells; so they are read apart from `shares`, and most of them are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier, Share, Span
from pledger.reading.found import Found
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, LANGUAGES, alternation
from pledger.reading.shares.whole import bare_whole, whole_after, whole_before

__all__ = ["portions"]

_AHEAD = 120
_BEHIND = 34
_LINKS = ("of ", "der ", "des ", "von ")
_WHOSE = re.compile(r"(?<![\w'])((?:[Tt]he )?[\w.\-]{2,30}(?:'s|s'))[ \u00a0]$")
"""Whose the whole is, before the words: "the country's entire need"."""
_TOPIC = re.compile(
    r"(?P<words>[^\s。、，,.;；]{2,24}(?: [^\s。、，,.;；]{1,12}){0,3})(?:の|的|의|を|은|는|을|를)?[ \u00a0]?$"
)
"""The whole right before a portion in CJK, with the particle that links it: 国内需要の全量, 미국 수요를 모두."""
_AFTER = re.compile(r"(?:的|の|의)?[ \u00a0]?(?P<words>[^\s。、，,.;；]{1,16})")


def _own(language: str) -> str:
    return language if language in LANGUAGES else "en"


@cache
def _bounds(language: str) -> dict[str, tuple[float, float]]:
    """The words of a language, folded, with the lowest and the highest share that they allow."""
    return {
        word.casefold(): (float(entry["low"]), float(entry["high"]))
        for entry in lexicon("supply")["portions"]
        for word in entry[_own(language)]
    }


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(alternation(_bounds(language), _own(language)), re.IGNORECASE)


@cache
def _near(language: str) -> re.Pattern[str]:
    """What the whole must hold: a measure or a material."""
    lex, own = lexicon("supply"), _own(language)
    return re.compile(alternation([*lex["measures"][own], *lex["materials"][own]], own), re.IGNORECASE)


_WORDS = Trigger(lambda language: [[_pattern(language).pattern]], exact=True)


def portions(page: Page) -> Iterator[Found[Share]]:
    """Portions in words of wholes that may be supply or demand, with what the words allow as the share's ends.

    `all` is exact; the others are `between` their bounds (`data/lexicon/supply.toml` says where those come from).
    """
    language, taken = page.language, 0
    for match in page.matches(_WORDS, _pattern(language), page.plain):
        if match.start() < taken:
            continue
        found = _behind(page, match) if language in CJK else None
        found = found or (_ahead_cjk(page, match) if language in CJK else _ahead(page, match))
        if found is not None:
            span, of = found
            taken = span.end
            low, high = _bounds(language)[" ".join(match.group().casefold().split())]
            qualifier = Qualifier.EXACT if low == high else Qualifier.BETWEEN
            yield Found(span, Share(low, high, qualifier, of), page.text[span.start : span.end])


def _ahead(page: Page, match: re.Match[str]) -> tuple[Span, str] | None:
    """The whole behind the words, where it may be one of supply, with whose it is."""
    plain, end = page.plain, match.end()
    ahead = plain[end : end + _AHEAD]
    # "most of X" has its link in the words, "the whole X" has none, and "the majority" has it behind them.
    missing = 0 if ahead.lstrip().lower().startswith(_LINKS) else len(" of")
    whole = whole_after((" of" if missing else "") + ahead, 0)
    if whole is None or not _near(page.language).search(whole.words):
        return None
    whose = _WHOSE.search(plain, max(0, match.start() - _BEHIND), match.start())
    start, words = (whose.start(1), f"{whose[1]} {whole.words}") if whose else (match.start(), whole.words)
    return Span(start, end + whole.edge - missing), words


def _ahead_cjk(page: Page, match: re.Match[str]) -> tuple[Span, str] | None:
    """The whole behind the words in CJK: 全部需求."""
    words = _AFTER.match(page.plain, match.end())
    if words is None or not _near(page.language).search(words["words"]):
        return None
    return Span(match.start(), words.end()), words["words"]


def _behind(page: Page, match: re.Match[str]) -> tuple[Span, str] | None:
    """The whole before the words, as CJK has it more often."""
    named = whole_before(page.plain, match.start())
    if named is not None and _near(page.language).search(named.words):
        return Span(named.edge, match.end()), named.words
    topic = _TOPIC.search(page.plain, max(0, match.start() - _BEHIND), match.start())
    if topic is None or not _near(page.language).search(topic["words"]):
        return None
    words = bare_whole(topic["words"])
    return Span(topic.start("words") + topic["words"].rfind(words), match.end()), words
