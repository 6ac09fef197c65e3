"""The page on money: assumptions in the address, answers, pictures and files, long runs, and what is missing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from fastapi.testclient import TestClient

from ledger.build import PROGRAMME, Article, project, stage, usd
from pledger.ledger import NOW, Ledger
from pledger.ledger.distributions import Belief
from pledger.model import Mention, Money, Stage
from pledger.vehicle.asking.adjust import grid_of
from pledger.vehicle.asking.answers import answers
from pledger.vehicle.montecarlo.simulate import simulate
from pledger.vehicle.planning.plan import plan
from pledger.vehicle.terms import terms
from pledger.vehicle.words import Source
from pledger.views.runcharts import NAMES
from pledger.views.web.app import create_app
from pledger.views.web.assumed import Assumed, changed
from pledger.views.web.moneytables import source_of
from pledger.views.web.settings import Settings
from vehicle.ledgers import ledger_of

PLANT = project("gas_power", "Fjord", "Ohio")
YARD = project("shipyard", "Harbour", "Texas")
PLEDGE = Article("A", dt.date(2026, 2, 1)).says("The pledge is $550bn.", "$550bn", usd(550e9), PROGRAMME)
FEW = "scenarios=400"


def about(subject: Mention, amount: Money, rung: Stage = Stage.COMMITTED, by: str = "A") -> Article:
    return (
        Article(by, dt.date(2026, 3, 1))
        .says(f"{subject.text} costs that much.", "that much", amount, subject)
        .says("So far it has come.", "far", stage(rung), subject)
    )


def asking(ledger: Ledger) -> TestClient:
    ledger.figures()  # what follows from the reports is written before anybody looks, as after `pledger read`
    settings = Settings(ledger="small.db", expensive_per_minute=100_000)
    return TestClient(create_app(settings, ledger), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    reports = (PLEDGE, about(PLANT, usd(30e9)), about(PLANT, usd(45e9), by="B"), about(YARD, usd(5e9), Stage.PLEDGED))
    with ledger_of(tmp_path_factory.mktemp("money") / "l.db", *reports) as made:
        yield made


@pytest.fixture(scope="module")
def asks(ledger: Ledger) -> TestClient:
    return asking(ledger)


def answered(asks: TestClient, query: str = FEW) -> dict[str, Any]:
    """The answers as JSON, once they are there."""
    end = time.monotonic() + 600
    while time.monotonic() < end:
        found: dict[str, Any] = asks.get(f"/money.json?{query}").json()
        if found["state"] not in ("waiting", "running"):
            return found
    raise AssertionError(f"no end of {query}")


def chance(found: dict[str, Any]) -> float:
    (its,) = [a for a in found["answers"] if a["name"] == "principal back of pledging"]
    return float(its["mean"])


def test_the_page_has_what_an_analyst_asks(asks: TestClient) -> None:
    found = answered(asks)
    assert found["state"] == "done", found
    page = asks.get(f"/money?{FEW}")
    assert page.status_code == 200
    assert len(page.content) < 300_000
    for words in (
        "drawn by", "nine in ten lie between", "The chance that the principal comes back", "Who gets what",
        "Public lender", "Does the principal come back?", "half the interest", "Insurance or investment?",
        "What to check next", "reported", "reference", "assumption", "/workbook.xlsx?", "/flows.csv?",
        "pledger run",
    ):  # fmt: skip
        assert words in page.text, words
    assert re.search(r'<h3><a href="/figure/f\w+">', page.text), "a fact to check leads to its sentences"
    assert page.text.count("<figure") == len(NAMES)
    assert not re.search(r'<script(?! src)|style="|\son\w+=', page.text), "nothing inline"


def test_the_numbers_are_those_of_the_simulation(asks: TestClient, ledger: Ledger) -> None:
    made = plan(ledger, terms("japan"))
    expected = {a.name: a for a in answers(simulate(made, 400))}
    found = answered(asks)
    for answer in found["answers"]:
        assert answer["mean"] == pytest.approx(expected[answer["name"]].mean, nan_ok=True), answer["name"]
        assert answer["p95"] == pytest.approx(expected[answer["name"]].p95, nan_ok=True)
    assert [r["name"] for r in found["interpretations"]] == [i.name for i in made.interpretations]
    assert found["quarters"] == grid_of(made).labels()
    assert len(found["fans"]["drawn"]["p50"]) == made.quarters


def test_an_assumption_in_the_address_changes_the_answer_and_is_marked_as_one(asks: TestClient) -> None:
    before, after = answered(asks), answered(asks, f"{FEW}&yields=200&overruns=80")
    assert chance(after) > chance(before)
    turned = [i for i in after["inputs"] if i["name"].endswith(".cash_yield")]
    assert {i["basis"] for i in turned} == {"assumption"}
    assert all(i["sources"][0]["where"] == "turned to 200 % on this page" for i in turned)
    page = asks.get(f"/money?{FEW}&yields=200&overruns=80").text
    assert "cash yields at 200 %; cost overruns at 80 %" in page
    assert 'value="200"' in page, "the slider stands where it was turned to"
    assert "/chart/drawn.svg?scenarios=400&amp;yields=200&amp;overruns=80" in page


def test_a_delay_moves_the_belief_on_how_long_building_takes(ledger: Ledger) -> None:
    made = plan(ledger, terms("japan"))
    (before, after) = (one.candidates[0].delay.belief for one in (made, changed(made, Assumed("JP>US", NOW, delay=7))))
    assert isinstance(before, Belief)
    assert isinstance(after, Belief)
    assert after.mean() == pytest.approx(before.mean() + 7)
    assert changed(made, Assumed("JP>US", NOW)) == made, "what is not turned stays as it was"


def test_a_reading_and_a_scenario_are_chosen_by_name(asks: TestClient) -> None:
    forced = answered(asks, f"{FEW}&interpretation=principal&fill=1")
    (reading,) = [r for r in forced["interpretations"] if r["name"] == "principal"]
    assert chance(forced) == reading["principal_back"], "one and the same simulation"
    late = answered(asks, f"{FEW}&scenario=three+years+late")
    assert late["assumed"]["scenario"] == "three years late"
    assert late["answers"] != answered(asks)["answers"]
    assert len(forced["projects"]) > len(late["projects"]), "the ceiling is filled"


@pytest.mark.parametrize("query", ["yields=-1", "yields=nan", "delay=1e9", "scenarios=5", "scenarios=1.5", "seed=-1",
                                   "interpretation=mine", "scenario=none", "fill=2", "valuation=soon", "as_of=now",
                                   "programme=XX%3EYY", f"yields={'9' * 50}"])  # fmt: skip
def test_what_cannot_be_assumed_is_said(asks: TestClient, query: str) -> None:
    page, program = asks.get(f"/money?{query}"), asks.get(f"/money.json?{query}")
    assert page.status_code == program.status_code == (404 if "programme" in query else 400)
    assert query.partition("=")[0] in program.json()["problem"]


def test_a_run_is_made_once_for_all_who_ask(asks: TestClient) -> None:
    answered(asks)
    runs = asks.app.state.room.runs  # type: ignore[attr-defined]
    before = {run.id for run in runs._runs.values()}
    for path in ("/money", "/money.json", "/money.csv", "/chart/drawn.svg"):
        assert asks.get(f"{path}?{FEW}&yields=100").status_code == 200, "what is usual may be said or not"
    assert {run.id for run in runs._runs.values()} == before


def test_a_new_report_makes_a_new_run(tmp_path: Path) -> None:
    with ledger_of(tmp_path / "l.db", PLEDGE, about(PLANT, usd(30e9))) as small:
        asks = asking(small)
        before = answered(asks)
        assert "1 project." in asks.get(f"/money?{FEW}").text, "in the central case"
        document, claims = about(YARD, usd(8e9)).done()
        small._store.add(document, claims, b"", dt.datetime(2026, 6, 2))  # noqa: DTZ001
        small.figures()
        after = answered(asks)
    assert [len(found["projects"]) for found in (before, after)] == [1, 2]


@pytest.mark.parametrize("name", NAMES)
def test_every_chart_is_a_picture_with_its_source_line(asks: TestClient, name: str) -> None:
    answered(asks)
    drawn = asks.get(f"/chart/{name}.svg?{FEW}")
    assert drawn.headers["content-type"] == "image/svg+xml"
    root = ET.fromstring(drawn.text)  # noqa: S314  made by us
    words = " ".join(root.itertext())
    assert "400 scenarios" in words
    assert "Source: Pledger, ledger small.db" in words
    assert "var(" not in drawn.text, "a file of its own has colours of its own"
    picture = asks.get(f"/chart/{name}.png?{FEW}")
    assert picture.content.startswith(b"\x89PNG")


def test_the_workbook_and_the_flows_hold_the_assumed_case(asks: TestClient) -> None:
    book = openpyxl.load_workbook(io.BytesIO(asks.get("/workbook.xlsx?yields=150").content))
    assert {"Results", "Check", "Inputs"} <= set(book.sheetnames)
    usual, turned = (asks.get(f"/flows.csv{query}").text for query in ("", "?yields=150"))
    before, after = (list(csv.DictReader(io.StringIO(text))) for text in (usual, turned))

    def sum_of(rows: list[dict[str, str]], column: str, party: str) -> float:
        return sum(float(row[column]) for row in rows if row["party"] == party)

    assert sum_of(after, "received", "host") > sum_of(before, "received", "host") > 0
    assert sum_of(after, "paid", "public_lender") == sum_of(before, "paid", "public_lender") > 0


def test_the_tables_come_along(asks: TestClient) -> None:
    answered(asks)
    rows = list(csv.reader(io.StringIO(asks.get(f"/money.csv?{FEW}").content.decode("utf-8-sig"))))
    assert rows[0][:3] == ["Answer", "Unit", "Mean"]
    assert ["drawn by the deadline", "USD"] in [row[:2] for row in rows]
    book = openpyxl.load_workbook(io.BytesIO(asks.get(f"/money.xlsx?{FEW}").content))
    assert book.sheetnames == ["Answers", "Readings", "Quarters", "Inputs", "Left out", "Source"]
    assert "Source: Pledger, ledger small.db" in str([c.value for c in book["Source"]["A"]])


def test_a_long_run_is_watched_and_cancelled(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledger.vehicle.montecarlo.simulate._cores", lambda: 1)  # long on a large machine too
    asks = asking(ledger)
    address = "/money?scenarios=1000000"
    page = asks.get(address)
    assert '<noscript><meta http-equiv="refresh"' in page.text, "without a script the page asks again by itself"
    (id_,) = set(re.findall(r'name="run" value="([^"]+)"', page.text))
    assert asks.get(f"/progress/{id_}").json()["state"] in ("waiting", "running")
    watched = asks.get("/money.json?scenarios=1000000").json()
    assert (watched["state"], watched["run"]) == ("running", id_)
    assert asks.get("/chart/drawn.svg?scenarios=1000000").status_code == 503
    answer = asks.post("/money/run", data={"run": id_, "act": "cancel", "back": "/money?yields=150"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/money?yields=150")
    run = asks.app.state.room.runs.of(id_)  # type: ignore[attr-defined]
    assert run.wait(60), "it stops at the next piece of work"
    page = asks.get(address)
    assert "This run was cancelled" in page.text
    assert "http-equiv" not in page.text
    again = asks.post("/money/run", data={"run": id_, "act": "again", "back": "http://example.org/?scenarios=1000000"})
    assert again.headers["location"] == address, "never to another host"
    assert asks.get(f"/progress/{id_}").status_code == 404
    assert asks.get(address).text.count(id_) == 0
    asks.app.state.room.runs.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("where", ["javascript:alert(1)", "data:text/html,x", "//example.org/", "A report, page 3"])
def test_only_addresses_of_the_web_become_links(where: str) -> None:
    given = source_of(Source(where, 2026, weak=True))
    assert (given.address, given.words, given.weak) == (None, f"{where} (2026)", True)
    assert source_of(Source("https://www.example.org/a?b=c")).words == "example.org"


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with ledger_of(tmp_path / "l.db", PLEDGE) as bare:
        asks = asking(bare)
        found = answered(asks)
        assert found["state"] == "missing"
        assert found["problem"]
        assert found["mend"]
        page = asks.get(f"/money?{FEW}")
        assert page.status_code == 200
        assert "This cannot be run yet" in page.text
        assert "the box under the assumptions" in page.text, "what would help, in the page's words"
        assert "--fill" not in page.text
        for file in ("/workbook.xlsx", "/flows.csv", f"/chart/drawn.svg?{FEW}", f"/chart/drawn.png?{FEW}"):
            answer = asks.get(file)
            assert answer.status_code == 404
            assert answer.json()["problem"]
    with ledger_of(tmp_path / "empty.db") as empty:
        asks = asking(empty)
        assert "Nothing has been read yet" in asks.get("/money").text
        assert asks.get("/flows.csv").status_code == 404
    with ledger_of(tmp_path / "other.db", about(PLANT, usd(30e9))) as nameless:
        assert "names a programme" in asking(nameless).get("/money").text


def test_a_programme_without_vehicle_terms_says_so(corpus_ledger: Ledger) -> None:
    asks = asking(corpus_ledger)
    found = asks.get("/money.json?programme=EU%3EUS").json()
    assert found["state"] == "missing"
    assert "no vehicle terms are reported" in found["problem"]
    assert "JP>US" in found["programmes"], "and which programmes can be run"
    page = asks.get("/money?programme=EU%3EUS").text
    assert "under terms.vehicle" in page
    assert "/money?programme=JP%3EUS" in page
