"""Words in which schemas of answers are written: objects with keys that are always there, lists, what may be null."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

__all__ = ["COUNT", "DAY", "FLAG", "NUMBER", "SHARE", "TEXT", "Json", "any_of", "many", "one_word", "or_null", "record",
           "refers"]  # fmt: skip

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
NUMBER: Json = {"type": "number"}
SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
FLAG: Json = {"type": "boolean"}
DAY: Json = {"type": "string", "format": "date"}


def refers(name: str) -> Json:
    """A reference to one of `schemas.SCHEMAS`."""
    return {"$ref": f"#/components/schemas/{name}"}


def one_word(kind: type[StrEnum]) -> Json:
    """One of the words of an enumeration."""
    return {"type": "string", "enum": [word.value for word in kind]}


def record(**properties: Json) -> Json:
    """An object that has all of these, and perhaps more: keys are only ever added."""
    return {"type": "object", "required": list(properties), "properties": properties}


def many(of: Json) -> Json:
    """A list of these."""
    return {"type": "array", "items": of}


def or_null(of: Json) -> Json:
    """This, or nothing."""
    return {**of, "nullable": True} if "$ref" not in of else {"allOf": [of], "nullable": True}


def any_of(*names: str) -> Json:
    """One of these of `schemas.SCHEMAS`."""
    return {"anyOf": [refers(name) for name in names]}
