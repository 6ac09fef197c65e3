"""Uploaded articles: read in the background, one upload after the other, while the pages go on answering.

They are parsed and read in a process of their own, which is ended when their time is over or the server ends, however
long one of them would have taken; what it read is kept by the server, one upload after the other. The files lie in a
temporary folder until they are read, and no longer. What is known of an upload is in memory: it is
forgotten with the server; what was read is in the ledger.
"""

from __future__ import annotations

import datetime as dt
import logging
import re
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pledger.ledger import Ledger, LedgerError
from pledger.model import Claim, Document, Problem
from pledger.views.plain import clean
from pledger.views.web.news import News, held, news

__all__ = ["Article", "Stage", "Upload", "Uploads", "names_of"]

_LOG = logging.getLogger(__name__)
_WAITING = 5
"""Uploads that may wait for their turn."""
_REMEMBERED = 20
_NAME = 80
"""Characters of a file's name."""
_UNFIT = re.compile(r'[<>:"|?*\[\]\\/]+')
"""Characters that name no file on one system or another, or stand for others in a pattern."""


class Stage(StrEnum):
    """How far an upload has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    BROKEN_OFF = "broken off"

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self in (Stage.DONE, Stage.BROKEN_OFF)


@dataclass(frozen=True, slots=True)
class Article:
    """A document that was new to the ledger."""

    id: str
    file: str
    title: str
    claims: int


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload as it stands at one moment."""

    id: str
    names: tuple[str, ...]
    stage: Stage = Stage.WAITING
    done: int = 0
    """Files that were read."""
    articles: tuple[Article, ...] = ()
    known: int = 0
    """Documents that the ledger had already."""
    problems: tuple[Problem, ...] = ()
    news: News | None = None
    words: str = ""
    """Why it was broken off."""

    @property
    def claims(self) -> int:
        """How many claims the new documents make."""
        return sum(article.claims for article in self.articles)


class _BrokenOffError(Exception):
    """The time is over, or the server ends."""


class Uploads:
    """The uploads of one server. One thread has them read and keeps what was read, one upload at a time."""

    def __init__(self, ledger: Ledger, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger, self._seconds, self._clock = ledger, seconds, clock
        self._held: dict[str, Upload] = {}
        self._lock = threading.Lock()
        self._ends = threading.Event()
        self._reader = ThreadPoolExecutor(1, "uploads")

    def of(self, id_: str) -> Upload | None:
        """The upload with this id; None where there is none, or it is forgotten."""
        return self._held.get(id_)

    def full(self) -> bool:
        """Whether so many wait that one more must come later."""
        return sum(not upload.stage.over for upload in self._held.values()) > _WAITING

    def begin(self, folder: TemporaryDirectory[str], names: Sequence[str], reported_on: dt.date | None) -> Upload:
        """Read these files of the folder as soon as it is their turn; the folder is removed afterwards."""
        upload = Upload(secrets.token_urlsafe(12), tuple(names))
        with self._lock:
            over = [key for key, held in self._held.items() if held.stage.over]
            for key in over[: max(0, len(over) - _REMEMBERED + 1)]:
                del self._held[key]
            self._held[upload.id] = upload
        self._reader.submit(self._run, upload.id, folder, reported_on)
        return upload

    def end(self) -> None:
        """Break off what is being read, and keep what was read until then."""
        self._ends.set()
        self._reader.shutdown(wait=True)  # those that wait are not read, and their files removed

    def _run(self, id_: str, folder: TemporaryDirectory[str], reported_on: dt.date | None) -> None:
        try:
            with folder as where:
                self._read(id_, where, reported_on)
        except _BrokenOffError:
            if not self._ends.is_set():  # what was read until then is kept, and is to be seen
                with suppress(LedgerError):
                    self._ledger.catch_up()
            words = f"this took longer than {self._seconds:.0f} seconds: what was read is kept, upload the rest again"
            self._now(id_, stage=Stage.BROKEN_OFF, words="the server was stopped" if self._ends.is_set() else words)
        except LedgerError as error:
            _LOG.warning("an upload could not be kept: %s", error)
            words = "the ledger cannot be written to just now: upload the articles again in a moment"
            self._now(id_, stage=Stage.BROKEN_OFF, words=words)
        except Exception:
            _LOG.exception("an upload was not read")
            words = "something is broken here, and it has been written to the server's log"
            self._now(id_, stage=Stage.BROKEN_OFF, words=words)

    def _read(self, id_: str, folder: str, reported_on: dt.date | None) -> None:
        if self._ends.is_set():
            raise _BrokenOffError
        until = self._clock() + self._seconds
        articles: dict[str, Article] = {}
        claims: list[str] = []

        def on_time(*_: object) -> None:
            if self._ends.is_set() or self._clock() > until:
                raise _BrokenOffError

        def at_file(done: int, _total: int, _path: str) -> None:
            on_time()
            self._now(id_, done=done)

        def new(document: Document, made: Sequence[Claim]) -> tuple[Sequence[Claim], Sequence[Problem]]:
            if document.id not in articles:
                title = clean(document.title or document.path)
                articles[document.id] = Article(document.id, document.path.partition("#")[0], title, len(made))
                claims.extend(claim.id for claim in made)
                self._now(id_, articles=tuple(articles.values()))
            return (), ()

        self._now(id_, stage=Stage.READING)
        before = held(self._ledger)
        upload = self._held[id_]
        result = self._ledger.read(
            [Path(folder, name) for name in upload.names],
            reported_on=reported_on,
            on_progress=at_file,
            on_document=on_time,
            workers=1,
            further=new,
            folder=folder,
            apart=on_time,
        )
        self._now(id_, known=result.known, problems=tuple(result.problems))
        self._now(id_, news=news(self._ledger, before, claims), stage=Stage.DONE)

    def _now(self, id_: str, **changes: Any) -> None:
        with self._lock:
            self._held[id_] = replace(self._held[id_], **changes)


def names_of(given: Iterable[str]) -> list[str]:
    """Names under which uploaded files can lie beside one another: no folders, nothing unseen, each only once."""
    found: list[str] = []
    for said in given:
        name = clean(_UNFIT.sub("-", clean(said.replace("\\", "/").rpartition("/")[2]))).strip(" .-")
        stem, dot, suffix = (name or "article").rpartition(".")
        stem, suffix = (stem, f".{suffix[:10]}") if dot else (suffix, "")
        room = _NAME - len(suffix)
        name, number = f"{stem[:room]}{suffix}", 1
        while name.casefold() in {other.casefold() for other in found}:
            number += 1
            name = f"{stem[: room - 6]} ({number}){suffix}"
        found.append(name)
    return found
