"""The page of projects: what its filters leave, and of a large ledger a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger import data
from web.asking import client


@pytest.fixture(scope="module")
def asks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with pledger.open(str(Path(tmp_path_factory.mktemp("projects")) / "ledger.db")) as ledger:
        ledger.read([data.examples()])
        yield client(ledger)


def names(asks: TestClient, **asked: str) -> list[str]:
    answer = asks.get("/projects.json", params=asked)
    assert answer.status_code == 200, answer.text
    return [project["name"] for project in answer.json()]


def test_filters_leave_what_they_say(asks: TestClient) -> None:
    every = names(asks)
    assert len(every) > 8
    committed = names(asks, stage="committed")
    assert 0 < len(committed) < len(every)
    assert set(committed) <= set(every)
    assert names(asks, stage="completed") == []
    assert all("SoftBank" in name for name in names(asks, sponsor="softbank"))
    assert len(names(asks, sponsor="softbank")) == 1
    contested = names(asks, standing="contested")
    assert 0 < len(contested) < len(every)
    assert asks.get("/projects", params={"stage": "nonsense"}).status_code == 400


def test_a_large_ledger_gives_a_page_at_a_time(asks: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = names(asks)
    module = import_module("pledger.views.web.pages.projects")
    monkeypatch.setattr(module, "_MOST", 0)
    monkeypatch.setattr(module, "SIZE", 5)
    paged = [name for number in range(1, 9) for name in names(asks, page=str(number))]
    assert sorted(paged) == sorted(whole)
    assert "Page 2 of" in asks.get("/projects", params={"page": "2"}).text
    for asked in ({"stage": "committed"}, {"sector": "gas_cc"}, {"sector": "unknown"}, {"sponsor": "softbank"}):
        monkeypatch.setattr(module, "_MOST", 1_000_000)
        every = names(asks, **asked)
        monkeypatch.setattr(module, "_MOST", 0)
        paged = [name for number in range(1, 9) for name in names(asks, page=str(number), **asked)]
        assert sorted(paged) == sorted(every), asked
        assert names(asks, as_of="2026-05-01", **asked)  # the past is worked out by the same rules
    assert asks.get("/projects", params={"sort": "stage"}).status_code == 400
