"""The patterns by which programmes are told, from `data/lexicon/programme.toml`."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.reading.page import Marker
from pledger.reading.patterns import alternation, any_of, of_language, plain, words
from pledger.reading.tails import Tail

__all__ = [
    "DEFINITE",
    "INVESTS",
    "LEADING",
    "NOUNS",
    "PLEDGES",
    "POSSESSED",
    "after_amount",
    "before_amount",
    "invested",
    "own_phrase",
    "pledging",
    "pledging_cjk",
    "strong_cjk",
    "targeted",
]

POSSESSED = re.compile(r"'s|’s|s'|s’")


NOUNS = Marker(lambda language: words("programme", "nouns", language=language))
"""Nouns of investing that govern an amount: "package", "pledge"."""


@cache
def _definite(_: str) -> re.Pattern[str]:
    nouns = any_of(plain("programme", "nouns", "definite_en"))
    return re.compile(
        rf"(?<!\w)(?:the|this)\s(?:\w{{1,40}}\s){{0,2}}?(?:investment\s(?:\w{{1,40}}\s)?)?{nouns}(?!\w)", re.IGNORECASE
    )


DEFINITE = Marker(_definite)
"""A noun with an article that points to the document's programme: "the investment fund"."""


@cache
def _invests(_: str) -> re.Pattern[str]:
    verbs = lexicon("programme")["verbs"]
    return re.compile(alternation((*verbs["pledge"], *verbs["put"])), re.IGNORECASE)


INVESTS = Marker(_invests)
"""Verbs that show that a country invests."""


@cache
def _pledges(_: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("programme", "verbs", "pledge")), re.IGNORECASE)


PLEDGES = Marker(_pledges)
"""Verbs of pledging."""


@cache
def _leading(_: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("programme", "leading", "nouns_en")), re.IGNORECASE)


LEADING = Marker(_leading)
"""Nouns of investing that lead to an amount behind them."""


@cache
def pledging() -> re.Pattern[str]:
    """A verb of pledging right before an amount."""
    return re.compile(rf"{_pledges('').pattern}\s(?:\w{{1,40}}\s){{0,2}}$", re.IGNORECASE)


@cache
def _closing() -> str:
    """A word over which no noun phrase runs, as a pattern."""
    return rf"{any_of(plain('grammar', 'closing', 'en'))}(?!\w)"


@cache
def after_amount() -> re.Pattern[str]:
    """A noun of investing behind an amount, over up to four words: "$5bn US investment package"."""
    nouns = alternation(of_language(lexicon("programme")["nouns"], "en"))
    return re.compile(
        rf"(?:[\s\-]{{1,2}}(?!{_closing()})[\w\-–.’']{{1,24}}){{0,4}}?[\s\-]{{1,2}}{nouns}(?:\s{nouns})?", re.IGNORECASE
    )


@cache
def before_amount() -> Tail:
    """A noun of investing before an amount: "a package worth up to"."""
    between = any_of(plain("programme", "leading", "between_en"))
    return Tail(rf"{_leading('').pattern}\s(?:{between}\s){{0,5}}$")


@cache
def invested() -> re.Pattern[str]:
    """What an amount is spent on, behind it: "in US projects"."""
    nouns = any_of(plain("programme", "leading", "after_en"))
    return re.compile(rf"\s(?:in|of|worth of)\s(?:\w{{1,40}}\s){{0,3}}{nouns}\b", re.IGNORECASE)


@cache
def own_phrase() -> re.Pattern[str]:
    """A country's programme without an amount, behind the country: "'s planned investment package"."""
    nouns = alternation(plain("programme", "nouns", "strong_en"))
    return re.compile(rf"(?:'s|’s)?(?:\s(?!{_closing()})[\w\-.]{{1,20}}){{0,4}}?\s{nouns}(?:\s{nouns})?", re.IGNORECASE)


@cache
def strong_cjk(language: str) -> re.Pattern[str]:
    """Nouns that by themselves tell a state's programme in a language without word boundaries: "対米投資"."""
    return re.compile(any_of(plain("things_cjk", "strong", language)))


@cache
def pledging_cjk(language: str) -> re.Pattern[str]:
    """Words of pledging beside which a plain noun of investing is a state's: "約束", "承诺", "약속"."""
    return re.compile(any_of(plain("things_cjk", "pledging", language)))


@cache
def targeted(language: str) -> re.Pattern[str]:
    """What stands behind a country, in Chinese before it, to which money goes: "日本で", "对印度"."""
    words = any_of(plain("things_cjk", "targets", language))
    return re.compile(f"{words}$" if language == "zh" else words)
