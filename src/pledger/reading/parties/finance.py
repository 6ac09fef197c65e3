"""Institutions that fund: the role that their names show, where a sentence speaks of funding."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.reading.names import Name
from pledger.reading.page import Page, Trigger
from pledger.reading.parties.instruments import has_instruments
from pledger.reading.patterns import CJK, plain, words

__all__ = ["finance_role", "finances"]


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each role the words that a name with it holds; Latin ones are whole words."""
    out = []
    for role, listed in lexicon("parties")["finance"]["roles"].items():
        latin = "|".join(re.escape(word) for word in listed if word.isascii())
        other = [re.escape(word) for word in listed if not word.isascii()]
        out.append((role, re.compile("|".join((rf"(?<!\w)(?:{latin})(?!\w)", *other)))))
    return tuple(out)


@cache
def _no_lenders() -> re.Pattern[str]:
    return re.compile("|".join(plain("parties", "finance", "not_lenders")))


def finance_role(name: Name) -> str | None:
    """The role that the name of an institution itself shows (a bank lends, an insurer insures), else None."""
    if _no_lenders().fullmatch(name.text):
        return None
    forms = (name.text, *name.aliases)
    return next((role for form in forms for role, pattern in _roles() if pattern.search(form)), None)


_VERBS = Trigger(lambda language: [] if language in CJK else [[words("parties", "finance", "verbs_en").pattern]])


def finances(page: Page, index: int) -> bool:
    """Whether a sentence speaks of funding, so that institutions in it are there to fund."""
    if has_instruments(page, index):
        return True
    sentence, verbs = page.sentences[index], words("parties", "finance", "verbs_en")
    return page.has(_VERBS, index) and verbs.search(page.text, sentence.start, sentence.end) is not None
