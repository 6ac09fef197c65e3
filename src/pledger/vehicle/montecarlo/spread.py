"""Scenarios on the workers of a Dask cluster: stretches of whole blocks, each a pure function of the plan's arrays."""

from __future__ import annotations

import pickle
import platform
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from importlib import import_module, metadata

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.compiled import digest
from pledger.vehicle.montecarlo.fans import Counts, Ranges, merge
from pledger.vehicle.montecarlo.simulate import BLOCK, Desk, Job, Outcome, compute
from pledger.vehicle.montecarlo.tables import Tables
from pledger.workers.cluster import Cluster
from pledger.workers.craft import Craft
from pledger.workers.identity import Identity

__all__ = ["SIMULATING", "add", "answer", "identity", "pack", "spread"]

_JOBS = 8
"""Jobs for each thread of the cluster, and thrice as many at least: enough for the workers to end together, few enough
that counts are not sent often."""
_FEWEST, _MOST = 8, 126
"""Blocks in a job; up to 65,535 scenarios, a count takes two bytes."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Counts without the bins at both ends of each row that hold nothing, two bytes a bin."""

    first: npt.NDArray[np.int32]
    length: npt.NDArray[np.int32]
    bins: npt.NDArray[np.uint16]
    others: tuple[
        npt.NDArray[np.uint32], npt.NDArray[np.uint32], npt.NDArray[np.float32], npt.NDArray[np.float32]
    ]  # fmt: skip
    """The rest of `Counts`."""


def pack(counts: Counts) -> Packed:
    """Counts of at most 65,535 scenarios, to be sent."""
    some = counts.bins > 0
    first = np.where(some.any(axis=1), some.argmax(axis=1), 0).astype(np.int32)
    last = np.where(some.any(axis=1), some.shape[1] - some[:, ::-1].argmax(axis=1), 0).astype(np.int32)
    kept = [row[a:b] for row, a, b in zip(counts.bins, first, last, strict=True)]
    return Packed(first, last - first, np.concatenate(kept).astype(np.uint16), counts[1:])


def add(packed: Packed, counts: Counts) -> None:
    """Add the counts that were packed."""
    end = 0
    for row, (first, length) in enumerate(zip(packed.first.tolist(), packed.length.tolist(), strict=True)):
        counts.bins[row, first : first + length] += packed.bins[end : end + length]
        end += length
    merge(counts, Counts(counts.bins[:, :0], *packed.others))


@cache
def identity() -> Identity:
    """Who simulates: the code and all that decides the last bit of a logarithm."""
    return (
        ("pledger", str(import_module("pledger").__version__)),  # it stands above this room
        ("code", digest()),
        *((name, metadata.version(name)) for name in ("numba", "llvmlite", "numpy")),
        ("machine", platform.machine()),
        ("C library", " ".join(platform.libc_ver())),
    )


@dataclass(frozen=True, slots=True)
class _Question:
    asker: Identity
    job: bytes

    def __reduce__(self) -> tuple[Callable[[Identity, bytes], bytes | Identity], tuple[Identity, bytes]]:
        return answer, (self.asker, self.job)


def answer(asker: Identity, job: bytes) -> bytes | Identity:
    """Done by the worker: the outcome, pickled; or who it is, where that is not who asks. Arguments never change."""
    if asker != identity():
        return identity()
    return pickle.dumps(_computed(pickle.loads(job))) if job else b""  # noqa: S301  we wrote these bytes


def _question(job: Job | None) -> bytes:
    return pickle.dumps(_Question(identity(), b"" if job is None else pickle.dumps(job)))


def _computed(job: Job) -> tuple[Outcome, Packed]:
    desk = Desk(int(job.plan.times[0]))
    return compute(job, desk), pack(desk.counts)


def _said(reply: bytes) -> tuple[Outcome, Packed]:
    said: tuple[Outcome, Packed] = pickle.loads(reply)  # noqa: S301  the user named this cluster, and it runs our code
    return said


SIMULATING: Craft[Job, tuple[Outcome, Packed]] = Craft(
    question=_question,
    said=_said,
    apart=_computed,
    identity=identity,
    do="simulate",
    doing="simulating",
    lost="nothing is lost but time, run the same command",
)


def spread(
    plan: Tables, within: Ranges, scenarios: int, address: str, counts: Counts, opened: ExitStack, *, by_project: bool
) -> Iterator[Outcome]:
    """Outcomes in the order of the scenarios; `counts` has all when the last is taken. Raises ClusterError."""
    cluster = opened.enter_context(Cluster(address, SIMULATING))
    blocks = -(-scenarios // BLOCK)
    step = BLOCK * min(max(blocks // (_JOBS * max(3, cluster.threads)), _FEWEST), _MOST)
    jobs = enumerate(
        Job(plan, within, start, min(start + step, scenarios), by_project) for start in range(0, scenarios, step)
    )
    done: dict[int, Outcome] = {}
    turn = given = 0
    job = next(jobs, None)
    while job is not None or turn < given:
        while job is not None and given - turn < cluster.most:
            cluster.give(*job)
            given += 1
            job = next(jobs, None)
        for number, (outcome, packed) in cluster.take().items():
            add(packed, counts)
            done[number] = outcome
        while turn in done:
            yield done.pop(turn)
            turn += 1
