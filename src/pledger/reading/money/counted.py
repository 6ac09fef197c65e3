"""Small sums in words right before their currency: "five dollars a barrel", "acht bis neun Euro", "twenty-odd yen"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import Quantity, alternation, singles, word_value
from pledger.reading.page import Page, Trigger

__all__ = ["counted"]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    lex, links = lexicon("money")["counted"], lexicon("numbers")["ranges"]
    single = alternation(w for w in singles(language) if w not in lex["never"])
    currencies = alternation([*lex["currencies"], *(lex["german"] if language == "de" else ())])
    number = rf"{single}(?:[ -]{single}|(?<=hundred) and {single}){{0,3}}"
    return re.compile(
        rf"(?<![\w'-])(?:(?:a|one) (?=hundred))?(?P<number>{number})"
        rf"(?:(?: |-){alternation([*links['to'], *links['or']])}(?: |-)(?P<second>{number}))?"
        rf"(?=[ \u00a0\n-](?:[A-Za-z]{{2,14}} )?{currencies}(?![a-z]|-[a-z]))",
        re.IGNORECASE,
    )


_WORDS = Trigger(lambda language: [[_pattern(language).pattern]], tried=False)


def counted(page: Page) -> Iterator[Quantity]:
    """Numbers in words without a scale before a currency that is nothing else; of a range both ends."""
    if not page.may(_WORDS):
        return
    for match in _pattern(page.language).finditer(page.plain):
        for group in ("number", "second"):
            value = word_value(match[group]) if match[group] else None
            if value:
                start = match.start() if group == "number" else match.start(group)
                yield Quantity(start, match.end(group), value, value)
