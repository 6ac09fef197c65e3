"""What the readers of the formats hand to `load`: the words of one article, and what the file says of them."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pledger.model import Problem

__all__ = ["Parsed", "one_line", "quiet", "unexpected", "web_address", "without_broken_characters"]

LONGEST_LINE = 500
"""Longest title or publisher kept, in characters: longer ones are text that strayed into a title field."""
LONGEST_URL = 2_000
"""Longest address kept, in characters; browsers and servers give up near this length."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article as its format gave it; None and empty where the file does not say."""

    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    reported_on: dt.date | None = None
    language: str | None = None
    """ISO 639-1, only where the file itself states it."""
    notices: tuple[str, ...] = ()
    """Notices found outside `text`, for instance in the foot of a web page."""
    own_bytes: bytes | None = None
    """For the items of a feed: what the item's id is made from; None where it is the whole file."""


_BROKEN = re.compile(r"[\x00\ud800-\udfff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f\u200b\u2060\ufeff]+")
_WEB = re.compile(r"https?://[^\s<>\"'\\^`{|}]{3,2000}\Z", re.IGNORECASE)


_NOWHERE = logging.NullHandler()


def without_broken_characters(text: str) -> str:
    """`text` with NULs and lone surrogates replaced by U+FFFD: no database or file can hold them. Offsets stay."""
    return _BROKEN.sub("\ufffd", text)


def one_line(words: object) -> str | None:
    """Words of a title or a name as one trimmed line; None when there are none, or when they are no string."""
    if not isinstance(words, str):
        return None
    line = _SPACES.sub(" ", without_broken_characters(words[: 4 * LONGEST_LINE])).strip()
    if len(line) > LONGEST_LINE:
        line = line[: LONGEST_LINE - 1].rstrip() + "…"
    return line or None


def web_address(words: object) -> str | None:
    """`words` when they are an http or https address, else None (a `javascript:` link must never reach a page)."""
    if not isinstance(words, str):
        return None
    address = words[: LONGEST_URL + 1].strip()
    return address if len(address) <= LONGEST_URL and _WEB.match(address) else None


def unexpected(what: str, where: str, error: BaseException, mend: str) -> Problem:
    """The Problem for an error that a parser is not documented to raise; it names the error, so that it can be
    reported."""
    words = one_line(str(error)) or "no further words"
    return Problem(what, where, f"its parser gave up: {type(error).__name__}: {words[:200]}", mend)


@contextmanager
def quiet(*names: str) -> Iterator[None]:
    """Keep the named loggers of parser libraries from writing on the terminal: what matters becomes a Problem."""
    # not by their levels: setting one makes all loggers of the process forget what they have looked up
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(_NOWHERE)
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.propagate = propagate
            logger.removeHandler(_NOWHERE)
