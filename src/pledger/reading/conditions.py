"""Conditions in a text: notice periods, approvals still missing or given, what ends a split, what binds and what not.

The value is `topic: what`, such as `notice period: at least 45 business days` or `approval: open`, so that reports
of one topic can be compared. Topics and words are in `data/lexicon/conditions.toml`. What else something hangs on
("subject to a power contract", "if the law is not passed") is told in the text's own words, with `(open)` or `(met)`
behind them where a hurdle is named; the frames are in `data/lexicon/conditions_en.toml` and its sisters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span, Text
from pledger.reading.found import Found
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, LANGUAGES, alternation, any_of, expand, narrowed, of_language

__all__ = ["ConditionFound", "conditions", "conditions_by_sentence", "frames", "frames_by_sentence", "tells_kind"]

_NUMBER = r"(?P<n>\d{1,4}|forty-five|thirty|sixty|ninety)"
_WORDS = {"thirty": "30", "forty-five": "45", "sixty": "60", "ninety": "90"}
_NEAR = 90
"""Characters around a number of days within which words of payment or notice must stand."""
_AROUND = 300
"""Characters before a topic's words, across sentences, in which what they go on about must have been named."""
_BUSINESS = re.compile(
    r"business|working|banking|営業|工作日|工作天|营业日|營業日|영업|geschäfts|bank|werk|arbeits", re.IGNORECASE
)
_AT_LEAST = re.compile(
    r"at least|minimum|no sooner|no earlier|"
    r"少なくとも|最低|以上|至少|不少于|적어도|최소|mindestens|frühestens|が過ぎ|지난",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Topic:
    topic: str
    value: str
    pattern: re.Pattern[str]
    near: re.Pattern[str] | None
    around: re.Pattern[str] | None
    listed: tuple[str, ...]
    """The regular expressions that `pattern` joins."""


@cache
def _topics(language: str) -> tuple[_Topic, ...]:
    out = []
    for entry in lexicon("conditions")["conditions"]:
        patterns = of_language(entry, language)
        if not patterns:
            continue
        ordered = sorted(patterns, key=lambda p: (-len(p), p))
        listed = [expand(p).replace("{n}", _NUMBER, 1) for p in ordered]
        joined = "|".join(listed)
        # The number's name may stand once in a pattern; later alternatives count it without one.
        first, *rest = joined.split("(?P<n>")
        joined = first + "".join(("(?P<n>" if i == 0 else "(?:") + part for i, part in enumerate(rest))
        near = tuple(entry.get(f"near_{language}", ()))
        around = tuple(entry.get(f"around_{language}", ()))
        out.append(
            _Topic(
                entry["topic"],
                entry["value"],
                re.compile(_bounded(joined, language), re.IGNORECASE),
                re.compile(alternation(near, language), re.IGNORECASE) if near else None,
                re.compile(alternation(around, language), re.IGNORECASE) if around else None,
                tuple(_bounded(pattern, language) for pattern in listed),
            )
        )
    return tuple(out)


@cache
def _of_kind() -> frozenset[str]:
    return frozenset(e["topic"] for e in lexicon("conditions")["conditions"] if e.get("attribute") == "kind")


def tells_kind(value: str) -> bool:
    """Whether a `topic: value` says what a project or a pledge is, rather than what it hangs on."""
    return value.partition(":")[0] in _of_kind()


def _bounded(pattern: str, language: str) -> str:
    return f"(?:{pattern})" if language in CJK else rf"(?<!\w)(?:{pattern})(?!\w)"


_TRIGGER = Trigger(lambda language: [topic.listed for topic in _topics(language)])


@dataclass(frozen=True, slots=True)
class ConditionFound:
    """Words that name a condition, and whether they count only beside what money is put into."""

    span: Span
    value: Text
    gated: bool


@dataclass(frozen=True, slots=True)
class _Frame:
    state: str
    gated: bool
    listed: tuple[str, ...]


_NAME = re.compile(r"\{([a-z_]{2,20})\}")
_WORDS_OF_VALUE = 140
"""Characters of the text's own words that a value keeps."""


def _lexicon(language: str) -> Mapping[str, Any]:
    return lexicon(f"conditions_{language}") if language in LANGUAGES else {}


def _filled(patterns: Sequence[str], lists: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_NAME.sub(lambda m: lists.get(m[1], m[0]), p) for p in patterns)


def _lists(language: str) -> dict[str, str]:
    """The lists that the frames of a language may name, each as one group."""
    return {name: f"(?:{'|'.join(listed)})" for name, listed in _lexicon(language).get("nouns", {}).items()}


@cache
def _frames(language: str) -> tuple[_Frame, ...]:
    """The frames of a language in the order in which they are tried."""
    lists = _lists(language)
    made = []
    for entry in _lexicon(language).get("frames", []):
        words = _filled(entry["words"], lists)
        made.append(_Frame(entry.get("state", ""), entry.get("gated", False), words))
    return tuple(made)


_FRAMES = Trigger(
    lambda language: [[alternation((words,), language) for words in frame.listed] for frame in _frames(language)]
)


@cache
def _more(language: str) -> re.Pattern[str]:
    """What opens a second condition right behind a first one ("subject to a permit AND TO a contract")."""
    return re.compile(any_of(_filled(tuple(_lexicon(language).get("more", ())), _lists(language))), re.IGNORECASE)


def frames_by_sentence(page: Page) -> Iterator[tuple[int, list[ConditionFound]]]:
    """The index of each sentence of a page that says what something hangs on, with what it says."""
    for index in page.where(_FRAMES):
        found = _framed(page, index)
        if found:
            yield index, found


def frames(text: str, sentence: Span, language: str = "en") -> list[ConditionFound]:
    """What one sentence says that something hangs on, in the text's own words; frames listed first win."""
    return _framed(Page(text, language, (sentence,)), 0)


def _framed(page: Page, index: int) -> list[ConditionFound]:
    text, sentence, tried = page.text, page.sentences[index], _frames(page.language)
    found: list[ConditionFound] = []
    for number, told in page.matching(_FRAMES, index):
        frame = tried[number]
        for match in narrowed(frame.listed, told, page.language).finditer(text, sentence.start, sentence.end):
            for span in _with_more(text, Span(*match.span()), sentence, page.language):
                if not any(span.overlaps(f.span) for f in found):
                    found.append(ConditionFound(span, Text(_in_words(text, span, frame.state)), frame.gated))
    return sorted(found, key=lambda f: f.span)


def _with_more(text: str, span: Span, sentence: Span, language: str) -> Iterator[Span]:
    """The words of a condition, and of those joined to it."""
    yield span
    more = _more(language).match(text, span.end, sentence.end)
    while more:
        yield Span(*more.span())
        more = _more(language).match(text, more.end(), sentence.end)


def _in_words(text: str, span: Span, state: str) -> str:
    """A condition in the text's own words; a colon would set off a topic."""
    words = " ".join(span.of(text).replace(":", " ").split())[:_WORDS_OF_VALUE]
    return f"{words} ({state})" if state else words


def conditions_by_sentence(page: Page) -> Iterator[tuple[int, list[Found[Text]]]]:
    """The index of each sentence of a page that names conditions, with what it names."""
    for index in page.where(_TRIGGER):
        found = _of_sentence(page, index)
        if found:
            yield index, found


def conditions(text: str, sentence: Span, language: str = "en") -> list[Found[Text]]:
    """The conditions that one sentence names, in order; overlapping ones: the first topic listed wins."""
    return _of_sentence(Page(text, language, (sentence,)), 0)


def _of_sentence(page: Page, index: int) -> list[Found[Text]]:
    text, sentence, topics = page.text, page.sentences[index], _topics(page.language)
    found: list[Found[Text]] = []
    for topic in map(topics.__getitem__, page.which(_TRIGGER, index)):
        for match in topic.pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            if any(span.overlaps(f.span) for f in found):
                continue
            value = _value(topic, text, sentence, span)
            if value is not None:
                found.append(Found(span, Text(f"{topic.topic}: {value}"), match[0]))
    return sorted(found, key=lambda f: f.span)


def _value(topic: _Topic, text: str, sentence: Span, span: Span) -> str | None:
    if topic.around is not None and not topic.around.search(text, max(0, span.start - _AROUND), sentence.end):
        return None
    if topic.near is None:
        return topic.value
    around = text[max(sentence.start, span.start - _NEAR) : min(sentence.end, span.end + _NEAR)]
    words = span.of(text)
    number = re.search(r"\d{1,4}|" + "|".join(_WORDS), words, re.IGNORECASE)
    if number is None or not topic.near.search(around):
        return None
    unit = "business days" if _BUSINESS.search(words) else "days"
    bound = (
        "at least "
        if _AT_LEAST.search(text[max(sentence.start, span.start - 12) : min(sentence.end, span.end + 8)])
        else ""
    )
    return f"{bound}{_WORDS.get(number[0].lower(), number[0])} {unit}"
