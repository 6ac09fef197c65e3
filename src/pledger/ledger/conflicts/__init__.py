"""Checks: each a pure function from the picture to conflicts. A new check is one new file and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pledger.ledger.conflicts.arithmetic import arithmetic
from pledger.ledger.conflicts.conditions import conditions
from pledger.ledger.conflicts.definition import definitions
from pledger.ledger.conflicts.dispute import disputes
from pledger.ledger.conflicts.kinds import kind_disputes
from pledger.ledger.conflicts.meaning import meanings
from pledger.ledger.conflicts.order import orders
from pledger.ledger.conflicts.parties import party_disputes
from pledger.ledger.conflicts.penalties import penalties
from pledger.ledger.conflicts.severity import severity
from pledger.ledger.conflicts.slip import slips
from pledger.ledger.conflicts.stage import stage_disputes
from pledger.ledger.conflicts.sums import sums
from pledger.ledger.conflicts.update import updates
from pledger.ledger.picture import Picture
from pledger.model import Attribute, Conflict, ConflictKind

__all__ = ["CHECKS", "conflicts", "place"]

CHECKS: tuple[Callable[[Picture], list[Conflict]], ...] = (
    slips,
    arithmetic,
    sums,
    stage_disputes,
    kind_disputes,
    disputes,
    orders,
    party_disputes,
    conditions,
    penalties,
    definitions,
    meanings,
    updates,
)


def conflicts(picture: Picture) -> tuple[Conflict, ...]:
    """What every check finds, each real disagreement once; the severest first, then by entity, kind and id."""
    found = {conflict.id: conflict for check in CHECKS for conflict in check(picture)}
    kept = [replace(c, severity=severity(picture, c)) for c in found.values() if not _explained(c, found.values())]
    return tuple(sorted(kept, key=place))


def place(conflict: Conflict) -> tuple[float | str, ...]:
    """Sorts conflicts as they are shown: the severest first, then by entity, kind and attribute."""
    entity = conflict.entity
    return (-conflict.severity, entity.kind, entity.name, conflict.kind, conflict.attribute, conflict.id)


def _explained(dispute: Conflict, found: Iterable[Conflict]) -> bool:
    """Whether a dispute on a share comes from shares that do not add up: without those, one side at most is left."""
    if dispute.kind is not ConflictKind.DISPUTE or dispute.attribute is not Attribute.SHARE:
        return False
    wrong = {
        claim
        for c in found
        if c.kind is ConflictKind.ARITHMETIC and c.attribute is Attribute.SHARE and c.entity.id == dispute.entity.id
        for claim in c.sides[0].claims
    }
    return sum(not set(side.claims) <= wrong for side in dispute.sides) < 2
