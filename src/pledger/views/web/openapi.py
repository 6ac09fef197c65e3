"""The OpenAPI document: what the parts of answers look like, and the types of parameters that many routes share."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pledger.ledger import ChangeKind, Order
from pledger.model import Attribute, ConflictKind, EntityKind, Stage, Standing

__all__ = ["JSON", "SCHEMAS", "SECURED", "SECURITY", "json_answer", "parameter", "refers"]

Json = dict[str, Any]

SECURED: Json = {"security": [{"token": []}]}
"""Of a route that only who has the token may ask."""
SECURITY: Json = {
    "token": {"type": "http", "scheme": "bearer", "description": "The token with which the server was started"}
}


def refers(name: str) -> Json:
    """A reference to one of SCHEMAS."""
    return {"$ref": f"#/components/schemas/{name}"}


def json_answer(words: str, name: str) -> Json:
    """An answer in JSON that looks like this one of SCHEMAS."""
    return {"description": words, "content": {"application/json": {"schema": refers(name)}}}


def JSON(words: str) -> Json:  # noqa: N802  a form of an answer, as its neighbours are
    """What went wrong, in JSON."""
    return json_answer(words, "Problem")


def _words(kind: type[StrEnum]) -> Json:
    return {"type": "string", "enum": [word.value for word in kind]}


def _object(**properties: Json) -> Json:
    """An object that has all of these, and perhaps more: keys are only ever added."""
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _or_null(of: Json) -> Json:
    return {**of, "nullable": True} if "$ref" not in of else {"allOf": [of], "nullable": True}


_TEXT: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_NUMBER: Json = {"type": "number"}
_DAY: Json = {"type": "string", "format": "date"}

SCHEMAS: Json = {
    "Problem": _object(problem=_TEXT),
    "Health": _object(status=_TEXT, version=_TEXT),
    "Value": {
        "type": "object",
        "description": "By attribute: low, high, unit, qualifier; stage; event, start, end; name, role; text...",
    },
    "Entity": _object(id=_TEXT, kind=_words(EntityKind), name=_TEXT, aliases=_list(_TEXT)),
    "Origin": _object(name=_TEXT, grade=_TEXT, claims=_list(_TEXT)),
    "Side": _object(value=refers("Value"), origins=_list(refers("Origin")), claims=_list(_TEXT)),
    "Figure": _object(
        id=_TEXT,
        entity=refers("Entity"),
        attribute=_words(Attribute),
        value=refers("Value"),
        standing=_words(Standing),
        documents=_COUNT,
    ),
    "Conflict": _object(
        id=_TEXT,
        entity=refers("Entity"),
        attribute=_words(Attribute),
        kind=_words(ConflictKind),
        sides=_list(refers("Side")),
        explanation=_TEXT,
    ),
    "Document": _object(id=_TEXT, path=_TEXT, reported_on=_or_null(_DAY), language=_or_null(_TEXT)),
    "Change": _object(kind=_words(ChangeKind), said=_TEXT, about=_TEXT, claims=_list(_TEXT)),
    "InputProblem": _object(what=_TEXT, where=_TEXT, why=_TEXT, mend=_TEXT),
    "Figures": _object(total=_COUNT, page=_COUNT, figures=_list(refers("Figure"))),
    "Conflicts": _object(total=_COUNT, page=_COUNT, conflicts=_list(refers("Conflict"))),
    "Documents": _object(total=_COUNT, page=_COUNT, documents=_list(refers("Document"))),
    "Changes": _object(since=_DAY, changes=_list(refers("Change"))),
    "Articles": {
        "type": "object",
        "required": ["files"],
        "properties": {
            "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
            "reported_on": {**_DAY, "description": "Of articles that do not say when they appeared"},
        },
    },
    "Upload": _object(
        id=_TEXT,
        stage={"type": "string", "enum": ["waiting", "reading", "done", "broken off"]},
        over={"type": "boolean"},
        files=_list(_TEXT),
        files_read=_COUNT,
        documents=_list(_object(id=_TEXT, file=_TEXT, title=_TEXT, claims=_COUNT)),
        known=_COUNT,
        problems=_list(refers("InputProblem")),
        words=_or_null(_TEXT),
        figures=_or_null(_list(refers("Figure"))),
        contradicts=_or_null(_list(refers("Conflict"))),
        takes_sides=_or_null(_list(refers("Conflict"))),
        changes=_or_null(_list(refers("Change"))),
    ),
}
"""By name what parts of answers look like; of each the keys that are always there."""

_PARAMETERS: dict[str, Json] = {
    "as_of": _DAY,
    "known_on": _DAY,
    "since": _DAY,
    "by": {"type": "string", "enum": ["reported", "read"]},
    "page": {"type": "integer", "minimum": 1, "maximum": 10_000},
    "attribute": _words(Attribute),
    "standing": _words(Standing),
    "kind": _words(ConflictKind),
    "stage": _words(Stage),
}
_ORDERS = _words(Order)


def parameter(name: str, words: str, path: str) -> Json:
    """A parameter of a query: its name, what it means, and its type, which follows from the name."""
    schema = _PARAMETERS.get(name, {"type": "string", "maxLength": 200})
    if name == "sort" and path == "/figures":
        schema = _ORDERS
    return {"name": name, "in": "query", "description": words, "schema": schema}
