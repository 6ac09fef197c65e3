"""The hostile corpus on every page and in every form to take away: its words are shown, and do nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest
from fastapi.testclient import TestClient

from pledger.ledger import Ledger
from pledger.views.web.answers import Answer, Cell, Sheet, as_csv, as_json, as_xlsx, neutral
from pledger.views.web.shield import POLICY
from web.asking import client, read, signed_in

from .inert import MARK, faults, page

ARTICLES = Path(__file__).parent / "articles"
MOST = 200
"""Pages that are walked."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with read(ARTICLES, str(tmp_path_factory.mktemp("hostile") / "hostile.db")) as held:
        yield held


@pytest.fixture(scope="module")
def asks(ledger: Ledger) -> TestClient:
    return client(ledger)


@pytest.fixture(scope="module")
def pages(asks: TestClient) -> dict[str, str]:
    """Every page that links lead to, also those of somebody who has signed in, by its address."""
    signed_in(asks)
    found: dict[str, str] = {}
    kinds: dict[str, int] = {}
    waiting = ["/", "/upload", "/sign-in", "/docs", "/nowhere", "/figure/x", "/?as_of=2026-02-06", "/?as_of=never"]
    while waiting and len(found) < MOST:
        address = waiting.pop(0)
        kind = address.split("?")[0].rpartition("/")[0]
        if address in found or kinds.get(kind, 0) >= 16:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = asks.get(address)
        assert answer.headers["content-security-policy"] == POLICY, address
        assert answer.status_code < 500, address
        if answer.headers["content-type"].startswith("text/html"):
            found[address] = answer.text
            links = [link.split("#")[0] for link in page(answer.text).links]
            waiting += [link for link in dict.fromkeys(links) if link.startswith("/") and link not in found]
    return found


def test_the_corpus_is_read(ledger: Ledger) -> None:
    assert ledger.counts().documents >= 12
    assert ledger.counts().claims >= 30
    texts = " ".join(f"{d.title} {d.text}" for d in ledger.documents())
    assert MARK in texts
    assert "{{ 7*191 }}" in texts


def test_every_kind_of_page_was_walked(pages: dict[str, str]) -> None:
    kinds = {urlsplit(address).path.split("/")[1] for address in pages}
    wanted = {"", "projects", "project", "entity", "figures", "figure", "conflicts", "conflict", "articles", "article"}
    assert wanted | {"sources", "changes", "compare", "upload", "sign-in", "docs"} <= kinds


def test_nothing_of_an_article_is_more_than_words(pages: dict[str, str]) -> None:
    wrong = {address: found for address, text in pages.items() if (found := faults(text))}
    assert not wrong


def test_their_words_are_shown_all_the_same(pages: dict[str, str]) -> None:
    articles = "".join(text for address, text in pages.items() if address.startswith("/article/"))
    assert f"&lt;{MARK}" in articles
    assert "{{ 7*191 }}" in articles
    assert "onerror=alert(1)" in articles


def test_what_somebody_asks_is_no_markup_either(asks: TestClient) -> None:
    told = f"\"><{MARK} onclick=alert(1)>'-alert(1)-'{{{{ 7*191 }}}}</script><script>alert(1)</script>"
    for path in ("/", "/projects", "/figures", "/articles", "/conflicts", "/sources", "/compare", "/changes"):
        for name in ("q", "programme", "sort", "page", "as_of", "with", "since", "kind", told):
            answer = asks.get(path, params={name: told})
            assert answer.status_code in (200, 400, 404), (path, name, answer.text)
            assert not faults(answer.text), (path, name)
    assert not faults(asks.get(f"/figure/{told}").text)


def test_forms_to_take_away(asks: TestClient, pages: dict[str, str]) -> None:
    taken = 0
    for address in [a for a in pages if "as_of" not in a][:40]:
        path = urlsplit(address).path
        plain = "/index" if path == "/" else path
        held = asks.get(f"{plain}.json")
        if held.status_code != 200:
            continue
        taken += 1
        assert held.headers["content-type"] == "application/json"
        assert held.headers["x-content-type-options"] == "nosniff"
        json.loads(held.content)
        for row in csv.reader(io.StringIO(asks.get(f"{plain}.csv").content.decode("utf-8-sig"), newline="")):
            assert not any(
                cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for cell in row
            )
        book = openpyxl.load_workbook(io.BytesIO(asks.get(f"{plain}.xlsx").content))
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    assert taken > 20


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_formulas_are_words_in_spreadsheets(start: str) -> None:
    told = f"{start}cmd|' /C calc'!A0"
    assert neutral(told) == f"'{told}"
    answer = Answer("x", f"{start}title", {}, (Sheet("S", ("A",), [(told,), (-5,), (None,)]),), source=told)
    rows = list(csv.reader(io.StringIO(as_csv(answer).decode("utf-8-sig"), newline="")))
    assert rows[1] == [f"'{told}"]
    assert rows[2] == ["-5"], "numbers stay numbers"
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(answer)))
    assert {c.data_type for sheet in book for row in sheet.iter_rows() for c in row} <= {"s", "n"}


def test_numbers_that_no_spreadsheet_has() -> None:
    rows: list[tuple[Cell, ...]] = [(float("nan"),), (float("inf"),), ("x" * 40_000,), ("\x00\x01",)]
    answer = Answer("x", "t", {}, (Sheet("S", ("A",), rows),))
    assert openpyxl.load_workbook(io.BytesIO(as_xlsx(answer)))["S"]["A2"].value is None
    assert as_csv(answer)


def test_json_tells_scripts_nothing() -> None:
    """Should somebody put it into a page: it ends no script."""
    told = as_json(Answer("x", "t", {"a": "</script><!--\u2028"}))
    assert b"</script" not in told
    assert b"<!--" not in told
    assert json.loads(told) == {"a": "</script><!--\u2028"}
