"""Scenarios by the thousand on all cores, or on the workers of a Dask cluster, with the same bits in either case.

Scenarios are computed in blocks of a fixed size. Answers of a scenario depend on nothing but the plan, the seed and the
scenario's number; sums are taken within a block in the order of its scenarios, and over blocks in their order; counts
are whole numbers. So no result depends on how many threads or workers there are, or on which of them did what.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.columns import forced, under
from pledger.vehicle.montecarlo.fans import Counts, Fan, Ranges, count, empty, merge, percentiles, ranges
from pledger.vehicle.montecarlo.kernel import ANSWERS, BY_PROJECT, SERIES, block
from pledger.vehicle.montecarlo.simulation import Simulation, Standing
from pledger.vehicle.montecarlo.tables import PlanError, Tables, tables
from pledger.vehicle.words import Floats, Plan

__all__ = ["BLOCK", "Job", "Outcome", "Progress", "compute", "simulate"]

BLOCK = 512
"""Scenarios whose sums are taken together; another number would change the last bits of means."""
PILOT = 1024
"""Scenarios of the pilot run that finds the ranges of the bins: always the first of the seed."""
_LOCAL_BLOCKS = 8
"""Blocks in a piece of work for a thread: some tens of milliseconds, so that Ctrl-C and progress are prompt."""
_AHEAD = 3
"""Pieces waiting for each thread."""
_WHOLE_BYTES = 400e6
"""Answers up to this size are kept in double precision."""

Progress = Callable[[int, int], None]
"""Told how many scenarios are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Job:
    """A stretch of scenarios, whole blocks of it."""

    plan: Tables
    within: Ranges
    start: int
    stop: int
    by_project: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a job comes to."""

    answers: Floats
    """(n, A)"""
    sums: Floats
    """(blocks, S, T) of the series."""
    tally: Floats
    """(blocks, P, 5) of what each project comes to."""
    by_project: npt.NDArray[np.float32]
    """(n, P, 5), no rows where it was not asked for."""


class Desk:
    """Memory in which one thread computes: made once, for first touching it costs as much as the computation."""

    def __init__(self, quarters: int, counts: Counts | None = None) -> None:
        self.series = np.empty((BLOCK, len(SERIES), quarters), np.float32)
        self.counts = empty(len(SERIES) * quarters) if counts is None else counts


def compute(job: Job, desk: Desk) -> Outcome:
    """Compute a job's scenarios; the counts of its series are added to those of the desk."""
    size, candidates, quarters = job.stop - job.start, job.plan.whole.shape[0], int(job.plan.times[0])
    blocks = -(-size // BLOCK)
    answers = np.empty((size, len(ANSWERS)))
    sums = np.zeros((blocks, len(SERIES), quarters))
    tally = np.zeros((blocks, candidates, len(BY_PROJECT)))
    by_project = np.empty((size if job.by_project else 0, candidates, len(BY_PROJECT)), np.float32)
    for number in range(blocks):
        rows = slice(number * BLOCK, min(size, (number + 1) * BLOCK))
        series = desk.series[: rows.stop - rows.start]
        block(job.plan, job.start + rows.start, answers[rows], series, sums[number], tally[number], by_project[rows])
        count(series.reshape(len(series), -1), job.within, desk.counts)
    return Outcome(answers, sums, tally, by_project)


def simulate(
    plan: Plan, scenarios: int = 100_000, seed: int = 0, interpretation: str | None = None, threads: int | None = None,
    scheduler: str | None = None, progress: Progress | None = None, overrides: Mapping[str, float] | None = None, *,
    by_project: bool = False,
) -> Simulation:  # fmt: skip
    """Run a plan's scenarios 0 to `scenarios - 1` of a seed.

    `interpretation` forces one reading of the terms by its name, `overrides` inputs by name to a number; what is drawn
    for all else stays as it was. `threads` are those of this machine (all cores where None); `scheduler` is the address
    of a Dask scheduler whose workers compute instead. `by_project` keeps what each project comes to in each scenario:
    20 bytes for each of both. Memory: 8 bytes an answer and scenario (4 above a million scenarios), and some 25 MB a
    thread. Raises PlanError, and ClusterError where the cluster cannot be used.
    """
    if scenarios < 1:
        raise PlanError(f"{scenarios} scenarios were asked for; give at least 1")
    if threads is not None and threads < 1:
        raise PlanError(f"{threads} threads were asked for; give at least 1")
    run = forced(under(plan, interpretation) if interpretation is not None else plan, overrides or {})
    made = tables(run, seed)
    rows, quarters = len(SERIES) * run.quarters, run.quarters
    within = _pilot(made)
    exact = scenarios * len(ANSWERS) * 8 <= _WHOLE_BYTES
    answers = np.empty((scenarios, len(ANSWERS)), np.float64 if exact else np.float32)
    kept = np.empty((scenarios if by_project else 0, len(run.candidates), len(BY_PROJECT)), np.float32)
    sums, tally = np.zeros((len(SERIES), quarters)), np.zeros((len(run.candidates), len(BY_PROJECT)))
    counts = empty(rows)
    with ExitStack() as opened:
        if scheduler is None:
            crew = _threads(made, within, scenarios, threads or _cores(), counts, opened, by_project=by_project)
        else:
            from pledger.vehicle.montecarlo.spread import spread

            crew = spread(made, within, scenarios, scheduler, counts, opened, by_project=by_project)
        done = 0
        for outcome in crew:
            size = len(outcome.answers)
            answers[done : done + size] = outcome.answers
            if by_project:
                kept[done : done + size] = outcome.by_project
            for of_block, tally_of_block in zip(outcome.sums, outcome.tally, strict=True):
                sums += of_block
                tally += tally_of_block
            done += size
            if progress is not None:
                progress(done, scenarios)
    found = percentiles(within, counts).reshape(-1, len(SERIES), quarters)
    fans = tuple(Fan(name, sums[s] / scenarios, found[:, s]) for s, name in enumerate(SERIES))
    return Simulation(
        plan=run, seed=seed, scenarios=scenarios, interpretation=interpretation, names=ANSWERS, answers=answers,
        fans=fans, standings=_standings(run, tally, scenarios), by_project=kept if by_project else None,
    )  # fmt: skip


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _pilot(plan: Tables) -> Ranges:
    """The ranges of the bins."""
    candidates, quarters = plan.whole.shape[0], int(plan.times[0])
    series = np.empty((PILOT, len(SERIES), quarters), np.float32)
    block(
        plan, 0, np.empty((PILOT, len(ANSWERS))), series, np.zeros((len(SERIES), quarters)),
        np.zeros((candidates, len(BY_PROJECT))), np.empty((0, candidates, len(BY_PROJECT)), np.float32),
    )  # fmt: skip
    return ranges(series.reshape(PILOT, -1))


def _threads(
    plan: Tables, within: Ranges, scenarios: int, threads: int, counts: Counts, opened: ExitStack, *, by_project: bool
) -> Iterator[Outcome]:
    """Outcomes in the order of the scenarios; `counts` has all when the last is taken."""
    step = BLOCK * _LOCAL_BLOCKS
    jobs = (Job(plan, within, start, min(start + step, scenarios), by_project) for start in range(0, scenarios, step))
    desks: SimpleQueue[Desk] = SimpleQueue()
    for number in range(threads):
        desks.put(Desk(int(plan.times[0]), None if number else counts))

    def work(job: Job) -> Outcome:
        desk = desks.get()
        try:
            return compute(job, desk)
        finally:
            desks.put(desk)

    pool = ThreadPoolExecutor(threads, thread_name_prefix="pledger")
    opened.callback(pool.shutdown, wait=True, cancel_futures=True)  # Ctrl-C waits for the pieces under way only
    waiting: deque[Future[Outcome]] = deque()
    for job in jobs:
        waiting.append(pool.submit(work, job))
        if len(waiting) >= threads * _AHEAD:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
    for _ in range(threads):
        found = desks.get().counts
        if found is not counts:
            merge(counts, found)


def _standings(plan: Plan, tally: Floats, scenarios: int) -> tuple[Standing, ...]:
    with np.errstate(invalid="ignore"):
        means = tally / tally[:, :1]
    return tuple(
        Standing(one.id, float(times) / scenarios, *(float(mean) for mean in row[1:]))
        for one, times, row in zip(plan.candidates, tally[:, 0], means, strict=True)
    )
