"""Sums that a company puts up: "Hallingdal said it would invest $9bn". They are no state's pledge.

A company stands before the sum with a verb of investing or announcing between them, owns it ("Hallingdal's $9bn plan"),
or stands behind it ("$9bn from Hallingdal"). State funds act for their states and are none.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.countries import Country, country_code
from pledger.reading.found import Found
from pledger.reading.names import Name, normal_name
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.programmes.known import known_ceiling

__all__ = ["firm_of", "in_company"]

_REACH = 140
"""Characters before a sum within which the company stands whose sum it is."""
_BEHIND = 50


def firm_of(
    text: str, names: Placed[Name], countries: Placed[Country], sentence: Span, amount: Found[Money]
) -> Mention | None:
    """The company that puts up an amount, as the words around it in an English text say; None where none does."""
    if not names or amount.value.converts is not None or known_ceiling(amount.value) is not None:
        return None
    at = amount.span
    start = max(sentence.start, at.start - _REACH)
    before = [name for _, name in names.inside(Span(start, at.start)) if name.kind is not EntityKind.PLACE]
    if before and _is_firm(text, before[-1]):
        name = before[-1]
        gap = text[name.whole(text).end : at.start]
        puts_up = _puts_up().fullmatch(gap) and not _leads(text, countries, name.span.end, at.start)
        if puts_up or _owns().fullmatch(gap):
            return _mention(name)
    if (house := _house(text, names, amount)) is not None:
        return house
    behind = _from().match(text, at.end, min(sentence.end, at.end + _BEHIND))
    if behind is None:
        return None
    after = [name for span, name in names.starting(behind.end(), behind.end() + 1) if _is_firm(text, name)]
    return _mention(after[0]) if after else None


def _leads(text: str, countries: Placed[Country], start: int, end: int) -> bool:
    """Whether a country is the subject of what stands between a company and a sum, not where the money goes."""
    return any(
        country.form != "people" and _into().search(text, max(start, span.start - 14), span.start) is None
        for span, country in countries.inside(Span(start, end))
    )


def _house(text: str, names: Placed[Name], amount: Found[Money]) -> Mention | None:
    """A house that is told by its size: "the $330 billion Halden"."""
    end = amount.span.end
    for span, name in names.starting(end + 1, end + 2):
        alone = name.kind is EntityKind.ORGANISATION and " " not in name.text
        if alone and text[end] in " -\u00a0" and _ends().match(text, span.end) is not None:
            return _mention(name)
    return None


def in_company(text: str, names: Placed[Name], country: Country) -> bool:
    """Whether a country's name only opens that of a company: "Korea Zinc", "Qatar Airways"."""
    if country.form != "name" or "." in country.span.of(text) or country.span.of(text).isupper():
        return False
    at = country.span
    return any(
        span.start == at.start and span.end > at.end and text[at.end] in " \u00a0" and _is_company(name)
        for span, name in names.touching(at)
        if not _opens_heading().match(name.text, at.end - at.start + 1)
    )


@cache
def _opens_heading() -> re.Pattern[str]:
    """What follows a country's name in a heading in title case: a verb, or an office."""
    heads = any_of(plain("programme", "firms", "heading_en"))
    verb = r"[A-Z][a-z]{2,14}(?<!way)(?<!rie)(?<!ine)(?<!tor)(?<!tem)(?<!ork)(?<!ing)s"
    return re.compile(rf"(?:{verb}|{heads})(?!\w)")


def _is_company(name: Name) -> bool:
    """Whether a name can be a company's: no authority's, no state fund's, no country's."""
    if name.kind is not EntityKind.ORGANISATION or _state().search(name.text) is not None:
        return False
    return country_code(name.text) is None


def _is_firm(text: str, name: Name) -> bool:
    return _is_company(name) and _state_money().search(text, max(0, name.span.start - 50), name.span.start) is None


def _mention(name: Name) -> Mention:
    return Mention(EntityKind.ORGANISATION, name.text, name.span, key=normal_name(name.text), aliases=name.aliases)


@cache
def _state() -> re.Pattern[str]:
    """Words of a name that is an authority's or a state fund's."""
    public = "|".join(word for word in plain("parties", "bodies", "public") if word.isascii())
    return re.compile(rf"(?<!\w)(?:{public}|{any_of(plain('programme', 'firms', 'state_en'))})(?!\w)")


@cache
def _state_money() -> re.Pattern[str]:
    """Words right before a name that make it one of the state's purses."""
    return re.compile(rf"(?<!\w){any_of(plain('programme', 'firms', 'purse_en'))}\s$", re.IGNORECASE)


@cache
def _into() -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:in|into|to|across|within|throughout|for)\s(?:the\s)?$")


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(r"[,.;)]|\s(?:is|are|was|were|has|have|had|already|and|which|that|will|would|said)(?!\w)")


@cache
def _puts_up() -> re.Pattern[str]:
    verbs = any_of(plain("programme", "firms", "verbs_en"))
    # Neither another subject nor another sum may stand between: a capital letter or a figure behind "that" or a comma.
    other = any_of(plain("programme", "firms", "not_firm_en"))
    return re.compile(
        rf"(?!\s{other}(?!\w))(?:,[^,;:.$€£¥\d]{{1,70}},)?\s(?:[^;:.$€£¥]{{0,90}}\s)?(?i:{verbs})(?:\s[a-z\-]{{1,14}}){{0,4}}\s"
    )


@cache
def _owns() -> re.Pattern[str]:
    plans = any_of(plain("programme", "firms", "plans_en"))
    return re.compile(rf"(?:'s|’s|'|’)\s(?:[\w.\-]{{1,20}}\s){{0,3}}(?:(?i:{plans})\s)?(?:an?\s|the\s)?")


@cache
def _from() -> re.Pattern[str]:
    return re.compile(r"\s(?:[a-z]{2,14}\s){0,2}from (?:the )?(?:[a-z\-]{2,20} ){0,3}")
