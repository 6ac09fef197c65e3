"""Patterns for the words right before a value: tried only where the letters before it are those that they end with.

A search for words that end at a certain place tries every place before it, which is the dearest thing that a regular
expression can do in a short stretch. Most words before a figure are none of those looked for, and their last letters
show it.
"""

from __future__ import annotations

import re

from pledger.reading.literals import closings

__all__ = ["Tail"]

_LOOSE = " \u00a0\n\t\r\v\f-"


class Tail:
    """A pattern whose every match ends at the end of the text that is searched ("$")."""

    __slots__ = ("_one", "_pattern", "_three", "_two")

    def __init__(self, pattern: str, flags: int = re.IGNORECASE) -> None:
        self._pattern = re.compile(pattern, flags)
        found = closings(pattern)
        self._three, self._two, self._one = (
            None if found is None else frozenset(end for end in found if len(end) == count) for count in (3, 2, 1)
        )

    def search(self, words: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """What `re` finds in `words`, or from `start` to `end` of them."""
        if self._three is not None and self._two is not None and self._one is not None:
            bare = (words if end is None else words[start:end]).rstrip(_LOOSE)
            if bare.isascii():
                last = bare[-3:].lower()
                if last not in self._three and last[-2:] not in self._two and last[-1:] not in self._one:
                    return None
        return self._pattern.search(words) if end is None else self._pattern.search(words, start, end)
