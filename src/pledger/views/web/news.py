"""What some claims brought to a ledger: what has changed by them, and what they contradict.

What they contradict is asked of the figures that the claims stand behind, however large the ledger is. All changes are
told where the ledger is small enough to compare what it held before with what it holds now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pledger.ledger import Change, Ledger
from pledger.model import Conflict, ConflictKind, Figure, Side

__all__ = ["Held", "News", "held", "news"]

Held: TypeAlias = tuple[Sequence[Figure], Sequence[Conflict]]
_COMPARED = 20_000
"""Figures up to which all that a ledger holds is compared with what it held before."""
_ASKED = 1_000
"""Claims whose figures are looked for."""


@dataclass(frozen=True, slots=True)
class News:
    """What some claims brought."""

    figures: tuple[Figure, ...]
    """That the claims stand behind, as they are now."""
    conflicts: tuple[Conflict, ...]
    """With a side that rests on the claims, the severest first; without updates, which are no errors."""
    claims: frozenset[str]
    changes: tuple[Change, ...] | None
    """The weightiest first; None where the ledger is too large to compare."""

    @property
    def contradicted(self) -> tuple[Conflict, ...]:
        """Conflicts with a side that nobody had taken before."""
        return tuple(c for c in self.conflicts if any(self.fresh(side) for side in c.sides))

    @property
    def joined(self) -> tuple[Conflict, ...]:
        """Conflicts that were known, on a side of which the claims are now, too."""
        return tuple(c for c in self.conflicts if not any(self.fresh(side) for side in c.sides))

    def fresh(self, side: Side) -> bool:
        """Whether the side rests on the claims and on nothing else."""
        return bool(side.claims) and self.claims.issuperset(side.claims)


def held(ledger: Ledger) -> Held | None:
    """What the ledger holds now, to compare with later; None where it is too large for that."""
    if ledger.counts().figures > _COMPARED:
        return None
    return ledger.figures(), ledger.conflicts()


def news(ledger: Ledger, before: Held | None, claims: Sequence[str]) -> News:
    """What these claims brought, which the ledger did not have `before`."""
    new = frozenset(claims)
    with ledger.snapshot():
        figures: dict[str, Figure] = {}
        placed: set[str] = set()
        for claim in claims[:_ASKED]:
            if claim in placed or (why := ledger.why(claim)) is None:
                continue
            figures[why.figure.id] = why.figure
            placed.update(c for side in why.figure.sides for c in side.claims)
        entities = dict.fromkeys(figure.entity.id for figure in figures.values())
        conflicts = [
            conflict
            for entity in entities
            for conflict in ledger.conflicts(entity=entity)
            if conflict.kind is not ConflictKind.UPDATE and any(not new.isdisjoint(s.claims) for s in conflict.sides)
        ]
        changes = None if before is None else ledger.changed(before)
    return News(
        tuple(figures.values()),
        tuple(sorted(conflicts, key=lambda c: (-c.severity, c.entity.name, c.id))),
        new,
        None if changes is None else tuple(c for c in changes if not c.claims or not new.isdisjoint(c.claims)),
    )
