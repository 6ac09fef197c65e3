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
    speaks = any(words in part for words in _speaking(language) for part in parts if part)
    found = set()
    for notice in _notices():
        if notice.language not in (language, "en") or notice.kind in found:
            continue
        if (speaks and any(_speaks(notice, part) for part in parts)) or (labels and _labelled(notice, parts)):
            found.add(notice.kind)
    return tuple(sorted(found))


def may_speak(text: str, language: str = "en") -> bool:
    """Whether `text` has any words by which a text speaks of itself: False is certain, True says little."""
    folded = _folded(" ".join(text.split()))
    return any(words in folded for words in _speaking(language))


@cache
def _speaking(language: str) -> tuple[str, ...]:
    """The words of all notices of a language and of English, without those that contain shorter ones of them."""
    said = {words for notice in _notices() if notice.language in (language, "en") for words in notice.itself}
    said |= {words for notice in _notices() if notice.language in (language, "en") for words in notice.whole}
    return tuple(sorted(words for words in said if not any(other in words for other in said if other != words)))


def _folded(text: str) -> str:
    for character, plain in _SAME:
        text = text.replace(character, plain)
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def _speaks(notice: _Notice, text: str) -> bool:
    """Whether a sentence of `text` says of itself what the notice is."""
    if any(whole in text for whole in notice.whole):
        return True
    if not any(itself in text for itself in notice.itself):
        return False
    return any(
        _said_of_itself(notice, text, start) and not _denied(text, end)
        for phrase in notice.made
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


def _labelled(notice: _Notice, parts: list[str]) -> bool:
    """Whether a label fills or opens a line of the head or the foot."""
    lines = [line.strip() for line in parts[0].split("\n") if line.strip()]
    head = lines[:HEAD_LINES]
    foot = [line.strip() for line in parts[-1].split("\n") if line.strip()][-FOOT_LINES:]
    near = head if notice.head_only else head + foot
    if any(line.strip(_WRAPPING) in notice.lines for line in near if len(line) <= LABEL_LENGTH):
        return True
    if not notice.opens:
        return False
    if notice.head_only:
        return any(
            line.startswith(notice.opens) and len(line) <= LABEL_LENGTH and line[-1] not in ".!?" for line in near
        )
    return any(line.lstrip("*_ #>").startswith(notice.opens) for line in near)


@cache
def _before() -> tuple[str, ...]:
    return tuple(lexicon("notices")["negations"]["before"])


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
