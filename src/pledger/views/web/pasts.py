"""Ledgers of the past: a large ledger as of a day is worked out beside the pages, once, and answers as one of now does.

A small ledger is derived in memory within the request. Of a large one that takes minutes and gigabytes: it is derived
in a process of its own (`ledger.cutting`), one at a time, which gives way to the pages, into a file in the user's
folder for such things; until it is there, who asks is told how far it has come. Such a file is brought forward when
more is read, and what comes for a day soon after begins from it. Where there are too many files, those that nobody
asked for the longest go first.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pledger.ledger import NOW, Ledger, Moment
from pledger.ledger.past import Extent, opened
from pledger.ledger.store import Store
from pledger.views.web.settings import Past
from pledger.views.web.state import RequestError

__all__ = ["Coming", "ComingError", "Pasts"]

_LOG = logging.getLogger(__name__)
_PATIENCE = 1.0
"""Seconds that a page waits for a ledger of the past before it tells how far that is."""
_WATCHED = 120.0
"""Seconds after which one that waits for its turn is forgotten, where nobody asks for it any more."""
_BROKEN = 60.0
"""Seconds for which it is told why one could not be made, before it is tried again."""
_REST, _TIMES = 5.0, 10.0
"""Seconds between two makings of one day that is there: so many at least, and so many times what the last one took."""
_WAITING = 8
"""Days that may wait for their turn."""
_ABANDONED = 3600.0
"""Seconds after which what a killed process left is taken away."""
_NEAR = 0.05
"""Share of the documents that may be new to a file from which it is brought forward; beyond that it is derived anew,
which tells how far it has come."""
_NEARBY = 8
"""Programmes or names as of a day that are remembered until the whole day is there."""
_LONGEST = 4 * 3600.0
"""Seconds after which the making of one is given up."""
_SHARES = {"copying": (0.0, 0.08), "names": (0.08, 0.18), "projects": (0.18, 0.29), "voices": (0.29, 0.49),
           "figures": (0.49, 1.0), "update": (0.08, 1.0)}  # fmt: skip
"""Which part of the time each step takes, of a ledger of half a million claims."""


@dataclass(frozen=True, slots=True)
class Coming:
    """How far a ledger of the past is."""

    moment: Moment
    documents: int
    """Reports that count then."""
    of: int
    """Reports of the whole ledger."""
    share: float
    """What is done of it, from 0 to 1."""
    step: str
    """What is being done: `waiting`, `copying`, `names`, `projects`, `voices`, `figures`; `update` where it is brought
    forward; or `failed`."""
    seconds: float | None
    """That it will still take, where that can be told."""
    words: str = ""
    """Why it failed, and the mend."""
    ready: tuple[Moment, ...] = ()
    """Moments that are there already, the latest first."""


class ComingError(Exception):
    """What was asked for is being worked out."""

    def __init__(self, coming: Coming) -> None:
        super().__init__(f"as of {coming.moment.as_of or coming.moment.known_on}: {coming.step}")
        self.coming = coming


@dataclass(slots=True, eq=False)
class _Job:
    moment: Moment
    extent: Extent
    asked: float
    """When somebody asked for it last, in seconds of the monotonic clock."""
    since: float
    """When somebody asked for it first."""
    begun: float | None = None
    ended: float | None = None
    step: str = "waiting"
    share: float = 0.0
    words: str = ""
    over: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """A ledger of the past that is there."""

    ledger: Ledger
    store: Store
    path: Path
    word: str


class Pasts:
    """The ledgers of the past of one server."""

    def __init__(self, ledger: Ledger, limits: Past) -> None:
        self._ledger, self._limits = ledger, limits
        self._lock = threading.Lock()
        self._held: OrderedDict[Moment, _Held] = OrderedDict()
        self._jobs: dict[Moment, _Job] = {}
        self._took: dict[Moment, tuple[float, float]] = {}
        """Of what was made: when it ended, and how long it took."""
        self._near: OrderedDict[tuple[str, Moment, str], Ledger] = OrderedDict()
        self._extents: OrderedDict[Moment, tuple[str, Extent]] = OrderedDict()
        self._hand = ThreadPoolExecutor(1, thread_name_prefix="past")
        self._process: subprocess.Popen[str] | None = None
        self._folder: Path | None = None
        self._own = False
        self._large = self._closed = False

    def at(self, moment: Moment) -> Ledger:
        """The ledger as of this moment. Raises ComingError where it is being worked out."""
        if moment == NOW:
            return self._ledger
        if not self._is_large():
            return self._ledger.at(as_of=moment.as_of, known_on=moment.known_on)
        extent = self._extent(moment)
        if extent.whole:
            return self._ledger.ended(moment)
        with self._lock:
            held = self._found(moment, extent)
            if held is not None and held.word == extent.word:
                return held.ledger
            job = self._asked(moment, extent, anew=held is None)
        if held is not None:  # of before the latest reading, as the pages of now are while somebody reads
            return held.ledger
        if job is None:
            words = "many other days are being worked out just now: try again in a few minutes"
            raise RequestError(words, 503)
        job.over.wait(max(0.0, job.since + _PATIENCE - time.monotonic()))
        with self._lock:
            held = self._found(moment, extent)
            if held is not None:
                return held.ledger
            raise ComingError(self._told(job))

    def near(self, moment: Moment, of: Callable[[Ledger], str | None]) -> tuple[Ledger, Coming | None]:
        """The ledger as of this moment; while that is being worked out, what concerns one entity alone, and how far it
        is: `of` finds the entity in the ledger of now. Raises ComingError where that cannot be had at once, either.
        """
        try:
            return self.at(moment), None
        except ComingError as error:
            coming = error.coming
            entity = of(self._ledger)
            if entity is None or coming.words:
                raise
        key = (self._ledger.version(), moment, entity)
        with self._lock:
            known = self._near.get(key)
        if known is None:
            found = self._ledger.around(entity, moment)
            if found is None:
                raise ComingError(coming)
            with self._lock:
                known = self._near[key] = found
                while len(self._near) > _NEARBY:
                    self._near.popitem(last=False)
        return known, coming

    def shown(self, moment: Moment) -> str:
        """A word for what `at` gives, which changes when that is another file than before."""
        with self._lock:
            held = self._held.get(moment)
        return held.word if held is not None else ""

    def close(self) -> None:
        """End what is under way, and let go of the files."""
        with self._lock:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        self._hand.shutdown(wait=True, cancel_futures=True)
        for held in self._held.values():
            held.store.close()
        self._held.clear()
        if self._own and self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    # What is there

    def _is_large(self) -> bool:
        """Whether it has more than is derived while somebody waits; a ledger never shrinks."""
        self._large = self._large or self._ledger.counts().claims > self._limits.claims
        return self._large

    def _extent(self, moment: Moment) -> Extent:
        version = self._ledger.version()
        with self._lock:
            known = self._extents.get(moment)
        if known is not None and known[0] == version:
            return known[1]
        found = self._ledger.extent(moment)
        with self._lock:
            self._extents[moment] = version, found
            while len(self._extents) > 4 * self._limits.files:
                self._extents.popitem(last=False)
        return found

    def _found(self, moment: Moment, extent: Extent) -> _Held | None:
        """The file of this moment, the one of this extent where it is there, else the latest."""
        held = self._held.get(moment)
        if held is not None and (held.word == extent.word or not self._path(moment, extent.word).exists()):
            if held.path.exists():
                self._held.move_to_end(moment)
                _used(held.path)
                return held
            self._let_go(moment)
        folder_ = self._place()
        if folder_ is None:
            return None
        exact = self._path(moment, extent.word)
        older = sorted(folder_.glob(f"{_named(moment)}_*.db"), key=_age, reverse=True)
        for path in (exact, *(p for p in older if p != exact)):
            word = path.stem.rpartition("_")[2]
            store = opened(path, word) if path.exists() else None
            if store is not None:
                self._let_go(moment)
                _used(path)
                ledger = Ledger(store, moment, lagging=True, stored=moment)
                self._held[moment] = _Held(ledger, store, path, word)
                return self._held[moment]
        return None

    def _let_go(self, moment: Moment) -> None:
        if (held := self._held.pop(moment, None)) is not None:
            held.store.close()  # who is being answered keeps what he has taken out

    def _place(self) -> Path | None:
        """The folder of this ledger's files, made where it is not there; None where none can be."""
        if self._folder is None and not self._closed:
            # The address tells a ledger from a copy of it elsewhere, into which other articles may be read.
            name = f"{self._ledger.name()}-{hashlib.sha256(self._ledger.url.encode()).hexdigest()[:8]}"
            from pledger.reading.remembered import folder  # the reader loads slowly, and most servers never need it

            place = self._limits.folder or folder()
            try:
                if place is None:
                    self._folder, self._own = Path(tempfile.mkdtemp(prefix="pledger-past-")), True
                else:
                    made = place / "past" / name
                    made.mkdir(mode=0o700, parents=True, exist_ok=True)
                    self._folder = made
                    _sweep(made)
            except OSError as error:
                _LOG.warning("no folder for ledgers of the past: %s", error)
        return self._folder

    def _path(self, moment: Moment, word: str) -> Path:
        return (self._place() or Path()) / f"{_named(moment)}_{word}.db"

    # What is being made

    def _asked(self, moment: Moment, extent: Extent, *, anew: bool) -> _Job | None:
        """The job that makes this; None where it is not to be begun now."""
        now = time.monotonic()
        job = self._jobs.get(moment)
        if job is not None and (job.ended is None or (job.words and now - job.ended < _BROKEN)):
            job.asked = now
            return job
        ended, took = self._took.get(moment, (-1e9, 0.0))
        if not anew and now - ended < max(_REST, _TIMES * took):
            return None
        if self._closed or sum(j.ended is None for j in self._jobs.values()) > _WAITING:
            return None
        for known in [m for m, j in self._jobs.items() if j.ended is not None and now - j.ended > _BROKEN]:
            del self._jobs[known]
        job = self._jobs[moment] = _Job(moment, extent, now, now)
        self._hand.submit(self._do, job)
        return job

    def _told(self, job: _Job) -> Coming:
        took = time.monotonic() - job.begun if job.begun is not None else 0.0
        left = took * (1 - job.share) / job.share if took > 3 and job.share > 0.04 else None
        ready = tuple(sorted(self._held, key=lambda m: m.as_of or m.known_on or dt.date.min, reverse=True))
        return Coming(job.moment, job.extent.documents, job.extent.of, job.share, job.step, left, job.words, ready)

    def _do(self, job: _Job) -> None:
        place, making = None, None
        try:
            if time.monotonic() - job.asked > _WATCHED:
                return
            job.begun = time.monotonic()
            place = self._place()
            if place is None:
                job.words = "there is no folder to work it out in: set PLEDGER_CACHE to one that can be written"
                return
            making = Path(tempfile.mkdtemp(prefix=".making-", dir=place))
            self._make(job, place, making)
        except OSError as error:
            job.words = f"it could not be written: {error.strerror or error}"
            _LOG.warning("a ledger of the past could not be made: %s", error)
        except Exception:  # must not take the thread of all others with it
            job.words = "something is broken here, and it has been written to the server's log"
            _LOG.exception("a ledger of the past could not be made")
        finally:
            if making is not None:
                shutil.rmtree(making, ignore_errors=True)
            with self._lock:
                job.ended = time.monotonic()
                if job.words:
                    job.step = "failed"
                else:
                    self._jobs.pop(job.moment, None)
                    if job.begun is not None:
                        self._took[job.moment] = job.ended, job.ended - job.begun
            job.over.set()

    def _make(self, job: _Job, place: Path, making: Path) -> None:
        """Have a process make it, and put it in its place once it is whole."""
        path = making / "past.db"
        asked = {
            "ledger": self._ledger.url, "as_of": _day(job.moment.as_of), "known_on": _day(job.moment.known_on),
            "path": str(path), "base": self._base(job, place),
        }  # fmt: skip
        said: Mapping[str, Any] = {}
        with self._lock:
            if self._closed:
                return
            command = [sys.executable, "-m", "pledger.ledger.cutting"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
            self._process = process
        overdue = threading.Timer(_LONGEST, process.kill)
        overdue.daemon = True
        overdue.start()
        with process:
            try:
                if process.stdin is None or process.stdout is None:
                    raise OSError("no way to talk to the process")
                process.stdin.write(json.dumps(asked) + "\n")
                process.stdin.flush()  # its end would tell the process that nobody is here any more
                for line in process.stdout:
                    said = json.loads(line)
                    if "step" in said:
                        _progress(job, said)
            finally:
                overdue.cancel()
                process.kill()
                self._process = None
        if "made" not in said:
            if not self._closed:
                job.words = str(said.get("problem") or "the process that works it out was ended from outside")
                _LOG.warning("a ledger of the past could not be made: %s", job.words)
            return
        word = str(said["made"]["word"])
        path.replace(place / f"{_named(job.moment)}_{word}.db")
        self._make_room(place, f"{_named(job.moment)}_{word}.db")

    def _base(self, job: _Job, place: Path) -> str | None:
        """The file from which the job has least to do; None where it is all the same to begin anew."""
        least = (1 - _NEAR) * job.extent.documents
        found: list[tuple[int, str]] = []
        for path in place.glob("*.db"):
            moment = _moment(path)
            store = opened(path, path.stem.rpartition("_")[2]) if moment and _within(moment, job.moment) else None
            if store is not None:
                if (known := Ledger(store).documents_read()) >= least:
                    found.append((known, str(path)))
                store.close()
        return max(found)[1] if found else None

    def _make_room(self, place: Path, new: str) -> None:
        """Take away what nobody asked for the longest, until the rest is within the limits; and older states of the
        same day."""
        day = new.rpartition("_")[0]
        kept = sorted((p for p in place.glob("*.db") if p.name != new), key=_age, reverse=True)
        total = (place / new).stat().st_size
        for number, path in enumerate(kept, 1):
            size = _size(path)
            old = path.name.rpartition("_")[0] == day
            if old or number >= self._limits.files or total + size > self._limits.bytes:
                with suppress(OSError):
                    path.unlink()
            else:
                total += size


def _progress(job: _Job, said: Mapping[str, Any]) -> None:
    step = str(said["step"])
    first, last = _SHARES.get(step, (job.share, job.share))
    job.step = step
    job.share = max(job.share, first + (last - first) * min(1.0, said["done"] / max(1, said["of"])))


def _within(one: Moment, other: Moment) -> bool:
    """Whether all that counts at the one moment counts at the other."""

    def before(a: dt.date | None, b: dt.date | None) -> bool:
        return b is None or (a is not None and a <= b)

    return before(one.as_of, other.as_of) and before(one.known_on, other.known_on)


def _named(moment: Moment) -> str:
    return f"{_day(moment.as_of) or 'all'}_{_day(moment.known_on) or 'all'}"


def _moment(path: Path) -> Moment | None:
    """The moment of a file, by its name."""
    try:
        days = [None if said == "all" else dt.date.fromisoformat(said) for said in path.stem.split("_")[:2]]
        return Moment(*days) if len(days) == 2 else None
    except ValueError:
        return None


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _age(path: Path) -> float:
    """When it was used last; the earlier, the smaller."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _used(path: Path) -> None:
    """Note that it was asked for; once a minute is enough."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > 60:
            os.utime(path)


def _sweep(place: Path) -> None:
    """Take away what processes left that were killed with their server."""
    for left in place.glob(".making-*"):
        newest = max((_age(p) for p in (left, *left.glob("*"))), default=0.0)
        if time.time() - newest > _ABANDONED:
            shutil.rmtree(left, ignore_errors=True)
