"""A ledger of an earlier version: what follows from its claims is made anew before a portfolio is looked at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pledger
from pledger.exposure.portfolio.exposure import expose
from pledger.exposure.portfolio.holdings import holdings
from pledger.ledger import Ledger


def test_the_first_look_at_a_ledger_of_an_earlier_version(
    corpus_file: Path, corpus_ledger: Ledger, tmp_path: Path
) -> None:
    assert corpus_ledger.counts().figures
    copy = tmp_path / "old.db"
    with closing(sqlite3.connect(corpus_file)) as held, closing(sqlite3.connect(copy)) as database, database:
        held.backup(database)
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM figures")
        database.execute("DELETE FROM entities")
        assert database.execute("DELETE FROM ledger_state WHERE name = 'derived_from'").rowcount == 1
    with pledger.open(str(copy)) as ledger:
        its = expose(ledger, holdings(b"name,isin\nHitachi,JP3788600009\n", "h.csv"))
    assert its.exposed.total.projects
