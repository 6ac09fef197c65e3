"""The command line: one verb, one function, a few lines each.

Exit codes: 0 done; 1 done, with problems in the input (each listed); 2 wrong usage, one line on stderr with the mend;
130 stopped by Ctrl-C.

Nothing is imported here but what Python has loaded anyway: the rest takes a second, in which Ctrl-C must be heard too.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

__all__ = ["STOPPED", "main", "stopped"]

STOPPED = 130
"""Exit code after Ctrl-C: 128 and the number of its signal, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; wrong usage leaves with one line on stderr and exit code 2."""
    with _leaving_at_once():
        from pledger.cli.verbs import run
    run(arguments)


def stopped(what: str) -> str:
    """The line that is said after Ctrl-C."""
    # a terminal shows ^C at the beginning of the line
    return f"{chr(10) if sys.stderr.isatty() else ''}pledger: stopped; {what}\n"


@contextmanager
def _leaving_at_once() -> Iterator[None]:
    """While modules are imported Ctrl-C ends the process where it stands: nothing is begun yet, and an exception would
    come out of whichever module is half made."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:  # somebody else listens, or nobody shall
        yield
        return

    def leave(number: int, frame: FrameType | None) -> None:
        del number, frame
        os.write(2, stopped("nothing was begun").encode())
        os._exit(STOPPED)

    try:
        signal.signal(signal.SIGINT, leave)
    except ValueError:  # not the main thread, which alone hears signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
