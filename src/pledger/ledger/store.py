"""The store: the only code that talks to the database.

SQLAlchemy Core, so that the same code runs on SQLite (the default: one file, WAL, readers while a writer writes) and on
PostgreSQL. What was read (`documents`, `claims`, `attributions`, `problems`) is written once, a document in one
transaction with its claims: a killed process leaves each document wholly in or wholly out. What follows from it
(`entities`, `figures`, `conflicts` and what hangs on them) is derived, and rewritten in one transaction; `ledger_state`
says from which state of the facts it was derived, so that a ledger left behind by a killed process mends itself at the
next question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Table
from sqlalchemy.exc import DatabaseError, OperationalError

from pledger.ledger.digest import digest
from pledger.ledger.engine.tables import pending
from pledger.ledger.engines import LedgerError, address, connect, hidden, snapshot, writing
from pledger.ledger.judgements import Judgement
from pledger.ledger.migrate import furnish, migrate
from pledger.ledger.moments import NOW, Moment
from pledger.ledger.schema import (
    SCHEMA_VERSION,
    attributions,
    claims,
    documents,
    judgements,
    ledger_state,
    problems,
)
from pledger.ledger.serial import claim_of, claim_row, link_of, link_row
from pledger.model import Claim, Document, Problem

__all__ = ["LedgerError", "Store", "counts_at"]

_CHUNK = 500
"""Ids in one IN (...) list: under the 999 variables that old SQLite builds allow."""


class Store:
    """An open ledger database: documents and claims in and out, derived rows in and out."""

    def __init__(self, url: str, *, create: bool = True) -> None:
        """Open `url`: a path of a SQLite file or an SQLAlchemy URL; a file that is not there is made when `create`."""
        self.url = address(url)
        path = sa.make_url(self.url).database if self.url.startswith("sqlite") else None
        if path is not None and path.startswith(("file:", ":memory:")):
            path = None  # Not a plain path: SQLite itself knows what may be made there.
        fresh = path is not None and not Path(path).exists()
        if fresh and not create:
            raise LedgerError(f"there is no ledger at {path}: read some articles into it first (pledger read PATH)")
        if fresh and path is not None and not Path(path).absolute().parent.is_dir():
            raise LedgerError(f"the folder of {path} does not exist: make it first, or name another ledger")
        self.engine = connect(self.url)
        self._shared: ContextVar[sa.Connection | None] = ContextVar("snapshot", default=None)
        try:
            self._prepare(create)
        except OperationalError as error:
            said = " ".join(str(error.orig).split())
            raise LedgerError(f"cannot open the ledger {hidden(url)}: {said}") from error
        except DatabaseError as error:
            raise LedgerError(f"{hidden(url)} is not a ledger ({error.orig}): name another file") from error

    def _prepare(self, create: bool) -> None:
        with self.engine.connect() as connection:
            known = sa.inspect(connection).get_table_names()
        if "ledger_state" not in known:
            if known:
                raise LedgerError(f"{hidden(self.url)} is a database of something else: name another")
            if not create:
                raise LedgerError(f"there is no ledger in {hidden(self.url)}: read some articles into it first")
            with self.writing() as connection:
                furnish(connection)
                if self._state(connection, "schema_version") is None:
                    connection.execute(ledger_state.insert(), {"name": "schema_version", "value": str(SCHEMA_VERSION)})
        with self.engine.connect() as connection:
            version = int(self._state(connection, "schema_version") or 0)
        if version > SCHEMA_VERSION:
            raise LedgerError(
                f"this ledger was written by a newer Pledger (schema {version}; known here: {SCHEMA_VERSION}): upgrade"
            )
        if version < SCHEMA_VERSION:
            with self.writing() as connection:
                migrate(connection, int(self._state(connection, "schema_version") or 0))
                self._put_state(connection, "schema_version", str(SCHEMA_VERSION))

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """A transaction that writes: all of it is kept or none."""
        return writing(self.engine)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """While it is open, this store's questions see one state of the ledger, whatever a writer does meanwhile."""
        if self._shared.get() is not None:
            yield
            return
        with snapshot(self.engine) as connection:
            token = self._shared.set(connection)
            try:
                yield
            finally:
                self._shared.reset(token)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection to ask questions on: that of the open `snapshot`, where there is one."""
        held = self._shared.get()
        if held is not None:
            yield held
            return
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def working(self) -> Iterator[sa.Connection]:
        """A transaction that writes, and in which this store's questions see what it has written."""
        with self.writing() as connection:
            token = self._shared.set(connection)
            try:
                yield connection
            finally:
                self._shared.reset(token)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    # What was read

    def knows(self, document: str) -> bool:
        """Whether a document with this id has been read."""
        with self.reading() as connection:
            return connection.scalar(sa.select(documents.c.id).where(documents.c.id == document)) is not None

    def add(self, document: Document, found: Sequence[Claim], signature: bytes, read_at: dt.datetime) -> int:
        """Keep a document and its claims in one transaction; the number of claims kept, -1 when it was known."""
        return self.add_all([(document, found, signature)], read_at)[0]

    def add_all(self, items: Sequence[tuple[Document, Sequence[Claim], bytes]], read_at: dt.datetime) -> list[int]:
        """Keep documents with their claims and signatures, in this order, all in one transaction; for each the number
        of claims kept, -1 when it was known."""
        kept: list[int] = []
        rows: list[dict[str, Any]] = []
        unique: list[tuple[int, Claim]] = []
        with self.writing() as connection:
            known = {r["id"] for r in _select(connection, documents, documents.c.id, (d.id for d, _, _ in items))}
            for document, found, signature in items:
                if document.id in known:
                    kept.append(-1)
                    continue
                known.add(document.id)
                rows.append(_document_row(document, signature, read_at))
                its = list({claim.id: claim for claim in reversed(found)}.values())[::-1]
                unique += enumerate(its)
                kept.append(len(its))
            if not rows:
                return kept
            connection.execute(documents.insert(), rows)
            connection.execute(pending.insert(), [{"document_id": row["id"]} for row in rows])
            if unique:
                connection.execute(claims.insert(), [claim_row(c, n) for n, c in unique])
            links = [link_row(c, n) for _, c in unique for n in range(len(c.attribution))]
            if links:
                connection.execute(attributions.insert(), links)
            self._put_state(connection, "facts", str(int(self._state(connection, "facts") or 0) + len(rows)))
        return kept

    def put_problems(self, paths: Iterable[str], found: Iterable[Problem]) -> None:
        """Replace what is on record for these paths: problems that were mended go, new ones come."""
        rows = {(p.where, p.what, p.why): p for p in found}
        with self.writing() as connection:
            for part in _chunks(sorted({*paths, *(where for where, _, _ in rows)})):
                connection.execute(problems.delete().where(problems.c.path.in_(part)))
            if rows:
                connection.execute(
                    problems.insert(),
                    [{"path": p.where, "what": p.what, "why": p.why, "mend": p.mend} for p in rows.values()],
                )

    def problems(self) -> list[Problem]:
        """All problems on record, by path."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(problems).order_by(problems.c.path, problems.c.what, problems.c.why))
            return [Problem(r.what, r.path, r.why, r.mend) for r in rows]

    def documents(self, ids: Iterable[str] | None = None) -> list[Document]:
        """The documents with these ids, or all, by id."""
        with self.reading() as connection:
            return sorted(
                (_document(r) for r in _select(connection, documents, documents.c.id, ids)), key=lambda d: d.id
            )

    def document(self, begun: str) -> Document | None:
        """The one document whose id begins so."""
        asked = sa.select(documents).where(documents.c.id.between(begun, f"{begun}\uffff")).limit(2)
        with self.reading() as connection:
            rows = list(connection.execute(asked).mappings())
        return _document(dict(rows[0])) if len(rows) == 1 else None

    def count(self) -> int:
        """How many documents are kept."""
        with self.reading() as connection:
            return int(connection.scalar(sa.select(sa.func.count()).select_from(documents)) or 0)

    def counts(self, document: str, moment: Moment) -> bool:
        """Whether the document with this id counts at this moment."""
        asked = sa.select(documents.c.id).where(documents.c.id == document, counts_at(moment))
        with self.reading() as connection:
            return connection.scalar(asked) is not None

    def listed(self, words: str, moment: Moment, limit: int, offset: int) -> tuple[list[Document], int]:
        """Documents of this moment with these words in title or publisher, the latest report first; and how many."""
        asked = sa.select(documents.c.id)
        if words:
            named = (documents.c.title, documents.c.publisher)
            asked = asked.where(sa.or_(*(sa.func.lower(c).contains(words.lower(), autoescape=True) for c in named)))
        return self._latest(asked, moment, limit, offset)

    def copies(self, document: str, moment: Moment, limit: int, offset: int) -> tuple[list[Document], int]:
        """Documents of this moment that copy this one, the latest report first; and how many."""
        asked = sa.select(documents.c.id).where(documents.c.echo_of == document)
        return self._latest(asked, moment, limit, offset)

    def _latest(self, asked: sa.Select[Any], moment: Moment, limit: int, offset: int) -> tuple[list[Document], int]:
        """Of the documents that are asked for those of this moment, a part at a time, the latest report first."""
        if moment != NOW:
            asked = asked.where(counts_at(moment))
        order = (documents.c.reported_on.is_(None), documents.c.reported_on.desc(), documents.c.id)
        with self.reading() as connection:
            total = int(connection.scalar(sa.select(sa.func.count()).select_from(asked.subquery())) or 0)
            ids = [r[0] for r in connection.execute(asked.order_by(*order).limit(limit).offset(offset))]
        held = {d.id: d for d in self.documents(ids)}
        return [held[key] for key in ids], total

    def claims_in(self, document: str) -> list[Claim]:
        """The claims of one document."""
        with self.reading() as connection:
            ids = [r[0] for r in connection.execute(sa.select(claims.c.id).where(claims.c.document_id == document))]
        return self.claims(ids)

    def signatures(self) -> list[tuple[str, dt.date | None, bytes]]:
        """Id, date and signature of every document: what tells copies."""
        columns = (documents.c.id, documents.c.reported_on, documents.c.signature)
        with self.reading() as connection:
            return [(r[0], r[1], r[2]) for r in connection.execute(sa.select(*columns).order_by(documents.c.id))]

    def times(self) -> list[tuple[str, dt.date | None, dt.datetime]]:
        """Of every document its id, when it was reported, and when it was read (UTC)."""
        columns = (documents.c.id, documents.c.reported_on, documents.c.read_at)
        with self.reading() as connection:
            return [(r[0], r[1], r[2]) for r in connection.execute(sa.select(*columns).order_by(documents.c.id))]

    def reports(self) -> dict[str, tuple[str, dt.date | None]]:
        """By claim id the document that makes it and the day of its report: what history is counted from."""
        asked = sa.select(claims.c.id, claims.c.document_id, documents.c.reported_on).join(documents)
        with self.reading() as connection:
            return {r[0]: (r[1], r[2]) for r in connection.execute(asked)}

    def reported(self, ids: Iterable[str]) -> dict[str, tuple[str, dt.date | None]]:
        """The same of these claims; of a copy the document that it copies."""
        own = sa.func.coalesce(documents.c.echo_of, documents.c.id)
        asked = sa.select(claims.c.id, own, documents.c.reported_on).join(documents)
        with self.reading() as connection:
            parts = (connection.execute(asked.where(claims.c.id.in_(part))) for part in _chunks(sorted(set(ids))))
            return {r[0]: (r[1], r[2]) for rows in parts for r in rows}

    def claims(self, ids: Iterable[str] | None = None) -> list[Claim]:
        """The claims with these ids, or all; by document, and within it in the order of reading."""
        wanted = None if ids is None else list(ids)  # asked for twice, and a generator gives its items once
        with self.reading() as connection:
            rows = _select(connection, claims, claims.c.id, wanted)
            links = _select(connection, attributions, attributions.c.claim_id, wanted)
        links.sort(key=lambda r: (r["claim_id"], r["position"]))
        chains = {key: [link_of(r) for r in group] for key, group in groupby(links, key=lambda r: str(r["claim_id"]))}
        rows.sort(key=lambda r: (r["document_id"], r["position"]))
        return [claim_of(r, chains.get(r["id"], [])) for r in rows]

    # What was judged

    def judgements(self) -> list[Judgement]:
        """All judgements, withdrawn ones too, in the order in which they were made."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(judgements).order_by(judgements.c.made_at, judgements.c.id))
            return [Judgement(**row) for row in map(dict, rows.mappings())]

    def add_judgements(self, made: Iterable[Judgement]) -> int:
        """Keep these judgements in one transaction; how many were not known yet."""
        with self.writing() as connection:
            rows = {j.id: asdict(j) for j in made}
            known = {r["id"] for r in _select(connection, judgements, judgements.c.id, rows)}
            new = [row for id_, row in sorted(rows.items()) if id_ not in known]
            if new:
                connection.execute(judgements.insert(), new)
                self._judged(connection)
            return len(new)

    def withdraw(self, judgement: str, person: str, reason: str, at: dt.datetime) -> bool:
        """Withdraw the judgement with this id; whether there was one in force."""
        with self.writing() as connection:
            where = (judgements.c.id == judgement, judgements.c.withdrawn_at.is_(None))
            said = {"withdrawn_at": at.replace(microsecond=0), "withdrawn_by": person, "withdrawn_reason": reason}
            found = connection.execute(judgements.update().where(*where).values(**said)).rowcount > 0
            if found:
                self._judged(connection)
            return found

    def _judged(self, connection: sa.Connection) -> None:
        """Note that judgements changed: all that is derived is to be derived anew."""
        self._put_state(connection, "facts", str(int(self._state(connection, "facts") or 0) + 1))
        self._put_state(connection, "judged", str(int(self._state(connection, "judged") or 0) + 1))

    # What follows from it

    def facts(self) -> str:
        """A word that changes whenever a document is added or something is judged."""
        with self.reading() as connection:
            return self._state(connection, "facts") or "0"

    def outdate(self, documents: Iterable[str]) -> None:
        """Have these documents looked at again with all that follows from them: something beside them changed."""
        ids = sorted(set(documents))
        with self.writing() as connection:
            for part in _chunks(ids):
                connection.execute(pending.delete().where(pending.c.document_id.in_(part)))
            if ids:
                connection.execute(pending.insert(), [{"document_id": id_} for id_ in ids])
            self._put_state(connection, "facts", str(int(self._state(connection, "facts") or 0) + 1))

    def digest(self) -> str:
        """One word for everything that is kept and derived; see `digest`."""
        with self.snapshot(), self.reading() as connection:
            return digest(connection)

    def rows(
        self, table: Table, by: Column[Any] | None = None, keys: Iterable[str] | None = None
    ) -> list[Mapping[str, Any]]:
        """The rows of a table: all, or those whose column `by` is one of the keys."""
        with self.reading() as connection:
            return _select(connection, table, by if by is not None else next(iter(table.c)), keys)

    def found(
        self, asked: sa.Select[Any], by: Column[Any], keys: Iterable[str] | None = None
    ) -> list[Mapping[str, Any]]:
        """What a question gives: for all rows, or for those whose column `by` is one of the keys, some at a time."""
        with self.reading() as connection:
            if keys is None:
                return _rows(connection, [asked.where(by.is_not(None))])
            return _rows(connection, (asked.where(by.in_(part)) for part in _chunks(sorted(set(keys)))))

    def _state(self, connection: sa.Connection, name: str) -> str | None:
        return connection.scalar(sa.select(ledger_state.c.value).where(ledger_state.c.name == name))

    def _put_state(self, connection: sa.Connection, name: str, value: str) -> None:
        connection.execute(ledger_state.delete().where(ledger_state.c.name == name))
        connection.execute(ledger_state.insert(), {"name": name, "value": value})


def counts_at(moment: Moment) -> sa.ColumnElement[bool]:
    """Whether a document counts at this moment; as `Moment.holds`."""
    d = documents.c
    found: list[sa.ColumnElement[bool]] = [sa.true()]
    if moment.as_of is not None:
        found.append(sa.or_(d.reported_on.is_(None), d.reported_on <= moment.as_of))
    if moment.known_on is not None:
        found.append(d.read_at < dt.datetime.combine(moment.known_on + dt.timedelta(days=1), dt.time()))
    return sa.and_(*found)


def _select(
    connection: sa.Connection, table: Table, by: Column[Any], ids: Iterable[str] | None
) -> list[Mapping[str, Any]]:
    asked = sa.select(table)
    if ids is None:
        return _rows(connection, [asked])
    return _rows(connection, (asked.where(by.in_(part)) for part in _chunks(sorted(set(ids)))))


def _rows(connection: sa.Connection, asked: Iterable[sa.Select[Any]]) -> list[Mapping[str, Any]]:
    """What several questions give, by the names of their columns."""
    found: list[Mapping[str, Any]] = []
    for question in asked:
        names = [column.name for column in question.selected_columns]
        found += [dict(zip(names, row, strict=True)) for row in connection.execute(question).all()]
    return found


def _chunks(items: list[str]) -> Iterator[list[str]]:
    return (items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK))


def _document_row(document: Document, signature: bytes, read_at: dt.datetime) -> dict[str, Any]:
    return {
        "id": document.id, "path": document.path, "url": document.url, "publisher": document.publisher,
        "title": document.title, "reported_on": document.reported_on, "language": document.language,
        "notices": " ".join(document.notices), "echo_of": None, "read_at": read_at, "signature": signature,
        "text": document.text,
    }  # fmt: skip


def _document(row: Mapping[str, Any]) -> Document:
    return Document(
        id=row["id"],
        path=row["path"],
        text=row["text"],
        url=row["url"],
        publisher=row["publisher"],
        title=row["title"],
        reported_on=row["reported_on"],
        language=row["language"],
        notices=tuple(row["notices"].split()),
        echo_of=row["echo_of"],
    )
