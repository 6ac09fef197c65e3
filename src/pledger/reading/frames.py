"""Frames of the lexicons: short patterns that are read on a masked sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.reading.mask import CLOSE, OPEN, Masked
from pledger.reading.patterns import CJK, any_of, expand, plain
from pledger.reading.screen import Screen

__all__ = ["Frames", "frame"]

_HOLDER = re.compile(r"\{([AOHPGTMLDI])(S|\d)?\}")


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
    """The frames of one purpose and language, in order; only those whose words a sentence holds are tried on it."""

    def __init__(self, patterns: tuple[str, ...], language: str) -> None:
        self._frames = [frame(pattern, language) for pattern in patterns]
        self._tags = [frozenset(match[1] for match in _HOLDER.finditer(pattern)) for pattern in patterns]
        self._screen = Screen([pattern] for pattern in patterns)

    def matches(self, masked: Masked[object]) -> Iterator[tuple[int, re.Match[str]]]:
        """Each match with the number of its frame, frame by frame."""
        present = masked.tags()
        if not any(tags <= present for tags in self._tags):
            return
        for number in self._screen.may(masked.text):
            if self._tags[number] <= present:
                for match in self._frames[number].finditer(masked.text):
                    yield number, match
