"""The page of all contradictions, side by side, the severest first."""

from __future__ import annotations

from pledger.ledger import Asked, Order
from pledger.model import Attribute, ConflictKind
from pledger.views.jsons import conflict_json
from pledger.views.plain import clean
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.pages.figures import one_of, page_number
from pledger.views.web.serving import Room
from pledger.views.web.state import State
from pledger.views.wording import say, say_attribute, say_conflict_kind, say_name, say_origin

__all__ = ["conflicts_page"]

_SIZE = 20
_COLUMNS = ("Of", "What", "Kind", "Explanation", "Severity", "Sides", "Id")
_ERRORS = tuple(kind for kind in ConflictKind if kind is not ConflictKind.UPDATE)


def conflicts_page(room: Room, state: State) -> Answer:
    """Twenty contradictions of the kind asked for; updates only where they are asked for."""
    ledger = room.at(state)
    kind, attribute = one_of(ConflictKind, state, "kind"), one_of(Attribute, state, "attribute")
    number = page_number(state)
    page = ledger.page_of_conflicts(
        Asked(
            conflicts=(kind,) if kind else _ERRORS,
            attributes=(attribute,) if attribute else (),
            words=state.get("q"),
            order=Order.SEVERITY,
            limit=_SIZE,
            offset=_SIZE * (number - 1),
        )
    )
    rows: list[tuple[Cell, ...]] = [
        (
            say_name(clean(c.entity.name)),
            clean(say_attribute(c.attribute)),
            say_conflict_kind(c.kind),
            clean(c.explanation),
            round(c.severity, 3),
            " | ".join(
                f"{clean(say(s.value))}: {', '.join(clean(say_origin(o.name)) for o in s.origins)}" for s in c.sides
            ),
            c.id,
        )
        for c in page.items
    ]
    return Answer(
        "conflicts.html.j2",
        "Where the reports disagree",
        lambda: {"total": page.total, "page": number, "conflicts": [conflict_json(c) for c in page.items]},
        (Sheet("Contradictions", _COLUMNS, rows),),
        {
            "page": page,
            "number": number,
            "last": max(1, -(-page.total // _SIZE)),
            "kinds": [k.value for k in ConflictKind],
        },
    )
