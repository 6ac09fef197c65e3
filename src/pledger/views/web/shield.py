"""What stands between the network and the pages: headers, host names, sizes and rates. Plain ASGI, no state but rates.

The content security policy allows nothing but files of ours: no inline script or style, no frame, no other host. Words
of articles are escaped by the templates; the policy is what holds where a template should be wrong.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pledger.views.web.settings import LOOPBACK, Settings

__all__ = ["POLICY", "Rates", "Shield"]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_ADDRESSES = 10_000
"""Addresses whose rates are remembered; the longest silent one is forgotten first."""


class Rates:
    """A bucket of so many requests a minute for each address, filled steadily."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = float(per_minute), clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, address: str) -> float:
        """Take one request out of the bucket; seconds to wait where it is empty, else 0."""
        now = self._clock()
        left, then = self._left.pop(address, (self._most, now))
        left = min(self._most, left + (now - then) * self._most / 60)
        missing = max(0.0, 1 - left)
        self._left[address] = (left if missing else left - 1, now)
        while len(self._left) > _ADDRESSES:
            self._left.popitem(last=False)
        return missing * 60 / self._most


class _TooLargeError(Exception):
    """The body went past its limit while it was read."""


class Shield:
    """The outermost layer of the application."""

    def __init__(self, app: ASGIApp, settings: Settings, expensive: Callable[[str, str], bool]) -> None:
        """`expensive`: whether a request (method, path) counts against its address's rate."""
        self._app, self._settings, self._expensive = app, settings, expensive
        self._rates = Rates(settings.expensive_per_minute)
        self._hosts = frozenset(name.casefold() for name in (*LOOPBACK, settings.host, *settings.names))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before the application sees it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        guarded = _guarded(send)
        refusal = self._refused(scope, headers)
        if refusal is not None:
            await _say(guarded, *refusal)
            return
        most = self._settings.upload_bytes if scope["path"].startswith("/upload") else self._settings.body_bytes
        try:
            await self._app(scope, _limited(receive, most), guarded)
        except _TooLargeError:
            await _say(guarded, 413, f"this is more than {most:,} bytes: send less at a time")

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str, int] | None:
        # A page of another site can make a browser ask a loopback server under a name of its own (DNS rebinding).
        if _host(headers.get("host", "")) not in self._hosts:
            return 421, "this server does not answer under that name: start it with --name NAME", 0
        most = self._settings.upload_bytes if scope["path"].startswith("/upload") else self._settings.body_bytes
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > most:
            return 413, f"this is more than {most:,} bytes: send less at a time", 0
        if self._expensive(scope["method"], scope["path"]):
            client = scope.get("client") or ("", 0)
            wait = self._rates.wait(str(client[0]))
            if wait > 0:
                return 429, "too many requests that need computing: wait a moment", max(1, round(wait))
        return None


def _host(said: str) -> str:
    name = said.rsplit("]", 1)[0].lstrip("[") if said.startswith("[") else said.rsplit(":", 1)[0]
    return name.casefold()


def _guarded(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending


def _limited(receive: Receive, most: int) -> Callable[[], Awaitable[Message]]:
    taken = 0

    async def receiving() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _TooLargeError
        return message

    return receiving


async def _say(send: Send, status: int, words: str, wait: int = 0) -> None:
    body = f"{words}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
