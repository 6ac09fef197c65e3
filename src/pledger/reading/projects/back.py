"""Words that point back to a project without naming its kind: "the proposed project", "the Ohio plant"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import Mention, Span
from pledger.reading.placed import Placed

__all__ = ["pointing_back"]

_REACH = 1500
"""Characters, about a screen of text, beyond which "the project" no longer tells which one."""

_POSSESSIVE = re.compile(r"(?:'s|’s)$")


@cache
def _definite() -> re.Pattern[str]:
    heads = lexicon("kinds")["heads"]
    nouns = "|".join(h for h in heads["en"] if h not in heads["vague_en"])
    return re.compile(
        rf"(?<!\w)(?:the|this|that)\s(?P<by>(?:[\w.\-’']{{1,24}}\s){{0,3}}?)(?:{nouns})(?!\w)", re.IGNORECASE
    )


def pointing_back(text: str, sentences: Sequence[Span], projects: Placed[Mention]) -> Placed[Mention]:
    """Words such as "the proposed project" or "the Ohio plant", each with the project that they mean.

    A place or a sponsor between article and noun chooses among the projects of the text; else it is the one spoken of
    last, within a page's reach.
    """
    if not projects:
        return Placed()
    known = _known_by(mention for _, mention in projects)
    out: list[tuple[Span, Mention]] = []
    for sentence in sentences:
        for match in _definite().finditer(text, sentence.start, sentence.end):
            span, by = Span(*match.span()), match["by"].strip()
            if projects.touching(span):
                continue
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
