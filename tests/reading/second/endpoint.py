"""How the tests speak of the endpoint: what the model is to say, in which way it is sent, and what it was sent."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pledger.reading.second import Limits, SecondReader

__all__ = ["QUICK", "Endpoint"]

QUICK = Limits(seconds=120, seconds_a_document=240, tries=2, wait=0.01, longest_wait=0.05)
"""Limits of the tests: short waits; long enough for a machine that is busy."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A running server and its folder."""

    port: int
    folder: Path

    def reader(self, way: str, words: str, *, key: str | None = None, limits: Limits = QUICK) -> SecondReader:
        """A second reader whose model says `words`, sent in a `way` of `server.WAYS`."""
        name = hashlib.sha256(words.encode()).hexdigest()[:16]
        (self.folder / name).write_bytes(words.encode())
        return SecondReader(f"http://127.0.0.1:{self.port}/{way}/{name}/v1", "m", key, limits)

    def saying(self, items: list[Any], *, limits: Limits = QUICK) -> SecondReader:
        """A second reader behind an endpoint that keeps to the protocol, whose model returns `items`."""
        return self.reader("honest", json.dumps({"items": items}), limits=limits)

    def requests(self) -> list[dict[str, Any]]:
        """All requests so far."""
        lines = (self.folder / "requests.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines]
