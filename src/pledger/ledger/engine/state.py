"""When the engine runs, and how: from the facts' state, what was derived of it by which rules, and what is pending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from pledger.ledger.engine import tables as own
from pledger.ledger.engine.rules import rules
from pledger.ledger.images import opened, revision
from pledger.ledger.judgements import Judgement, verdicts
from pledger.ledger.schema import judgements, ledger_state

__all__ = ["Stand", "bring_up", "derived", "stand"]

_ASKED = ("facts", "derived_from", "derived_by")
_MANY = 0.25
"""Share of a ledger's documents from which, when so many are new, a rebuild takes less time than taking them up."""


def derived(connection: sa.Connection) -> bool:
    """Whether the derived tables follow from the documents as they are, by the rules of this version."""
    its = stand(connection)
    return its.ours and its.derived_from == its.facts


@dataclass(frozen=True, slots=True)
class Stand:
    """How far the derived tables have come."""

    facts: str
    """A word that changes whenever a document is added or something is judged."""
    derived_from: str | None
    """That word as it was when the tables were derived; None where they never were."""
    ours: bool
    """Whether they were derived by the rules of this version: then they say what it would say of those facts."""


def stand(connection: sa.Connection) -> Stand:
    """How far the derived tables have come, in one question: every page asks it several times."""
    asked = sa.select(ledger_state.c.name, ledger_state.c.value).where(ledger_state.c.name.in_(_ASKED))
    told: dict[str, str] = {name: str(value) for name, value in connection.execute(asked).all() if value is not None}
    origin = told.get("derived_from")
    return Stand(told.get("facts", "0"), origin, told.get("derived_by") == rules() and origin is not None)


def bring_up(connection: sa.Connection, progress: Callable[[str, int, int], None] | None = None) -> None:
    """Make the derived tables follow from the documents, inside the caller's transaction.

    `progress` is told which step a rebuild takes, how much of it is done, and of how much.
    """
    if derived(connection):
        return  # Another process was first.
    from pledger.ledger.engine.run import rebuild, update  # who only asks need not wait for it

    waiting = {r[0] for r in connection.execute(sa.select(own.pending.c.document_id))}
    known = int(connection.scalar(sa.select(sa.func.max(own.numbers.c.number))) or 0)
    said = verdicts(judgements_in(connection))
    judged = _state(connection, "judged")
    before = opened(connection)
    if not stand(connection).ours or len(waiting) > _MANY * known or _state(connection, "derived_judged") != judged:
        if before is not None:
            before.keep_all()
        rebuild(connection, said, progress)
        if before is not None:
            before.compare()
    else:
        update(connection, waiting, said, before)
        connection.execute(own.pending.delete())
    _put(connection, "revision", str(revision(connection) + 1))
    _put(connection, "derived_from", _state(connection, "facts") or "0")
    _put(connection, "derived_by", rules())
    _put(connection, "derived_judged", judged)


def judgements_in(connection: sa.Connection) -> list[Judgement]:
    """All judgements, withdrawn ones too, in the order in which they were made."""
    rows = connection.execute(sa.select(judgements).order_by(judgements.c.made_at, judgements.c.id))
    return [Judgement(**row) for row in map(dict, rows.mappings())]


def _state(connection: sa.Connection, name: str) -> str | None:
    value = connection.scalar(sa.select(ledger_state.c.value).where(ledger_state.c.name == name))
    return None if value is None else str(value)


def _put(connection: sa.Connection, name: str, value: str | None) -> None:
    connection.execute(ledger_state.delete().where(ledger_state.c.name == name))
    connection.execute(ledger_state.insert(), {"name": name, "value": value})
