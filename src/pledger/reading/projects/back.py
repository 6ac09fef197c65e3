"""Words that point back to a project without naming its kind: "the proposed project", "the Ohio plant"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pledger.data import lexicon
from pledger.model import Mention, Span
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import plain
from pledger.reading.placed import Placed

__all__ = ["bodies", "pointing_back"]

_REACH = 1500
"""Characters, about a screen of text, beyond which "the project" no longer tells which one."""

_POSSESSIVE = re.compile(r"(?:'s|’s)$")


_BODY = re.compile(
    r"[A-Z][\w’'\-]{1,30}\s(?P<head>Facility|Works|Project|Plan|Scheme|Development|Investment|Venture|Site)\b"
)
"""Institutions that later may be called by their last word."""


def bodies(text: str) -> dict[str, int]:
    """Where institutions are named first that "the facility" then may mean, by that word."""
    found: dict[str, int] = {}
    for match in _BODY.finditer(text):
        found.setdefault(match["head"].lower(), match.start())
    return found


@cache
def _definite() -> re.Pattern[str]:
    heads = lexicon("kinds")["heads"]
    listed = {*heads["en"], *plain("things", "generic", "en")}
    nouns = "|".join(sorted(listed - set(heads["vague_en"]), key=lambda noun: (-len(noun), noun)))
    return re.compile(
        rf"(?<!\w)(?:the|this|that)\s(?P<by>(?:[\w.\-’']{{1,24}}\s){{0,3}}?)(?P<head>{nouns})(?!\w)", re.IGNORECASE
    )


_WORDS = Trigger(lambda _: [[_definite().pattern]], tried=False)


def pointing_back(page: Page, projects: Placed[Mention]) -> Placed[Mention]:
    """Words such as "the proposed project" or "the Ohio plant", each with the project that they mean.

    A place or a sponsor between article and noun chooses among the projects of the text; else it is the one spoken of
    last, within a page's reach.
    """
    if not projects:
        return Placed()
    text = page.text
    known = _known_by(mention for _, mention in projects)
    named, closing = bodies(text), frozenset(plain("grammar", "closing", "en"))
    out: list[tuple[Span, Mention]] = []
    for sentence in map(page.sentences.__getitem__, page.where(_WORDS)):
        for match in _definite().finditer(text, sentence.start, sentence.end):
            span, by = Span(*match.span()), match["by"].strip()
            if projects.touching(span) or not closing.isdisjoint(by.lower().split()):
                continue
            if named.get(match["head"].lower(), span.end) < span.start:
                continue  # "the facility" that lends
            chosen = known.get(_POSSESSIVE.sub("", by).lower())
            if chosen is None and not any(word[:1].isupper() for word in by.split()):
                before = projects.last(span.start, _REACH)
                chosen = before[1] if before is not None else None
            if chosen is not None:
                out.append((span, chosen))
    return Placed(out)


def _known_by(mentions: Iterable[Mention]) -> dict[str, Mention]:
    """The first mention by each name of its place or sponsor, and by the first or last words of one ("SoftBank")."""
    known: dict[str, Mention] = {}
    for mention in mentions:
        for name in (mention.place, mention.sponsor):
            parts = name.lower().split(" ") if name else []
            for cut in range(len(parts)):
                known.setdefault(" ".join(parts[: cut + 1]), mention)
                known.setdefault(" ".join(parts[cut:]), mention)
    known.pop("", None)
    return known
