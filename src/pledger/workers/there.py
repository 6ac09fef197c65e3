"""What a worker of a cluster is asked to do, and how the question is written.

A question is bytes that answer when they are unpickled. So the scheduler, which unpickles functions and arguments, sees
neither of ours and needs no Pledger; and a worker looks at who asks before it unpickles a job, which another version
might understand in another way. The name and the arguments of `answer` therefore never change.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass

from pledger.workers.identity import Identity, identity
from pledger.workers.task import Job, Result, read_job

__all__ = ["answer", "question", "said"]


@dataclass(frozen=True, slots=True)
class _Question:
    asker: Identity
    job: bytes

    def __reduce__(self) -> tuple[Callable[[Identity, bytes], bytes | Identity], tuple[Identity, bytes]]:
        return answer, (self.asker, self.job)


def question(job: Job | None) -> bytes:
    """A job for a worker; None only asks whether it may read for us."""
    return pickle.dumps(_Question(identity(), b"" if job is None else pickle.dumps(job)))


def answer(asker: Identity, job: bytes) -> bytes | Identity:
    """Done by the worker: the result, pickled; or who it is, where that is not who asks."""
    if asker != identity():
        return identity()
    return pickle.dumps(read_job(pickle.loads(job)) if job else ())  # noqa: S301  we wrote these bytes


def said(reply: bytes) -> Result:
    """The result that a worker gave."""
    result: Result = pickle.loads(reply)  # noqa: S301  the user named this cluster, and it runs our code
    return result
