"""Nothing is lost: readers killed at random moments, disks that fill up, writers that wait too long."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import pledger
from ledger.test_engines import articles
from pledger.ledger import LedgerError
from pledger.ledger import engines as engines_module

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def test_readers_killed_at_random_moments(
    tmp_path: Path, new_url: Callable[[], str], request: pytest.FixtureRequest
) -> None:
    rounds = 200 if request.config.getoption("--long") else 6
    folder = articles(tmp_path / "in", 40)
    addresses = [new_url() for _ in range(rounds + 2)]
    command = [sys.executable, str(HERE / "killing.py"), str(rounds), str(rounds), str(folder), *addresses]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    said = json.loads(done.stdout)
    assert said["rounds"] == rounds
    assert said["killed"] >= rounds // 3, "the readers were done before they could be killed"


def test_a_disk_that_fills_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is told how many pages there are: it fails as on a full disk, in the middle of a transaction."""
    folder = articles(tmp_path / "in", 100)
    path = tmp_path / "l.db"
    with pledger.open(str(path)) as ledger:
        ledger.read([str(folder / "000.txt")])
        most = path.stat().st_size // 4096 + 60
    with monkeypatch.context() as full:
        full.setattr(engines_module, "PRAGMAS", (*engines_module.PRAGMAS, f"max_page_count = {most}"))
        with pledger.open(str(path)) as ledger, pytest.raises(LedgerError, match="make room on the disk"):
            ledger.read([str(folder)], workers=1)
    with pledger.open(str(path)) as ledger, pledger.open(str(tmp_path / "straight.db")) as straight:
        assert ledger.audit() == []
        assert 1 <= len(ledger.documents()) < 100
        straight.read([str(folder)], workers=1)
        ledger.read([str(folder)], workers=1)
        assert ledger.digest() == straight.digest()


def test_a_writer_that_waits_in_vain_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines_module, "_BUSY_SECONDS", 0)
    folder = articles(tmp_path / "in", 2)
    path = tmp_path / "l.db"
    with pledger.open(str(path)) as ledger:
        ledger.read([str(folder / "000.txt")])
        before = ledger.digest()
        with sqlite3.connect(path, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(LedgerError, match="another process is writing"):
                ledger.read([str(folder)])
            assert ledger.figures()
            other.execute("ROLLBACK")
        assert ledger.digest() == before
        assert ledger.read([str(folder)]).documents == 1


def test_a_file_that_may_only_be_read(tmp_path: Path) -> None:
    folder = articles(tmp_path / "in", 2)
    path = tmp_path / "l.db"
    with pledger.open(str(path)) as ledger:
        ledger.read([str(folder / "000.txt")])
    with pledger.open(f"sqlite:///file:{path}?mode=ro&uri=true") as ledger:
        assert ledger.figures()
        with pytest.raises(LedgerError, match="may only be read"):
            ledger.read([str(folder)])
