"""The making of a ledger of the past in a process of its own: `python -m pledger.ledger.cutting`.

Told one line of JSON on its input, it tells one on its output for each step, the last one what it made or why it could
not. When its input ends, whoever asked for it is gone: then it ends, too, and takes away what it has written. It gives
way to whatever else the machine has to do.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pledger.ledger.engines import LedgerError
from pledger.ledger.moments import Moment
from pledger.ledger.past import make
from pledger.ledger.store import Store

__all__ = ["main"]

_GIVES_WAY = 5
"""Steps of niceness."""


def main() -> int:
    """Make what the input asks for: `{"ledger", "as_of", "known_on", "path", "base"}`. Gives the exit code."""
    asked = json.loads(sys.stdin.readline())
    path = Path(asked["path"])
    threading.Thread(target=_alone, args=(path,), daemon=True).start()
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_GIVES_WAY)
    base = Path(asked["base"]) if asked["base"] else None
    try:
        store = Store(asked["ledger"], create=False)
        try:
            found = make(store, Moment(_day(asked["as_of"]), _day(asked["known_on"])), path, _Told(), base)
        finally:
            store.close()
    except (LedgerError, OSError) as error:
        _tell({"problem": " ".join(str(error).split())})
        return 1
    _tell({"made": asdict(found)})
    return 0


class _Told:
    """Tells of each hundredth of a step once."""

    def __init__(self) -> None:
        self._last: tuple[str, int] = ("", 0)

    def __call__(self, step: str, done: int, of: int) -> None:
        if (now := (step, 100 * done // max(1, of))) != self._last:
            self._last = now
            _tell({"step": step, "done": done, "of": of})


def _tell(words: dict[str, Any]) -> None:
    print(json.dumps(words), flush=True)


def _day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None


def _alone(path: Path) -> None:
    """Wait until nobody is there any more."""
    sys.stdin.read()
    shutil.rmtree(path.parent, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
