"""Portfolios that browsers looked at: in memory only, each behind a key that only its browser has, and soon forgotten.

Nothing of them is written to a disk or to the ledger. A portfolio is known by a random key in a cookie; there is
room for so many rows together, and the one that was asked for the longest ago is forgotten first.
"""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from pledger.exposure.portfolio.words import Exposure, Holdings

__all__ = ["PORTFOLIO", "Held", "Portfolios"]

PORTFOLIO = "pledger-portfolio"
"""The cookie with the key of a browser's portfolio."""
_LASTS = 3600.0
"""Seconds after which a portfolio that nobody asked for is forgotten."""
_MOST = 100
_MOST_ROWS = 1_000_000
"""Rows of all portfolios together: about half a gigabyte."""


@dataclass(slots=True, eq=False)
class Held:
    """One portfolio, and the last answer that was made of it."""

    key: str
    csrf: str
    """What forms that change or forget it must carry."""
    holdings: Holdings
    ends: float
    asked: Hashable = None
    answer: Exposure | None = field(default=None, repr=False)


class Portfolios:
    """The portfolios of one server."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, most: int = _MOST, most_rows: int = _MOST_ROWS
    ) -> None:
        self._clock, self._most, self._most_rows = clock, most, most_rows
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: str) -> Held | None:
        """The portfolio behind this key, which is remembered for as long again; None where there is none."""
        with self._lock:
            self._forget()
            held = self._held.get(key)
            if held is not None:
                held.ends = self._clock() + _LASTS
                self._held.move_to_end(key)
            return held

    def put(self, holdings: Holdings, before: str = "") -> Held:
        """Remember a portfolio under a new key, instead of the one behind the key `before`."""
        held = Held(secrets.token_urlsafe(32), secrets.token_urlsafe(32), holdings, self._clock() + _LASTS)
        with self._lock:
            self._held.pop(before, None)
            self._held[held.key] = held
            self._forget()
        return held

    def end(self, key: str) -> None:
        """Forget a portfolio."""
        with self._lock:
            self._held.pop(key, None)

    def may(self, key: str, csrf: str) -> bool:
        """Whether a form may change what this key holds: it carries the word of its page, or there is nothing yet."""
        held = self.of(key)
        return held is None or hmac.compare_digest(held.csrf.encode(), csrf.encode())

    def answer(self, held: Held, asked: Hashable, make: Callable[[], Exposure]) -> Exposure:
        """The answer that is remembered of a portfolio, or a new one where something else is asked."""
        with self._lock:
            if held.answer is not None and held.asked == asked:
                return held.answer
        made = make()
        with self._lock:
            held.asked, held.answer = asked, made
        return made

    def _forget(self) -> None:
        now = self._clock()
        for key in [key for key, held in self._held.items() if held.ends <= now]:
            del self._held[key]
        rows = sum(len(held.holdings) for held in self._held.values())
        while len(self._held) > self._most or (rows > self._most_rows and len(self._held) > 1):
            _, gone = self._held.popitem(last=False)
            rows -= len(gone.holdings)
