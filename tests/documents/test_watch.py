"""Watching feeds: the list, the schedule, and questions to a real server in a process of its own."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.documents.watch import Answer, Watched, Web, after, ask, due, feeds, user_agent
from pledger.documents.watch.schedule import LONGEST, SHORTEST

NOW = dt.datetime(2026, 3, 9, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)

OPML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- exported -->
<opml version="2.0"><head><title>Ports</title></head><body>
<outline text="Wires"><outline type="rss" text="The Quay" xmlUrl="https://quay.example/feed.xml"/>
  <outline text="Again" xmlUrl="https://quay.example/feed.xml"/></outline>
<outline title="Mole &amp; Pier" text="x" XMLURL="http://pier.example/atom"/>
<outline text="Script" xmlUrl="javascript:alert(1)"/>
</body></opml>"""


def listed(tmp_path: Path, text: str) -> tuple[list[tuple[str, str | None]], list[str]]:
    path = tmp_path / "feeds.opml"
    path.write_text(text, encoding="utf-8")
    found, problems = feeds(str(path))
    assert all(p.what and p.where and p.why and p.mend for p in problems)
    return [(f.url, f.title) for f in found], [p.what for p in problems]


def test_feeds_of_a_list(tmp_path: Path) -> None:
    assert listed(tmp_path, OPML) == (
        [("https://quay.example/feed.xml", "The Quay"), ("http://pier.example/atom", "Mole & Pier")],
        ["Feed left out"],
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<opml><body><outline text='a'/></body></opml>", "List without feeds"),
        ("<rss><channel/></rss>", "Not a list of feeds"),
        ("<opml><body>", "Not a list of feeds"),
        ("plain words", "Not a list of feeds"),
        ('<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "List of feeds refused"),
        ("<opml>" + "<outline>" * 5000, "List of feeds refused"),
    ],
)
def test_what_is_no_list_is_a_problem(tmp_path: Path, text: str, what: str) -> None:
    assert listed(tmp_path, text) == ([], [what])


def test_a_list_that_is_not_there() -> None:
    assert [p.what for p in feeds("no/such.opml")[1]] != []


def test_waits_grow_with_failures_and_end_with_a_good_answer() -> None:
    feed = Watched("https://quay.example/feed.xml")
    waits = []
    for _ in range(12):
        feed = after(feed, Answer(500, why="its server answers 500"), NOW)
        assert feed.next_at is not None
        waits.append(feed.next_at - NOW)
    assert waits == sorted(waits)
    assert abs(waits[1] - 2 * waits[0]) < dt.timedelta(seconds=1)
    assert LONGEST <= waits[-1] <= LONGEST * 1.1
    mended = after(feed, Answer(200, body=b"<rss/>"), NOW)
    assert mended.failures == 0
    assert mended.next_at is not None
    assert SHORTEST <= mended.next_at - NOW <= SHORTEST * 1.1


def test_what_the_server_asks_for_is_obeyed() -> None:
    feed = Watched("https://quay.example/feed.xml")
    assert (after(feed, Answer(429, retry_after=6 * HOUR), NOW).next_at or NOW) >= NOW + 6 * HOUR
    assert (after(feed, Answer(200, body=b"", fresh_for=2 * HOUR), NOW).next_at or NOW) >= NOW + 2 * HOUR
    gone = after(feed, Answer(410), NOW)
    assert due([gone], NOW + 10_000 * HOUR) == []


def test_nothing_new_keeps_the_validators() -> None:
    feed = Watched("https://quay.example/feed.xml", etag='"v1"', last_modified="Mon, 09 Mar 2026 08:00:00 GMT")
    kept = after(feed, Answer(304), NOW)
    assert (kept.etag, kept.last_modified) == (feed.etag, feed.last_modified)
    assert after(feed, Answer(200, body=b"x"), NOW).etag is None, "what was sent without one has none"


@given(
    st.lists(
        st.builds(
            Answer,
            st.sampled_from([0, 200, 304, 404, 429, 500, 503]),
            st.sampled_from([None, b"x"]),
            fresh_for=st.none() | st.timedeltas(dt.timedelta(), dt.timedelta(days=9_000)),
            retry_after=st.none() | st.timedeltas(dt.timedelta(), dt.timedelta(days=9_000)),
        ),
        max_size=30,
    )
)
def test_a_feed_is_never_asked_too_soon_and_never_forgotten(answers: list[Answer]) -> None:
    feed, now = Watched("https://quay.example/feed.xml"), NOW
    for answer in answers:
        feed = after(feed, answer, now)
        assert feed.next_at is not None
        assert dt.timedelta(minutes=5) <= feed.next_at - now <= dt.timedelta(days=7)
        assert due([feed], feed.next_at) == [feed]
        assert due([feed], feed.next_at - dt.timedelta(seconds=1)) == []
        now = feed.next_at


class Server:
    """The server's address, and what it was asked."""

    def __init__(self, log: Path, port: int) -> None:
        self.log = log
        self.url = f"http://127.0.0.1:{port}"

    def asked(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    log = tmp_path / "asked.jsonl"
    script = Path(__file__).with_name("feed_server.py")
    with subprocess.Popen([sys.executable, str(script), str(log)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Server(log, int(process.stdout.readline()))
        process.kill()


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web(user_agent("1.2", "desk@ministry.example"), pause=0.0)
    yield web
    web.close()


def test_a_feed_is_asked_once_and_then_for_what_is_new(server: Server, web: Web) -> None:
    feed = Watched(f"{server.url}/good")
    first = ask(feed, web, NOW)
    assert first.body is not None
    assert b"Harbour Fund" in first.body
    assert first.fresh_for == dt.timedelta(minutes=30), "the feed's own ttl"
    second = ask(after(feed, first, NOW), web, NOW)
    assert (second.status, second.body, second.good) == (304, None, True)
    requests = server.asked()
    assert requests[0]["User-Agent"] == ("Pledger/1.2 (+https://github.com/pledger/pledger; desk@ministry.example)")
    assert "If-None-Match" not in requests[0]
    assert requests[1]["If-None-Match"] == '"v1"'
    assert requests[1]["If-Modified-Since"] == "Mon, 09 Mar 2026 08:00:00 GMT"


def test_packed_answers_are_unpacked_and_the_longer_time_holds(server: Server, web: Web) -> None:
    answer = ask(Watched(f"{server.url}/packed"), web, NOW)
    assert answer.body is not None
    assert answer.body.startswith(b"<?xml")
    assert answer.fresh_for == 2 * HOUR


def test_refusals(server: Server, web: Web) -> None:
    assert ask(Watched(f"{server.url}/busy"), web, NOW).retry_after == HOUR
    assert ask(Watched(f"{server.url}/later"), web, NOW).retry_after == 24 * HOUR
    assert ask(Watched(f"{server.url}/gone"), web, NOW).status == 410
    missing = ask(Watched(f"{server.url}/nowhere"), web, NOW)
    assert (missing.good, missing.why) == (False, "its server answers 404 Not Found")


def test_redirects(server: Server, web: Web) -> None:
    moved = ask(Watched(f"{server.url}/moved"), web, NOW)
    assert moved.good
    assert moved.moved_to == f"{server.url}/good"
    assert after(Watched(f"{server.url}/moved"), moved, NOW).asks == f"{server.url}/good"
    passing = ask(Watched(f"{server.url}/elsewhere"), web, NOW)
    assert passing.good
    assert passing.moved_to is None, "a passing redirect is followed and not remembered"
    assert "more than 5 times" in ask(Watched(f"{server.url}/round"), web, NOW).why
    assert not ask(Watched(f"{server.url}/file"), web, NOW).good


@pytest.mark.parametrize(("path", "why"), [("bomb", "8 MB"), ("cut", "broken"), ("drip", "takes too long")])
def test_answers_that_would_never_end_are_let_go(server: Server, web: Web, path: str, why: str) -> None:
    web.seconds = 1.0 if path == "drip" else web.seconds
    answer = ask(Watched(f"{server.url}/{path}"), web, NOW)
    assert not answer.good
    assert why in answer.why


def test_odd_headers_are_nobodys_trouble(server: Server, web: Web) -> None:
    answer = ask(Watched(f"{server.url}/nonsense"), web, NOW)
    assert answer.good
    assert answer.etag is None
    assert answer.fresh_for is None


def test_nobody_there(web: Web) -> None:
    answer = ask(Watched("http://127.0.0.1:9/feed"), web, NOW)
    assert (answer.status, answer.good) == (0, False)
    assert answer.why


def test_one_host_is_not_asked_twice_at_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    clock = SimpleNamespace(monotonic=lambda: now[0], sleep=sleep)
    monkeypatch.setattr("pledger.documents.watch.asking.time", clock)
    web = Web(user_agent("1.2"), pause=0.5)
    for path in ("good", "packed", "good"):
        ask(replace(Watched(server.url), address=f"{server.url}/{path}"), web, NOW)
        now[0] += 0.125
    assert len(server.asked()) == 3
    assert slept == [0.375, 0.375]
    now[0] += 1
    ask(replace(Watched(server.url), address=f"{server.url}/good"), web, NOW)
    assert len(slept) == 2, "after so long nobody waits"
    web.close()
