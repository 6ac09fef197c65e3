"""What stands between the network and the pages: headers, host names, sizes and rates. Plain ASGI, no state but rates.

The content security policy allows nothing but files of ours: no inline script or style, no frame, no other host. Words
of articles are escaped by the templates; the policy is what holds where a template should be wrong.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
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
    "referrer-policy": "same-origin",  # under `no-referrer` a browser tells the origin of our own forms as `null`
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
}
_READING = ("GET", "HEAD", "OPTIONS")
"""Methods that change nothing."""
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


class _RefusedError(Exception):
    """The body went past its limit of size or time while it was read."""


class Shield:
    """The outermost layer of the application."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        expensive: Callable[[str, str, str], bool],
        failed: Callable[[Request, Exception], Response],
        told: Callable[[Request, str, int], Response],
    ) -> None:
        """`expensive`: whether a request (method, path, query) counts against its address's rate.

        `told` makes the page of a refusal, from its words and status, for who asks for pages; others get the words.

        `failed` makes the answer where the application has none. It is made here, so that it goes out under the same
        headers as all others: Starlette's own handler of errors stands outside of any layer.
        """
        self._app, self._settings, self._expensive, self._failed = app, settings, expensive, failed
        self._told = told
        self._rates = Rates(settings.expensive_per_minute)
        self._hosts = frozenset(name.casefold() for name in (*LOOPBACK, settings.host, *settings.names))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it before the application sees it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        page = partial(self._told, Request(scope)) if "text/html" in headers.get("accept", "") else None
        answer = _Answering(send, page, bare=scope["method"] == "HEAD")
        refusal = self._refused(scope, headers)
        if refusal is not None:
            await answer.say(*refusal)
            return
        if scope["method"] == "HEAD":  # answered as GET is, without the body
            scope = {**scope, "method": "GET"}
        body = _Body(receive, answer, *self._limits(scope))
        try:
            await self._app(scope, body.receive, answer.send)
        except Exception as error:
            if body.refusal is None and not answer.begun:
                await self._failed(Request(scope), error)(scope, receive, answer.send)
            elif (
                body.refusal is None
            ):  # half an answer is out: the connection must end, so that nobody takes it for whole
                raise
        if body.refusal is not None and not answer.begun:
            await answer.say(*body.refusal, last=True)

    def _limits(self, scope: Scope) -> tuple[int, float]:
        """The bytes of a body, and the seconds that it may take to come."""
        its = self._settings
        if scope["path"].startswith("/upload") or scope["path"] == "/portfolio":
            return its.upload_bytes, its.upload_seconds
        return its.body_bytes, its.body_seconds

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str, int] | None:
        # A page of another site can make a browser ask a loopback server under a name of its own (DNS rebinding).
        if _host(headers.get("host", "")) not in self._hosts:
            return 421, "this server does not answer under that name: start it with --name NAME", 0
        if scope["method"] not in _READING and not self._ours(headers):
            return 403, "a page of another site may not change anything here: use this server's own pages", 0
        most, _ = self._limits(scope)
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length[:20]) > most:
            return 413, _too_large(most), 0
        if self._expensive(scope["method"], scope["path"], scope["query_string"].decode("latin-1")):
            client = scope.get("client") or ("", 0)
            wait = self._rates.wait(str(client[0]))
            if wait > 0:
                return 429, "too many requests that need computing: wait a moment", max(1, math.ceil(wait))
        return None

    def _ours(self, headers: Headers) -> bool:
        """Whether a request that may change something is not the doing of another site's page (CSRF).

        A browser says where a request comes from, first by `Sec-Fetch-Site`, else by `Origin`; programs say neither.
        Another port of this machine is another site, too.
        """
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = headers.get("origin")
        if origin is None:
            return True
        try:
            told = urlsplit(origin)
            name = (told.hostname or "").casefold()
        except ValueError:
            return False
        known = {one.casefold() for one in self._settings.names}
        return bool(name) and (name in known or told.netloc.casefold() == headers.get("host", "").casefold())


class _Answering:
    """What goes out: under our headers, and once."""

    def __init__(self, send: Send, page: Callable[[str, int], Response] | None, *, bare: bool) -> None:
        """`page` makes the page of a refusal; None where its words are enough. `bare`: only the head is sent."""
        self._send, self._page, self._bare = send, page, bare
        self.begun = False
        self.silenced = False
        """Whether what the application says is dropped, since the shield will answer instead."""

    async def send(self, message: Message) -> None:
        """Pass on what the application answers."""
        if self.silenced:
            return
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        elif self._bare and message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await self._send(message)

    async def say(self, status: int, words: str, wait: int = 0, *, last: bool = False) -> None:
        """Refuse, in a line. `last`: the rest of the request is not waited for, so the connection ends with it."""
        self.silenced = False
        body, kind = f"{words}\n".encode(), "text/plain; charset=utf-8"
        if self._page is not None and status != 421:  # under a foreign name nothing of ours is shown
            made = self._page(words, status)
            body, kind = bytes(made.body), made.headers["content-type"]
        headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
        if wait:
            headers.append((b"retry-after", str(wait).encode()))
        if last:
            headers.append((b"connection", b"close"))
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


class _Body:
    """What comes in: no more and no longer than the limits, whether or not its length was told beforehand.

    Frameworks turn an exception that comes while they read a form into an answer of their own, so what was refused is
    remembered here, and their answer is dropped.
    """

    def __init__(self, receive: Receive, answer: _Answering, most: int, seconds: float) -> None:
        self._receive, self._answer, self._most = receive, answer, most
        self._until, self._seconds = time.monotonic() + seconds, seconds
        self._taken = 0
        self._whole = False
        self.refusal: tuple[int, str] | None = None

    async def receive(self) -> Message:
        """The next part of the body."""
        if self._whole:  # what comes now is only that the browser has left
            return await self._receive()
        try:
            async with asyncio.timeout(max(0.0, self._until - time.monotonic())):
                message = await self._receive()
        except TimeoutError:
            raise self._refuse(408, f"this did not come within {self._seconds:.0f} seconds: send less") from None
        self._taken += len(message.get("body", b""))
        self._whole = not message.get("more_body", False)
        if self._taken > self._most:
            raise self._refuse(413, _too_large(self._most))
        return message

    def _refuse(self, status: int, words: str) -> Exception:
        self.refusal = (status, words)
        self._answer.silenced = not self._answer.begun
        return _RefusedError(words)


def _too_large(most: int) -> str:
    return f"this is more than {most:,} bytes: send less at a time"


def _host(said: str) -> str:
    name = said.rsplit("]", 1)[0].lstrip("[") if said.startswith("[") else said.rsplit(":", 1)[0]
    return name.casefold()
