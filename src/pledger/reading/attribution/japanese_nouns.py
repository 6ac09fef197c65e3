"""The phrases of Japanese that name a source: where they begin, and whether anybody can be named by them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.reading.attribution.scripts import FILL, alternatives, words

__all__ = ["is_anonymous", "noun", "subjects"]

_PARTICLE = re.compile(r"[はがも](?!の)")
_NOUN = re.compile(rf"[々〆ヵヶ一-鿿ァ-ヺーｦ-ﾟA-Za-zＡ-Ｚａ-ｚÀ-ɏ0-9０-９・＆&.＝=／/\-－‐（）()「」『』{FILL}〇]")
_DATE = re.compile(
    r"(?:(?:同|前|翌)(?:日|月|年)|(?:20\d\d年|\d{1,2}月|\d{1,2}日|(?:今|昨|来|先)(?:年|月|週|春|秋|夏|冬))+)(?:に|の)?(?=[^、])"
)
_LATIN_SPACE = re.compile(r"[A-Za-z0-9.&] [A-Za-z0-9&]")
_GENERIC = re.compile(r"(?:ある|匿名の|複数の|一部の|別の)$")
_LONGEST = 44


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(alternatives("ja", "openers"))


@cache
def _kana() -> re.Pattern[str]:
    return re.compile(alternatives("ja", "kana_names") + "$")


@cache
def _mute() -> re.Pattern[str]:
    return re.compile(alternatives("ja", "mute") + r"(?:（[^（）]{0,80}）)?$")


@cache
def _nameless() -> tuple[re.Pattern[str], re.Pattern[str]]:
    always = re.compile(
        alternatives("ja", "always") + r"(?:ら|たち|の一人|ら\d人|\d人)?(?:（[^（）]{0,80}）)?$|匿名|(?:^|の)ある"
    )
    role = re.compile(
        r"(?:^|[のるたいな系社省庁党行府界部州国所会院側大]|複数|一部|有力|地元|現地|独立|野党|与党|専門|民間)"
        + alternatives("ja", "unless_named")
        + r"(?:ら|たち|の一人)?$"
    )
    return always, role


def noun(sentence: str, end: int, low: int = 0) -> int | None:
    """Where the noun phrase that ends at `end` begins; None where no noun stands there."""
    low = max(low, end - _LONGEST)
    k = end
    while k > low and (
        _NOUN.match(sentence, k - 1)
        or (sentence[k - 1] in "のやと" and _joins(sentence, k - 1, low))
        or (k < end and _LATIN_SPACE.match(sentence, k - 2))
    ):
        k -= 1
    if kana := _kana().search(sentence, max(low, k - 6), k):
        k = kana.start()
    if generic := _GENERIC.search(sentence, max(low, k - 4), k):
        k = generic.start()
    if date := _DATE.match(sentence, k, end):
        k = date.end()
    while k < end and sentence[k] in "のやと・）)」 　":
        k += 1
    return k if k < end else None


def _joins(sentence: str, k: int, low: int) -> bool:
    """Whether a particle at `k` joins two nouns of one phrase."""
    if k <= low or not _NOUN.match(sentence, k - 1) or sentence[k - 1] == "」":
        return False
    return sentence[k] == "の" or (
        sentence[k] == "と" and sentence[k - 1] not in "）)" and not sentence[k - 1].isdigit()
    )


def modified(sentence: str, start: int, low: int) -> int:
    """Where a nameless source begins with the clause that describes it: "a consultant who knows the region"."""
    cut = max(sentence.rfind(mark, low, start) for mark in "、，。") + 1
    first = max(cut, low)
    if opening := _opening().match(sentence, first, start):
        first = opening.end()
    while first < start and sentence[first] in " 　":
        first += 1
    return (
        first
        if 0 < start - first <= 30 and not re.search(r"[はがも](?=.)|について|に対し", sentence[first:start])
        else start
    )


def subjects(sentence: str, low: int, high: int, marks: str = "はがも") -> Iterator[tuple[int, int]]:
    """Phrases marked as topic or subject that may speak, in their order; positions in the sentence."""
    for found in _PARTICLE.finditer(sentence, low, high):
        k = found.start()
        after = sentence[k + 1 : k + 2]
        if (
            sentence[k] not in marks
            or k <= low
            or sentence[k - 1] in "でにとらりばてのへこ"
            or (after == "" and high == len(sentence))
        ):
            continue
        if sentence[k] == "が" and after in "、，" and not _NOUN.match(sentence, k - 1):
            continue
        start = noun(sentence, k, low)
        if start is None or _mute().search(sentence, start, k) or sentence[start:k] in words("ja", "own"):
            continue
        if is_anonymous(sentence[start:k]):
            start = modified(sentence, start, low)
        yield start, k


def is_anonymous(name: str) -> bool:
    """Whether the phrase names nobody in particular: "関係者", "ある大手行の幹部"."""
    if any(word in name for word in words("ja", "spokesmen")) and "関係" not in name:
        return False
    return any(pattern.search(name) for pattern in _nameless())
