"""The words of a portfolio: holdings, whom they are matched to, the paths that lead to programmes; frozen records.

Weights are fractions of the portfolio (0.05 is 5 %), values amounts of money in the row's currency. A share of a
company that is owned is a number from 0 to 1.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from pledger.model import Problem, Qualifier, Stage, Standing
from pledger.vehicle.words import Basis, Source

__all__ = [
    "NOT_ADVICE",
    "Amount",
    "Company",
    "Effect",
    "Exposed",
    "Exposure",
    "Group",
    "Holding",
    "Holdings",
    "How",
    "Listing",
    "Matched",
    "Matches",
    "Organisation",
    "Owned",
    "Path",
    "Project",
    "Role",
    "Said",
    "Step",
    "Sure",
    "Told",
    "Touched",
    "Verdict",
]

NOT_ADVICE = (
    "No price is predicted: this says which reported projects a holding takes part in, and what a scenario changes "
    "in project money and roles. It is not investment advice."
)
"""What stands once with every answer."""
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Holding:
    """One row of a portfolio."""

    row: int
    """Its line in the file, the header being 1."""
    name: str = ""
    isin: str = ""
    lei: str = ""
    ticker: str = ""
    exchange: str = ""
    """As the row has it: a code of a market (XTKS), or its name."""
    currency: str = ""
    country: str = ""
    weight: float | None = None
    """Share of the portfolio."""
    value: float | None = None

    @property
    def label(self) -> str:
        """What it is called where nothing better is known."""
        return self.name or self.ticker or self.isin or self.lei or f"row {self.row}"


@dataclass(frozen=True, slots=True)
class Holdings:
    """A portfolio, a column for each thing that rows say; all are as long as `rows`."""

    source: str
    """The file's name, without its folder."""
    rows: tuple[int, ...]
    names: tuple[str, ...]
    isins: tuple[str, ...]
    leis: tuple[str, ...]
    tickers: tuple[str, ...]
    exchanges: tuple[str, ...]
    currencies: tuple[str, ...]
    countries: tuple[str, ...]
    weights: Floats
    """NaN where a row says none."""
    values: Floats
    columns: tuple[tuple[str, str], ...]
    """What each column was taken for: (`weight`, its header in the file)."""
    problems: tuple[Problem, ...]
    """Everything that could not be used as it stands; `where` names file, row and column."""
    total: float | None = None
    """What the weights of the file come to, before any were normalised; None where it has none."""
    normalised: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, n: int) -> Holding:
        """Row number n, counted from 0."""
        weight, value = float(self.weights[n]), float(self.values[n])
        return Holding(
            self.rows[n],
            self.names[n],
            self.isins[n],
            self.leis[n],
            self.tickers[n],
            self.exchanges[n],
            self.currencies[n],
            self.countries[n],
            None if np.isnan(weight) else weight,
            None if np.isnan(value) else value,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """One security by which a company is or was listed."""

    isin: str
    ticker: str
    mic: str
    """Market identifier code, ISO 10383."""
    since: dt.date | None
    until: dt.date | None
    """The day on which it was delisted."""
    source: Source
    note: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """A company of `data/reference/listed.csv`."""

    name: str
    names: tuple[str, ...]
    """All names, the first one included."""
    party: str
    """The name by which reports on programmes know it; empty for one that is only taken for a party."""
    lei: str
    country: str
    """ISO 3166-1 alpha-2."""
    sector: str
    """In words."""
    sectors: tuple[str, ...]
    """Keys of `data/sectors.yaml` in which it works."""
    sector_source: Source | None
    """None: our own reading of its business."""
    taken_for: tuple[str, ...]
    """Parties that it is not, though its name looks like theirs."""
    listings: tuple[Listing, ...]

    def delisted(self, on: dt.date) -> dt.date | None:
        """The day on which its last listing ended, where all had ended by `on`."""
        ends = [listing.until for listing in self.listings]
        last = max((end for end in ends if end is not None), default=None)
        return last if last is not None and None not in ends and last <= on else None


@dataclass(frozen=True, slots=True)
class Owned:
    """Who owns what."""

    owned: str
    owner: str
    low: float | None
    high: float | None
    """The share; open ends are None."""
    kind: str
    """`unit`: it belongs to the owner's group; `part`: others own it too."""
    since: dt.date | None
    until: dt.date | None
    source: Source
    note: str = ""
    figure: str | None = None
    """The ledger's figure, where reports say so."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the ledger."""

    id: str
    name: str
    names: tuple[str, ...]


class How(StrEnum):
    """By what a holding is matched."""

    ISIN = "ISIN"
    LEI = "LEI"
    TICKER = "ticker"
    NAME = "name"


class Sure(StrEnum):
    """How sure a match is."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"
    """Listed, and never counted."""


class Verdict(StrEnum):
    """What became of a row."""

    MATCHED = "matched"
    """A party of the ledger, or the owner of one."""
    NAMED = "named only"
    """Reports name it, or what it owns, as a party of nothing: an outlet, or somebody who spoke."""
    KNOWN = "known"
    """A company that we know, which no report in the ledger names."""
    OTHER = "another company"
    """It looks like a party and is not."""
    DELISTED = "no longer listed"
    UNSURE = "unsure"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of ownership from a holding's company down to an organisation."""

    owned: Owned
    told: str
    """In words: `owns 49 % of Westinghouse`."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What is known of one row."""

    holding: Holding
    verdict: Verdict
    how: How | None = None
    sure: Sure = Sure.UNSURE
    company: Company | None = None
    organisations: tuple[tuple[Organisation, tuple[Step, ...]], ...] = ()
    """The parties of the ledger that it is (no steps) or owns (the steps that lead there)."""
    told: str = ""
    """In words: by what, and what speaks against it."""
    perhaps: tuple[str, ...] = ()
    """Whom it may be, where that is unsure."""


@dataclass(frozen=True, slots=True)
class Matches:
    """A portfolio matched: the rows that say something, and the others by their numbers."""

    found: tuple[Matched, ...]
    """Every row that is not unmatched, in the order of the file."""
    unmatched: tuple[int, ...]
    """Indices into `Holdings` of all other rows."""


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


@dataclass(frozen=True, slots=True)
class Touched:
    """What a group of paths comes to: every project once, whatever leads to it."""

    projects: tuple[str, ...]
    """Ids of distinct projects."""
    low: float
    high: float
    """US dollars; open lower ends count as nothing, open upper ones at their lower end."""
    expected_low: float
    expected_high: float
    """The same, each project times its chance."""
    without: int
    """Projects whose amount is not reported in dollars."""


@dataclass(frozen=True, slots=True)
class Group:
    """One line of an aggregate: by holding, sector, country or programme."""

    key: str
    label: str
    rows: tuple[int, ...]
    weight: float | None
    """Weight of its holdings in the portfolio; None where no weights are known."""
    touched: Touched


@dataclass(frozen=True, slots=True)
class Exposed:
    """All paths, and what they come to."""

    paths: tuple[Path, ...]
    total: Touched
    by_holding: tuple[Group, ...]
    by_sector: tuple[Group, ...]
    by_country: tuple[Group, ...]
    by_programme: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario changes for one project that a holding takes part in."""

    row: int
    project: str
    project_name: str
    roles: tuple[str, ...]
    chance: tuple[float, float]
    """Probability of being funded: as reported, under the scenario."""
    drawn: tuple[float, float]
    """US dollars drawn for it by the programme's deadline if it is funded, every input at its median."""
    expected: tuple[float, float]
    """Chance times drawn."""
    in_all: tuple[float, float]
    """US dollars drawn for it in all quarters, likewise."""
    start: tuple[str, str]
    """First quarter of building."""
    told: str


@dataclass(frozen=True, slots=True)
class Exposure:
    """A portfolio's exposure: the answer of `expose`."""

    holdings: Holdings
    matches: Matches
    exposed: Exposed
    as_of: dt.date
    """The day that listings are looked at on."""
    basis: Basis = Basis.REPORTED
    scenario: str = ""
    scenario_label: str = ""
    effects: tuple[Effect, ...] = ()
    left_out: tuple[str, ...] = ()
    """What was not looked at, in words: programmes without terms, sectors of which only the largest projects count."""
    programmes: tuple[tuple[str, str], ...] = field(default=())
    """Keys and names of the programmes on the paths."""
