"""Lines broken at a fixed width made whole again, each character in its place."""

from __future__ import annotations

import re

__all__ = ["unwrapped"]

_WIDTH = 48
"""A line shorter than so many characters ends where its writer wanted it to end."""

_BREAK = re.compile(r"(?<=[^\n.!?:;*|=\-\u3002\uff01])\n(?=[^\W_])")
_BULLET = re.compile(r"(?:[0-9]{1,2}[.)]|[a-z][.)]) ")


def unwrapped(text: str) -> str:
    """`text` with a space for each line break inside a sentence.

    A break is inside one where the line before it is long, ends with no stop, and the next begins with a letter or a
    figure that is no number of a list. Linear time.
    """
    if "\n" not in text:
        return text
    out, last = [], 0
    for match in _BREAK.finditer(text):
        at = match.start()
        begin = text.rfind("\n", max(0, at - _WIDTH), at)
        if begin >= 0 or at < _WIDTH or _BULLET.match(text, at + 1):
            continue
        out.append(text[last:at])
        last = at + 1
    out.append(text[last:])
    return " ".join(out)
