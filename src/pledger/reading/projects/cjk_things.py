"""Things that are built, in Japanese, Chinese and Korean: a head with the words before it, a name in quotation marks.

There are no capitals, and in two of the three languages no spaces: where a noun phrase begins is told by what cannot
belong to it. Whether a project is meant is told by what stands beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.patterns import any_of, last, plain

__all__ = ["CjkThing", "Named", "is_part", "namings_in", "things_in"]

_REACH = 18
"""Characters left of a head within which its noun phrase begins."""
_PARTS = 45
"""Characters left of a thing within which a list of the parts of a project begins."""


@dataclass(frozen=True, slots=True)
class CjkThing:
    """A noun phrase whose head names something built."""

    span: Span
    head: str
    kind: str | None
    """What its head tells; None for heads that any project may be called by."""
    words: str
    """What stands before the head."""
    definite: bool
    """Whether a word before it points to something known ("同工場", "该项目")."""
    phase: bool = False
    """Whether it is a stage of a project that stands for it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a project, and the thing that it stands in apposition to, where there is one."""

    span: Span
    name: str
    thing: Span | None


@cache
def _kinds(language: str) -> dict[str, str]:
    """The heads that are plain words, with the kind that each tells."""
    table = lexicon("things_cjk")["heads"]
    return {head: kind for kind, entry in table.items() for head in entry.get(language, ())}


@cache
def _heads(language: str) -> re.Pattern[str]:
    generic = plain("things_cjk", "generic", language)
    listed = any_of((*_kinds(language), *generic))
    behind = any_of(plain("things_cjk", "generic", f"not_behind_{language}"))
    before = plain("things_cjk", "generic", f"not_before_{language}")
    barred = "".join(rf"(?<!{word})" for word in before if _fixed(word))
    edge = r"(?![가-힣]{3})" if language == "ko" else ""
    return re.compile(rf"{barred}(?P<head>{listed})(?!{behind}){edge}")


def _fixed(word: str) -> bool:
    """Whether a pattern can stand in a look-behind, which must be of one width."""
    try:
        re.compile(rf"(?<!{word})x")
    except re.error:
        return False
    return True


@cache
def _definite(language: str) -> re.Pattern[str]:
    space = " ?" if language == "ko" else ""
    edge = r"(?<![가-힣])" if language == "ko" else r"(?<![共合大])" if language == "ja" else ""
    return re.compile(rf"{edge}{any_of(plain('things_cjk', 'words', f'definite_{language}'))}{space}$")


@cache
def _phases(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("things_cjk", "words", f"phases_{language}")))


@cache
def _stops(key: str) -> re.Pattern[str]:
    return re.compile(lexicon("things_cjk")["words"][key])


_JA_RUN = re.compile(r"(?:[\u4e00-\u9fff々ァ-ヶーA-Za-z0-9Ａ-Ｚａ-ｚ・／]|（[^（）]{1,12}）){1,18}$")
_ZH_RUN = re.compile(r"(?:[\u4e00-\u9fffA-Za-z0-9]|（[^（）]{1,12}）){1,12}$")
_KO_WORD = re.compile(r"([가-힣A-Za-z0-9·]{1,12}(?:\([^()]{1,8}\))?) ?$")


def _left(text: str, start: int, least: int, language: str) -> int:
    """Where the noun phrase begins whose head stands at `start`."""
    if language == "ja":
        match = _JA_RUN.search(text, max(least, start - _REACH), start)
        return match.start() if match else start
    if language == "zh":
        match = _ZH_RUN.search(text, max(least, start - 12), start)
        if match is None:
            return start
        stop = last(_stops("stops_zh"), text, match.start(), start)
        return stop.end() if stop is not None else match.start()
    begin = start
    for _ in range(3):
        match = _KO_WORD.search(text, max(least, begin - 14), begin)
        if match is None or match.start() == begin or _stops("stops_ko").search(match[1]):
            break
        if begin == start and text[begin - 1] != " " and match.end() == begin:
            begin = match.start()
            continue
        if not match[0].endswith(" "):
            break
        begin = match.start()
    return begin


def things_in(text: str, sentence: Span, language: str) -> list[CjkThing]:
    """The things of one sentence, in order and without overlap."""
    generic = frozenset(plain("things_cjk", "generic", language))
    phases = [Span(*match.span()) for match in _phases(language).finditer(text, sentence.start, sentence.end)]
    found: list[CjkThing] = []
    for match in _heads(language).finditer(text, sentence.start, sentence.end):
        one = _thing(text, sentence, match, generic, language)
        if one.head == "공사" and not one.words and _stops("corporations_ko").search(text):
            continue
        if any(phase.overlaps(one.span) and one.kind is None for phase in phases) or _counted(one, language):
            continue
        if found and one.span.start < found[-1].span.end:
            one = _longer(found.pop(), one, text)
        found.append(one)
    found += [
        CjkThing(span, span.of(text), None, "", definite=True, phase=True)
        for span in phases
        if not any(thing.span.overlaps(span) for thing in found)
    ]
    for match in _purchases(language).finditer(text, sentence.start, sentence.end):
        span = Span(*match.span())
        if not any(thing.span.overlaps(span) for thing in found):
            found.append(CjkThing(span, match[0], "acquisition", "", definite=False))
    return sorted(found, key=lambda thing: thing.span)


def _thing(text: str, sentence: Span, match: re.Match[str], generic: frozenset[str], language: str) -> CjkThing:
    start, head = match.start(), match["head"]
    points = _definite(language).search(text, max(sentence.start, start - 6), start)
    begin = points.start() if points else _left(text, start, sentence.start, language)
    words = "" if points else text[begin:start].strip()
    return CjkThing(Span(begin, match.end()), head, _kind(head, generic, language), words, definite=bool(points))


def _longer(before: CjkThing, one: CjkThing, text: str) -> CjkThing:
    """Two heads of one phrase as one thing: the last is its head, but a general one ("… 공장 사업") tells no kind."""
    span = Span(before.span.start, one.span.end)
    if one.kind is None and before.kind is not None:
        return CjkThing(span, before.head, before.kind, before.words, definite=before.definite)
    words = text[span.start : one.span.end - len(one.head)].strip()
    return CjkThing(span, one.head, one.kind, "" if before.definite else words, definite=before.definite)


def _counted(thing: CjkThing, language: str) -> bool:
    """Whether a general head only counts the members of a batch: "第1号案件", "5개 사업"."""
    return thing.kind is None and _stops(f"ordinals_{language}").search(thing.words) is not None


def is_part(text: str, sentence: Span, thing: CjkThing, language: str) -> bool:
    """Whether a thing belongs to a project as its part: "配套公路", "项目包括一座码头"."""
    if _stops(f"auxiliary_{language}").search(thing.words):
        return True
    parts = _stops(f"parts_{language}").search(text, max(sentence.start, thing.span.start - _PARTS), thing.span.start)
    return parts is not None


@cache
def _purchases(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("things_cjk", "purchase", language)))


def _kind(head: str, generic: frozenset[str], language: str) -> str | None:
    if head in generic:
        return None
    kinds = _kinds(language)
    if head in kinds:
        return kinds[head]
    return _bare_heads(language).get(head)


_AROUND = re.compile(r"\(\?<?[=!][^()]*\)")
"""A look-ahead or look-behind of a head's pattern."""


@cache
def _bare_heads(language: str) -> dict[str, str]:
    """The heads that are patterns, as they stand in a text: without what may not stand around them."""
    return {_AROUND.sub("", pattern): kind for pattern, kind in _kinds(language).items() if "(?" in pattern}


_QUOTED = re.compile(r"(?:[「『“‘]|(?<![가-힣\w.,!?])[\"'])([^「」『』“”‘’\"'《》。，、；？！\n]{2,18})[」』”’\"']")


@cache
def _topics() -> re.Pattern[str]:
    """What behind a name shows that it is something built."""
    return re.compile(any_of(plain("things_cjk", "words", "topics_ja")))


@cache
def _bare(language: str) -> re.Pattern[str] | None:
    """A name without a head, behind what is done there and before what is said of it."""
    if language != "ja":
        return None
    making, topics = (any_of(plain("things_cjk", "words", f"{key}_ja")) for key in ("making", "topics"))
    return re.compile(rf"{making}する(?P<name>[ァ-ヶー・]{{4,16}})(?={topics}|は|が)")


def namings_in(text: str, sentence: Span, things: list[CjkThing], language: str) -> list[Named]:
    """The names of projects that stand in quotation marks beside a thing, and those without a head."""
    out: list[Named] = []
    apposed = re.compile(any_of(plain("things_cjk", "words", f"apposed_{language}")) or "")
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        name = match[1]
        if _stops(f"said_{language}").search(name):
            continue
        for thing in things:
            before = thing.span.end <= match.start() and apposed.fullmatch(text, thing.span.end, match.start())
            behind = match.end() <= thing.span.end and thing.span.start >= match.start() and not thing.phase
            near = behind and thing.span.end - match.end() <= len(thing.head) + 14
            if before or (near and apposed.match(text, match.end(), thing.span.end)):
                out.append(Named(Span(match.start(1), match.end(1)), name, thing.span))
                break
    if language == "ja":
        named = frozenset(one.span for one in out)
        out += [
            Named(span, match[1], None)
            for match in _QUOTED.finditer(text, sentence.start, sentence.end)
            if (span := Span(match.start(1), match.end(1))) not in named
            and _stops("noun_ja").search(text, max(sentence.start, match.start() - 2), match.start())
            and _topics().match(text, match.end(), sentence.end)
            and not _stops("said_ja").search(match[1])
        ]
    bare = _bare(language)
    if bare is not None:
        out += [
            Named(Span(*m.span("name")), m["name"], None) for m in bare.finditer(text, sentence.start, sentence.end)
        ]
    return out
