"""A watch that is killed anywhere neither loses an alert nor repeats one; nor do two at the same time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from pledger.ledger import Ledger

HERE = Path(__file__).parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}


def killing(corpus: Path, folder: Path, url: str, tries: int) -> Any:
    folder.mkdir()
    command = [sys.executable, str(HERE / "killing.py"), str(corpus), str(folder), url, str(tries)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def straight(corpus_ledger: Ledger, corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is raised where nobody is killed."""
    corpus_ledger.counts()
    folder = tmp_path_factory.mktemp("straight")
    told: list[str] = killing(corpus_file, folder / "out", str(folder / "ledger.db"), 0)["told"]
    return told


def test_watches_killed_at_every_step(
    straight: list[str],
    corpus_file: Path,
    tmp_path: Path,
    new_url: Callable[[], str],
    request: pytest.FixtureRequest,
) -> None:
    tries = 60 if request.config.getoption("--long") else 4
    said = killing(corpus_file, tmp_path / "killed", new_url(), tries)
    assert said["killed"] >= tries
    assert said["told"] == straight
    assert len(said["told"]) > 10
    told = Counter(said["told"])
    lines = (tmp_path / "killed" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert Counter(json.loads(line)["id"] for line in lines) == told
    entries = ET.parse(tmp_path / "killed" / "a.xml").getroot().iter("{http://www.w3.org/2005/Atom}entry")  # noqa: S314  ours
    ids = [entry.findtext("{http://www.w3.org/2005/Atom}id", "") for entry in entries]
    assert Counter(i.rpartition("/")[2] for i in ids) == told
    # A program that was running when its watch was killed is started once more, and no other.
    ran = Counter((tmp_path / "killed" / "ran.txt").read_text(encoding="utf-8").split())
    assert ran.keys() == told.keys()
    assert sum((ran - told).values()) <= said["killed"]
