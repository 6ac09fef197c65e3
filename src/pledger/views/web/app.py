"""The application: every route, what is served beside the pages, and what happens when something cannot be answered."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

import pledger
from pledger.ledger import Ledger, LedgerError
from pledger.views.web import pages
from pledger.views.web.answers import Answer
from pledger.views.web.pages import money
from pledger.views.web.serving import FORMS, Room, add, environment, page_of, room_of, state_of, static
from pledger.views.web.sessions import Sessions
from pledger.views.web.settings import Settings
from pledger.views.web.shield import Shield
from pledger.views.web.state import RequestError, State

__all__ = ["create_app"]

_LOG = logging.getLogger(__name__)
_KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}


def create_app(settings: Settings, ledger: Ledger | None = None) -> FastAPI:
    """The application over the ledger that the settings name (or one that is open already)."""
    held = ledger if ledger is not None else pledger.open(settings.ledger, create=False)
    app = FastAPI(
        title="Pledger",
        version=pledger.__version__,
        description="What is reported about state-backed investment programmes. The JSON beside each page.",
        docs_url=None,
        redoc_url=None,
        lifespan=money.lifespan,
        middleware=[Middleware(Shield, settings=settings, expensive=pages.expensive)],
    )
    app.state.room = Room(held, settings, Sessions(settings.token), environment())
    for entry in pages.PAGES:
        add(app, entry.path, entry.page, entry.summary, entry.parameters)
    for router in pages.ROUTERS:
        app.include_router(router)
    app.add_api_route("/static/{name}", _static, methods=["GET", "HEAD"], include_in_schema=False)
    app.add_api_route("/health", _health, methods=["GET"], summary="Whether the server and its ledger answer")
    app.add_exception_handler(RequestError, _wrong)
    app.add_exception_handler(LedgerError, _ledger_wrong)
    app.add_exception_handler(HTTPException, _http_wrong)
    app.add_exception_handler(Exception, _failed)
    app.openapi_schema = _schema(app)
    return app


def _schema(app: FastAPI) -> dict[str, Any]:
    schema: dict[str, Any] = app.openapi()
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = {"type": "object", "required": ["problem"], "properties": {"problem": {"type": "string"}}}
    return schema


def _static(name: str) -> Response:
    kind = _KINDS.get(name.rpartition(".")[2], "application/octet-stream")
    return Response(static(name), media_type=kind, headers={"cache-control": "max-age=3600"})


def _health(request: Request) -> dict[str, str]:
    room_of(request).ledger.moment  # noqa: B018  a server without its room is not healthy
    return {"status": "ok", "version": pledger.__version__}


def _told(request: Request, words: str, status: int) -> Response:
    """What went wrong, in the form in which the answer was asked for."""
    form = request.url.path.rpartition(".")[2]
    if form in FORMS or request.url.path.startswith(("/api/", "/chart/", "/progress/")):
        return JSONResponse({"problem": words}, status)
    answer = Answer(
        "problem.html.j2", "Not found" if status == 404 else "That did not work", {}, context={"words": words}
    )
    try:
        return page_of(request, answer, State(state_of(request).path, {}), status)
    except Exception:  # the page of a problem must not itself end in one
        _LOG.exception("the page of a problem failed")
        return PlainTextResponse(words, status)


def _wrong(request: Request, error: Exception) -> Response:
    status = error.status if isinstance(error, RequestError) else 400
    return _told(request, error.words if isinstance(error, RequestError) else str(error), status)


def _ledger_wrong(request: Request, error: Exception) -> Response:
    _LOG.warning("the ledger cannot answer: %s", error)
    return _told(request, "the ledger cannot answer just now: try again in a moment", 503)


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
