"""Workers of a Dask cluster: the same jobs, the same results, other machines.

Dask gives the jobs of a worker that died to the others by itself. A document that ended several workers is read once
more here, in processes of its own, before it is blamed: it may have stood beside the culprit.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import pickle
import time
from collections.abc import Iterator
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic

from pledger.workers.craft import Craft, Done, Given
from pledger.workers.identity import Identity, differences, identity
from pledger.workers.processes import Processes
from pledger.workers.task import Job, Result
from pledger.workers.there import question, said

if TYPE_CHECKING:
    from distributed import Client, Future

__all__ = ["READING", "Cluster", "ClusterError"]

ANSWER_SECONDS = 5
"""How long a scheduler may take to answer."""
JOIN_SECONDS = 15
"""How long to wait for a first worker, and for the workers there are to say who they are."""
ALONE_SECONDS = 60
"""How long a scheduler may be without any worker before reading is given up."""
LOOK_SECONDS = 2
"""How often to look whether there still are workers, while nothing comes."""
AHEAD, FEWEST, MOST = 8, 32, 2_000
"""Jobs under way for each thread of the cluster, and their bounds."""
_LOGGERS = (
    "asyncio",
    "distributed",
    "distributed.client",
    "distributed.comm",
    "distributed.core",
    "distributed.batched",
)


class ClusterError(Exception):
    """The cluster cannot be used; the message is one line and says the mend."""


class Cluster(Generic[Given, Done]):
    """A crew of the workers of a Dask scheduler. Use it in a `with`; raises ClusterError."""

    def __init__(self, address: str, craft: Craft[Given, Done]) -> None:
        self.address = address
        self.craft = craft
        self.most = FEWEST
        self.threads = 1
        self._done: SimpleQueue[int] = SimpleQueue()
        self._under_way: dict[int, tuple[Given, Future[Any]]] = {}
        self._client: Client | None = None
        self._alone_since: float | None = None
        self._looked = 0.0
        self._at_end = ExitStack()

    def __enter__(self) -> Cluster[Given, Done]:
        try:
            import distributed
        except ImportError:
            why = f"{self.craft.doing} on a cluster needs Dask: pip install 'pledger[cluster]'"
            raise ClusterError(why) from None
        with ExitStack() as opened:
            opened.enter_context(_muted())
            _look_for(self.address)
            try:
                self._client = distributed.Client(
                    self.address, timeout=ANSWER_SECONDS, set_as_default=False, name="pledger"
                )
            except (OSError, ValueError) as error:
                raise ClusterError(_no_scheduler(self.address)) from error
            opened.callback(self._leave, self._client)
            self._meet(self._client)
            self._at_end = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._at_end.close()

    def _leave(self, client: Client) -> None:
        with suppress(*_broken()):  # a scheduler that went away has nothing to cancel
            if client.status == "running":
                client.cancel([future for _, future in self._under_way.values()], force=True)
        self._under_way.clear()
        with suppress(*_broken()):
            client.close(timeout=ANSWER_SECONDS)

    def give(self, number: int, job: Given) -> None:
        """Take on a job."""
        future = self._submit(self.craft.question(job))
        self._under_way[number] = (job, future)
        future.add_done_callback(lambda _: self._done.put(number))

    def take(self) -> dict[int, Done]:
        """What was done since the last call; waits until there is something."""
        done: dict[int, Done] = {}
        while not done or not self._done.empty():
            try:
                number = self._done.get(timeout=LOOK_SECONDS)
            except Empty:
                self._look()
                continue
            done[number] = self._result(number)
        return done

    def _result(self, number: int) -> Done:
        import distributed

        job, future = self._under_way[number]
        while True:
            try:
                reply = future.result(timeout=LOOK_SECONDS)  # it may have to be read again, if its worker died since
                break
            except TimeoutError:
                self._look()
            except distributed.scheduler.KilledWorker:
                reply = None
                break
            except (Exception, asyncio.CancelledError) as error:
                raise self._failed("a worker", future, error) from error
        del self._under_way[number], future
        if reply is None:
            return self.craft.apart(job)
        if not isinstance(reply, bytes):
            raise ClusterError(self._other("a worker", reply))
        return self.craft.said(reply)

    def _failed(self, worker: str, future: Future[Any], error: BaseException) -> ClusterError:
        """What a job's error means: its worker raised it, or what it said never came here."""
        if future.status != "error" and isinstance(error, _broken()):
            return ClusterError(self._lost())
        return ClusterError(self._refused(worker, error))

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Around whatever is asked of the scheduler: that it no longer answers becomes a ClusterError."""
        try:
            yield
        except _broken() as error:
            raise ClusterError(self._lost()) from error

    def _lost(self) -> str:
        return f"the scheduler at {self.address} went away; {self.craft.lost}"

    def _refused(self, worker: str, error: BaseException) -> str:
        words = " ".join(str(error).split())[:200]
        why = f"{type(error).__name__}: {words}"
        return f"{worker} cannot {self.craft.do} for us ({why}): install the same pledger there"

    def _other(self, worker: str, who: Identity) -> str:
        differs = differences(self.craft.identity(), who)
        return f"{worker} is refused, for it would {self.craft.do} otherwise ({differs}): install the same there"

    def _submit(self, words: bytes, **where: Any) -> Future[Any]:
        assert self._client is not None  # noqa: S101  `__enter__` set it
        with self._reached():
            return self._client.submit(pickle.loads, words, pure=False, **where)

    def _meet(self, client: Client) -> None:
        """Wait for a first worker, and ask all that there are who they are; each job asks those who join later."""
        with self._reached():
            try:
                client.wait_for_workers(1, timeout=JOIN_SECONDS)
            except TimeoutError:
                why = f"the scheduler at {self.address} has no worker; `dask worker {self.address}` starts one"
                raise ClusterError(why) from None
            workers = list(client.nthreads())
        asked = {
            worker: self._submit(self.craft.question(None), workers=[worker], allow_other_workers=False)
            for worker in workers
        }
        end = time.monotonic() + JOIN_SECONDS
        for worker, future in asked.items():
            try:
                reply = future.result(timeout=max(0.1, end - time.monotonic()))
            except TimeoutError:
                continue  # it is busy, or has just gone
            except (Exception, asyncio.CancelledError) as error:
                raise self._failed(f"the worker {worker}", future, error) from error
            if not isinstance(reply, bytes):
                raise ClusterError(self._other(f"the worker {worker}", reply))
        self._look()

    def _look(self) -> None:
        """Count the workers; an error where there have been none for long."""
        assert self._client is not None  # noqa: S101  `__enter__` set it
        now = time.monotonic()
        if now < self._looked + LOOK_SECONDS:
            return
        self._looked = now
        with self._reached():
            threads = sum(self._client.nthreads().values())
        self.most = min(MOST, max(FEWEST, AHEAD * threads))
        self.threads = max(1, threads)
        if threads:
            self._alone_since = None
            return
        self._alone_since = self._alone_since or now
        if now - self._alone_since > ALONE_SECONDS:
            raise ClusterError(f"no worker is left at {self.address}; {self.craft.lost} when there is")


def _broken() -> tuple[type[BaseException], ...]:
    """What Dask raises where the connection to its scheduler is gone: which of them depends on the moment."""
    from distributed import CancelledError
    from distributed.client import ClosedClientError

    return OSError, CancelledError, asyncio.CancelledError, futures.CancelledError, ClosedClientError


def _look_for(address: str) -> None:
    """Ask whether a scheduler answers, before a client is made, which would go on trying in the background."""

    async def asked() -> None:
        from distributed.core import rpc

        async with rpc(address, timeout=ANSWER_SECONDS) as scheduler:
            told = await asyncio.wait_for(scheduler.identity(), ANSWER_SECONDS)
        if told["type"] != "Scheduler":
            raise ValueError(f"a {told['type']} answers")

    try:
        # in a thread, since a notebook has an event loop of its own in this one
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, asked()).result()
    except Exception as error:  # whatever else listens there may answer anything
        raise ClusterError(_no_scheduler(address)) from error


def _no_scheduler(address: str) -> str:
    return f"no Dask scheduler answers at {address}: start one with `dask scheduler`, and give its tcp://HOST:PORT"


def _read_apart(job: Job) -> Result:
    with Processes(1) as crew:
        crew.give(0, job)
        while True:
            if done := crew.take():
                return done[0]


READING: Craft[Job, Result] = Craft(
    question=question,
    said=said,
    apart=lambda job: _read_apart(job),
    identity=identity,
    do="read",
    doing="reading",
    lost="what was read is kept, the same command goes on",
)
"""Documents in, claims out."""


@contextmanager
def _muted() -> Iterator[None]:
    """Keep Dask's own words from the terminal: what matters of them becomes a ClusterError."""
    import dask

    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        # a long document is no mistake
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "100MB"}):
            yield
    finally:
        gc.collect()  # what Dask gave up waiting for would complain later, when it is thrown away
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
