"""A sentence with what was recognised in it replaced by placeholders, so that frames can be short and general.

"a scheme involving Hitachi" becomes "a <P0> involving <O1>", and the frame `{P} W3 involving {OS}` reads it whatever
the names. Every position of the masked sentence maps back to the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from pledger.model import Span
from pledger.reading.patterns import CJK, expand

__all__ = ["Masked", "frame", "mask"]

_OPEN, _CLOSE = "\ue000", "\ue001"
"""Private-use characters; those that a text itself holds are blanked before it is masked."""

T = TypeVar("T")


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
        return [self.items[int(n)] for n in re.findall(rf"{_OPEN}\w(\d+){_CLOSE}", placeholders)]


def mask(text: str, sentence: Span, items: Sequence[tuple[Span, str, T]]) -> Masked[T]:
    """Replace `items` (span in the text, tag letter, payload) inside `sentence`; overlapping ones: the first given wins."""
    chosen: list[tuple[Span, str, T]] = []
    for item in items:
        if sentence.covers(item[0]) and not any(item[0].overlaps(c[0]) for c in chosen):
            chosen.append(item)
    chosen.sort(key=lambda c: c[0].start)
    parts: list[str] = []
    masked, original = [0], [sentence.start]
    length, position = 0, sentence.start
    for number, (span, tag, _) in enumerate(chosen):
        plain = text[position : span.start].replace(_OPEN, " ").replace(_CLOSE, " ")
        holder = f"{_OPEN}{tag}{number}{_CLOSE}"
        parts += [plain, holder]
        masked += [length + len(plain), length + len(plain) + len(holder)]
        original += [span.start, span.end]
        length, position = length + len(plain) + len(holder), span.end
    parts.append(text[position : sentence.end].replace(_OPEN, " ").replace(_CLOSE, " "))
    return Masked("".join(parts), tuple(c[2] for c in chosen), tuple(masked), tuple(original))


@cache
def frame(pattern: str, language: str = "en") -> re.Pattern[str]:
    """A frame of the lexicon as a pattern: `{O}` one placeholder of that kind, `{OS}` a list of them, `{O1}` numbered."""

    def holder(match: re.Match[str]) -> str:
        tag, kind = match[1][0], match[1][1:]
        one = rf"{_OPEN}{tag}\d+{_CLOSE}"
        if kind == "S":
            between = r"(?:\s?\([^()]{0,60}\))?(?:,?\s?(?:and|&|und|or|as well as|along with|plus)?\s(?:the\s)?|[、,，・와과및和与及]\s?)"
            one = rf"{one}(?:{between}{one}){{0,11}}"
            return rf"(?P<{tag}S>{one})"
        return rf"(?P<{match[1]}>{one})" if kind else rf"(?P<{tag}>{one})"

    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        # A kind named twice in one frame is captured as a list in order: P, then P again.
        out = holder(match)
        name = re.search(r"\?P<(\w+)>", out)
        if name and name[1] in seen:
            return out.replace(f"?P<{name[1]}>", f"?P<{name[1]}b>", 1)
        if name:
            seen.add(name[1])
        return out

    escaped = re.sub(r"\{([OHPGTMLDI](?:S|\d)?)\}", lambda m: f"\ue002{m[1]}\ue003", pattern)
    body = re.sub(r"\ue002(\w+)\ue003", once, expand(escaped))
    return re.compile(body if language in CJK else rf"(?<![\w]){body}", re.IGNORECASE)
