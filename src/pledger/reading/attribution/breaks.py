"""Where a sentence ends behind an abbreviation, and quotation marks of typescript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.model import Span
from pledger.reading.attribution.frames import group

__all__ = ["mended", "pieces", "typeset"]


_NO_PLACES = frozenset(["jr.", "sr.", "inc.", "corp.", "ltd.", "esq."])


def typeset(text: str) -> str:
    """The text with quotation marks for the doubled accents of typescript (``so''), at the same offsets."""
    return text.replace("``", "“ ").replace("''", " ”") if "``" in text else text


@cache
def _ends() -> re.Pattern[str]:
    states = "|".join(
        re.escape(word[:-1].title())
        for word in sorted(group("closed", "places"))
        if word.endswith(".") and word.count(".") == 1 and word not in _NO_PLACES
    )
    return re.compile(
        r"(?:\b(?:Inc|Corp|Co|Cos|Ltd|Bros|Jr|Sr|no|ill|me|art|ore|may|miss|fed)\.|\b(?:U\.S|U\.N|N\.Y|N\.J|D\.C|p\.m|a\.m)\.)"
        r"(?=\s{1,3}(?:[\"“](?=[A-Z])|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.\s|(?:Analysts|Officials|Traders|Dealers|Critics|Investors)\s))"
        rf"|,\s(?:{states})\.(?=\s{{1,3}}[\"“]?[A-Z])"
    )


def pieces(text: str, spans: list[Span]) -> Iterator[Span]:
    """The sentences, cut again where one that ends with an abbreviation was taken together with the next.

    A state behind its town is followed by a comma wherever the sentence goes on ("Toledo, Ohio," "Macon, Ga.,"), a
    company's "Inc." by no title and no quotation; "no." and "ill." at the end are words.
    """
    for span in spans:
        at = span.start
        if text.find(". ", at, span.end - 2) >= 0 or text.find(".\n", at, span.end - 2) >= 0:
            for found in _ends().finditer(text, at, span.end):
                if text.count('"', at, found.end()) % 2 or text.count("“", at, found.end()) > text.count(
                    "”", at, found.end()
                ):
                    continue
                yield Span(at, found.end())
                at = found.end()
                while text[at].isspace():
                    at += 1
        yield Span(at, span.end)


_OPENS = frozenset('“"')


def mended(text: str, spans: list[Span]) -> list[Span]:
    """The pieces with each opening mark at the head of what it opens, and a quotation that a colon announces joined to
    the sentence before it, though it be a paragraph of its own.
    """
    found: list[Span] = []
    for span in spans:
        start = span.start
        if found and text[found[-1].end - 1] in _OPENS and text[found[-1].end - 2 : found[-1].end - 1].isspace():
            last = found[-1]
            end = last.end - 1
            while end > last.start and text[end - 1].isspace():
                end -= 1
            if end > last.start:
                found[-1], start = Span(last.start, end), last.end - 1
        announced = (
            found
            and text[found[-1].end - 1] == ":"
            and text[start] in _OPENS
            and start - found[-1].end < 8
            and span.end - start < 4000
        )
        if announced:
            start = found.pop().start
        found.append(Span(start, span.end))
    return found
