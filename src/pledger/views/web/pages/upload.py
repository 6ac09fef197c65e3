"""Adding articles: a form that takes files, the progress of their reading, then what is new and what it contradicts."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from pledger.views.changes import change_json, matter, said_by, told
from pledger.views.jsons import conflict_json, figure_json, problem_json
from pledger.views.web.answers import Answer
from pledger.views.web.openapi import JSON, SECURED, json_answer, refers
from pledger.views.web.serving import PROBLEMS, Room, page_of, room_of, state_of
from pledger.views.web.state import RequestError, day
from pledger.views.web.uploads import Upload, names_of

__all__ = ["router", "upload_json"]

router = APIRouter()
_SIGN_IN = "only who has signed in with the token may add articles"
_FIELDS = 10
_FIELD_BYTES = 10_000
_REFUSALS: dict[int | str, dict[str, Any]] = {
    403: JSON("Only with the token"),
    413: PROBLEMS[413] | {"content": PROBLEMS[413]["content"] | PROBLEMS[400]["content"]},
    503: JSON("Too many uploads are waiting"),
}


@router.get("/upload", include_in_schema=False)
def upload_page(request: Request) -> Response:
    """The form that takes articles."""
    room = room_of(request)
    known = room.sessions.known(request)
    answer = Answer("upload.html.j2", "Add articles", {}, context={"allowed": known, "limits": room.settings})
    return page_of(request, answer, state_of(request), 200 if known else 403)


@router.post("/upload", include_in_schema=False)
async def upload(request: Request) -> Response:
    """Take the files of the form, and go to the page of their progress."""
    begun = await _taken(request)
    return RedirectResponse(f"/upload/{begun.id}", 303)


@router.post(
    "/upload.json",
    summary="Add articles to the ledger",
    status_code=202,
    operation_id="upload",
    response_class=JSONResponse,
    responses={202: json_answer("The articles wait to be read; ask for the upload by its id", "Upload"), **PROBLEMS}
    | _REFUSALS,
    openapi_extra={
        **SECURED,
        "requestBody": {
            "required": True,
            "content": {"multipart/form-data": {"schema": refers("Articles")}},
        },
    },
)
async def upload_by_program(request: Request) -> Response:
    """As the form, for programs: `Authorization: Bearer TOKEN`."""
    begun = await _taken(request)
    return JSONResponse(upload_json(begun), 202, headers={"location": f"/upload/{begun.id}.json"})


@router.get(
    "/upload/{id}.json",
    summary="How far an upload is, and what it brought",
    operation_id="upload_progress",
    response_class=JSONResponse,
    responses={200: json_answer("The upload", "Upload"), **PROBLEMS, 403: _REFUSALS[403]},
    openapi_extra={
        **SECURED,
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 200}}],
    },
)
def progress(request: Request) -> Response:
    """The upload as it stands now."""
    return JSONResponse(upload_json(_asked(request)))


@router.get("/upload/{id}", include_in_schema=False)
def progress_page(request: Request) -> Response:
    """The same as a page, which asks again by itself until everything is read."""
    found = _asked(request)
    title = "Articles read" if found.stage.over else "Reading your articles"
    context = {"upload": found, "news": found.news, "matter": matter, "said_by": said_by, "told": told}
    return page_of(request, Answer("uploaded.html.j2", title, {}, context=context), state_of(request))


def upload_json(upload: Upload) -> dict[str, Any]:
    """An upload as JSON; `new` and `contradicts` are null until everything is read."""
    news = upload.news
    return {
        "id": upload.id,
        "stage": upload.stage.value,
        "over": upload.stage.over,
        "files": list(upload.names),
        "files_read": upload.done,
        "documents": [{"id": a.id, "file": a.file, "title": a.title, "claims": a.claims} for a in upload.articles],
        "known": upload.known,
        "problems": [problem_json(p) for p in upload.problems],
        "words": upload.words or None,
        "figures": [figure_json(f) for f in news.figures] if news else None,
        "contradicts": [conflict_json(c) for c in news.contradicted] if news else None,
        "takes_sides": [conflict_json(c) for c in news.joined] if news else None,
        "changes": [change_json(c) for c in news.changes] if news and news.changes is not None else None,
    }


def _asked(request: Request) -> Upload:
    room = room_of(request)
    if not room.sessions.known(request):
        raise RequestError("only who has signed in with the token may see what was added", 403)
    id_ = str(request.path_params["id"])
    found = room.uploads.of(id_)
    if found is None:
        raise RequestError(f"there is no upload {id_[:40]!r}: it is forgotten, or was never made", 404)
    return found


async def _taken(request: Request) -> Upload:
    """The files of a request, in a folder, waiting to be read. Who may not write is told so before they are taken."""
    room = room_of(request)
    if not room.sessions.known(request):
        raise RequestError(_SIGN_IN, 403)
    if room.uploads.full():
        raise RequestError("other articles are being read: add these in a minute", 503)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise RequestError("send the articles as multipart/form-data, each in a field called files")
    try:
        form = await request.form(max_files=room.settings.upload_files, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
    except HTTPException as wrong:
        most = room.settings.upload_files
        if "Too many files" in str(wrong.detail):
            raise RequestError(f"these are more than {most} files: send fewer at a time", 413) from wrong
        raise RequestError(f"the form cannot be read: {str(wrong.detail)[:200]}") from wrong
    try:
        return await run_in_threadpool(_begun, request, room, form)
    finally:
        await form.close()


def _begun(request: Request, room: Room, form: FormData) -> Upload:
    csrf = form.get("csrf")
    if not room.sessions.may_write(request, csrf if isinstance(csrf, str) else None):
        raise RequestError(_SIGN_IN, 403)
    given = form.get("reported_on")
    reported_on = day(given, "reported_on") if isinstance(given, str) else None
    files = [part for part in form.getlist("files") if isinstance(part, UploadFile) and (part.filename or part.size)]
    if not files:
        raise RequestError("no file came: choose the articles to add")
    names = names_of(part.filename or "" for part in files)
    folder = TemporaryDirectory(prefix="pledger-")
    try:
        _put(folder.name, names, files)
    except BaseException:
        folder.cleanup()
        raise
    return room.uploads.begin(folder, names, reported_on)


def _put(folder: str, names: Sequence[str], files: Sequence[UploadFile]) -> None:
    for name, part in zip(names, files, strict=True):
        with Path(folder, name).open("xb") as kept:
            shutil.copyfileobj(part.file, kept)
