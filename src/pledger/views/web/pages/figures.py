"""The page of all figures: filtered, a page at a time."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from pledger.ledger import Asked, Order
from pledger.model import Attribute, Standing
from pledger.views.jsons import figure_json
from pledger.views.web.answers import Answer, Sheet
from pledger.views.web.pages.entity import FIGURES, figure_rows
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State

__all__ = ["figures_page", "one_of", "page_number"]

SIZE = 50
_MOST_PAGES = 10_000
E = TypeVar("E", bound=StrEnum)


def figures_page(room: Room, state: State) -> Answer:
    """Figures in the order asked for, fifty on a page."""
    ledger = room.at(state)
    standing = one_of(Standing, state, "standing")
    attribute = one_of(Attribute, state, "attribute")
    order = one_of(Order, state, "sort") or Order.DOCUMENTS
    number = page_number(state)
    asked = Asked(
        attributes=(attribute,) if attribute else (),
        standings=(standing,) if standing else (),
        words=state.get("q"),
        order=order,
        limit=SIZE,
        offset=SIZE * (number - 1),
    )
    page = ledger.page_of_figures(asked)
    last = max(1, -(-page.total // SIZE))
    return Answer(
        "figures.html.j2",
        "Figures",
        lambda: {"total": page.total, "page": number, "figures": [figure_json(f) for f in page.items]},
        (Sheet("Figures", FIGURES, lambda: figure_rows(page.items)),),
        {
            "page": page,
            "number": number,
            "last": last,
            "attributes": [a.value for a in Attribute],
            "standings": [s.value for s in Standing],
        },
    )


def one_of(kind: type[E], state: State, name: str) -> E | None:
    """A parameter that must be one of some words; None where it is not given."""
    said = state.get(name)
    if not said:
        return None
    try:
        return kind(said)
    except ValueError:
        raise RequestError(f"{name}={said[:40]!r} is none of {', '.join(k.value for k in kind)}") from None


def page_number(state: State) -> int:
    """Which page is asked for, from 1."""
    said = state.get("page") or "1"
    if not (said.isascii() and said.isdigit() and len(said) <= 9) or not 1 <= int(said) <= _MOST_PAGES:
        raise RequestError(f"page={said[:20]!r} is no number of a page: from 1 to {_MOST_PAGES}")
    return int(said)
