"""Names of organisations in Korean: words by their ends, what stands before them, brackets, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code
from pledger.reading.names.brackets import in_brackets
from pledger.reading.names.eastern import first_by_place
from pledger.reading.names.name import Name
from pledger.reading.patterns import plain

__all__ = ["korean"]

_HANGUL = "가-힣"
_WORD = re.compile(rf"[{_HANGUL}A-Za-z0-9&]{{2,24}}")
_BRACKET = re.compile(r"[(（][^()（）\n]{2,60}[)）]")
_MONEY = re.compile(r"[(（](?P<name>[가-힣A-Za-z&]{3,16}), ?[^()（）\n]{0,24}(?:원|달러|엔|유로|위안)[)）]")


@cache
def _any(key: str) -> str:
    return "|".join(sorted(plain("names_wider", "ko", key), key=lambda w: (-len(w), w)))


@cache
def _tailed() -> re.Pattern[str]:
    ends = f"{_any('tails')}|{_any('bodies')}"
    behind = rf"(?=(?:{_any('particles')})?(?![{_HANGUL}A-Za-z0-9]))"
    return re.compile(rf"(?:PT [{_HANGUL}]{{2,10}} )?[{_HANGUL}A-Za-z&]{{1,14}}(?:{ends}){behind}")


@cache
def _public() -> re.Pattern[str]:
    nations = {name for entry in lexicon("countries").values() for name in entry.get("ko", [])}
    nation = "|".join(sorted(nations, key=lambda name: (-len(name), name)))
    behind = rf"(?=(?:{_any('particles')})?(?![{_HANGUL}]))"
    return re.compile(rf"(?<![{_HANGUL}])(?:(?:{nation}|주|미) )?[{_HANGUL}]{{0,8}}?(?:{_any('public')}){behind}")


@cache
def _headed() -> re.Pattern[str]:
    """A word behind a noun for firms: "장비업체 X"."""
    name = rf"(?P<name>(?:PT |[A-Z]{{2,4}} )?[{_HANGUL}A-Za-z]{{3,16}})"
    return re.compile(rf"(?<![{_HANGUL}])[{_HANGUL}]{{0,8}}(?:{_any('heads')})(?:인|의)? {name}")


@cache
def _agent() -> re.Pattern[str]:
    """Who does what firms do: "X가 공급한다"."""
    done = rf"(?:{_any('done')})(?:한다|하고|하며|하기로|할|했|을 맡|를 맡|해)"
    return re.compile(rf"(?<![{_HANGUL}A-Za-z])(?P<name>[{_HANGUL}A-Z][{_HANGUL}A-Za-z]{{2,10}})(?:이|가) {done}")


@cache
def _nobody() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('nobody')})|.*(?:{_any('particles')})")


@cache
def _particle() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('particles')})$")


@cache
def _generic() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('generic')})+")


@cache
def _common() -> re.Pattern[str]:
    """Words that a noun for firms stands before without naming anybody."""
    return re.compile(rf"(?:{_any('no_firm')})[{_HANGUL}]{{0,3}}")


def korean(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Organisations in a Korean text, in order and without overlap."""
    strong: list[Span] = []
    for sentence in sentences:
        at = (sentence.start, sentence.end)
        strong += [Span(*m.span()) for m in _tailed().finditer(text, *at) if _names_something(m[0])]
        strong += [Span(*m.span("name")) for m in _MONEY.finditer(text, *at)]
        strong += list(_bracketed(text, sentence))
        agents = _agent().finditer(text, *at)
        strong += [Span(*m.span("name")) for m in agents if not _nobody().fullmatch(m["name"])]
        for match in _headed().finditer(text, *at):
            word = _particle().sub("", match["name"])
            if len(word) >= 3 and not _common().fullmatch(word) and country_code(word) is None:
                strong.append(Span(match.start("name"), match.start("name") + len(word)))
    offices = [Span(*m.span()) for s in sentences for m in _public().finditer(text, s.start, s.end)]
    names = [_name(text, span) for span in strong if country_code(span.of(text)) is None]
    return first_by_place([*names, *(_name(text, span) for span in offices), *_again(text, names)])


def _name(text: str, span: Span) -> Name:
    words = span.of(text)
    return Name(EntityKind.ORGANISATION, span, words, in_brackets(text, words, span.end))


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any('tails')}|{_any('bodies')})$")


def _names_something(words: str) -> bool:
    stem = _ends().sub("", words)
    if country_code(stem) is not None and len(words) - len(stem) >= 4:
        return True
    return len(stem) >= 1 and not _generic().fullmatch(stem) and (len(stem) > 1 or len(words) > 4)


def _bracketed(text: str, sentence: Span) -> Iterator[Span]:
    """Words that brackets give another form of."""
    for bracket in _BRACKET.finditer(text, sentence.start, sentence.end):
        left = text[max(sentence.start, bracket.start() - 20) : bracket.start()]
        before = re.search(rf"[{_HANGUL}A-Za-z&]{{2,20}}$", left)
        if before is None or before[0].isascii():
            continue
        span = Span(bracket.start() - len(before[0]), bracket.start())
        forms = in_brackets(text, before[0], span.end)
        if forms and (any(not f.isupper() for f in forms) or _ends().search(before[0])):
            yield span


def _again(text: str, names: Sequence[Name]) -> list[Name]:
    """All further occurrences, in full and without the end that a text leaves off."""
    forms = {name.text for name in names}
    for name in names:
        stem = _ends().sub("", name.text)
        told = stem != name.text and len(stem) >= 2 and not _generic().fullmatch(stem) and country_code(stem) is None
        if told and (name.aliases or len(stem) <= 4):
            forms.add(stem)
        if " " in name.text:
            forms.add(name.text.split(" ", 1)[1])
    if not forms:
        return []
    joined = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
    pattern = re.compile(rf"(?<![{_HANGUL}A-Za-z])(?:{joined})(?=(?:{_any('particles')})?(?![{_HANGUL}A-Za-z0-9]))")
    return [_name(text, Span(*m.span())) for m in pattern.finditer(text)]
