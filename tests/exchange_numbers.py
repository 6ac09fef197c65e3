"""Exchanges every scaled number and every percentage of English texts and of their gold, whatever they are.

Unlike `exchange`, this needs no table of what stands in the texts, so it serves our own corpus as it grows. Parts no
longer add up to totals afterwards: it tests reading, not checking.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["gold", "text"]

_SCALED = re.compile(r"(?<![\w.,])\d{1,6}(?:\.\d{1,3})?(?=[ -]?(?:bn|billion|B|tn|trillion|mn|million|m)\b)")
_PERCENT = re.compile(r"(?<![\w.,-])\d{1,2}(?:\.\d{1,2})?(?=[ -]?(?:%|percent|per cent))")


def text(words: str) -> str:
    """The text with other numbers; equal numbers stay equal."""
    return _PERCENT.sub(lambda m: _percent(m.group()), _SCALED.sub(lambda m: _scaled(m.group()), words))


def gold(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A gold claim with other numbers, in its words and in its values."""
    changed = {k: text(v) if isinstance(v, str) else v for k, v in claim.items()}
    quote = claim["quote"]
    for key in ("low", "high", "value"):
        if isinstance(claim.get(key), int | float):
            changed[key] = _followed(float(claim[key]), quote, share=claim["attribute"] == "share")
    return changed


def _followed(value: float, quote: str, *, share: bool) -> float:
    pattern, other = (_PERCENT, _percent) if share else (_SCALED, _scaled)
    for number in pattern.findall(quote):
        if share and math.isclose(value, float(number) / 100):
            return float(other(number)) / 100
        if not share and float(number) and math.log10(value / float(number)).is_integer():
            return float(f"{other(number)}e{round(math.log10(value / float(number)))}")
    return value


def _scaled(number: str) -> str:
    """A fifth more, with as many decimals; at least one more of the last digit."""
    decimals = len(number.partition(".")[2])
    return f"{max(float(number) * 1.2, float(number) + 10.0**-decimals):.{decimals}f}"


def _percent(number: str) -> str:
    decimals = len(number.partition(".")[2])
    return f"{float(number) + (1 if float(number) < 98 else -1):.{decimals}f}"
