"""One page, one function: from the ledger and the state in the address to an answer; here it becomes a response.

A page at `/projects` has its JSON at `/projects.json`, its tables at `/projects.csv` and `/projects.xlsx`, and its
charts, where it has any, at `/projects.svg` and `/projects.png`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from markupsafe import Markup

from pledger import data
from pledger.ledger import Ledger
from pledger.model import Figure
from pledger.views import wording
from pledger.views.overview import origins
from pledger.views.templating import environment
from pledger.views.web.answers import Answer, as_csv, as_json, as_png, as_svg, as_xlsx
from pledger.views.web.drawing import show
from pledger.views.web.later import Later
from pledger.views.web.memory import Kept
from pledger.views.web.moneytables import Tables
from pledger.views.web.openapi import parameter, refers
from pledger.views.web.pasts import Coming, ComingError, Pasts
from pledger.views.web.portfolios import PORTFOLIO, Portfolios
from pledger.views.web.runs import Runs
from pledger.views.web.sessions import Sessions
from pledger.views.web.settings import Settings
from pledger.views.web.state import RequestError, State
from pledger.views.web.uploads import Uploads
from pledger.views.web.visits import NO_VISIT, VISITS, visit_of

__all__ = ["FORMS", "PROBLEMS", "Page", "Room", "add", "page_of", "room_of", "templates"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in which an answer is taken away."""

    kind: str
    """Media type."""
    make: Callable[[Answer, str], bytes]
    """From the answer and the part of it that is asked for by name."""
    part: str = ""
    """The parameter that names a part."""
    says: str = ""
    """What that parameter means."""


_CHART = ("chart", "Name of the chart; else the page's first one")
FORMS = {
    "json": Form("application/json", lambda answer, _: as_json(answer)),
    "csv": Form("text/csv; charset=utf-8", as_csv, "table", "Name of the table; else the page's first one"),
    "xlsx": Form(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", lambda answer, _: as_xlsx(answer)
    ),
    "svg": Form("image/svg+xml", as_svg, *_CHART),
    "png": Form("image/png", as_png, *_CHART),
}
_JSON_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": words,
        "content": {"application/json": {"schema": refers("Problem")}},
    }
    for status, words in (
        (400, "What was asked cannot be answered"), (404, "There is no such thing in the ledger"),
        (503, "The ledger cannot answer just now, or is too large for this"),
    )
}  # fmt: skip
_PLAIN_PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {"text/plain": {"schema": {"type": "string"}}}}
    for status, words in (
        (408, "The request came too slowly"), (413, "More than the server takes"),
        (421, "Asked under a foreign name"), (429, "Too many requests"),
    )
}  # fmt: skip
PROBLEMS = _JSON_PROBLEMS | _PLAIN_PROBLEMS
"""What any route may answer besides what it is there for, for the OpenAPI document."""

Page = Callable[["Room", State], Answer]


@dataclass(slots=True)
class Stir:
    """When a page was asked for last, in seconds of the monotonic clock: what can wait does until nobody asks."""

    at: float = field(default_factory=time.monotonic)

    def quiet(self, seconds: float) -> bool:
        """Whether nobody has asked for so long."""
        return time.monotonic() - self.at >= seconds


@dataclass(frozen=True, slots=True)
class Room:
    """What every page needs: the ledger, the settings, who may write, and the templates."""

    ledger: Ledger
    settings: Settings
    sessions: Sessions
    templates: Environment
    uploads: Uploads
    pasts: Pasts
    runs: Runs[Tables] = field(default_factory=Runs)
    kept: Kept = field(default_factory=Kept)
    stir: Stir = field(default_factory=Stir)
    portfolios: Portfolios = field(default_factory=Portfolios)
    later: Later[Any] = field(default_factory=Later)

    def at(self, state: State) -> Ledger:
        """The ledger as of the moment that a page is asked for. Raises ComingError where that is being worked out."""
        return self.pasts.at(state.moment)

    def near(self, state: State, of: Callable[[Ledger], str | None]) -> tuple[Ledger, Coming | None]:
        """The same; while that is worked out, what concerns one entity alone, which `of` finds in the ledger of now."""
        return self.pasts.near(state.moment, of)

    @property
    def name(self) -> str:
        """The ledger as it may be told to anybody: the last part of its path or address."""
        return self.settings.ledger.rstrip("/").rpartition("/")[2].partition("?")[0]


def templates() -> Environment:
    """The templates of the pages."""
    made = environment("pledger.views.web", "templates")
    made.filters["svg"] = Markup
    made.globals |= {axis: _marks(axis) for axis in ("reliability", "credibility")}
    made.globals |= {"show": show, "static": _static_address, "standing_of": _standing_of}
    return made


def _marks(axis: str) -> list[tuple[str, str]]:
    """The grades of the Admiralty code on one of its axes, with what each means."""
    return [(row["grade"], row["meaning"]) for row in data.reference("grades") if row["axis"] == axis]


@cache
def _static_address(name: str) -> str:
    """The address of a file of ours, which changes with its content, so that browsers may keep it."""
    return f"/static/{name}?v={hashlib.sha256(static(name)).hexdigest()[:12]}"


def _standing_of(figure: Figure) -> str:
    """Standing and origins in words: `agreed, 4 origins`."""
    count = len(origins([figure], leading=True))
    return f"{wording.say_standing(figure.standing)}, {wording.say_count(count, 'origin')}"


def room_of(request: Request) -> Room:
    """The room of the application that answers this request."""
    room: Room = request.app.state.room
    return room


def state_of(request: Request) -> State:
    """The state that is in the address; a parameter that is given twice counts as it is given last."""
    path = request.url.path
    form = path.rsplit(".", 1)
    plain = form[0] if len(form) == 2 and form[1] in FORMS else path
    asked = dict(request.query_params)
    if any("\x00" in said for said in (path, *asked.values())):  # which no database takes for a text
        raise RequestError("the address holds a NUL character: leave it out")
    return State("/" if plain == "/index" else plain, asked)


def _unkept(answer: Answer) -> dict[str, str]:
    """What tells browsers not to keep an answer on a disk, where it shows what only they have."""
    return {"cache-control": "no-store"} if answer.own else {}


def page_of(request: Request, answer: Answer, state: State, status: int = 200) -> HTMLResponse:
    """The answer as a page."""
    room = room_of(request)
    context: Mapping[str, Any] = {
        "answer": answer,
        "state": state,
        "session": room.sessions.of(request),
        "writable": room.sessions.open,
        "ledger": room.name,
    }
    words = room.templates.get_template(answer.template).render(**context, **answer.context)
    return HTMLResponse(words, status, _unkept(answer))


def add(
    app: FastAPI,
    path: str,
    page: Page,
    summary: str,
    parameters: Mapping[str, str] | None = None,
    schema: Mapping[str, Any] | None = None,
    *,
    kept: bool = True,
    drawn: bool = False,
) -> None:
    """The page at `path`, and its other forms beside it; `parameters` (name: meaning) stand in the OpenAPI document.

    `path` may hold names in braces, which reach the page as parameters of its state. `schema` is that of the JSON.
    `kept`: whether the page follows from the ledger, the day and the visit before alone, and may be remembered.
    `drawn`: whether it has charts.
    """
    said = {
        "as_of": "As it had been reported by the end of this day (2026-03-01)",
        "known_on": "As far as it had been read by the end of this day",
    } | dict(parameters or {})
    asked = [parameter(name, words, path) for name, words in said.items()] + [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "maxLength": 200}}
        for name in _named(path)
    ]

    def ask(request: Request, seen: dt.date | None = None) -> tuple[State, Answer]:
        holder = request.cookies.get(PORTFOLIO, "")
        state = replace(state_of(request), named=request.path_params, seen=seen, holder=holder)
        room = room_of(request)
        room.stir.at = time.monotonic()
        answer = page(room, state)
        return state, replace(answer, source=sourced(answer, room, state))

    def html(request: Request) -> Response:
        room, today = room_of(request), dt.datetime.now(dt.UTC).date()
        visit = visit_of(request.cookies.get(VISITS, ""), today) if path == "/" else NO_VISIT
        if not kept or room.sessions.of(request) is not None:
            with room.ledger.snapshot():
                state, answer = ask(request, visit.before)
            return visit.noted(page_of(request, answer, state), request)
        with room.ledger.snapshot():  # the page is of just the version that it is remembered for
            past = room.pasts.shown(state_of(request).moment)
            key = (request.url.path, request.url.query, room.ledger.version(), past, str(today), str(visit.before))
            held = room.kept.get(key)
            if held is None:
                state, answer = ask(request, visit.before)
                made = page_of(request, answer, state)
                if not answer.lasting or answer.coming:
                    return visit.noted(made, request)
                held = bytes(made.body)
                room.kept.put(key, held)
        return visit.noted(HTMLResponse(held), request)

    for form, its in FORMS.items():
        if form in ("svg", "png") and not drawn:
            continue

        def formed(request: Request, its: Form = its, form: str = form) -> Response:
            with room_of(request).ledger.snapshot():  # what only this form has is asked for as it is made
                state, answer = ask(request)
                if answer.coming is not None:  # files go on to where nobody reads what the page says of that
                    raise ComingError(answer.coming)
                made = its.make(answer, state.get(its.part))
            headers = {"content-disposition": f'attachment; filename="pledger.{form}"'} if its.part == "chart" else {}
            return Response(made, media_type=its.kind, headers=headers | _unkept(answer))

        address = f"{'/index' if path == '/' else path}.{form}"
        content = {"schema": dict(schema)} if schema and form == "json" else {}
        app.add_api_route(
            address,
            _only_request(formed),
            methods=["GET"],
            summary=f"{summary} ({form.upper()})",
            responses={200: {"description": "The answer", "content": {its.kind.split(";")[0]: content}}, **PROBLEMS},
            response_class=Response,
            openapi_extra={"parameters": asked + ([parameter(its.part, its.says, path)] if its.part else [])},
            operation_id=f"{form}:{path}",
        )
    # After the other forms: `/project/{id}` would take `/project/x.json` for an id.
    app.add_api_route(path, html, methods=["GET"], include_in_schema=False, name=path)


def sourced(answer: Answer, room: Room, state: State) -> str:
    """The lines that go with what is taken away: what it is, from which ledger, as of which day, and its address."""
    when = state.get("as_of") or dt.datetime.now(dt.UTC).date().isoformat()
    known = f", as read by {state.get('known_on')}" if state.get("known_on") else ""
    line = f"Source: Pledger, ledger {room.name}, as of {when}{known}; {state.here()}"
    return answer.source if "Source: " in answer.source else "\n".join(filter(None, (answer.source, line)))


def _only_request(formed: Callable[..., Response]) -> Callable[[Request], Response]:
    def asked(request: Request) -> Response:
        return formed(request)

    return asked


def _named(path: str) -> list[str]:
    return [part.split("}")[0] for part in path.split("{")[1:]]


def static(name: str) -> bytes:
    """One of our own files: the style sheet, the script."""
    found = files("pledger.views.web") / "static" / name
    if "/" in name or not found.is_file():
        raise RequestError("there is no such file", 404)
    return found.read_bytes()
