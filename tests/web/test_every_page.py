"""Every page of `PAGES`, over the bundled corpus: its date picker, its address, what can be taken away, its JSON."""

from __future__ import annotations

import csv
import io
import re
import time
from html import unescape
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from PIL import Image

from pledger.ledger import Ledger
from pledger.views.web.pages import PAGES, Entry
from web.asking import client

AS_OF = "2026-03-25"


@pytest.fixture(scope="module")
def asks(corpus_ledger: Ledger) -> TestClient:
    return client(corpus_ledger)


@pytest.fixture(scope="module")
def addresses(asks: TestClient) -> dict[str, str]:
    """By the path of an entry the address of one page of its kind, the richest."""
    first = asks.get("/index.json").json()
    project = max(asks.get("/projects.json").json(), key=lambda p: len(p["figures"]))
    # Its money is worked out beside the pages: it is there on all that are asked for from now on.
    while asks.get(f"/project/{project['id']}.json").json()["money"]["coming"]:
        time.sleep(0.05)
    conflict = asks.get("/conflicts.json").json()["conflicts"][0]
    ids = {
        "/project/{id}": project["id"],
        "/entity/{id}": first["programme"]["id"],
        "/figure/{id}": first["programme"]["ceiling"]["id"],
        "/conflict/{id}": conflict["id"],
        "/supply/{id}": "industrial_diamond",
        "/article/{id}": asks.get("/articles.json").json()["documents"][-1]["id"],
    }
    return {entry.path: re.sub(r"{\w+}", ids.get(entry.path, ""), entry.path) for entry in PAGES}


def links(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'href="([^"]+)"', page)]


def named(entry: Entry) -> str:
    return entry.path


# What is on each page


@pytest.mark.parametrize("entry", PAGES, ids=named)
def test_each_page_can_be_asked_as_of_a_day_and_keeps_its_whole_address(
    asks: TestClient, addresses: dict[str, str], entry: Entry
) -> None:
    address = addresses[entry.path]
    page = asks.get(address)
    assert page.status_code == 200
    assert '<input id="as-of" type="date" name="as_of"' in page.text
    extra = {"q": "a b&c"} if "q" in entry.parameters else {}
    past = asks.get(address, params={"as_of": AS_OF, **extra})
    assert past.status_code == 200, past.text
    form = past.text[past.text.index('<form class="moment"') : past.text.index("</form>")]
    assert f'value="{AS_OF}"' in form
    assert f'action="{address}"' in form
    for name, value in extra.items():
        assert f'name="{name}" value="{value.replace("&", "&amp;")}"' in form, "a day is chosen, and the rest is kept"
    assert 'name="id"' not in past.text, "what the path says is not said again"
    inside = [link for link in links(past.text) if re.match(r"/(projects|figure/|project/|entity/|article/)", link)]
    left = [link for link in inside if f"as_of={AS_OF}" not in link and link.split("?")[0] != address]
    assert not left, "every way onwards stays in the past, but for the way back to now"


@pytest.mark.parametrize("entry", PAGES, ids=named)
def test_each_table_and_chart_can_be_taken_away_with_its_source(
    asks: TestClient, addresses: dict[str, str], entry: Entry
) -> None:
    while entry.path == "/money" and asks.get("/money.json").json()["state"] in ("waiting", "running"):
        time.sleep(0.05)  # a run that ends in between would change what is offered
    page = asks.get(addresses[entry.path]).text
    offered = [
        link for link in links(page) if re.search(r"\.(csv|xlsx|json|svg|png)(\?|$)", link) and "/static" not in link
    ]
    forms = {re.search(r"\.(\w+)(\?|$)", link).group(1) for link in offered}  # type: ignore[union-attr]
    assert {"csv", "xlsx", "json"} <= forms
    charts = len(re.findall(r'<div class="pictured">', page))
    assert {"svg", "png"} <= forms or not charts
    assert charts == 0 or entry.drawn
    own = next(x for x in offered if ".xlsx" in x and not x.startswith("/workbook"))
    book = openpyxl.load_workbook(io.BytesIO(asks.get(own).content))
    *sheets, about = book.sheetnames
    tables = list(dict.fromkeys(x for x in offered if x.split("?")[0].endswith(".csv") and x[:6] != "/flows"))
    assert len(tables) == len(sheets), "every table of the workbook is offered by itself"
    for link, name in zip(tables, sheets, strict=True):
        told = asks.get(link)
        assert told.status_code == 200
        rows = list(csv.reader(io.StringIO(told.content.decode("utf-8-sig"))))
        assert rows[0] == [cell.value for cell in book[name][1]]
        assert len(rows) == book[name].max_row
    said = " ".join(str(row[0].value) for row in book[about].iter_rows())
    assert re.search(r"Source: Pledger, ledger ledger\.db", said), said
    assert f"; {addresses[entry.path]}" in said
    for link in offered:
        if ".svg" in link:
            drawn = asks.get(link)
            assert drawn.status_code == 200, link
            assert drawn.headers["content-disposition"].startswith("attachment")
            assert "Source: Pledger, ledger ledger.db" in drawn.text
            assert "var(--" not in drawn.text, "a file of its own has colours of its own"
        elif ".png" in link:
            picture = Image.open(io.BytesIO(asks.get(link).content))
            assert picture.width >= 600
    assert (
        asks.get(
            f"{addresses[entry.path] or '/'}.csv".replace("/.csv", "/index.csv"), params={"table": "x"}
        ).status_code
        == 404
    )


@pytest.mark.parametrize("entry", PAGES, ids=named)
def test_the_json_of_each_page_is_as_the_document_says(
    asks: TestClient, addresses: dict[str, str], entry: Entry
) -> None:
    document = asks.get("/openapi.json").json()
    path = "/index.json" if entry.path == "/" else f"{entry.path}.json"
    schema = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = plain(schema | {"components": document["components"]})
    address = "/index.json" if entry.path == "/" else f"{addresses[entry.path]}.json"
    for asked in ({}, {"as_of": AS_OF}):
        found = asks.get(address, params=asked)
        assert found.status_code == 200
        wrong = [
            f"{list(e.absolute_path)}: {e.message[:200]}" for e in Draft202012Validator(whole).iter_errors(found.json())
        ]
        assert not wrong, wrong[:3]


def plain(schema: Any) -> Any:
    """OpenAPI 3.0 as JSON Schema: what is `nullable` there may be null."""
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    its = {key: plain(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [its, {"type": "null"}]} if schema.get("nullable") else its


def test_a_schema_says_something() -> None:
    """The check above can fail: a page without a key that is promised is told."""
    from pledger.views.web.schemas import SCHEMAS

    whole = plain({"$ref": "#/components/schemas/Figures", "components": {"schemas": SCHEMAS}})
    assert list(Draft202012Validator(whole).iter_errors({"total": 1, "page": 1, "figures": [{"id": "f1"}]}))
    assert all(entry.schema for entry in PAGES)


def test_every_figure_of_a_page_is_cited(asks: TestClient, addresses: dict[str, str]) -> None:
    for path in ("/figure/{id}", "/conflict/{id}"):
        cited = asks.get(f"{addresses[path]}.json", params={"as_of": AS_OF}).json()["cited"]
        assert AS_OF in cited["text"]
        assert cited["bibtex"].startswith("@misc{pledger-")
        assert asks.get(cited["path"]).status_code == 200, "the permanent address is one"
        page = asks.get(addresses[path], params={"as_of": AS_OF}).text
        assert cited["path"] in unescape(page)
