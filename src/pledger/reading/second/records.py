"""What a second reading gives, and the limits that it keeps to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pledger.model import Claim, Problem

__all__ = ["Limits", "Reason", "Refusal", "SecondReading", "Tally", "excerpt", "tally"]

_EXCERPT = 120
"""Most characters of an item that are shown."""


class Reason(StrEnum):
    """Why something that the model returned does not count."""

    ANSWER = "the answer is not the JSON that was asked for"
    CUT = "the answer breaks off"
    SHAPE = "a field is missing, of the wrong type or too long"
    ATTRIBUTE = "no such attribute"
    QUOTE = "the quoted words are not in the text"
    PLACE = "the quoted words are not at the place named"
    AMBIGUOUS = "the quoted words stand there more than once"
    VALUE = "the value does not parse back from the quoted words"
    SUBJECT = "the subject is no mention in the text"
    FAR = "the subject is not named near the value"
    OVERRULED = "the words themselves tie the value to another subject"
    CONTRARY = "the same words are tied to several subjects"
    SOURCE = "the source is not named in the text"
    REPEATED = "the same was said before"
    TOO_MANY = "more items than are looked at"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something that was dropped, and why."""

    reason: Reason
    excerpt: str
    """What it was, in one line of at most 120 printable characters."""
    count: int = 1
    """How many items it stands for."""


@dataclass(frozen=True, slots=True)
class SecondReading:
    """What the second reader adds to the first one's claims of a document."""

    claims: tuple[Claim, ...]
    """New ones only, in order of their words, each grounded in the text as the first reader's are."""
    admitted: int
    """Items that stood every check: those behind `claims`, and `known`."""
    refused: tuple[Refusal, ...]
    known: int = 0
    """Items that say what a claim of the first reader says already; they add nothing."""
    problems: tuple[Problem, ...] = ()
    """What kept the second reader from reading all of the document."""
    reader: str = ""
    """Who the second reader was, such as `llm:MODEL`: all `claims` are its own."""
    asked: int = 0
    """How many excerpts were sent."""
    heard: bool = True
    """Whether every excerpt that was to be sent was answered."""

    @property
    def dropped(self) -> int:
        """How many items were refused."""
        return sum(refusal.count for refusal in self.refused)

    def by_reason(self) -> tuple[tuple[Reason, int], ...]:
        """How many items were refused for each reason, most first."""
        return _counted(self.refused)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the second reader brought over a whole run."""

    asked: int
    """Excerpts sent."""
    new: int
    """Claims that the first reader did not have."""
    known: int
    """Items that said what it had."""
    dropped: tuple[tuple[Reason, int], ...]
    """How many items were refused for each reason, most first."""
    unheard: int = 0
    """Documents for which the endpoint gave no answer, or not to all excerpts."""


def tally(readings: Iterable[SecondReading]) -> Tally:
    """All second readings of a run counted together."""
    asked = new = known = unheard = 0
    refused: list[Refusal] = []
    for reading in readings:
        asked += reading.asked
        new += len(reading.claims)
        known += reading.known
        unheard += not reading.heard
        refused += reading.refused
    return Tally(asked, new, known, _counted(refused), unheard)


def _counted(refused: Iterable[Refusal]) -> tuple[tuple[Reason, int], ...]:
    counts: Counter[Reason] = Counter()
    for refusal in refused:
        counts[refusal.reason] += refusal.count
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the second reader may take, so that no endpoint can hold a run up."""

    seconds: float = 120.0
    """For one request, from the first byte sent to the last one read."""
    seconds_a_document: float = 600.0
    """For all requests of a document, waiting included."""
    tries: int = 4
    """How often one request is sent, where the endpoint is busy or breaks off."""
    wait: float = 1.0
    """Seconds before the second try; twice as long before each further one."""
    longest_wait: float = 30.0
    """Seconds that an endpoint may ask us to wait before a try."""
    answer_bytes: int = 1_000_000
    """Of one answer; what is longer is not read on."""
    items: int = 400
    """Of one answer that are looked at."""
    window: int = 6_000
    """Characters of an excerpt."""
    overlap: int = 800
    """Characters, at most, that an excerpt repeats of the one before."""
    windows: int = 40
    """Excerpts of one document."""
    failures: int = 3
    """Documents in a row that may fail by the endpoint before it is not asked any more."""


def excerpt(words: Iterable[str] | str) -> str:
    """One line of printable characters, for a person to see what was refused."""
    shown = words if isinstance(words, str) else " · ".join(words)
    shown = "".join(c if c.isprintable() else " " for c in shown[: 4 * _EXCERPT])
    shown = " ".join(shown.split())
    return shown if len(shown) <= _EXCERPT else shown[: _EXCERPT - 1] + "…"
