"""Who reads: this process for a little, all cores for much, a cluster where one is named."""

from __future__ import annotations

import datetime as dt
import itertools
import os
from collections.abc import Callable, Generator, Iterable, Iterator

from pledger import documents
from pledger.model import Problem
from pledger.workers.cluster import READING, Cluster
from pledger.workers.order import in_order
from pledger.workers.processes import Processes, can_start
from pledger.workers.task import Job, Result, read_job

__all__ = ["LITTLE", "cores", "jobs", "read_jobs"]

LITTLE = 1_000_000
"""Bytes that are read in this process, unless workers were asked for: starting others costs as much as reading them."""


def cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs(paths: Iterable[str], *, reported_on: dt.date | None = None, signed: bool = True) -> Iterator[Job | Problem]:
    """A job for each file, and for each page of a web archive; made one by one as they are asked for."""
    for path in paths:
        for page in documents.pages(path):
            yield page if isinstance(page, Problem) else Job(page, reported_on, signed=signed)


def read_jobs(
    jobs: Iterable[Job | Problem],
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    apart: Callable[[], None] | None = None,
) -> Generator[Result, None, None]:
    """One result for each job, in the order of the jobs; the same whoever reads.

    `scheduler` is the address of a Dask scheduler; else `workers` processes read, by default one on each core and none
    besides this one where there is little to read. Raises ClusterError where the cluster cannot be used, and ValueError
    where both are given or `workers` is no number above zero. Closing it ends the workers.

    With `apart` none is read in this process, not even a little: it is called about each second while a document is
    read, and what it raises breaks that off, however long the document would have taken.
    """
    if workers is not None and (workers < 1 or scheduler is not None):
        raise ValueError("give a number of workers above zero, or a scheduler, not both")
    if apart is not None and can_start():
        return _read_apart(jobs, workers or 1, apart)
    return _read_jobs(jobs, workers, scheduler)


def _read_apart(
    jobs: Iterable[Job | Problem], workers: int, on_wait: Callable[[], None]
) -> Generator[Result, None, None]:
    with Processes(workers, on_wait=on_wait) as crew:
        yield from in_order(jobs, crew)


def _read_jobs(
    jobs: Iterable[Job | Problem], workers: int | None, scheduler: str | None
) -> Generator[Result, None, None]:
    if scheduler is not None:
        with Cluster(scheduler, READING) as cluster:
            yield from in_order(jobs, cluster)
        return
    count = cores() if workers is None else workers
    if count > 1 and can_start():
        jobs, much = _looked_into(iter(jobs)) if workers is None else (jobs, True)
        if much:
            with Processes(count) as crew:
                yield from in_order(jobs, crew)
            return
    for job in jobs:
        yield (job,) if isinstance(job, Problem) else read_job(job)


def _looked_into(jobs: Iterator[Job | Problem]) -> tuple[Iterable[Job | Problem], bool]:
    """The same jobs, and whether they are more than a little."""
    first: list[Job | Problem] = []
    size = 0
    for job in jobs:
        first.append(job)
        size += 0 if isinstance(job, Problem) else job.size
        if size > LITTLE:
            return itertools.chain(first, jobs), True
    return first, False
