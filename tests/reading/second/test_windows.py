"""Excerpts: together all of the text, each within its size, whole sentences where that is possible."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.model import Span
from pledger.reading.second.windows import windows


def _sentences(lengths: list[int]) -> list[Span]:
    """Sentences of these lengths, one space between them."""
    spans, at = [], 0
    for length in lengths:
        spans.append(Span(at, at + length))
        at += length + 1
    return spans


def test_a_short_text_is_one_excerpt_from_its_first_character_on() -> None:
    assert windows(50, [Span(3, 20), Span(21, 48)], 100, 10) == [Span(0, 50)]


def test_no_sentences_no_excerpts() -> None:
    assert windows(50, [], 100, 10) == []


def test_excerpts_end_with_sentences_and_repeat_the_last_ones() -> None:
    assert windows(59, _sentences([9] * 6), 29, 10) == [Span(0, 29), Span(20, 49), Span(40, 59)]


def test_a_sentence_longer_than_an_excerpt_is_cut_with_overlap() -> None:
    assert windows(250, [Span(0, 250)], 100, 20) == [Span(0, 100), Span(80, 180), Span(160, 250)]


@pytest.mark.parametrize(("size", "overlap"), [(0, 0), (10, 10), (10, -1)])
def test_an_overlap_as_large_as_the_excerpt_is_wrong_usage(size: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="room"):
        windows(50, [Span(0, 50)], size, overlap)


@given(st.lists(st.integers(1, 60), max_size=40), st.integers(2, 80), st.data())
def test_every_sentence_is_seen(lengths: list[int], size: int, data: st.DataObject) -> None:
    sentences = _sentences(lengths)
    length = sentences[-1].end if sentences else 0
    found = windows(length, sentences, size, data.draw(st.integers(0, size - 1)))
    assert all(0 < window.end - window.start <= size for window in found)
    assert all(one.start < other.start and one.end < other.end for one, other in pairwise(found))
    for sentence in sentences:
        covered = {at for w in found for at in range(max(w.start, sentence.start), min(w.end, sentence.end))}
        assert covered == set(range(sentence.start, sentence.end))
        assert sentence.end - sentence.start > size or any(window.covers(sentence) for window in found)
