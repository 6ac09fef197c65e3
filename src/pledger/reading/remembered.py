"""What was worked out of patterns, kept from run to run: the literals of a thousand patterns take seconds to find.

One small JSON file for each language in the user's folder for such things (`XDG_CACHE_HOME`, or `PLEDGER_CACHE`; empty:
nothing is kept). What it holds is found under a digest of the pattern itself and of the code that works it out, so that
neither can change without its being worked out anew. A file that cannot be read or written is done without.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import platformdirs

__all__ = ["Remembered", "folder"]

Found = tuple[list[list[frozenset[str]]], bool, bool]
"""For each part of a pattern the sets of its literals; whether matches begin with the first; never inside a word."""


def folder() -> Path | None:
    """Where such files are kept; None where they are not."""
    named = os.environ.get("PLEDGER_CACHE")
    if named == "":
        return None
    try:
        return Path(named) if named else Path(platformdirs.user_cache_dir("pledger"))
    except RuntimeError:  # nobody's home
        return None


@cache
def _code() -> str:
    """Digest of the code that works literals out, and of the Python whose parser of patterns it asks."""
    here = Path(__file__).parent
    digest = hashlib.sha256(sys.version.encode())
    for name in ("literals.py", "page.py"):
        with contextlib.suppress(OSError):
            digest.update((here / name).read_bytes())
    return digest.hexdigest()[:16]


class Remembered:
    """What is known of the patterns of one language; `keep` writes what came to it."""

    def __init__(self, language: str) -> None:
        place = folder()
        self._file = place / f"patterns-{language}-{_code()}.json" if place is not None else None
        self._known: dict[str, Any] = {}
        self._used: dict[str, Any] = {}
        if self._file is not None:
            try:
                loaded = json.loads(self._file.read_bytes())
                self._known = loaded if isinstance(loaded, dict) else {}
            except (OSError, ValueError):
                self._known = {}

    def of(self, pattern: str, kind: str, work: Callable[[], Found]) -> Found:
        """What is known of a pattern that is asked for in this way; worked out where nothing is."""
        key = hashlib.sha256(f"{kind}\x1f{pattern}".encode()).hexdigest()[:32]
        try:
            parts, begins, bound = self._known[key]
            found: Found = ([[frozenset(literals) for literals in sets] for sets in parts], begins, bound)
            self._used[key] = self._known[key]
        except (KeyError, TypeError, ValueError):
            found = work()
            self._used[key] = [[[sorted(literals) for literals in sets] for sets in found[0]], found[1], found[2]]
        return found

    def keep(self) -> None:
        """Write what was used, where something of it is new; a reader at the same time sees the old file or the new."""
        if self._file is None or self._used.keys() <= self._known.keys():
            return
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._file.parent, suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump({**self._known, **self._used}, out, ensure_ascii=False)
            Path(name).replace(self._file)
