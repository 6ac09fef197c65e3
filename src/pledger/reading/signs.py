"""Characters: a text made uniform without moving a character, and scripts told from each other."""

from __future__ import annotations

import re

__all__ = ["has_cjk", "normalise"]

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
    | {"＋": "+", "：": ":", "／": "/", "＝": "="}
)
_NARROW = {wide: narrow for wide, narrow in _SAME.items() if not wide.isascii()}
_CONTROLS = {wide: narrow for wide, narrow in _SAME.items() if wide.isascii()}
_CJK = re.compile("[\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MIDDLE = re.compile("(?<=[0-9])・(?=[0-9]{1,3}[兆億万千%倍割])")
"""A middle dot that Japanese newspapers write for the decimal point: 5・5兆円."""


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
        if "・" in text:
            text = _MIDDLE.sub(".", text)
    return text


def has_cjk(text: str) -> bool:
    """Whether any Japanese, Chinese or Korean character occurs."""
    return not text.isascii() and _CJK.search(text) is not None
