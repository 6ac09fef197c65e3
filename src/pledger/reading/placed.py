"""Things at their places in a text, asked for by place in logarithmic time: a flood of them stays linear."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from pledger.model import Span

__all__ = ["Marks", "Placed", "Taken"]

T = TypeVar("T", covariant=True)


def _place(pair: tuple[Span, object]) -> tuple[int, int]:
    """Where a pair stands: as spans are ordered, without asking them to compare themselves."""
    span = pair[0]
    return span.start, span.end


class Placed(Generic[T]):
    """Pairs of a span and what stands there, in order of their spans; equal spans keep the order they came in."""

    __slots__ = ("_longest", "_pairs", "_starts")

    def __init__(self, items: Iterable[tuple[Span, T]] = ()) -> None:
        self._pairs = sorted(items, key=_place)
        self._starts = [span.start for span, _ in self._pairs]
        self._longest = max([span.end - span.start for span, _ in self._pairs], default=0)

    def __iter__(self) -> Iterator[tuple[Span, T]]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def starting(self, start: int, end: int) -> list[tuple[Span, T]]:
        """Those whose first character is in `start..end`, the end excluded."""
        return self._pairs[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def inside(self, span: Span) -> list[tuple[Span, T]]:
        """Those that lie wholly in `span`."""
        starts, end = self._starts, span.end
        first, last = bisect_left(starts, span.start), bisect_right(starts, end)
        return [pair for pair in self._pairs[first:last] if pair[0].end <= end] if first < last else []

    def touching(self, span: Span) -> list[tuple[Span, T]]:
        """Those that share a character with `span`."""
        near = self.starting(span.start - self._longest, span.end)
        return [pair for pair in near if pair[0].overlaps(span)]

    def around(self, span: Span, reach: int) -> list[tuple[Span, T]]:
        """Those that come within `reach` characters of `span`, and perhaps some beyond."""
        return self.starting(span.start - reach - self._longest, span.end + reach + 1)

    def last(self, position: int, reach: int | None = None) -> tuple[Span, T] | None:
        """What starts last before `position`, and not more than `reach` characters before it."""
        index = bisect_left(self._starts, position) - 1
        if index < 0 or (reach is not None and self._starts[index] < position - reach):
            return None
        return self._pairs[index]


class Marks:
    """Where a pattern matches in a sentence: spans that do not overlap, as sorted starts and ends."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        found = list(spans)
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def __bool__(self) -> bool:
        return bool(self._starts)

    def left(self, position: int) -> int | None:
        """Where the last one ends that ends at or before `position`."""
        index = bisect_right(self._ends, position) - 1
        return self._ends[index] if index >= 0 else None

    def right(self, position: int) -> int | None:
        """Where the first one starts that starts at or after `position`."""
        index = bisect_left(self._starts, position)
        return self._starts[index] if index < len(self._starts) else None

    def any_within(self, start: int, end: int) -> bool:
        """Whether one lies wholly in `start..end`."""
        index = bisect_left(self._starts, start)
        return index < len(self._ends) and self._ends[index] <= end


class Taken:
    """Spans given away one by one, none of which may overlap another: who comes first has it."""

    __slots__ = ("_spans",)

    def __init__(self) -> None:
        self._spans: list[Span] = []

    def take(self, span: Span) -> bool:
        """Whether `span` is still free; from now on it is not."""
        at = bisect_left(self._spans, span.end, key=lambda taken: taken.start)
        if at > 0 and self._spans[at - 1].end > span.start:
            return False
        self._spans.insert(at, span)
        return True
