"""The bytes of a file or of standard input, with a limit, and never waiting for a pipe or a device."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from pledger.documents.find import printable
from pledger.model import Problem

__all__ = ["MOST_BYTES", "bytes_of"]

MOST_BYTES = 20 * 1024 * 1024
"""Largest file read, in bytes. The longest reports are a few megabytes; what is larger is an archive or a mistake."""

_LIMIT = f"{MOST_BYTES // 1024 // 1024} MB"
MEND_LARGE = "Split it into parts, or convert it to plain text."


def bytes_of(path: str) -> bytes | Problem:
    """All bytes of `path` (`-` is standard input); or why they cannot be had, and what to do about it."""
    where = printable(path)
    if path == "-":
        return _piped()
    try:
        # a pipe that nobody writes to would block the opening for ever; O_NONBLOCK changes nothing for files
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:
        return _refusal(error, path, where)
    try:
        with os.fdopen(handle, "rb", closefd=True) as file:
            status = os.fstat(file.fileno())
            if stat.S_ISDIR(status.st_mode):
                return _folder(where)
            if not stat.S_ISREG(status.st_mode):
                return Problem(
                    "Not a file",
                    where,
                    "it is a pipe, a socket or a device",
                    "Save what it gives into a file, or pipe it in and give `-`.",
                )
            if status.st_size > MOST_BYTES:
                return _too_large(where, f"{status.st_size / 1024 / 1024:.1f} MB")
            data = file.read(status.st_size + 1)  # not MOST_BYTES, for which memory would have to be found each time
            if len(data) > status.st_size:  # it grew
                data += file.read(MOST_BYTES)
    except OSError as error:
        return _refusal(error, path, where)
    return data if len(data) <= MOST_BYTES else _too_large(where, f"more than {_LIMIT}")


def _piped() -> bytes | Problem:
    try:
        data: bytes = sys.stdin.buffer.read(MOST_BYTES + 1)
    except (OSError, ValueError, AttributeError) as error:
        return Problem(
            "Standard input not readable", "-", str(error)[:200], "Pipe a text in, or give the path of a file."
        )
    return data if len(data) <= MOST_BYTES else _too_large("-", f"more than {_LIMIT}")


def _too_large(where: str, size: str) -> Problem:
    return Problem("File too large", where, f"it has {size}, and {_LIMIT} is the limit", MEND_LARGE)


def _folder(where: str) -> Problem:
    return Problem(
        "Not a file",
        where,
        "it is a folder",
        "Give the folder to `pledger read`, which takes the articles in it, or name the files.",
    )


def _refusal(error: OSError | ValueError, path: str, where: str) -> Problem:
    number = getattr(error, "errno", None)
    if number in (errno.ENOENT, errno.ENOTDIR):
        if Path(path).is_symlink():
            return Problem(
                "No such file",
                where,
                "it is a link to a file that is not there",
                "Mend the link, or give the file itself.",
            )
        return Problem(
            "No such file",
            where,
            "there is no file of this name",
            "Check the path, and that you are in the folder that it starts from.",
        )
    if number in (errno.EACCES, errno.EPERM):
        return Problem(
            "File not readable",
            where,
            "you have no right to read it",
            "Ask its owner for the right, or read it with an account that has it.",
        )
    if number == errno.EISDIR:
        return _folder(where)
    if number == errno.ENXIO:
        return Problem("Not a file", where, "it is a socket or a device", "Save what it gives into a file.")
    if number == errno.ELOOP:
        return Problem("No such file", where, "its links lead in a circle", "Mend the link, or give the file itself.")
    why = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return Problem("File not readable", where, str(why)[:200], "Check the path and the disk, and try again.")
