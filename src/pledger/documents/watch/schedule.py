"""When a feed may be asked again: not before its server allows it, and ever later while it fails.

Pure functions of a feed's state, an answer and the time, so that days of waiting are tested in no time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pledger.documents.watch.asking import Answer

__all__ = ["LONGEST", "SHORTEST", "Watched", "after", "due"]

SHORTEST = dt.timedelta(minutes=15)
"""Least time between two questions to one feed. Agencies' feeds change every few minutes; asking more often than this
is what servers block."""
LONGEST = dt.timedelta(days=1)
"""Most time between two questions, however long a feed has failed: one that comes back is noticed within a day."""
FIRST_RETRY = dt.timedelta(minutes=5)
"""Wait after a first failure; each further one doubles it."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is remembered of a feed between two questions. Times have a zone."""

    url: str
    """The address as the list has it."""
    address: str = ""
    """The address to ask: another one after a permanent redirect."""
    etag: str | None = None
    last_modified: str | None = None
    next_at: dt.datetime | None = None
    """Not to be asked before; None for one that was never asked."""
    failures: int = 0
    """In a row."""
    gone: bool = False
    """The server said that there will be no more (410): it is never asked again."""

    @property
    def asks(self) -> str:
        """The address that is asked."""
        return self.address or self.url


def due(feeds: Iterable[Watched], now: dt.datetime) -> list[Watched]:
    """Those that may be asked now, longest waiting first."""
    new = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    waiting = [(f.next_at or new, f.url, f) for f in feeds if not f.gone]
    return [f for at, _, f in sorted(waiting, key=lambda w: w[:2]) if at <= now]


def after(feed: Watched, answer: Answer, now: dt.datetime) -> Watched:
    """The state of a feed after an answer.

    A good answer (200, 304): again after the time that the server states (`Cache-Control: max-age`, the feed's `ttl`),
    at least SHORTEST. A failure: after FIRST_RETRY, doubled with each one in a row, or what `Retry-After` asks, if
    that is longer. All at most LONGEST, save for `Retry-After`, which is obeyed up to a week. A spread of up to a
    tenth, made from the address, keeps many feeds from being asked at the same second.
    """
    if answer.status == HTTPStatus.GONE:
        return replace(feed, gone=True, failures=feed.failures + 1)
    if answer.good:
        wait = min(max(answer.fresh_for or SHORTEST, SHORTEST), LONGEST)
        return Watched(
            feed.url,
            address=answer.moved_to or feed.address,
            etag=answer.etag if answer.body is not None else answer.etag or feed.etag,
            last_modified=answer.last_modified
            if answer.body is not None
            else answer.last_modified or feed.last_modified,
            next_at=now + _spread(wait, feed.url),
        )
    failures = feed.failures + 1
    wait = min(FIRST_RETRY * 2 ** min(failures - 1, 20), LONGEST)
    asked = min(answer.retry_after or dt.timedelta(), dt.timedelta(days=7))
    return replace(feed, failures=failures, next_at=now + max(_spread(wait, feed.url), asked))


def _spread(wait: dt.timedelta, url: str) -> dt.timedelta:
    part = hashlib.sha256(url.encode("utf-8", "replace")).digest()[0] / 255
    return wait * (1 + 0.1 * part)
