"""Conditions made comparable: the topic, the value, and of a length of time the number, the unit and the weeks.

A condition comes as `topic: value` ('notice period: at least 45 business days'). Two values of a topic are one where
they differ only in a bound before the number ('at least') or in spelling; business days and calendar days are two.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.ledger.names import fold
from pledger.ledger.say import count
from pledger.ledger.voices import Voice
from pledger.model import Text

__all__ = [
    "asks",
    "called",
    "features",
    "grouped",
    "in_words",
    "length",
    "one_order",
    "overtaken",
    "redrawn",
    "rounded",
    "split",
    "steps",
    "topical",
    "weeks",
    "why",
]

_TIME = re.compile(r"(\d{1,4}) ([a-z]{1,20}(?: [a-z]{1,20})?)")


def split(condition: str) -> tuple[str, str]:
    """Topic and value; words without a topic are a topic of their own, with the value that it holds."""
    topic, colon, value = condition.partition(": ")
    return (topic.strip(), value.strip()) if colon and value.strip() else (fold(condition), condition.strip())


def topical(text: str) -> bool:
    """Whether words that tell a kind are a feature of it, `topic: value`: `capacity: 9.2 GW`."""
    topic, colon, _ = text.partition(": ")
    return bool(colon) and bool(_topic(topic.strip()).get("feature"))


def features(topic: str) -> bool:
    """Whether a topic is a feature that reports are held against each other on; how new the money is, is none."""
    return bool(_topic(topic).get("feature")) and bool(_topic(topic).get("why"))


def redrawn(topic: str) -> bool:
    """Whether a later report of another value replaces the earlier: plans are redrawn, capacities are not."""
    return bool(_topic(topic).get("redrawn"))


_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)((?: (?:thousand|million|billion))? .{1,40})")


def rounded(a: str, b: str) -> bool:
    """Whether two quantities of one unit are one, the coarser of them rounded: '9.2 GW' and '9 GW'."""
    one, other = _AMOUNT.fullmatch(a.strip()), _AMOUNT.fullmatch(b.strip())
    if one is None or other is None or one[2] != other[2]:
        return False
    digits = [len(m[1].partition(".")[2]) for m in (one, other)]
    return abs(float(one[1]) - float(other[1])) <= 0.5 * 10.0 ** -min(digits) + 1e-9


def one_order(a: str, b: str) -> bool:
    """Whether two quantities differ by the double at most; True for values that are no quantities of one unit."""
    one, other = _AMOUNT.fullmatch(a.strip()), _AMOUNT.fullmatch(b.strip())
    if one is None or other is None:
        return True
    if one[2] != other[2]:
        return False  # Told in another unit, a size is another's: "3750 MW" beside "9.2 GW".
    x, y = sorted((float(one[1]), float(other[1])))
    return y <= 2 * x


def length(value: str) -> tuple[int, str] | None:
    """Number and unit of a length of time, bounds aside: `(45, 'business days')`; None for other values."""
    match = _TIME.fullmatch(_unbound(value))
    if match is None or match[2] not in lexicon("ledger_conditions")["units"]:
        return None
    return int(match[1]), str(lexicon("ledger_conditions")["units"][match[2]]["called"])


def weeks(value: str) -> float | None:
    """A length of time in weeks: business days come five to a week, days seven; None for other values."""
    told = length(value)
    if told is None:
        return None
    return told[0] / float(lexicon("ledger_conditions")["units"][told[1]]["week"])


def in_words(number_of_weeks: float) -> str:
    """'nine weeks', 'six and a half weeks': to the nearest half."""
    halves = round(2 * number_of_weeks)
    whole = count(halves // 2) if halves >= 2 else ""
    if halves % 2 == 0:
        return f"{whole} week{'s' if halves != 2 else ''}" if halves else "less than a week"
    return f"{whole} and a half weeks" if whole else "half a week"


def grouped(voices: Iterable[Voice]) -> list[tuple[Text, list[Voice]]]:
    """The voices on one topic by what they say, each group with the words that most origins use, the fullest first."""
    by_meaning: dict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        by_meaning[_meaning(_text(voice))].append(voice)
    return [(_usual(its), its) for _, its in sorted(by_meaning.items())]


def steps(topic: str) -> tuple[str, ...]:
    """The values of a topic that follow each other in time, first to last; empty where it has none."""
    return tuple(_topic(topic).get("steps", ()))


def overtaken(groups: Sequence[tuple[Text, Sequence[Voice]]]) -> frozenset[str]:
    """Ids of claims of a step after which a later one is reported on a later day."""
    latest: dict[int, dt.date] = {}
    placed: list[tuple[int, Voice]] = []
    for text, voices in groups:
        topic, value = split(text.text)
        if value in steps(topic):
            place = steps(topic).index(value)
            placed += [(place, v) for v in voices]
            if days := [v.day for v in voices if v.day is not None]:
                latest[place] = max(days)
    return frozenset(
        v.claim.id
        for place, v in placed
        if v.day is not None and any(later > place and day > v.day for later, day in latest.items())
    )


def asks(topic: str) -> str:
    """The question that a topic answers, as a sentence has it."""
    return str(_topic(topic).get("asks", f"the {topic}"))


def why(topic: str) -> str:
    """What hangs on the answer."""
    return str(_topic(topic).get("why", "the terms are told in different ways, and no report explains it"))


def called(condition: str) -> str:
    """A value as an explanation names it, without its topic."""
    topic, value = split(condition)
    return str(_topic(topic).get("words", {}).get(value, value))


def _topic(topic: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = lexicon("ledger_conditions")["topics"].get(topic, {})
    return found


def _text(voice: Voice) -> str:
    value = voice.claim.value
    if not isinstance(value, Text):
        raise TypeError(f"not a condition: {value!r}")
    return value.text


def _meaning(condition: str) -> str:
    value = split(condition)[1]
    told = length(value)
    return f"{told[0]} {told[1]}" if told else fold(_unbound(value))


def _usual(voices: list[Voice]) -> Text:
    origins: dict[str, set[str]] = defaultdict(set)
    for voice in voices:
        origins[_text(voice)].add(voice.root.key)
    return Text(min(origins, key=lambda t: (-len(origins[t]), -len(t), t)))


@cache
def _bounds() -> tuple[str, ...]:
    return tuple(sorted(lexicon("ledger_conditions")["bounds"], key=len, reverse=True))


def _unbound(value: str) -> str:
    words = " ".join(value.casefold().split())
    for bound in _bounds():
        if words.startswith(bound + " "):
            return words[len(bound) + 1 :]
    return words
