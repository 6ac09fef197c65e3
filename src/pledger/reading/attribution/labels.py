"""Speeches behind the name of who speaks: "MODERATOR: Will it close?", "A: We have no plans to."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledger.model import Span
from pledger.reading.attribution.frames import group
from pledger.reading.found import FoundAttribution

__all__ = ["labels"]

_LABEL = re.compile(
    r"(?P<name>[A-Z](?:[A-Z.’'-]{0,24}(?:[ ,]{1,2}[A-Z][A-Z.’'-]{0,24}){0,4})"
    r"|[A-Z][\w.’'-]{0,24}(?: [A-Z][\w.’'-]{0,24}){0,3})"
    r"(?P<mark>:)\s{1,3}(?=\S)"
)
_SPOKEN = re.compile(r"\b(?:I|I['’]m|I['’]ve|we|We|you|You|my|My|our|Our|me|us|let['’]s|Let['’]s)\b")


def labels(text: str, spans: Sequence[Span]) -> dict[int, FoundAttribution]:
    """The sentences that a label gives to a speaker, by where they begin.

    The first of a speech has the whole of it as content; those behind it have none. A label counts where its words, or
    those behind another label of the text, are spoken ("I", "we", "you"). Capitals or "Q" and "A" only, or a
    title or role ("Mr. Lee:", "Reporter:"): headings of other kinds end with a colon, too.
    """
    heads: list[tuple[int, re.Match[str]]] = []
    for index, span in enumerate(spans):
        colon = text.find(":", span.start, min(span.end, span.start + 60))
        if colon < 0:
            continue
        label = _LABEL.match(text, span.start, span.end)
        if label is not None and _names(label["name"]):
            heads.append((index, label))
    if not any(_speaks(text, m.end(), m.end() + 400) for _, m in heads):
        return {}  # questions and answers that nobody speaks: they are read like other sentences
    found: dict[int, FoundAttribution] = {}
    for number, (index, label) in enumerate(heads):
        last = index
        stop = heads[number + 1][0] if number + 1 < len(heads) else len(spans)
        while last + 1 < stop and "\n" not in text[spans[last].end : spans[last + 1].start]:
            last += 1
        content = Span(label.end(), spans[last].end)
        if len(heads) < 2 and not _speaks(text, content.start, min(content.end, content.start + 2000)):
            continue
        source = Span(*label.span("name"))
        found[spans[index].start] = FoundAttribution(source, Span(*label.span("mark")), content, (content,))
        for k in range(index + 1, last + 1):
            found[spans[k].start] = FoundAttribution(None, None, None)
    return found


_QUOTED = re.compile(r'["“][^"”]{0,2000}["”]?')


def _speaks(text: str, start: int, end: int) -> bool:
    """Whether words outside quotation marks between `start` and `end` address or name those who talk."""
    return _SPOKEN.search(_QUOTED.sub("", text[start:end])) is not None


def _names(label: str) -> bool:
    """Whether the words before the colon name who speaks."""
    if label in ("Q", "A"):
        return True
    if label.lower() in group("speakers", "headings"):
        return False
    words = label.replace(",", " ").split()
    if (words[0].lower() == "the" and not label.isupper()) or any(
        word.lower() in group("speakers", "headings_any") for word in words
    ):
        return False
    if label.isupper():
        return len(label) > 2 and len(words) < 5 and words[-1].lower() not in group("speakers", "headings")
    roles = group("speakers", "people")
    return words[0] in group("speakers", "titles") or (len(words) < 3 and words[-1].lower() in roles)
