"""Batches of projects in a text: "the first projects", "the second wave", "three projects"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Span
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import alternation, compiled
from pledger.reading.placed import Placed, Taken
from pledger.reading.programmes.pledges import Pledges

__all__ = ["tranches"]


@cache
def _patterns(language: str) -> tuple[tuple[int | None, re.Pattern[str], tuple[str, ...]], ...]:
    """Patterns for batches with their number, None for a batch without one; the first that matches has the words.

    Behind each the alternatives that it consists of.
    """
    entry = lexicon("programme")["tranche"]
    out: list[tuple[int | None, re.Pattern[str], tuple[str, ...]]] = []

    def listed(number: int | None, patterns: tuple[str, ...], of: str) -> None:
        out.append((number, compiled(patterns, of), tuple(alternation((one,), of) for one in patterns)))

    if language != "en":
        for number in (1, 2):
            if patterns := tuple(entry.get(f"{language}_{number}", [])):
                listed(number, patterns, language)
    # "The second project" is one of the first batch; the first may be all that there is of it.
    first, later = alternation(entry["nouns"]), alternation([_several(noun) for noun in entry["nouns"]])
    for number, ordinals in entry["ordinals"].items():
        nouns = first if int(number) == 1 else later
        pattern = rf"(?<!\w)(?:the\s)?(?:{'|'.join(ordinals)})\s(?:[\w\-]{{1,15}}\s){{0,2}}?{nouns}"
        out.append((int(number), re.compile(pattern, re.IGNORECASE), (pattern,)))
    listed(None, tuple(entry["group_en"]), "en")
    if language != "en" and (own := tuple(entry.get(f"group_{language}", ()))):
        listed(None, own, language)
    return tuple(out)


def _several(noun: str) -> str:
    return noun.removesuffix("?") if noun.endswith("s?") else noun


_WORDS = Trigger(lambda language: [parts for _, _, parts in _patterns(language)])


def tranches(page: Page, pledged: Pledges) -> Placed[Mention]:
    """The batches named in the sentences of a text, each with the programme that it belongs to."""
    text, sentences, patterns = page.text, page.sentences, _patterns(page.language)
    found: list[tuple[Span, Mention]] = []
    for index in page.where(_WORDS):
        taken, sentence, first = Taken(), sentences[index], len(found)
        for number in page.which(_WORDS, index):
            ordinal, pattern, _ = patterns[number]
            for match in pattern.finditer(text, sentence.start, sentence.end):
                span = Span(*match.span())
                if taken.take(span):
                    programme = pledged.at(sentences, index, span.start)
                    found.append(
                        (span, Mention(EntityKind.TRANCHE, match[0], span, programme=programme, ordinal=ordinal))
                    )
        found[first:] = _numbered(text, found[first:])
    return Placed(found)


_APART = re.compile(
    r"続|次い|次ぐ|除|加え|以外|残|继|繼|之后|之後|除了|其余|其餘|이어|외에|follow|after|besides|other than"
)


def _numbered(text: str, batches: list[tuple[Span, Mention]]) -> list[tuple[Span, Mention]]:
    """The batches of one sentence: a count beside an ordinal ("three projects as the first batch") is that batch."""
    numbers = {mention.ordinal for _, mention in batches} - {None}
    if len(numbers) != 1 or len(batches) < 2:
        return batches
    start, end = min(span.start for span, _ in batches), max(span.end for span, _ in batches)
    if _APART.search(text, start, end):
        return batches
    number = numbers.pop()
    return [(span, replace(mention, ordinal=number)) for span, mention in batches]
