"""What a project changes in a table of shares, exactly: before, after, and weighed with the chance that it is built.

Two tables move.

**The importing country's supply.** With home production h and imports m_c as shares of its use (h + sum m_c = 1), a
plant that covers the share k of use displaces imports:

    displaced = min(k, what can be displaced),   surplus = k - displaced

in proportion to the shares of those displaced, or the largest first. Other home production is not displaced, nothing
falls below zero, and the surplus is exported. Shares sum to 1 before and after.

**The world's production.** Capacity K, as a share of what the world makes now, comes on top of it,

    s_c' = (s_c + K [c is where the plant stands]) / (1 + K)

or, where demand is taken as it is, in place of what others make: they lose K in proportion to their shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from pledger.exposure.supply.draws import Shares
from pledger.exposure.supply.words import REST
from pledger.vehicle.words import Floats

__all__ = ["Added", "Displaced", "Range", "Side", "added", "displace", "ranged", "side", "supply"]


_MARKS = (0.05, 0.5, 0.95)


class Displaced(StrEnum):
    """Whose imports a new plant displaces: an assumption, said with every answer."""

    PROPORTION = "in proportion"
    LARGEST = "largest first"


class Added(StrEnum):
    """What new capacity does to the world's production: an assumption, said with every answer."""

    ON_TOP = "on top"
    IN_PLACE = "in place of others"


@dataclass(frozen=True, slots=True)
class Range:
    """A number over the scenarios."""

    low: float
    """5 %."""
    middle: float
    """The median."""
    high: float
    """95 %."""
    mean: float


@dataclass(frozen=True, slots=True)
class Side:
    """One state of a table: its shares and what is measured of them."""

    shares: tuple[tuple[str, Range], ...]
    """By supplier, the largest first, `REST` last."""
    hhi: Range
    """Herfindahl-Hirschman index, 0 to 10,000; the rest counts as many small ones."""
    largest: str
    """The supplier that is the largest in most scenarios."""
    largest_share: Range
    """The share of whoever is the largest."""
    reliance: Range | None
    """What the importing country does not make itself, as a share of its use; None for the world."""


def supply(importer: str, imports: Shares, reliance: Floats) -> Shares:
    """A country's supply as shares of its use: its own production first, then its imports by country.

    `reliance` (n,): net imports as a share of use, held to 0 to 1. A country does not import from itself: where it
    stands among the sources of imports its part is divided among the others.
    """
    keep = [n for n, name in enumerate(imports.suppliers) if name != importer]
    values = imports.values[:, keep]
    total = values.sum(axis=1, keepdims=True)
    even = np.full_like(values, 1.0 / max(1, values.shape[1]))
    values = np.where(total > 0, values / np.where(total > 0, total, 1.0), even)
    share = np.clip(reliance, 0.0, 1.0)[:, None]
    return Shares((importer, *(imports.suppliers[n] for n in keep)), np.hstack([1.0 - share, share * values]))


def displace(
    before: Shares, importer: str, place: str, covers: Floats, how: Displaced = Displaced.PROPORTION
) -> tuple[Shares, Floats]:
    """The supply after a plant at `place` covers a share of use (n,), and what it makes beyond that, as a share of use.

    The plant's output counts for the country in which it stands, which may be another than the importing one.
    """
    before = _with(before, place)
    at = before.suppliers.index(place)
    values = before.values.copy()
    others = np.array([name not in (importer, place) for name in before.suppliers])
    room = values[:, others]
    total = room.sum(axis=1)
    taken = np.minimum(np.maximum(covers, 0.0), total)
    match how:
        case Displaced.PROPORTION:
            left = room * (1.0 - np.divide(taken, total, out=np.zeros_like(taken), where=total > 0))[:, None]
        case Displaced.LARGEST:
            left = _largest_first(room, taken)
    values[:, others] = left
    # What the others leave is the place's own, so that a row sums to 1 whatever was rounded.
    rest = np.arange(values.shape[1]) != at
    values[:, at] = np.maximum(0.0, 1.0 - values[:, rest].sum(axis=1))
    return Shares(before.suppliers, values), np.maximum(covers, 0.0) - taken


def added(before: Shares, place: str, capacity: Floats, how: Added = Added.ON_TOP) -> Shares:
    """The world's shares after capacity (n,), as a share of what the world makes now, is added at `place`."""
    before = _with(before, place)
    at = before.suppliers.index(place)
    capacity = np.maximum(capacity, 0.0)
    match how:
        case Added.ON_TOP:
            values = before.values / (1.0 + capacity)[:, None]
        case Added.IN_PLACE:
            others = 1.0 - before.values[:, at]
            lost = np.divide(np.minimum(capacity, others), others, out=np.zeros_like(others), where=others > 0)
            values = before.values * (1.0 - lost)[:, None]
    rest = np.arange(values.shape[1]) != at
    values[:, at] = np.maximum(0.0, 1.0 - values[:, rest].sum(axis=1))
    return Shares(before.suppliers, values)


def ranged(values: Floats, weights: Floats | None = None) -> Range:
    """5 %, median, 95 % and mean of numbers over scenarios, which count alike or by their weights."""
    if weights is None:
        low, middle, high = (float(q) for q in np.quantile(values, _MARKS))
        return Range(low, middle, high, float(values.mean()))
    low, middle, high = (
        float(q) for q in np.quantile(values, _MARKS, weights=weights, method="inverted_cdf")
    )  # fmt: skip
    return Range(low, middle, high, float(np.average(values, weights=weights)))


def side(shares: Shares, importer: str | None, weights: Floats | None = None) -> Side:
    """What a table's shares measure, each with its range over the scenarios (n,), which may have weights."""
    named = [n for n, name in enumerate(shares.suppliers) if name != REST]
    values = shares.values[:, named]
    # The rest counts as many small ones: it adds next to nothing to the index and is nobody's share.
    index = 10_000.0 * np.square(values).sum(axis=1)
    names = [shares.suppliers[n] for n in named]
    first = np.bincount(values.argmax(axis=1), weights, minlength=len(names)).argmax() if names else 0
    means = np.average(shares.values, axis=0, weights=weights)
    order = sorted(range(len(shares.suppliers)), key=lambda n: (n not in named, -means[n]))
    return Side(
        tuple((shares.suppliers[n], ranged(shares.values[:, n], weights)) for n in order),
        ranged(index, weights),
        names[int(first)] if names else REST,
        ranged(values.max(axis=1) if names else np.zeros(len(shares.values)), weights),
        ranged(1.0 - shares.of(importer), weights) if importer is not None else None,
    )


def _with(shares: Shares, place: str) -> Shares:
    """The shares with a column for `place`, before that of the rest."""
    if place in shares.suppliers:
        return shares
    at = shares.suppliers.index(REST) if REST in shares.suppliers else len(shares.suppliers)
    names = (*shares.suppliers[:at], place, *shares.suppliers[at:])
    return Shares(names, np.insert(shares.values, at, 0.0, axis=1))


def _largest_first(room: Floats, taken: Floats) -> Floats:
    """What is left of each column when `taken` is drawn from the largest, then from the next."""
    order = np.argsort(-room, axis=1, kind="stable")
    sorted_room = np.take_along_axis(room, order, axis=1)
    before = np.cumsum(sorted_room, axis=1) - sorted_room
    left = sorted_room - np.clip(taken[:, None] - before, 0.0, sorted_room)
    out = np.empty_like(room)
    np.put_along_axis(out, order, left, axis=1)
    return out
