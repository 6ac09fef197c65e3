"""Batches of projects in a text: "the first projects", "the second wave", "three projects"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Span
from pledger.reading.patterns import alternation, compiled
from pledger.reading.placed import Placed, Taken
from pledger.reading.programmes.pledges import Pledges

__all__ = ["tranches"]


@cache
def _patterns(language: str) -> tuple[tuple[int | None, re.Pattern[str]], ...]:
    """Patterns for batches with their number, None for a batch without one; the first that matches has the words."""
    entry = lexicon("programme")["tranche"]
    out: list[tuple[int | None, re.Pattern[str]]] = []
    if language != "en":
        for number in (1, 2):
            patterns = tuple(entry.get(f"{language}_{number}", []))
            if patterns:
                out.append((number, compiled(patterns, language)))
    nouns = alternation(entry["nouns"])
    for number, ordinals in entry["ordinals"].items():
        pattern = rf"(?<!\w)(?:the\s)?(?:{'|'.join(ordinals)})\s(?:[\w\-]{{1,15}}\s){{0,2}}?{nouns}"
        out.append((int(number), re.compile(pattern, re.IGNORECASE)))
    out.append((None, compiled(tuple(entry["group_en"]))))
    own = tuple(entry.get(f"group_{language}", ())) if language != "en" else ()
    if own:
        out.append((None, compiled(own, language)))
    return tuple(out)


def tranches(text: str, sentences: Sequence[Span], language: str, pledged: Pledges) -> Placed[Mention]:
    """The batches named in the sentences of a text, each with the programme that it belongs to."""
    found: list[tuple[Span, Mention]] = []
    for index, sentence in enumerate(sentences):
        taken = Taken()
        for ordinal, pattern in _patterns(language):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                span = Span(*match.span())
                if taken.take(span):
                    programme = pledged.at(sentences, index, span.start)
                    found.append(
                        (span, Mention(EntityKind.TRANCHE, match[0], span, programme=programme, ordinal=ordinal))
                    )
    return Placed(found)
