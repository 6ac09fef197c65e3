"""What is sent: instructions once, and the excerpt as data between two lines that it cannot know."""

from __future__ import annotations

import datetime as dt
import secrets
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from pledger.data import lexicon
from pledger.model import Attribute, Stage
from pledger.reading.second.answer import schema

__all__ = ["EVENTS", "request"]

EVENTS = ("announce", "decide", "sign", "fund", "start", "complete", "deadline", "visit", "meet")
"""What may happen on a date, as `model.DateValue` names it."""
_READ = tuple(a.value for a in Attribute if a is not Attribute.SECTOR)
"""Attributes that our recognisers read, without which nothing could be checked."""


def request(model: str, words: str, reported_on: dt.date | None, *, plain: bool) -> dict[str, Any]:
    """The body of a request about one excerpt; `plain` for endpoints that refuse a schema or a temperature."""
    body: dict[str, Any] = {
        "model": model,
        "messages": [
            {"role": "system", "content": _instructions(reported_on)},
            {"role": "user", "content": _enclosed(words)},
        ],
    }
    if not plain:
        body["temperature"] = 0
        body["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "statements", "strict": True, "schema": schema()},
        }
    return body


def _enclosed(words: str) -> str:
    """The excerpt between two lines with one random word that does not occur in it."""
    word = secrets.token_hex(12)
    while word in words:
        word = secrets.token_hex(12)
    return f"BEGIN {word}\n{words}\nEND {word}"


@cache
def _instructions(reported_on: dt.date | None) -> str:
    template = Template((files("pledger.data") / "second" / "instructions.md").read_text(encoding="utf-8"))
    parties = lexicon("parties")
    day = f" The article appeared on {reported_on}." if reported_on is not None else ""
    return template.substitute(
        attributes=", ".join(_READ),
        events=", ".join(EVENTS),
        stages=", ".join(Stage),
        roles=_listed({str(e["role"]) for e in parties["frames"]} | set(parties["finance"]["roles"])),
        instruments=_listed(set(parties["instruments"])),
        conditions=_listed({str(e["topic"]) for e in lexicon("conditions")["conditions"]}),
        reported=day,
    )


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
