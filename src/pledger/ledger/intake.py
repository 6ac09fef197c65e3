"""Reading documents into the store: files in, documents and claims kept, problems kept beside them.

What is read is held only until it is kept, some documents at a time, so that memory does not grow with the corpus.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TypeAlias

from pledger import documents as room
from pledger.documents import echoes
from pledger.ledger.store import Store
from pledger.model import Claim, Document, Problem
from pledger.workers import Job, Reading, jobs, read_document, read_jobs

__all__ = ["Further", "ReadResult", "echoes_of", "read_into", "received_into"]

Further: TypeAlias = Callable[[Document, Sequence[Claim]], tuple[Sequence[Claim], Sequence[Problem]]]
"""Somebody who reads new documents once more: a document and the claims made of it in, what is to be added out."""

BATCH_DOCUMENTS, BATCH_CHARACTERS = 64, 4_000_000
"""What is kept in one transaction at most: each costs as much as some documents do."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reading brought."""

    documents: int
    """New documents."""
    known: int
    """Documents that the ledger had already; they were left alone."""
    claims: int
    """New claims."""
    problems: list[Problem]


def read_into(
    store: Store,
    paths: Sequence[str],
    reported_on: dt.date | None = None,
    on_progress: Callable[[int, int, str], None] | None = None,
    on_document: Callable[[int, int, int | None], None] | None = None,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    further: Further | None = None,
    folder: str | None = None,
    apart: Callable[[], None] | None = None,
) -> ReadResult:
    """Load, read and keep what these paths name, in their order whoever reads; what is known costs only its loading.

    `folder`: where the files lie for the time being; it stays out of the paths that are kept. `apart`: as for
    `workers.read_jobs`.

    Where reading is cut off (Ctrl-C, a cluster that went away), what was read in order until then is kept.
    """
    found, problems = room.find(paths)
    problems[:] = [_below(problem, folder) for problem in problems]
    files = _Files(store, found, reported_on, on_progress, folder)
    shelf = _Shelf(store, problems, further)
    characters = 0
    with closing(read_jobs(files.jobs(), workers=workers, scheduler=scheduler, apart=apart)) as results:
        try:
            files.go_on(0)
            for result in results:
                files.arrived()
                for item in result:
                    shelf.put(item)
                    if isinstance(item, Reading):
                        characters += len(item.document.text)
                if on_document is not None:
                    on_document(shelf.seen, characters, files.expected(shelf.seen))
        finally:
            shelf.keep()
    files.go_on(len(found))
    store.put_problems([_shown(room.printable(path), folder) for path in found], problems)
    return shelf.result()


def received_into(store: Store, data: bytes, where: str, further: Further | None = None) -> ReadResult:
    """Read and keep bytes that came from elsewhere than a file, such as a feed's from its server.

    Most of what a feed has was there the last time: documents that the ledger knows are not read again.
    """
    shelf = _Shelf(store, [], further)
    for item in room.received(data, where):
        if isinstance(item, Problem):
            shelf.put(item)
        else:
            shelf.put(Reading(item, (), b"") if store.knows(item.id) else read_document(item))
    shelf.keep()
    found = shelf.result()
    store.put_problems([where], found.problems)
    return found


class _Files:
    """Makes the jobs of files, and knows which file the next result is of."""

    def __init__(
        self,
        store: Store,
        found: Sequence[str],
        reported_on: dt.date | None,
        on_progress: Callable[[int, int, str], None] | None,
        folder: str | None,
    ) -> None:
        self._folder = folder
        self._store = store
        self._found = found
        self._reported_on = reported_on
        self._on_progress = on_progress
        self._under_way: deque[int] = deque()
        self._told = 0
        self._opened = 0
        self._in_archive = False
        self._last_archive = max((n for n, path in enumerate(found, 1) if _is_archive(path)), default=0)

    def jobs(self) -> Iterator[Job | Problem]:
        """A job for each page of each file, in order."""
        for number, path in enumerate(self._found):
            self._opened, self._in_archive = number + 1, _is_archive(path)
            for job in jobs([path], reported_on=self._reported_on):
                self._under_way.append(number)
                yield _below(job, self._folder) if isinstance(job, Problem) else self._known(job)
            self._in_archive = False

    def arrived(self) -> None:
        """The next result came."""
        self.go_on(self._under_way.popleft())

    def go_on(self, number: int) -> None:
        """Tell of the files up to the one with this number, unless it was told before."""
        while self._on_progress is not None and self._told <= number:
            path = self._found[self._told] if self._told < len(self._found) else ""
            self._on_progress(self._told, len(self._found), path)
            self._told += 1

    def expected(self, seen: int) -> int | None:
        """How many documents there are in all, as far as is known; None while an archive is not read to its end."""
        if self._in_archive or self._opened < self._last_archive:
            return None
        return seen + len(self._under_way) + len(self._found) - self._opened

    def _known(self, job: Job) -> Job:
        """A file whose bytes the ledger knows is not read again: most documents have the id of their bytes."""
        digest = hashlib.sha256(job.page.data).hexdigest()
        job = replace(job, page=replace(job.page, where=_shown(job.page.where, self._folder)))
        return Job(job.page, job.reported_on, digest) if self._store.knows(digest) else job


class _Shelf:
    """Keeps what was read, some documents at a time and in the order of reading."""

    def __init__(self, store: Store, problems: list[Problem], further: Further | None) -> None:
        self._store = store
        self._problems = problems
        self._further = further
        self._batch: list[Reading] = []
        self._characters = 0
        self.seen = self.documents = self.known = self.claims = 0

    def put(self, item: Reading | Problem) -> None:
        """Keep a document sooner or later, a problem for the result."""
        if isinstance(item, Problem):
            self._problems.append(item)
            return
        self.seen += 1
        if self._further is not None and not self._store.knows(item.document.id):
            more, wrong = self._further(item.document, item.claims)
            self._problems.extend(wrong)
            item = replace(item, claims=(*item.claims, *more))
        self._batch.append(item)
        self._characters += len(item.document.text)
        if len(self._batch) >= BATCH_DOCUMENTS or self._characters >= BATCH_CHARACTERS:
            self.keep()

    def result(self) -> ReadResult:
        """What was kept so far."""
        return ReadResult(self.documents, self.known, self.claims, self._problems)

    def keep(self) -> None:
        """Keep what is waiting."""
        batch, self._batch, self._characters = self._batch, [], 0
        try:
            self._write(batch)
        except UnicodeEncodeError:  # one of them cannot be kept: the others can
            for item in batch:
                try:
                    self._write([item])
                except UnicodeEncodeError as error:
                    why = f"its text holds what no file can keep: {error.reason}"
                    self._problems.append(
                        Problem("document not kept", item.document.path, why, "save the file again as UTF-8")
                    )

    def _write(self, batch: Sequence[Reading]) -> None:
        if not batch:
            return
        now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
        kept = self._store.add_all([(r.document, r.claims, r.signature) for r in batch], now)
        self.known += kept.count(-1)
        self.documents += len(kept) - kept.count(-1)
        self.claims += sum(count for count in kept if count > 0)


def _is_archive(path: str) -> bool:
    """Whether a file is a web archive by its name: enough to say whether its number of documents is known."""
    return path.lower().endswith((".warc", ".warc.gz"))


def _shown(path: str, folder: str | None) -> str:
    """The path as it is kept: from the folder on, where the file lies in one for the time being."""
    return path if folder is None else path.removeprefix(f"{folder.rstrip('/')}/")


def _below(problem: Problem, folder: str | None) -> Problem:
    return replace(problem, where=_shown(problem.where, folder))


def echoes_of(store: Store, known: Collection[str] | None = None) -> dict[str, str]:
    """Copies and what they copy, among the documents with these ids (None: all)."""
    return echoes.echoes(s for s in store.signatures() if known is None or s[0] in known)
