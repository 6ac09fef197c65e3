"""The first page: the overview, with what is worked out beside it: what to check next, and what is new since a visit.

Both take seconds, so they never hold the page up: a piece that is not there yet is said to be coming, and is there when
the page is looked at again. How a run is made, and what is compared, follows the pages on money and on changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pledger.ledger import Change, Ledger
from pledger.model import Entity
from pledger.views.changes import change_json, matter, said_by, told
from pledger.views.plain import clean
from pledger.views.web import gather
from pledger.views.web.answers import Answer
from pledger.views.web.assumed import Assumed
from pledger.views.web.outcome import Fact, runnable
from pledger.views.web.pages import money
from pledger.views.web.pages.overview import overview_page
from pledger.views.web.runs import BusyError
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State, day
from pledger.views.wording import say_name

__all__ = ["Facts", "New", "first_page"]

_COMPARED = 60_000
"""Figures up to which two moments are compared for this page."""
_RUN = 60_000
"""Figures up to which the vehicle is run without being asked for."""
_PATIENCE = 0.4
"""Seconds that the page waits for what has changed."""
_LONGEST = 300.0
"""Seconds that a run may take before this page says nothing of it."""
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts to check next."""

    facts: tuple[Fact, ...]
    fresh: bool
    """Whether they follow from all that was read."""
    coming: bool
    words: str = ""
    """Why there are none, and what would help."""


@dataclass(frozen=True, slots=True)
class New:
    """What has changed since a day."""

    since: dt.date | None
    """None where nobody has said since when, and this browser has not been here before."""
    visit: bool
    """Whether that is the day of this browser's last visit: then it counts when an article was read."""
    changes: tuple[Change, ...]
    count: int
    coming: bool
    words: str = ""


def first_page(room: Room, state: State) -> Answer:
    """The overview of a programme with what to check next, and what is new."""
    answer = overview_page(room, state)
    programme = answer.context.get("programme")
    if programme is None:
        return answer
    if answer.coming is not None:
        return replace(answer, context={**answer.context, "facts": None, "new": None})
    ledger = room.at(state)
    facts, new = _facts(room, ledger, state, programme.entity), _new(room, ledger, state)
    beside = {"facts": facts, "new": new, "matter": matter, "said_by": said_by, "told": told}
    return replace(
        answer,
        data=_with(answer.data, facts, new),
        context={**answer.context, **beside},
        lasting=not (facts.coming or new.coming or not facts.fresh),
    )


def _with(data: Any, facts: Facts, new: New) -> Any:
    """The JSON of the overview with that of the pieces; a function where the overview's is one."""
    pieces = {
        "facts": {
            "coming": facts.coming,
            "words": facts.words or None,
            "facts": [{"label": f.label, "index": f.index, "error": f.error, "figure": f.figure} for f in facts.facts],
        },
        "new": {
            "since": new.since.isoformat() if new.since else None,
            "coming": new.coming,
            "words": new.words or None,
            "count": new.count,
            "changes": [change_json(c) for c in new.changes],
        },
    }
    return (lambda: data() | pieces) if callable(data) else data | pieces


def _facts(room: Room, ledger: Ledger, state: State, lead: Entity) -> Facts:
    """The facts of the run that the page on money shows where nothing is assumed, once it has come to its end."""
    key = gather.key_of(lead)
    if key not in runnable():
        return Facts((), True, False, f"no vehicle terms are reported for {say_name(clean(lead.name))}")
    if gather.counts(ledger).figures > _RUN:
        return Facts((), True, False, "this ledger is too large to be run unasked")
    if not room.runs.ready:  # the model is made ready when the server starts; a page does not hold that up
        return Facts((), True, True)
    asked = Assumed(key, state.moment)

    def make() -> Facts:
        try:
            run = money.begun(room, ledger, asked)
        except (BusyError, RequestError):
            return Facts((), True, True)
        run.wait(_LONGEST)
        if run.result is not None:
            return Facts(run.result.outcome.facts, True, False)
        return Facts((), True, False, clean(run.problem) or "this could not be run")

    piece = room.later.ask(("facts", asked), ledger.version(), make)
    if piece.value is None:
        return Facts((), True, piece.coming)
    held: Facts = piece.value
    return replace(held, fresh=piece.fresh, coming=held.coming and piece.coming)


def _new(room: Room, ledger: Ledger, state: State) -> New:
    """What has changed since the day in the address, by when it was reported; else since the visit before, by when it
    was read."""
    asked = day(state.get("since"), "since")
    visit = asked is None and state.moment.as_of is None and state.moment.known_on is None
    since = asked or (state.seen if visit else None)
    if since is None:
        return New(None, visit, (), 0, False)
    if since > (state.moment.as_of or dt.datetime.now(dt.UTC).date()):
        raise RequestError(f"since={since} is after the moment that is asked for: ask for an earlier day")
    if gather.counts(ledger).figures > _COMPARED:
        return New(since, visit, (), 0, False, "this ledger is too large to compare two moments on this page")
    make: Callable[[], tuple[Change, ...]] = lambda: tuple(ledger.changes(since, read=visit))  # noqa: E731
    piece = room.later.ask(("changes", state.moment, since, visit), ledger.version(), make, _PATIENCE)
    found = piece.value or ()
    return New(since, visit, found[:_SHOWN], len(found), piece.value is None and piece.coming)
