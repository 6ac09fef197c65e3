"""When the engine runs, and how: from the facts' state, what was derived of it by which rules, and what is pending."""

from __future__ import annotations

import sqlalchemy as sa

from pledger.ledger.engine import tables as own
from pledger.ledger.engine.run import RULES, rebuild, update
from pledger.ledger.schema import ledger_state

__all__ = ["bring_up", "derived"]

_MANY = 0.25
"""Share of a ledger's documents from which, when so many are new, a rebuild takes less time than taking them up."""


def derived(connection: sa.Connection) -> bool:
    """Whether the derived tables follow from the documents as they are, by the rules of this version."""
    return _derived_by_us(connection) and _state(connection, "derived_from") == (_state(connection, "facts") or "0")


def bring_up(connection: sa.Connection) -> None:
    """Make the derived tables follow from the documents, inside the caller's transaction."""
    if derived(connection):
        return  # Another process was first.
    waiting = {r[0] for r in connection.execute(sa.select(own.pending.c.document_id))}
    known = int(connection.scalar(sa.select(sa.func.max(own.numbers.c.number))) or 0)
    if not _derived_by_us(connection) or len(waiting) > _MANY * known:
        rebuild(connection)
    else:
        update(connection, waiting)
        connection.execute(own.pending.delete())
    _put(connection, "derived_from", _state(connection, "facts") or "0")
    _put(connection, "derived_by", RULES)


def _derived_by_us(connection: sa.Connection) -> bool:
    return _state(connection, "derived_by") == RULES and _state(connection, "derived_from") is not None


def _state(connection: sa.Connection, name: str) -> str | None:
    value = connection.scalar(sa.select(ledger_state.c.value).where(ledger_state.c.name == name))
    return None if value is None else str(value)


def _put(connection: sa.Connection, name: str, value: str) -> None:
    connection.execute(ledger_state.delete().where(ledger_state.c.name == name))
    connection.execute(ledger_state.insert(), {"name": name, "value": value})
