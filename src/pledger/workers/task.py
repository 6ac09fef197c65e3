"""The unit of work: the bytes of one document in, what they say out. A pure function, so that any process may do it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from pledger import documents
from pledger.documents import Page, echoes
from pledger.documents.parsed import unexpected
from pledger.model import Claim, Document, Problem

__all__ = ["Job", "Reading", "Result", "read_document", "read_job"]

MEND = "Leave it out, or save the article as plain text; and please report this file, for it should not happen."


@dataclass(frozen=True, slots=True)
class Job:
    """A page or a file to be parsed and read."""

    page: Page
    reported_on: dt.date | None = None
    """The day of documents that do not state their own."""
    known: str | None = None
    """The id of a document that need not be read, only parsed: what is wrong with its file is said every time."""
    signed: bool = True
    """Whether the signature is wanted that tells copies."""

    @property
    def size(self) -> int:
        """Bytes that it takes in memory, about."""
        return len(self.page.data)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and what it says."""

    document: Document
    claims: tuple[Claim, ...]
    signature: bytes
    """As `echoes.signature` makes it; empty where none was wanted."""


Result: TypeAlias = tuple[Reading | Problem, ...]
"""What came of one job, in the order of the file: one document as a rule, of a feed many, and what is wrong there."""


def read_job(job: Job) -> Result:
    """Parse and read; never raises. A document whose reading fails is a Problem, and the others are read."""
    found = documents.parse(job.page, reported_on=job.reported_on)
    return tuple(item if isinstance(item, Problem) else _read(item, job) for item in found)


def read_document(document: Document, *, signed: bool = True) -> Reading | Problem:
    """Read a document that is parsed; never raises. `signed` says whether the signature is wanted that tells copies."""
    from pledger import reading  # all recognisers: half a second, which who only asks the ledger need not wait for

    try:
        signature = echoes.signature(document.text) if signed else b""
        return Reading(document, tuple(reading.read(document)), signature)
    except Exception as error:  # the rest of the run must go on; the error is named, so that it can be reported
        return unexpected("Document not read", document.path, error, MEND)


def _read(document: Document, job: Job) -> Reading | Problem:
    return Reading(document, (), b"") if document.id == job.known else read_document(document, signed=job.signed)
