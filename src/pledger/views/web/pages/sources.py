"""The page of sources: each origin with its grade, and what has become of what it said."""

from __future__ import annotations

from pledger.ledger import Ledger, Record
from pledger.views.health import record_json
from pledger.views.plain import clean
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.once import once
from pledger.views.web.pages.figures import SIZE, page_number
from pledger.views.web.serving import Room
from pledger.views.web.state import State
from pledger.views.wording import say_origin

__all__ = ["known_sources", "sources_page"]

_COLUMNS = ("Source", "Grade", "Claims", "Statements", "Confirmed", "Contradicted", "Replaced", "Open", "Rate")


def sources_page(room: Room, state: State) -> Answer:
    """Sources with these words in their name, those with most claims first."""
    ledger = room.at(state)
    number = page_number(state)
    words = state.get("q").casefold()
    held = [r for r in _records(ledger, ledger.version()) if words in r.origin.casefold()]
    shown = held[SIZE * (number - 1) : SIZE * number]
    rows: list[tuple[Cell, ...]] = [
        (
            clean(say_origin(r.origin)), r.grade, r.claims, r.statements, r.confirmed, r.contradicted, r.replaced,
            r.open, round(r.rate, 3),
        )
        for r in shown
    ]  # fmt: skip
    return Answer(
        "sources.html.j2",
        "Sources",
        {"total": len(held), "page": number, "sources": [record_json(r) for r in shown]},
        (Sheet("Sources", _COLUMNS, rows),),
        {"records": shown, "total": len(held), "number": number, "last": max(1, -(-len(held) // SIZE))},
    )


def known_sources(room: Room) -> tuple[str, ...]:
    """The names of all sources."""
    return tuple(r.origin for r in _records(room.ledger, room.ledger.version()))


@once(8)
def _records(ledger: Ledger, version: str) -> tuple[Record, ...]:
    """All records; remembered for as long as nothing is read or judged."""
    del version
    return tuple(ledger.sources())
