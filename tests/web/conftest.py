"""A ledger of one short article, for tests of what stands around the pages rather than of what they say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger.ledger import Ledger
from web.asking import client


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("short")
    (folder / "a.txt").write_text("3 February 2026\n\nJapan will invest $550 billion in the United States.\n")
    with pledger.open(str(folder / "ledger.db")) as held:
        held.read([folder / "a.txt"], workers=1)
        yield held


@pytest.fixture
def asks(ledger: Ledger) -> TestClient:
    return client(ledger)
