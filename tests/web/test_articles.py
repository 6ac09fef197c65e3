"""The page of an article: the copies of its text, and the text that it copies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger.ledger import Ledger
from web.asking import client

TEXT = (
    "Japan has pledged $550 billion for projects in the United States, the ministry said on Tuesday. The first batch "
    "holds a gas plant in Ohio for which SoftBank is the sponsor, and a crude export terminal in Texas that is still "
    "only a candidate. Officials want both to be signed before the end of the year.\n"
)
DAYS = (dt.date(2026, 3, 1), dt.date(2026, 3, 4), dt.date(2026, 3, 9))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A text, and two copies of it that came later."""
    folder = tmp_path_factory.mktemp("copies")
    with pledger.open(str(folder / "ledger.db")) as held:
        for number, day in enumerate(DAYS):
            file = folder / f"{number}.txt"
            file.write_text(f"{TEXT}{'Reprinted. ' * number}\n")
            held.read([file], reported_on=day, workers=1)
        yield held


@pytest.fixture(scope="module")
def asks(three: Ledger) -> TestClient:
    return client(three)


def test_an_article_lists_its_copies_and_what_it_copies(three: Ledger, asks: TestClient) -> None:
    first, second, third = sorted(three.documents(), key=lambda d: d.path)
    assert (second.echo_of, third.echo_of) == (first.id, first.id)
    told = asks.get(f"/article/{first.id[:16]}.json").json()["copies"]
    assert (told["total"], [d["id"] for d in told["documents"]]) == (2, [third.id, second.id])
    page = asks.get(f"/article/{first.id[:16]}").text
    assert f'href="/article/{second.id[:16]}"' in page
    assert "2 copies" in page
    assert third.id in asks.get(f"/article/{first.id[:16]}.csv?table=copies").text
    its = asks.get(f"/article/{third.id[:16]}")
    assert f'href="/article/{first.id[:16]}"' in its.text
    assert asks.get(f"/article/{third.id[:16]}.json").json()["copies"]["total"] == 0


def test_as_of_a_day_only_the_copies_of_then_are_listed(three: Ledger, asks: TestClient) -> None:
    first = min(three.documents(), key=lambda d: d.path)
    told = asks.get(f"/article/{first.id[:16]}.json?as_of=2026-03-05").json()["copies"]
    assert told["total"] == 1
    assert asks.get(f"/article/{first.id[:16]}.json?as_of=2026-03-01").json()["copies"]["total"] == 0
