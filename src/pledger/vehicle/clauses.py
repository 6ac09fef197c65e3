"""What a programme's file may hold: its names and sizes, and the chapter on its terms, clause by clause, with sources.

Strict: a field that is not known, a share that does not add up, a window that ends before it starts is an error at its
line. Rates are per year, shares between 0 and 1, days as dates; a source is named by its key in `terms.sources`.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from pledger.data import lexicon
from pledger.vehicle.checked import Checked, Number, number, wrong
from pledger.vehicle.words import Account, Basis, Pool, Recovered

__all__ = [
    "Cap",
    "Ceiling",
    "Chapter",
    "Cite",
    "Clause",
    "Distribution",
    "Estimate",
    "Instruments",
    "Money",
    "Notice",
    "NoticeReading",
    "Reading",
    "Shares",
    "Split",
    "Terms",
    "Vehicle",
    "Window",
]

_ROUNDING = 1e-9
_LONGEST = 100
"""Years of a tenor."""
_COUNTRY = r"^[A-Z]{2}$"
Kind = Annotated[Basis, Field(strict=False)]
Share = Annotated[Number, Field(ge=0, le=1)]


def _currency(value: str) -> str:
    """A currency that is known, by its ISO 4217 code."""
    if value not in lexicon("currencies"):
        raise wrong(f"{value!r} is no currency that is known", "write its ISO 4217 code, such as USD")
    return value


class Cite(Checked):
    """A source."""

    where: str
    """Its address, or its title where it has none."""
    what: str = ""
    """Who speaks there, where the address does not show it."""
    year: int | None = None
    weak: bool = False
    """A repost, a mirror, a blog, a digest: to be corroborated."""


class Money(Checked):
    """A sum with its qualifier, as everywhere in the ledger."""

    low: Number | None = None
    high: Number | None = None
    currency: str
    qualifier: Literal["exact", "about", "at_least", "up_to", "between"]
    name: str | None = None
    """Of a part: what it is called."""

    _known = field_validator("currency")(_currency)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        for name, amount in (("low", self.low), ("high", self.high)):
            if amount is not None and amount < 0:
                raise wrong(f"{amount:,.0f} is less than nothing", "write an amount above zero", name)
        if self.low is None and self.high is None:
            raise wrong("an amount with neither low nor high", "give one of them")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise wrong(f"low {self.low:,.0f} is above high {self.high:,.0f}", "exchange them", "low")
        return self


class Cited(Checked):
    """Something said, with its sources."""

    says: str = ""
    sources: tuple[str, ...] = ()
    """Keys of `terms.sources`."""
    basis: Kind = Basis.REPORTED

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.basis is Basis.REPORTED and not self.sources:
            raise wrong("no source for what is said to be reported", "add `sources: [KEY]`, or `basis: assumption`")
        return self


class Reading(Cited):
    """One of several ways in which a clause is reported."""

    name: str


class NoticeReading(Reading):
    """Another reading of the notice."""

    days: Annotated[int, Field(ge=0, le=3650)]
    count: Literal["business", "calendar"]


class Clause(Cited):
    """What is reported of one thing, where reports differ, and what they leave open."""

    readings: tuple[Reading, ...] = ()
    not_reported: tuple[str, ...] = ()


class Estimate(Cited):
    """A number with its range; a bare number is an assumption without one."""

    low: Number
    central: Number
    high: Number

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        if isinstance(value, int | float | str) and not isinstance(value, bool):
            bare = number(value)
            return {"low": bare, "central": bare, "high": bare, "basis": "assumption"}
        if isinstance(value, dict) and "central" in value:
            return {"low": value["central"], "high": value["central"], **value}
        return value

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.central <= self.high:
            raise wrong(
                f"low {self.low:g}, central {self.central:g}, high {self.high:g} are not in order",
                "write low <= central <= high",
                "central",
            )
        return self


class Ceiling(Clause):
    """The most that may be called."""

    amount: Number
    currency: str

    _known = field_validator("currency")(_currency)

    @model_validator(mode="after")
    def _dollars(self) -> Self:
        if self.currency != "USD":
            raise wrong(f"calls are counted in US dollars, not in {self.currency}", "convert it to USD", "currency")
        if self.amount <= 0:
            raise wrong(f"{self.amount:,.0f} is no ceiling", "write an amount above zero", "amount")
        return self


class Cap(Ceiling):
    """The most that may be called in a year."""

    per: Literal["calendar year"] = "calendar year"


class Window(Clause):
    """When projects may be selected."""

    opens: dt.date | None = None
    until: dt.date

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.opens is not None and self.until < self.opens:
            raise wrong(f"the window ends on {self.until}, before it starts on {self.opens}", "mend the day", "until")
        return self


class Notice(Clause):
    """How long after a selection the funds fall due, at the earliest."""

    days: Annotated[int, Field(ge=0, le=3650)]
    count: Literal["business", "calendar"]
    calendars: tuple[Annotated[str, Field(pattern=_COUNTRY)], ...] = ()
    """Countries whose public holidays are no business days; none where calendar days count."""
    readings: tuple[NoticeReading, ...] = ()


class Shares(Checked):
    """How a call is made up; central values sum to 1."""

    equity: Estimate
    public_loan: Estimate
    guaranteed_loan: Estimate

    @model_validator(mode="before")
    @classmethod
    def _rest(cls, value: object) -> object:
        """`rest` is what the two others leave of 1."""
        if not isinstance(value, dict) or "rest" not in value.values():
            return value
        names = [name for name in value if value[name] != "rest"]
        if len(names) != len(value) - 1:
            raise wrong("more than one share is the rest", "write a number for all shares but one")
        try:
            others = [Estimate.model_validate(value[name]) for name in names]
        except ValidationError:
            # What is wrong with it is found, at its own place, when the fields are checked.
            return {name: 0.0 if value[name] == "rest" else value[name] for name in value}
        most, least = (math.fsum(getattr(other, end) for other in others) for end in ("high", "low"))
        rest = {
            "low": 1 - most,
            "central": 1 - math.fsum(other.central for other in others),
            "high": 1 - least,
            "says": "what the other shares leave",
            "basis": others[0].basis,
            "sources": others[0].sources,
        }
        return {name: rest if value[name] == "rest" else value[name] for name in value}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for name in ("equity", "public_loan", "guaranteed_loan"):
            estimate: Estimate = getattr(self, name)
            if not 0 <= estimate.low <= estimate.high <= 1:
                raise wrong(f"{estimate.central:g} is no share", "write shares between 0 and 1", name)
        total = math.fsum((self.equity.central, self.public_loan.central, self.guaranteed_loan.central))
        if abs(total - 1) > _ROUNDING:
            raise wrong(
                f"equity, public_loan and guaranteed_loan sum to {total:.6g}, not 1",
                "mend one of them; fractions such as 2/3 are exact",
            )
        return self


class Instruments(Clause):
    """With what calls are paid, and what that costs."""

    shares: Shares
    premium: Estimate
    """The guarantor's premium per year on the guaranteed balance."""
    bank_rate: Estimate
    public_rate: Estimate
    tenor_years: Estimate

    @model_validator(mode="after")
    def _rates(self) -> Self:
        for name in ("premium", "bank_rate", "public_rate"):
            _above_minus_one(getattr(self, name), name)
        if not 1 / 4 <= self.tenor_years.low <= self.tenor_years.high <= _LONGEST:
            what = f"{self.tenor_years.low:g} to {self.tenor_years.high:g} years is no tenor"
            raise wrong(what, f"write a quarter of a year to {_LONGEST} years", "tenor_years")
        return self


def _above_minus_one(estimate: Estimate | None, name: str) -> None:
    if estimate is not None and estimate.low <= -1:
        raise wrong(
            f"a rate of {estimate.low:g} a year loses more than all", "write 0.05 or 5 % for five per cent", name
        )


class Split(Reading):
    """A named reading of the distribution: what it says otherwise than the clause itself."""

    drawn: bool = True
    """Whether a simulation draws it; otherwise it runs only when it is asked for."""
    account: Annotated[Account, Field(strict=False)] | None = None
    before: Share | None = None
    after: Share | None = None
    pool: Annotated[Pool, Field(strict=False)] | None = None
    recovered: Annotated[Recovered, Field(strict=False)] | None = None
    deemed_rate: Estimate | None = None

    @model_validator(mode="after")
    def _rate(self) -> Self:
        _above_minus_one(self.deemed_rate, "deemed_rate")
        return self


class Distribution(Clause):
    """How cash is split between the pledging side and the host."""

    before: Share
    """The pledging side's share until its account is served."""
    after: Share
    account: Annotated[Account, Field(strict=False)] = Account.INTEREST
    pool: Annotated[Pool, Field(strict=False)] = Pool.PROJECT
    recovered: Annotated[Recovered, Field(strict=False)] = Recovered.PLEDGING
    deemed_rate: Estimate
    readings: tuple[Split, ...] = ()

    @model_validator(mode="after")
    def _readable(self) -> Self:
        _above_minus_one(self.deemed_rate, "deemed_rate")
        names = [reading.name for reading in self.readings]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise wrong(
                    f"two readings are called {name!r}", "give each a name of its own", "readings", place, "name"
                )
        if self.readings and not any(reading.drawn for reading in self.readings):
            raise wrong("no reading is drawn", "leave out `drawn: false` at one of them", "readings")
        return self


class Vehicle(Checked):
    """The clauses that the cash flows follow from."""

    ceiling: Ceiling | None = None
    cap: Cap | None = None
    window: Window | None = None
    notice: Notice | None = None
    instruments: Instruments
    distribution: Distribution


class Chapter(Checked):
    """The terms as far as they are reported; without a `vehicle` no cash flows follow from them."""

    sources: dict[str, Cite] = Field(default_factory=dict)
    vehicle: Vehicle | None = None
    clauses: dict[str, Clause] = Field(default_factory=dict)
    not_reported: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _cited(self) -> Self:
        for field, said in _said(self, ()):
            for place, key in enumerate(said.sources):
                if key not in self.sources:
                    what = f"{key!r} is no key of terms.sources"
                    raise wrong(what, "add it there, or mend its spelling", *field, "sources", place)
        return self


def _said(model: Checked, way: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Cited]]:
    """All that cites, with the way to it."""
    if isinstance(model, Cited):
        yield way, model
    for name in type(model).model_fields:
        value = getattr(model, name)
        held = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, tuple) else ()
        for key, item in held:
            if isinstance(item, Checked):
                yield from _said(item, (*way, name, key))
        if isinstance(value, Checked):
            yield from _said(value, (*way, name))


class Terms(Checked):
    """A programme's file: what it is called, its size, and the terms."""

    key: str
    """`investor>host` in ISO 3166 codes (`JP>US`)."""
    name: str
    investor: Annotated[str, Field(pattern=_COUNTRY)]
    host: Annotated[str, Field(pattern=_COUNTRY)]
    aliases: tuple[str, ...] = ()
    ceiling: Money | None = None
    """As the ledger knows it; the most that may be called is the vehicle's."""
    parts: tuple[Money, ...] = ()
    agreed_on: dt.date | None = None
    deadline: dt.date | None = None
    sources: tuple[str, ...] = ()
    chapter: Chapter = Field(alias="terms", default_factory=Chapter)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.key != f"{self.investor}>{self.host}":
            raise wrong(f"{self.key!r} is not investor>host", f"write {self.investor}>{self.host}", "key")
        if self.agreed_on and self.deadline and self.deadline < self.agreed_on:
            raise wrong(f"the deadline {self.deadline} is before {self.agreed_on}", "mend the day", "deadline")
        return self
