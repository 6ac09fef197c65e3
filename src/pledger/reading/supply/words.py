"""Words of a whole: whether it is one of supply, or of demand, and of which year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.patterns import CJK, LANGUAGES, alternation

__all__ = ["demanded", "of_supply", "only_world", "year_near"]

_YEAR = r"(?:19|20)\d{2}"
_TO = r"\s?(?:-|–|—|~|〜|～|to|and|until|bis|und|至|到|から|부터|에서)\s?"
_THING = r"percent|per cent|tonnes|tons|study|report|survey|paper|law|deal|agreement|treaty|war|crisis|election|model"
_YEARS = re.compile(
    rf"(?<![\d.,$€¥£])(?P<from>{_YEAR})(?:年|년)?(?:{_TO}(?P<to>{_YEAR}|\d{{2}})(?:年|년)?)?"
    rf"(?!\d|[.,]\d|%|\s(?:{_THING})(?![\w]))"
)
"""A year, or years from one to another: 2024, 2020-23, 2020 bis 2023, 2020年から2023年; "a 2021 study" gives none."""
_HEAD = 24
"""Characters of a sentence in which a year is one of all of it: "In 2024, China mined"."""
_BREAK = re.compile(r"[,;:()—]|\s[–-]\s")


def _tables(table: str, language: str) -> Iterable[tuple[tuple[str, ...], str]]:
    """The words of a table in a language and in English, which every text may quote."""
    lex = lexicon("supply")[table]
    own = language if language in LANGUAGES else "en"
    return [(tuple(lex[each]), each) for each in dict.fromkeys((own, "en"))]


@cache
def _pattern(table: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(alternation(words, own) for words, own in _tables(table, language)), re.IGNORECASE)


def of_supply(whole: str, language: str, *, made: bool) -> bool:
    """Whether the words for a whole are of supply: by a measure or a material, or by the world where it is `made`."""
    words = whole.replace("’", "'")
    if not words or _pattern("never", language).search(words) or only_world(words, language):
        return False
    tables = ("measures", "materials", *(("world",) if made else ()))
    return any(_pattern(table, language).search(words) for table in tables)


def demanded(whole: str, language: str) -> bool:
    """Whether the words for a whole are of a demand."""
    return _pattern("demand", language).search(whole) is not None


def only_world(whole: str, language: str) -> bool:
    """Whether a whole names the world, or a total, and nothing else: "the global total", 世界."""
    rest = _pattern("world", language).sub(" ", whole.replace("’", "'"))
    rest = _pattern("hollow", language).sub(" ", rest).replace("'s", " ")
    return not re.search(r"\w", rest)


def year_near(text: str, sentence: Span, share: Span, language: str) -> tuple[Span, str] | None:
    """The year (or years) of a share in its sentence: where they stand, and `2024` or `2020-2023`.

    The nearest one that no comma parts from the share, else one at the sentence's head; CJK sets any year off by one.
    """
    best: tuple[int, Span, str] | None = None
    for match in _YEARS.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span())
        gap = text[span.end : share.start] if span.end <= share.start else text[share.end : span.start]
        if language not in CJK and _BREAK.search(gap) and span.start > sentence.start + _HEAD:
            continue
        first, last = match["from"], match["to"] or ""
        last = first[:2] + last if len(last) == 2 else last
        away = max(share.start - span.end, span.start - share.end, 0)
        if best is None or away < best[0]:
            best = (away, span, f"{first}-{last}" if last > first else first)
    return (best[1], best[2]) if best else None
