"""What a name itself says of whom it names: an authority, an institution that funds, a builder."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind
from pledger.reading.countries import country_code
from pledger.reading.names import Name, is_term
from pledger.reading.parties.finance import finance_role
from pledger.reading.patterns import plain, words

__all__ = ["can_play", "is_public"]

_COMMERCIAL = frozenset({"sponsor", "supplier", "contractor", "offtaker", "operator"})


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """Words of a list of the lexicon: Latin ones whole, others at any place."""
    listed = plain("parties", "bodies", key)
    latin = "|".join(word for word in listed if word.isascii())
    other = [word for word in listed if not word.isascii()]
    return re.compile("|".join((rf"(?<!\w)(?:{latin})(?!\w)", *other)))


def is_public(name: Name) -> bool:
    """Whether a name is an authority's: it permits and pays, but builds and buys nothing."""
    return _pattern("public").search(name.text) is not None


@cache
def _insures() -> re.Pattern[str]:
    return re.compile(r"insur|risk|loss|underwrit|polic", re.IGNORECASE)


def can_play(name: Name, role: str, said: str, language: str) -> str | None:
    """The role that a name plays where a frame that reads `said` gives it `role`; None where it cannot play it."""
    if name.kind is EntityKind.PLACE:
        return role if country_code(name.text) is not None else None
    if is_term(name.text) or _pattern("nobody").fullmatch(name.text):
        return None
    if role == "funder":
        return finance_role(name) or ("lender" if _pattern("funders").search(name.text) else None)
    public = is_public(name)
    if role == "regulator":
        return role if public else None
    funds = finance_role(name)
    if role in ("guarantor", "lender") and funds == "insurer":
        return funds  # an export insurer's guarantee is its insurance
    if role == "insurer" and funds == "guarantor":
        return funds  # what a guarantee fund covers, it guarantees
    if role == "insurer" and funds == "lender" and not _insures().search(said):
        return funds  # a bank that covers a part of the debt lends it
    loans = words("parties", "instruments", "loan", language=language)
    if role == "guarantor" and funds == "lender" and loans.search(said):
        return funds
    if role in _COMMERCIAL and (public or (funds is not None and role != "sponsor")):
        return None
    if role == "sponsor" and funds in ("lender", "insurer", "guarantor") and _pattern("banks").search(name.text):
        return None
    if role == "sponsor" and _pattern("builders").search(name.text):
        return "contractor"
    return role
