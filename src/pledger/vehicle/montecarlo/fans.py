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

from pledger.vehicle.montecarlo.compiled import compiled, inner
from pledger.vehicle.words import Floats

__all__ = ["BINS", "PERCENTILES", "Counts", "Fan", "Ranges", "count", "empty", "merge", "percentiles", "ranges"]

BINS = 4096
PERCENTILES = (5.0, 25.0, 50.0, 75.0, 95.0)
_MARGIN = 0.25
"""By how much of the pilot's range the bins reach further on each side."""
_FOR_ATOMS = 256
"""Scenarios of the pilot among which numbers that recur are looked for."""
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
    """The number besides zero that recurs most often in each row; NaN where none does."""
    atoms = np.full(pilot.shape[1], np.nan, dtype=np.float32)
    _recurring(np.sort(pilot[:_FOR_ATOMS], axis=0), atoms)
    return atoms


@compiled
def _recurring(ordered: Singles, atoms: Singles) -> None:
    for row in range(ordered.shape[1]):
        most, run = 1, 0
        for i in range(ordered.shape[0]):
            run = run + 1 if i > 0 and ordered[i, row] == ordered[i - 1, row] else 1
            if run > most and ordered[i, row] != 0.0:
                most = run
                atoms[row] = ordered[i, row]


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
    into.bins[:, : more.bins.shape[1]] += more.bins
    into.zeros[:] += more.zeros
    into.atoms[:] += more.atoms
    np.minimum(into.least, more.least, out=into.least)
    np.maximum(into.most, more.most, out=into.most)


def percentiles(within: Ranges, counts: Counts, wanted: tuple[float, ...] = PERCENTILES) -> Floats:
    """Percentiles (len(wanted), R) of what was counted; within a bin, numbers are taken to lie evenly."""
    out = np.zeros((counts.zeros.size, len(wanted)))
    _walk(within, counts, np.sort(np.array(wanted)) / 100.0, out)
    return out.T


@compiled
def _walk(within: Ranges, counts: Counts, shares: Floats, out: Floats) -> None:
    """Walk along the bins and the atoms of each row, noting where the running count passes each share of all."""
    places, times = np.empty(2), np.empty(2)
    for row in range(out.shape[0]):
        bins = counts.bins[row]
        zero_first = not within.atom[row] < 0.0
        places[0 if zero_first else 1], times[0 if zero_first else 1] = 0.0, counts.zeros[row]
        places[1 if zero_first else 0], times[1 if zero_first else 0] = within.atom[row], counts.atoms[row]
        total = times[0] + times[1]
        for b in range(BINS):
            total += bins[b]
        atom = done = 0
        passed = 0.0
        for b in range(BINS):
            while atom < 2 and times[atom] == 0.0:
                atom += 1
            high = (b + 1 - within.shift[row]) / within.scale[row]
            here = atom < 2 and (places[atom] < high or b == BINS - 1)
            if bins[b] == 0 and not here:
                continue
            low = (b - within.shift[row]) / within.scale[row]
            if b == 0:
                low = min(high, float(counts.least[row]))
            elif b == BINS - 1:
                high = max(low, float(counts.most[row]))
            at, left = low, float(bins[b])
            while atom < 2 and (places[atom] < high or b == BINS - 1):
                if times[atom] > 0.0:
                    place = max(at, places[atom])
                    part = left * (place - at) / (high - at) if high > at and place < high else left
                    if places[atom] < low:
                        part = 0.0
                    done = _note(out[row], shares, done, total, passed, part, at, place)
                    passed, left, at = passed + part, left - part, place
                    done = _note(out[row], shares, done, total, passed, times[atom], places[atom], places[atom])
                    passed += times[atom]
                atom += 1
            done = _note(out[row], shares, done, total, passed, left, at, max(at, high))
            passed += left


@inner
def _note(
    out: Floats, shares: Floats, done: int, total: float, passed: float, more: float, low: float, high: float
) -> int:
    """Write the percentiles that lie in a stretch with `more` numbers from `low` to `high`; how many are written."""
    while more > 0.0 and done < shares.size and shares[done] * total <= passed + more:
        out[done] = low + (high - low) * (shares[done] * total - passed) / more
        done += 1
    return done
