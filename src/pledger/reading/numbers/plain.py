"""Characters and literals: a text made uniform without moving a character, and the value of written digits."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["NUMBER", "has_cjk", "literal", "normalise"]

_SAME = (
    dict(zip("０１２３４５６７８９", "0123456789", strict=True))
    | dict.fromkeys("\u2009\u202f\u2007\u2008\u2005\u2006\u2002\u2003\u3000\u200b\u200c\u200d\u2060\ufeff", "\u00a0")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\uff0d\u00ad", "-")
    | dict.fromkeys("\u301c\uff5e\u223c\u223d\u2053", "~")
    | dict.fromkeys("\u2018\u2019\u02bc\uff07", "'")
    | {"\r": " ", "\t": " ", "\v": " ", "\f": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n"}
    | {
        "．": ".",
        "，": ",",
        "％": "%",
        "﹪": "%",
        "＄": "$",
        "﹩": "$",
        "￡": "£",
        "￥": "¥",
        "￦": "₩",
        "（": "(",
        "）": ")",
    }
    | {"＋": "+", "：": ":", "／": "/"}
)
_NARROW = {wide: narrow for wide, narrow in _SAME.items() if not wide.isascii()}
_CONTROLS = {wide: narrow for wide, narrow in _SAME.items() if wide.isascii()}
_CJK = re.compile("[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]")

NUMBER = re.compile("[0-9]+(?:[.,'\u00a0][0-9]+){0,8}")
"""Digits with whatever may separate them; `literal` tells what they are worth. Works on normalised text."""

_MOST_DIGITS = 24
"""Longer runs of digits are account numbers or noise, never a figure in the news."""

_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{2,3}){0,6},[0-9]{3}(?:\.[0-9]{1,12})?|[0-9]+(?:\.[0-9]{1,12})?")
_GERMAN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){1,7}(?:,[0-9]{1,12})?|[0-9]+(?:,[0-9]{1,12})?")
_SPACED = re.compile("[0-9]{1,3}(?:[\u00a0'][0-9]{3}){1,7}(?:[.,][0-9]{1,12})?")
_COMMA = re.compile("[0-9]+,[0-9]{1,2}|[0-9]{1,3}(?:\\.[0-9]{3}){2,7}(?:,[0-9]{1,12})?|0,[0-9]{3,6}")


def normalise(text: str) -> str:
    """`text` with full-width forms, dashes, spaces and quotes made uniform, each character in its place.

    Every character is replaced by exactly one, so offsets into the result are offsets into `text`. Dashes between
    figures become "-" (the em dash stays), unusual spaces become the no-break space, line ends "\\n".
    """
    for wide, narrow in _CONTROLS.items():
        if wide in text:
            text = text.replace(wide, narrow)
    if not text.isascii():
        for wide, narrow in _NARROW.items():
            if wide in text:
                text = text.replace(wide, narrow)
    return text


def has_cjk(text: str) -> bool:
    """Whether any Japanese, Chinese or Korean character occurs."""
    return not text.isascii() and _CJK.search(text) is not None


def literal(digits: str, *, decimal_comma: bool = False) -> Decimal | None:
    """The value of written digits, or None where they are no number ("1.2.3", a run of 40 digits).

    With `decimal_comma` (German) "1.200,5" is 1200.5; without, "1,200.5" is. Where only one reading makes sense it is
    taken in either case ("33,3" is 33.3, "1.200.000" is 1200000). White space and apostrophes group thousands.
    """
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
