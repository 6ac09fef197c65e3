"""The ledger that a door was given, opened where it is only named, as of the days that are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pledger.ledger import Ledger, open  # noqa: A004  `pledger.open` is the name of the contract

__all__ = ["opened"]


@contextmanager
def opened(
    ledger: Ledger | str | Path, as_of: dt.date | None = None, known_on: dt.date | None = None
) -> Iterator[Ledger]:
    """The ledger as of these days; one that was only named, by path or URL, is closed behind it.

    Raises LedgerError, with the mend, where there is none.
    """
    if isinstance(ledger, Ledger):
        yield ledger.at(as_of=as_of, known_on=known_on)
        return
    with open(str(ledger), create=False) as held:
        yield held.at(as_of=as_of, known_on=known_on)
