"""Checks: each a pure function from the picture to conflicts. A new check is one new file and one line here."""

from __future__ import annotations

from collections.abc import Callable

from pledger.ledger.conflicts.arithmetic import arithmetic
from pledger.ledger.conflicts.conditions import conditions
from pledger.ledger.conflicts.definition import definitions
from pledger.ledger.conflicts.dispute import disputes
from pledger.ledger.conflicts.kinds import kind_disputes
from pledger.ledger.conflicts.parties import party_disputes
from pledger.ledger.conflicts.slip import slips
from pledger.ledger.conflicts.stage import stage_disputes
from pledger.ledger.conflicts.update import updates
from pledger.ledger.picture import Picture
from pledger.model import Conflict

__all__ = ["CHECKS", "conflicts"]

CHECKS: tuple[Callable[[Picture], list[Conflict]], ...] = (
    slips,
    arithmetic,
    stage_disputes,
    kind_disputes,
    disputes,
    party_disputes,
    conditions,
    definitions,
    updates,
)


def conflicts(picture: Picture) -> tuple[Conflict, ...]:
    """What every check finds, each real disagreement once; by entity, kind and id."""
    found = {conflict.id: conflict for check in CHECKS for conflict in check(picture)}
    return tuple(sorted(found.values(), key=lambda c: (c.entity.kind, c.entity.name, c.kind, c.attribute, c.id)))
