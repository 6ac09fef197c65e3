"""What each plant changes, weighed with the chance that it is built: the tables before, after, and as expected."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pledger.exposure.supply.case import Case, supplies, world, world_use
from pledger.exposure.supply.change import Added, Displaced, Range, Side, added, displace, ranged, side
from pledger.exposure.supply.draws import Shares
from pledger.exposure.supply.plants import Plant, chance, covered, opened
from pledger.vehicle.grid import Grid
from pledger.vehicle.words import Floats

__all__ = ["Change", "Table", "changes", "expected"]


class Table(StrEnum):
    """Which table a plant moves."""

    SUPPLY = "supply"
    """The importing country's: shares of its use."""
    WORLD = "world"
    """Shares of the world's production."""


@dataclass(frozen=True, slots=True)
class Change:
    """One plant and one table."""

    table: Table
    plant: Plant
    importer: str
    chance: float
    """That the plant is built."""
    covers: Range
    """What it makes, as a share of the table's whole: of the country's use, or of what the world makes now."""
    before: Side
    after: Side
    """If it is built and makes all it can."""
    expected: Side
    """Both, weighed with the chance; the expected index is the mean of the two, not the index of mean shares."""
    exported: Range | None
    """What it makes beyond what can be displaced, as a share of use."""
    full: tuple[dt.date, dt.date, dt.date]
    """When it makes all it can, if it is built: 5 %, median, 95 %."""
    how: str
    """What is assumed of those that it displaces."""


def changes(
    its: Case,
    scenarios: int,
    seed: int,
    displaced: Displaced = Displaced.PROPORTION,
    capacity: Added = Added.ON_TOP,
) -> tuple[Change, ...]:
    """What each plant of the case changes on its own: the country's supply first, then the world's production."""
    found: list[Change] = []
    before, whole, use = supplies(its, scenarios, seed), world(its, scenarios, seed), world_use(its, scenarios, seed)
    for plant in its.plants:
        covers, p, full = covered(plant, scenarios, seed), chance(plant), _full(plant, scenarios, seed)
        after, surplus = displace(before, its.importer, plant.place, covers, displaced)
        found.append(
            Change(
                Table.SUPPLY, plant, its.importer, p, ranged(covers),
                side(before, its.importer), side(after, its.importer), expected(before, after, p, its.importer),
                ranged(surplus), full, f"it displaces imports {displaced}",
            )
        )  # fmt: skip
        if whole is not None and use is not None:
            more = covers * use
            then = added(whole, plant.place, more, capacity)
            found.append(
                Change(
                    Table.WORLD, plant, its.importer, p, ranged(more),
                    side(whole, None), side(then, None), expected(whole, then, p, None),
                    None, full, f"it comes {capacity}",
                )
            )  # fmt: skip
    return tuple(found)


def expected(before: Shares, after: Shares, p: float, importer: str | None) -> Side:
    """Both states as one: before with probability 1 - p, after with p, scenario by scenario."""
    names = after.suppliers
    first = np.column_stack([before.of(name) for name in names])
    return side(Shares(names, np.vstack([first, after.values])), importer, np.repeat([1 - p, p], len(first)))


def _full(plant: Plant, scenarios: int, seed: int) -> tuple[dt.date, dt.date, dt.date]:
    """Days by which it makes all it can, by when building starts, how late it is, and its ramp."""
    grid = Grid(plant.plan.first_year, plant.plan.first_quarter, plant.plan.quarters)
    start = grid.first_day(0)
    months: Floats = opened(plant, start, scenarios, seed).full.astype(np.float64)
    low, middle, high = (grid.first_day(int(q) // 3) for q in np.quantile(months, (0.05, 0.5, 0.95), method="nearest"))
    return low, middle, high
