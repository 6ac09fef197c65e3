"""Shares and other uncertain facts of supply as draws: one row for each scenario, the same for the same seed.

Each fact has random numbers of its own, made of the seed and the fact's name (NumPy's `SeedSequence` and PCG64), so
that a fact that is added or taken out leaves all others as they were drawn: two runs that differ in one thing are
compared scenario by scenario.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from pledger.exposure.supply.words import REST, Level, Market, Supplied
from pledger.ledger.agree import ABOUT
from pledger.ledger.distributions import SHARE, Belief, Part, Shape
from pledger.model import Qualifier
from pledger.vehicle.words import Basis, Floats

__all__ = ["Shares", "belief_of", "best", "drawn", "spread", "stream"]

Word = TypeVar("Word", Supplied, Level)


@dataclass(frozen=True, slots=True)
class Shares:
    """Who has how much of one whole, in n scenarios."""

    suppliers: tuple[str, ...]
    """Countries, each once; `REST` where not all of the whole is named."""
    values: Floats
    """(n, suppliers) shares; each row sums to 1."""

    def of(self, supplier: str) -> Floats:
        """The share of one supplier in each scenario (n,); nothing where it is not named."""
        if supplier not in self.suppliers:
            return np.zeros(len(self.values))
        return self.values[:, self.suppliers.index(supplier)]


def stream(seed: int, name: str) -> np.random.Generator:
    """The random numbers of one fact under a seed."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *name.encode()])))


def spread(low: float | None, high: float | None, qualifier: Qualifier, weight: float = 1.0) -> Part:
    """A share as it was stated, as a stretch of a belief: the rules of `ledger.beliefs`, within 0 to 1.

    About: 10 % either way. A floor: falling from it to twice as much. A ceiling: rising to it from half of it.
    """
    if low is None and high is None:
        return Part(0.0, 1.0, Shape.UNIFORM, weight)
    low, high = (min(max(end, 0.0), 1.0) if end is not None else None for end in (low, high))
    if high is None:
        floor = min(1.0, low or 0.0)
        return Part(floor, min(1.0, 2 * floor) if floor > 0 else 1.0, Shape.FALLING, weight)
    if low is None:
        return Part(high / 2, min(1.0, high), Shape.RISING, weight)
    if qualifier is Qualifier.ABOUT and low == high:
        return Part(low * (1 - ABOUT), min(1.0, high * (1 + ABOUT)), Shape.UNIFORM, weight)
    return Part(low, min(1.0, high), Shape.UNIFORM, weight)


def belief_of(said: Sequence[Supplied]) -> Belief:
    """The belief about one country's share: of the words that rest on most, each counts alike (`best`)."""
    sourced = best(said)
    return Belief(SHARE, tuple(spread(s.low, s.high, s.qualifier, 1 / len(sourced)) for s in sourced))


def best(said: Sequence[Word]) -> Sequence[Word]:
    """The words that rest on most: those with a source that is not weak, else with any source, else assumptions."""

    def rests(word: Supplied | Level) -> int:
        if word.basis is Basis.ASSUMPTION:
            return 0
        return 2 if any(not source.weak for source in word.sources) else 1

    most = max((rests(word) for word in said), default=0)
    return [word for word in said if rests(word) == most]


def drawn(market: Market, scenarios: int, seed: int) -> Shares:
    """The market's shares in each scenario: each named country by its own belief, `REST` what they leave.

    Where the draws of the named exceed the whole (floors and rounded shares do) they are scaled to it, in proportion.
    A row for `REST` counts only as a word that there is one: what is left is computed.
    """
    by_country: dict[str, list[Supplied]] = defaultdict(list)
    for said in market.shares:
        if said.country != REST:
            by_country[said.country].append(said)
    names = sorted(by_country)
    prefix = f"{market.commodity}.{market.step}.{market.measure}.{market.grade}.{market.importer or 'world'}"
    values = np.empty((scenarios, len(names) + 1))
    for column, name in enumerate(names):
        values[:, column] = belief_of(by_country[name]).sample(stream(seed, f"{prefix}.{name}"), scenarios)
    named = values[:, :-1].sum(axis=1)
    over = named > 1.0
    values[over, :-1] /= named[over, None]
    values[:, -1] = np.where(over, 0.0, 1.0 - np.minimum(named, 1.0))
    return Shares((*names, REST), values)
