"""Forms of other sites change nothing here, even where no token is asked for (CSRF)."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from pledger.ledger import Ledger
from pledger.views.web.pages import ROUTERS
from web.asking import client

FOREIGN = (
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "https://hostile.example"},
    {"origin": "http://localhost:9999"},
    {"origin": "null"},
    {"origin": "http://[broken"},
    {"sec-fetch-site": "cross-site", "origin": "http://localhost"},
)
OURS: tuple[dict[str, str], ...] = (
    {},
    {"sec-fetch-site": "same-origin"},
    {"sec-fetch-site": "none"},
    {"origin": "http://localhost"},
    {"sec-fetch-site": "same-origin", "origin": "null"},
)
POSTED = (
    "/judge", "/withdraw", "/sign-in", "/sign-out", "/upload", "/upload.json", "/money/run", "/portfolio",
    "/portfolio/forget",
)  # fmt: skip


@pytest.mark.parametrize("path", POSTED)
def test_no_form_of_another_site_changes_anything(asks: TestClient, path: str) -> None:
    for headers in FOREIGN:
        answer = asks.post(path, data={"run": "r", "act": "cancel", "token": "x"}, headers=headers)
        assert answer.status_code == 403, headers
        assert "another site" in answer.text
        assert asks.get("/health", headers=headers).status_code == 200, "to look is not to change"


def test_every_route_that_changes_something_is_tried() -> None:
    routed = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    routes = {route.path for route in routed if set(route.methods or ()) - {"GET", "HEAD"}}
    assert routes == set(POSTED)


def test_our_own_forms_and_programs_are_heard(asks: TestClient) -> None:
    for headers in OURS:
        answer = asks.post("/money/run", data={"run": "r", "act": "cancel"}, headers=headers)
        assert answer.status_code == 303, headers


def test_a_name_that_the_server_was_given_is_its_own(ledger: Ledger) -> None:
    asks = client(ledger, names=["pledger.example"])
    for origin, status in (("https://pledger.example", 303), ("https://other.example", 403)):
        answer = asks.post("/money/run", data={"run": "r", "act": "cancel"}, headers={"origin": origin})
        assert answer.status_code == status
