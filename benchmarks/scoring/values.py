"""When the value of a claim is gold's.

- amount: low and high within a billionth (an open end must be open), currency and qualifier all equal;
- share: gold's value is the low or the high end (both, where gold gives two); qualifier and period equal where gold
  gives them;
- date: the event is equal, and start and end where gold gives them;
- stage: the stage is equal, and the modality where gold gives it;
- party: the role is equal; the name stands in the quote or holds it, word by word, without legal forms;
- ownership: owner and owned are gold's, compared like parties;
- instrument: the same set;
- others: the text holds gold's (under `text` or the attribute's own name) or is held by it; where gold gives none,
  the place is enough. A location agrees, too, where its words are gold's and its value is the place's English name.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from pledger.model import (
    Claim,
    DateValue,
    Instruments,
    Money,
    Ownership,
    Party,
    Share,
    StageValue,
    Text,
)
from scoring.gold import GoldClaim
from scoring.words import contained, name_words

__all__ = ["agrees", "close"]


def agrees(gold: GoldClaim, claim: Claim) -> bool:
    """Whether the claim's value is gold's, by the rules above; the place is not looked at."""
    want, value = gold.values, claim.value
    match value:
        case Money():
            ends = close(want.get("low"), value.low) and close(want.get("high"), value.high)
            return ends and value.currency == want.get("unit") and value.qualifier == want.get("qualifier")
        case Share():
            return (
                _share(want, value)
                and _given(want, "qualifier", value.qualifier)
                and _given(want, "period", value.period)
            )
        case DateValue():
            same = _given(want, "event", value.event)
            return same and _day(want, "start", value.interval.start) and _day(want, "end", value.interval.end)
        case StageValue():
            return value.stage == want.get("stage") and _given(want, "modality", claim.modality)
        case Party():
            return value.role == want.get("role") and _named(value.name, str(want.get("name", gold.quote)))
        case Ownership():
            return _named(value.owner, str(want.get("owner"))) and _named(value.owned, str(want.get("owned")))
        case Instruments():
            return set(value.instruments) == set(want.get("instruments", ()))
        case Text():
            told = want.get("text", want.get(gold.attribute))
            held = contained(str(told).replace("_", " "), value.text.replace("_", " "))
            return told is None or held or (gold.attribute == "location" and contained(str(told), claim.text))


def _share(want: Mapping[str, Any], value: Share) -> bool:
    if "value" not in want:
        return _fraction(want.get("low"), value.low) and _fraction(want.get("high"), value.high)
    return any(_fraction(want["value"], end) for end in (value.low, value.high) if end is not None)


def _fraction(one: float | None, other: float | None) -> bool:
    """Two fractions agree to the digits that gold writes: a third is written 0.3333 there."""
    if one is None or other is None:
        return one is other
    return abs(float(one) - other) <= _WRITTEN


_WRITTEN = 5e-5
"""Half of the last digit of a fraction with four decimals."""


def close(one: float | None, other: float | None) -> bool:
    """Whether two numbers agree within a billionth of the larger; None agrees with None only."""
    if one is None or other is None:
        return one is other
    return math.isclose(float(one), other, rel_tol=1e-9)


def _given(want: Mapping[str, Any], key: str, value: object) -> bool:
    return key not in want or want[key] == value


def _day(want: Mapping[str, Any], key: str, value: dt.date | None) -> bool:
    return key not in want or want[key] == value


def _named(name: str, quote: str) -> bool:
    return contained(" ".join(name_words(name)), quote) or contained(name, quote)
