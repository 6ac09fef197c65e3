"""Who may write: the token, sessions of browsers that showed it, and the word that a form must carry (CSRF)."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from fastapi import Request

__all__ = ["COOKIE", "Session", "Sessions", "cookie"]

COOKIE = "pledger-session"
_LASTS = 12 * 3600.0
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that showed the token."""

    key: str
    csrf: str
    ends: float


class Sessions:
    """Sessions live in memory: they end with the server, and nothing about them is written anywhere."""

    def __init__(self, token: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._token, self._clock = token, clock
        self._held: dict[str, Session] = {}
        self._lock = threading.Lock()

    @property
    def open(self) -> bool:
        """Whether anybody may sign in at all."""
        return self._token is not None

    def fits(self, token: str) -> bool:
        """Whether this is the token; takes as long for any answer."""
        mine = self._token or secrets.token_hex()
        return hmac.compare_digest(mine.encode(), token.encode()) and self._token is not None

    def begin(self) -> Session:
        """A new session."""
        now = self._clock()
        session = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), now + _LASTS)
        with self._lock:  # each request has a thread of its own
            self._held = {k: s for k, s in self._held.items() if s.ends > now}
            while len(self._held) >= _MOST:
                del self._held[next(iter(self._held))]
            self._held[session.key] = session
        return session

    def end(self, key: str) -> None:
        """Forget a session."""
        with self._lock:
            self._held.pop(key, None)

    def of(self, request: Request) -> Session | None:
        """The session of a request, where it has one that has not ended."""
        session = self._held.get(cookie(request.headers.get("cookie", "")))
        return session if session is not None and session.ends > self._clock() else None

    def known(self, request: Request) -> bool:
        """Whether whoever asks has shown the token; that alone lets nobody write, since a form must be ours too."""
        shown = _bearer(request)
        return self.fits(shown) if shown is not None else self.of(request) is not None

    def may_write(self, request: Request, csrf: str | None) -> bool:
        """Whether the request may change the ledger: a bearer token, or a session together with its form's word."""
        shown = _bearer(request)
        if shown is not None:
            return self.fits(shown)
        session = self.of(request)
        return session is not None and hmac.compare_digest(session.csrf.encode(), (csrf or "").encode())


def _bearer(request: Request) -> str | None:
    """The token that a program shows; None where it shows none."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.casefold() == "bearer" else None


def cookie(header: str) -> str:
    """The session's key in a Cookie header; empty where there is none."""
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
