"""Ledgers of earlier versions brought to today's tables: only additions, so that nothing that was kept changes."""

from __future__ import annotations

import sqlalchemy as sa

from pledger.ledger.schema import claims, feeds

__all__ = ["migrate"]


def migrate(connection: sa.Connection, version: int) -> None:
    """Make the tables of schema `version` those of the current one, inside the caller's transaction."""
    if version < 2:
        _add(connection, claims.c.reader)
        feeds.create(connection, checkfirst=True)


def _add(connection: sa.Connection, column: sa.Column[str]) -> None:
    """A column that may be empty; one that is there already (another process was first) is left alone."""
    table = column.table.name
    if column.name in {known["name"] for known in sa.inspect(connection).get_columns(table)}:
        return
    kind = column.type.compile(connection.dialect)
    connection.exec_driver_sql(f'ALTER TABLE "{table}" ADD COLUMN "{column.name}" {kind}')
