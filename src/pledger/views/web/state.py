"""What a page shows is in its address: the programme, the moment, filters and order. So every link can be shared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from pledger.ledger import Moment

__all__ = ["RequestError", "State", "day"]

_EVERYWHERE = ("programme", "as_of", "known_on")
"""What goes along from page to page; the rest belongs to one page."""
_PARTS = ("table", "chart")
"""What names a part that is taken away, and says nothing of the page."""


class RequestError(Exception):
    """What was asked cannot be answered; the words say what, where and the mend. `status` is 400 or 404."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.words, self.status = words, status


@dataclass(frozen=True, slots=True)
class State:
    """The state of a page, from its address."""

    path: str
    asked: Mapping[str, str]
    """Query parameters as they were given, each once."""
    named: Mapping[str, str] = field(default_factory=dict)
    """What the path itself names: the id of a page of one thing."""
    seen: dt.date | None = None
    """The day of this browser's visit before; None where it has not been here. No part of the address."""
    holder: str = ""
    """The key of this browser's portfolio; empty where it has none. No part of the address."""

    @property
    def moment(self) -> Moment:
        """The moment that the page is asked for."""
        return Moment(day(self.asked.get("as_of"), "as_of"), day(self.asked.get("known_on"), "known_on"))

    @property
    def programme(self) -> str | None:
        """Key of the programme that is looked at; None for all."""
        return self.asked.get("programme") or None

    def get(self, name: str) -> str:
        """One parameter; empty where it is not given."""
        return self.named.get(name) or self.asked.get(name, "")

    def to(self, path: str, **changes: str | None) -> str:
        """The address of another page with what goes along, and these changes."""
        kept = {k: v for k, v in self.asked.items() if k in _EVERYWHERE}
        return _address(path, kept, changes)

    def here(self, **changes: str | None) -> str:
        """The address of this page with these changes (None: left out)."""
        return _address(self.path, self._query(), changes)

    def beside(self, path: str) -> str:
        """The address of something else that depends on all of this page's state: a chart, a file."""
        return _address(path, self._query(), {})

    def form(self, suffix: str, **changes: str | None) -> str:
        """The address of this page as `json`, `csv`, `xlsx`, `svg` or `png`; `table` and `chart` name a part of it."""
        return _address(f"{self.path.rstrip('/') or '/index'}.{suffix}", self._query(), changes)

    def _query(self) -> dict[str, str]:
        return {k: v for k, v in self.asked.items() if k not in _PARTS}


def _address(path: str, kept: dict[str, str], changes: Mapping[str, str | None]) -> str:
    query = urlencode([(k, v) for k, v in (kept | dict(changes)).items() if v])
    return f"{path}?{query}" if query else path


def day(said: str | None, name: str) -> dt.date | None:
    """A day as `2026-03-01`; None where nothing is said."""
    if not said:
        return None
    try:
        found = dt.date.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2999:
        raise RequestError(f"{name}={said[:40]!r} is no day: write it as 2026-03-01")
    return found
