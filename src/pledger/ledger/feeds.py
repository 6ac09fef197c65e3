"""What the ledger remembers of watched feeds, so that a watch that is started again asks no server too soon."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import sqlalchemy as sa

from pledger.documents.watch import Watched
from pledger.ledger.schema import feeds
from pledger.ledger.store import Store

__all__ = ["recall", "remember"]


def recall(store: Store, urls: Iterable[str]) -> list[Watched]:
    """The feeds with these addresses in the order given, new ones as never asked."""
    with store.engine.connect() as connection:
        rows = {r.url: r for r in connection.execute(sa.select(feeds))}
    return [_watched(rows[url]) if url in rows else Watched(url) for url in urls]


def remember(store: Store, feed: Watched) -> None:
    """Keep the state of one feed in place of what was known of it."""
    at = feed.next_at.astimezone(dt.UTC).replace(tzinfo=None) if feed.next_at else None
    with store.writing() as connection:
        connection.execute(feeds.delete().where(feeds.c.url == feed.url))
        connection.execute(
            feeds.insert(),
            {
                "url": feed.url, "address": feed.address, "etag": feed.etag, "last_modified": feed.last_modified,
                "next_at": at, "failures": feed.failures, "gone": feed.gone,
            },
        )  # fmt: skip


def _watched(row: sa.Row[tuple[object, ...]]) -> Watched:
    at = row.next_at.replace(tzinfo=dt.UTC) if row.next_at else None
    return Watched(row.url, row.address, row.etag, row.last_modified, at, row.failures, row.gone)
