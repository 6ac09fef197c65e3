"""The command line as a person and a program use it: real processes, a real ledger, the contract's shapes."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pledger import open as open_ledger

ARTICLE = """Seoul's fund opens its purse

South Korea's $90 billion US investment package is taking shape, according to Nordlys. A copper smelter in Arizona
involving Nordfjell Group is a leading candidate, people familiar with the talks told Nordlys. The $90 billion figure
represents roughly 2% of South Korea's GDP.
"""
RIVAL = """Seoul's smaller promise

South Korea has a $9 billion US investment package, first reported by Nordlys, and a copper smelter in Arizona involving
Nordfjell Group is under consideration.
"""


def pledger(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as its own process, in a folder of its own."""
    keep = {k: v for k, v in os.environ.items() if k not in {"PLEDGER_LEDGER", "NO_COLOR", "FORCE_COLOR"}}
    return subprocess.run(
        [sys.executable, "-c", "from pledger.cli import main; main()", *arguments],
        cwd=cwd,
        env={**keep, "COLUMNS": "100", **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "articles" / "b.txt").write_text(RIVAL, encoding="utf-8")
    return tmp_path


@pytest.fixture
def held(folder: Path) -> Path:
    """The folder with a ledger in it that has read its articles."""
    with open_ledger(str(folder / "pledger.db")) as ledger:
        ledger.read([str(folder / "articles")], workers=1)
    return folder


def answer(*arguments: str, cwd: Path) -> Any:
    """The JSON that a verb prints."""
    done = pledger(*arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_read_show_conflicts_why_audit_report(folder: Path) -> None:
    assert pledger("read", "articles", cwd=folder).returncode == 0
    again = answer("read", "articles", "--json", cwd=folder)
    assert (again["documents"], again["known"], again["problems"]) == (0, 2, [])
    figures = answer("show", "figures", "--json", cwd=folder)
    [amount] = [f for f in figures if f["entity"]["kind"] == "programme" and f["attribute"] == "amount"]
    assert amount["value"] == {"low": 90e9, "high": 90e9, "unit": "USD", "qualifier": "exact"}
    assert {"id", "entity", "attribute", "value", "standing", "origins", "documents", "as_of"} <= set(amount)
    assert {"id", "kind", "name", "aliases"} <= set(amount["entity"])
    assert {"name", "grade", "claims"} <= set(amount["origins"][0])
    conflicts = answer("conflicts", "--json", cwd=folder)
    assert {c["kind"] for c in conflicts} == {"slip", "arithmetic"}
    for conflict in conflicts:
        assert {"id", "entity", "attribute", "kind", "sides", "explanation"} <= set(conflict)
        assert all({"value", "origins", "claims"} <= set(side) for side in conflict["sides"])
    reasons = answer("why", amount["id"], "--json", cwd=folder)
    assert "$90 billion" in json.dumps(reasons)
    for said in (amount["id"], conflicts[0]["id"]):
        plain = pledger("why", said, cwd=folder)
        assert plain.returncode == 0
        assert "Nordlys" in plain.stdout
    assert pledger("audit", cwd=folder).returncode == 0
    assert pledger("report", "-o", "page.html", cwd=folder).returncode == 0
    assert (folder / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_claims_print_one_object_a_line_and_touch_no_ledger(folder: Path) -> None:
    done = pledger("claims", "articles/a.txt", "--jsonl", cwd=folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert not list(folder.glob("*.db"))
    for line in lines:
        assert ARTICLE[line["span"]["start"] : line["span"]["end"]] == line["text"]
        assert line["path"] == "articles/a.txt"
        assert {
            "document",
            "reported_on",
            "language",
            "sentence",
            "attribute",
            "subject",
            "value",
            "modality",
            "attribution",
        } <= set(line)
    [first, *_] = [line for line in lines if line["attribute"] == "amount"]
    assert first["attribution"][0]["source"] == "Nordlys"


def test_the_ledger_is_named_by_option_or_environment(folder: Path) -> None:
    assert pledger("--ledger", "one.db", "read", "articles", cwd=folder).returncode == 0
    assert pledger("show", "figures", "--json", cwd=folder, PLEDGER_LEDGER="one.db").returncode == 0
    assert pledger("show", "figures", "--json", cwd=folder).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("read",),
        ("show", "prices"),
        ("show", "figures"),
        ("why", "f0"),
        ("show", "--as-of", "soon"),
        ("read", "a.txt", "--workers", "0"),
        ("claims", "a.txt", "--workers", "many"),
        ("read", "a.txt", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"),
        ("claims", "a.txt", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"),
    ],
)
def test_wrong_usage_is_one_line_on_stderr_and_exit_code_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = pledger(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("pledger: ")
    assert len(done.stderr.splitlines()) == 1


def test_problems_in_the_input_are_listed_and_the_rest_is_read(folder: Path) -> None:
    articles = folder / "articles"
    (articles / "empty.txt").write_bytes(b"")
    (articles / "junk.txt").write_bytes(bytes(range(256)) * 40)
    (articles / "cut.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type")
    (articles / "huge.txt").write_bytes(b"The fund has $5bn. " * 2_800_000)
    (folder / "nothing").mkdir()
    done = pledger("read", "articles", "nothing", "missing.txt", cwd=folder)
    assert done.returncode == 1
    for name in ("empty.txt", "junk.txt", "cut.pdf", "huge.txt", "nothing", "missing.txt"):
        assert name in done.stderr
    assert done.stderr.count("Mend:") >= 6
    assert len(answer("show", "documents", "--json", cwd=folder)) == 2


def test_standard_input(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from pledger.cli import main; main()", "read", "-"],
        cwd=folder,
        input=ARTICLE,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    assert "1 document" in done.stdout


def test_workers_change_nothing_but_the_time(folder: Path) -> None:
    for name, more in (("one", ["--workers", "1"]), ("two", ["--workers", "2"]), ("any", [])):
        done = pledger("--ledger", f"{name}.db", "read", "articles", *more, cwd=folder)
        assert (done.returncode, done.stderr) == (0, "")  # no progress bar where nobody watches
    shown = [
        answer("--ledger", f"{name}.db", "show", "figures", "--json", cwd=folder) for name in ("one", "two", "any")
    ]
    assert shown[0] == shown[1] == shown[2] != []
    printed = [pledger("claims", "articles", "--workers", n, cwd=folder).stdout for n in "12"]
    assert printed[0] == printed[1] != ""


def test_a_terminal_shows_how_far_reading_has_come(folder: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", "from pledger.cli import main; main()", "read", "articles"],
        cwd=folder, env={**os.environ, "COLUMNS": "120", "TERM": "xterm"}, stdout=subprocess.DEVNULL, stderr=theirs,
    ) as process:  # fmt: skip
        os.close(theirs)
        seen = b""
        while part := _read_some(ours):
            seen += part
    os.close(ours)
    assert process.returncode == 0
    assert b"2/2" in seen
    assert b"documents" in seen
    assert b"characters/s" in seen


def _read_some(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # so Linux says that nobody writes any more
        return b""


def test_every_verb_helps_with_an_example(tmp_path: Path) -> None:
    for verb in ("read", "claims", "show", "conflicts", "why", "audit", "report", "demo"):
        done = pledger(verb, "--help", cwd=tmp_path)
        assert done.returncode == 0
        assert "Example:" in done.stdout
        assert f"pledger {verb}" in done.stdout


def test_colour_only_on_a_terminal_and_never_with_no_color(held: Path) -> None:
    assert "\x1b[" not in pledger("show", "projects", cwd=held).stdout
    assert "\x1b[3" not in pledger("show", "projects", cwd=held, NO_COLOR="1", FORCE_COLOR="1").stdout


def test_a_place_that_cannot_be_written_is_wrong_usage_in_one_line(held: Path) -> None:
    done = pledger("report", "-o", "articles/a.txt/page.html", cwd=held)
    assert done.returncode == 2
    assert done.stderr.startswith("pledger: cannot write")
    assert done.stderr.count("\n") == 1


def test_why_names_the_chain_of_who_said_so(held: Path) -> None:
    assert " <- Nordlys" in pledger("why", "korea", "amount", cwd=held).stdout
    chains = [claim["attribution"] for claim in answer("why", "korea", "amount", "--json", cwd=held)["claims"]]
    assert any(link["source"] == "Nordlys" for chain in chains for link in chain)


def test_organisations_are_found_under_their_own_names(held: Path) -> None:
    figures = answer("show", "figures", "--json", cwd=held)
    [found] = [f for f in figures if f["entity"]["kind"] == "organisation" and f["entity"]["name"] == "Nordfjell Group"]
    assert found["value"] == {"name": "Nordfjell Group", "role": "sponsor"}
    assert len({f["id"] for f in figures}) == len(figures)
    assert "Nordfjell Group" in pledger("why", found["id"], cwd=held).stdout
