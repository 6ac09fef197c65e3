"""Ledgers of earlier versions brought to today's tables.

What was read is only added to, so that nothing that was kept changes. What follows from it is thrown away and made
anew at the next question where its tables have changed since: nothing is lost by that, and they may change at will.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Table

from pledger.ledger.engine.tables import BOOKS, pending
from pledger.ledger.images import opened
from pledger.ledger.meanings import about_rows
from pledger.ledger.schema import DERIVED, SCHEMA_DERIVED, about, claims, copies_of, ledger_state, tables
from pledger.ledger.sqlviews import drop_views, make_views

__all__ = ["furnish", "migrate"]


def migrate(connection: sa.Connection, version: int) -> None:
    """Make the tables of schema `version` those of the current one, inside the caller's transaction."""
    drop_views(connection)
    if version < 2:
        _add(connection, claims.c.reader)
    if version < 3:
        _add(connection, claims.c.told)
    if version < SCHEMA_DERIVED:
        if version >= 5 and (before := opened(connection)) is not None:
            before.keep_all()  # Whoever follows the ledger is still to be told what this brings.
        _drop_derived(connection, DERIVED)
    copies_of.create(connection, checkfirst=True)
    furnish(connection)


def furnish(connection: sa.Connection) -> None:
    """Every table that is not there yet, the views, and the list of what they mean."""
    tables.create_all(connection, checkfirst=True)
    make_views(connection)
    connection.execute(about.delete())
    connection.execute(about.insert(), list(about_rows()))


def _drop_derived(connection: sa.Connection, derived: tuple[Table, ...]) -> None:
    for table in (*derived, *BOOKS, pending):
        table.drop(connection, checkfirst=True)
    connection.execute(ledger_state.delete().where(ledger_state.c.name == "derived_from"))


def _add(connection: sa.Connection, column: sa.Column[str]) -> None:
    """A column that may be empty; one that is there already (another process was first) is left alone."""
    table = column.table.name
    if column.name in {known["name"] for known in sa.inspect(connection).get_columns(table)}:
        return
    kind = column.type.compile(connection.dialect)
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column.name}" {kind}')
