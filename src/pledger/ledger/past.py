"""A ledger of the past: what counted at a moment, by itself in a file, derived as a ledger of now is.

`Ledger.at` derives a moment in memory: seconds for some thousand claims, minutes and gigabytes for a million. Here the
documents that counted then, with their claims and what had been judged, are copied into a SQLite file, and the engine
derives that file, some documents at a time. By the engine's law it says what `at` says; and it answers as quickly as a
ledger of now. It is a ledger like any other, and opens in any tool.

Documents are never taken back. So a file of an earlier day, or of the same day before more was read, holds nothing that
does not count later on: it is brought forward by what came in between, as a ledger is by new documents.

A file that is being made is taken for nothing before it is whole: it is made under another name, and renamed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.engine.rules import rules
from pledger.ledger.engine.state import bring_up
from pledger.ledger.engine.tables import pending
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.engines import LedgerError
from pledger.ledger.moments import Moment
from pledger.ledger.panel import made_by
from pledger.ledger.store import Store, counts_at

__all__ = ["Extent", "extent", "make", "opened"]

_PART = 500
"""Documents that are copied at once."""
_WORD = "past_of"
"""Of such a file, in `ledger_state`: the word of its extent."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Extent:
    """Which documents and judgements count at a moment."""

    documents: int
    of: int
    """Documents of the whole ledger."""
    word: str
    """Of two moments of one ledger the same when the same documents and judgements count."""
    whole: bool
    """Whether all of the ledger counts."""


def extent(store: Store, moment: Moment) -> Extent:
    """What counts at this moment, by ids alone: a tenth of a second for a hundred thousand documents."""
    with store.snapshot(), store.reading() as connection:
        asked = sa.select(db.documents.c.id).where(counts_at(moment))
        ids = sorted(r[0] for r in connection.execute(asked))
        every = int(connection.scalar(sa.select(sa.func.count()).select_from(db.documents)) or 0)
        judged = store.judgements()
    then = made_by(judged, moment.known_on)
    found = hashlib.sha256("\n".join((*ids, *(f"{j.id} {j.in_force}" for j in then))).encode())
    return Extent(len(ids), every, found.hexdigest()[:24], len(ids) == every and then == judged)


def make(store: Store, moment: Moment, path: Path, progress: Progress, base: Path | None = None) -> Extent:
    """Write the ledger of this moment to `path`, and say what it holds.

    `base` is such a file of an earlier moment, or of less of the ledger. Raises LedgerError, with the mend, where it
    cannot be written, FileNotFoundError where the base is gone; what was written until then is the caller's to remove.
    """
    if base is not None:
        shutil.copyfile(base, path)
    its = Store(str(path))
    try:
        sa.event.listen(its.engine, "connect", _carelessly)
        its.engine.dispose()
        with store.snapshot(), its.writing() as connection:
            found = extent(store, moment)
            _take(store, connection, moment, found, progress)
        with its.writing() as connection:
            if base is not None:
                progress("update", 0, 1)
            bring_up(connection, progress)
        with its.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    finally:
        its.close()
    _settle(path)
    return found


def opened(path: Path, word: str) -> Store | None:
    """The ledger of the past in this file, to be asked and never written; None where it is none of this extent, was
    derived by other rules, or cannot be opened."""
    try:
        its = Store(f"sqlite:///file:{quote(str(path.absolute()))}?mode=ro&uri=true", create=False)
    except LedgerError:
        return None
    try:
        with its.reading() as connection:
            asked = sa.select(db.ledger_state.c.name, db.ledger_state.c.value)
            said = {str(name): value for name, value in connection.execute(asked).all()}
    except sa.exc.DatabaseError:
        said = {}
    if (said.get(_WORD), said.get("derived_by")) == (word, rules()) and said.get("derived_from") == said.get("facts"):
        return its
    its.close()
    return None


def _carelessly(raw: Any, _record: object) -> None:
    """Nobody else looks at this file, and a process that is killed leaves it to be thrown away: nothing to journal."""
    for pragma in ("journal_mode = OFF", "synchronous = OFF"):
        raw.execute(f"PRAGMA {pragma}")


def _take(store: Store, connection: sa.Connection, moment: Moment, found: Extent, progress: Progress) -> None:
    """Copy what counts and is not there yet, and what was judged by then."""
    work = Work(connection, fresh=False)
    there = {r[0] for r in work.all(db.documents.c.id)}
    with store.reading() as reading:
        ids = [r[0] for r in reading.execute(sa.select(db.documents.c.id).where(counts_at(moment)))]
        new = sorted(set(ids) - there)
        for n, part in enumerate(chunks(new, _PART)):
            progress("copying", n * _PART, len(new))
            _copy(reading, work, part)
    judged = made_by(store.judgements(), moment.known_on)
    connection.execute(db.judgements.delete())
    if judged:
        connection.execute(db.judgements.insert(), [asdict(j) for j in judged])
    # `judged` changes when something was judged or withdrawn: all is derived anew then.
    words = hashlib.sha256("\n".join(f"{j.id} {j.in_force}" for j in judged).encode()).hexdigest() if judged else None
    facts = str(int(found.word[:15], 16))  # a number that is another one for every extent
    _put(connection, {"facts": facts, "judged": words, _WORD: found.word})


def _copy(reading: sa.Connection, work: Work, ids: Iterable[str]) -> None:
    d, c, a = db.documents, db.claims, db.attributions
    theirs = c.c.document_id.in_(ids)
    columns = [sa.null() if column is d.c.echo_of else column for column in d.columns]  # copies are found anew
    rows = reading.execute(sa.select(*columns).where(d.c.id.in_(ids))).all()
    work.connection.execute(d.insert(), [dict(zip(d.c.keys(), row, strict=True)) for row in rows])
    work.add(pending, [(id_,) for id_ in ids])
    work.add(c, [tuple(row) for row in reading.execute(sa.select(c).where(theirs))])
    links = sa.select(a).join_from(c, a, a.c.claim_id == c.c.id).where(theirs)
    work.add(a, [tuple(row) for row in reading.execute(links)])


def _put(connection: sa.Connection, said: dict[str, str | None]) -> None:
    table = db.ledger_state
    connection.execute(table.delete().where(table.c.name.in_(list(said))))
    connection.execute(table.insert(), [{"name": name, "value": value} for name, value in said.items()])


def _settle(path: Path) -> None:
    """Have the file on the disk before anybody is told of it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    for beside in ("-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + beside).unlink()
