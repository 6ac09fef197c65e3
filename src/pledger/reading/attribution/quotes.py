"""Which quotation marks open and which close, where the mark itself does not tell: straight and single ones.

A straight mark is told by the space beside it, so that a quotation that goes on over sentences is seen in each. A
single mark quotes only where nothing shows that it is an apostrophe.
"""

from __future__ import annotations

import re

__all__ = ["CLOSE", "OPEN", "marks"]

OPEN, CLOSE = 1, 2

_STRAIGHT = re.compile(r'"')
# A single quotation: opened behind a space, closed before one; apostrophes between letters are inside.
_SINGLE = re.compile(
    r"(?<![\w’'\"“])[‘'](?!\d0s\b)(?=[\w“\"$])(?:[^‘’'\n“”\"]|(?<=\w)[’'](?=\w)|[“\"][^“”\"\n]{0,200}[”\"]){1,400}[’'](?!\w)"
)
# A mark behind a stop or a comma closes, even if nothing was seen to open.
_SURE = re.compile(r"(?<=[^\W\d_][.,!?…])[’'](?=\s|$)")
_AFTER_OPEN = re.compile(r"[\w$£€¥‘'.…\-—(\[#@&]")
_BEFORE_OPEN = " \t\n\r\u00a0([{—–-/“‘'"
_AFTER_CLOSE = " \t\n\r\u00a0.,;:?!)]}—–-/'’”"


def marks(text: str, start: int, end: int) -> dict[int, int]:
    """What the straight and single quotation marks in `text[start:end]` do, by their offset: OPEN or CLOSE.

    Marks that tell nothing are left out.
    """
    found: dict[int, int] = {}
    if text.find('"', start, end) >= 0:
        for mark in _STRAIGHT.finditer(text, start, end):
            at = mark.start()
            before = text[at - 1] if at else " "
            after = text[at + 1] if at + 1 < len(text) else " "
            opens = before in _BEFORE_OPEN and bool(_AFTER_OPEN.match(after))
            closes = before not in " \t\n\r\u00a0([{" and after in _AFTER_CLOSE
            if opens != closes:
                found[at] = OPEN if opens else CLOSE
    if text.find("‘", start, end) >= 0 or text.find("'", start, end) >= 0 or text.find("’", start, end) >= 0:
        for quotation in _SINGLE.finditer(text, start, end):
            found[quotation.start()] = OPEN
            found[quotation.end() - 1] = CLOSE
        for mark in _SURE.finditer(text, start, end):
            found.setdefault(mark.start(), CLOSE)
        if text[start] == "‘" and start not in found:
            found[start] = OPEN  # closed in a later sentence
    return found
