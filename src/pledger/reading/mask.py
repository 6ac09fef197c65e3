"""A sentence with what was recognised in it replaced by placeholders, so that frames can be short and general.

"a scheme involving Hitachi" becomes "a <P0> involving <O1>", and the frame `{P} W3 involving {OS}` reads it whatever
the names. Every position of the masked sentence maps back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pledger.model import Span
from pledger.reading.placed import Taken

__all__ = ["CLOSE", "OPEN", "Masked", "mask", "told"]

OPEN, CLOSE = "\ue000", "\ue001"
"""Private-use characters; those that a text itself holds are blanked before it is masked."""

_NUMBERS = re.compile(rf"{OPEN}\w(\d{{1,9}}){CLOSE}")
_TAGS = re.compile(rf"{OPEN}(\w)")
_BLANKED = str.maketrans({OPEN: " ", CLOSE: " "})

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Masked(Generic[T]):
    """A masked sentence: its text, its items in order of their numbers, and the way back to the document."""

    text: str
    items: tuple[T, ...]
    _masked: tuple[int, ...]
    _original: tuple[int, ...]

    def back(self, start: int, end: int) -> Span:
        """The span of the document's text that stands for `text[start:end]`."""
        return Span(self._to(start, last=False), self._to(end, last=True))

    def _to(self, position: int, *, last: bool) -> int:
        index = bisect_right(self._masked, position) - 1
        if last and index > 0 and self._masked[index] == position:
            index -= 1
        offset = position - self._masked[index]
        begin = self._original[index]
        if index % 2:  # a placeholder: its end is the end of the words that it stands for
            return self._original[index + 1] if last and offset else begin
        return begin + offset

    def listed(self, placeholders: str) -> list[T]:
        """The items that a matched list of placeholders names, in order."""
        return [self.items[int(number)] for number in _NUMBERS.findall(placeholders)]

    def tags(self) -> frozenset[str]:
        """The letters of the placeholders that the sentence holds, as `told` tells them."""
        return told(_TAGS.findall(self.text))


def told(letters: Iterable[str]) -> frozenset[str]:
    """The letters, and each that comes more than once doubled: a frame with two names needs two of them."""
    found: set[str] = set()
    for letter in letters:
        found.add(letter * 2 if letter in found else letter)
    return frozenset(found)


def mask(text: str, sentence: Span, items: Iterable[tuple[Span, str, T]]) -> Masked[T]:
    """Replace `items` (span in the text, tag letter, payload) inside `sentence`; of overlapping ones the first wins."""
    taken = Taken()
    chosen = [item for item in items if sentence.covers(item[0]) and taken.take(item[0])]
    chosen.sort(key=lambda item: item[0])
    parts: list[str] = []
    masked, original = [0], [sentence.start]
    length, position = 0, sentence.start
    for number, (span, tag, _) in enumerate(chosen):
        plain = text[position : span.start].translate(_BLANKED)
        holder = f"{OPEN}{tag}{number}{CLOSE}"
        parts += [plain, holder]
        masked += [length + len(plain), length + len(plain) + len(holder)]
        original += [span.start, span.end]
        length, position = length + len(plain) + len(holder), span.end
    parts.append(text[position : sentence.end].translate(_BLANKED))
    return Masked("".join(parts), tuple(c[2] for c in chosen), tuple(masked), tuple(original))
