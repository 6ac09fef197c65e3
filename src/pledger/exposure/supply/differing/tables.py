"""A report against the tables' rows on the same country: what agrees, what is disputed, what is of another market."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pledger.exposure.supply.differing.words import (
    DRIFT,
    ROUNDING,
    Agreement,
    bare,
    conflict_of,
    described,
    how_they_differ,
    labelled,
    of_whom,
    possessive,
    reached,
    said_of,
    whole_at_most,
    wider,
)
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.wholes import Whole
from pledger.exposure.supply.words import Commodity, Market, Supplied
from pledger.ledger.agree import Reach, reach
from pledger.ledger.say import number
from pledger.model import Conflict, ConflictKind, Share, Side
from pledger.vehicle.words import Basis

if TYPE_CHECKING:
    from pledger.exposure.supply.reported import Reported

__all__ = ["beside_tables"]


def _rows(commodity: Commodity, one: Reported) -> list[tuple[Market, Supplied]]:
    return [
        (market, row)
        for market in commodity.markets
        for row in market.shares
        if row.country == one.country and row.basis is Basis.REFERENCE
    ]


def beside_tables(commodity: Commodity, one: Reported, agreed: list[Agreement]) -> list[Conflict]:
    """A report against the rows of the tables on the same country."""
    side = one.heard.sides[0]
    here = reached(one, side)
    rows = _rows(commodity, one)
    same = [(m, r) for m, r in rows if m.identity == one.whole.market]
    if not same:
        return _other_market(commodity, one, side, rows)
    near = sorted(same, key=lambda pair: (_away(pair[0], one.whole), _weak(pair[1])))
    holds = next((pair for pair in near if here.meets(wider(_row(pair[1]), DRIFT * _away(pair[0], one.whole)))), None)
    if holds is not None:
        market, row = holds
        text = (
            f"On {possessive(name_of(one.country))} share of {described(commodity, one.whole)} {said_of(one, side)}, "
            f"and the table has {bare(_share(row))} ({market.year or 'undated'}): they agree{_but(here, one, near)}."
        )
        agreed.append(Agreement(commodity.key, one.country, one.heard.figures, text, _where(row)))
        return []
    market, row = near[0]
    years = _away(market, one.whole)
    rest = f": the years explain at most {number(100 * DRIFT * years)} points of the difference" if years else ""
    text = (
        f"{of_whom(commodity, one)} {said_of(one, side)}, but the table has {bare(_share(row))} "
        f"({market.year or 'undated'}); the same is meant, and both cannot hold{rest}."
    )
    values = (labelled(one, side), f"{bare(_share(row))} by the table ({market.year or 'undated'})")
    return [conflict_of(commodity, ConflictKind.DISPUTE, [side], text, _where(row), values)]


def _but(here: Reach, one: Reported, near: Sequence[tuple[Market, Supplied]]) -> str:
    """What a row of a source that is not weak has instead, where the tables differ among themselves."""
    for market, row in near:
        years = _away(market, one.whole)
        if not _weak(row) and years <= 1 and not here.meets(wider(_row(row), DRIFT * years)):
            return f", though another source of the table has {bare(_share(row))} ({market.year or 'undated'})"
    return ""


def _other_market(
    commodity: Commodity, one: Reported, side: Side, rows: Sequence[tuple[Market, Supplied]]
) -> list[Conflict]:
    """A report of which the tables have no market, against the nearest that they have."""
    its = [(m, r) for m, r in rows if m.measure is one.whole.measure and m.importer == one.whole.importer]
    its = [(m, r) for m, r in its if m.step is one.whole.step] or its
    if not its or any(reached(one, side).meets(_row(row)) for _, row in its):
        return []
    market, row = min(its, key=lambda pair: (_away(pair[0], one.whole), _weak(pair[1])))
    there = Whole(commodity.key, market.step, market.measure, market.grade, market.importer, market.year, market.year)
    text = (
        f"{of_whom(commodity, one)} {said_of(one, side)}, and of {described(commodity, there)} the table has "
        f"{bare(_share(row))} ({market.year or 'undated'}): {how_they_differ(one.whole, there)}."
    )
    values = (labelled(one, side), f"{bare(_share(row))} of {market.grade} by the table ({market.year or 'undated'})")
    return [conflict_of(commodity, ConflictKind.DEFINITION, [side], text, _where(row), values)]


def _share(row: Supplied) -> Share:
    return Share(row.low, row.high, row.qualifier, None)


def _row(row: Supplied) -> Reach:
    """What a row of a table allows; its last digit is not known from its number, so half a point to each side."""
    there = whole_at_most(reach(_share(row), ""))
    return replace(there, spare=max(there.spare, ROUNDING))


def _away(market: Market, whole: Whole) -> int:
    if market.year is None or whole.first is None or whole.last is None:
        return 1
    return max(whole.first - market.year, market.year - whole.last, 0)


def _weak(row: Supplied) -> bool:
    return not any(not source.weak for source in row.sources)


def _where(row: Supplied) -> str | None:
    return row.sources[0].where if row.sources else None
