"""Reference figures of a run as inputs: discount rates by party, exports and tariffs, each with its source and marks.

They stand in `data/reference/{rates,exports,tariffs}.csv`; an amount in another currency is brought to dollars by the
average rate of its year (`fx.csv`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pledger.data import reference
from pledger.ledger.distributions import SHARE
from pledger.vehicle.shapes import triangular
from pledger.vehicle.words import PARTIES, Basis, Input, Source

__all__ = ["TariffStep", "borne", "discounts", "exports", "rate", "tariffs"]

_BORNE = "share borne by exporters"


@dataclass(frozen=True, slots=True)
class TariffStep:
    """The tariff on goods from a day on, with the pledge and without it."""

    goods: str
    on: dt.date | None
    """None where the day is not known."""
    without: float
    """Rate that the country would face without its pledge: 0.25 is 25 %."""
    kept: float
    """Rate that it faces with it."""
    measure: str
    basis: Basis
    source: Source
    note: str


def rate(name: str, economy: str = "", party: str = "") -> Input | None:
    """A rate by name, economy and party as an input; None where the table says that it was not found.

    A ValueError where the table has no such row.
    """
    for row in reference("rates"):
        if (row["name"], row["economy"], row["party"]) == (name, economy, party):
            return _rate(row) if row["central"] else None
    raise ValueError(f"data/reference/rates.csv has no {name} of {economy or 'any economy'}, {party or 'any party'}")


def _rate(row: dict[str, str]) -> Input:
    name = ".".join(part for part in (row["name"], row["economy"], row["party"]) if part)
    belief = triangular(float(row["low"]), float(row["central"]), float(row["high"]), "rate")
    whose = f" of the {row['party'].replace('_', ' ')}" if row["party"] else ""
    label = f"{row['name'].replace('_', ' ')} rate{whose} ({row['note'] or row['source']})"
    return Input(name, label, "rate", _basis(row), belief, _sources(row, row["as_of"]))


def discounts(investor: str) -> tuple[Input, ...]:
    """The rate per year at which each of `PARTIES` discounts dollars, the investor's own where the table has them.

    All are assumptions between rates that were found; the central value of each is the peak of its triangle.
    """
    rows = [row for row in reference("rates") if row["name"] == "discount"]
    found = []
    for party in PARTIES:
        mine = [row for row in rows if row["party"] == party and row["economy"] in (investor, "")]
        found.append(_rate(max(mine, key=lambda row: bool(row["economy"]))))
    return tuple(found)


def borne() -> Input:
    """The share of a tariff that exporters bear by lower prices: an assumption, nothing was found."""
    row = next(row for row in reference("rates") if row["name"] == _BORNE)
    belief = triangular(float(row["low"]), float(row["central"]), float(row["high"]), SHARE)
    return Input("tariff.borne", row["note"], SHARE, _basis(row), belief)


def exports(investor: str, host: str = "US") -> tuple[Input, ...]:
    """Exports a year by goods that do not overlap, in dollars: `tariff.GOODS.exports`; empty where none are known."""
    found = []
    for row in reference("exports"):
        if (row["investor"], row["host"], row["counted"]) == (investor, host, "yes"):
            factor = _dollars(row["currency"], row["year"])
            low, central, high = (float(row[end]) / factor for end in ("low", "central", "high"))
            label = f"exports of {row['label']} a year ({row['year']})"
            belief = triangular(low, central, high, "USD")
            found.append(
                Input(f"tariff.{row['goods']}.exports", label, "USD", _basis(row), belief, _sources(row, row["year"]))
            )
    return tuple(found)


def tariffs(investor: str, host: str = "US") -> tuple[TariffStep, ...]:
    """The steps of tariffs, by goods and day as the table has them; empty where none are known."""
    return tuple(
        TariffStep(
            row["goods"],
            dt.date.fromisoformat(row["on"]) if row["on"] else None,
            float(row["without"]),
            float(row["kept"]),
            row["measure"],
            _basis(row),
            next(iter(_sources(row, row["on"])), Source(row["source"])),
            row["note"],
        )
        for row in reference("tariffs")
        if (row["investor"], row["host"]) == (investor, host)
    )


def _dollars(currency: str, year: str) -> float:
    """Units of a currency that a dollar bought on average in a year."""
    if currency == "USD":
        return 1.0
    averages = (row for row in reference("fx") if row["vintage"] == "annual average")
    return next(float(row["per_usd"]) for row in averages if (row["currency"], row["year"]) == (currency, year))


def _basis(row: dict[str, str]) -> Basis:
    return Basis.ASSUMPTION if row["assumption"] == "yes" else Basis.REFERENCE


def _sources(row: dict[str, str], when: str) -> tuple[Source, ...]:
    """The source of a row; none where nothing was found."""
    if not row["url"]:
        return ()
    return (Source(row["url"], int(when[:4]) if when else None, row["weak"] == "yes"),)
