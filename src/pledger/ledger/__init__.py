"""Claims in, figures out: who is who, who says so, how sure, and where the reports disagree."""

from __future__ import annotations

from pledger.ledger.changes import Change, ChangeKind, Held
from pledger.ledger.doubts import Doubt
from pledger.ledger.following import Look
from pledger.ledger.health import Health
from pledger.ledger.intake import ReadResult
from pledger.ledger.judgements import Judgement, judgement
from pledger.ledger.ledger import Ledger, open  # noqa: A004  `pledger.open` is the name of the contract
from pledger.ledger.matching import Match, same_name
from pledger.ledger.moments import NOW, Moment
from pledger.ledger.outbox import Message, Outbox
from pledger.ledger.paging import Asked, Counts, Detail, Order, Page
from pledger.ledger.records import Record
from pledger.ledger.rollup import Rollup, rollup, rollups
from pledger.ledger.rows import Rows
from pledger.ledger.store import LedgerError
from pledger.ledger.why import Evidence, Why

__all__ = [
    "NOW",
    "Asked",
    "Change",
    "ChangeKind",
    "Counts",
    "Detail",
    "Doubt",
    "Evidence",
    "Health",
    "Held",
    "Judgement",
    "Ledger",
    "LedgerError",
    "Look",
    "Match",
    "Message",
    "Moment",
    "Order",
    "Outbox",
    "Page",
    "ReadResult",
    "Record",
    "Rollup",
    "Rows",
    "Why",
    "judgement",
    "open",
    "rollup",
    "rollups",
    "same_name",
]
