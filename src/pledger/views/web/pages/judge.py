"""What changes the ledger from a browser: signing in with the token, judging a claim, withdrawing a judgement."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from pledger.ledger import judgement
from pledger.views.web.answers import Answer
from pledger.views.web.serving import page_of, room_of, state_of
from pledger.views.web.sessions import COOKIE, cookie
from pledger.views.web.state import RequestError

__all__ = ["router"]

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=2_000)]


@router.get("/sign-in")
def sign_in_page(request: Request) -> Response:
    """The form that asks for the token."""
    return page_of(request, Answer("sign-in.html.j2", "Sign in", {}, context={"wrong": False}), state_of(request))


@router.post("/sign-in")
def sign_in(request: Request, token: Field = "") -> Response:
    """A session for a browser that shows the token."""
    sessions = room_of(request).sessions
    if not sessions.fits(token.strip()):
        answer = Answer("sign-in.html.j2", "Sign in", {}, context={"wrong": True})
        return page_of(request, answer, state_of(request), 403)
    session = sessions.begin()
    response = RedirectResponse("/", 303)
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, session.key, httponly=True, samesite="strict", secure=secure, path="/")
    return response


@router.post("/sign-out")
def sign_out(request: Request, csrf: Field = "") -> Response:
    """The end of a session."""
    sessions = room_of(request).sessions
    if sessions.of(request) is not None and not sessions.may_write(request, csrf):
        raise RequestError("only the page that you signed in on may sign you out", 403)
    sessions.end(cookie(request.headers.get("cookie", "")))
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.post("/judge")
def judge(
    request: Request,
    claim: Field,
    verdict: Field,
    person: Field = "",
    reason: Field = "",
    csrf: Field = "",
    back: Field = "/",
) -> Response:
    """Keep a judgement on a claim, and go back to where it was made."""
    room = room_of(request)
    if not room.sessions.may_write(request, csrf):
        raise RequestError("only who has signed in with the token may judge", 403)
    known, _ = room.ledger.texts_behind([why.figure] if (why := room.ledger.why(claim)) else [])
    if claim not in known:
        raise RequestError("there is no such claim behind a figure of this ledger", 404)
    if not reason.strip():
        raise RequestError("a judgement needs a reason: others must be able to follow it")
    try:
        made = judgement(
            "claim", claim, "", verdict, "", person=person, reason=reason,
            made_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
        )  # fmt: skip
    except ValueError as wrong:
        raise RequestError(str(wrong)) from wrong
    room.ledger.judge(made)
    return RedirectResponse(_ours(back), 303)


def _ours(back: str) -> str:
    """An address on this server; the first page for any other."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"
