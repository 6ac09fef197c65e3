"""What is answered while a ledger of the past is worked out: how far it is, on a page that comes by itself."""

from __future__ import annotations

import math

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from pledger.views.web.answers import Answer
from pledger.views.web.pasts import Coming, ComingError
from pledger.views.web.serving import FORMS, page_of, state_of
from pledger.views.wording import say_count, say_date

__all__ = ["coming", "left"]

_AGAIN = 5
"""Seconds after which a page without its script asks again."""
_STEPS = {
    "waiting": "Another day is being worked out; this one is next",
    "copying": "Gathering what had been reported by then",
    "names": "Finding out who is who",
    "projects": "Telling the projects apart",
    "voices": "Tracing who said what",
    "figures": "Weighing the reports and looking for contradictions",
    "update": "Adding what came since a day that is there already",
}


def coming(request: Request, error: Exception) -> Response:
    """How far it is, in the form in which the answer was asked for."""
    if not isinstance(error, ComingError):
        raise error
    its = error.coming
    described = getattr(request.scope.get("route"), "include_in_schema", False)
    again = {"retry-after": str(_again(its)), "cache-control": "no-store"}
    if described or request.url.path.rpartition(".")[2] in FORMS:
        words = its.words or f"this day is being worked out: {100 * its.share:.0f} % is done; ask again in a while"
        told = {"problem": words, "share": round(its.share, 3), "seconds": its.seconds and round(its.seconds)}
        return JSONResponse(told, 503, again)
    state = state_of(request)
    context = {
        "coming": its, "step": _STEPS.get(its.step, ""), "left": left(its.seconds), "again": _AGAIN,
        "others": [m for m in its.ready if m.as_of and m.known_on == its.moment.known_on][:6],
    }  # fmt: skip
    day = its.moment.as_of or its.moment.known_on
    answer = Answer("coming.html.j2", f"Going back to {say_date(day) if day else 'then'}", {}, context=context)
    made = page_of(request, answer, state, 503 if its.step == "failed" else 202)
    made.headers.update(again)
    return made


def left(seconds: float | None) -> str:
    """How long it will still take, in words; empty where that is not known."""
    if seconds is None:
        return ""
    return "less than a minute" if seconds < 50 else f"about {say_count(max(1, round(seconds / 60)), 'minute')}"


def _again(its: Coming) -> int:
    """Seconds after which it is worth asking again."""
    return max(2, min(60, math.ceil((its.seconds or 20.0) / 4)))
