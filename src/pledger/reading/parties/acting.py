"""Who of those that a frame names does what it says: names beside the actor's are left out."""

from __future__ import annotations

import re

from pledger.reading.mask import CLOSE, OPEN

__all__ = ["acting"]

_BEFORE = 30
"""Characters before a name that tell whose customer, director or plant is meant."""
_PLACED = re.compile(r"[-–](?:based|listed|born|style|built)")
"""Behind a name: it only tells where somebody else is."""
_OWNER_OF = re.compile(
    r"(?:\b(?:customers?|clients?|shares|shareholders?|rivals?|analysts?|chiefs?|head|employees|workers|director|chairman"
    r"|chairwoman|executive|manager|president|spokesman|spokeswoman|spokesperson) (?:of|at|for|in) (?:the )?"
    r"|\b(?:city|town|port|province|state|county|district|municipality) of "
    r"|\b(?:units?|plants?|factory|factories|works|sites?|mills?|smelter|refinery|terminal|yard|facility|project|campus|hub)"
    r" (?:at|in|near|off) "
    rf"|{OPEN}P\d{{1,4}}{CLOSE} (?:at|in|near|off) {OPEN}P\d{{1,4}}{CLOSE}, )$"
)
"""Before a name: somebody or something of its, which does what the verb says, or stands there ("at Salem, Ohio")."""
_REPORTING = re.compile(
    r"\b(?:[Aa]ccording to|citing|told|quoted by|reported by|seen by|reviewed by|obtained by|speaking to) (?:the )?$"
)
"""Before a name: it reports what others do."""
_SOMEBODY = re.compile(r",?\s(?:who|whom)\b")
"""Behind a name: it is a person's."""


def acting(text: str, start: int, end: int) -> int | None:
    """How many of the names of a list, which stands at `start` to `end` of a masked sentence, are to be left out at its
    beginning, since they only report it; None where all are, since another acts or stands there.
    """
    left = text[max(0, start - _BEFORE) : start]
    if _PLACED.match(text, end) or _SOMEBODY.match(text, end) or _OWNER_OF.search(left):
        return None
    return 1 if _REPORTING.search(left) else 0
