"""Readers in processes of their own on this machine.

Why not `concurrent.futures.ProcessPoolExecutor`: when one of its processes is killed it gives up all of them and does
not say who was reading what, and one killed while it hands over a long result leaves the pool waiting for the rest of
it for ever, since all write into one pipe. Here each process has a pipe of its own, whose end says that it died and
which document it was reading. That one is read again, and blamed only when it ends a second process.

Why `forkserver` where there is one: a fork of our own process, with its threads and its open database, is not safe;
`spawn` loads all lexicons in each process anew, a second of work and a hundred megabytes each. The fork server loads
them once, and has neither threads of ours nor the database.

A document that is read for longer than `patience` allows is given up: its process is replaced, and the others go on.
"""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from types import FrameType, ModuleType, TracebackType

from pledger.documents.find import printable
from pledger.model import Problem
from pledger.workers.task import Job, Result, read_job

__all__ = ["Processes", "can_start", "patience"]

AHEAD = 16
"""Jobs under way for each process: short articles go on while one of them reads a long report."""
AT_HAND = 2
"""Jobs that a process has at hand, so that it need not wait between two."""
DEATHS = 2
"""Processes that a document may end before it is given up."""
PATIENCE, PATIENCE_FOR_A_MEGABYTE = 120.0, 60.0
"""Seconds that a document may take, whatever its size, and those for each megabyte. An article takes hundredths of a
second, a megabyte of plain text some ten seconds; a busy machine takes ten times as long."""
LOOK = 1.0
"""Seconds after which to look whether a document takes too long, while nothing comes."""
STILLBORN = 3
"""Processes that may end before they are ready, in a row; then this machine has no room for any."""
MEND = "Leave it out, or give the machine more memory; and please report this file."
MEND_SLOW = "Leave it out, or split it into parts; and please report this file, for it should not take so long."


def patience(job: Job) -> float:
    """Seconds that reading a document may take."""
    return PATIENCE + PATIENCE_FOR_A_MEGABYTE * job.size / 1_000_000


def can_start() -> bool:
    """Whether this process may have children: a child of some pools may not."""
    return not mp.current_process().daemon


@dataclass(eq=False, slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    jobs: deque[tuple[int, Job]] = field(default_factory=deque)
    """What it has at hand; it is reading the first."""
    ready: bool = False
    since: float = 0.0
    """When it began to read the first, or later: as far as we heard. In seconds of the monotonic clock."""


class Processes:
    """A crew of `count` processes. Use it in a `with`: they end with it, whatever they are doing.

    `limit` gives the seconds that a document may take. `on_wait` is called about each second while nothing comes; what
    it raises breaks off what they are doing.
    """

    def __init__(
        self,
        count: int,
        limit: Callable[[Job], float] = patience,
        on_wait: Callable[[], None] | None = None,
    ) -> None:
        self.count = count
        self._limit = limit
        self._on_wait = on_wait
        self.most = AHEAD * count
        self._waiting: deque[tuple[int, Job]] = deque()
        self._workers: list[_Worker] = []
        self._deaths: Counter[int] = Counter()
        self._stillborn = 0
        self._context = _context()

    def give(self, number: int, job: Job) -> None:
        """Take on a job."""
        self._waiting.append((number, job))
        self._hand_out()

    def take(self) -> dict[int, Result]:
        """What was done since the last call; waits until there is something."""
        done: dict[int, Result] = {}
        while not done:
            self._hand_out()
            if not self._workers:  # none can live here, so the work is done in this process
                number, job = self._waiting.popleft()
                return {number: read_job(job)}
            heard = wait([worker.pipe for worker in self._workers], LOOK)
            if not heard and self._on_wait is not None:
                self._on_wait()
            for pipe in heard:
                worker = next(w for w in self._workers if w.pipe is pipe)
                done.update(self._heard(worker))
            for worker in [worker for worker in self._workers if self._overdue(worker)]:
                done.update(self._give_up(worker))
        return done

    def __enter__(self) -> Processes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.pipe.close()
            worker.process.join()
        self._workers.clear()

    def _hand_out(self) -> None:
        """Give what waits to those who have least; start another process while there is work for it."""
        while self._waiting:
            worker = min(self._workers, key=lambda w: len(w.jobs), default=None)
            if (worker is None or worker.jobs) and len(self._workers) < self.count and self._stillborn < STILLBORN:
                worker = self._start()
            if worker is None or len(worker.jobs) >= AT_HAND:
                return
            entry = self._waiting.popleft()
            if not worker.jobs:
                worker.since = time.monotonic()
            worker.jobs.append(entry)
            with suppress(OSError):  # it died: `take` hears that after the last thing that it said
                worker.pipe.send(entry)

    def _heard(self, worker: _Worker) -> dict[int, Result]:
        """What a process says: that it is ready, or what it has read; or nothing more, since it died."""
        try:
            message: tuple[int, Result] | None = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        worker.since = time.monotonic()
        if message is None:
            worker.ready = True
            self._stillborn = 0
            return {}
        worker.jobs.popleft()
        number, result = message
        return {number: result}

    def _overdue(self, worker: _Worker) -> bool:
        """Whether it reads one document for too long, and has said nothing that we have not heard yet."""
        if not worker.ready or not worker.jobs or time.monotonic() - worker.since <= self._limit(worker.jobs[0][1]):
            return False
        return not worker.pipe.poll()

    def _give_up(self, worker: _Worker) -> dict[int, Result]:
        """End a process that does not come to an end by itself; what else it had is for others."""
        self._end(worker)
        number, job = worker.jobs.popleft()
        self._waiting.extendleft(reversed(worker.jobs))
        why = f"reading it took longer than {self._limit(job):,.0f} seconds"
        return {number: (Problem("Document not read", printable(job.page.where), why, MEND_SLOW),)}

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()

    def _bury(self, worker: _Worker) -> dict[int, Result]:
        """Forget a process that died, and have read again what it had; the result of what ended too many of them."""
        self._end(worker)
        self._stillborn += not worker.ready
        blamed: dict[int, Result] = {}
        if worker.ready and worker.jobs:
            number, job = worker.jobs[0]
            self._deaths[number] += 1
            if self._deaths[number] >= DEATHS:
                worker.jobs.popleft()
                why = f"reading it ended {DEATHS} processes ({_ending(worker.process.exitcode)})"
                blamed[number] = (Problem("Document not read", printable(job.page.where), why, MEND),)
        self._waiting.extendleft(reversed(worker.jobs))
        return blamed

    def _start(self) -> _Worker | None:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs,), daemon=True)
        try:
            with _bare(), _later():
                process.start()
        except OSError:  # no memory or no number left for another process: those that there are go on
            self._stillborn = STILLBORN
            ours.close()
            return None
        finally:
            theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker


def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in mp.get_all_start_methods():
        return mp.get_context("spawn")
    context = mp.get_context("forkserver")
    context.set_forkserver_preload(["pledger.workers.warm"])
    resource_tracker.ensure_running()  # else the fork server starts it, which would undo what `_deaf` does
    try:
        with _bare(), _deaf():
            forkserver.ensure_running()
    except OSError:  # no socket can lie in the folder for temporary files: its path is too long, or it is full
        return mp.get_context("spawn")
    return context


@contextmanager
def _deaf() -> Iterator[None]:
    """Start a process that does not hear Ctrl-C from its first moment, and so do its children: it is for us alone, and
    we hear it at the end of this."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _later() -> Iterator[None]:
    """Hear Ctrl-C only at the end: a child that is given half of what it needs would complain on the terminal."""
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield
        return
    heard: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: heard.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if heard:
            before(*heard[0])


@contextmanager
def _bare() -> Iterator[None]:
    """Start processes without the main script and without the present folder.

    `multiprocessing` runs the main script again in each child, to have its functions there. Ours are in this package,
    and a script that has no guard against it would read everything again. And a child would import a module that lies
    in the present folder before the one of Python.
    """
    main, safe = sys.modules["__main__"], os.environ.get("PYTHONSAFEPATH")
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        sys.modules["__main__"] = main
        if safe is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = safe


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"


def _serve(pipe: Connection) -> None:
    """What a worker does until its pipe ends: read what comes, and say what it read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    jobs: SimpleQueue[tuple[int, Job]] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, jobs), daemon=True).start()
    pipe.send(None)
    while True:
        number, job = jobs.get()
        pipe.send((number, read_job(job)))


def _receive(pipe: Connection, jobs: SimpleQueue[tuple[int, Job]]) -> None:
    """Receive in a thread of its own, so that the parent never waits to send while we wait to be heard; and leave when
    the parent is gone, however it went."""
    try:
        while True:
            jobs.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)
