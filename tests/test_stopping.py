"""Ctrl-C at any moment and however often: one line, exit code 130, and what was read is kept."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

import pledger
from workers.corpus import write

MAIN = "from pledger.cli import main; main()"
PRESSED = """
import os, signal, sys
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""
"""Ctrl-C in the moment in which a module begins to be imported."""


@pytest.mark.parametrize("module", ["pledger.cli.verbs", "click", "sqlalchemy", "pledger.views.tables"])
def test_while_modules_load(module: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PRESSED.format(module=module) + MAIN, "show", "projects"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "pledger: stopped; nothing was begun\n"


@pytest.mark.parametrize("module", ["datasketch", "trafilatura"])
def test_while_modules_load_in_the_middle_of_reading(module: str, tmp_path: Path) -> None:
    page = f"<html><body><article><p>{'The bank lends $2 billion to a port. ' * 9}</p></article></body></html>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    command = [sys.executable, "-c", PRESSED.format(module=module) + MAIN, "read", "a.html"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "pledger: stopped; what was read is kept, the same command goes on\n"
    again = [sys.executable, "-c", MAIN, "read", "a.html"]
    done = subprocess.run(again, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    with pledger.open(str(tmp_path / "pledger.db")) as ledger:
        assert len(ledger.documents()) == 1


@pytest.mark.parametrize("workers", ["1", "2"])
def test_pressed_by_somebody_in_a_hurry(workers: str, tmp_path: Path) -> None:
    folder = write(tmp_path / "articles", 1500)
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "--ledger", "l.db", "read", str(folder), "--workers", workers],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + 120
    while not (kept := _documents_in(tmp_path / "l.db")):
        assert time.monotonic() < end
        time.sleep(0.02)
    for _ in range(5):
        try:
            os.killpg(process.pid, signal.SIGINT)
        except ProcessLookupError:
            break
        time.sleep(0.02)
    printed, said = process.communicate(timeout=120)
    assert (process.returncode, printed) == (130, "")
    assert said == "pledger: stopped; what was read is kept, the same command goes on\n"
    with pledger.open(str(tmp_path / "l.db")) as ledger:
        assert kept <= len(ledger.documents()) < 1500
        assert ledger.audit() == []


def _documents_in(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
            return int(raw.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0
