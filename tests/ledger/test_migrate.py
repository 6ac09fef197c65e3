"""A ledger that an earlier version wrote opens, keeps all that it held, and takes what is new."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pledger
from pledger.ledger.schema import SCHEMA_VERSION
from pledger.ledger.serial import claim_json, json_claim
from scored import RIGHT

ARTICLE = "South Korea has pledged $350 billion for the United States, the ministry said on 3 March 2026.\n"


def test_a_ledger_of_schema_1(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pledger.open(str(path)) as ledger:
        ledger.read([str(tmp_path / "a.txt")])
        before = list(ledger.claims())
    with sqlite3.connect(path) as old:
        old.execute("ALTER TABLE claims DROP COLUMN reader")
        old.execute("DROP TABLE feeds")
        old.execute("UPDATE ledger_state SET value = '1' WHERE name = 'schema_version'")
    for _ in range(2):
        with pledger.open(str(path)) as ledger:
            assert list(ledger.claims()) == before
            assert ledger.audit() == []
    with sqlite3.connect(path) as new:
        assert new.execute("SELECT value FROM ledger_state WHERE name = 'schema_version'").fetchone() == (
            str(SCHEMA_VERSION),
        )
        assert new.execute("SELECT count(*) FROM feeds").fetchone() == (0,)


def test_who_read_a_claim_is_kept() -> None:
    claim = replace(RIGHT[0], reader="llm:small")
    assert json_claim(claim_json(claim)) == claim
    assert claim.id == RIGHT[0].id


def test_an_index_more_derives_nothing_anew(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pledger.open(str(path)) as ledger:
        ledger.read([str(tmp_path / "a.txt")])
    with sqlite3.connect(path) as old:
        old.execute("DROP INDEX ix_documents_echo_of")
        old.execute("UPDATE ledger_state SET value = '6' WHERE name = 'schema_version'")
    with pledger.open(str(path)) as ledger:
        assert not ledger.behind()
    with sqlite3.connect(path) as new:
        plan = new.execute("EXPLAIN QUERY PLAN SELECT id FROM documents WHERE echo_of = 'x'").fetchall()
    assert "ix_documents_echo_of" in str(plan)
