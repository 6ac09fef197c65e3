"""Names of organisations in Japanese: by their ends, their legal forms, brackets and what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pledger.model import Span
from pledger.reading.countries import country_code
from pledger.reading.names.eastern import (
    ACRONYM,
    KANJI,
    KATAKANA,
    LATIN_NAME,
    any_word,
    firm,
    first_by_place,
    is_thing,
    once_more,
)
from pledger.reading.names.name import Name

__all__ = ["japanese"]

_RUN = rf"[{KATAKANA}{KANJI}A-Za-z0-9Ａ-Ｚａ-ｚ０-９&＆]"
_LAND = re.compile(rf"[米英独仏豪韓中印加伊露台](?=[{KATAKANA}]{{3}})")
"""A country in one character, before a name in katakana."""
_NUMBER = re.compile(r"[0-9０-９]{1,9}.?")
_SHORTEST = 2
"""Characters that a name has at least beside its end."""


@cache
def _tailed() -> re.Pattern[str]:
    ends = any_word("ja", "tails", "bodies")
    return re.compile(rf"{_RUN}{{1,20}}?(?:{ends})(?!{_RUN})")


@cache
def _legal() -> re.Pattern[str]:
    forms = any_word("ja", "legal")
    begin = rf"(?<![ぁ-ん{KATAKANA}{KANJI}])[ぁ-ん]{{1,6}}{_RUN}{{1,14}}|{_RUN}{{2,20}}"
    return re.compile(rf"(?:{forms}){_RUN}{{2,20}}|(?:{begin})(?:{forms})")


@cache
def _public() -> re.Pattern[str]:
    return re.compile(rf"[{KATAKANA}{KANJI}]{{1,12}}?(?:{any_word('ja', 'public')})(?!{_RUN})")


@cache
def _head() -> re.Pattern[str]:
    """A run behind a noun for firms: "造船大手のX"."""
    mixed = rf"[{KANJI}A-Za-z]{{0,6}}[{KATAKANA}A-Za-z][{KATAKANA}{KANJI}A-Za-z&＆]{{2,20}}"
    kanji = rf"[{KANJI}]{{2,8}}(?=（|は|が|と|や|など|、|に|を)"
    return re.compile(rf"(?:{any_word('ja', 'heads')})(?:である|の|、)(?P<name>{mixed}|{kanji})")


@cache
def _mixed() -> re.Pattern[str]:
    """A run of kanji and katakana that is what a sentence is about: "東亜フィルムは"."""
    return re.compile(rf"(?<!{_RUN})[{KANJI}]{{2,4}}[{KATAKANA}]{{2,12}}(?=は|が|と[^い]|、)")


@cache
def _seated() -> re.Pattern[str]:
    """A run behind which brackets tell where it sits: "東亜電材（愛媛県新居浜市）"."""
    cities = "東京|大阪|名古屋|横浜|神戸|京都|福岡|札幌|仙台|広島"
    seat = rf"(?:{cities}|[{KANJI}]{{2,4}}[都道府県])[{KANJI}ぁ-ん{KATAKANA}]{{0,12}}"
    return re.compile(rf"(?<!{_RUN})(?P<name>{_RUN}{{3,16}})(?=（(?:本社[・＝、]?)?{seat}）)")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('ja', 'generic')})")


@cache
def _common() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('ja', 'common')})")


@cache
def _firmlike() -> re.Pattern[str]:
    """What a name holds that an acronym stands for."""
    return re.compile(rf"{any_word('ja', 'firmlike')}|[ァ-ヴー・]{{3}}")


@cache
def _end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('ja', 'tails', 'bodies')})$")


@cache
def _describing() -> re.Pattern[str]:
    """What ends words that only describe a firm, before its name."""
    return re.compile(any_word("ja", "describing"))


@cache
def _opening() -> re.Pattern[str]:
    """What opens words that are no name."""
    return re.compile(rf"(?:{any_word('ja', 'opening')})")


@cache
def _no_firm() -> re.Pattern[str]:
    return re.compile(any_word("ja", "no_firm"))


def japanese(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Organisations in a Japanese text, in order and without overlap."""
    found: list[Span] = []
    for sentence in sentences:
        at = (sentence.start, sentence.end)
        found += [Span(*m.span()) for m in _legal().finditer(text, *at)]
        found += [s for m in _tailed().finditer(text, *at) if (s := _trimmed(m))]
        found += [Span(*m.span("name")) for m in _head().finditer(text, *at) if not _plain(m["name"])]
        found += [Span(*m.span()) for m in _mixed().finditer(text, *at) if not _mixture(m[0])]
        found += list(_bracketed(text, sentence))
        found += [Span(*m.span("name")) for m in _seated().finditer(text, *at) if not _plain(m["name"])]
        found += [Span(*m.span()) for m in _public().finditer(text, *at) if len(m[0]) > _SHORTEST - (m[0] == "政府")]
    names = [firm(text, span) for span in found if country_code(span.of(text)) is None]
    again = once_more(text, names, _short, rf"(?<![{KATAKANA}]){{}}(?![{KATAKANA}])")
    return first_by_place([*names, *again])


def _trimmed(match: re.Match[str]) -> Span | None:
    """A run with an end of names, without the nouns before it; None where what is left names nothing."""
    # "電力大手中央電力": what ends a description ends before the name.
    cut = max((m.end() for m in _describing().finditer(match[0])), default=0)
    if _LAND.match(match[0], cut):
        cut += 1
    words, start = match[0][cut:], match.start() + cut
    stem = _end().sub("", words, count=1)
    if len(stem) < _SHORTEST - (stem.isascii()) or _generic().fullmatch(stem) or _common().fullmatch(stem):
        return None
    if _NUMBER.fullmatch(stem) or (country_code(stem) is not None and len(words) < 4):
        return None
    if _common().fullmatch(words) or _opening().match(stem):
        return None
    return Span(start, start + len(words))


def _plain(words: str) -> bool:
    return _common().fullmatch(words) is not None or len(words) < _SHORTEST or country_code(words) is not None


def _mixture(words: str) -> bool:
    """Whether a mixed run is words that everybody uses: "海底ケーブル"."""
    kana = re.sub(rf"^[{KANJI}]+", "", words)
    return _common().search(kana) is not None or len(kana) < 3 or _opening().match(words) is not None


def _bracketed(text: str, sentence: Span) -> Iterator[Span]:
    """Names that brackets give another form of."""
    for pattern in (LATIN_NAME, ACRONYM):
        for bracket in pattern.finditer(text, sentence.start, sentence.end):
            before = re.search(rf"{_RUN}{{2,24}}$", text[max(sentence.start, bracket.start() - 24) : bracket.start()])
            if before is None or is_thing(bracket[0]):
                continue
            words = before[0]
            told = _firmlike().search(words) and not _common().search(words) and not _no_firm().search(words)
            if ACRONYM.fullmatch(bracket[0]) and not told:
                continue
            ends = [m.end() for m in _describing().finditer(words) if len(words) - m.end() > _SHORTEST]
            cut = max(ends, default=0)
            words = words[cut:]
            if not _common().fullmatch(words):
                yield Span(bracket.start() - len(words), bracket.start())


def _short(name: str) -> str | None:
    """The first part of a name by which a text goes on to call it."""
    first = re.split(r"[・＝]", name)[0]
    return first if first != name and len(first) >= 3 and not _common().fullmatch(first) else None
