"""How much an answer would narrow if an input were known: the first-order index, estimated from given draws.

For an answer Y and an uncertain input X it is Var(E[Y|X]) / Var(Y): the share of the answer's variance that goes, on
average, once X is known. It needs no further runs, after

    Plischke, Borgonovo and Smith, Global sensitivity measures from given data, European Journal of Operational
    Research 226 (2013) 536-550;
    Strong, Oakley and Brennan, Estimating multiparameter partial expected value of perfect information from a
    probabilistic sensitivity analysis sample, Medical Decision Making 34 (2014) 311-326.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.words import Floats

__all__ = ["BLOCKS", "Index", "bins_for", "cells", "first_order"]

Cells = npt.NDArray[np.int64]


class _Sorted(NamedTuple):
    """A column taken apart once for every number of bins: its values in order, where each draw is, how often each."""

    values: npt.NDArray[np.generic]
    where: Cells
    counts: Cells


BLOCKS = 50
"""Of the jackknife: the standard error is itself known to 1 / sqrt(2 * 49), a tenth."""
_GROWTH, _GROWTH_OF_GROUPS = 0.4, 0.6
"""Bins grow as n to this power: 100 at 100,000 scenarios, where neither their width nor their noise shows (tests)."""
_FEWEST = 4
"""Scenarios fewer than this many times the bins are too few to say anything."""


@dataclass(frozen=True, slots=True)
class Index:
    """A first-order index with how far it can be trusted."""

    value: float
    """Share of the answer's variance, bias-corrected: it may come out a little below 0 where X does nothing."""
    error: float
    """Standard error: sampling (jackknife) and width of the bins together."""
    cells: int
    """Sides and bins into which X was sorted."""
    scenarios: int
    """In which the answer is defined."""


def bins_for(scenarios: int, columns: int = 1) -> int:
    """How many bins a column gets that is looked at alone, or together with others."""
    power = _GROWTH if columns == 1 else _GROWTH_OF_GROUPS
    return max(2, round(math.pow(scenarios, power / columns)))


def cells(x: npt.NDArray[np.generic], bins: int) -> Cells:
    """For each draw the number of its cell: a side of its own for every value that recurs, quantile bins for the rest.

    A value is a side (an atom) when it makes up a quarter of what a bin would hold; so words and whole numbers are
    taken by value, a belief over stretches by bin, and a belief with points and stretches by both.
    """
    return _cells(_sorted(x), bins)


def _sorted(x: npt.NDArray[np.generic]) -> _Sorted:
    values, where, counts = np.unique(np.asarray(x), return_inverse=True, return_counts=True)
    return _Sorted(values, where.reshape(-1), counts)


def _cells(column: _Sorted, bins: int) -> Cells:
    values, where, counts = column
    n = len(where)
    sides = counts >= max(2.0, n / (4 * bins))
    numbers = np.cumsum(sides) - 1
    loose = counts * ~sides
    left = int(loose.sum())
    if left:
        if values.dtype.kind in "biuf":
            many = max(1, round(bins * left / n))
            rank_in_the_rest = np.cumsum(loose) - loose  # of a value's first draw: equal values share a bin
            into = sides.sum() + rank_in_the_rest * many // left
        else:
            into = np.full(len(values), sides.sum())  # rare words together
        numbers = np.where(sides, numbers, into)
    return np.asarray(numbers, dtype=np.int64)[where]


def first_order(
    x: npt.NDArray[np.generic] | Sequence[npt.NDArray[np.generic]], y: Floats, *, bins: int | None = None
) -> Index:
    """Var(E[Y|X]) / Var(Y) from draws of X (one column, or several that are settled together) and of Y.

    With n draws in k cells, SSB and SSW the sums of squares between and within cells and SST their sum, the index is
    the bias-corrected correlation ratio

        S = (SSB - (k - 1) * SSW / (n - k)) / SST = 1 - (n - 1) / (n - k) * SSW / SST

    (Kelley, An unbiased correlation ratio measure, PNAS 21 (1935) 554-559). Its standard error is that of the
    delete-a-group jackknife over 50 interleaved blocks of scenarios (Shao and Tu, The Jackknife and Bootstrap, 1995,
    ch. 2), in quadrature with the error from the width of the bins: a third of what S changes by with half as many of
    them, since that error falls with the square of their number. Scenarios in which Y is not finite (no IRR, never paid
    back) are left out. Where Y does not vary nothing is left to narrow: 0.

    `bins` are of one column; without it n^0.4 (n^0.6 cells altogether for several columns). Raises AskError where
    lengths differ or the scenarios are too few for the cells.
    """
    columns = [np.asarray(c) for c in x] if isinstance(x, (list, tuple)) else [np.asarray(x)]
    y = np.asarray(y, dtype=np.float64)
    if not columns or any(c.shape != y.shape for c in columns) or y.ndim != 1:
        raise AskError("inputs and answer must be columns of the same length")
    known = np.isfinite(y)
    y, columns = y[known], [c[known] for c in columns]
    n = len(y)
    if n < 2 * _FEWEST:
        raise AskError(f"{n} scenarios in which the answer is defined are too few for an index; run more of them")
    if bins is None:
        bins = bins_for(n, len(columns))
    if n < _FEWEST * bins:
        raise AskError(f"{n} scenarios are too few for {bins} bins; run {_FEWEST * bins} or more")
    spread = np.ptp(y)
    if spread == 0 or spread <= 1e-12 * np.abs(y).max():
        return Index(0.0, 0.0, 1, n)
    y = (y - y.mean()) / y.std()
    blocks = min(BLOCKS, n // 2)
    block = np.arange(n) % blocks
    its = [_sorted(c) for c in columns]
    value, error, k = _index(_joint(its, bins), y, block, blocks)
    coarse = _index(_joint(its, max(1, bins // 2)), y, block, blocks)[0]
    return Index(value, math.hypot(error, (value - coarse) / 3), k, n)


def _joint(columns: Sequence[_Sorted], bins: int) -> Cells:
    """Cells of several columns together: those that occur, numbered from 0."""
    joint = _cells(columns[0], bins)
    for column in columns[1:]:
        own = _cells(column, bins)
        joint = np.unique(joint * (int(own.max()) + 1) + own, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return joint


def _index(cell: Cells, y: Floats, block: Cells, blocks: int) -> tuple[float, float, int]:
    """Index, its jackknife error, and the number of cells."""
    k = int(cell.max()) + 1
    key = block * k + cell
    count = np.bincount(key, minlength=blocks * k).reshape(blocks, k).astype(np.float64)
    total = np.bincount(key, weights=y, minlength=blocks * k).reshape(blocks, k)
    squares = np.bincount(block, weights=y * y, minlength=blocks)
    value = float(_ratio(count.sum(axis=0), total.sum(axis=0), squares.sum()))
    without = _ratio(count.sum(axis=0) - count, total.sum(axis=0) - total, squares.sum() - squares)
    variance = (blocks - 1) / blocks * float(np.sum((without - without.mean()) ** 2))
    return value, math.sqrt(variance), k


def _ratio(count: Floats, total: Floats, squares: Floats) -> Floats:
    """The corrected correlation ratio from counts and sums by cell (last axis) and the sum of squares."""
    n = count.sum(axis=-1)
    k = (count > 0).sum(axis=-1)
    between = (total**2 / np.where(count > 0, count, 1)).sum(axis=-1)
    mean = total.sum(axis=-1) ** 2 / n
    free = np.maximum(n - k, 1)
    ratio: Floats = 1 - (n - 1) / free * (squares - between) / (squares - mean)
    return ratio
