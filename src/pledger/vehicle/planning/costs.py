"""What a project costs, in US dollars: the ledger's belief, brought to dollars where it is told in another currency."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pledger.data import reference
from pledger.ledger.agree import CONVERTED, in_dollars
from pledger.ledger.distributions import Belief
from pledger.ledger.say import value as say
from pledger.model import Standing
from pledger.vehicle.planning.told import Programme, Told
from pledger.vehicle.words import Basis, Exclusion, Input, Source

__all__ = ["MEND", "cost"]

MEND = "read a report that gives it, or run it as a case of your own with --case"


def cost(told: Told, programme: Programme) -> Input | Exclusion:
    """The project's cost in US dollars with the claims behind it; or why it has none that can be used.

    Another currency is converted at the average rate of the year of the first report, and spread by +- 15 % more, as
    `beliefs` does between the sides of a figure.
    """
    name, amount, held = told.entity.name, told.amount, told.cost
    if told.may_be:
        others = " or ".join(told.may_be)
        return Exclusion(
            name, f"may be the same as {others}, which would count twice", "say which with `pledger judge`"
        )
    if amount is None:
        what = (
            "no report gives an amount of the whole, only of parts" if told.part_only else "no report gives an amount"
        )
        return Exclusion(name, what, MEND)
    if amount.standing is Standing.UNSUPPORTED or held is None:
        return Exclusion(name, f"no report that still stands gives its amount ({say(amount.value)})", MEND)
    dollars = _dollars(held, told.first_report)
    if dollars is None:
        return Exclusion(
            name,
            f"its amount is told in {held.unit} ({say(amount.value)}), for which there is no exchange rate",
            f"add {held.unit} to data/reference/fx.csv, or read a report that gives dollars",
        )
    if dollars.bounds()[1] <= 0:
        return Exclusion(name, f"an amount of {say(amount.value)} builds nothing", MEND)
    converted = held.unit != "USD"
    return Input(
        name=f"{told.entity.id}.cost",
        label=f"{name}: cost" + (f" (told in {held.unit})" if converted else ""),
        unit="USD",
        basis=Basis.REPORTED,
        belief=dollars,
        sources=(*programme.sources(amount), *(_rate(held.unit) if converted else ())),
        figure=amount.id,
        claims=tuple(c for side in amount.sides for c in side.claims),
    )


def _dollars(held: Belief, day: dt.date | None) -> Belief | None:
    least = 0.0
    if held.unit == "USD":
        parts = tuple(replace(p, low=max(p.low, least), high=max(p.high, least)) for p in held.parts)
        return replace(held, parts=parts)
    rate = in_dollars(1.0, held.unit, day)
    if rate is None:
        return None
    return Belief(
        "USD",
        tuple(
            replace(p, low=max((1 - CONVERTED) * p.low * rate, least), high=max((1 + CONVERTED) * p.high * rate, least))
            for p in held.parts
        ),
        held.doubt,
    )


def _rate(currency: str) -> tuple[Source, ...]:
    rows = [row for row in reference("fx") if row["currency"] == currency]
    return tuple(Source(row["url"], int(row["year"])) for row in rows[-1:])
