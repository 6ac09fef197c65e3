"""Web archives (`.warc`, `.warc.gz`) by warcio: the pages in them, one after the other, never more than one in memory.

warcio reads on through damage and through lines without an end. Hence the guard between it and the file, which counts
what a record may take; after a broken record the next one is looked for by its first bytes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import io
import os
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from pledger.documents.dateline import parse_date
from pledger.documents.find import printable
from pledger.documents.parsed import one_line, web_address
from pledger.model import Problem

__all__ = ["Page", "begins_archive", "looks_like_archive", "pages"]

MOST_RECORDS = 5_000_000
"""Records of one file; archives are cut at one gigabyte, which holds some hundred thousand."""
MOST_BROKEN = 200
"""Broken records after which the rest of a file is given up."""
LONGEST_PAGE = 20 * 1024 * 1024
"""Bytes of one page once unpacked, as for a file."""
LONGEST_UNPACKED = 256 * 1024 * 1024
"""Bytes that a compressed record may say it has; what is longer is not unpacked even to be skipped."""
MOST_AHEAD = 128 * 1024
"""Bytes of the file that warcio may read beyond what the record says that it has: its headers, and a buffer."""
CHUNK = 1024 * 1024

KINDS = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
NOT_ARTICLES = ("/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/security.txt", "/llms.txt")
"""Ends of addresses of plain texts that are for machines."""
MEND = "Copy the archive again from where it was made; the other pages of it are read."
MEND_LONG = "Extract that page with a tool for web archives, such as `warcio extract`, and save it shortened."

_GZIP = b"\x1f\x8b\x08"
_RECORD = b"WARC/"
_NEXT_WITHIN = re.compile(rb"WARC/\d\.\d{1,2}\r?\n(?:WARC-|Content-)")
_ONCE = ("warc-type", "warc-record-id", "warc-date", "warc-target-uri", "content-length")
"""Header fields that a record has once (ISO 28500:2017, 5.1)."""
_RUN_INTO = re.compile(r"WARC/\d\.\d{1,2}$|\nWARC/")
"""The first line of a record at the end of a line of another's header, which was cut off there."""
_FIRST_LINE = re.compile(rb"WARC/\d\.\d{1,2}\r?\n[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Page:
    """One response of a web archive, or a file: where it stands, what was asked for, and the bytes that came.

    What only a server can state is None of a file."""

    where: str
    """Of a file its path; in an archive `file.warc.gz#N`, N the number of the record in the file, counted from 1."""
    data: bytes
    charset: str | None
    """The encoding that the server stated."""
    url: str | None
    fetched_on: dt.date | None


class _TooFarError(Exception):
    """warcio read further than the record goes."""


class _Guard(io.RawIOBase):
    """The file, as far as the present record may reach."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.left = MOST_AHEAD

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes; an error where more was read than allowed."""
        data = self.file.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise _TooFarError("it goes on beyond its stated length")
        return data

    def tell(self) -> int:
        """The place in the file."""
        return self.file.tell()


def looks_like_archive(path: str) -> bool:
    """Whether a file is a web archive, plain or compressed, whatever it is called; False where it cannot be read."""
    if path == "-":
        return False
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116  a path of any bytes
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return begins_archive(file.read(4096))
    except (OSError, ValueError):
        return False


def begins_archive(data: bytes) -> bool:
    """Whether a web archive, plain or compressed, or a record of one begins with these bytes."""
    if not data.startswith(_GZIP):
        return data.startswith(_RECORD)
    try:
        return zlib.decompressobj(31).decompress(data, 64).lstrip().startswith(_RECORD)
    except zlib.error:
        return False


def pages(path: str) -> Iterator[Page | Problem]:
    """The pages of a web archive in their order (responses with status 200 of HTML, plain text or PDF), and a Problem
    for each record that is broken or too long. Requests, revisits and what else archives hold are passed over."""
    where = printable(path)
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            yield from _pages(file, where)
    except OSError as error:
        why = error.strerror or type(error).__name__
        yield Problem("File not readable", where, why, "Check the path and the disk, and try again.")


def _pages(file: BinaryIO, where: str) -> Iterator[Page | Problem]:
    number = broken = 0
    reported: int | None = None
    start: int | None = 0
    while start is not None:
        file.seek(start)
        records = _Records(file)
        try:
            while records.next():
                number += 1
                if number > MOST_RECORDS:
                    why = f"it has more than {MOST_RECORDS:,} records"
                    yield Problem("Web archive read in part", where, why, "Split it into several files.")
                    return
                found = records.page(f"{where}#{number}")
                if found is not None:
                    yield found
                if records.is_bomb():
                    break
            else:
                if _only_blank(file, records.begin):
                    return
                raise EOFError("it cannot be unpacked")
        except Exception as error:  # warcio raises what it does not document; the Problem names it and reading goes on
            if "non-chunked gzip" in str(error):
                file.seek(start)
                yield from _in_one_piece(file, where, number)
                return
            broken += 1
            why = one_line(str(error)) or type(error).__name__
            if number != reported:  # else it is the same damage, met again
                yield Problem("Web archive damaged", f"{where}#{number or 1}", f"a record is broken: {why[:200]}", MEND)
            reported = number
        if broken > MOST_BROKEN:
            why = f"it has more than {MOST_BROKEN} broken records"
            yield Problem("Web archive read in part", where, why, "Copy the archive again from where it was made.")
            return
        start = _following(file, max(start, records.begin) + 1)


def _in_one_piece(file: BinaryIO, where: str, known: int) -> Iterator[Page | Problem]:
    """The records after the first `known` of an archive that was compressed as a whole, not record by record."""
    number = 0
    try:
        with gzip.GzipFile(fileobj=file) as plain:
            records = _Records(plain)
            while records.next():
                number += 1
                found = records.page(f"{where}#{number}") if number > known else None
                if found is not None:
                    yield found
                if records.is_bomb():
                    raise _TooFarError(f"a record says that it has more than {LONGEST_UNPACKED:,} bytes")
    except Exception as error:  # nothing after damage can be unpacked: the archive is one stream
        why = one_line(str(error)) or type(error).__name__
        yield Problem("Web archive read in part", f"{where}#{number + 1}", why[:200], MEND)


class _Records:
    """warcio's iterator from one place of the file on, within limits and without its words on the terminal."""

    def __init__(self, file: Any) -> None:
        from warcio.archiveiterator import WARCIterator

        self.guard = _Guard(file)
        self.packed = isinstance(file, gzip.GzipFile)
        with _unheard():
            self.iterator = WARCIterator(self.guard)
        self.record: Any = None
        self.length = 0
        self.begin = 0
        """Where the present record begins, or the one that could not be read."""

    def next(self) -> bool:
        """Go to the next record; False at the end."""
        with _unheard():
            if self.record is not None:
                self._to_end()
            before, self.begin = self.begin, int(self.iterator.offset)
            self.guard.left = MOST_AHEAD
            try:
                self.record = next(self.iterator, None)
                self.length = _stated_length(self.record)
            except Exception:
                if not self.packed:  # the record before may have been cut short and have swallowed this one's beginning
                    self.begin = before
                raise
        if self.record is not None:
            self.packed = self.packed or self.iterator.reader.decompressor is not None
        return self.record is not None

    def _to_end(self) -> None:
        """Read the present record to its end; an error where that is not its own, by the sum of what was packed too."""
        self.guard.left = self.length + MOST_AHEAD
        self.iterator.read_to_end()
        if getattr(self.record.raw_stream, "limit", 0) > 0:
            raise EOFError("it ends before its stated length")
        decompressor = self.iterator.reader.decompressor
        if decompressor is not None and not decompressor.eof:
            raise EOFError("it goes over into the next record")

    def is_bomb(self) -> bool:
        """Whether the rest of the present record is better passed over without unpacking it."""
        return self.packed and self.length > LONGEST_UNPACKED

    def page(self, where: str) -> Page | Problem | None:
        """The present record as a page; None where it is something else."""
        record, http = self.record, self.record.http_headers
        if record.rec_type != "response" or http is None or str(http.get_statuscode()) != "200":
            return None
        kind, _, parameters = (http.get_header("Content-Type") or "").partition(";")
        url = web_address((record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> "))
        if kind.strip().lower() not in KINDS or (url and _path(url).endswith(NOT_ARTICLES)):
            return None
        data = b""
        if self.length <= LONGEST_UNPACKED:
            self.guard.left = self.length + MOST_AHEAD
            with _unheard():
                data = record.content_stream().read(LONGEST_PAGE + 1)
        if len(data) > LONGEST_PAGE or self.length > LONGEST_UNPACKED:
            why = f"it has more than {LONGEST_PAGE // 1024 // 1024} MB"
            return Problem("Page of a web archive too large", where, why, MEND_LONG)
        with _unheard():
            self._to_end()
        if len(data) == 0:
            return None
        if not self.packed and _NEXT_WITHIN.search(data):
            return Problem("Web archive damaged", where, "a record is broken: the next begins within it", MEND)
        day = parse_date((record.rec_headers.get_header("WARC-Date") or "")[:10])
        return Page(where, data, _charset(parameters), url, day)


def _stated_length(record: Any) -> int:
    """The bytes that a record says it has; an error where its header is broken."""
    if record is None:
        return 0
    headers: list[tuple[str, str]] = record.rec_headers.headers
    if any("\x00" in value or _RUN_INTO.search(name + ":" + value) for name, value in headers):
        raise ValueError("its header is overwritten")
    names = [name.lower() for name, _ in headers]
    if any(names.count(name) > 1 for name in _ONCE):
        raise ValueError("its header goes over into the next record's")
    stated = record.rec_headers.get_header("Content-Length") or ""
    if not (stated.isascii() and stated.isdigit() and len(stated) < 16):
        raise ValueError("it does not state its length")
    return int(stated)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path.lower()
    except ValueError:
        return ""


def _charset(parameters: str) -> str | None:
    for parameter in parameters[:500].split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip(" \"'"):
            return value.strip(" \"'")
    return None


def _unheard() -> contextlib.AbstractContextManager[object]:
    """warcio writes its warnings on the terminal; what matters of them becomes a Problem."""
    return contextlib.redirect_stderr(io.StringIO())


def _only_blank(file: BinaryIO, start: int) -> bool:
    """Whether nothing but blanks stands from `start` on, as at the end of a whole file."""
    file.seek(start)
    return not any(more.strip(b"\x00 \t\r\n") for more in iter(lambda: file.read(CHUNK), b""))


def _following(file: BinaryIO, start: int) -> int | None:
    """Where the next record begins at or after `start`; None where none does."""
    file.seek(0)
    mark = _GZIP if file.read(len(_GZIP)) == _GZIP else _RECORD
    file.seek(start)
    end, held = start, b""
    while more := file.read(CHUNK):
        held += more
        end += len(more)
        place = held.find(mark)
        while place >= 0:
            begin = end - len(held) + place
            file.seek(begin)
            first = file.read(4096)
            if _FIRST_LINE.match(first) if mark is _RECORD else begins_archive(first):
                return begin
            place = held.find(mark, place + 1)
        held = held[-len(mark) :]
        file.seek(end)
    return None
