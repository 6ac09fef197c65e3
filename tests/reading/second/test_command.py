"""`pledger read --reader llm`: a real command, a real endpoint, one claim more and its reader named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from reading.second.endpoint import Endpoint

ARTICLE = """Ports in the north

Norland pledged $90 billion for the United States in May. A copper smelter in Arizona will cost $4 billion.

Much is left open. A fund carries €700 million of what is left.
"""


def pledger(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    keep = {k: v for k, v in os.environ.items() if not k.startswith("PLEDGER_")}
    command = [sys.executable, "-c", "from pledger.cli import main; main()", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**keep, "COLUMNS": "120", **environment},
    )


def test_the_command_needs_an_address(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    done = pledger("read", "a.txt", "--reader", "llm", cwd=tmp_path)
    assert done.returncode == 2
    assert "PLEDGER_LLM_BASE_URL" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_lies_are_counted_and_dropped(endpoint: Endpoint, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    lie = {
        "attribute": "amount",
        "quote": "$9 trillion",
        "start": None,
        "sentence": None,
        "source": None,
        "subject": {"quote": "copper smelter", "start": None},
        "value": {"low": 9e12, "high": 9e12, "currency": "USD"},
    }
    reader = endpoint.saying([lie])
    environment = {"PLEDGER_LLM_BASE_URL": reader.base_url, "PLEDGER_LLM_MODEL": "small"}
    plain = pledger("--ledger", "plain.db", "read", "a.txt", cwd=tmp_path)
    done = pledger("read", "a.txt", "--reader", "llm", cwd=tmp_path, **environment)
    assert done.returncode == plain.returncode == 0, done.stderr
    assert "second reader llm:small: 1 excerpts, 0 new claims" in done.stderr
    assert "dropped: 1 " in done.stderr
    [here, there] = (
        json.loads(pledger("--ledger", name, "show", "figures", "--json", cwd=tmp_path).stdout)
        for name in ("plain.db", "pledger.db")
    )
    assert here == there
