"""The words everyone uses: what the rooms of Pledger hand each other.

Every record is frozen: a room never edits what another room made, it makes something new. This module imports
nothing of ours, so that any room may import it. Field comments stand under the field that they describe.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

__all__ = [
    "Attribute",
    "Attribution",
    "Claim",
    "Conflict",
    "ConflictKind",
    "DateValue",
    "Document",
    "Entity",
    "EntityKind",
    "Figure",
    "Instruments",
    "Interval",
    "Mention",
    "Modality",
    "Money",
    "Origin",
    "Outlook",
    "Ownership",
    "Party",
    "Problem",
    "Qualifier",
    "Share",
    "Side",
    "Span",
    "Stage",
    "StageValue",
    "Standing",
    "Text",
    "Value",
    "stable_id",
]


class Qualifier(StrEnum):
    """How the words bound a number. `exact` and `about`: low = high; `at_least`: no high; `up_to`: no low."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    UP_TO = "up_to"
    BETWEEN = "between"


class Attribute(StrEnum):
    """What a claim says of its subject."""

    AMOUNT = "amount"
    STAGE = "stage"
    DATE = "date"
    PARTY = "party"
    SHARE = "share"
    INSTRUMENT = "instrument"
    SECTOR = "sector"
    LOCATION = "location"
    OWNERSHIP = "ownership"
    KIND = "kind"
    CONDITION = "condition"


class Modality(StrEnum):
    """How far the words commit themselves to what they say."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Stage(StrEnum):
    """How far a pledge has come. The first five are a ladder in this order; the last two leave it."""

    CANDIDATE = "candidate"
    PLEDGED = "pledged"
    COMMITTED = "committed"
    IMPLEMENTATION = "implementation"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    CANCELLED = "cancelled"


class Outlook(StrEnum):
    """What the words say of the next rung: about to come, or not there yet."""

    IMMINENT = "imminent"
    NOT_YET = "not_yet"


class EntityKind(StrEnum):
    """What a claim can be about. A `tranche` is a named group of a programme's projects ("the first batch")."""

    PROGRAMME = "programme"
    PROJECT = "project"
    TRANCHE = "tranche"
    ORGANISATION = "organisation"
    PERSON = "person"
    PLACE = "place"
    COMMODITY = "commodity"
    MARKET = "market"
    """A market, an industry, a budget, a trade flow: its amounts are nobody's pledge."""
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """How well a figure is supported."""

    AGREED = "agreed"
    CONTESTED = "contested"
    SINGLE_SOURCE = "single-source"
    UNSUPPORTED = "unsupported"


class ConflictKind(StrEnum):
    """Why claims that cannot all be true differ."""

    SLIP = "slip"
    ARITHMETIC = "arithmetic"
    DISPUTE = "dispute"
    UPDATE = "update"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True, order=True, init=False)
class Span:
    """Character offsets into a document's text: `text[start:end]` is the words, always."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        # What a frozen dataclass does, without looking its fields up by name: more of these are made than of all else.
        _set_start(self, start)
        _set_end(self, end)

    def of(self, text: str) -> str:
        """The words of this span in `text`."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


_set_start, _set_end = (vars(Span)[name].__set__ for name in ("start", "end"))


@dataclass(frozen=True, slots=True)
class Interval:
    """A stretch of days, both ends included; an open end is None. Dates in news are intervals, not days."""

    start: dt.date | None
    end: dt.date | None

    def meets(self, other: Interval) -> bool:
        """Whether the two intervals share at least one day; an open end reaches for ever."""
        starts = [d for d in (self.start, other.start) if d is not None]
        ends = [d for d in (self.end, other.end) if d is not None]
        return not starts or not ends or max(starts) <= min(ends)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money as the words bound it, in units of `currency` (ISO 4217), never in millions."""

    low: float | None
    high: float | None
    currency: str
    qualifier: Qualifier
    period: str | None = None
    """`year`, `quarter`, `month`... where the words give a rate; None for a plain amount."""
    converts: Span | None = None
    """Where this amount only restates another in a second currency: the span of that other one."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a fraction (0.1 is 10 %) of something."""

    low: float | None
    high: float | None
    qualifier: Qualifier
    of: str | None
    """The words for the whole, normalised where known: `GDP of Japan`."""
    period: str | None = None


@dataclass(frozen=True, slots=True)
class StageValue:
    """A rung of the ladder, and what the words say of the next one."""

    stage: Stage
    outlook: Outlook | None = None


@dataclass(frozen=True, slots=True)
class DateValue:
    """When an event happens: announce, decide, sign, fund, start, complete, deadline, visit, meet, or `other`."""

    event: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a role: sponsor, operator, lender, insurer, guarantor, supplier, contractor, offtaker..."""

    name: str
    role: str
    aliases: tuple[str, ...] = ()
    """Acronyms and other scripts that the same text gives for the name."""


@dataclass(frozen=True, slots=True)
class Instruments:
    """Ways of funding: equity, loan, guarantee, grant, bond, insurance, credit_line."""

    instruments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns whom."""

    owner: str
    owned: str


@dataclass(frozen=True, slots=True)
class Text:
    """A value that is words: a kind, a sector, a place, a condition."""

    text: str


Value: TypeAlias = Money | Share | StageValue | DateValue | Party | Instruments | Ownership | Text


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of who said so: the source, and the words (said, according to) that show it.

    A chain runs outwards-in: this outlet <- Reuters <- two unnamed officials.
    """

    source: str
    """The source in its own words, without a leading article."""
    anonymous: bool
    cue: str | None
    span: Span
    """From the first to the last character of source and cue."""
    content: Span | None = None
    """What was said; None where the whole document is credited."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words in a text that name or describe an entity, and what could be told of it from its surroundings."""

    kind: EntityKind
    text: str
    span: Span | None = None
    key: str | None = None
    """Normalised name; for programmes `investor>host` in ISO 3166 codes (`JP>US`)."""
    sponsor: str | None = None
    place: str | None = None
    """For projects: where it is to stand, as the text says it."""
    project_kind: str | None = None
    """For projects: key of `data/lexicon/kinds.toml`, such as `synthetic_diamond`."""
    programme: str | None = None
    """For projects and tranches: key of the programme that the text puts it under."""
    ordinal: int | None = None
    """For tranches: 1 for "the first projects"."""
    aliases: tuple[str, ...] = ()
    """Other names that this text itself gives: acronyms and other scripts."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion in one sentence, with the words that carry the value."""

    document: str
    sentence: Span
    span: Span
    text: str
    """`document.text[span.start:span.end]`, always."""
    attribute: Attribute
    subject: Mention
    value: Value
    modality: Modality = Modality.ASSERTED
    modality_words: str | None = None
    attribution: tuple[Attribution, ...] = ()
    """The chain, outermost relay first, innermost source last; empty where the outlet speaks for itself."""
    scope: str | None = None
    """For amounts: ceiling, total, tranche, project, part. For shares: `supply` of the whole by the subject, `demand`
    that it is to meet, or of tariffs former and threatened. Else None."""
    reader: str | None = None
    """Who told what the value belongs to, where that was not our own reader: `llm:MODEL`."""
    told: str | None = None
    """`older` or `newer` where the words call the value the former or the new one; `preview` where they pass it on from
    before the event."""
    _id: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def id(self) -> str:
        """Stable over runs and machines: made from the document, the place, the attribute, and the subject."""
        if self._id is None:  # asked for often, and dear to make
            made = stable_id(
                "c",
                self.document,
                str(self.span.start),
                str(self.span.end),
                self.attribute,
                self.subject.text,
                repr(self.value),
            )
            object.__setattr__(self, "_id", made)
            return made
        return self._id


@dataclass(frozen=True, slots=True)
class Document:
    """One text as retrieved."""

    id: str
    """SHA-256 of the bytes, as hexadecimal; items of a feed hash their own part."""
    path: str
    text: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    reported_on: dt.date | None = None
    language: str = "en"
    notices: tuple[str, ...] = ()
    """`ai-generated`, `sponsored`, `correction`."""
    echo_of: str | None = None
    """The id of the earlier document that this one copies."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that could not be used: data, not an exception."""

    what: str
    where: str
    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A programme, project, organisation, person, place or commodity, with all its names in all scripts."""

    id: str
    kind: EntityKind
    name: str
    aliases: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    """What identifies it: investor, host, sponsor, place, project kind, programme; sorted pairs."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where claims ultimately come from, with its Admiralty grade (reliability letter, credibility digit)."""

    name: str
    grade: str
    claims: tuple[str, ...]
    """Ids of the claims that rest on it."""
    weight: float
    """Probability, 0 to 1, that a statement by this origin in these words is right."""
    judgements: tuple[str, ...] = ()
    """Ids of the analysts' judgements on its grade; empty where the grade is the rule's."""

    @property
    def graded(self) -> str:
        """The grade as it is shown: `B2`, or `A2 judged` where an analyst gave it."""
        return f"{self.grade} judged" if self.judgements else self.grade


@dataclass(frozen=True, slots=True)
class Side:
    """Claims that agree within their qualifiers, and the origins that stand behind them."""

    value: Value
    origins: tuple[Origin, ...]
    weight: float
    """`1 - prod(1 - r)` over the side's independent origins."""

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all claims on this side."""
        return tuple(c for origin in self.origins for c in origin.claims)


@dataclass(frozen=True, slots=True)
class Figure:
    """What the ledger holds for one attribute of one entity as of a date."""

    id: str
    entity: Entity
    attribute: Attribute
    value: Value
    standing: Standing
    sides: tuple[Side, ...]
    """Heaviest first; the first one's value is the figure's."""
    documents: int
    as_of: dt.date | None
    qualifier: str = ""
    """What tells two figures of one attribute apart: a scope, an event, a role, the whole of a share."""
    judgements: tuple[str, ...] = ()
    """Ids of the analysts' judgements on its claims, which may have settled it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims that cannot all be true, and one sentence that says why."""

    id: str
    entity: Entity
    attribute: Attribute
    kind: ConflictKind
    sides: tuple[Side, ...]
    explanation: str
    reference: str | None = None
    """Source of the reference figure that an arithmetic conflict was checked against."""
    values: tuple[str, ...] = field(default=())
    """The sides' values as a person writes them."""
    severity: float = 0.0
    """How much hangs on it, 0 to 100: the money at stake, how evenly the sides are matched, and the kind."""

    @property
    def level(self) -> str:
        """The severity in a word: `high` from 30 on, `medium` from 8 on, else `low`."""
        return "high" if self.severity >= 30 else "medium" if self.severity >= 8 else "low"


def stable_id(prefix: str, *parts: str) -> str:
    """A short identifier that depends on nothing but `parts`: prefix and 12 hexadecimal digits of a SHA-256."""
    return f"{prefix}{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:12]}"
