"""Long work in memory: each piece once for all who ask for it, watched, cancelled, kept for a while and forgotten.

Work is known by a key, which holds all that its result depends on; who asks for a key that is known gets the run that
is there. A few short runs go on side by side; of long ones only one, beside them.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

__all__ = ["BusyError", "CancelledError", "Progress", "Run", "RunError", "RunState", "Runs"]

T = TypeVar("T")
_LOG = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0: not known). Raises CancelledError."""

_KEPT = 64
"""Finished runs that are remembered; the one that nobody asked for the longest is forgotten first."""
_LASTS = 3600.0
"""Seconds after which a finished run is forgotten."""
_BROKEN = 20.0
"""Seconds for which a run that broke by a fault of ours is shown before it may be tried again."""
_SHORT, _LONG = 2, 1
"""Runs at a time."""
_MOST_SHORT, _MOST_LONG = 8, 3
"""Runs that are waiting or under way before more are refused."""


class RunError(Exception):
    """What was asked for cannot be computed: words for the person who asked, and what would help."""

    def __init__(self, words: str, mend: str = "") -> None:
        super().__init__(f"{words}; {mend}" if mend else words)
        self.words, self.mend = words, mend


class BusyError(Exception):
    """Too much is under way."""


class CancelledError(Exception):
    """Somebody wants the run to stop."""


class RunState(StrEnum):
    """How far a run is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(slots=True, eq=False)
class Run(Generic[T]):
    """One piece of work. Written by the thread that does it; anybody may read."""

    id: str
    """Cannot be guessed: who knows it may cancel the run."""
    key: Hashable
    long: bool
    state: RunState = RunState.WAITING
    stage: str = ""
    """What is being done, in words."""
    done: int = 0
    total: int = 0
    result: T | None = None
    problem: str = ""
    """Why it failed."""
    mend: str = ""
    """What would help."""
    expires: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until it is over, at most so long; whether it is."""
        return self.ended.wait(seconds)

    def told(self, stage: str, done: int, total: int) -> None:
        """Note how far it is. Raises CancelledError where it is to stop."""
        if self.stop.is_set():
            raise CancelledError
        self.stage, self.done, self.total = stage, done, total


class Runs(Generic[T]):
    """The runs of one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, kept: int = _KEPT, lasts: float = _LASTS) -> None:
        self._clock, self._kept, self._lasts = clock, kept, lasts
        self._lock = threading.Lock()
        self._runs: dict[Hashable, Run[T]] = {}
        """In the order in which they were last asked for."""
        self._short = ThreadPoolExecutor(_SHORT, thread_name_prefix="run")
        self._long = ThreadPoolExecutor(_LONG, thread_name_prefix="long-run")
        self.ready = False
        """Whether a run has come through: what a first run has to prepare is there."""

    def ask(self, key: Hashable, work: Callable[[Progress], T], *, long: bool = False) -> Run[T]:
        """The run of this key: the one that is there, else a new one. Raises BusyError."""
        with self._lock:
            self._forget()
            run = self._runs.pop(key, None)
            if run is None:
                under_way = sum(1 for r in self._runs.values() if not r.over and r.long is long)
                if under_way >= (_MOST_LONG if long else _MOST_SHORT):
                    raise BusyError
                run = Run(secrets.token_urlsafe(24), key, long)
                (self._long if long else self._short).submit(self._do, run, work)
            self._runs[key] = run
        return run

    def found(self, key: Hashable) -> T | None:
        """What the run of this key came to, where it has ended and is remembered; none is begun."""
        with self._lock:
            self._forget()
            run = self._runs.get(key)
            return run.result if run is not None else None

    def of(self, id_: str) -> Run[T] | None:
        """The run with this id."""
        with self._lock:
            self._forget()
            asked = id_.encode()  # only bytes can be compared in constant time, whatever the letters
            return next((run for run in self._runs.values() if secrets.compare_digest(run.id.encode(), asked)), None)

    def cancel(self, id_: str) -> bool:
        """Stop a run; whether there was one to be stopped. It is shown as cancelled until it is asked for again."""
        run = self.of(id_)
        if run is None or run.over:
            return False
        run.stop.set()
        return True

    def forget(self, id_: str) -> None:
        """Let a run that is over be made again when it is next asked for."""
        run = self.of(id_)
        if run is not None and run.over:
            with self._lock:
                self._runs.pop(run.key, None)

    def close(self) -> None:
        """Stop all that is under way and wait for it."""
        with self._lock:
            for run in self._runs.values():
                run.stop.set()
        for pool in (self._short, self._long):
            pool.shutdown(wait=True, cancel_futures=True)

    def _do(self, run: Run[T], work: Callable[[Progress], T]) -> None:
        lasts = self._lasts
        try:
            run.told("preparing", 0, 0)
            run.state = RunState.RUNNING
            run.result = work(run.told)
            run.state, self.ready = RunState.DONE, True
        except CancelledError:
            run.state = RunState.CANCELLED
        except RunError as wrong:
            run.problem, run.mend, run.state = wrong.words, wrong.mend, RunState.FAILED
        except Exception:  # a run that breaks must not take the server's thread with it
            _LOG.exception("a run broke")
            lasts, run.problem = _BROKEN, "something is broken here, and it has been written to the server's log"
            run.state = RunState.FAILED
        finally:
            run.expires = self._clock() + lasts
            run.ended.set()

    def _forget(self) -> None:
        now = self._clock()
        over = [run for run in self._runs.values() if run.over]
        for place, run in enumerate(over):
            if run.expires <= now or place < len(over) - self._kept:
                del self._runs[run.key]
