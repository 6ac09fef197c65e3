"""Ctrl-C on the command line: one line, exit code 130, however often and at whatever moment it is pressed.

Imports only what Python has loaded anyway, since it listens while the rest is loaded.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType, TracebackType

__all__ = ["STOPPED", "Stopping"]

STOPPED = 130
"""Exit code after Ctrl-C: 128 and the number of its signal, as shells have it."""
GRACE = 5.0
"""Seconds in which what was read is kept and the readers end; a second Ctrl-C is not heard before they are over."""


class Stopping:
    """Hears Ctrl-C in a `with`, where nobody else does.

    Until `begun` it ends the process where it stands: nothing is at stake, and an exception would come out of whichever
    module is half loaded. Then the first one is a KeyboardInterrupt. Those that follow are for people in a hurry: they
    would break off the keeping of what was read, so only one after GRACE is heard, and ends the process.
    """

    def __init__(self, *, ends: bool) -> None:
        self.begun = False
        self._ends = ends
        self._first: float | None = None
        self._listens = False

    def __enter__(self) -> Stopping:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else somebody listens, or nobody shall
            try:
                signal.signal(signal.SIGINT, self._heard)
                self._listens = True
            except ValueError:  # not the main thread, which alone hears signals
                self._listens = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listens:  # a process that ends has nothing left to stop, and Python would complain on its way out
            signal.signal(signal.SIGINT, signal.SIG_IGN if self._ends else signal.default_int_handler)

    @staticmethod
    def line(what: str = "what was read is kept, the same command goes on") -> str:
        """What is said."""
        # a terminal shows ^C at the beginning of the line
        start = "\n" if sys.stderr is not None and sys.stderr.isatty() else ""
        return f"{start}pledger: stopped; {what}\n"

    def _heard(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        now = time.monotonic()
        if not self.begun:
            self._leave("nothing was begun")
        elif self._first is None:
            self._first = now
            raise KeyboardInterrupt
        elif now - self._first > GRACE:
            self._leave("at once; the same command goes on")

    def _leave(self, what: str) -> None:
        os.write(2, self.line(what).encode())
        os._exit(STOPPED)
