"""What analysts have judged of names and sightings, in the form in which the resolution asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pledger.ledger.names import fold, person
from pledger.model import EntityKind

__all__ = ["NOTHING", "Judged", "name_key", "pair"]

Pair = tuple[str, str]


def pair(a: str, b: str) -> Pair:
    """Two keys in the order in which they are kept."""
    return (a, b) if a <= b else (b, a)


def name_key(name: str, kind: EntityKind | str) -> str:
    """What a judgement on a name is kept by: the folded name, of people without titles. It survives every rebuild."""
    return person(name)[0] if EntityKind(kind) is EntityKind.PERSON else fold(name)


@dataclass(frozen=True)
class Judged:
    """Pairs that somebody judged, by what is matched: `organisation`, `person` or `project`."""

    same: Mapping[str, frozenset[Pair]] = field(default_factory=dict)
    different: Mapping[str, frozenset[Pair]] = field(default_factory=dict)

    def one(self, kind: str) -> list[Pair]:
        """The pairs of this kind that are one, in a fixed order."""
        return sorted(self.same.get(kind, ()))

    def two(self, kind: str) -> list[Pair]:
        """The pairs of this kind that are two, in a fixed order."""
        return sorted(self.different.get(kind, ()))

    def ties(self, key: str, kind: str) -> Iterable[str]:
        """A key of blocking for each pair that this name or sighting is in."""
        for verdict in (self.same, self.different):
            for a, b in verdict.get(kind, ()):
                if key in (a, b):
                    yield f"judged {kind} {a} | {b}"

    def __bool__(self) -> bool:
        return any(self.same.values()) or any(self.different.values())


NOTHING = Judged()
