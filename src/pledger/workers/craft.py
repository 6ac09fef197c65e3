"""What the workers of a cluster can be asked to do: reading is one craft, simulating another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pledger.workers.identity import Identity

__all__ = ["Craft", "Done", "Given"]

Given = TypeVar("Given")
"""A job."""
Done = TypeVar("Done")
"""What comes of it."""


@dataclass(frozen=True, slots=True)
class Craft(Generic[Given, Done]):
    """A kind of work. Its jobs are pure functions, so that any worker of the same identity may do them."""

    question: Callable[[Given | None], bytes]
    """A job for a worker, as bytes that answer when they are unpickled; None only asks whether it may work for us."""
    said: Callable[[bytes], Done]
    """The result that a worker gave."""
    apart: Callable[[Given], Done]
    """Does a job that ended several workers, where nothing else can come to harm."""
    identity: Callable[[], Identity]
    """Of this process: workers must have the same."""
    do: str
    """As in `cannot read for us`."""
    doing: str
    lost: str
    """What to expect when the cluster goes away: `what was read is kept, the same command goes on`."""
