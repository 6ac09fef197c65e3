"""The page Portfolio: somebody's own file, looked at in memory, shown to their browser alone, and forgotten."""

from __future__ import annotations

import io
import json
import re
import tempfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from pledger.exposure.portfolio.holdings import holdings
from pledger.exposure.portfolio.words import NOT_ADVICE
from pledger.ledger import Ledger
from pledger.views.web.portfolios import PORTFOLIO, Portfolios

from .asking import client
from .hostile.inert import faults

FILE = b"name,isin,weight\nHitachi,JP3788600009,60\nCameco,CA13321L1085,20\nSomething else,,20\n"
HOSTILE = (
    "name,isin,weight,ticker\n"
    '"<script>alert(1)</script><img src=x onerror=alert(1)>",,20,\n'
    '"Hitachi"" onmouseover=""alert(1)",JP3788600009,60,{{7*7}}\n'
    "=cmd|' /C calc'!A0,,20,javascript:alert(1)\n"
)


@pytest.fixture
def asks(corpus_ledger: Ledger) -> TestClient:
    return client(corpus_ledger, token=None)


def send(asks: TestClient, content: bytes, name: str = "mine.csv", **fields: str) -> str:
    """Send a file as the page's form does; the page that is shown then."""
    answer = asks.post("/portfolio", files={"file": (name, content)}, data=fields)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"] == "/portfolio"
    return asks.get("/portfolio").text


def csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def test_without_a_file_there_is_a_form_and_nothing_else(asks: TestClient) -> None:
    page = asks.get("/portfolio")
    assert page.status_code == 200
    assert 'enctype="multipart/form-data"' in page.text
    assert "set-cookie" not in page.headers
    told = asks.get("/portfolio.json").json()
    assert (told["about"], told["portfolio"]) == (NOT_ADVICE, None)
    assert "構成比" in next(column["names"] for column in told["columns"] if column["column"] == "weight")


def test_a_file_is_led_to_projects_with_sentences_and_every_form_has_the_same(asks: TestClient) -> None:
    page = send(asks, FILE)
    assert "2 holdings of 3 take part in" in page
    assert "through Westinghouse (49%)" in page
    assert "<svg" in page
    assert "<blockquote>" in page
    assert page.count(NOT_ADVICE) == 1
    its = asks.get("/portfolio.json").json()
    assert its["portfolio"]["source"] == "mine.csv"
    assert [h["name"] for h in its["unmatched"]] == ["Something else"]
    rows = asks.get("/portfolio.csv").text.splitlines()
    assert len(rows) == len(its["paths"]) + 1
    book = load_workbook(io.BytesIO(asks.get("/portfolio.xlsx").content), read_only=True)
    assert {"Paths", "Holdings", "Sums"} <= set(book.sheetnames)
    assert asks.get("/portfolio.svg").text.startswith("<svg")


def test_a_scenario_says_what_changes(asks: TestClient) -> None:
    send(asks, FILE)
    page = asks.get("/portfolio?scenario=call+declined").text
    assert "the roles in it fall away" in page
    assert asks.get("/portfolio.json?scenario=call+declined").json()["scenario"]["effects"]
    assert asks.get("/portfolio?scenario=rain").status_code == 404
    assert asks.get("/portfolio?as_of=2025-01-01").status_code == 200


def test_it_belongs_to_one_browser_and_its_cookie_is_out_of_reach(asks: TestClient, corpus_ledger: Ledger) -> None:
    before = corpus_ledger.version()
    answer = asks.post("/portfolio", files={"file": ("mine.csv", FILE)})
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    other = TestClient(asks.app, base_url="http://localhost", follow_redirects=False)
    assert "mine.csv" not in other.get("/portfolio").text
    for form in ("", ".json", ".csv", ".xlsx"):
        assert asks.get(f"/portfolio{form}").headers["cache-control"] == "no-store", "no browser keeps it on a disk"
    assert other.get("/portfolio.json").json()["portfolio"] is None
    assert corpus_ledger.version() == before, "nothing of it is in the ledger"


def test_nothing_is_written_to_a_disk(asks: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))  # a temporary file would fail
    page = send(
        asks, b"name,isin,weight\n" + b"a company of a longer name,,0\n" * 40_000 + b"Hitachi,JP3788600009,100\n"
    )
    assert "1 holding of 40,001 takes part in" in page


def test_only_the_page_itself_may_change_or_forget_what_is_held(asks: TestClient) -> None:
    page = send(asks, FILE)
    assert asks.post("/portfolio", files={"file": ("b.csv", FILE)}).status_code == 403
    assert asks.post("/portfolio/forget", data={"csrf": "x"}).status_code == 403
    foreign = {"origin": "http://evil.example"}
    assert asks.post("/portfolio", files={"file": ("b.csv", FILE)}, headers=foreign).status_code == 403
    assert "mine.csv" in asks.get("/portfolio").text
    assert "other.csv" in send(asks, FILE, "other.csv", csrf=csrf(page))
    assert asks.post("/portfolio/forget", data={"csrf": csrf(asks.get("/portfolio").text)}).status_code == 303
    assert "other.csv" not in asks.get("/portfolio").text


def test_hostile_cells_are_words(asks: TestClient) -> None:
    page = send(asks, HOSTILE.encode(), '"><script>alert(1)</script>.csv')
    assert not faults(page)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "49" not in re.findall(r"\{\{[^}]*\}\}|>49<", page)
    told = asks.get("/portfolio.json").text
    assert "<" not in told
    assert json.loads(told)["unmatched"]
    cells = asks.get("/portfolio.csv?table=Holdings").text
    assert "\n=cmd" not in cells
    assert ",=cmd" not in cells


@pytest.mark.parametrize(("content", "says"), [
    (b" ", "is empty"), (b"a,b\n1,2\n", "no column is called"), (b"PK\x03\x04rubbish", "cannot be unpacked"),
    (b"\x00\x01\x02" * 500, "binary data"),
])  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_in_a_line(asks: TestClient, content: bytes, says: str) -> None:
    answer = asks.post("/portfolio", files={"file": ("x.csv", content)})
    assert answer.status_code == 400
    assert says in answer.text
    assert asks.post("/portfolio", data={"file": "words"}).status_code == 400
    assert "o file came: choose a CSV" in asks.post("/portfolio", files={"other": ("x.csv", b"x")}).text


def test_more_than_the_server_takes_is_refused(corpus_ledger: Ledger) -> None:
    asks = client(corpus_ledger, token=None, upload_bytes=2_000)
    assert asks.post("/portfolio", files={"file": ("x.csv", b"name\n" + b"x\n" * 2_000)}).status_code == 413


def test_portfolios_are_few_and_are_forgotten() -> None:
    now = [0.0]
    its = holdings(FILE, "mine.csv")
    held = Portfolios(lambda: now[0], most=3, most_rows=8)
    first, second, third = (held.put(its) for _ in range(3))
    assert held.of(first.key) is None, "three portfolios of three rows are more than eight rows"
    assert held.of(second.key) is second
    now[0] = 3_000.0
    assert held.of(third.key) is third
    now[0] = 4_000.0
    assert held.of(second.key) is None, "an hour after it was last asked for"
    assert held.of(third.key) is third
    again = held.put(its, before=third.key)
    assert held.of(third.key) is None
    assert held.of(again.key) is again
    assert held.may("nobody's", "")
    assert not held.may(again.key, third.csrf)
    assert PORTFOLIO
