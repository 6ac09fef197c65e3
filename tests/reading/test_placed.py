"""Things at their places: asking by place gives what going through all of them would give."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from pledger.model import Span
from pledger.reading.placed import Marks, Placed, Taken

SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 40), st.integers(1, 9))
MANY = st.lists(SPANS, max_size=25)


@given(MANY, SPANS)
def test_inside_touching_and_around(spans: list[Span], asked: Span) -> None:
    placed = Placed((span, number) for number, span in enumerate(spans))
    assert len(placed) == len(spans)
    assert [s for s, _ in placed.inside(asked)] == sorted(s for s in spans if asked.covers(s))
    assert [s for s, _ in placed.touching(asked)] == sorted(s for s in spans if asked.overlaps(s))
    near = [s for s in spans if max(s.start - asked.end, asked.start - s.end, 0) <= 5]
    assert set(near) <= {s for s, _ in placed.around(asked, 5)}


@given(MANY, st.integers(0, 50), st.none() | st.integers(0, 20))
def test_the_last_before_a_place(spans: list[Span], position: int, reach: int | None) -> None:
    before = [s for s in spans if s.start < position and (reach is None or s.start >= position - reach)]
    found = Placed((span, None) for span in spans).last(position, reach)
    assert (found[0] if found else None) == max(before, default=None)


@given(st.text("ab ", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_marks_of_a_pattern(text: str, start: int, end: int) -> None:
    spans = [m.span() for m in re.finditer("a+", text)]
    marks = Marks(spans)
    assert bool(marks) is bool(spans)
    assert marks.left(start) == max((e for _, e in spans if e <= start), default=None)
    assert marks.right(start) == min((s for s, _ in spans if s >= start), default=None)
    assert marks.any_within(start, end) is any(start <= s and e <= end for s, e in spans)


@given(MANY)
def test_what_is_taken_is_not_taken_twice(spans: list[Span]) -> None:
    taken, kept = Taken(), list[Span]()
    for span in spans:
        free = not any(span.overlaps(other) for other in kept)
        assert taken.take(span) is free
        kept += [span] * free
