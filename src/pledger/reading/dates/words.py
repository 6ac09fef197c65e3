"""Words that tell what happens at a date: where they stand, what they tell, how strongly."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["EventWord", "event_words", "quotations"]

_CJK_LANGUAGES = ("ja", "zh", "ko")
_GROUP = re.compile(r"\(([^()]{0,200})\)")
_PASSIVE = re.compile(
    r"(?<![a-z])(?:be|being|get|gets|once|when|until|unless|is|are|if)"
    r"(?: [a-z]{1,12}ly)?[ \n]{1,2}(?:[a-z]{1,12} ){0,4}$",
    re.IGNORECASE,
)
_PAST_CJK = re.compile(
    r"(?:した|しました|された|だった|んだ|った|ていた|け?た(?!い)|了|[했됐었았였랐렸섰났]다|[혔했졌됐었았렸섰])"
)


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word or phrase at `text[start:end]` that tells `event` (a table of the lexicon `date_events`)."""

    start: int
    end: int
    event: str
    word: str
    """In lower case."""
    weak: bool
    """It tells the event only where nothing stronger does."""
    past: bool
    """It tells of what was: it cannot be what happens on a day to come."""


def _spelled(entry: str) -> Iterator[str]:
    """All spellings of a lexicon entry: "sign(|s|ed)" is sign, signs, signed."""
    pieces = _GROUP.split(entry)
    options = [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return ("".join(choice) for choice in itertools.product(*options))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    latin: re.Pattern[str]
    cjk: re.Pattern[str]
    meaning: dict[str, str]
    weak: frozenset[str]


@cache
def _vocabulary(language: str) -> _Vocabulary:
    tables = lexicon("date_events")
    weak = frozenset(word.lower() for word in tables["weak"]["words"])
    spoken = ("en", "de") if language == "de" else ("en",)
    written = (language,) if language in _CJK_LANGUAGES else _CJK_LANGUAGES
    meaning: dict[str, str] = {}
    scripts: tuple[set[str], set[str]] = (set(), set())
    for event, entries in tables.items():
        if event == "weak":
            continue
        for group, code in enumerate((spoken, written)):
            for name in code:
                for entry in entries.get(name, ()):
                    for word in _spelled(entry):
                        # A longer list later in the file does not take a word from an earlier one.
                        meaning.setdefault(" ".join(word.lower().split()), event)
                        scripts[group].add(word)
    return _Vocabulary(
        re.compile(rf"(?<![A-Za-zäöüß]){alternation(scripts[0])}(?![A-Za-zäöüß])", re.IGNORECASE),
        re.compile(alternation(scripts[1])),
        meaning,
        weak,
    )


@cache
def _phrases() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Events told by several words, and those told by a sum with such words; the group names the event."""
    lex = lexicon("dates")["event_patterns"]
    rate = r"[0-9]{1,3}(?:[.,][0-9]{1,2})?(?:[ \u00a0-]?(?:%|％|percent|per cent|Prozent|パーセント|퍼센트))?"
    number = r"[0-9][0-9.,]{0,12}"
    scale = "(?:[ \u00a0]?(?:billion|trillion|million|bn|tn|[万億兆亿억조]{1,2}[0-9]{0,4}[億亿억]?))"
    money = rf"(?:(?:[A-Z]{{0,3}}[$€£¥]){number}{scale}?|{number}{scale}(?:ドル|円|ユーロ|ウォン|美元|달러|원))"
    # A sum that a phrase begins with is read from its sign on ("US$5bn will flow"), for few places to try.
    lead = rf"(?:[$€£¥]{number}{scale}?|(?<![A-Za-z0-9.,]){number}{scale}(?:ドル|円|ユーロ|ウォン|美元|달러|원))"
    groups: tuple[list[str], list[str]] = ([], [])
    for name, patterns in lex.items():
        for group, leads in zip(groups, (False, True), strict=True):
            told = [p.replace("RATE", rf"(?:{rate})") for p in patterns if p.startswith("SUM") is leads]
            told = [p.replace("SUM", lead).replace("MONEY", money) for p in told]
            if told:
                group.append(rf"(?P<{name}>{'|'.join(told)})")
    words, sums = ("|".join(group) for group in groups)
    return re.compile(rf"(?<![A-Za-z])(?:{words})", re.IGNORECASE), re.compile(sums, re.IGNORECASE)


_LATIN = Trigger(lambda language: [[_vocabulary(language).latin.pattern]], exact=True)
_CJK = Trigger(lambda language: [[_vocabulary(language).cjk.pattern]], exact=True)
_PHRASES = Trigger(lambda _: [[_phrases()[0].pattern]], exact=True)


def event_words(page: Page, text: str, begin: int, end: int) -> Iterator[EventWord]:
    """Every word or phrase for an event in `text[begin:end]`; `text` is a page's normalised one, lines made whole."""
    words = _vocabulary(page.language)
    for match in page.matches(_LATIN, words.latin, text, begin, end):
        word = " ".join(match.group().lower().split())
        yield EventWord(*match.span(), words.meaning[word], word, word in words.weak, _is_past(text, match, word))
    if page.cjk:
        for match in page.matches(_CJK, words.cjk, text, begin, end):
            word = " ".join(match.group().lower().split())
            past = _PAST_CJK.search(text, match.start() + 1, match.end() + 4) is not None
            yield EventWord(*match.span(), words.meaning[word], word, word in words.weak, past)
    phrases, sums = _phrases()
    for match in (*page.matches(_PHRASES, phrases, text, begin, end), *sums.finditer(text, begin, end)):
        yield EventWord(*match.span(), match.lastgroup or "other", match.group().lower(), False, False)


@cache
def _irregular() -> frozenset[str]:
    return frozenset(lexicon("date_events")["weak"]["irregular"])


def _is_past(text: str, match: re.Match[str], word: str) -> bool:
    """Whether an English or German word is a verb of the past, and no participle behind "be"."""
    first = word.split(" ", 1)[0]
    if not (first.endswith("ed") or first in _irregular() or (first.endswith(("te", "ten")) and first != "gelten")):
        return False
    return _PASSIVE.search(text[max(0, match.start() - 40) : match.start()]) is None


_QUOTE = re.compile(
    r"「[^「」\n]{13,400}」|『[^『』\n]{13,400}』|[\u201c\u201e][^\u201c\u201d\u201e\n]{13,600}[\u201c\u201d]"
    r"|(?<![\w])\"[^\"\n]{13,600}\"(?!\w)|«[^«»\n]{13,400}»"
)


def quotations(text: str) -> list[tuple[int, int]]:
    """Where words are quoted at length, in order; a quoted name or term is none."""
    return [match.span() for match in _QUOTE.finditer(text)]
