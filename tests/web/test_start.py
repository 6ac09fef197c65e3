"""What the server loads before it answers: not what only some pages need, which takes seconds."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "altair", "icalendar", "llvmlite", "numba", "openpyxl", "pandas", "pledger.ledger.engine.run",
    "pledger.reading.reader", "scipy", "vl_convert", "xlsxwriter",
)  # fmt: skip


def loaded_by(module: str) -> list[str]:
    code = f"import sys, {module}; print(*(name for name in {HEAVY!r} if name in sys.modules))"
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()


def test_the_server_loads_nothing_that_only_some_pages_need() -> None:
    assert loaded_by("pledger.cli.serving") == []
    assert loaded_by("pledger.views.web.app") == []
