"""What the page of a project says of its money: the plan's chance and cost, and the years of a case."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from pledger.ledger import NOW, Ledger
from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.central import central
from pledger.views.web.assumed import Assumed
from pledger.views.web.outcome import planned
from web.asking import client, read

SWISS = """---
title: A Swiss plant for Ohio
reported_on: 2026-02-03
language: en
---
Switzerland has pledged to invest $200 billion in the United States by 2028. Under the Swiss pledge, Helvetia Pharma \
AG plans a $3 billion insulin plant in Dayton, Ohio.
"""


@pytest.fixture(scope="module")
def asks(corpus_ledger: Ledger) -> TestClient:
    return client(corpus_ledger)


def test_each_project_of_the_plan_has_its_part(asks: TestClient, corpus_ledger: Ledger) -> None:
    plan = planned(corpus_ledger, Assumed("JP>US", NOW)).plan
    flows = run(central(plan))
    rows = {project.name: n for n, project in enumerate(flows.case.projects)}
    shares, funded = 0.0, 0
    for one in plan.candidates:
        money = asks.get(f"/project/{one.id}.json").json()["money"]
        while money["coming"]:
            money = asks.get(f"/project/{one.id}.json").json()["money"]
        shares += money["share"]
        assert 0 < money["chance"] <= 1
        assert money["cost"] > 0
        assert money["central"] is (one.name in rows)
        if one.name in rows:
            funded += 1
            drawn = sum(year["drawn"] for year in money["years"])
            assert drawn == pytest.approx(float(flows.draws[rows[one.name]].sum()))
        assert money["first_call"] <= money["last_call"]
    assert shares == pytest.approx(1.0)
    assert funded == len(rows) > 0


def test_a_project_that_the_run_does_not_have_is_told_why(asks: TestClient, corpus_ledger: Ledger) -> None:
    plan = planned(corpus_ledger, Assumed("JP>US", NOW)).plan
    known = {project["name"]: project["id"] for project in asks.get("/projects.json").json()}
    out = next(out for out in plan.excluded if out.what in known)
    money = asks.get(f"/project/{known[out.what]}.json").json()["money"]
    assert money["words"].startswith(out.why)
    assert money["chance"] is None


def test_a_project_of_a_programme_without_terms_is_told_so(tmp_path: Path, asks: TestClient) -> None:
    # The bundled corpus has no such project: its Swiss article speaks of Japan's where it says who selects them.
    assert not [p for p in asks.get("/projects.json").json() if p["attributes"].get("programme") == "CH>US"]
    (tmp_path / "plant.md").write_text(SWISS, encoding="utf-8")
    swiss = client(read(tmp_path, str(tmp_path / "ledger.db")))
    [project] = swiss.get("/projects.json").json()
    assert project["attributes"]["programme"] == "CH>US"
    assert "No vehicle terms are reported for its programme" in swiss.get(f"/project/{project['id']}").text


def test_parties_stand_by_role_with_the_figure_that_says_so(asks: TestClient) -> None:
    project = next(p for p in asks.get("/projects.json").json() if p["sponsors"])
    page = asks.get(f"/project/{project['id']}").text
    section = page[page.index("<h2>Parties</h2>") :]
    assert f'href="/figure/{project["sponsors"][0]["id"]}"' in section[: section.index("</section>")]
    table = asks.get(f"/project/{project['id']}.csv", params={"table": "parties"})
    assert table.text.splitlines()[0].endswith("Role,Name,Standing,Origins,Figure")
