"""The page for programs: our OpenAPI document in Swagger UI, whose files come from an installed package and from us."""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from swagger_ui_bundle import swagger_ui_path

from pledger.views.web.answers import Answer
from pledger.views.web.serving import PROBLEMS, page_of, state_of
from pledger.views.web.state import RequestError

__all__ = ["router"]

router = APIRouter()
_FILES = {"swagger-ui.css": "text/css; charset=utf-8", "swagger-ui-bundle.js": "text/javascript; charset=utf-8"}
"""The files of the package that the page needs; no other is served."""


@router.get("/docs", include_in_schema=False)
def docs_page(request: Request) -> Response:
    """Every route, and a way to try it."""
    return page_of(request, Answer("docs.html.j2", "For programs", {}), state_of(request))


@router.get("/docs/{name}", include_in_schema=False)
def asset(request: Request, name: str) -> Response:
    """A file of Swagger UI."""
    if name not in _FILES:
        raise RequestError("there is no such file", 404)
    small = "gzip" in request.headers.get("accept-encoding", "")
    headers = {"cache-control": "public, max-age=86400", "vary": "accept-encoding"}
    if small:
        headers["content-encoding"] = "gzip"
    return Response(_file(name, small=small), media_type=_FILES[name], headers=headers)


@router.get(
    "/openapi.json",
    summary="This document",
    operation_id="openapi",
    response_class=JSONResponse,
    responses={
        200: {"description": "OpenAPI 3.0", "content": {"application/json": {"schema": {"type": "object"}}}},
        **PROBLEMS,
    },
)
def document(request: Request) -> Response:
    """Every route that programs may ask, with its parameters and answers."""
    schema: dict[str, Any] = request.app.openapi()
    return JSONResponse(schema)


@cache
def _file(name: str, *, small: bool) -> bytes:
    data: bytes = (swagger_ui_path / name).read_bytes()
    return gzip.compress(data, mtime=0) if small else data
