"""What analysts have judged of names and sightings, in the form in which the resolution asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pledger.ledger.groups import Groups
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
        """The keys of blocking that a name or sighting shares with those that were judged with it."""
        return self._ties.get((kind, key), ())

    @cached_property
    def _ties(self) -> dict[tuple[str, str], frozenset[str]]:
        groups = Groups()
        pairs = [(kind, two) for verdict in (self.same, self.different) for kind, its in verdict.items() for two in its]
        for kind, (a, b) in pairs:
            groups.join(f"{kind} {a}", f"{kind} {b}")
        return {
            (kind, key): frozenset({f"judged {groups.find(f'{kind} {key}')}"}) for kind, two in pairs for key in two
        }

    def __bool__(self) -> bool:
        return any(self.same.values()) or any(self.different.values())


NOTHING = Judged()
