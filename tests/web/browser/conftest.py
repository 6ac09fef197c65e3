"""One server for all of these tests that run in the same process, and one Chromium for those of a file.

Playwright keeps an event loop running for as long as its browser is open: tests of other files would stumble over it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pledger.ledger import Ledger

from .driving import Visit, chromium, serving, visiting


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def root(corpus_ledger: Ledger, corpus_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a copy of the ledger that has read the bundled corpus."""
    folder = tmp_path_factory.mktemp("served")
    for name in (corpus_file.name, f"{corpus_file.name}-wal"):
        if (corpus_file.parent / name).exists():
            shutil.copy(corpus_file.parent / name, folder / name)
    with serving(folder / corpus_file.name, folder / "log") as address:
        yield address


@pytest.fixture
def visit(browser: Browser, root: str) -> Iterator[Visit]:
    with visiting(browser, root) as window:
        yield window


@pytest.fixture
def still(browser: Browser, root: str) -> Iterator[Visit]:
    """A window in which no script runs."""
    with visiting(browser, root, scripts=False) as window:
        yield window
