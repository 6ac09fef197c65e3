"""What several pages ask for at the same moment is worked out once; and what the process keeps is left alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

__all__ = ["once", "settle"]

P = ParamSpec("P")
R = TypeVar("R")
_YOUNG, _OLDER, _OLDEST = 10_000, 10, 20
"""New objects after which Python's collector looks at them; looks after which it goes on to older ones."""


def once(size: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Remembers the `size` latest answers of a function, like `lru_cache`; who asks while an answer is being worked out
    waits for it, where there all who ask at once would work it out, each taking the time of the others."""

    def remembered(function: Callable[P, R]) -> Callable[P, R]:
        cached, lock = lru_cache(maxsize=size)(function), threading.Lock()

        @wraps(function)
        def asked(*args: P.args, **more: P.kwargs) -> R:
            with lock:
                return cached(*args, **more)  # type: ignore[arg-type]

        return asked

    return remembered


def settle() -> None:
    """Take what is loaded for what stays: Python's collector of garbage looked through all of it each second or so, a
    tenth of a second in which no page was answered."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLDEST)
