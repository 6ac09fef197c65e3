"""The words of an explanation: who says which, in plain English that a stranger understands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from pledger.ledger.names import split
from pledger.ledger.say import count, long_day, names
from pledger.ledger.say import value as say
from pledger.ledger.voices import Voice
from pledger.model import Attribute, Conflict, ConflictKind, Entity, Side, Value, stable_id

__all__ = ["apart", "articles", "conflict", "day", "documents", "plural", "point", "who"]

_NOBODY = "unnamed publisher "


def who(voices: Iterable[Voice]) -> str:
    """The origins behind these voices: 'Reuters', 'Reuters and Acme Corp', 'an unnamed outlet and two others'."""
    its = sorted(voices, key=lambda v: (v.letter, v.origin))
    known = list(dict.fromkeys(v.origin for v in its if not v.origin.startswith(_NOBODY)))
    unknown = len({v.origin for v in its if v.origin.startswith(_NOBODY)})
    if unknown:
        known.append(
            "an article of an unnamed outlet" if unknown == 1 else f"articles of {count(unknown)} unnamed outlets"
        )
    return names(known)


def plural(voices: Iterable[Voice]) -> bool:
    """Whether `who` names more than one."""
    return len({v.origin for v in voices}) > 1


def apart(a: Iterable[Voice], b: Iterable[Voice]) -> bool:
    """Whether each has an origin that the other lacks: who gives both values contradicts nobody by either."""
    here, there = {v.root.key for v in a}, {v.root.key for v in b}
    return bool(here - there) and bool(there - here)


def day(voices: Iterable[Voice], which: Callable[[Iterable[dt.date]], dt.date]) -> str:
    """The first (`min`) or last (`max`) day on which they said so: '18 February 2026'."""
    days = [v.day for v in voices if v.day is not None]
    return long_day(which(days)) if days else "an unknown day"


def documents(voices: Iterable[Voice]) -> list[str]:
    """Ids of the documents of these voices."""
    return sorted({v.claim.document for v in voices})


def articles(voices: Sequence[Voice]) -> str:
    """'one article', 'one article (Daily Planet)', 'four articles'."""
    ids = documents(voices)
    if len(ids) != 1:
        return f"{count(len(ids))} articles"
    publisher = voices[0].document.publisher
    return f"one article ({split(publisher)[0]})" if publisher else "one article"


def conflict(
    entity: Entity,
    attribute: Attribute,
    kind: ConflictKind,
    sides: Sequence[Side],
    explanation: str,
    reference: str | None = None,
    values: Sequence[str] | None = None,
) -> Conflict:
    """A conflict with an id that depends on what disagrees with what, not on who says so or when it was read."""
    words = tuple(values if values is not None else (say(side.value) for side in sides))
    identity = stable_id("x", entity.id, attribute, kind, *sorted(words))
    site = "." in explanation.partition(" ")[0].rstrip(".,")  # "acme.org" is written so.
    told = explanation if site else explanation[:1].upper() + explanation[1:]
    return Conflict(identity, entity, attribute, kind, tuple(sides), told, reference, words)


def point(value: Value) -> float | None:
    """The one number that stands for an amount or a share: its middle, or its only end."""
    ends = [e for e in (getattr(value, "low", None), getattr(value, "high", None)) if e is not None]
    return sum(ends) / len(ends) if ends else None
