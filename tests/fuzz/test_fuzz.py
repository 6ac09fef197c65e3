"""A short run of the fuzzer, and every input that it once broke something with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fuzz.run import CASES, main
from fuzz.targets import TARGETS

RUNS = 400
FOUND = sorted(CASES.glob("*-*")) if CASES.is_dir() else []


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.name[:40])
def test_what_was_found_once_stays_mended(case: Path) -> None:
    TARGETS[case.name.partition("-")[0]](case.read_bytes())


@pytest.mark.skipif(sys.platform != "linux", reason="atheris has no wheels for other systems")
def test_a_short_run_finds_nothing() -> None:
    command = [sys.executable, str(Path(__file__).with_name("run.py")), "--runs", str(RUNS), "--seconds", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == [*TARGETS, "nothing found"]
    assert done.stdout.count(f": Done {RUNS} runs") == len(TARGETS), done.stdout


def test_a_target_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as wrong:
        main(["mony"])
    assert wrong.value.code == 2
    assert "there are page" in capsys.readouterr().err
