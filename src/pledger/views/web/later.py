"""What takes longer than a page may: worked out beside it, once for each state of the ledger, shown when it is ready.

A page asks for a piece by a name; it gets what is there, fresh or from before the latest reading, and never waits
longer than it says. While somebody reads without end, a piece is not begun anew before it has rested for a while, so
that looking costs no more than it must.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from pledger.ledger import LedgerError

__all__ = ["Later", "Piece"]

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_KEPT = 64
"""Pieces that are remembered; the one that nobody asked for the longest is forgotten first."""
_REST, _TIMES = 5.0, 10.0
"""Seconds between two makings of one piece: so many at least, and so many times what the last one took."""
_MOST = 16
"""Pieces that wait to be made before more are refused."""


@dataclass(frozen=True, slots=True)
class Piece(Generic[T]):
    """What is there of something."""

    value: T | None
    """None where nothing is there yet, or where it could not be made."""
    fresh: bool
    """Whether it is of the state of the ledger that was asked for."""
    coming: bool
    """Whether it is being made, or will be when it is asked for again."""


@dataclass(slots=True)
class _Held(Generic[T]):
    version: str = ""
    value: T | None = None
    done: bool = False
    """Whether the making of `version` came to its end, with a value or without."""
    going: bool = False
    ended: float = 0.0
    took: float = 0.0
    waiting: threading.Event = field(default_factory=threading.Event)


class Later(Generic[T]):
    """The pieces of one server."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, _Held[T]] = OrderedDict()
        self._hands = ThreadPoolExecutor(1, thread_name_prefix="later")

    def ask(self, name: Hashable, version: str, make: Callable[[], T], wait: float = 0.0) -> Piece[T]:
        """What is there of the piece `name`; where it is not of this `version` of the ledger, `make` is begun.

        Waits at most `wait` seconds for it.
        """
        with self._lock:
            held = self._held.setdefault(name, _Held())
            self._held.move_to_end(name)
            self._forget()
            wanted = not (held.done and held.version == version) and not held.going and self._rested(held)
            if wanted and sum(one.going for one in self._held.values()) < _MOST:
                held.going, held.waiting = True, threading.Event()
                self._hands.submit(self._do, held, version, make)
            waiting = held.waiting
            going = held.going
        if going and wait > 0:
            waiting.wait(wait)
        with self._lock:
            fresh = held.done and held.version == version
            return Piece(held.value, fresh, not fresh)

    def close(self) -> None:
        """Begin nothing more, and wait for what is under way."""
        self._hands.shutdown(wait=True, cancel_futures=True)

    def _rested(self, held: _Held[T]) -> bool:
        return not held.done or self._clock() - held.ended >= max(_REST, _TIMES * held.took)

    def _do(self, held: _Held[T], version: str, make: Callable[[], T]) -> None:
        begun, value = self._clock(), None
        try:
            value = make()
        except (LedgerError, SQLAlchemyError) as wrong:
            _LOG.warning("the ledger could not answer what a page asked for: %s", wrong)
        except Exception:  # a piece that breaks must not take the thread of all others with it
            _LOG.exception("something that a page asked for broke")
        finally:
            with self._lock:
                now = self._clock()
                held.version, held.value, held.done, held.going = version, value, True, False
                held.ended, held.took = now, now - begun
                held.waiting.set()

    def _forget(self) -> None:
        for name in [n for n, held in self._held.items() if not held.going][: max(0, len(self._held) - _KEPT)]:
            del self._held[name]
