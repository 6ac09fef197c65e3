"""Endpoints that are slow, broken, sly or gone: the run ends within its limits, and says what happened."""

from __future__ import annotations

import asyncio
import json
import logging
import socket
from dataclasses import replace

import pytest

from pledger.model import Document, Span
from pledger.reading import read as read_first
from pledger.reading.second import Limits, Reason, SecondReader, read, tally
from reading.second.endpoint import QUICK, Endpoint
from reading.second.examples import ARTICLE, FIRST, TEXT, amount, sound

_SAID = json.dumps({"items": [amount("$4.2 billion", 4.2e9)]})
_HASTY = replace(QUICK, seconds=0.4)
"""For endpoints that never end: how soon they are left."""


@pytest.mark.parametrize(
    "way", ["honest", "no-schema", "busy-once", "asks-for-ages", "broken-once", "wrong-type", "windowed"]
)
def test_an_endpoint_that_answers_in_the_end_is_heard(endpoint: Endpoint, way: str) -> None:
    found = sound(read(ARTICLE, endpoint.reader(way, _SAID), FIRST))
    assert (len(found.claims), found.refused, found.problems, found.asked) == (1, (), (), 1)


@pytest.mark.parametrize(
    ("way", "why"),
    [
        ("never-ready", "status 500, 2 times"),
        ("breaks-off", "RemoteProtocolError"),
        ("no-http", "Error"),
        ("redirects", "redirects to another address"),
        ("page", "not of the protocol"),
        ("other-charset", "not of the protocol"),
        ("endless", "more than 1,000,000 bytes"),
        ("bomb", "compressed answer"),
        ("floods-headers", "Error"),
        ("no-key", "refuses the key (status 401)"),
        ("nowhere", "status 404"),
        ("teapot", "status 418"),
    ],
)
def test_an_endpoint_that_does_not_answer_is_a_problem_with_its_mend(endpoint: Endpoint, way: str, why: str) -> None:
    found = read(ARTICLE, endpoint.reader(way, _SAID), FIRST)
    [problem] = found.problems
    assert why in problem.why
    assert problem.why.endswith("the first reader's claims are kept")
    assert problem.where == "article.md"
    assert problem.mend
    assert (found.claims, found.admitted) == ((), 0)


@pytest.mark.parametrize("way", ["drips", "drips-headers", "silent", "floods-interim", "tiny-chunks"])
def test_an_endpoint_that_never_ends_is_left(endpoint: Endpoint, way: str) -> None:
    found = read(ARTICLE, endpoint.reader(way, _SAID, limits=_HASTY), FIRST)
    assert "no whole answer within 0.4 seconds" in found.problems[0].why


@pytest.mark.parametrize(
    "body",
    ["", "null", "[]", "{}", '{"choices": []}', '{"choices": [7]}', '{"choices": [{"message": null}]}', "[" * 900_000,
     '{"choices": [{"message": {"content": 7}}]}', '{"choices": [{"message": {"content": null}}]}',
     '{"choices": {"0": {}}}', '{"choices": [{"message": {"content": "' + "x" * 900_000, "9" * 900_000,
     json.dumps({"choices": [{"message": {"content": ["[]"]}}]})],
)  # fmt: skip
def test_a_body_that_is_not_of_the_protocol_is_a_problem(endpoint: Endpoint, body: str) -> None:
    found = read(ARTICLE, endpoint.reader("verbatim", body), FIRST)
    assert "not of the protocol" in found.problems[0].why


def test_an_answer_that_is_too_long_is_not_read_on(endpoint: Endpoint) -> None:
    found = read(ARTICLE, endpoint.reader("honest", _SAID + " " * 2_000_000), FIRST)
    assert "more than 1,000,000 bytes" in found.problems[0].why


def test_where_nobody_listens_it_is_given_up_after_some_documents() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens there
        reader = SecondReader(f"http://127.0.0.1:{taken.getsockname()[1]}/v1", "m", limits=QUICK)
        run = [read(ARTICLE, reader, FIRST) for _ in range(5)]
    whys = [problem.why for found in run for problem in found.problems]
    assert ["ConnectError" in why for why in whys] == [True, True, True]
    assert ["not asked any more" in why for why in whys] == [False, False, True]
    assert [found.asked for found in run] == [1, 1, 1, 0, 0]
    assert tally(run).unheard == 5


def test_a_failure_in_between_is_forgiven(endpoint: Endpoint) -> None:
    reader = endpoint.saying([])
    reader.failed = 2
    assert read(ARTICLE, reader, FIRST).problems == ()
    assert reader.failed == 0


def test_the_time_for_a_document_ends_it_and_what_was_heard_counts(endpoint: Endpoint) -> None:
    limits = replace(QUICK, wait=60, longest_wait=60, seconds_a_document=0.5)
    found = read(ARTICLE, endpoint.reader("never-ready", _SAID, limits=limits), FIRST)
    assert "the 0.5 seconds for a document are over" in found.problems[0].why


def test_the_key_goes_to_the_endpoint_and_nowhere_else(endpoint: Endpoint, caplog: pytest.LogCaptureFixture) -> None:
    key = "sk-very-secret"
    with caplog.at_level(logging.DEBUG):
        for way in ("honest", "redirects", "no-key", "never-ready", "page"):
            reader = endpoint.reader(way, _SAID, key=key)
            found = read(ARTICLE, reader, FIRST)
            assert key not in repr(found)
            assert key not in repr(reader)
    assert key not in caplog.text
    sent = [r for r in endpoint.requests() if r["headers"].get("Authorization")]
    assert {r["headers"]["Authorization"] for r in sent} == {f"Bearer {key}"}
    assert {r["headers"]["Host"] for r in endpoint.requests()} == {f"127.0.0.1:{endpoint.port}"}


def test_what_is_sent_names_no_machine_and_keeps_the_text_apart(endpoint: Endpoint) -> None:
    for _ in range(2):
        read(ARTICLE, endpoint.saying([]), FIRST)
    one, other = endpoint.requests()[-2:]
    assert {name.lower() for name in one["headers"]} == {
        "host", "accept", "accept-encoding", "connection", "content-type", "content-length", "user-agent",
    }  # fmt: skip
    system, user = one["body"]["messages"]
    assert (system["role"], user["role"]) == ("system", "user")
    first, rest = user["content"].split("\n", 1)
    words, last = rest.rsplit("\n", 1)
    assert words == TEXT
    assert first.removeprefix("BEGIN ") == last.removeprefix("END ")
    assert first != other["body"]["messages"][1]["content"].split("\n", 1)[0]
    assert "2026-03-03" in system["content"]
    assert "$" not in system["content"]
    assert one["body"]["response_format"]["json_schema"]["schema"]["additionalProperties"] is False


def test_an_endpoint_that_knows_no_schema_is_asked_without_from_then_on(endpoint: Endpoint) -> None:
    reader = endpoint.reader("no-schema", _SAID)
    before = len(endpoint.requests())
    for _ in range(2):
        assert len(read(ARTICLE, reader, FIRST).claims) == 1
    assert ["response_format" in r["body"] for r in endpoint.requests()[before:]] == [True, False, False]


def test_a_text_in_which_we_read_nothing_is_not_sent(endpoint: Endpoint) -> None:
    before = len(endpoint.requests())
    found = read(Document("e" * 64, "b.md", "It rained all day."), endpoint.reader("silent", "no answer"))
    assert (found.asked, found.problems, len(endpoint.requests())) == (0, (), before)


def test_a_text_that_is_too_long_is_read_in_part(endpoint: Endpoint) -> None:
    limits = replace(QUICK, window=200, overlap=20, windows=2)
    found = read(ARTICLE, endpoint.saying([], limits=limits), FIRST)
    assert found.asked == 2
    assert [p.what for p in found.problems] == ["Second reading in part"]


def test_it_can_be_asked_from_a_running_event_loop(endpoint: Endpoint) -> None:
    async def notebook() -> int:
        return len(read(ARTICLE, endpoint.saying([amount("$4.2 billion", 4.2e9)]), FIRST).claims)

    assert asyncio.run(notebook()) == 1


def test_offsets_are_of_the_document_whatever_the_excerpt(endpoint: Endpoint) -> None:
    sentence = "Fjord Energy plans a gas power plant in Ohio. Norbank carries $4.2 billion of the bill. "
    filler = "It was a quiet week in the capital, and little else was said. " * 12
    text = (filler + "\n\n" + sentence + "\n\n") * 6
    document = Document("f" * 64, "long.md", text)
    limits = replace(QUICK, window=1_500, overlap=300)
    words = json.dumps({"items": [amount("$4.2 billion", 4.2e9, "gas power plant")]})
    first = tuple(read_first(document))
    found = sound(read(document, endpoint.reader("windowed", words, limits=limits), first), text, first)
    assert found.asked > 3
    places = {c.span for c in (*found.claims, *(c for c in first if c.text == "$4.2 billion"))}
    assert places == {Span(at, at + 12) for at in range(len(text)) if text.startswith("$4.2 billion", at)}
    assert found.dropped == dict(found.by_reason()).get(Reason.REPEATED, 0) + dict(found.by_reason()).get(
        Reason.AMBIGUOUS, 0
    )


def test_limits_are_generous_by_default() -> None:
    assert Limits().seconds < Limits().seconds_a_document
