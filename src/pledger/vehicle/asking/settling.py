"""What settling a project's stage would tell: not whether it proceeds, which no report can, but how probable that is.

A stage s has weight w_s among the reports, and a project of that stage proceeds with probability p_s. Given the common
factor M of all projects, the stage moves an answer Y only by the project's own effect d = E[Y | it proceeds, M] - E[Y |
it does not, M], so that E[Y | s] = constant + p_s d where effects add up, and the first-order index of the stage is

    Var_s(p_s) * d^2 / Var(Y),    Var_s(p_s) = sum_s w_s (p_s - p)^2,  p = sum_s w_s p_s.

The effect is estimated within quantile bins of M (Cochran, Biometrics 24 (1968) 295-313: stratification takes out what
the factor brings to both), so that what the project's fate tells of the others does not count; d^2 is corrected for the
variance of its estimate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pledger.vehicle.asking.indices import BLOCKS, Index, bins_for, cells
from pledger.vehicle.words import Floats

__all__ = ["stage_index"]

Stages = Sequence[tuple[str, float, float]]
"""Stage, its weight, and the probability that a project of it proceeds."""


def stage_index(stages: Stages, proceeds: Floats, y: Floats, common: Floats | None = None) -> Index:
    """The first-order index of a project's stage.

    `proceeds` is 1 in the scenarios in which the project does, `y` the answer, `common` the factor behind all projects;
    without it they are taken to be independent. The standard error is the jackknife's of the effect, squared.
    """
    known = np.isfinite(y)
    y, proceeds = y[known], proceeds[known]
    n = len(y)
    weights = np.array([weight for _, weight, _ in stages])
    chances = np.array([chance for _, _, chance in stages])
    weights = weights / weights.sum()
    spread = float(weights @ (chances - weights @ chances) ** 2)
    variance = float(y.var()) if n else 0.0
    if n < 2 or spread == 0 or variance == 0 or not 0 < proceeds.mean() < 1:
        return Index(0.0, 0.0, len(stages), n)
    stratum = np.zeros(n, dtype=np.int64) if common is None else cells(common[known], bins_for(n))
    effect, error = _effect(proceeds, (y - y.mean()) / math.sqrt(variance), stratum)
    value = spread * (effect**2 - error**2)
    return Index(value, spread * math.sqrt((2 * effect * error) ** 2 + 2 * error**4), len(stages), n)


def _effect(x: Floats, y: Floats, stratum: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[float, float]:
    """The regression of y on x within strata, and its jackknife error over interleaved blocks."""
    blocks = min(BLOCKS, len(y) // 2)
    k = int(stratum.max()) + 1
    key = np.arange(len(y)) % blocks * k + stratum

    def summed(values: Floats) -> Floats:
        found: Floats = np.bincount(key, weights=values, minlength=blocks * k).reshape(blocks, k).astype(np.float64)
        return found

    sums = np.stack([summed(np.ones(len(y))), summed(x), summed(y), summed(x * y), summed(x * x)])
    whole = sums.sum(axis=1)
    without = _slope(whole[:, None, :] - sums)
    error = math.sqrt((blocks - 1) / blocks * float(np.sum((without - without.mean()) ** 2)))
    return float(_slope(whole)), error


def _slope(sums: Floats) -> Floats:
    n, x, y, xy, xx = sums
    n = np.maximum(n, 1.0)
    found: Floats = (xy - x * y / n).sum(axis=-1) / (xx - x * x / n).sum(axis=-1)
    return found
