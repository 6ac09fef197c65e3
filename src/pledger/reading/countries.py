"""Countries in a text, by name, people or capital: who pledges, and to whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, LANGUAGES

__all__ = ["Country", "countries", "countries_between", "country_code", "country_name", "is_place_word", "seat_of"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country named in a text; `form` is `name`, `people` (Japanese) or `capital` (Tokyo said)."""

    code: str
    form: str
    span: Span


@cache
def _forms(language: str) -> dict[str, tuple[str, str]]:
    """Every form of every country that texts in a language use, with its code and what kind of form it is."""
    forms: dict[str, tuple[str, str]] = {}
    for code, entry in lexicon("countries").items():
        if language != "en":
            for name in entry.get(language, []):
                adjective = language == "de" and name[0].islower()
                forms.setdefault(name, (code, "people" if adjective else "name"))
        for key, form in (("names", "name"), ("people", "people"), ("capital", "capital")):
            for name in entry[key]:
                forms.setdefault(name, (code, form))
    return forms


@cache
def _pattern(language: str) -> re.Pattern[str]:
    forms = _forms(language)
    latin = alternation(f for f in forms if f[0] < "\u0250")
    # German adjectives are inflected (japanische, japanischen); English names may carry no ending.
    ending = r"(?:e[nrms]?)?" if language == "de" else ""
    if language in CJK:  # particles follow without a space ("UAEは"); a word in kana is part of a name ("USスチール")
        parts = [rf"(?<![A-Za-z0-9.])(?:{latin})(?![A-Za-z0-9ァ-ヶー])"]
    else:
        parts = [rf"(?<![\w.])(?:{latin}){ending}(?![\w])"]
    if language in CJK:
        parts.append(alternation(f for f in forms if f[0] >= "\u0250"))
    return re.compile("|".join(parts))


_WORDS = Trigger(lambda language: [[_pattern(language).pattern]], exact=True)


def countries(page: Page) -> list[Country]:
    """All countries named in a text, in order."""
    return countries_between(page, 0, len(page.text))


def countries_between(page: Page, start: int, end: int) -> list[Country]:
    """The countries named in `start..end` of a text, in order."""
    language = page.language
    forms = _forms(language)
    found = []
    for match in page.matches(_WORDS, _pattern(language), page.text, start, end):
        word = " ".join(match[0].split())
        entry = forms.get(word)
        if entry is None and language == "de":
            entry = next((forms[word[:-n]] for n in (1, 2) if word[:-n] in forms), None)
        if entry is not None:
            found.append(Country(entry[0], entry[1], Span(*match.span())))
    return found


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for language in LANGUAGES:
        for form, (code, _) in _forms(language).items():
            codes.setdefault(form, code)
    return codes


def country_code(words: str) -> str | None:
    """The code of the country that `words` name wholly ("the U.S.", "Korean"), else None."""
    bare = words.strip()
    return _codes().get(bare) or _codes().get(bare.removeprefix("the "))


def country_name(code: str) -> str:
    """The English name that we show for a code; the code itself where we have none."""
    entry = lexicon("countries").get(code)
    return str(entry["names"][0]) if entry else code


@cache
def _seats() -> dict[str, str]:
    seats = {name: code for code, entry in lexicon("countries").items() for name in entry["capital"]}
    return seats | {name: code for code, names in lexicon("places")["seats"].items() for name in names}


def seat_of(words: str) -> str | None:
    """The code of the country whose government sits in a city and is called by its name ("Washington"), else None."""
    return _seats().get(words.strip())


def is_place_word(words: str) -> bool:
    """Whether `words` are a country's name or capital (not its people)."""
    entry = _forms("en").get(words)
    return entry is not None and entry[1] != "people"
