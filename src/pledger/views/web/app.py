"""The application: every route, what is served beside the pages, and what happens when something cannot be answered."""

from __future__ import annotations

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, NotSupportedError, ProgrammingError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

import pledger
from pledger.ledger import Ledger, LedgerError
from pledger.views.web import pages
from pledger.views.web.answers import Answer
from pledger.views.web.coming import coming
from pledger.views.web.following import following
from pledger.views.web.once import settle
from pledger.views.web.openapi import SCHEMAS, SECURITY, json_answer
from pledger.views.web.pages import money
from pledger.views.web.pasts import ComingError, Pasts
from pledger.views.web.serving import FORMS, PROBLEMS, Room, add, page_of, room_of, state_of, static, templates
from pledger.views.web.sessions import Sessions
from pledger.views.web.settings import Settings
from pledger.views.web.shield import Shield
from pledger.views.web.state import RequestError, State
from pledger.views.web.uploads import Uploads

__all__ = ["create_app"]

_LOG = logging.getLogger(__name__)
_PUTTING_TOGETHER = threading.Lock()
_TITLES = {
    403: "Not allowed", 404: "Not found", 405: "Not here", 408: "Too slow", 413: "Too much at once",
    429: "One moment, please", 500: "Something is broken here", 503: "Not just now",
}  # fmt: skip
"""Of the pages of problems, by their status; others say that it did not work."""
_PASSING = (408, 429, 503)
"""Statuses after which the same may be asked again."""
_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def create_app(settings: Settings, ledger: Ledger | None = None) -> FastAPI:
    """The application over the ledger that the settings name (or one that is open already)."""
    # Pages follow what was derived last: else whoever asks would take up what a reader has kept and not yet taken up.
    held = (ledger if ledger is not None else pledger.open(settings.ledger, create=False)).lagging()
    app = _Application(
        title="Pledger",
        version=pledger.__version__,
        description="What is reported about state-backed investment programmes. The JSON beside each page.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,  # `pages.docs` serves it
        middleware=[Middleware(Shield, settings=settings, expensive=pages.expensive, failed=_failed, told=_told)],
        lifespan=_living,
    )
    app.openapi_version = "3.0.3"  # the newest that the installed Swagger UI reads
    uploads = Uploads(held, settings.upload_seconds)
    app.state.room = Room(held, settings, Sessions(settings.token), templates(), uploads, Pasts(held, settings.past))
    for entry in pages.PAGES:
        add(
            app,
            entry.path,
            entry.page,
            entry.summary,
            entry.parameters,
            entry.schema,
            kept=entry.kept,
            drawn=entry.drawn,
        )
    for router in pages.ROUTERS:
        app.include_router(router)
    app.add_api_route("/static/{name}", _static, methods=["GET"], include_in_schema=False)
    app.add_api_route(
        "/health",
        _health,
        methods=["GET"],
        summary="Whether the server and its ledger answer",
        operation_id="health",
        responses={200: json_answer("They do", "Health"), **PROBLEMS},
    )
    app.add_exception_handler(RequestError, _wrong)
    app.add_exception_handler(ComingError, coming)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(LedgerError, _ledger_wrong)
    app.add_exception_handler(DatabaseError, _database_wrong)
    app.add_exception_handler(HTTPException, _http_wrong)
    return app


class _Application(FastAPI):
    """The application; what programs read of it is put together when somebody asks, which takes a quarter of a second
    that nobody waits for at the start."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        with _PUTTING_TOGETHER:
            if self.openapi_schema is None:
                self.openapi_schema = self._described()
            return self.openapi_schema

    def _described(self) -> dict[str, Any]:
        schema: dict[str, Any] = super().openapi()
        for its in schema["paths"].values():
            for operation in its.values():
                operation["responses"].pop("422", None)  # what the framework would answer is 400 here
        parts = schema.setdefault("components", {})
        parts["schemas"] = SCHEMAS
        parts["securitySchemes"] = SECURITY
        return schema


@asynccontextmanager
async def _living(app: FastAPI) -> AsyncIterator[None]:
    """While the server runs; what is being read at its end is broken off, and what was read is kept."""
    settle()
    async with money.lifespan(app):
        with following(app.state.room.ledger):
            yield
    await run_in_threadpool(app.state.room.pasts.close)
    await run_in_threadpool(app.state.room.uploads.end)


def _static(name: str) -> Response:
    kind = _KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    return Response(static(name), media_type=kind, headers={"cache-control": "max-age=3600"})


def _health(request: Request) -> dict[str, str]:
    room_of(request).ledger.version()  # asks the database
    return {"status": "ok", "version": pledger.__version__}


def _told(request: Request, words: str, status: int) -> Response:
    """What went wrong, in the form in which the answer was asked for."""
    # The routes of the OpenAPI document are for programs, and so are addresses that look like theirs.
    described = getattr(request.scope.get("route"), "include_in_schema", False)
    if described or request.url.path.rpartition(".")[2] in FORMS:
        return JSONResponse({"problem": words}, status)
    title = _TITLES.get(status, "That did not work")
    try:
        state = state_of(request)
        again = state.here() if status in _PASSING and request.method == "GET" else None
        answer = Answer("problem.html.j2", title, {}, context={"words": words, "status": status, "again": again})
        return page_of(request, answer, State(state.path, {}), status)
    except Exception:  # the page of a problem must not itself end in one
        _LOG.exception("the page of a problem failed")
        return PlainTextResponse(words, status)


def _wrong(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, RequestError) else 400
    return _told(request, error.words if isinstance(error, RequestError) else str(error), status)


def _unfit(request: Request, error: Exception) -> Response:
    """A form without a field that it must have, or with one that is too long. What was sent is not told back."""
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    words = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in list(found)[:5])
    return _told(request, f"the form cannot be read: {words}"[:400], 400)


def _ledger_wrong(request: Request, error: Exception) -> Response:
    _LOG.warning("the ledger cannot answer: %s", error)
    return _told(request, "the ledger cannot answer just now: try again in a moment", 503)


def _database_wrong(request: Request, error: Exception) -> Response:
    if isinstance(error, ProgrammingError | DataError | IntegrityError | NotSupportedError):  # what we asked was wrong
        return _failed(request, error)
    return _ledger_wrong(request, error)


def _http_wrong(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    words = "there is no such page" if status == 404 else str(getattr(error, "detail", "that did not work"))
    response = _told(request, words, status)
    response.headers.update(headers)
    return response


def _failed(request: Request, error: Exception) -> Response:
    _LOG.error("no answer to %s %s", request.method, request.url.path, exc_info=error)
    return _told(request, "something is broken here, and it has been written to the server's log", 500)
