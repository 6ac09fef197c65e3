"""The pages of supply: what they show and give away, and that what is asked of them is answered safely."""

from __future__ import annotations

import io

import openpyxl
import pytest
from fastapi.testclient import TestClient

from pledger.exposure.supply.table import commodities
from pledger.views.sharecharts import Holder, Word, holders


def test_the_list_leads_to_each_commodity(asks: TestClient) -> None:
    page = asks.get("/supply", params={"group": "CN, Russland"})
    assert page.status_code == 200
    for key in commodities():
        assert f'href="/supply/{key}?group=CN%2C+Russland"' in page.text
        assert asks.get(f"/supply/{key}").status_code == 200
    assert "9,025 to 10,000" in page.text
    assert "China and Russia" in page.text
    told = asks.get("/supply.json", params={"importer": "JP"}).json()
    assert (told["importer"], len(told["commodities"])) == ("JP", len(commodities()))
    assert asks.get("/supply.csv").text.startswith("\ufeffCommodity,Key,Market,HHI low")


def test_a_commodity_is_shown_with_its_sources_and_taken_away(asks: TestClient) -> None:
    page = asks.get("/supply/industrial_diamond", params={"group": "CN,KR"}).text
    assert 'href="https://pubs.usgs.gov/periodicals/mcs2026/mcs2026-diamond.pdf" rel="noreferrer"' in page
    assert "HHI 6,018 to 6,118" in page
    assert "China and South Korea together 85\u00a0%" in page
    assert page.count("<svg") >= 4
    told = asks.get("/supply/industrial_diamond.json").json()
    assert told["markets"][0]["reference"]["hhi"]["high"] == 10_000
    rows = asks.get("/supply/industrial_diamond.csv").text.splitlines()
    assert rows[0].startswith("\ufeffcommodity,step,measure,grade,importer,country,low,high,qualifier,year,source")
    book = openpyxl.load_workbook(io.BytesIO(asks.get("/supply/industrial_diamond.xlsx").content))
    assert book.sheetnames == ["Supply", "Measures", "Source"]
    drawn = asks.get("/supply/industrial_diamond.svg", params={"chart": "market-1"})
    assert drawn.status_code == 200
    assert "World production" in drawn.text


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/supply/galium", 404, "did you mean gallium?"),
        ("/supply/<script>", 404, "&lt;script&gt;"),
        ("/supply?group=Chiena", 400, "did you mean China?"),
        ("/supply?importer=<b>x</b>", 400, "&lt;b&gt;"),
        ("/supply/gallium?importer=US,JP", 400, "name one"),
    ],
)
def test_what_cannot_be_answered_is_said_with_the_mend(asks: TestClient, path: str, status: int, said: str) -> None:
    answer = asks.get(path)
    assert answer.status_code == status
    assert said in answer.text
    assert "<script>" not in answer.text.replace("<script src", "")


@pytest.mark.parametrize("width", [336, 680])
def test_a_chart_tells_ranges_and_who_says_so(width: int) -> None:
    rows = [
        Holder(
            "China", "at least 60 %; 90 %", (Word(0.6, None, "reported", "/figure/f1"), Word(0.9, 0.9, "reference"))
        ),
        Holder("Peru", "5 %", (Word(0.05, 0.05, "reference"),)),
        Holder("Chile", "up to 3 %", (Word(None, 0.03, "assumption"),)),
    ]
    drawn = holders(rows, width, "m", "World production", "told")
    for words in ("China", "Peru", "at least 60 %; 90 %", "reported in the ledger", "as far as any reaches", "100 %"):
        assert words in drawn
    assert 'href="/figure/f1"' in drawn
    alone = holders([Holder("China", "77 %", (Word(0.77, 0.77, "reference"),))], width, "m", "t", "d")
    assert "by every source" not in alone, "one reference alone needs no key"
    assert holders([], width, "m", "t", "d")
