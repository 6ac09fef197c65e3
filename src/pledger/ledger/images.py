"""Before-images: what was derived, as it was before a run of the engine changed it, for those who follow the ledger.

A follower (`following`) has seen the derived tables as one run left them, and asks later what has become of them since.
The state that it saw is told from the state now and from the images of what changed in between: of each figure,
conflict and entity the first image after the run that the follower saw, and where there is none the row as it is now.
So a look costs what changed, not what the ledger holds, and a follower needs no copy of the ledger of its own.

An image is kept only where some follower would read it: never without followers, and at most one of an item for each
of them, however long they stay away. What all of them have seen past is dropped.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table

from pledger.ledger import schema as db

__all__ = ["CONFLICT", "ENTITY", "FIGURE", "Image", "Images", "drop_seen", "opened", "owner", "revision", "since"]

FIGURE, CONFLICT, ENTITY = "figure", "conflict", "entity"
_TABLES = {FIGURE: db.figures, CONFLICT: db.conflicts, ENTITY: db.entities}
_HUNG = (db.sides, db.votes, db.evidence)
"""What hangs on a figure or conflict; their first column begins with its id."""
_CHUNK = 400

Row = Sequence[Any]
Packed = Mapping[str, list[dict[str, Any]]]
"""Rows by the name of their table, each with all its columns."""


@dataclass(frozen=True, slots=True)
class Image:
    """One item as it was; `rows` None where it was not there."""

    id: str
    kind: str
    rows: Packed | None


def revision(connection: sa.Connection) -> int:
    """The number of the run that left the derived tables as they are."""
    asked = sa.select(db.ledger_state.c.value).where(db.ledger_state.c.name == "revision")
    return int(connection.scalar(asked) or 0)


def opened(connection: sa.Connection) -> Images | None:
    """Where the next run of the engine keeps images; None where nobody follows the ledger."""
    seen = connection.scalar(sa.select(sa.func.max(db.followers.c.seen)))
    return None if seen is None else Images(connection, revision(connection) + 1, int(seen))


def since(connection: sa.Connection, seen: int) -> dict[str, Image]:
    """By id what has changed since a follower saw the tables as run `seen` left them, as it was then."""
    i = db.before_images.c
    first = (
        sa.select(i.id, sa.func.min(i.revision).label("revision")).where(i.revision > seen).group_by(i.id).subquery()
    )
    both = sa.and_(i.id == first.c.id, i.revision == first.c.revision)
    rows = connection.execute(sa.select(i.id, i.kind, i.body).join_from(db.before_images, first, both))
    return {r.id: Image(r.id, r.kind, None if r.body is None else _unpacked(r.body)) for r in rows}


def drop_seen(connection: sa.Connection) -> None:
    """Drop the images that every follower has seen past."""
    least = connection.scalar(sa.select(sa.func.min(db.followers.c.seen)))
    where = () if least is None else (db.before_images.c.revision <= least,)
    connection.execute(db.before_images.delete().where(*where))


def owner(key: object) -> str:
    """The id of the figure or conflict that a row of a side, vote or piece of evidence hangs on."""
    return str(key).partition(".")[0]


class Images:
    """Keeps what one run is about to change. `seen`: the last run that some follower has seen."""

    def __init__(self, connection: sa.Connection, number: int, seen: int) -> None:
        self._connection = connection
        self._number = number
        self._seen = seen

    def keep(self, kind: str, ids: Iterable[str], rows: Mapping[Table, Sequence[Row]]) -> None:
        """Keep these items as they are; one that has no row is not there yet."""
        self._put(kind, {id_: body for id_, body in _bodies(kind, set(ids), rows).items() if self._wanted([id_])})

    def keep_all(self) -> None:
        """Keep everything: it is about to be derived anew."""
        for kind, table in _TABLES.items():
            for ids in self._ids(table):
                wanted = self._wanted(ids)
                self._put(kind, _bodies(kind, wanted, self._rows(kind, wanted)))

    def compare(self) -> None:
        """Once everything was derived anew: of what was kept, drop what is as it was; note what was not there."""
        i = db.before_images
        for kind, table in _TABLES.items():
            for ids in self._ids(table):
                asked = sa.select(i.c.id, i.c.body).where(i.c.id.in_(ids), i.c.revision == self._number)
                kept: dict[str, str | None] = {r.id: r.body for r in self._connection.execute(asked)}
                now = _bodies(kind, set(kept), self._rows(kind, kept))
                alike = [id_ for id_, body in kept.items() if now[id_] == body]
                self._connection.execute(i.delete().where(i.c.id.in_(alike), i.c.revision == self._number))
                self._put(kind, dict.fromkeys(self._wanted(set(ids) - kept.keys())))

    def _wanted(self, ids: Iterable[str]) -> set[str]:
        """Those of which no image is kept that whoever has seen most would read."""
        i, its = db.before_images.c, list(ids)
        held: set[str] = set()
        for n in range(0, len(its), _CHUNK):
            asked = sa.select(i.id).where(i.id.in_(its[n : n + _CHUNK]), i.revision > self._seen)
            held |= {r.id for r in self._connection.execute(asked)}
        return set(its) - held

    def _put(self, kind: str, bodies: Mapping[str, str | None]) -> None:
        rows = [{"id": id_, "revision": self._number, "kind": kind, "body": b} for id_, b in sorted(bodies.items())]
        if rows:
            self._connection.execute(db.before_images.insert(), rows)

    def _ids(self, table: Table) -> Iterator[list[str]]:
        """All ids of a table, some at a time."""
        ids = [r[0] for r in self._connection.execute(sa.select(table.c.id))]
        return (ids[n : n + _CHUNK] for n in range(0, len(ids), _CHUNK))

    def _rows(self, kind: str, ids: Iterable[str]) -> dict[Table, list[Row]]:
        """The rows of these items, with all that hangs on them."""
        table = _TABLES[kind]
        found: dict[Table, list[Row]] = {table: self._among(table, table.c.id, ids)}
        if kind == ENTITY:
            return found
        by: Any = db.sides.c.figure_id if kind == FIGURE else db.sides.c.conflict_id
        keys = list(ids)
        for hung in _HUNG:
            found[hung] = self._among(hung, by, keys)
            keys = [row[0] for row in found[hung]]
            by = db.votes.c.side_id if hung is db.sides else db.evidence.c.vote_id
        return found

    def _among(self, table: Table, by: Any, keys: Iterable[str]) -> list[Row]:
        its, found = sorted(keys), list[Row]()
        for n in range(0, len(its), _CHUNK):
            asked = sa.select(table).where(by.in_(its[n : n + _CHUNK]))
            found += [tuple(r) for r in self._connection.execute(asked)]
        return found


def _bodies(kind: str, ids: set[str], rows: Mapping[Table, Sequence[Row]]) -> dict[str, str | None]:
    """By id the rows of an item as text: equal for equal rows, and without columns that are empty."""
    packed: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for table in (_TABLES[kind], *_HUNG):
        names = [c.name for c in table.columns]
        for row in sorted(rows.get(table, ()), key=lambda r: (str(r[0]), str(r[1]))):
            if (id_ := owner(row[0])) in ids:
                its = {name: value for name, value in zip(names, row, strict=True) if value is not None}
                packed[id_][table.name].append(its)
    return {
        id_: json.dumps(packed[id_], ensure_ascii=False, default=_day) if _TABLES[kind].name in packed[id_] else None
        for id_ in ids
    }


def _unpacked(body: str) -> Packed:
    known = {table.name: [c.name for c in table.columns] for table in (*_TABLES.values(), *_HUNG)}
    return {name: [{**dict.fromkeys(known[name]), **row} for row in rows] for name, rows in json.loads(body).items()}


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"not a column's value: {value!r}")
