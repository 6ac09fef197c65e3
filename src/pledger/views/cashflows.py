"""What one case comes to, as tables and as JSON: flows by party and year, and how each party comes out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.model import Money, Qualifier
from pledger.vehicle.words import PARTIES, Floats, Party
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, plain, table
from pledger.views.wording import say_money

if TYPE_CHECKING:
    from pledger.vehicle.finance.cases import Own
    from pledger.vehicle.finance.returns import Returns
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.words import Flows

__all__ = ["case", "case_json", "dollars", "party", "percent", "rate", "years"]

Json = dict[str, Any]
_SIDE = "pledging side"
_CENT = 0.005
"""Less than half a cent is rounding."""
_PARTIES = {
    Party.PUBLIC_LENDER: "public lender",
    Party.GUARANTOR: "guarantor",
    Party.BANKS: "banks",
    Party.HOST: "host",
}


def party(which: Party | None) -> str:
    """A party as a person reads it; None for the pledging side as a whole."""
    return _SIDE if which is None else _PARTIES[which]


def dollars(amount: float) -> str:
    """`$33.3bn`, `−$1.2bn`; three digits are enough for a reader."""
    if not math.isfinite(amount):
        return "no limit" if amount > 0 else "-"
    size = abs(amount) if abs(amount) >= _CENT else 0.0
    digits = 2 - math.floor(math.log10(size)) if size > 0 else 0
    rounded = round(size, digits) if size < 1e15 else size
    said = say_money(Money(rounded, rounded, "USD", Qualifier.EXACT))
    return f"−{said}" if amount < 0 and rounded else said


def percent(share: float | None) -> str:
    """`4.2 %`; a dash where there is none."""
    if share is None or not math.isfinite(share):
        return "-"
    return f"{100 * share:.1f} %".replace("-", "−")


def rate(per_year: float | None) -> str:
    """A rate per year to a hundredth of a per cent: `5.25 %`, `4.5 %`."""
    if per_year is None or not math.isfinite(per_year):
        return "-"
    return f"{100 * per_year:.2f}".rstrip("0").rstrip(".").replace("-", "−") + " %"


def years(grid: Grid, series: Floats) -> dict[int, float]:
    """A series by quarter (T,) as sums by calendar year."""
    found: dict[int, float] = {}
    for quarter, amount in enumerate(series):
        found[grid.year(quarter)] = found.get(grid.year(quarter), 0.0) + float(amount)
    return found


def case(own: Own, flows: Flows, returns: Sequence[Returns]) -> RenderableType:
    """The case's flows by year, and the returns of each party."""
    columns = [("calls", years(own.grid, flows.draws.sum(axis=0))), ("cash", years(own.grid, flows.cash.sum(axis=0)))]
    columns += [(party(p), years(own.grid, flows.parties[n])) for n, p in enumerate(PARTIES)]
    rows = table("Year", *((name, NUMBER) for name, _ in columns), title=f"{clean(own.name)}: flows by year, net")
    last = max((year for _, its in columns for year, amount in its.items() if amount), default=own.grid.first_year)
    for year in range(own.grid.first_year, last + 1):
        rows.add_row(str(year), *(dollars(its.get(year, 0.0)) for _, its in columns))
    rows.add_section()
    rows.add_row(plain("in all", "bold"), *(dollars(math.fsum(its.values())) for _, its in columns))
    return Group(rows, _returns(own, returns), _completions(own, flows))


def _returns(own: Own, returns: Sequence[Returns]) -> RenderableType:
    rows = table(
        "Party",
        ("Paid", NUMBER),
        ("Received", NUMBER),
        ("NPV", NUMBER),
        ("IRR", NUMBER),
        ("Multiple", NUMBER),
        "Payback",
    )
    for its in returns:
        rates = its.irr.rates
        irr = "several: " + ", ".join(rate(r) for r in rates) if its.irr.several else rate(its.irr.rate)
        rows.add_row(
            party(its.party),
            dollars(its.paid),
            dollars(its.received),
            dollars(its.npv),
            irr,
            "-" if its.multiple is None else f"{its.multiple:.2f}",
            "never" if its.payback is None else own.grid.label(its.payback),
        )
    return rows


def _completions(own: Own, flows: Flows) -> RenderableType:
    late = [
        p.name for p, q in zip(own.case.projects, flows.completed, strict=True) if q >= own.case.quarters
    ]  # fmt: skip
    return Text(f"Not completed within the grid: {clean(', '.join(late))}", style="yellow") if late else Text("")


def case_json(own: Own, flows: Flows, returns: Sequence[Returns]) -> Json:
    """The same for programs: dollars, by year and party; an IRR is a list of every rate that answers."""
    series = {"calls": flows.draws.sum(axis=0), "cash": flows.cash.sum(axis=0)}
    series |= {p.value: flows.parties[n] for n, p in enumerate(PARTIES)}
    import numpy as np  # takes a tenth of a second, which most pages need not wait for

    by_year = {name: years(own.grid, np.asarray(its)) for name, its in series.items()}
    return {
        "case": own.name,
        "valuation_quarter": own.grid.label(0),
        "years": [{"year": y, **{name: its[y] for name, its in by_year.items()}} for y in sorted(by_year["calls"])],
        "returns": [
            {
                "party": party(r.party),
                "paid": r.paid,
                "received": r.received,
                "npv": r.npv,
                "irr": list(r.irr.rates),
                "multiple": r.multiple,
                "payback": None if r.payback is None else own.grid.label(r.payback),
            }
            for r in returns
        ],
        "projects": [
            {"name": p.name, "completed": own.grid.label(int(q)) if q < own.case.quarters else None}
            for p, q in zip(own.case.projects, flows.completed, strict=True)
        ],
    }
