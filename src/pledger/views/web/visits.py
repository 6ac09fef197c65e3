"""When a browser was here before: two days in a cookie of ours, and nothing that tells one person from another."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from fastapi import Request, Response

__all__ = ["NO_VISIT", "VISITS", "Visit", "visit_of"]

VISITS = "pledger-visits"
"""The cookie: the day of the visit before, if any, a full stop, the day of the latest: `2026-03-01.2026-03-09`."""
_LASTS = 400 * 24 * 3600
"""Seconds; browsers keep no cookie longer."""
R = TypeVar("R", bound=Response)


@dataclass(frozen=True, slots=True)
class Visit:
    """A look at the first page."""

    before: dt.date | None
    """The day of the visit before; visits of one day are one."""
    note: str
    """What the cookie is to say from now on; empty where it says it already."""

    def noted(self, answer: R, request: Request) -> R:
        """The answer, with the cookie."""
        if self.note:
            secure = request.url.scheme == "https"
            answer.set_cookie(VISITS, self.note, _LASTS, path="/", secure=secure, httponly=True, samesite="lax")
        return answer


NO_VISIT = Visit(None, "")
"""Of a page on which visits do not matter."""


def visit_of(cookie: str, today: dt.date) -> Visit:
    """The visit of a browser that sends this cookie; one that it cannot have got from us counts as none."""
    first, _, last = cookie.partition(".")
    before, latest = _day(first), _day(last)
    if latest is None or latest > today or (before is not None and before >= latest):
        return Visit(None, f".{today}")
    return Visit(before, "") if latest == today else Visit(latest, f"{latest}.{today}")


def _day(said: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(said) if len(said) == 10 else None
    except ValueError:
        return None
