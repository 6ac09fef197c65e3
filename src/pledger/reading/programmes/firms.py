"""Sums that a company puts up itself: no pledge of the country that it comes from."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Money, Span
from pledger.reading.found import Found
from pledger.reading.names import Name
from pledger.reading.parties.bodies import is_public
from pledger.reading.parties.finance import finance_role
from pledger.reading.patterns import POSSESSIVE, any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.programmes.known import known_ceiling, known_part

__all__ = ["from_there", "of_firm"]

_REACH = 140
"""Characters before an amount in which the company stands that puts it up."""
_HEAD = 60
"""Characters behind the word for a country within which the company stands that comes from there."""
_POSSESSIVE = re.compile(rf"{POSSESSIVE}\s(?:(?:own|new|planned|proposed|total|combined|initial)\s)?$")
_BREAK = re.compile(r"[;:]|[.!?]\s|\n")


@cache
def _heads() -> re.Pattern[str]:
    """What may stand between the word for a country and the name of a company from there."""
    trades = any_of(plain("whose", "firms", "trades_en"))
    return re.compile(rf"(?:{POSSESSIVE})?(?:[ \-][a-z][\w\-]{{1,20}}){{0,3}}?(?:[ \-]{trades})?,?[ ]", re.IGNORECASE)


@cache
def _trade() -> re.Pattern[str]:
    """A company told by its trade, without a name: "'s largest shipbuilder", " utility"."""
    trades = any_of(plain("whose", "firms", "trades_en"))
    return re.compile(rf"(?:{POSSESSIVE})?(?:[ \-][a-z][\w\-]{{1,20}}){{0,4}}?[ \-]{trades}(?!\w)")


def from_there(text: str, country: Span, names: Placed[Name]) -> bool:
    """Whether the word for a country only tells where a company comes from: "Norway's Acme", "a Qatari developer"."""
    if _trade().match(text, country.end, country.end + _HEAD) is not None:
        return True
    for span, name in names.starting(country.end, country.end + _HEAD):
        if name.kind is not EntityKind.ORGANISATION or _is_state(name):
            return False
        return _heads().fullmatch(text, country.end, span.start) is not None
    return False


def _is_state(name: Name) -> bool:
    """Whether a name is an authority's, or that of an institution by which states fund."""
    return is_public(name) or finance_role(name) is not None


@cache
def _acts() -> re.Pattern[str]:
    """Verbs by which companies put up money, as they lead to an amount."""
    return re.compile(rf"(?<!\w){any_of(plain('whose', 'firms', 'acts_en'))}(?!\w)", re.IGNORECASE)


@cache
def _pointing() -> re.Pattern[str]:
    """ "The group": the company spoken of."""
    nouns = any_of(plain("whose", "firms", "pointing_en"))
    return re.compile(rf"(?<!\w)(?:the|each|both|two|three)\s{nouns}(?!\w)", re.IGNORECASE)


def of_firm(text: str, sentence: Span, amount: Found[Money], names: Placed[Name], country: int | None) -> bool:
    """Whether a company puts up an amount: it is the subject of the verb that leads there, or owns it.

    `country` is where the last country before the amount ends that may have pledged: what stands after it counts.
    """
    if known_ceiling(amount.value) is not None or known_part(amount.value) is not None:
        return False
    at = amount.span
    start = max(sentence.start, at.start - _REACH, country or 0)
    firms = [
        span.end
        for span, name in names.inside(Span(start, at.start))
        if name.kind is EntityKind.ORGANISATION and not _is_state(name)
    ]
    if firms and _POSSESSIVE.fullmatch(text, firms[-1], at.start):
        return True
    firms += [match.end() for match in _pointing().finditer(text, start, at.start)]
    return any(
        (act := _acts().search(text, end, at.start)) is not None and _BREAK.search(text, end, act.start()) is None
        for end in firms
    )
