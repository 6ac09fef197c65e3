"""The OpenAPI document, the page that shows it, and requests made up from it: no 500, no undocumented status."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import pledger
from pledger.exposure.supply.table import commodities
from pledger.ledger import Ledger
from pledger.views.web.pages import PAGES

from .asking import BEARER, ORIGIN, client

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
TEXTS = (
    "3 February 2026\n\nJapan will invest $550 billion in the United States, according to the Commerce Department.",
    "3 February 2026\n\nJapan will invest $700 billion in the United States, according to the Finance Ministry.",
    "5 February 2026\n\nSoftBank will build a $33 billion gas plant in Ohio under the programme of Japan.",
)


@pytest.fixture
def ledger(new_url: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    folder = tmp_path_factory.mktemp("articles")
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.txt").write_text(text)
    with pledger.open(new_url()) as held:
        held.read([folder], workers=1)
        yield held


def known(ledger: Ledger) -> dict[str, list[str]]:
    """By kind of page ids that are in the ledger: made-up ones lead to a 404 and no further."""
    return {
        "figure": [f.id for f in ledger.figures()][:8] + [c.id for c in ledger.claims()][:3],
        "conflict": [c.id for c in ledger.conflicts()][:3],
        "article": [d.id for d in ledger.documents()][:3],
        "entity": [e.id for e in ledger.entities()][:5],
        "project": [e.id for e in ledger.entities()][:5],
        "supply": list(commodities())[:5],
    }


def test_every_route_for_programs_is_described(ledger: Ledger) -> None:
    asks = client(ledger)
    document = asks.get("/openapi.json").json()
    paths: dict[str, Any] = document["paths"]
    for entry in PAGES:
        for form in ("json", "csv", "xlsx"):
            assert f"{'/index' if entry.path == '/' else entry.path}.{form}" in paths
    assert {"/health", "/openapi.json", "/changes.atom", "/dates.ics", "/upload.json", "/upload/{id}.json"} <= set(
        paths
    )
    assert not any(
        "html" in str(kind)
        for its in paths.values()
        for op in its.values()
        for kind in op["responses"]["200" if "get" in its else "202"].get("content", {})
    )
    names = [op["operationId"] for its in paths.values() for op in its.values()]
    assert len(names) == len(set(names))
    for path, its in paths.items():
        for method, op in its.items():
            assert op["summary"], path
            assert {"413", "421", "429"} <= set(op["responses"]), path
            assert "422" not in op["responses"], f"{method} {path}: ours is 400"
            said = {p["name"] for p in op.get("parameters", []) if p["in"] == "path"}
            assert said == set(re.findall(r"{(\w+)}", path))
            assert all("schema" in p for p in op.get("parameters", []))
    refs = set(re.findall(r'"#/components/schemas/(\w+)"', asks.get("/openapi.json").text))
    assert refs <= set(document["components"]["schemas"])
    assert paths["/upload.json"]["post"]["security"] == [{"token": []}]


def test_the_page_for_programs_needs_nothing_from_elsewhere(ledger: Ledger) -> None:
    asks = client(ledger)
    page = asks.get("/docs").text
    asked = re.findall(r'(?:src|href)="([^"]+\.(?:js|css)(?:\?[^"]*)?)"', page)
    assert any("swagger-ui-bundle.js" in address for address in asked)
    for address in asked:
        assert address.startswith("/")
        plain = asks.get(address, headers={"accept-encoding": "identity"})
        small = asks.get(address, headers={"accept-encoding": "gzip"})
        assert plain.status_code == small.status_code == 200
        assert plain.content == small.content
        assert plain.headers["content-type"].startswith(("text/javascript", "text/css"))
    assert "http" not in asks.get("/static/docs.js").text.replace("https://", "").replace("http://", "")


_PATIENCE = 300.0
"""Seconds that an answer may take on a machine that is busy; whoever asks first for a map waits for its places."""


def test_requests_made_up_from_the_document(ledger: Ledger, request: pytest.FixtureRequest) -> None:
    """Each operation with parameters that fit, that do not, and with ids of what is in the ledger."""
    long = request.config.getoption("--long")
    asks = client(ledger)
    schema = schemathesis.openapi.from_asgi("/openapi.json", asks.app, headers={"host": "localhost"})
    ids = known(ledger)
    paths = set(asks.app.openapi()["paths"])  # type: ignore[attr-defined]
    for result in schema.get_all_operations():
        operation = cast(Any, result).ok()
        kind = operation.path.split("/")[1]
        # CSV and XLSX are asked for as the JSON beside them is: what does not fit them is tried there.
        again = operation.path.endswith((".csv", ".xlsx")) and operation.path.rpartition(".")[0] + ".json" in paths
        takes = any(True for _ in operation.iter_parameters()) or bool(operation.body)
        _try(operation, schemathesis.GenerationMode.POSITIVE, ids.get(kind, []), 200 if long else 2 if again else 4)
        if takes and (long or not again):
            _try(operation, schemathesis.GenerationMode.NEGATIVE, ids.get(kind, []), 200 if long else 4)


def _try(operation: Any, mode: Any, ids: list[str], examples: int) -> None:
    cases = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=cases, id_=st.sampled_from(ids or [""]), swap=st.booleans(), bearer=st.booleans())
    def attempt(case: Any, id_: str, swap: bool, bearer: bool) -> None:
        if id_ and swap:
            case.path_parameters["id"] = id_
        headers = {"host": "localhost"} | (BEARER if bearer else {})
        response = case.call(base_url=ORIGIN, headers=headers, timeout=_PATIENCE)
        # 503 is an answer, too: others are read or computed first. It must be as the document says all the same.
        case.validate_response(
            response, checks=[c for c in CHECKS if c is not not_a_server_error or response.status_code != 503]
        )

    try:
        attempt()
    except Unsatisfiable:  # of a parameter that may be any text, no text is wrong
        assert mode is schemathesis.GenerationMode.NEGATIVE
