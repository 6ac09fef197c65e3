"""The records of alerts: what a rule found, and where that was told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pledger.model import Attribute, Entity, Value

__all__ = ["Alert", "Condition", "Said"]


class Condition(StrEnum):
    """What a rule waits for."""

    STAGE = "stage"
    """Somebody's stage is another one now."""
    CORROBORATED = "corroborated"
    """So many independent origins say the same for the first time."""
    CONTRADICTED = "contradicted"
    """A contradiction that was none before, or a new side of one."""
    DATE = "date"
    """A day comes near."""
    RANGE = "range"
    """A figure lies outside of what was reported before, or of bounds that the rule sets."""
    AMOUNT = "amount"
    """An amount is another one by more than so much."""
    NEW = "new"
    """A programme, a project, a batch or a party that was not known."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that brought an alert."""

    sentence: str
    origin: str
    grade: str
    """Admiralty grade of the origin."""
    publisher: str | None
    url: str | None
    reported_on: dt.date | None
    document: str
    claim: str


@dataclass(frozen=True, slots=True)
class Alert:
    """What a rule found."""

    id: str
    """Made from the rule, from what became what, and from the claim that brought it: the same fact has the same id."""
    rule: str
    condition: Condition
    entity: Entity
    programme: str | None
    """Key of the programme that it belongs to: `JP>US`."""
    attribute: Attribute | None
    """None where the entity as a whole is new."""
    qualifier: str
    before: Value | None
    after: Value | None
    words: str
    """What has happened, in a few words."""
    about: str
    """Id of the figure or conflict to ask `why`."""
    fact: str
    """What holds now, in short: by it the same fact is known again, whatever else was read meanwhile."""
    claims: tuple[str, ...]
    """Ids of the claims that brought it, or that it rests on, the most trusted first; some of them where there are
    many."""
    brought: bool
    """Whether these claims are new; where they are not, a judgement or a newer Pledger reads them otherwise, or a day
    has come near."""
    evidence: tuple[Said, ...] = ()
    raised_at: dt.datetime | None = None
    """UTC; None until it is raised."""
