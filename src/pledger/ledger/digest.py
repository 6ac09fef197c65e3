"""One word for all that a ledger holds: two ledgers with the same word say the same, whoever read what in which order.

Each row is hashed by itself and the hashes are added up (modulo 2**256), so that neither the order of rows nor the
database's way of sorting matters, and no more than a row is in memory. Left out is what differs between two readings
of the same documents: when and from which path they were read, what is remembered of feeds, and row numbers that only
say how to show.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Table

from pledger.ledger import schema as db

__all__ = ["digest"]

_LEFT_OUT = {"documents": {"path", "read_at", "signature"}}
_AT_A_TIME = 1000


def digest(connection: sa.Connection) -> str:
    """SHA-256-sized hexadecimal word for documents, claims and all that was derived from them."""
    total = 0
    for table in (db.documents, db.claims, db.attributions, *reversed(db.DERIVED)):
        columns = [c for c in table.columns if c.name not in _LEFT_OUT.get(table.name, ())]
        streamed = connection.execution_options(stream_results=True, yield_per=_AT_A_TIME)
        for row in streamed.execute(sa.select(*columns)):
            total += _hashed(table, dict(zip((c.name for c in columns), row, strict=True)))
    return f"{total % 2**256:064x}"


def _hashed(table: Table, row: dict[str, Any]) -> int:
    words = json.dumps([table.name, row], sort_keys=True, ensure_ascii=False, default=_plain)
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest(), "big")


def _plain(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    raise TypeError(f"not a column's value: {value!r}")
