"""The ways from a holding to programmes, with the projects and roles on them and the sentences behind those."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pledger.exposure.portfolio.words.matches import Step, Sure
from pledger.model import Qualifier, Stage, Standing
from pledger.vehicle.words import Source

__all__ = ["Amount", "Path", "Project", "Role", "Said", "Told"]


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence behind a step of a path."""

    figure: str
    claim: str
    sentence: str
    publisher: str
    title: str
    reported_on: dt.date | None
    where: str
    """Address, or path of the document."""
    document: str


@dataclass(frozen=True, slots=True)
class Amount:
    """What a project costs by all reports on it, in units of `currency`."""

    low: float | None
    high: float | None
    """Over every side that still stands; an open end is None."""
    currency: str
    qualifier: Qualifier
    """Of the value that holds."""
    standing: Standing
    figure: str
    value: tuple[float | None, float | None]
    """The value that holds, low and high."""


@dataclass(frozen=True, slots=True)
class Project:
    """A project, as far as a path needs it."""

    id: str
    name: str
    programme: str
    """Key of its programme, `JP>US`; empty where no report says."""
    sector: str
    """Key of `data/sectors.yaml`."""
    place: str
    amount: Amount | None
    stage: Stage | None
    stage_figure: str | None
    chance: float
    """Probability of being funded and built, by its stage (`vehicle/planning/realisation`)."""
    chance_sources: tuple[Source, ...]
    said: tuple[Said, ...] = ()
    """Sentences behind amount and stage."""

    @property
    def expected(self) -> tuple[float, float] | None:
        """The amount's range times the chance; an open lower end counts as nothing, an open upper one as the lower."""
        if self.amount is None:
            return None
        low = self.amount.low or 0.0
        high = self.amount.high if self.amount.high is not None else low
        return self.chance * low, self.chance * high


@dataclass(frozen=True, slots=True)
class Role:
    """An organisation's role in a project, a batch of projects or a programme."""

    organisation: str
    """Id."""
    name: str
    role: str
    subject: str
    """Id of the project, batch or programme."""
    subject_name: str
    subject_kind: str
    programme: str
    standing: Standing
    support: float
    """Probability that a report in these words is right: the weight of the figure's heaviest side."""
    figure: str
    said: tuple[Said, ...] = ()


class Told(StrEnum):
    """What kind of path leads from a holding to a programme."""

    ROLE = "role"
    SECTOR = "sector"
    COMMODITY = "commodity"


@dataclass(frozen=True, slots=True)
class Path:
    """One way from a holding to a programme."""

    row: int
    kind: Told
    through: tuple[Step, ...]
    """Ownership on the way, none where the holding is the party."""
    organisation: str
    """Name of the party; empty for sectors."""
    role: Role | None
    project: Project | None
    programme: str
    programme_name: str
    sector: str
    commodity: str
    """Name of the commodity, for paths of that kind."""
    sure: Sure
    share: tuple[float | None, float | None] | None
    """What the holding's company owns of the party, along all steps; None where it is the party."""
    told: str
    """The whole path in words."""
    projects: tuple[str, ...] = ()
    """Ids of the projects that it leads to: that of a role, or all of a sector in the programme."""
