"""Where alerts go, each once: lines added to a file, a file written anew, a program started.

A file of lines is read back before anything is added to it, so that a run that was killed between adding a line and
remembering it adds no second one; half a line that it left is taken off. Whoever follows the file reads every alert
once. A file that is written anew from the outbox cannot repeat itself. A program cannot be asked what it has done
already: it is started again where a run was killed meanwhile, and told by the alert's id.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from pledger.exposure.alerts.records import alert_of
from pledger.exposure.alerts.words import Alert
from pledger.ledger import Outbox
from pledger.model import Problem

__all__ = ["TERMINAL", "add_lines", "feed_name", "lines_name", "program_name", "rewrite", "start"]

TERMINAL = "terminal"
_ID = re.compile(rb'^\{"id": "([^"\\]{1,64})"')
_SHOWN = 500
"""Alerts in a file that is written anew."""
_SAID = 200
"""Letters of what a program said that are shown."""

Line = Callable[[Alert], str]
"""An alert as one line of JSON that begins with its id, the same whenever it is asked."""


def lines_name(path: Path) -> str:
    """The name of a file of lines as an output, wherever the run stands."""
    return f"lines {path.absolute()}"


def feed_name(path: Path) -> str:
    """The name of a file that is written anew as an output."""
    return f"feed {path.absolute()}"


def program_name(command: Sequence[str]) -> str:
    """The name of a program as an output."""
    return f"run {' '.join(command)}"


def add_lines(outbox: Outbox, path: Path, line: Line) -> list[Problem]:
    """Add what the file has not got; a problem where it cannot be written: then it has all of it the next time."""
    try:
        with outbox.handing(lines_name(path)) as messages:
            if messages:
                _add(path, {m.id: line(alert_of(m)).encode("utf-8", "replace") + b"\n" for m in messages})
    except OSError as error:
        return [_unwritten(path, error)]
    return []


def rewrite(outbox: Outbox, path: Path, write: Callable[[Sequence[Alert]], None]) -> list[Problem]:
    """Have the newest alerts, the newest first, written anew where there are new ones or the file is not there."""
    try:
        with outbox.handing(feed_name(path)) as messages:
            if messages or not path.exists():
                write([alert_of(m) for m in reversed(outbox.last(_SHOWN))])
    except OSError as error:
        return [_unwritten(path, error)]
    return []


def start(outbox: Outbox, command: Sequence[str], line: Line, seconds: float) -> list[Problem]:
    """Start the program once for each alert that it has not got: the alert on its standard input, its id in the
    environment as PLEDGER_ALERT. No shell has a hand in it.

    It has got an alert when it ends with 0 within these seconds. Else that is a problem, and it gets it the next time.
    """
    problems = []
    output = program_name(command)
    for message in outbox.waiting(output):
        if not outbox.begin(output, message.number, dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)):
            continue
        why = _ran(command, line(alert_of(message)), message.id, seconds)
        outbox.ended(output, message.number, delivered=why is None)
        if why is not None:
            mend = "mend the program; this alert is handed to it again at the next run"
            problems.append(Problem("alert not taken", f"{command[0]} {message.id}", why, mend))
    return problems


def _ran(command: Sequence[str], line: str, id_: str, seconds: float) -> str | None:
    """Why the program did not take it; None where it did."""
    try:
        done = subprocess.run(  # noqa: S603  the user's own program, with arguments as they were given
            list(command),
            input=f"{line}\n".encode("utf-8", "replace"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PLEDGER_ALERT": id_},
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"it took longer than {seconds:g} seconds"
    except OSError as error:
        return f"it cannot be started ({error.strerror})"
    if done.returncode == 0:
        return None
    said = " ".join(done.stderr.decode("utf-8", "replace").split())[-_SAID:]
    return f"it ended with {done.returncode}" + (f": {said}" if said else "")


def _add(path: Path, lines: Mapping[str, bytes]) -> None:
    """Add the lines whose ids the file has not got, and have them on the disk when this returns."""
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        raise OSError(0, "it is no file that can be read back", str(path))
    with path.open("a+b") as file:
        file.seek(0)
        there, whole, left = _read_back(file, lines)
        if left and any(line.startswith(left) for line in lines.values()):
            file.truncate(whole)  # ours: a run was killed in the middle of it
            left = b""
        new = b"".join(line for id_, line in lines.items() if id_ not in there)
        if not new:
            return
        file.seek(0, os.SEEK_END)
        file.write((b"\n" if left else b"") + new)
        file.flush()
        os.fsync(file.fileno())


def _read_back(file: BinaryIO, lines: Mapping[str, bytes]) -> tuple[set[str], int, bytes]:
    """Which of these lines the file has, how many bytes of it are whole lines, and what follows them."""
    there: set[str] = set()
    whole, left = 0, b""
    for row in file:
        if not row.endswith(b"\n"):
            left = row
            break
        whole += len(row)
        if (found := _ID.match(row)) and (id_ := found[1].decode("utf-8", "replace")) in lines:
            there.add(id_)
    return there, whole, left


def _unwritten(path: Path, error: OSError) -> Problem:
    mend = "mend it, or name another place; the alerts wait for it"
    return Problem("alerts not written", str(path), error.strerror or str(error), mend)
