"""The server's own thread: it gets the compiled code ready once nobody waits for a page."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from pledger.views.web import gather
from pledger.views.web.once import settle
from pledger.views.web.pages.sources import known_sources
from pledger.views.web.serving import Room

__all__ = ["lifespan"]

_LOG = logging.getLogger(__name__)
_FIRST = 1.5
"""Seconds without a question after which the server loads what lists need."""
_WARM = 4.0
"""Seconds without a question after which the server loads what runs need."""
_LATEST = 60.0
"""Seconds after which it loads that all the same."""


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Get the compiled code ready in a thread once nobody waits for a page; stop what is under way at its end."""
    room: Room = app.state.room
    ends = threading.Event()
    threading.Thread(target=_ready, args=(room, ends), daemon=True, name="warm").start()
    yield
    ends.set()
    room.runs.close()
    room.later.close()


def _ready(room: Room, ends: threading.Event) -> None:
    """`_warm` when it is quiet: it takes seconds of the processor, which pages would wait for."""
    latest = time.monotonic() + _LATEST
    loaded = False
    while not ends.wait(1.0):
        if not loaded and (room.stir.quiet(_FIRST) or time.monotonic() > latest):
            loaded = True
            _load(room)
        elif room.stir.quiet(_WARM) or time.monotonic() > latest:
            _warm(room)
            return


def _load(room: Room) -> None:
    """What the lists of projects and sources need, which takes a second each."""
    try:
        from pledger.views.places import shape

        shape()
        known_sources(room)
        gather.counts(room.ledger)
        settle()
    except Exception:  # the server serves without it; who asks first pays
        _LOG.exception("what lists need could not be loaded")


def _warm(room: Room) -> None:
    try:
        from pledger.vehicle.montecarlo.warm import warm

        warm()
        room.runs.ready = True
        settle()
    except Exception:  # the server serves without it; the first run pays
        _LOG.exception("the vehicle could not be made ready")
