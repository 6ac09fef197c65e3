"""Days to come as a calendar (RFC 5545) that common programs open and subscribe to.

A date is an event of whole days over the interval on which it may come; of a stretch of more than a year its last day,
with the stretch in its words, since nobody's calendar is helped by a bar of five years. What is uncertain stands in the
words too, and an event is TENTATIVE unless independent reports agree. No event makes anybody busy.

The UID is the id of the claim that told of an event first, since a project's own id changes with what becomes known of
it. A file that is replaced may have the event by another of its claims: then it keeps that one. A file that is written
again is read first: an event that says something else now gets the next SEQUENCE and today as LAST-MODIFIED, one that
says the same stays as it is to the letter, and one of which the ledger knows nothing any more is left in as CANCELLED,
so that programs that have it take it out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from icalendar import Alarm, Calendar, Event

from pledger import data
from pledger.exposure.alerts.dates import NOTICE, Dated
from pledger.exposure.alerts.words import Said
from pledger.model import Attribute, Interval
from pledger.views.plain import clean, excerpt
from pledger.views.wording import say_attribute, say_date, say_interval, say_name, say_origin, say_standing

__all__ = ["MOST_ALARM", "calendar"]

MOST_ALARM = 3660
"""Days before an event on which one can be reminded at the earliest."""
_DOMAIN = "pledger.invalid"
_LAST = dt.date(9999, 12, 30)
"""The last day that has a day after it."""
_LONGEST = 240
_VOLATILE = ("SEQUENCE", "LAST-MODIFIED", "DTSTAMP")
"""What says of an event when it was changed, and not what it says."""


def calendar(
    items: Iterable[Dated],
    name: str,
    now: dt.datetime,
    *,
    alarm: int | None = None,
    previous: bytes | None = None,
    gone: Callable[[str], bool] = lambda _id: False,
) -> bytes:
    """The calendar as bytes: UTF-8, lines of at most 75 octets that end in CRLF.

    `now`: when it is written (UTC). `alarm`: days before an event to be reminded. `previous`: the file that it
    replaces. `gone`: whether the ledger knows nothing any more of the event with this id.
    """
    made = Calendar()
    made.add("prodid", "-//Pledger//pledger//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", clean(name))
    before = _events(previous)
    for item in items:
        event = _event(_named_as_before(item, before), alarm)
        if event is not None:
            made.add_component(_dated(event, item, before.pop(str(event["UID"]), None), now))
    for uid, event in sorted(before.items()):
        if gone(uid.partition("@")[0]):
            made.add_component(_cancelled(event, now))
    written: bytes = made.to_ical()
    return written


def _named_as_before(item: Dated, before: Mapping[str, Event]) -> Dated:
    """An event by the claim under which the file that is replaced has it."""
    ids = (item.id, *sorted(item.rests))
    return replace(item, id=next((i for i in ids if f"{i}@{_DOMAIN}" in before), item.id))


def _event(item: Dated, alarm: int | None) -> Event | None:
    """What an event says; None for a date without a day."""
    if item.span is None:
        return None
    first, last = (min(day, _LAST) for day in item.span)
    event = Event()
    event.add("uid", f"{item.id}@{_DOMAIN}")
    event.add("dtstart", first)
    event.add("dtend", last + dt.timedelta(days=1))
    event.add("summary", _summary(item))
    event.add("description", "\n".join(_words(item)))
    event.add("status", "CONFIRMED" if item.sure else "TENTATIVE")
    event.add("transp", "TRANSPARENT")
    event.add("categories", [_what(item), *filter(None, [_programme(item.programme)])])
    url = next((said.url for said in item.sentences if said.url and said.url.startswith(("http://", "https://"))), None)
    if url is not None:
        event.add("url", clean(url))
    if alarm is not None:
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", _summary(item))
        reminder.add("trigger", dt.timedelta(days=-alarm))
        event.add_component(reminder)
    return event


def _summary(item: Dated) -> str:
    name = say_name(clean(item.entity.name))
    interval = item.interval
    when = "" if interval.start is not None and interval.start == interval.end else f" ({say_interval(interval)})"
    return f"{name}: {_what(item)}{when}{'' if item.sure else '?'}"


def _what(item: Dated) -> str:
    if item.event == NOTICE:
        return "funds may fall due"
    return clean(say_attribute(Attribute.DATE, item.event))


def _words(item: Dated) -> Iterable[str]:
    """The description, line by line: when, how sure, what others say, by which words, and what to ask."""
    if item.note:
        yield f"At the earliest {say_interval(item.interval)}: {item.note}. The day of the notice is not reported."
        if item.others:
            yield f"By another reading of the terms: {_listed(item.others)}."
    else:
        reports = f"{item.reports} report{'' if item.reports == 1 else 's'}"
        when = say_interval(item.interval)
        yield f"{when[:1].upper()}{when[1:]} ({say_standing(item.standing)}, {reports})."
        if item.others:
            yield f"Others say: {_listed(item.others)}."
    for said in item.sentences:
        yield f"{_said_by(said)}: “{''.join(excerpt(said.sentence, 0, len(said.sentence), _LONGEST))}”"
    yield f"pledger why {item.about}"


def _listed(intervals: Iterable[Interval]) -> str:
    return "; ".join(dict.fromkeys(say_interval(interval) for interval in intervals))


def _said_by(said: Said) -> str:
    day = say_date(said.reported_on) if said.reported_on else "undated"
    return f"{clean(say_origin(said.origin))} [{said.grade}], {day}"


def _programme(key: str | None) -> str | None:
    known = data.programmes().get(key or "")
    return str(known["name"]) if known else key


def _dated(event: Event, item: Dated, before: Event | None, now: dt.datetime) -> Event:
    """The event with when it was changed: as before where it says the same, else by one step further."""
    if before is not None and _says(before) == _says(event):
        return before
    changed = now
    if before is None and item.changed_on is not None:
        changed = dt.datetime.combine(item.changed_on, dt.time(), dt.UTC)
    step = _sequence(before) + 1 if before is not None else max(0, item.reports - 1)
    return _stamped(event, step, changed)


def _cancelled(event: Event, now: dt.datetime) -> Event:
    """An event that is none any more; once it says so it stays as it is."""
    if str(event.get("STATUS", "")) == "CANCELLED":
        return event
    step = _sequence(event) + 1
    for key in (*_VOLATILE, "STATUS"):
        event.pop(key, None)
    event.subcomponents = []
    event.add("status", "CANCELLED")
    return _stamped(event, step, now)


def _stamped(event: Event, step: int, changed: dt.datetime) -> Event:
    event.add("sequence", step)
    event.add("last-modified", changed)
    event.add("dtstamp", changed)
    return event


def _events(previous: bytes | None) -> dict[str, Event]:
    """The events of a calendar of ours by their UIDs; none of what is no calendar."""
    if previous is None:
        return {}
    try:
        read = Calendar.from_ical(previous)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError):
        return {}
    events = [event for event in read.walk("VEVENT") if isinstance(event, Event)]
    return {str(e["UID"]): e for e in events if str(e.get("UID", "")).endswith(f"@{_DOMAIN}")}


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _says(event: Event) -> bytes:
    """All that an event says, but when it was changed."""
    bare = Event.from_ical(event.to_ical())
    for key in _VOLATILE:
        bare.pop(key, None)
    written: bytes = bare.to_ical()
    return written
