"""One question to the endpoint: a POST with a deadline, a cap on bytes, patience where it is busy, and no detours."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import httpx2
from pydantic_core import from_json

from pledger.reading.second.prompt import request
from pledger.reading.second.records import Limits
from pledger.reading.second.settings import API_KEY, BASE_URL, MODEL, SecondReader

__all__ = ["Failure", "ask", "connected"]

_BUSY = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_UNASKED = frozenset({400, 415, 422, 501})
"""Statuses by which endpoints refuse a schema or a temperature that they do not know."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the endpoint gave no answer, and what a person can do about it."""

    why: str
    mend: str


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    body: bytes
    retry_after: str | None = None


class _RefusedError(Exception):
    """An answer that is not read on."""


def connected(reader: SecondReader) -> httpx2.AsyncClient:
    """A client that goes to no other host: no redirects, and a proxy only where the endpoint is not on this machine.

    It has no timeout of its own, since those of a client count from byte to byte: `ask` has one for the whole.
    """
    return httpx2.AsyncClient(timeout=None, follow_redirects=False, trust_env=not reader.here)


async def ask(client: httpx2.AsyncClient, reader: SecondReader, words: str, day: dt.date | None) -> str | Failure:
    """The words of the model's answer about one excerpt. Never raises for what an endpoint does.

    Busy or broken-off answers are tried again with growing waits; a request that takes longer than
    `limits.seconds` is not.
    """
    limits, failure = reader.limits, Failure("", "")
    for attempt in range(max(1, limits.tries)):
        try:
            async with asyncio.timeout(limits.seconds):
                reply = await _post(client, reader, words, day)
                if reply.status in _UNASKED and not reader.plain:
                    reader.plain = True
                    reply = await _post(client, reader, words, day)
        except TimeoutError:
            return Failure(f"no whole answer within {limits.seconds:g} seconds", "Use a faster model, or try later.")
        except _RefusedError as refused:
            return Failure(str(refused), f"Look at the endpoint that {BASE_URL} names.")
        except (httpx2.TransportError, OSError) as error:
            failure = Failure(_why(error), f"See that the endpoint runs, and that {BASE_URL} names it.")
            wanted = None
        except (httpx2.InvalidURL, httpx2.HTTPError, UnicodeError) as error:
            return Failure(_why(error), f"Mend {BASE_URL}.")
        else:
            if reply.status not in _BUSY:
                return _said(reply)
            failure, wanted = Failure(f"status {reply.status}, {attempt + 1} times", "Try later."), reply.retry_after
        if attempt + 1 < limits.tries:
            await asyncio.sleep(_pause(limits, attempt, wanted))
    return failure


async def _post(client: httpx2.AsyncClient, reader: SecondReader, words: str, day: dt.date | None) -> _Reply:
    headers = {
        "Accept": "application/json",
        "Accept-Encoding": "identity",  # what is not compressed cannot swell
        "Content-Type": "application/json",
        "User-Agent": "pledger",
    }
    if reader.key:
        headers["Authorization"] = f"Bearer {reader.key}"
    body = json.dumps(request(reader.model, words, day, plain=reader.plain)).encode()
    most = reader.limits.answer_bytes
    async with client.stream("POST", reader.url, content=body, headers=headers) as response:
        if response.status_code != httpx2.codes.OK:
            return _Reply(response.status_code, b"", response.headers.get("retry-after"))
        if response.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
            raise _RefusedError("it sends a compressed answer, which was not asked for")
        parts: list[bytes] = []
        size = 0
        async for part in response.aiter_raw():
            size += len(part)
            if size > most:
                raise _RefusedError(f"its answer has more than {most:,} bytes")
            parts.append(part)
    return _Reply(httpx2.codes.OK, b"".join(parts))


def _said(reply: _Reply) -> str | Failure:
    """The words of an answer, or why there are none."""
    status = reply.status
    if status == httpx2.codes.OK:
        words = _content(reply.body)
        mend = f"See that {BASE_URL} is the address of a chat-completions endpoint, as a rule ending in /v1."
        return words if words is not None else Failure("what it answers is not of the protocol", mend)
    if 300 <= status < 400:
        why = "it redirects to another address, which was not followed: the key and the text go where they were sent"
        return Failure(why, f"Where you trust that address, name it in {BASE_URL}.")
    if status in (401, 403):
        return Failure(f"it refuses the key (status {status})", f"Set {API_KEY} to a key that is valid there.")
    if status == 404:
        return Failure("it knows no such path or model (status 404)", f"Check {BASE_URL} and {MODEL}.")
    return Failure(f"it refuses the request (status {status})", f"Check {BASE_URL} and {MODEL}.")


def _content(body: bytes) -> str | None:
    """`choices[0].message.content` of an answer; None where it has none."""
    try:
        found: Any = from_json(body)
    except (ValueError, RecursionError):
        return None
    choices = found.get("choices") if isinstance(found, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    return content if isinstance(content, str) else None


def _pause(limits: Limits, attempt: int, wanted: str | None) -> float:
    """Seconds before the next try: twice as long each time, or what the endpoint asks for within our limit."""
    own = limits.wait * 2.0**attempt
    asked = float(wanted) if wanted is not None and wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 0.0
    return min(max(own, asked), limits.longest_wait)


def _why(error: Exception) -> str:
    kind = type(error).__name__
    words = " ".join(str(error).split())[:120]
    return f"{kind}: {words}" if words else kind
