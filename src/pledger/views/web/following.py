"""Answers that follow the facts: who reads articles takes them up, and the server does where a reader was cut off.

Pages answer by what was derived last (`Ledger.lagging`), so that none of them waits for a reader, or does its work. A
reader that was killed leaves documents kept and not taken up; the server looks for such from time to time.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from pledger.ledger import Ledger, LedgerError

__all__ = ["following"]

_LOG = logging.getLogger(__name__)
_LOOK = 15.0
"""Seconds between two looks."""
_PATIENCE = 4
"""Looks in a row at which the same waits to be taken up, after which nobody else will do it."""


@contextmanager
def following(ledger: Ledger, look: float = _LOOK, patience: int = _PATIENCE) -> Iterator[None]:
    """While it is open, what a reader left behind is taken up after `patience` looks, `look` seconds apart."""
    ends = threading.Event()
    thread = threading.Thread(target=_follow, args=(ledger, ends, look, patience), daemon=True, name="following")
    thread.start()
    try:
        yield
    finally:
        ends.set()


def _follow(ledger: Ledger, ends: threading.Event, look: float, patience: int) -> None:
    seen, times = "", 0
    while not ends.wait(look):
        try:
            if not ledger.behind():
                seen, times = "", 0
                continue
            now = ledger.version()
            seen, times = now, times + 1 if now == seen else 1
            if times >= patience:
                ledger.catch_up()
        except LedgerError as error:  # somebody is writing just now, or the file may only be read
            _LOG.info("what was read is not taken up yet: %s", error)
            times = 0
        except Exception:  # the pages go on answering by what was derived before
            _LOG.exception("what was read could not be taken up")
            times = 0
