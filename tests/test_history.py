"""The verbs that look back, and the two times on all others, as a person and a program use them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest

from pledger import open as open_ledger
from pledger.cli import main

OLD = """---
publisher: Fjord Times
date: 2026-01-10
---
South Korea's $90 billion US investment package is taking shape. A copper smelter in Arizona involving Nordfjell Group
is a leading candidate, officials said.
"""
NEW = """---
publisher: Reuters
date: 2026-03-10
---
South Korea has a $9 billion US investment package. A gas-fired power plant in Ohio involving Harbour Energy will cost
$2.5 billion, and construction of the copper smelter in Arizona involving Nordfjell Group has begun.
"""


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


class Shell:
    """Runs commands in one folder, in this process: the command line of `test_cli` without its start-up."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Done:
        self._capsys.readouterr()
        code = 0
        try:
            main(arguments)
        except SystemExit as leaving:
            code = int(leaving.code or 0)
        out, err = self._capsys.readouterr()
        return Done(code, out, err)

    def json(self, *arguments: str) -> Any:
        """The JSON that a verb prints."""
        done = self(*arguments, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that has read both articles."""
    place = tmp_path_factory.mktemp("history")
    for name, text in (("old", OLD), ("new", NEW)):
        (place / f"{name}.md").write_text(text, encoding="utf-8")
    with open_ledger(str(place / "pledger.db")) as ledger:
        assert ledger.read([str(place)]).documents == 2
    return place / "pledger.db"


@pytest.fixture
def run(once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Commands in a folder with a copy of it."""
    shutil.copy(once, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLEDGER_LEDGER", raising=False)
    monkeypatch.setenv("COLUMNS", "120")
    return Shell(capsys)


def test_every_answer_can_be_had_as_of_a_day(run: Shell) -> None:
    for verb in (
        ("show", "projects"),
        ("show", "figures"),
        ("show", "documents"),
        ("show", "claims"),
        ("show", "sources"),
    ):
        then, now = (run.json(*verb, *more) for more in (("--as-of", "2026-01-31"), ()))
        assert 0 < len(then) < len(now), verb
        assert run.json(*verb, "--known-on", "2026-01-31") == []  # it was all read today
        assert run.json(*verb, "--known-on", "2100-01-01") == now
    assert run.json("conflicts", "--as-of", "2026-01-31") == []
    assert run.json("conflicts") != []
    whole = run.json("why", "korea", "amount")
    part = run.json("why", "korea", "amount", "--as-of", "2026-01-31")
    assert len(part["claims"]) < len(whole["claims"])
    assert run("audit", "--as-of", "2026-01-31").code == 0
    assert run("report", "-o", "then.html", "--as-of", "2026-01-31").code == 0
    page = Path("then.html").read_text(encoding="utf-8")
    assert "As reported by 31 January 2026" in page
    assert "Harbour Energy" not in page


def test_what_has_changed_and_by_which_sentence(run: Shell) -> None:
    found = run.json("changes", "--since", "2026-01-31")
    kinds = {(c["kind"], c["entity"]["kind"]) for c in found}
    assert ("contradicted", "programme") in kinds
    assert ("new", "project") in kinds
    assert all({"id", "kind", "entity", "said", "about", "weight", "evidence"} <= set(c) for c in found)
    assert [c["weight"] for c in found] == sorted((c["weight"] for c in found), reverse=True)
    assert {e["publisher"] for c in found for e in c["evidence"]} == {"Reuters"}
    assert run.json("changes", "--since", "2026-03-10") == []
    plain = run("changes", "--since", "2026-01-31", "--atom", "feed.xml")
    assert "Reuters" in plain.out
    assert "Nothing has changed" in run("changes", "--since", "2026-03-10").out
    feed = feedparser.parse(Path("feed.xml").read_bytes())
    assert not feed.bozo
    assert {e.id.rpartition("/")[2] for e in feed.entries} == {c["id"] for c in found}
    # By when it was read, all of it is new, and once more the same changes have the same ids.
    read = run.json("changes", "--since", "2026-01-31", "--read")
    assert {c["kind"] for c in read} <= {"new", "contradicted"}


def test_health_and_a_grade(run: Shell) -> None:
    found = run.json("health", "--as-of", "2026-04-01")
    assert {h["entity"]["kind"] for h in found} == {"programme", "project"}
    for item in found:
        assert {"score", "parts", "missing", "last_word", "age", "fields"} <= set(item)
        assert 0 <= item["score"] <= 1
    [one] = run.json("health", "smelter")
    assert "offtaker" in one["missing"]
    assert "offtaker" in run("health", "smelter").out
    done = run("grade", "fjord times", "A", "--by", "A. Larsen", "--reason", "long record")
    assert done.code == 0, done.err
    [source] = [s for s in run.json("show", "sources") if s["origin"] == "Fjord Times"]
    assert (source["grade"], len(source["judgements"])) == ("A", 1)
    assert "judged" in run("show", "sources", "Fjord").out
    assert "A. Larsen" in run("why", "korea", "amount").out
    assert run("judge", "--withdraw", source["judgements"][0], "--reason", "no").code == 0
    [source] = [s for s in run.json("show", "sources") if s["origin"] == "Fjord Times"]
    assert (source["grade"], source["judgements"]) == ("D", [])
    listed = run.json("judge", "--list")
    assert listed[0]["withdrawn"] is not None
    assert run.json("judge", "--list", "--known-on", "2026-01-01") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("changes",),
        ("changes", "--since", "2026-03-01", "--until", "2026-02-01"),
        ("changes", "--since", "2026-03-01", "--until", "2026-04-01", "--as-of", "2026-04-01"),
        ("show", "--known-on", "soon"),
        ("grade", "Fjord Times", "G", "--reason", "x"),
        ("grade", "Fjord Times", "A"),
        ("grade", "nobody at all", "A", "--reason", "x"),
        ("grade", "c000", "3", "--reason", "x"),
        ("judge", "--as-of", "2026-01-01"),
    ],
)
def test_wrong_usage_says_the_mend(arguments: tuple[str, ...], run: Shell) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("pledger: ")
    assert len(done.err.splitlines()) == 1
