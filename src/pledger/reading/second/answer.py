"""The shape of an answer: one definition, sent as a JSON schema and used to check what comes back."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from pledger.reading.second.records import Reason, Refusal, excerpt

__all__ = ["Item", "Proposals", "Said", "proposals", "schema"]

MOST_QUOTE = 600
"""Characters of a quote or of a name; what is longer quotes no value."""
MOST_SENTENCE = 4 * MOST_QUOTE
_MOST_LISTED = 20


class _Shape(BaseModel):
    """Exact types; what is not asked for is not looked at."""

    model_config = ConfigDict(
        strict=True,
        frozen=True,
        extra="ignore",
        json_schema_extra={"additionalProperties": False},
        json_schema_serialization_defaults_required=True,
    )


class Said(_Shape):
    """The value as the model gives it, to be compared with our own reading; never stored."""

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)
    currency: str | None = None
    start: str | None = None
    end: str | None = None
    event: str | None = None
    stage: str | None = None
    name: str | None = None
    role: str | None = None
    owner: str | None = None
    owned: str | None = None
    instruments: list[str] | None = None
    text: str | None = None


class About(_Shape):
    """The words that the model takes for the subject."""

    quote: str
    start: int | None = None


class Item(_Shape):
    """One proposal of the model."""

    attribute: str
    quote: str
    sentence: str | None = None
    start: int | None = None
    subject: About
    source: str | None = None
    value: Said


class _Answer(_Shape):
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Proposals:
    """What an answer holds: items of the right shape, and what was refused on the way to them."""

    items: tuple[Item, ...]
    refused: tuple[Refusal, ...]


@cache
def schema() -> dict[str, Any]:
    """The JSON schema of an answer in the strict form of structured outputs: every field required, none added."""
    found: dict[str, Any] = _bare(_Answer.model_json_schema(mode="serialization"))
    return found


def _bare(node: Any) -> Any:
    """A schema without titles, defaults and descriptions, which strict endpoints refuse or count as prompt."""
    if isinstance(node, list):
        return [_bare(part) for part in node]
    if not isinstance(node, dict):
        return node
    named = node.get("properties")
    kept = {k: _bare(v) for k, v in node.items() if k not in ("title", "default", "description", "properties")}
    if isinstance(named, dict):
        kept["properties"] = {name: _bare(part) for name, part in named.items()}
    return kept


def proposals(words: str, most: int) -> Proposals:
    """The items of an answer, each checked by itself; at most `most` of them are looked at.

    Code fences and prose around the JSON do not matter. Of an answer that breaks off, what stands before its last
    item counts.
    """
    found, cut = _json(words)
    listed = found.get("items") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        return Proposals((), (Refusal(Reason.ANSWER, excerpt(words)),))
    refused: list[Refusal] = []
    if cut:
        listed = listed[:-1]  # nobody can tell what its last item still was to say
        refused.append(Refusal(Reason.CUT, excerpt(words[-60:])))
    items: list[Item] = []
    for raw in listed[:most]:
        item = _item(raw)
        if item is None:
            refused.append(Refusal(Reason.SHAPE, _shown(raw)))
        else:
            items.append(item)
    if len(listed) > most:
        beyond = len(listed) - most
        refused.append(Refusal(Reason.TOO_MANY, f"{beyond} items behind the first {most}", beyond))
    return Proposals(tuple(items), tuple(refused))


def _item(raw: object) -> Item | None:
    try:
        item = Item.model_validate(raw)
    except (ValidationError, RecursionError, OverflowError):
        return None
    instruments = item.value.instruments or ()
    words = (item.quote, item.subject.quote, item.source or "", *instruments)
    short = len(item.sentence or "") <= MOST_SENTENCE and all(len(w) <= MOST_QUOTE for w in words)
    return item if short and len(instruments) <= _MOST_LISTED else None


def _shown(raw: object) -> str:
    """What an item of the wrong shape was, without walking through all of it."""
    if isinstance(raw, dict):
        parts: Sequence[object] = [raw.get(key) for key in ("attribute", "quote")]
        return excerpt([part[:200] if isinstance(part, str) else type(part).__name__ for part in parts])
    return excerpt(raw[:200] if isinstance(raw, str) else type(raw).__name__)


_OPENS = re.compile(r"[{\[]")
_TRIED = 100
"""Opening brackets in the prose before an answer that are tried for it."""


def _json(words: str) -> tuple[Any, bool]:
    """The JSON in an answer (None where there is none), and whether it breaks off."""
    decoder = json.JSONDecoder()
    openings = [opening.start() for opening in islice(_OPENS.finditer(words), _TRIED)]
    for begin in openings:
        try:
            found = decoder.raw_decode(words, begin)[0]
        except (ValueError, RecursionError):
            continue  # it is prose, or it breaks off: the parser below keeps what is whole
        if _is_answer(found, first=begin == openings[0]):
            return found, False
    for begin in openings[:1]:
        try:
            return from_json(words[begin:].encode(), allow_partial=True), True
        except (ValueError, RecursionError):
            continue
    return None, False


def _is_answer(found: Any, *, first: bool) -> bool:
    """Whether JSON is an answer by its outer form, and no bracket in prose or part of an answer that breaks off."""
    if isinstance(found, dict):
        return "items" in found
    return isinstance(found, list) and (bool(found) or first) and all(isinstance(part, dict) for part in found)
