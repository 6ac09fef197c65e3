"""One question to the server of a feed: conditional, limited in size and time, and signed with who asks.

urllib3 does the talking; it comes with trafilatura.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError
from urllib3.util import Timeout

from pledger.documents.parsed import one_line, web_address
from pledger.documents.watch.schedule import Watched

__all__ = ["Answer", "Web", "ask", "user_agent"]

MOST_BYTES = 8_000_000
"""Largest feed taken, unpacked; what `documents.feed` reads at most."""
MOST_SECONDS = 60.0
"""Whole time of one answer: a server that drips bytes is let go."""
MOST_REDIRECTS = 5
PAUSE = 1.0
"""Seconds between two questions to one host."""
_MOVED = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
_REDIRECTS = {*_MOVED, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
_MAX_AGE = re.compile(r"(?<![\w-])max-age\s{0,5}=\s{0,5}\"?(\d{1,9})")
_TTL = re.compile(rb"<ttl>\s{0,9}(\d{1,5})\s{0,9}</ttl>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    """HTTP status; 0 where there was no answer."""
    body: bytes | None = None
    """The feed; None where there is nothing new, or nothing at all."""
    why: str = ""
    """For a failure, what went wrong, in words."""
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    """The address that the server asked to use from now on."""
    fresh_for: dt.timedelta | None = None
    """How long the server or the feed says that there is no use in asking again."""
    retry_after: dt.timedelta | None = None

    @property
    def good(self) -> bool:
        """Whether it was an answer to the question: a feed, or that there is nothing new."""
        return self.body is not None or self.status == HTTPStatus.NOT_MODIFIED


def user_agent(version: str, contact: str | None = None) -> str:
    """Who we are, as servers' owners want to read it; `contact` is an address of whoever runs this copy."""
    by = one_line(contact)
    about = "https://github.com/pledger/pledger" + (f"; {by.encode('ascii', 'replace').decode()[:200]}" if by else "")
    return f"Pledger/{version} (+{about})"


@dataclass(slots=True)
class Web:
    """The connections of one run, and when each host was last asked."""

    agent: str
    pause: float = PAUSE
    seconds: float = MOST_SECONDS
    asked: dict[str, float] = field(default_factory=dict)
    pool: urllib3.PoolManager = field(init=False)

    def __post_init__(self) -> None:
        self.pool = urllib3.PoolManager(headers={"User-Agent": self.agent}, retries=False, maxsize=1)

    def wait_for(self, host: str) -> None:
        """Sleep until `host` may be asked again."""
        last = self.asked.get(host)
        if last is not None and (left := last + self.pause - time.monotonic()) > 0:
            time.sleep(left)
        self.asked[host] = time.monotonic()

    def close(self) -> None:
        """Let go of all connections."""
        self.pool.clear()


def ask(feed: Watched, web: Web, now: dt.datetime) -> Answer:
    """Ask for a feed what is new since the last time (`If-None-Match`, `If-Modified-Since`); never raises for what a
    server does.

    Redirects are followed up to MOST_REDIRECTS times, to http and https only, and never from a public host to an
    address inside a private network. A permanent one is remembered in `moved_to` when all before it were permanent.
    """
    headers = {"Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    url, moved, permanent = feed.asks, None, True
    deadline = time.monotonic() + web.seconds
    for _ in range(MOST_REDIRECTS + 1):
        web.wait_for(urlsplit(url).netloc)
        answer = _once(url, web, headers, deadline, now)
        if isinstance(answer, Answer):
            return answer if moved is None else replace(answer, moved_to=moved)
        status, target = answer
        to = web_address(urljoin(url, target))
        if to is None or (_inside(to) and not _inside(url)):
            return Answer(status, why=f"it redirects to {target[:100]!r}, where no feed is asked for")
        permanent = permanent and status in _MOVED
        url, moved = to, to if permanent else moved
    return Answer(0, why=f"it redirects more than {MOST_REDIRECTS} times")


def _once(url: str, web: Web, headers: dict[str, str], deadline: float, now: dt.datetime) -> Answer | tuple[int, str]:
    """The answer to one request, or the status and target of a redirect."""
    left = max(deadline - time.monotonic(), 0.1)
    try:
        response = web.pool.request(
            "GET", url, headers={**web.pool.headers, **headers}, redirect=False, preload_content=False,
            timeout=Timeout(connect=min(left, 15.0), read=min(left, 30.0)), retries=False,
        )  # fmt: skip
    except (HTTPError, OSError, ValueError) as error:
        return Answer(0, why=_words(error))
    try:
        status = response.status
        if status in _REDIRECTS and (target := response.headers.get("Location")):
            return status, target
        return _answer(response, status, deadline, now)
    except (HTTPError, OSError, ValueError) as error:
        return Answer(0, why=_words(error))
    finally:
        response.close()


def _answer(response: urllib3.BaseHTTPResponse, status: int, deadline: float, now: dt.datetime) -> Answer:
    said = response.headers
    etag, modified = _header(said.get("ETag")), _header(said.get("Last-Modified"))
    retry = _retry_after(said.get("Retry-After"), now)
    age = _MAX_AGE.search((said.get("Cache-Control") or "")[:500].lower())
    fresh = dt.timedelta(seconds=int(age[1])) if age else None
    if status == HTTPStatus.NOT_MODIFIED:
        return Answer(status, etag=etag, last_modified=modified, fresh_for=fresh)
    if status != HTTPStatus.OK:
        known = {s.value: s.phrase for s in HTTPStatus}
        return Answer(status, why=f"its server answers {status} {known.get(status, '')}".strip(), retry_after=retry)
    body = bytearray()
    try:
        with _ending(response, deadline - time.monotonic()):
            for part in response.stream(65_536, decode_content=True):
                body += part
                if len(body) > MOST_BYTES:
                    return Answer(0, why=f"it has more than {MOST_BYTES // 1_000_000} MB")
                if time.monotonic() > deadline:
                    break
    except HTTPError:
        if time.monotonic() <= deadline:
            raise
    if time.monotonic() > deadline:
        return Answer(0, why="its server takes too long")
    ttl = _TTL.search(body[:20_000])
    stated = [t for t in (fresh, dt.timedelta(minutes=int(ttl[1])) if ttl else None) if t is not None]
    return Answer(status, bytes(body), etag=etag, last_modified=modified, fresh_for=max(stated, default=None))


@contextmanager
def _ending(response: urllib3.BaseHTTPResponse, seconds: float) -> Iterator[None]:
    """After so long nothing more is heard: a part of a body is waited for until it is whole, however slowly."""

    def end() -> None:
        with suppress(ValueError, OSError):  # it was closed meanwhile
            response.shutdown()

    watch = threading.Timer(max(seconds, 0.0), end)
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _retry_after(words: str | None, now: dt.datetime) -> dt.timedelta | None:
    """Seconds, or a date (RFC 9110, 10.2.3)."""
    words = (words or "").strip()[:60]
    if words.isascii() and words.isdigit():
        return dt.timedelta(seconds=min(int(words), 10**9))
    try:
        at = parsedate_to_datetime(words)
        return max((at if at.tzinfo else at.replace(tzinfo=dt.UTC)) - now, dt.timedelta())
    except (ValueError, OverflowError, TypeError):
        return None


def _header(words: str | None) -> str | None:
    """A header's value that can be sent back; None for none, or for one that no server means."""
    return words if words and len(words) <= 500 and words.isascii() and words.isprintable() else None


def _inside(url: str) -> bool:
    """Whether the host of an address is one of a private network or this machine."""
    host = urlsplit(url).hostname or ""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(a.partition("%")[0]).is_global for a in found)


def _words(error: BaseException) -> str:
    return (one_line(str(error)) or type(error).__name__)[:200]
