"""The outbox: what a follower was told, and what of that has not reached an output yet.

What is told is written in the transaction of the look that found it (`following`), together with a note for each
output that is still to get it. A note goes when the output has it. So nothing is lost when a process is killed between
the two, and nothing is told twice: the id of a message is its fact's, and a fact is told once.

Outputs of two sorts: a file is written inside a transaction (`handing`), so that two processes take turns; a program
that may run for long is begun and ended in two (`begin`, `ended`), so that nobody waits for it.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import sqlalchemy as sa

from pledger.ledger.schema import alert_outputs, alert_waiting, alerts
from pledger.ledger.store import Store

__all__ = ["Message", "Outbox"]

_PATIENCE = dt.timedelta(hours=1)
"""How long a process on another machine may take to deliver one message before it is taken for dead."""


@dataclass(frozen=True, slots=True)
class Message:
    """What was told."""

    number: int
    """Their order; 0 until it is kept."""
    id: str
    rule: str
    fact: str
    """What holds now, in short: by it the same fact is known again."""
    raised_at: dt.datetime
    """UTC."""
    body: str


class Outbox:
    """The messages of one follower."""

    def __init__(self, store: Store, follower: str) -> None:
        self._store = store
        self._follower = follower

    def open_to(self, outputs: Iterable[str]) -> None:
        """From now on these outputs get every message, whether they are named in a run or not. Inside a look."""
        o = alert_outputs.c
        with self._store.reading() as connection:
            known = {r[0] for r in connection.execute(sa.select(o.output).where(o.follower == self._follower))}
            new = [{"follower": self._follower, "output": name} for name in sorted(set(outputs) - known)]
            if new:
                connection.execute(alert_outputs.insert(), new)

    def put(self, messages: Sequence[Message]) -> list[Message]:
        """Inside a look: keep these messages for every output, in this order; the new ones, with their numbers."""
        a, o = alerts.c, alert_outputs.c
        mine = a.follower == self._follower
        with self._store.reading() as connection:
            last = int(connection.scalar(sa.select(sa.func.max(a.number)).where(mine)) or 0)
            new: list[Message] = []
            first = {m.id: m for m in reversed(messages)}
            for message in dict.fromkeys(first[m.id] for m in messages):
                if connection.scalar(sa.select(a.number).where(mine, a.id == message.id)) is None:
                    new.append(replace(message, number=last + len(new) + 1))
            if not new:
                return []
            connection.execute(alerts.insert(), [{"follower": self._follower, **_row(m)} for m in new])
            outputs = [r[0] for r in connection.execute(sa.select(o.output).where(o.follower == self._follower))]
            notes = [
                {"follower": self._follower, "output": output, "number": m.number, "attempts": 0}
                for output in outputs
                for m in new
            ]
            if notes:
                connection.execute(alert_waiting.insert(), notes)
            return new

    def of(self, rule: str, facts: Iterable[str]) -> list[Message]:
        """What a rule was ever told of these facts."""
        a, its = alerts.c, sorted(set(facts))
        found: list[Message] = []
        for n in range(0, len(its), 400):
            where = (a.follower == self._follower, a.rule == rule, a.fact.in_(its[n : n + 400]))
            found += self._messages(*where)
        return found

    def last(self, most: int) -> list[Message]:
        """The newest messages, in their order."""
        asked = sa.select(alerts).where(alerts.c.follower == self._follower)
        with self._store.reading() as connection:
            rows = connection.execute(asked.order_by(alerts.c.number.desc()).limit(most))
            return [_message(r) for r in rows][::-1]

    @contextmanager
    def handing(self, output: str) -> Iterator[list[Message]]:
        """What an output has not got yet, in order; it has all of it when the block ends well.

        Nobody else hands to any output of this ledger meanwhile. Raises LedgerError where the ledger cannot be written.
        """
        with self._store.working() as connection:
            yield self.waiting(output)
            w = alert_waiting.c
            connection.execute(alert_waiting.delete().where(w.follower == self._follower, w.output == output))

    def waiting(self, output: str) -> list[Message]:
        """What an output has not got yet, in order."""
        w = alert_waiting.c
        numbers = sa.select(w.number).where(w.follower == self._follower, w.output == output)
        return self._messages(alerts.c.follower == self._follower, alerts.c.number.in_(numbers))

    def handed(self, output: str, messages: Iterable[Message]) -> None:
        """An output has these messages."""
        w, numbers = alert_waiting.c, sorted(m.number for m in messages)
        with self._store.working() as connection:
            for n in range(0, len(numbers), 400):
                where = (w.follower == self._follower, w.output == output, w.number.in_(numbers[n : n + 400]))
                connection.execute(alert_waiting.delete().where(*where))

    def begin(self, output: str, number: int, at: dt.datetime) -> bool:
        """Take a message for delivery; False where it was delivered, or another process that lives is at it."""
        w = alert_waiting.c
        where = (w.follower == self._follower, w.output == output, w.number == number)
        with self._store.working() as connection:
            row = connection.execute(sa.select(alert_waiting).where(*where)).one_or_none()
            if row is None or (row.begun_by is not None and _alive(row.begun_by, row.begun_at, at)):
                return False
            connection.execute(alert_waiting.update().where(*where).values(begun_by=_me(), begun_at=at))
            return True

    def ended(self, output: str, number: int, *, delivered: bool) -> None:
        """Say what became of a message that was begun; one that was not delivered waits on."""
        w = alert_waiting.c
        where = (w.follower == self._follower, w.output == output, w.number == number)
        with self._store.working() as connection:
            if delivered:
                connection.execute(alert_waiting.delete().where(*where))
            else:
                tried = {"attempts": w.attempts + 1, "begun_by": None, "begun_at": None}
                connection.execute(alert_waiting.update().where(*where).values(tried))

    def _messages(self, *where: sa.ColumnElement[bool]) -> list[Message]:
        with self._store.reading() as connection:
            return [_message(r) for r in connection.execute(sa.select(alerts).where(*where).order_by(alerts.c.number))]


def _row(message: Message) -> dict[str, object]:
    return {
        "number": message.number, "id": message.id, "rule": message.rule, "fact": message.fact,
        "raised_at": message.raised_at, "body": message.body,
    }  # fmt: skip


def _message(r: sa.Row[tuple[object, ...]]) -> Message:
    return Message(r.number, r.id, r.rule, r.fact, r.raised_at, r.body)


def _me() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _alive(who: str, since: dt.datetime, now: dt.datetime) -> bool:
    """Whether the process that began a delivery may still be at it."""
    host, _, number = who.rpartition(":")
    if who == _me() or now - since > _PATIENCE:
        return False
    if host != socket.gethostname():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
