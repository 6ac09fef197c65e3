"""Frames of the lexicons: short patterns that are read on a masked sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from pledger.reading.mask import CLOSE, OPEN, Masked, told
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, any_of, expand, plain

__all__ = ["Frames", "frame", "needed", "unmasked"]

_PLACE = re.compile(rf"{OPEN}[A-Z]\\d(?:\+|\{{1,9\}}){CLOSE}")
"""A placeholder in a frame's regular expression."""
_OPENED, _CLOSED = re.compile(r"(?<!\\)\("), re.compile(r"(?<!\\)\)")
_EITHER, _OPTIONAL = re.compile(r"(?<!\\)\|"), re.compile(r"[?*{]")
_HOLDER = re.compile(r"\{([AOHPGTMLDINQ])(S|\d)?\}")


@cache
def _between() -> str:
    """What may stand between the placeholders of a list: another script in brackets, commas, "and the"."""
    latin = any_of((*plain("grammar", "joining", "en"), *plain("grammar", "joining", "de")))
    other = any_of(word for language in CJK for word in plain("grammar", "joining", language))
    return rf"(?:(?:\s?\([^()]{{0,60}}\))?(?:,?\s?(?:{latin})?\s(?:the\s)?|,\s?|{other}\s?))"


@cache
def frame(pattern: str, language: str = "en") -> re.Pattern[str]:
    """A frame as a regular expression: `{O}` is one placeholder of that kind, `{OS}` a list of them, `{O1}` numbered.

    What a placeholder matches is captured under its name; a kind named twice is captured as P, then Pb.
    """
    seen: set[str] = set()

    def holder(match: re.Match[str]) -> str:
        tag, kind = match[1], match[2] or ""
        one = rf"{OPEN}{tag}\d{{1,9}}{CLOSE}"
        if kind == "S":
            one = rf"{one}(?:{_between()}{one}){{0,11}}"
        name = tag + kind
        if name in seen:
            name += "b"
        seen.add(name)
        return rf"(?P<{name}>{one})"

    # Braces are set aside while the lexicon's spaces are written out: a list's own spaces are none of the lexicon's.
    apart = _HOLDER.sub(lambda m: f"\ue002{m[1]}{m[2] or ''}\ue003", pattern)
    body = re.sub(r"\ue002(\w{1,2})\ue003", lambda m: f"{{{m[1]}}}", expand(apart))
    body = _HOLDER.sub(holder, body)
    return re.compile(body if language in CJK else rf"(?<![\w]){body}", re.IGNORECASE)


class Frames:
    """The frames of one purpose, in order; only those whose words and names a sentence holds are tried on it."""

    __slots__ = ("_compiled", "_listed", "_trigger")

    def __init__(self, listed: Callable[[str], tuple[str, ...]]) -> None:
        """`listed` gives the frames of a language."""
        self._listed = listed
        self._compiled: dict[str, tuple[list[re.Pattern[str]], list[frozenset[str]]]] = {}
        self._trigger = Trigger(
            lambda language: [[unmasked(pattern.pattern)] for pattern in self._of(language)[0]], tried=False
        )

    def _of(self, language: str) -> tuple[list[re.Pattern[str]], list[frozenset[str]]]:
        """The frames of a language as regular expressions, and the letters of each one's placeholders."""
        found = self._compiled.get(language)
        if found is None:
            listed = self._listed(language)
            patterns = [frame(pattern, language) for pattern in listed]
            found = patterns, [_tags(pattern) for pattern in listed]
            self._compiled[language] = found
        return found

    def may(self, page: Page, index: int, present: frozenset[str]) -> bool:
        """Whether any frame may fit sentence `index` of a page, of which no more than `present` is masked."""
        if not page.has(self._trigger, index):
            return False
        tags = self._of(page.language)[1]
        return any(tags[number] <= present for number in page.which(self._trigger, index))

    def matches(self, masked: Masked[object], page: Page, index: int) -> Iterator[tuple[int, re.Match[str]]]:
        """Each match with the number of its frame, frame by frame, in sentence `index` of a page as it is masked."""
        if not page.has(self._trigger, index):
            return
        present, (patterns, tags) = masked.tags(), self._of(page.language)
        for number in page.which(self._trigger, index):
            if tags[number] <= present:
                for match in patterns[number].finditer(masked.text):
                    yield number, match


def _tags(pattern: str) -> frozenset[str]:
    """The letters of a frame's placeholders; doubled where two stand outside of brackets, since both must be there."""
    holders = list(_HOLDER.finditer(pattern))
    bare = told(match[1] for match in holders if _depth(pattern[: match.start()]) == 0)
    return bare | frozenset(match[1] for match in holders)


def _depth(before: str) -> int:
    return len(_OPENED.findall(before)) - len(_CLOSED.findall(before))


def needed(pattern: str) -> frozenset[str]:
    """The letters of the placeholders without which a frame, as the lexicon has it, fits no masked sentence."""
    if any(_depth(pattern[: match.start()]) == 0 for match in _EITHER.finditer(pattern)):
        return frozenset()
    holders = (match for match in _HOLDER.finditer(pattern) if not _OPTIONAL.match(pattern, match.end()))
    return told(match[1] for match in holders if _depth(pattern[: match.start()]) == 0)


def unmasked(pattern: str) -> str:
    """A frame's regular expression for a text that is not masked: anything may stand for a placeholder."""
    return _PLACE.sub(".", pattern)
