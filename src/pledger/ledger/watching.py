"""Feeds watched: asked when they may be, what is new read into the store, and each feed's state remembered."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pledger.documents.watch import Answer, Feed, Watched, Web, after, ask, due, feeds
from pledger.ledger.feeds import recall, remember
from pledger.ledger.intake import Further, ReadResult, received_into
from pledger.ledger.store import Store
from pledger.model import Problem

__all__ = ["Polled", "watch"]

LONGEST_SLEEP = 60.0
"""Seconds between two looks at the list of feeds, which may have been changed."""


@dataclass(frozen=True, slots=True)
class Polled:
    """One question to a feed, and what came of it."""

    feed: Feed | None
    """None for what concerns the list itself."""
    state: Watched | None
    """When it is asked again."""
    result: ReadResult | None = None
    """What was read; None where there was nothing new or no answer."""
    problems: tuple[Problem, ...] = ()


def watch(
    store: Store,
    opml: str,
    web: Web,
    *,
    once: bool = False,
    further: Further | None = None,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Polled]:
    """Ask each feed of the list that may be asked, read what is new; for ever, or `once` all that may be asked now."""
    told: tuple[Problem, ...] = ()
    while True:
        listed, wrong = feeds(opml)
        if wrong and tuple(wrong) != told:
            told = tuple(wrong)
            yield Polled(None, None, problems=told)
        known = {feed.url: feed for feed in listed}
        waiting = recall(store, known)
        for feed in due(waiting, now()):
            yield _poll(store, known[feed.url], feed, web, now, further)
        if once:
            return
        moments = [f.next_at for f in recall(store, known) if f.next_at is not None and not f.gone]
        left = (min(moments) - now()).total_seconds() if moments else LONGEST_SLEEP
        sleep(min(max(left, 1.0), LONGEST_SLEEP))


def _poll(
    store: Store, feed: Feed, state: Watched, web: Web, now: Callable[[], dt.datetime], further: Further | None
) -> Polled:
    answer = ask(state, web, now())
    kept = None
    if answer.body is not None:
        kept = received_into(store, answer.body, feed.url, further)
    following = after(state, answer, now())
    remember(store, following)  # only now: a process that is killed before has read nothing, and asks again
    if answer.good:
        return Polled(feed, following, kept, tuple(kept.problems) if kept else ())
    problem = _problem(feed, answer, following)
    store.put_problems([feed.url], [problem])
    return Polled(feed, following, None, (problem,))


def _problem(feed: Feed, answer: Answer, following: Watched) -> Problem:
    if following.gone:
        return Problem("Feed gone", feed.url, "its server says that there will be no more", "Take it off the list.")
    at = f"{following.next_at:%Y-%m-%d %H:%M} UTC" if following.next_at else "later"
    mend = f"It is asked again at {at}; if it stays so, correct its address in the list."
    return Problem("Feed not answered", feed.url, answer.why, mend)
