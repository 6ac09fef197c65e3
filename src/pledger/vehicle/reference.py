"""Rates of `data/reference/rates.csv` as inputs: policy rates, yields of bonds, and what each party discounts at."""

from __future__ import annotations

from pledger.data import reference
from pledger.vehicle.shapes import point, triangular
from pledger.vehicle.words import PARTIES, Basis, Input, Party, Source

__all__ = ["discount_rates", "discounts", "rate"]


def rate(name: str, economy: str) -> Input | None:
    """A rate per year by name (`policy`, `bond_20y`, `cirr`) and economy, triangular over its range where it has one.

    None where the table says that no level was found; a ValueError where it has no such row.
    """
    for row in reference("rates"):
        if (row["name"], row["economy"], row["party"]) == (name, economy, ""):
            if not row["central"]:
                return None
            low, central, high = (float(row[end]) for end in ("low", "central", "high"))
            label = f"{name.replace('_', ' ')} of {economy} on {row['as_of']}"
            belief = triangular(low, central, high, "rate")
            return Input(f"{name}.{economy}", label, "rate", _basis(row), belief, (_source(row),))
    raise ValueError(f"data/reference/rates.csv has no {name} of {economy}: add a row, or name one that is there")


def discount_rates(investor: str) -> tuple[float, float, float, float]:
    """The rate per year at which each of `PARTIES` discounts dollars: central values."""
    lender, guarantor, banks, host = (float(_discount(investor, party)["central"]) for party in PARTIES)
    return lender, guarantor, banks, host


def discounts(investor: str) -> tuple[Input, ...]:
    """`discount_rates` as inputs: points, since a run takes them as they are, with their ranges in words.

    The investor's own rates where the table has them, else those of any. All are assumptions within what was found.
    """
    found = []
    for party in PARTIES:
        row = _discount(investor, party)
        low, high = (f"{100 * float(row[end]):.3g}" for end in ("low", "high"))
        label = f"{party.value.replace('_', ' ')}: discount rate, from {low} to {high} % ({row['note']})"
        belief = point(float(row["central"]), "rate")
        found.append(Input(f"discount.{party}", label, "rate", _basis(row), belief, (_source(row),)))
    return tuple(found)


def _discount(investor: str, party: Party) -> dict[str, str]:
    """The row of a party; that of its own country before that of any."""
    rows = [row for row in reference("rates") if row["name"] == "discount" and row["party"] == party]
    return max((row for row in rows if row["economy"] in (investor, "")), key=lambda row: bool(row["economy"]))


def _basis(row: dict[str, str]) -> Basis:
    return Basis.ASSUMPTION if row["assumption"] == "yes" else Basis.REFERENCE


def _source(row: dict[str, str]) -> Source:
    return Source(row["url"], int(row["as_of"][:4]) if row["as_of"] else None, row["weak"] == "yes")
