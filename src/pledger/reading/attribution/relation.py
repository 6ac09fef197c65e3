"""What passes between the steps that read an attribution; positions are indices of words in one sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from pledger.reading.attribution.frames import Verb

__all__ = ["Cue", "Relation"]

Range = tuple[int, int]


@dataclass(slots=True)
class Cue:
    """A verb that may attribute, before its content is known. Positions are indices of words."""

    verb: Verb
    at: int
    start: int
    end: int
    source: Range | None
    shape: str
    """direct (subject before), inverted (subject after), passive, participle, shared (subject of an earlier verb)."""
    after: int
    """Where what follows cue and source begins."""


@dataclass(slots=True)
class Relation:
    """An attribution in words of one sentence; `contents` may have several parts."""

    cue: Range
    source: Range | None
    contents: list[Range] = field(default_factory=list)
    kind: str = "says"
    via: Range | None = None
    around: bool = False
    """Whether the content stands before the cue, or on both sides of it."""
    extra: bool = False
    """Whether it is found only for the chain, with no content of its own ("citing two officials")."""
