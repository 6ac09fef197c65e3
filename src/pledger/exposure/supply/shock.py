"""A supplier stops or cuts its exports for some months: what is missing, by month, given stocks, plants, substitution.

Material is counted in whole parts, `UNIT` to a month's normal use, so that nothing is lost by rounding. In every month
of every scenario, exactly:

    opening stock + home + plant + imports = met + exported + closing stock
    met + shortage = demand,     demand + saved = UNIT

What happens in month t of a halt that begins at t = 0 and lasts n months:

1. Home production h and new plants make what they can. Before the halt they and imports met use and exports e in full:
   imports were the rest, divided among countries by their shares.
2. Of its exports the country keeps the share `kept` at home for t < n; the rest goes abroad as before.
3. Others deliver what they delivered before, the halted supplier (1 - cut) of it for t < n. Imports are taken as far as
   they are needed, in proportion to what was delivered before.
4. What is still missing is made first by home producers, then by the other suppliers, who raise output by at most
   rise * min(1, (t + 1) / rise_months) of what they delivered before.
5. Users do without saving * min(1, (t + 1) / saving_months) of normal use, where there is a gap.
6. Stocks are drawn on. What then is missing is the shortage.
7. After the halt stocks are filled up again, in steps of 1 / restock_months of what they held. A surplus of plants goes
   to stock up to what it held, then abroad.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.vehicle.words import Floats

__all__ = ["UNIT", "Facts", "Flow", "Halt", "run"]

Ints = npt.NDArray[np.int64]

UNIT = 10**12
"""Parts of a month's normal use."""
_MOST = 1000.0
"""No fact is counted beyond this many months of use: sums stay far from the end of 64 bits."""


@dataclass(frozen=True, slots=True)
class Halt:
    """What is asked: who stops, how much of its exports, from when, for how long."""

    supplier: str
    months: int
    begins: dt.date
    """A day of the first month."""
    cut: float = 1.0
    """Share of its exports that stops: 1 for a halt, 0.5 where they are halved."""
    after: int = 6
    """Months that are followed after it."""

    @property
    def horizon(self) -> int:
        """Months that are followed."""
        return self.months + self.after


@dataclass(frozen=True, slots=True)
class Facts:
    """What is uncertain, drawn in n scenarios; amounts in months of normal use, T months."""

    sources: tuple[str, ...]
    """Countries that imports come from."""
    shares: Floats
    """(n, sources) of imports, each row sums to 1."""
    home: Floats
    """(n,) production of the country itself without new plants, as a share of use; all of it at most."""
    exports: Floats
    """(n,) what the country exports, as a share of use."""
    kept: Floats
    """(n,) the share of that which it keeps at home while the halt lasts."""
    stock: Floats
    """(n,) what is held when the halt begins."""
    rise: Floats
    """(n,) by which other suppliers and home producers can raise what they deliver, as a share of it."""
    rise_months: Floats
    """(n,) until they do."""
    saving: Floats
    """(n,) share of use that can be done without."""
    saving_months: Floats
    """(n,) until it is."""
    restock_months: Floats
    """(n,) in which stocks are filled again after the halt."""
    plant: Floats
    """(n, T) output of new plants as a share of use."""
    plant_before: Floats
    """(n,) their output in the month before."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What happens in n scenarios and T months, in parts of which `UNIT` are a month's normal use."""

    halt: Halt
    sources: tuple[str, ...]
    opening: Ints
    """(n,) stock when the halt begins."""
    home: Ints
    """(n, T) home production without new plants."""
    plant: Ints
    """(n, T) output of new plants."""
    imports: Ints
    """(n, T, sources) by country."""
    saved: Ints
    """(n, T) use that is done without."""
    demand: Ints
    """(n, T) use that is wanted then."""
    met: Ints
    """(n, T)."""
    shortage: Ints
    """(n, T)."""
    exported: Ints
    """(n, T) what goes abroad."""
    stock: Ints
    """(n, T) at each month's end."""


def run(halt: Halt, facts: Facts) -> Flow:
    """The months of a halt in every scenario.

    Raises ValueError where the facts do not fit the halt: another number of months, a supplier that is no source.
    """
    if halt.supplier not in facts.sources:
        raise ValueError(f"{halt.supplier} supplies nothing here; there are {', '.join(facts.sources)}")
    if halt.months < 1 or halt.after < 0 or not 0 <= halt.cut <= 1:
        raise ValueError("a halt lasts a month or more and stops a share of exports from 0 to 1")
    count, span = len(facts.home), halt.horizon
    if facts.plant.shape != (count, span):
        raise ValueError(f"plants are given for {facts.plant.shape[1]} months, the halt is followed for {span}")
    home, stock, exports = _parts(facts.home, 1.0), _parts(facts.stock), _parts(facts.exports)
    normal = _normal(facts, home, exports)
    kept = np.floor(exports * np.clip(facts.kept, 0.0, 1.0)).astype(np.int64)
    halted = facts.sources.index(halt.supplier)
    stopped = np.rint(normal[:, halted] * halt.cut).astype(np.int64)
    target = stock.copy()
    refill = np.ceil(target / np.maximum(1.0, facts.restock_months)).astype(np.int64)
    plant = _parts(facts.plant)
    shape = (count, span)
    out = Flow(
        halt, facts.sources, stock.copy(), np.empty(shape, np.int64), plant,
        np.empty((*shape, len(facts.sources)), np.int64), *(np.empty(shape, np.int64) for _ in range(6)),
    )  # fmt: skip
    for t in range(span):
        during = t < halt.months
        there = normal.copy()
        if during:
            there[:, halted] -= stopped
        risen = _reached(facts.rise, facts.rise_months, t)
        made = home + plant[:, t]
        abroad = exports - kept if during else exports
        wanted = UNIT + abroad + (0 if during else np.minimum(target - stock, refill))
        need = np.maximum(0, wanted - made)
        usual = np.minimum(need, there.sum(axis=1))
        need -= usual
        at_home = np.minimum(need, np.floor(home * risen).astype(np.int64))
        need -= at_home
        more = np.floor(there * risen[:, None]).astype(np.int64)
        extra = np.minimum(need, more.sum(axis=1))
        imports = _divided(usual, there) + _divided(extra, more)
        came = made + at_home + usual + extra
        sent = np.minimum(abroad, came)
        left = came - sent
        gap = np.maximum(0, UNIT - left)
        saved = np.minimum(gap, np.floor(UNIT * _reached(facts.saving, facts.saving_months, t)).astype(np.int64))
        demand = UNIT - saved
        met = np.minimum(demand, left + stock)
        closing = stock + left - met
        stock = np.minimum(closing, target)
        exported = sent + closing - stock
        out.home[:, t], out.imports[:, t], out.saved[:, t], out.demand[:, t] = home + at_home, imports, saved, demand
        out.met[:, t], out.shortage[:, t], out.exported[:, t], out.stock[:, t] = met, demand - met, exported, stock
    return out


def _parts(amount: Floats, most: float = _MOST) -> Ints:
    """Amounts in months of use as whole parts, held to what can be counted."""
    return np.rint(np.clip(amount, 0.0, most) * UNIT).astype(np.int64)


def _normal(facts: Facts, home: Ints, exports: Ints) -> Ints:
    """What each country delivered in the month before, (n, sources): use and exports less what is made at home."""
    needed = np.maximum(0, UNIT + exports - home - _parts(facts.plant_before))
    return _split(needed, np.cumsum(facts.shares, axis=1))


def _reached(most: Floats, after: Floats, t: int) -> Floats:
    """A share that grows evenly to `most` within `after` months, in month t."""
    return np.clip(most, 0.0, _MOST) * np.minimum(1.0, (t + 1) / np.maximum(1.0, after))


def _divided(total: Ints, among: Ints) -> Ints:
    """Whole totals (n,) divided in proportion to `among` (n, k); all of each total is given out."""
    return _split(total, np.cumsum(among, axis=1, dtype=np.float64))


def _split(total: Ints, sums: Floats) -> Ints:
    """Whole totals divided at running sums of weights (n, k): the marks are rounded, so that the parts add up."""
    whole = sums[:, -1:]
    marks = np.rint(total[:, None] * np.divide(sums, whole, out=np.zeros_like(sums), where=whole > 0)).astype(np.int64)
    marks[:, -1] = total
    return np.diff(marks, axis=1, prepend=0)
