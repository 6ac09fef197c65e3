"""Literals: digits with what separates them, and what they are worth."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["NUMBER", "literal"]

NUMBER = re.compile("[0-9]+(?:[.,'\u00a0][0-9]+){0,8}")
"""Digits with whatever may separate them; `literal` tells what they are worth. Works on normalised text."""

_MOST_DIGITS = 24
"""Longer runs of digits are account numbers or noise, never a figure in the news."""

_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?:\.[0-9]{1,12})?|[0-9]+(?:\.[0-9]{1,12})?")
_GERMAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,7}(?:,[0-9]{1,12})?|[0-9]+(?:,[0-9]{1,12})?")
_SPACED = re.compile("[0-9]{1,3}(?:[\u00a0'][0-9]{3}){1,7}(?:[.,][0-9]{1,12})?")
_COMMA = re.compile("[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\\.[0-9]{3}){2,7}(?:,[0-9]{1,12})?|0,[0-9]{3,6}")


def literal(digits: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The value of written digits, or None where they are no number ("1.2.3", a run of 40 digits).

    With `decimal_comma` (German) "1.200,5" is 1200.5; without, "1,200.5" is. Where only one reading makes sense it is
    taken in either case ("33,3" is 33.3, "1.200.000" is 1200000). White space and apostrophes group thousands.
    """
    if len(digits) <= _MOST_DIGITS and digits.isdecimal() and digits.isascii():
        return Decimal(digits)
    if len(digits) > _MOST_DIGITS * 2 or sum(map(str.isdigit, digits)) > _MOST_DIGITS:
        return None
    first, second = (_GERMAN, _ENGLISH) if decimal_comma else (_ENGLISH, _COMMA)
    if first.fullmatch(digits):
        return _decimal(digits, comma=decimal_comma)
    if second.fullmatch(digits):
        return _decimal(digits, comma=not decimal_comma)
    if _SPACED.fullmatch(digits):
        plain = digits.replace("\u00a0", "").replace("'", "")
        return Decimal(plain.replace(",", "."))
    return None


def _decimal(digits: str, *, comma: bool) -> Decimal:
    return Decimal(digits.replace(".", "").replace(",", ".") if comma else digits.replace(",", ""))
