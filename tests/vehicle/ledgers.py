"""Small ledgers written by hand, for the tests of plans."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ledger.build import Article
from pledger.ledger import Ledger
from pledger.ledger.store import Store

__all__ = ["ledger_of"]


def ledger_of(path: Path, *articles: Article) -> Ledger:
    """A ledger that has read these articles."""
    store = Store(str(path))
    for article in articles:
        document, claims = article.done()
        store.add(document, claims, b"", dt.datetime(2026, 6, 1))  # noqa: DTZ001
    return Ledger(store)
