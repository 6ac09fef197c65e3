"""All choices of up to 15 projects, one by one: what the exact solver must agree with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pledger.vehicle.choosing.choice import Choice, Limit, Problem

__all__ = ["brute_best", "brute_frontier", "brute_possible", "choices"]


def choices(count: int) -> npt.NDArray[np.int64]:
    """(2^count, count) of 0 and 1."""
    return (np.arange(2**count)[:, None] >> np.arange(count)) & 1


def within(every: npt.NDArray[np.int64], limits: Sequence[Limit]) -> npt.NDArray[np.bool_]:
    kept = np.ones(len(every), dtype=np.bool_)
    for limit in limits:
        kept &= every @ np.array(limit.coefficients, dtype=np.int64) <= limit.bound
    return kept


def brute_possible(limits: Sequence[Limit], count: int) -> bool:
    return bool(within(choices(count), limits).any())


def brute_best(problem: Problem) -> Choice | None:
    """The most value; then the least cost; then the one that holds the first project in which they differ."""
    every = choices(len(problem.values))
    kept = every[within(every, problem.limits)]
    if not len(kept):
        return None
    value = kept @ np.array(problem.values, dtype=np.int64)
    cost = kept @ np.array(problem.costs, dtype=np.int64)
    first = max(zip(value.tolist(), (-cost).tolist(), map(tuple, kept.tolist()), strict=True))
    return tuple(bool(x) for x in first[2])


def brute_frontier(strategy: Sequence[int], returns: Sequence[int], problem: Problem) -> list[tuple[int, int]]:
    """Pairs of strategic value and return that no other choice betters, from the greatest return on."""
    every = choices(len(strategy))
    kept = every[within(every, problem.limits)]
    pairs = sorted(
        set(zip((kept @ np.array(strategy)).tolist(), (kept @ np.array(returns)).tolist(), strict=True)),
        key=lambda pair: (-pair[1], -pair[0]),
    )
    found: list[tuple[int, int]] = []
    for pair in pairs:
        if not found or pair[0] > found[-1][0]:
            found.append(pair)
    return found
