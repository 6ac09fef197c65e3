"""What a text says of itself: made by AI, paid for by somebody, corrected later.

A notice needs the text to speak of itself ("this article was translated by AI"), or a label alone on a line of its head
or foot ("Paid post"). An article *about* such things does neither. The words are in `data/lexicon/notices.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from pledger.data import lexicon

__all__ = ["may_speak", "notices"]

HEAD, FOOT = 3_000, 5_000
"""Characters at the beginning and the end of a text that are searched: notices stand there, and reading stays
linear."""
HEAD_LINES, FOOT_LINES = 12, 12
"""Lines in which a label counts."""
LABEL_LENGTH = 80
"""Longest line, in characters, that can be a label with a name ("Paid post by ...")."""
SENTENCE_REST = 40
"""Characters after a phrase in which a negation at the end of a Japanese, Chinese or Korean sentence is looked for."""

_SENTENCE_END = re.compile(r"[.!?]['\")\]]?\s|[。！？｡\n]")
_WORD = re.compile(r"[\w'’.-]{1,40}")
_WRAPPING = " \t[](){}【】〔〕《》〈〉<>「」*_#>•·|–—-:：.。|"
_SAME = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("‑", "-"), ("–", "-"), ("\xad", ""), ("\u200b", ""))
"""Characters that are compared as others: typographic ones as those of a typewriter, invisible ones as nothing."""


@dataclass(frozen=True, slots=True)
class _Notice:
    """One entry of the lexicon, ready for comparing."""

    kind: str
    language: str
    gap: int
    itself: tuple[str, ...]
    made: tuple[str, ...]
    between: frozenset[str]
    without: tuple[str, ...]
    after: frozenset[str]
    unless: tuple[str, ...]
    whole: tuple[str, ...]
    lines: frozenset[str]
    opens: tuple[str, ...]
    head_only: bool


def notices(text: str, language: str = "en", *, labels: bool = True) -> tuple[str, ...]:
    """The notices of `text`, sorted: `ai-generated`, `correction`, `sponsored`.

    Looks for the notices of `language` and of English, which pages of all languages carry. `labels=False` leaves out
    the labels: for the whole of a web page, where "Sponsored" may stand over somebody else's teaser.
    """
    head, foot = (text, "") if len(text) <= HEAD + FOOT else (text[:HEAD], text[-FOOT:])
    parts = [_folded(part) for part in (head, foot)]
    said = [(part, phrases) for part in parts if (phrases := _said(part, language))]
    lines = _lines(parts) if labels else _NO_LINES
    found = set()
    for notice in _notices_of(language):
        if notice.kind in found:
            continue
        if any(_speaks(notice, part, phrases) for part, phrases in said) or _labelled(notice, lines):
            found.add(notice.kind)
    return tuple(sorted(found))


def may_speak(text: str, language: str = "en") -> bool:
    """Whether `text` has the words of a notice in which it speaks of itself: False is certain, True says little."""
    phrases = _said(_folded(" ".join(text.split())), language)
    return bool(phrases) and any(_may(notice, phrases) for notice in _notices_of(language))


def _said(folded: str, language: str) -> frozenset[str]:
    """Which phrases of the notices of a language and of English stand in a text, found in one pass."""
    screen, phrases = _screen(language if language in _languages() else "en")
    return frozenset(phrases[found[0]] for found in screen.find_matches_as_indexes(folded, overlapping=True))


@cache
def _screen(language: str) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    listed = _notices_of(language)
    phrases = tuple(sorted({words for notice in listed for words in (*notice.itself, *notice.made, *notice.whole)}))
    return ahocorasick_rs.AhoCorasick(phrases, implementation=ahocorasick_rs.Implementation.DFA), phrases


def _folded(text: str) -> str:
    if text.isascii():  # which none of the characters that are compared as others is
        return text.lower()
    for character, plain in _SAME:
        text = text.replace(character, plain)
    return unicodedata.normalize("NFKC", text).casefold()


def _may(notice: _Notice, phrases: frozenset[str]) -> bool:
    """Whether a text with these phrases can be one that says of itself what the notice is."""
    if not phrases.isdisjoint(notice.whole):
        return True
    return not phrases.isdisjoint(notice.itself) and not phrases.isdisjoint(notice.made)


def _speaks(notice: _Notice, text: str, phrases: frozenset[str]) -> bool:
    """Whether a sentence of `text`, which has these phrases, says of itself what the notice is."""
    if not phrases.isdisjoint(notice.whole):
        return True
    if phrases.isdisjoint(notice.itself):
        return False
    return any(
        _said_of_itself(notice, text, start) and not _denied(text, end)
        for phrase in phrases.intersection(notice.made)
        for start, end in _places(phrase, text)
        if (not phrase.endswith("ai") or not notice.after or _may_follow(notice, text, end))
        and not (notice.unless and text[end : end + SENTENCE_REST].lstrip().startswith(notice.unless))
    )


def _places(phrase: str, text: str, most: int = 50) -> Iterator[tuple[int, int]]:
    """Where `phrase` stands in `text` as whole words; at most `most` places."""
    start = text.find(phrase)
    while start >= 0 and most:
        end = start + len(phrase)
        inside = phrase[0].isascii() and phrase[0].isalnum() and start > 0 and _latin(text[start - 1])
        if not inside and not (phrase[-1].isascii() and phrase[-1].isalnum() and end < len(text) and _latin(text[end])):
            yield start, end
        most -= 1
        start = text.find(phrase, end)


def _latin(character: str) -> bool:
    return character.isalnum() and character < "\u0250"


def _said_of_itself(notice: _Notice, text: str, start: int) -> bool:
    window = text[max(0, start - notice.gap - LABEL_LENGTH) : start]
    ends = list(_SENTENCE_END.finditer(window))
    sentence = window[ends[-1].end() :] if ends else window
    for itself in notice.itself:
        at = sentence.rfind(itself)
        if at < 0:
            continue
        if any(f" {word} " in f" {sentence[:at]} " for word in _before()):
            continue
        gap = sentence[at + len(itself) :]
        if len(gap) > notice.gap or any(word in gap for word in notice.without):
            continue
        if not notice.between or all(_allowed(word, notice.between) for word in _WORD.findall(gap)):
            return True
    return False


def _allowed(word: str, allowed: frozenset[str]) -> bool:
    return word.strip("'’.-") in allowed or word.strip(".").isdigit()


def _may_follow(notice: _Notice, text: str, end: int) -> bool:
    rest = text[end : end + 30]
    word = _WORD.match(rest.lstrip(" ")) if rest.startswith(" ") else None
    return word is None or word[0].strip("'’.-") in notice.after


def _denied(text: str, end: int) -> bool:
    rest = text[end : end + SENTENCE_REST]
    stop = _SENTENCE_END.search(rest)
    rest = rest[: stop.start()] if stop else rest
    return any(piece in rest for piece in lexicon("notices")["negations"]["pieces"])


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a text's head and foot in which a label counts."""

    head: tuple[str, ...]
    both: tuple[str, ...]
    head_bare: frozenset[str]
    """Those of the head that are short, without what wraps them."""
    both_bare: frozenset[str]


_NO_LINES = _Lines((), (), frozenset(), frozenset())


def _lines(parts: list[str]) -> _Lines:
    head = tuple(line.strip() for line in parts[0].split("\n") if line.strip())[:HEAD_LINES]
    both = head + tuple(line.strip() for line in parts[-1].split("\n") if line.strip())[-FOOT_LINES:]
    return _Lines(head, both, _bare(head), _bare(both))


def _bare(lines: tuple[str, ...]) -> frozenset[str]:
    return frozenset(line.strip(_WRAPPING) for line in lines if len(line) <= LABEL_LENGTH)


def _labelled(notice: _Notice, lines: _Lines) -> bool:
    """Whether a label fills or opens a line of the head or the foot."""
    if not notice.lines.isdisjoint(lines.head_bare if notice.head_only else lines.both_bare):
        return True
    if not notice.opens:
        return False
    if notice.head_only:
        return any(
            line.startswith(notice.opens) and len(line) <= LABEL_LENGTH and line[-1] not in ".!?" for line in lines.head
        )
    return any(line.lstrip("*_ #>").startswith(notice.opens) for line in lines.both)


@cache
def _before() -> tuple[str, ...]:
    return tuple(lexicon("notices")["negations"]["before"])


@cache
def _languages() -> frozenset[str]:
    return frozenset(notice.language for notice in _notices())


@cache
def _notices_of(language: str) -> tuple[_Notice, ...]:
    """The notices of a language and of English, which pages of all languages carry."""
    return tuple(notice for notice in _notices() if notice.language in (language, "en"))


@cache
def _notices() -> tuple[_Notice, ...]:
    def folded(entry: dict[str, object], key: str) -> tuple[str, ...]:
        words = entry.get(key, [])
        return tuple(_folded(str(word)) for word in words) if isinstance(words, list) else ()

    return tuple(
        _Notice(
            kind=str(entry["kind"]),
            language=str(entry["language"]),
            gap=int(entry.get("gap", 0)),
            itself=folded(entry, "self"),
            made=folded(entry, "made"),
            between=frozenset(folded(entry, "between")),
            without=folded(entry, "without"),
            after=frozenset(folded(entry, "after")),
            unless=folded(entry, "unless"),
            whole=folded(entry, "whole"),
            lines=frozenset(line.strip(_WRAPPING) for line in folded(entry, "lines")),
            opens=folded(entry, "opens"),
            head_only=entry.get("where") == "head",
        )
        for entry in lexicon("notices")["notice"]
    )
