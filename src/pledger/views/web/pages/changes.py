"""What has changed since a day, as a page and as an Atom feed; and coming dates for calendar programs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from fastapi import APIRouter, Request, Response

from pledger.ledger import Change, Ledger
from pledger.views import atom
from pledger.views.changes import change_json, matter, said_by, told
from pledger.views.plain import clean
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.openapi import parameter
from pledger.views.web.pages.figures import one_of, page_number
from pledger.views.web.serving import PROBLEMS, Room, room_of, state_of
from pledger.views.web.state import RequestError, State, day
from pledger.views.wording import say_name

__all__ = ["By", "changes_page", "router"]

_DAYS = 30
_MOST = 60_000
"""Figures up to which two moments are compared as a whole while somebody waits for a page; beyond it, in parts."""
_COLUMNS = ("Change", "Programme", "Of", "What", "In words", "Said by", "Sentence")
router = APIRouter()


class By(StrEnum):
    """By which of its two times a change counts."""

    REPORTED = "reported"
    READ = "read"


def changes_page(room: Room, state: State) -> Answer:
    """Changes since the day that the address names, else of the thirty days before the moment that is asked for."""
    its = _found(room, state)
    since, found = its.since, its.changes
    rows: list[tuple[Cell, ...]] = [
        (
            c.kind.value,
            clean(c.programme or ""),
            say_name(clean(c.entity.name)),
            clean(matter(c)),
            told(c),
            clean(said_by(c.evidence[0])) if c.evidence else None,
            clean(c.evidence[0].sentence) if c.evidence else None,
        )
        for c in found
    ]
    groups: dict[str, list[Change]] = {}
    for change in found:
        groups.setdefault(change.programme or "No programme", []).append(change)
    return Answer(
        "changes.html.j2",
        "What has changed",
        {
            "since": since.isoformat(),
            "changes": [change_json(c) for c in found],
            "page": its.part,
            "pages": its.parts,
        },
        (Sheet("Changes", _COLUMNS, rows),),
        {
            "since": since,
            "read": state.get("by") == By.READ,
            "groups": groups,
            "count": len(found),
            "number": its.part,
            "last": its.parts,
            "matter": matter,
            "said_by": said_by,
            "told": told,
        },
    )


@router.get(
    "/changes.atom",
    summary="What has changed, as an Atom feed",
    operation_id="changes_atom",
    response_class=Response,
    responses={200: {"content": {"application/atom+xml": {}}, "description": "The feed"}, **PROBLEMS},
    openapi_extra={
        "parameters": [
            parameter("since", "The day since when (2026-03-01)", "/changes"),
            parameter("by", "Which time counts: when it was reported, or when it was read", "/changes"),
            parameter("as_of", "As it had been reported by the end of this day", "/changes"),
            parameter("known_on", "As far as it had been read by the end of this day", "/changes"),
        ],
    },
)
def changes_atom(request: Request) -> Response:
    """The same changes for feed readers; of a large ledger those of which most was reported."""
    room = room_of(request)
    found = _found(room, state_of(request))
    made = atom.feed(
        found.changes, room.ledger.name(), "Pledger: what has changed in the ledger", dt.datetime.now(dt.UTC)
    )
    return Response(made, media_type="application/atom+xml")


@router.get(
    "/dates.ics",
    summary="Coming dates of a programme for calendar programs",
    operation_id="dates_ics",
    response_class=Response,
    responses={200: {"content": {"text/calendar": {}}, "description": "The calendar"}, **PROBLEMS},
    openapi_extra={
        "parameters": [parameter("programme", "Key of the programme: JP>US", "/changes")],
    },
)
def dates_ics(request: Request) -> Response:
    """Each date as an event over the days on which it may come; what is uncertain stands in its words."""
    from pledger.exposure.alerts.dates import dates  # loaded by who asks for a calendar
    from pledger.views.calendar import calendar

    room, state = room_of(request), state_of(request)
    ledger = room.at(state)
    lead = gather.looked_at(ledger, state)
    now = dt.datetime.now(dt.UTC)
    # Notice periods ask for the beliefs about all projects, which nobody waits for before a large ledger.
    notices = gather.counts(ledger).figures <= _MOST
    items = dates(ledger, ledger.moment.as_of or now.date(), gather.key_of(lead), notices=notices) if lead else []
    made = calendar(items, f"Pledger: {lead.name}" if lead else "Pledger", now)
    return Response(made, media_type="text/calendar; charset=utf-8")


@dataclass(frozen=True, slots=True)
class Found:
    """What has changed, or a part of it where the ledger is large."""

    since: dt.date
    changes: tuple[Change, ...]
    part: int = 1
    parts: int = 1


def _found(room: Room, state: State) -> Found:
    end = state.moment.as_of or dt.datetime.now(dt.UTC).date()
    since = day(state.get("since"), "since") or end - dt.timedelta(days=_DAYS)
    if since > end:
        raise RequestError(f"since={since} is after {end}: ask for an earlier day")
    read = one_of(By, state, "by") is By.READ
    ledger = room.at(state)
    if not ledger.stored or gather.counts(ledger).figures <= _MOST:
        return Found(since, _changes(ledger, ledger.version(), since, read))
    number = page_number(state)
    found, count = _part(ledger, ledger.version(), since, number, read)
    if number > max(1, count):
        raise RequestError(f"page={number} is beyond the last page, {max(1, count)}", 404)
    return Found(since, found, number, max(1, count))


@lru_cache(maxsize=16)
def _changes(ledger: Ledger, version: str, since: dt.date, read: bool) -> tuple[Change, ...]:
    """Remembered for as long as nothing is read or judged."""
    del version
    return tuple(ledger.changes(since, read=read))


@lru_cache(maxsize=16)
def _part(ledger: Ledger, version: str, since: dt.date, number: int, read: bool) -> tuple[tuple[Change, ...], int]:
    """Part of the changes, and how many parts there are; remembered likewise."""
    del version
    found, parts = ledger.changes_in_parts(since, number, read=read)
    return tuple(found), parts
