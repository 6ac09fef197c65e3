"""The lines of printed pages made into paragraphs: what the margin broke is joined, running heads are left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from pledger.data import lexicon

__all__ = ["Line", "joined"]

FULL_LINE = 0.75
"""Share of the usual length of lines of its size from which a line is taken as broken by the margin, not ended."""
ENDS_SHORT = 0.9
"""The same for a line that ends with a full stop: most paragraphs end before the margin."""
SAME_SIZE = 0.05
"""Relative difference of type size up to which two lines can be of one paragraph; headings differ by 15 % or more."""
MOST_PAGES_SHARE = 0.6
"""Share of the pages on which a first or last line must come back to be a running head."""

_HYPHEN = re.compile(r"([^\W\d_]{1,40})[-‐]\Z")
_DASH = re.compile(r"[^\s\w][-‐–]\Z|\d[-‐–]\Z")
_WORD = re.compile(r"[^\W\d_]{1,40}")
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}-[^\W\d_]{1,40}")
_STOP = re.compile(r"[.!?。！？][\"'”’)\]」』]{0,2}\Z")
_ADDRESS = re.compile(r"https?://\S{3,1000}\Z")
_BULLET = re.compile(r"(?:[•●▪◦‣∙■□◆►▶·–—*-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_NUMBER = re.compile(
    r"(?:[-–—|]\s?)?(?:page|seite|p\.|s\.)?\s?\d{1,4}(?:\s{0,2}(?:/|of|von|／)\s{0,2}\d{1,4})?(?:\s?[-–—|頁页])?",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line and the size of its type in points; an empty text is an empty line."""

    text: str
    size: float = 0.0


def joined(pages: list[list[Line]]) -> str:
    """All pages as paragraphs, one a line, with an empty line between pages that do not run on."""
    running = _running(pages)
    words = _Words(pages)
    whole: list[str] = []  # paragraphs; "" for the empty line between pages
    for page in pages:
        kept = [line for line in page if not _NUMBER.fullmatch(line.text) and _digits_out(line.text) not in running]
        paragraphs = _paragraphs(kept, words)
        if not paragraphs:
            continue
        if whole and not _STOP.search(whole[-1][-3:]) and paragraphs[0][:1].islower():
            whole[-1] = "".join(words.together([whole[-1]], paragraphs[0]))
            del paragraphs[0]
        elif whole:
            whole.append("")
        whole += paragraphs
    return "\n".join(whole)


class _Words:
    """The words of the file, which tell whether a hyphen at a line end belongs to its word; and the joining itself."""

    def __init__(self, pages: list[list[Line]]) -> None:
        lines = [line.text for page in pages for line in page]
        self.whole = {word for line in lines for word in _WORD.findall(line)}
        self.compounds = {word for line in lines for word in _COMPOUND.findall(line)}
        self.keep = frozenset(lexicon("notices")["hyphens"]["keep"])

    def together(self, pieces: list[str], line: str) -> list[str]:
        """The pieces of a paragraph and its next line: a space between, nothing (Japanese), or a word made whole."""
        last = pieces[-1]
        if last.endswith("\xad"):
            pieces[-1] = last[:-1]
        elif _HYPHEN.search(last[-42:]) and _WORD.match(line):
            if not self._keeps_hyphen(last, line):
                pieces[-1] = last[:-1]
        elif not _DASH.search(last[-2:]) and not (_CJK.match(last[-1:]) and _CJK.match(line)):
            pieces.append(" ")
        pieces.append(line)
        return pieces

    def _keeps_hyphen(self, last: str, line: str) -> bool:
        first, second = _HYPHEN.search(last[-42:]), _WORD.match(line)
        if first is None or second is None or second[0][0].isupper() or f"{first[1]}-{second[0]}" in self.compounds:
            return True
        return first[1].lower() in self.keep and first[1] + second[0] not in self.whole


def _running(pages: list[list[Line]]) -> set[str]:
    """First and last lines that come back on most pages, whatever number they carry."""
    if len(pages) < 3:
        return set()
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line.text for line in page if line.text]
        counts.update({_digits_out(line) for line in lines[:2] + lines[-2:]})
    return {line for line, count in counts.items() if count > MOST_PAGES_SHARE * len(pages)}


def _digits_out(line: str) -> str:
    return re.sub(r"\d{1,9}", "0", line)


def _paragraphs(lines: list[Line], words: _Words) -> list[str]:
    usual = _usual_lengths(lines)
    found: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        if not line.text:
            before = None
            continue
        if before is not None and _goes_on(before, line, usual[_size(before)]):
            words.together(found[-1], line.text)
        else:
            found.append([line.text])
        before = line
    return ["".join(pieces) for pieces in found]


def _usual_lengths(lines: list[Line]) -> dict[int, int]:
    """For each size of type the length in characters that nine of ten lines do not pass."""
    lengths: defaultdict[int, list[int]] = defaultdict(list)
    for line in lines:
        if line.text:
            lengths[_size(line)].append(len(line.text))
    return {size: sorted(known)[int(0.9 * (len(known) - 1))] for size, known in lengths.items()}


def _size(line: Line) -> int:
    return round(2 * line.size)


def _goes_on(before: Line, line: Line, usual: int) -> bool:
    """Whether `line` continues the paragraph of the line before it."""
    if _BULLET.match(line.text) or _ADDRESS.search(before.text):
        return False
    if abs(before.size - line.size) > SAME_SIZE * max(before.size, line.size):
        return False
    length = len(before.text)
    if _STOP.search(before.text) and not line.text[0].islower():
        return length >= ENDS_SHORT * usual
    return length >= FULL_LINE * usual or line.text[0].islower()
