"""Listed companies of the programmes and those that are taken for them (`data/reference/listed.csv`), and who owns what
(`owned.csv`). Every row names its source; what could not be found is left empty and says so in its note."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache

from pledger.data import reference
from pledger.exposure.portfolio.words import Company, Listing, Owned
from pledger.vehicle.words import Source

__all__ = ["companies", "ownerships"]


@cache
def companies() -> tuple[Company, ...]:
    """Every company once, with all its listings, in the order of the file."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in reference("listed"):
        rows[row["name"]].append(row)
    return tuple(_company(its) for its in rows.values())


@cache
def ownerships() -> tuple[Owned, ...]:
    """Who owns what, as the file has it."""
    return tuple(
        Owned(
            owned=row["owned"],
            owner=row["owner"],
            low=_number(row["low"]),
            high=_number(row["high"]),
            kind=row["kind"],
            since=_day(row["since"]),
            until=_day(row["until"]),
            source=_source(row),
            note=row["note"],
        )
        for row in reference("owned")
    )


def _company(rows: list[dict[str, str]]) -> Company:
    first = rows[0]
    names = dict.fromkeys(name for row in rows for name in (row["name"], *_parts(row["names"])))
    return Company(
        name=first["name"],
        names=tuple(names),
        party=first["organisation"],
        lei=next((row["lei"] for row in rows if row["lei"]), ""),
        country=first["country"],
        sector=first["sector"],
        sectors=_parts(first["sectors"]),
        sector_source=Source(first["sectors_url"]) if first["sectors_url"] else None,
        taken_for=_parts(first["taken_for"]),
        listings=tuple(
            Listing(
                row["isin"],
                row["ticker"],
                row["mic"],
                _day(row["listed_from"]),
                _day(row["listed_until"]),
                _source(row),
                row["note"],
            )
            for row in rows
        ),
    )


def _source(row: dict[str, str]) -> Source:
    return Source(row["url"], int(row["year"]) if row["year"] else None, row["weak"] == "yes")


def _parts(said: str) -> tuple[str, ...]:
    return tuple(part for part in said.split("|") if part)


def _number(said: str) -> float | None:
    return float(said) if said else None


def _day(said: str) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None
