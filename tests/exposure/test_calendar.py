"""Days to come as a calendar: what the icalendar library reads back; what becomes of a file that is written again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

import pledger
from pledger.exposure.alerts.dates import NOTICE, Dated, dates
from pledger.exposure.alerts.words import Said
from pledger.ledger import Ledger
from pledger.model import Entity, EntityKind, Interval, Standing
from pledger.vehicle.planning.notice import is_business_day
from pledger.views.calendar import calendar

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 4, 1, 12, tzinfo=dt.UTC)
DAY = dt.date(2026, 7, 1)
ITEM = Dated(
    id="f1",
    entity=Entity("e1", EntityKind.PROJECT, "Acme plant"),
    programme="JP>US",
    event="start",
    interval=Interval(DAY, dt.date(2026, 9, 30)),
    standing=Standing.SINGLE_SOURCE,
    others=(Interval(dt.date(2027, 1, 1), dt.date(2027, 12, 31)),),
    note="",
    about="f1",
    sentences=(
        Said("It starts; in summer, they said.", "The Daily", "B2", None, "https://example.org/a", DAY, "d", "c"),
    ),
    reports=1,
    changed_on=dt.date(2026, 2, 1),
)


def events(data: bytes) -> dict[str, Event]:
    read = Calendar.from_ical(data)
    assert {"PRODID", "VERSION"} <= set(read)
    found = [event for event in read.walk("VEVENT") if isinstance(event, Event)]
    for event in found:
        assert not event.errors
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED"} <= set(event)
        assert event.start < event.end
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def folded(data: bytes) -> bool:
    """RFC 5545, 3.1: lines of at most 75 octets that end in CRLF."""
    lines = data.split(b"\r\n")
    return lines[-1] == b"" and all(len(line) <= 75 and b"\n" not in line for line in lines)


def one(data: bytes) -> Event:
    [event] = events(data).values()
    return event


def test_an_uncertain_date(tmp_path: Path) -> None:
    data = calendar([ITEM], "All", NOW, alarm=7)
    assert folded(data)
    event = one(data)
    assert (event.start, event.end) == (DAY, dt.date(2026, 10, 1))
    assert str(event["SUMMARY"]) == "Acme plant: start (Q3 2026)?"
    assert str(event["STATUS"]) == "TENTATIVE"
    words = str(event["DESCRIPTION"])
    assert words.splitlines()[:2] == ["Q3 2026 (single source, 1 report).", "Others say: 2027."]
    assert "“It starts; in summer, they said.”" in words
    assert event.decoded("LAST-MODIFIED").date() == dt.date(2026, 2, 1)
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("TRIGGER") == dt.timedelta(days=-7)


def test_open_ends_and_years() -> None:
    for interval, first, last in (
        (Interval(None, DAY), DAY, DAY),
        (Interval(DAY, None), DAY, DAY),
        (Interval(dt.date(2026, 1, 1), dt.date(2026, 12, 31)), dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
        (Interval(DAY, dt.date(2030, 12, 31)), dt.date(2030, 12, 31), dt.date(2030, 12, 31)),
        (Interval(DAY, dt.date.max), dt.date(9999, 12, 30), dt.date(9999, 12, 30)),
    ):
        event = one(calendar([replace(ITEM, interval=interval)], "All", NOW))
        assert (event.start, event.end - dt.timedelta(days=1)) == (first, last)
    assert events(calendar([replace(ITEM, interval=Interval(None, None))], "All", NOW)) == {}


def test_a_file_that_is_written_again() -> None:
    first = calendar([ITEM], "All", NOW)
    assert calendar([ITEM], "All", LATER, previous=first) == first
    moved = replace(ITEM, interval=Interval(DAY, DAY))
    second = calendar([moved], "All", LATER, previous=first)
    event = one(second)
    assert (event["SEQUENCE"], event.decoded("LAST-MODIFIED")) == (1, LATER)
    third = calendar([], "All", LATER, previous=second, gone=lambda id_: id_ == "f1")
    gone = one(third)
    assert (str(gone["STATUS"]), gone["SEQUENCE"]) == ("CANCELLED", 2)
    assert calendar([], "All", LATER + dt.timedelta(days=9), previous=third, gone=lambda _id: True) == third
    assert events(calendar([], "All", LATER, previous=second)) == {}  # not gone, but not asked for
    assert one(calendar([ITEM], "All", LATER, previous=third))["SEQUENCE"] == 3


def test_an_event_is_found_again_by_any_of_its_claims() -> None:
    item = replace(ITEM, id="c2", rests=("c2",))
    first = calendar([item], "All", NOW)
    # An older report comes in: the event now rests on its claim first, and the project has another id.
    older = replace(item, id="c1", rests=("c2", "c1"), about="f2", entity=replace(ITEM.entity, id="e2"))
    assert set(events(calendar([older], "All", LATER, previous=first))) == {"c2@pledger.invalid"}
    assert set(events(calendar([older], "All", LATER))) == {"c1@pledger.invalid"}


def test_uids_stay_when_a_project_gets_another_id(tmp_path: Path) -> None:
    def texts(*said: str) -> list[str]:
        for n, words in enumerate(said):
            head = f"---\npublisher: Paper {n}\ndate: 2026-01-{10 + n}\n---\n"
            (tmp_path / f"{n}.en.md").write_text(head + words + "\n", encoding="utf-8")
        return [str(path) for path in sorted(tmp_path.glob("*.md"))]

    first = "Japan pledged $550 billion to the United States. A copper smelter in Ohio is to start up in October 2027."
    second = "Acme Metals will build a $2 billion copper smelter in Ohio under Japan's pledge to the United States."
    found = []
    with pledger.open(f"{tmp_path / 'ledger.db'}") as ledger:
        for said in ((first,), (first, second)):
            ledger.read(texts(*said))
            its = [d for d in dates(ledger, dt.date(2026, 2, 1), notices=False) if d.event == "start"]
            found.append((its[0].id, its[0].entity.id))
    assert found[0][0] == found[1][0]
    assert found[0][1] != found[1][1]


@pytest.mark.parametrize(
    "previous", [b"", b"no calendar", b"BEGIN:VCALENDAR\r\n", b"\xff\xfe\0", b"BEGIN:VEVENT\nEND:VX"]
)
def test_a_file_that_is_no_calendar(previous: bytes) -> None:
    assert calendar([ITEM], "All", NOW, previous=previous) == calendar([ITEM], "All", NOW)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_words_survive(name: str, sentence: str) -> None:
    said = replace(ITEM.sentences[0], sentence=sentence)
    item = replace(ITEM, entity=Entity("e1", EntityKind.PROJECT, name), sentences=(said,))
    data = calendar([item], name, NOW)
    assert folded(data)
    event = one(data)
    assert calendar([item], name, LATER, previous=data) == data
    assert "\n" not in str(event["SUMMARY"])


def test_the_bundled_corpus(corpus_ledger: Ledger) -> None:
    then = corpus_ledger.at(as_of=dt.date(2026, 2, 20))
    items = dates(then, dt.date(2026, 2, 20), "JP>US")
    data = calendar(items, "Japan", NOW)
    assert folded(data)
    assert len(events(data)) == len(items) > 3
    deadline = next(i for i in items if i.event == "deadline" and i.entity.kind is EntityKind.PROGRAMME)
    assert deadline.interval == Interval(dt.date(2029, 1, 19), dt.date(2029, 1, 19))
    assert {i.programme for i in items} == {"JP>US"}
    # Selected on 17 February 2026: 45 business days of both countries later, counted here by hand.
    notices = [i for i in items if i.event == NOTICE and "17 February 2026" in i.note]
    assert notices
    day, left = dt.date(2026, 2, 17), 45
    while left:
        day += dt.timedelta(days=1)
        left -= is_business_day(day, ("US", "JP"))
    assert {n.interval for n in notices} == {Interval(day, day)}
    assert {n.others for n in notices} == {(Interval(*[dt.date(2026, 4, 3)] * 2),)}  # 45 days of the calendar
    assert all(not n.sure for n in notices)
    assert dates(then, dt.date(2026, 2, 20), "JP>US", notices=False) == [i for i in items if i.event != NOTICE]
    assert {i.programme for i in dates(then, dt.date(2026, 2, 20))} > {"JP>US", "KR>US"}
