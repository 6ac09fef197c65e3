"""Watching feeds into a ledger: a real server in a process of its own, real commands, nothing read twice."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from pledger import reading
from pledger.documents.watch import Web, user_agent
from pledger.ledger.store import Store
from pledger.ledger.watching import watch

SERVER = Path(__file__).parents[1] / "documents" / "feed_server.py"
NOW = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The server's address and the log of what it was asked."""
    log = tmp_path / "asked.jsonl"
    log.touch()
    with subprocess.Popen([sys.executable, str(SERVER), str(log)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}", log
        process.kill()


@pytest.fixture
def feeds(server: tuple[str, Path], tmp_path: Path) -> Path:
    path = tmp_path / "feeds.opml"
    lines = "".join(f'<outline text="{name}" xmlUrl="{server[0]}/{name}"/>' for name in ("good", "busy", "gone"))
    path.write_text(f"<opml version='2.0'><body>{lines}</body></opml>", encoding="utf-8")
    return path


def asked(log: Path) -> list[str]:
    return [json.loads(line)["path"] for line in log.read_text(encoding="utf-8").splitlines()]


def test_rounds(server: tuple[str, Path], feeds: Path, tmp_path: Path) -> None:
    store, web = Store(str(tmp_path / "l.db")), Web(user_agent("1"), pause=0.0)
    clock = [NOW]

    def round_at(moment: dt.datetime) -> dict[str, object]:
        clock[0] = moment
        found = watch(store, str(feeds), web, once=True, now=lambda: clock[0])
        return {p.feed.title or "": (p.result.documents if p.result else p.state) for p in found if p.feed}

    first = round_at(NOW)
    assert first["good"] == 1
    assert set(first) == {"good", "busy", "gone"}
    assert {p.what for p in store.problems()} == {"Feed not answered", "Feed gone"}
    assert round_at(NOW + dt.timedelta(minutes=10)) == {}, "nobody is asked too soon, also by another run"
    later = round_at(NOW + dt.timedelta(hours=2))
    assert set(later) == {"good", "busy"}, "what is gone is not asked again"
    assert len(store.documents()) == 1
    assert asked(server[1]).count("/gone") == 1
    [document] = store.documents()
    assert document.publisher == "The Quay"
    assert document.reported_on == dt.date(2026, 3, 9)
    store.close()
    web.close()


def test_items_that_are_known_are_not_read_again(server: tuple[str, Path], feeds: Path, tmp_path: Path) -> None:
    feeds.write_text(f"<opml><body><outline xmlUrl='{server[0]}/growing'/></body></opml>", encoding="utf-8")
    store, web = Store(str(tmp_path / "l.db")), Web(user_agent("1"), pause=0.0)
    brought: list[tuple[int, int, int]] = []
    for hours in range(4):
        moment = NOW + dt.timedelta(hours=hours)
        with calls_of(reading.read) as read:
            [polled] = watch(store, str(feeds), web, once=True, now=lambda moment=moment: moment)  # type: ignore[misc]
        assert polled.result is not None
        brought.append((polled.result.documents, polled.result.known, len(read)))
    assert brought == [(1, 0, 1), (1, 1, 1), (1, 2, 1), (1, 3, 1)]
    assert len({d.id for d in store.documents()}) == 4
    store.close()
    web.close()


@contextmanager
def calls_of(function: Callable[..., object]) -> Iterator[list[None]]:
    """Counts the calls of a function without changing it."""
    calls: list[None] = []

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code is function.__code__:
            calls.append(None)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def test_a_list_that_changes_is_read_again(server: tuple[str, Path], feeds: Path, tmp_path: Path) -> None:
    store, web = Store(str(tmp_path / "l.db")), Web(user_agent("1"), pause=0.0)
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        feeds.write_text(feeds.read_text(encoding="utf-8").replace("/good", "/packed"), encoding="utf-8")

    found = watch(store, str(feeds), web, now=lambda: NOW, sleep=sleep)
    titles = [next(found).feed for _ in range(4)]
    assert titles[-1] is not None
    assert titles[-1].url.endswith("/packed")
    assert 1 <= slept[0] <= 60
    found.close()  # type: ignore[attr-defined]
    store.close()
    web.close()


def pledger(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from pledger.cli import main; main()", *arguments]
    keep = {k: v for k, v in os.environ.items() if not k.startswith("PLEDGER_")}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False, env={**keep, "COLUMNS": "120"}
    )


def test_the_command(server: tuple[str, Path], feeds: Path, tmp_path: Path) -> None:
    done = pledger("read", "--watch", str(feeds), "--once", "--contact", "desk@fund.example", cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "good: 1 new document," in done.stdout
    assert "busy: its server answers 503" in done.stdout
    assert "it is asked again at" in done.stderr.lower()
    assert "desk@fund.example" in server[1].read_text(encoding="utf-8")
    again = pledger("read", "--watch", str(feeds), "--once", cwd=tmp_path)
    assert again.returncode == 0
    assert "No feed may be asked yet" in again.stdout
    shown = json.loads(pledger("show", "documents", "--json", cwd=tmp_path).stdout)
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read"], "name the articles"),
        (["read", "--once"], "--once goes with --watch"),
        (["read", "a.txt", "--watch", "f.opml"], "not both"),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = pledger(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
