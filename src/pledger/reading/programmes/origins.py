"""Words for a country that only tell where a company comes from: its sums are no pledge of that country."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Span
from pledger.reading.names import Name
from pledger.reading.parties.bodies import is_public
from pledger.reading.parties.finance import finance_role
from pledger.reading.patterns import POSSESSIVE, any_of, plain
from pledger.reading.placed import Placed

__all__ = ["from_there"]

_HEAD = 60
"""Characters behind the word for a country within which the company stands that comes from there."""


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
