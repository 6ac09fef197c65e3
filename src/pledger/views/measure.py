"""How wide words are in a chart, and what of them fits."""

from __future__ import annotations

from pledger.views.plain import clean

__all__ = ["fit", "width_of"]

_CLASSES = ((0.25, "ijl'|"), (0.34, "ftrI.,:;!()[]/ -"), (0.51, "sckvxyzJ"), (0.75, "w"), (0.86, "mM%"), (0.96, "W@—"))
_EMS = {letter: em for em, letters in _CLASSES for letter in letters}
"""Widths of letters in parts of the size, after Arial's; others count by their kind."""
_LEAST = min(_EMS.values())


def width_of(words: str, size: float = 13, bold: bool = False) -> float:
    """About how many pixels the words take in the chart's font, rather a little more than less."""
    em = sum(1.0 if ord(letter) >= 0x1100 else _EMS.get(letter, 0.74 if letter.isupper() else 0.57) for letter in words)
    return em * size * (1.06 if bold else 1.0)


def fit(words: str, width: float, size: float = 13, bold: bool = False) -> str:
    """The words, cut with an ellipsis where they would take more than `width` pixels."""
    words = clean(words)
    most = (
        int(width / (_LEAST * size)) + 1
    )  # so many of the narrowest: the names of a thousand origins are not measured
    if len(words) <= most and width_of(words, size, bold) <= width:
        return words
    low, high = 0, min(len(words), most)
    while low < high:  # halved: a list of a thousand names would be measured a thousand times
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(f"{words[:middle]}…", size, bold) <= width else (low, middle - 1)
    words = words[:low]
    return f"{words.rstrip(' ,;')}…" if words else ""
