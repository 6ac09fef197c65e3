"""What changes the ledger from a browser: signing in with the token, judging, withdrawing a judgement."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from pledger.ledger import grades, judgement
from pledger.views.web.answers import Answer
from pledger.views.web.pages.figure import conflict_of
from pledger.views.web.pages.sources import known_sources
from pledger.views.web.serving import Room, page_of, room_of, state_of
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
    verdict: Field,
    claim: Field = "",
    conflict: Field = "",
    side: Annotated[int, Form(ge=1, le=1_000)] = 1,
    what: Field = "",
    a: Field = "",
    b: Field = "",
    source: Field = "",
    person: Field = "",
    reason: Field = "",
    csrf: Field = "",
    back: Field = "/",
) -> Response:
    """Keep a judgement, and go back to where it was made. On what it is, the field says that is filled:

    `claim`: accept, reject, or its credibility as a digit; `conflict`: none, or accept the `side` that is right;
    `a` and `b`, two names of the kind `what`: same or different; `source`: its reliability as a letter.
    """
    room = _writing(request, csrf)
    if not reason.strip():
        raise RequestError("a judgement needs a reason: others must be able to follow it")
    if claim:
        kind, subject, object_ = ("grade" if verdict.isdigit() else "claim"), _claim(room, claim), ""
    elif conflict:
        kind, subject, object_ = _of_conflict(room, conflict, verdict, side)
    elif source:
        kind, subject, object_ = "grade", _source(room, source), ""
    else:
        kind, subject, object_ = "match", a, b
    try:
        made = judgement(
            kind, subject, object_, verdict, what if kind == "match" else "", person=person, reason=reason,
            made_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
        )  # fmt: skip
    except ValueError as wrong:
        raise RequestError(str(wrong).replace(" (--by NAME)", "")) from wrong
    room.ledger.judge(made)
    return RedirectResponse(_ours(back), 303)


@router.post("/withdraw")
def withdraw(
    request: Request, judgement: Field, person: Field = "", reason: Field = "", csrf: Field = "", back: Field = "/"
) -> Response:
    """Withdraw a judgement, which stays on record, and go back to where that was done."""
    room = _writing(request, csrf)
    if not person.strip() or not reason.strip():
        raise RequestError("to withdraw a judgement, say who you are and why: both stay on record")
    if not any(held.id == judgement and held.in_force for held in room.ledger.judgements()):
        raise RequestError("there is no such judgement in force", 404)
    room.ledger.withdraw(judgement, person.strip(), reason.strip())
    return RedirectResponse(_ours(back), 303)


def _writing(request: Request, csrf: str) -> Room:
    room = room_of(request)
    if not room.sessions.may_write(request, csrf):
        raise RequestError("only who has signed in with the token may judge", 403)
    return room


def _claim(room: Room, claim: str) -> str:
    known, _ = room.ledger.texts_behind([why.figure] if (why := room.ledger.why(claim)) else [])
    if claim not in known:
        raise RequestError("there is no such claim behind a figure of this ledger", 404)
    return claim


def _source(room: Room, name: str) -> str:
    """What the grade of a source is kept by."""
    about = grades.subject(name)
    if about not in {grades.subject(one) for one in known_sources(room)}:
        raise RequestError(f"there is no source {name[:80]!r} in this ledger: /sources lists them", 404)
    return about


def _of_conflict(room: Room, id_: str, verdict: str, side: int) -> tuple[str, str, str]:
    """Kind, subject and object of a judgement on a conflict: that it is none, or which side of it is right."""
    conflict = conflict_of(room.ledger, id_)
    if verdict == "none":
        if len(conflict.sides) < 2:
            raise RequestError("this has one side only: say of its sentence that it is right, or wrong")
        one, other = (side.claims[0] for side in conflict.sides[:2])
        return "conflict", one, other
    if side > len(conflict.sides):
        raise RequestError(f"there are {len(conflict.sides)} sides: side={side} is none of them")
    return "claim", conflict.sides[side - 1].claims[0], ""


def _ours(back: str) -> str:
    """An address on this server; the first page for any other."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable() else "/"
