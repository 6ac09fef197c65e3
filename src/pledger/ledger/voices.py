"""A voice: one claim with what the ledger has made of it. The row that figures and checks are made from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pledger.ledger.origins import Root
from pledger.model import Claim, Document, Entity, EntityKind, Modality

__all__ = ["FUNDING", "PLEDGERS", "Voice", "compared"]

PLEDGERS = frozenset({EntityKind.PROGRAMME, EntityKind.PROJECT, EntityKind.TRANCHE})
"""Kinds whose amounts and stages are somebody's pledge, so that two of them can contradict each other."""


FUNDING = ("capital", "bonds")
"""What an institution is given: the amounts of it that two reports can contradict each other on."""


def compared(entity: Entity, qualifier: str = "") -> bool:
    """Whether values of an entity are accounts of one thing: of a pledge, a tariff, or an institution's funding."""
    if entity.kind in PLEDGERS or (entity.kind is EntityKind.MARKET and ("compared", "tariff") in entity.attributes):
        return True
    return entity.kind is EntityKind.ORGANISATION and qualifier.startswith(FUNDING)


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim, where it was read, what it is about, where it comes from and how far that is trusted."""

    claim: Claim
    document: Document
    entity: Entity
    root: Root
    origin: str
    """The origin's name as shown."""
    letter: str
    weight: float
    """Probability that these words of this source are right."""
    digit: int | None = None
    """The credibility that an analyst gave the claim; None where the rule gives it."""

    @property
    def day(self) -> dt.date | None:
        """When it was reported."""
        return self.document.reported_on

    @property
    def denied(self) -> bool:
        """Whether the words say that it is not so."""
        return self.claim.modality is Modality.DENIED

    @property
    def named(self) -> bool:
        """Whether a named source answers for it, not just the outlet that prints it."""
        return self.root.source is not None and not self.root.unnamed_inside
