"""The OpenAPI document: answers that many routes give, and the types of parameters that many routes share."""

from __future__ import annotations

from pledger.ledger import Order
from pledger.model import Attribute, ConflictKind, Stage, Standing
from pledger.views.web.schemas import SCHEMAS
from pledger.views.web.shapes import DAY, Json, one_word, refers

__all__ = ["JSON", "SCHEMAS", "SECURED", "SECURITY", "json_answer", "parameter", "refers"]

SECURED: Json = {"security": [{"token": []}]}
"""Of a route that only who has the token may ask."""
SECURITY: Json = {
    "token": {"type": "http", "scheme": "bearer", "description": "The token with which the server was started"}
}


def json_answer(words: str, name: str) -> Json:
    """An answer in JSON that looks like this one of SCHEMAS."""
    return {"description": words, "content": {"application/json": {"schema": refers(name)}}}


def JSON(words: str) -> Json:  # noqa: N802  a form of an answer, as its neighbours are
    """What went wrong, in JSON."""
    return json_answer(words, "Problem")


_PARAMETERS: dict[str, Json] = {
    "as_of": DAY,
    "known_on": DAY,
    "since": DAY,
    "by": {"type": "string", "enum": ["reported", "read"]},
    "page": {"type": "integer", "minimum": 1, "maximum": 10_000},
    "attribute": one_word(Attribute),
    "standing": one_word(Standing),
    "kind": one_word(ConflictKind),
    "stage": one_word(Stage),
}
_ORDERS = one_word(Order)


def parameter(name: str, words: str, path: str) -> Json:
    """A parameter of a query: its name, what it means, and its type, which follows from the name."""
    schema = _PARAMETERS.get(name, {"type": "string", "maxLength": 200})
    if name == "sort" and path == "/figures":
        schema = _ORDERS
    return {"name": name, "in": "query", "description": words, "schema": schema}
