"""Percentiles by quarter without keeping every scenario: counts in 4,096 bins over a range that a pilot run found.

A row is one series in one quarter. Zero, and the one other number that the pilot met most often (a ceiling that is
reached, an amount that is certain), are counted apart, so that percentiles are exact there. What lies outside the range
is counted at its ends, whose bins reach to the least and the greatest number met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pledger.vehicle.compiled import compiled
from pledger.vehicle.words import Floats

__all__ = ["BINS", "PERCENTILES", "Counts", "Fan", "Ranges", "count", "empty", "merge", "percentiles", "ranges"]

BINS = 4096
PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
_MARGIN = 0.25
"""By how much of the pilot's range the bins reach further on each side."""
_SAME = 2e-7
"""Share of a number by which single precision, and sums taken in another order, may make it differ from itself."""

Singles = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fan:
    """One series over the quarters, over all scenarios."""

    name: str
    mean: Floats
    """(T,)"""
    percentiles: Floats
    """(5, T): the 5th, 25th, 50th, 75th and 95th."""


class Ranges(NamedTuple):
    """Of R rows: a number x falls into the bin floor(x * scale + shift)."""

    scale: Floats
    shift: Floats
    atom: Singles
    """The number besides zero that is counted apart; NaN where there is none."""


class Counts(NamedTuple):
    """What was counted in R rows."""

    bins: npt.NDArray[np.uint32]
    """(R, BINS)"""
    zeros: npt.NDArray[np.uint32]
    atoms: npt.NDArray[np.uint32]
    """(R,)"""
    least: Singles
    most: Singles
    """(R,) the ends of what was met outside the bins; infinite where nothing was."""


def ranges(pilot: Singles) -> Ranges:
    """Ranges for the rows of a pilot run (n, R). Zero is an edge between bins wherever it is within the range."""
    low, high = pilot.min(axis=0).astype(np.float64), pilot.max(axis=0).astype(np.float64)
    width = high - low
    width = np.where(width > 0, width, np.maximum(np.abs(high), 1.0))
    # what has one sign in the pilot gets no bins on the other side of zero, but for what overflows
    bottom = np.where((low >= 0) & (low - _MARGIN * width < 0), 0.0, low - _MARGIN * width)
    top = np.where((high <= 0) & (high + _MARGIN * width > 0), 0.0, high + _MARGIN * width)
    top = np.where(top > bottom, top, bottom + width)
    scale = (BINS - 3) / (top - bottom)
    # one bin at each end for what overflows, and a whole number of bins below zero
    return Ranges(scale, 1.0 - np.floor(bottom * scale), _atoms(pilot))


def _atoms(pilot: Singles) -> Singles:
    ordered = np.sort(pilot, axis=0)
    atoms = np.full(pilot.shape[1], np.nan, dtype=np.float32)
    for row in range(pilot.shape[1]):
        values, times = np.unique(ordered[:, row][ordered[:, row] != 0], return_counts=True)
        if times.size and times.max() > 1:
            atoms[row] = values[int(times.argmax())]
    return atoms


def empty(rows: int) -> Counts:
    """Nothing counted yet."""
    return Counts(
        np.zeros((rows, BINS), np.uint32), np.zeros(rows, np.uint32), np.zeros(rows, np.uint32),
        np.full(rows, np.inf, np.float32), np.full(rows, -np.inf, np.float32),
    )  # fmt: skip


@compiled
def count(block: Singles, within: Ranges, counts: Counts) -> None:
    """Add the rows of a block of scenarios (n, R)."""
    for row in range(block.shape[1]):
        scale, shift, atom = within.scale[row], within.shift[row], within.atom[row]
        bins = counts.bins[row]
        near = abs(atom) * _SAME
        zeros = atoms = 0
        for i in range(block.shape[0]):
            x = block[i, row]
            if x == 0.0:
                zeros += 1
            elif abs(x - atom) <= near:
                atoms += 1
            else:
                place = x * scale + shift
                if place < 1.0:
                    bins[0] += np.uint32(1)
                    counts.least[row] = min(counts.least[row], x)
                elif place >= BINS - 1:
                    bins[BINS - 1] += np.uint32(1)
                    counts.most[row] = max(counts.most[row], x)
                else:
                    bins[int(place)] += np.uint32(1)
        counts.zeros[row] += np.uint32(zeros)
        counts.atoms[row] += np.uint32(atoms)


def merge(into: Counts, more: Counts) -> None:
    """Add the counts of other scenarios, in place. The order does not matter."""
    for a, b in zip(into[:3], more[:3], strict=True):
        np.add(a, b, out=a)
    np.minimum(into.least, more.least, out=into.least)
    np.maximum(into.most, more.most, out=into.most)


def percentiles(within: Ranges, counts: Counts, wanted: tuple[float, ...] = PERCENTILES) -> Floats:
    """Percentiles (len(wanted), R) of what was counted; within a bin, numbers are taken to lie evenly."""
    rows = counts.zeros.size
    out = np.empty((len(wanted), rows))
    edges = np.arange(BINS + 1, dtype=np.float64)
    for row in range(rows):
        at = (edges - within.shift[row]) / within.scale[row]
        at[0] = min(at[1], float(counts.least[row]))
        at[-1] = max(at[-2], float(counts.most[row]))
        out[:, row] = _of_row(at, counts.bins[row], [(0.0, int(counts.zeros[row])),
                              (float(within.atom[row]), int(counts.atoms[row]))], wanted)  # fmt: skip
    return out


def _of_row(
    edges: Floats, bins: npt.NDArray[np.uint32], atoms: list[tuple[float, int]], wanted: tuple[float, ...]
) -> Floats:
    """Percentiles of one row: a running count over the places of bins' edges, with a jump at each atom."""
    filled = np.flatnonzero(bins)
    below = np.concatenate([[0.0], np.cumsum(bins[filled], dtype=np.float64)])
    # the running count without atoms, as a line through the edges of the bins that hold something
    x = np.column_stack([edges[filled], edges[filled + 1]]).ravel()
    y = np.column_stack([below[:-1], below[1:]]).ravel()
    for place, times in sorted(atom for atom in atoms if atom[1]):
        split = int(np.searchsorted(x, place))
        height = float(np.interp(place, x, y)) if x.size else 0.0
        x = np.concatenate([x[:split], [place, place], x[split:]])
        y = np.concatenate([y[:split], [height, height + times], y[split:] + times])
    total = y[-1] if y.size else 0.0
    rank = np.array(wanted) / 100.0 * total
    found = np.empty(len(wanted))
    for i, r in enumerate(rank):
        k = min(int(np.searchsorted(y, r)), y.size - 1)
        if k == 0 or y[k] == y[k - 1]:
            found[i] = x[k]
        else:
            found[i] = x[k - 1] + (x[k] - x[k - 1]) * (r - y[k - 1]) / (y[k] - y[k - 1])
    return found
