"""A long text cut into excerpts that overlap, at the ends of sentences where there are any."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.model import Span

__all__ = ["windows"]


def windows(length: int, sentences: Sequence[Span], size: int, overlap: int) -> list[Span]:
    """Spans of at most `size` characters that together cover all sentences of a text of `length` characters.

    Each starts and ends with a sentence and repeats up to `overlap` characters of the one before, so that a sentence
    is seen with what stands before it. A sentence longer than `size` is cut, each piece repeating `overlap` characters.
    """
    if size < 1 or not 0 <= overlap < size:
        raise ValueError("an excerpt needs room for more than what it repeats")
    if not sentences:
        return []
    if sentences[-1].end <= size:
        return [Span(0, min(length, size))]
    out: list[Span] = []
    first = 0
    while first < len(sentences):
        start, last = sentences[first].start, first
        if sentences[first].end - start > size:
            out += _cut(sentences[first], size, overlap)
            first += 1
            continue
        while last + 1 < len(sentences) and sentences[last + 1].end - start <= size:
            last += 1
        out.append(Span(start, sentences[last].end))
        if last + 1 == len(sentences):
            break
        first = _back(sentences, first, last, size, overlap)
    return out


def _back(sentences: Sequence[Span], first: int, last: int, size: int, overlap: int) -> int:
    """The sentence that the next excerpt starts with: as far back as the overlap reaches and one more still fits."""
    end, following = sentences[last].end, sentences[last + 1].end
    start = last + 1
    while start - 1 > first and end - sentences[start - 1].start <= overlap:
        if following - sentences[start - 1].start > size:
            break
        start -= 1
    return start


def _cut(sentence: Span, size: int, overlap: int) -> list[Span]:
    step = size - overlap
    starts = range(sentence.start, max(sentence.start + 1, sentence.end - overlap), step)
    return [Span(start, min(sentence.end, start + size)) for start in starts]
