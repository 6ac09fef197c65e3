"""Names of organisations in Chinese: by their ends, brackets, quotation marks and what stands before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code
from pledger.reading.names.eastern import ACRONYM, LATIN_NAME, any_word, firm, first_by_place, is_thing, once_more
from pledger.reading.names.name import Name
from pledger.reading.patterns import any_of, last, plain

__all__ = ["chinese"]

_HAN = r"[\u4e00-\u9fffA-Za-z0-9·]"
_QUOTED = re.compile(r"[“\"「『]([^“”「」『』\"\n]{2,24})[”\"」』]")
_SHORTEST = 2
"""Characters that a name has at least beside its end."""


@cache
def _tailed() -> re.Pattern[str]:
    ends = any_word("zh", "tails", "bodies")
    return re.compile(rf"[\u4e00-\u9fffA-Za-z·]{{1,16}}?(?:{ends})(?![\u4e00-\u9fff]{{0,2}}(?:{ends}))")


@cache
def _weak() -> re.Pattern[str]:
    ends, heads = any_word("zh", "weak"), any_word("zh", "heads")
    return re.compile(rf"(?:{heads})(?P<name>[\u4e00-\u9fff]{{2,6}}?(?:{ends}))(?!者|人|额|額|于|於)")


@cache
def _agent() -> re.Pattern[str]:
    """By whom something is done: "由X承建"."""
    return re.compile(rf"由(?P<name>[\u4e00-\u9fff]{{2,6}}?)(?:等|共同|负责|負責)?(?:{any_word('zh', 'done')})")


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(rf"^(?:{any_word('zh', 'nobody')})$|{any_word('zh', 'stops')}")


@cache
def _public() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{any_word('zh', 'public')})")


@cache
def _left() -> re.Pattern[str]:
    """The last word before a name that is none of it."""
    return re.compile(rf"(?:{any_word('zh', 'stops', 'heads')})")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('zh', 'generic')}|[一二三四五六七八九十两兩几幾多数數0-9]{{1,3}})+")


def chinese(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Organisations in a Chinese text, in order and without overlap."""
    found: list[Span] = []
    people: list[Span] = []
    for sentence in sentences:
        at = (sentence.start, sentence.end)
        for span in _bracketed(text, sentence):
            held = last(_person(), text, span.start, span.end)
            if held is None:
                found.append(span)
            elif span.end - held.end() >= _SHORTEST:  # "部长卢特尼克（Howard Lutnick）": who holds the office
                people.append(Span(held.end(), span.end))
        found += [s for m in _tailed().finditer(text, *at) if (s := _trimmed(text, m))]
        found += [Span(*m.span("name")) for m in _weak().finditer(text, *at)]
        found += [Span(*m.span("name")) for m in _agent().finditer(text, *at) if not _nobody().search(m["name"])]
        found += [s for m in _public().finditer(text, *at) if (s := _office(m))]
    names = [firm(text, span) for span in found if country_code(span.of(text)) is None]
    persons = [replace(firm(text, span), kind=EntityKind.PERSON) for span in people]
    return first_by_place([*persons, *names, *once_more(text, names, _short)])


def _cut(words: str) -> int:
    """How many characters of a run stand before the name in it."""
    return max((m.end() for m in _left().finditer(words) if m.end() < len(words)), default=0)


def _trimmed(text: str, match: re.Match[str]) -> Span | None:
    """A run with an end of names, without the words before it; None where what is left names nothing."""
    stem = _end().sub("", match[0], count=1)
    cut = _cut(stem + "。")
    stem = stem[cut:]
    if len(stem) < _SHORTEST or _generic().fullmatch(stem):
        return None
    land = _land().match(stem)
    if (
        land
        and len(stem) - land.end() >= _SHORTEST
        and LATIN_NAME.match(text, match.end())
        and not ACRONYM.match(text, match.end())
    ):
        cut += land.end()
    return Span(match.start() + cut, match.end())


def _office(match: re.Match[str]) -> Span | None:
    """An authority, without the words before it."""
    cut = _cut(match[0])
    words = match[0][cut:]
    if len(words) <= _SHORTEST and not words.endswith("府"):
        return None
    return Span(match.start() + cut, match.end())


def _bracketed(text: str, sentence: Span) -> Iterator[Span]:
    """Names that brackets give another form of."""
    for bracket in LATIN_NAME.finditer(text, sentence.start, sentence.end):
        left = text[max(sentence.start, bracket.start() - 16) : bracket.start()]
        if (quoted := _QUOTED.search(left)) and quoted.end() == len(left):
            yield Span(bracket.start() - len(left) + quoted.start(1), bracket.start() - 1)
            continue
        before = re.search(rf"{_HAN}{{2,16}}$", left)
        if before is None:
            continue
        words = before[0]
        words = words[_cut(words) :]
        if is_thing(bracket[0]):
            continue
        acronym = ACRONYM.fullmatch(bracket[0]) is not None
        if acronym and not _firmlike().search(words):
            continue
        if not acronym and (land := _land().match(words)) and len(words) - land.end() >= 3:
            words = words[land.end() :]
        if len(words) >= _SHORTEST and not _generic().fullmatch(words):
            yield Span(bracket.start() - len(words), bracket.start())


def _short(name: str) -> str | None:
    """A name without its end, by which a text goes on to call it."""
    stem = _any_end().sub("", name, count=1)
    if stem == name or not _SHORTEST <= len(stem) <= 4 or _generic().fullmatch(stem) or country_code(stem) is not None:
        return None
    return None if _land().match(stem) else stem


@cache
def _end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('zh', 'tails', 'bodies')})$")


@cache
def _any_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('zh', 'tails', 'weak')})$")


@cache
def _land() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_word('zh', 'lands')})")


@cache
def _person() -> re.Pattern[str]:
    """An office: who holds it is a person."""
    return re.compile(any_of(plain("names_wider", "things", "offices_zh")))


@cache
def _firmlike() -> re.Pattern[str]:
    """What a name holds that an acronym stands for."""
    return re.compile(rf"{any_word('zh', 'tails', 'bodies', 'weak', 'firmlike')}")
