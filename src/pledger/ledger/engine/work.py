"""The engine's hands: rows by the thousand in and out of the database, inside the one transaction of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import Column, Date, Table

from pledger.ledger.images import Images
from pledger.ledger.judgements import NONE, Verdicts

__all__ = ["Work", "chunks", "difference"]

T = TypeVar("T")

_MOST = 200_000
_CHUNK = 900
"""Variables in one statement: under the 999 that old SQLite builds allow."""


class Work:
    """One run of the engine on one connection. `fresh`: the derived tables are empty, and everything is made anew."""

    def __init__(
        self, connection: sa.Connection, fresh: bool, said: Verdicts = NONE, images: Images | None = None
    ) -> None:
        self.connection = connection
        self.fresh = fresh
        self.said = said
        """What analysts judged."""
        self.images = images
        """Where what changes is kept as it was; None where nobody follows the ledger."""
        self._plain = connection.dialect.name == "sqlite"
        self.entities: set[str] = set()
        """Of a fresh run: the ids of entities that have a row."""
        self._memory: dict[str, dict[Any, Any]] = {}

    def missing(self, what: str, keys: Iterable[T], most: int = _MOST) -> set[T]:
        """Those of the keys that this run does not remember yet; more than `most` are forgotten first."""
        held = self._memory.setdefault(what, {})
        if len(held) > most:
            held.clear()
        return set(keys) - held.keys()

    def remember(self, what: str, found: Mapping[Any, Any]) -> Mapping[Any, Any]:
        """Remember what will not change any more in this run; all that is remembered of the kind."""
        held = self._memory.setdefault(what, {})
        held.update(found)
        return held

    def rows(
        self, columns: Sequence[sa.ColumnElement[Any]], by: Column[Any], keys: Iterable[Any], *where: Any
    ) -> list[Any]:
        """The rows whose `by` is one of the keys, in no order."""
        found: list[Any] = []
        for part in chunks(sorted(set(keys)), _CHUNK):
            found += self.connection.execute(sa.select(*columns).where(by.in_(part), *where)).all()
        return found

    def all(self, *columns: Column[Any]) -> Iterator[Any]:
        """All rows of a table."""
        yield from self.connection.execute(sa.select(*columns))

    def add(self, table: Table, rows: Sequence[tuple[Any, ...]], columns: Sequence[str] = ()) -> None:
        """Insert rows, each with a value for each of the columns (or for all of the table's)."""
        if not rows:
            return
        its = [table.c[name] for name in columns] if columns else list(table.columns)
        if not self._plain:
            names = [c.name for c in its]
            self.connection.execute(table.insert(), [dict(zip(names, row, strict=True)) for row in rows])
            return
        # The driver itself is three times as fast as going through each value's type, and only dates need theirs.
        dates = [n for n, c in enumerate(its) if isinstance(c.type, Date)]
        if dates:
            rows = [_without_dates(row, dates) for row in rows]
        listed = ", ".join(f'"{c.name}"' for c in its)
        marks = ", ".join("?" * len(its))
        self.connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({listed}) VALUES ({marks})', list(rows))  # noqa: S608  our own names

    def remove(self, by: Column[Any], keys: Iterable[Any]) -> None:
        """Delete the rows whose `by` is one of the keys."""
        for part in chunks(sorted(set(keys)), _CHUNK):
            self.connection.execute(by.table.delete().where(by.in_(part)))

    def remove_rows(self, table: Table, keys: Sequence[tuple[Any, ...]]) -> None:
        """Delete the rows with these primary keys."""
        if keys:
            its = list(table.primary_key.columns)
            where = [c == sa.bindparam(f"k{n}") for n, c in enumerate(its)]
            self.connection.execute(
                table.delete().where(*where), [{f"k{n}": v for n, v in enumerate(key)} for key in keys]
            )

    def change(self, by: Column[Any], column: Column[Any], values: Iterable[tuple[Any, Any]]) -> None:
        """Set `column` of the rows with this value in `by`."""
        rows = [{"k": key, "v": value} for key, value in values]
        if rows:
            statement = sa.update(by.table).where(by == sa.bindparam("k")).values({column.name: sa.bindparam("v")})
            self.connection.execute(statement, rows)

    def next_number(self, column: Column[Any]) -> int:
        """The first number that no row has yet."""
        return int(self.connection.scalar(sa.select(sa.func.max(column))) or 0) + 1


def difference(old: Iterable[T], new: Sequence[T]) -> tuple[list[T], list[T]]:
    """What has to go of the old rows, and what has to come of the new ones."""
    before, after = set(old), set(new)
    return [row for row in before if row not in after], [row for row in new if row not in before]


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in parts of at most `size`."""
    return (items[n : n + size] for n in range(0, len(items), size))


def _without_dates(row: tuple[Any, ...], dates: list[int]) -> tuple[Any, ...]:
    values = list(row)
    for n in dates:
        if isinstance(values[n], dt.date):
            values[n] = values[n].isoformat()
    return tuple(values)
