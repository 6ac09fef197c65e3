"""What the tests of the web share: an application over a ledger, and somebody who asks it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from fastapi.testclient import TestClient

import pledger
from pledger.ledger import Ledger
from pledger.views.web.app import create_app
from pledger.views.web.settings import Settings

TOKEN = "only-for-the-tests-of-the-web"  # noqa: S105  of a ledger that is gone with the test
BEARER = {"Authorization": f"Bearer {TOKEN}"}
ORIGIN = "http://localhost"
MUCH = 1_000_000
"""Requests a minute of tests that are not about rates."""


def client(
    ledger: Ledger | str,
    *,
    token: str | None = TOKEN,
    expensive_per_minute: int = MUCH,
    upload_bytes: int = 20_000_000,
    upload_files: int = 50,
    upload_seconds: float = 120.0,
    body_bytes: int = 200_000,
    body_seconds: float = 30.0,
    names: Sequence[str] = (),
) -> TestClient:
    """Somebody who asks an application over this ledger, as a browser on the same machine does."""
    settings = Settings(
        ledger=ledger if isinstance(ledger, str) else "ledger.db",
        token=token,
        names=tuple(names),
        upload_bytes=upload_bytes,
        upload_files=upload_files,
        upload_seconds=upload_seconds,
        body_bytes=body_bytes,
        body_seconds=body_seconds,
        expensive_per_minute=expensive_per_minute,
    )
    app = create_app(settings, None if isinstance(ledger, str) else ledger)
    return TestClient(app, base_url=ORIGIN, follow_redirects=False)


def signed_in(asks: TestClient) -> str:
    """Sign in; the word that the forms of this session carry."""
    answer = asks.post("/sign-in", data={"token": TOKEN})
    assert answer.status_code == 303, answer.text
    found = re.search(r'name="csrf" value="([^"]+)"', asks.get("/").text)
    assert found is not None
    return found.group(1)


def read(folder: Path, url: str) -> Ledger:
    """A ledger at this address that has read the folder."""
    ledger = pledger.open(url)
    ledger.read([folder], workers=1)
    return ledger
