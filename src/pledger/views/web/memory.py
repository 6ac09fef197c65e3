"""Pages that are remembered for as long as nothing is read or judged."""

from __future__ import annotations

import threading
from collections import OrderedDict

__all__ = ["Kept"]

_MOST = 64_000_000
"""Bytes of pages that are remembered together."""


class Kept:
    """Pages by what they were made from; those that were asked for longest ago are forgotten first."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._held = most, 0
        self._pages: OrderedDict[tuple[str, ...], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """The page, where it is remembered."""
        with self._lock:
            found = self._pages.get(key)
            if found is not None:
                self._pages.move_to_end(key)
            return found

    def put(self, key: tuple[str, ...], page: bytes) -> None:
        """Remember a page."""
        with self._lock:
            self._held += len(page) - len(self._pages.pop(key, b""))
            self._pages[key] = page
            while self._held > self._most:
                _, gone = self._pages.popitem(last=False)
                self._held -= len(gone)
