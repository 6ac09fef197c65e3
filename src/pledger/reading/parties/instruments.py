"""Instruments in a text: loans, guarantees, equity and other ways of funding."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, alternation, any_of, compiled, of_language

__all__ = ["InstrumentsFound", "has_instruments", "instruments"]


@dataclass(frozen=True, slots=True)
class InstrumentsFound:
    """Ways of funding named together."""

    span: Span
    instruments: tuple[str, ...]


@cache
def _words(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each instrument with its words in a language."""
    table = lexicon("parties")["instruments"]
    return tuple((name, listed) for name, entry in table.items() if (listed := of_language(entry, language)))


@cache
def _any_instrument(language: str) -> re.Pattern[str]:
    """Words for any instrument."""
    return compiled(tuple(word for _, listed in _words(language) for word in listed), language)


@cache
def _list(language: str) -> re.Pattern[str]:
    """Instruments in a row: "loans, equity and loan guarantees"."""
    one = alternation((word for _, listed in _words(language) for word in listed), language)
    joining = lexicon("grammar")["joining"]
    if language in CJK:
        more = of_language(lexicon("parties")["funding"]["between"], language)
        between = rf"(?:{any_of((*more, *(word for key in CJK for word in joining[key])))}|[,\s])\s?"
    else:
        words = any_of((*joining["en"], *joining["de"]))
        # "equity of $3bn, loans from two banks and guarantees", but not into a name ("guarantees by Nordic Insurance")
        told = r"(?:\s(?:of|by|from|worth)\s(?-i:[^,;:()\n|A-Z]|[A-Z]{1,3}(?=[$\s]?\d)){1,32})?"
        led = r"(?:[\w\-]{1,20}\s){0,2}"
        between = rf"(?:{told},?\s{words}\s(?:an?\s\w{{1,20}}\sof\s|{led})|{told},\s{led})"
    return re.compile(f"{one}(?:{between}{one}){{0,5}}", re.IGNORECASE)


@cache
def _each(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, compiled(listed, language)) for name, listed in _words(language))


_WORDS = Trigger(lambda language: [[_any_instrument(language).pattern]])


def has_instruments(page: Page, index: int) -> bool:
    """Whether a sentence names any instrument."""
    return page.has(_WORDS, index) and bool(page.which(_WORDS, index))


def instruments(page: Page, index: int) -> list[InstrumentsFound]:
    """Instruments named in one sentence, each list of them as one."""
    if not has_instruments(page, index):
        return []
    text, sentence, language = page.text, page.sentences[index], page.language
    lists = _list(language).finditer(text, sentence.start, sentence.end)
    return [InstrumentsFound(Span(*m.span()), named) for m in lists if (named := _named(m[0], language))]


def _named(words: str, language: str) -> tuple[str, ...]:
    """The instruments that `words` name, in order; "loan guarantees" are guarantees, not loans too."""
    hits = [(m.start(), -m.end(), name) for name, pattern in _each(language) for m in pattern.finditer(words)]
    hits.sort(key=lambda hit: hit[:2])
    out: dict[str, None] = {}
    reached = 0
    for start, end, name in hits:
        if start >= reached:
            reached = -end
            out[name] = None
    return tuple(out)
