"""Article text made safe for a terminal and for one line: no control codes, no reordering of characters."""

from __future__ import annotations

import re

__all__ = ["clean", "edged", "excerpt", "lined"]

# C0 and C1 controls can move the cursor or recolour a terminal; bidirectional controls can make a line read backwards;
# zero-width characters and the byte-order mark only hide. Lone surrogates cannot be written at all.
_UNSAFE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029), " ")
"""Characters besides the line feed at which one program or another begins a new line."""


def clean(text: str) -> str:
    """The text on one line, without characters that steer a terminal."""
    return " ".join(_UNSAFE.sub("", text).split())


def lined(text: str) -> str:
    """The text without characters that steer or hide, its lines and blanks as they are."""
    return _UNSAFE.sub("", text.translate(_BREAKS))


def excerpt(sentence: str, start: int, end: int, width: int = 420) -> tuple[str, str, str]:
    """The sentence as (before, words, after) around `sentence[start:end]`, cleaned, at most about `width` characters.

    A sentence of a hostile text can be a megabyte; what is cut is shown as an ellipsis.
    """
    start, end = max(0, min(start, len(sentence))), max(0, min(end, len(sentence)))
    words = sentence[start:end]
    room = max(40, (width - len(words)) // 2)
    before, after = sentence[max(0, start - room) : start], sentence[end : end + room]
    if len(words) > width:
        words = f"{words[:width]}…"
    left = ("…" if start > room else "") + edged(before)
    return left, clean(words), edged(after) + ("…" if len(sentence) > end + room else "")


def edged(text: str) -> str:
    """Cleaned, keeping one blank at either edge where there was one: the words beside it need it."""
    inner = clean(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")
