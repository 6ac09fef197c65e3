"""Jobs in, results out in the order of the jobs, with a bounded number of them under way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from pledger.model import Problem
from pledger.workers.task import Job, Result

__all__ = ["MOST_BYTES", "Crew", "in_order"]

MOST_BYTES = 64 * 1024 * 1024
"""Bytes of documents under way at a time; a single larger one is under way alone."""


class Crew(Protocol):
    """Those who read: each job is given once, and its result taken once, in any order."""

    @property
    def most(self) -> int:
        """Jobs that may be under way: enough to keep everyone at work while one reads a long document."""
        ...

    def give(self, number: int, job: Job) -> None:
        """Take on a job; returns before it is done."""
        ...

    def take(self) -> dict[int, Result]:
        """What was done since the last call, by number; waits until there is something."""
        ...


def in_order(jobs: Iterable[Job | Problem], crew: Crew) -> Iterator[Result]:
    """One result for each job, in the order of the jobs; a Problem instead of a job keeps its place.

    No more jobs are asked for than can be under way: the reader of files waits for the readers of documents, and they
    wait for whoever takes the results. So memory does not grow with the number of documents.
    """
    done: dict[int, Result] = {}
    sizes: dict[int, int] = {}
    held = first = number = 0

    def taken() -> Result:
        nonlocal held, first
        while first not in done:
            done.update(crew.take())
        held -= sizes.pop(first, 0)
        first += 1
        return done.pop(first - 1)

    for job in jobs:
        if isinstance(job, Problem):
            done[number] = (job,)
        else:
            while first < number and (number - first >= crew.most or held + job.size > MOST_BYTES):
                yield taken()
            held += job.size
            sizes[number] = job.size
            crew.give(number, job)
        number += 1
        while first in done:
            yield taken()
    while first < number:
        yield taken()
