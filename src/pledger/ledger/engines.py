"""Databases: a SQLite file or PostgreSQL, each set up so that the store's promises hold on it.

SQLite: WAL, so that readers read while a writer writes, and a writer that waits for its turn. PostgreSQL: one advisory
lock that writers take in turn, since "is it known already?" and "then keep it" must not be split by a second writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, InternalError, NoSuchModuleError, OperationalError

__all__ = ["LedgerError", "address", "connect", "hidden", "snapshot", "writing"]

_BUSY_SECONDS = 30
"""How long a second writer waits for the first before it gives up."""
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL")
"""What a SQLite connection is told besides: readers while a writer writes; safe against a killed process."""
_LOCK = 0x706C6564676572
"""The advisory lock of writers in PostgreSQL: the letters of `pledger`."""
_NO_RIGHT = "42501"
"""PostgreSQL's code for a right that is not granted."""


class LedgerError(Exception):
    """The ledger cannot be opened or written; the message says the mend."""


def address(url: str) -> str:
    """The SQLAlchemy URL for what a user wrote: a path is a SQLite file, `postgresql://` means the driver we ship."""
    if "://" not in url:
        return f"sqlite:///{url}"
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgresql", "postgres") else url


def connect(url: str) -> sa.Engine:
    """An engine for `url` (see `address`). Raises LedgerError where such a database is unknown or lacks its driver."""
    try:
        engine = sa.create_engine(url)
    except ImportError as error:
        mend = "pip install 'pledger[postgres]'" if url.startswith("postgresql") else f"install {error.name}"
        raise LedgerError(f"the driver for this database is not installed: {mend}") from error
    except (NoSuchModuleError, sa.exc.ArgumentError) as error:
        raise LedgerError(
            f"{hidden(url)} is no address of a ledger: give a path, sqlite:///PATH or postgresql://USER@HOST/NAME"
        ) from error
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def hidden(url: str) -> str:
    """The URL without its password."""
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return url


def _prepare_sqlite(raw: Any, _record: object) -> None:
    # The driver would begin transactions by itself, and too late: we begin them ourselves.
    raw.isolation_level = None
    for pragma in (f"busy_timeout = {_BUSY_SECONDS * 1000}", *PRAGMAS):
        try:
            raw.execute(f"PRAGMA {pragma}")
        except raw.OperationalError:
            break  # A file that may only be read keeps its own journal; reading needs none of these.


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that writes: all of it is kept or none; a second writer waits. Raises LedgerError."""
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            elif connection.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_BUSY_SECONDS}s'")
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield connection
    except (OperationalError, InternalError) as error:
        raise LedgerError(f"cannot write the ledger: {_mend(error)}") from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _NO_RIGHT:
            raise LedgerError(f"cannot write the ledger: {_mend(error)}") from error
        raise


def _mend(error: DBAPIError) -> str:
    """What the database says, in one line, and what to do about it."""
    said = " ".join(str(error.orig).split())
    code = getattr(error.orig, "sqlstate", None)
    for sign, mend in (
        ("locked", "another process is writing: wait until it is done, and do the same again"),
        ("lock timeout", "another process is writing: wait until it is done, and do the same again"),
        ("full", "make room on the disk, and do the same again; what was kept before is kept"),
        ("disk I/O", "the disk cannot be written (full, or gone): mend it, and do the same again"),
        ("readonly", "the file may only be read: allow writing, or name another ledger"),
        ("permission denied", "this user may only read: ask for the right to write, or name another ledger"),
        ("read-only", "the database may only be read: name another ledger"),
    ):
        if sign in said:
            return f"{said}; {mend}"
    return f"{said} ({code})" if code else said


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection on which all questions see the same state, whatever writers do meanwhile."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection
        return
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection
        # Leaving rolls back: nothing was written.
