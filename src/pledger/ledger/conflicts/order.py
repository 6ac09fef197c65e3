"""Dates that cannot follow each other: complete before the start, paid before the decision.

Only dates that the ledger holds as the best of their event are held against each other, whole intervals apart: a month
told loosely is no contradiction, and neither are two dates of one report, which speaks of two steps of the work.
"""

from __future__ import annotations

from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import days
from pledger.ledger.voices import PLEDGERS
from pledger.model import Attribute, Conflict, ConflictKind, DateValue, EntityKind, Figure, Interval

__all__ = ["orders"]

_ORDER = (
    ("start", "complete", "is complete before it starts"),
    ("decide", "fund", "is paid for before it was decided"),
    ("announce", "deadline", "is due before it was announced"),
)
_SPARE = 31
"""Days by which two dates may overlap: events of one month are told in any order."""


def orders(picture: Picture) -> list[Conflict]:
    """Pairs of events of one project, batch or programme whose best dates stand in the wrong order."""
    held: dict[tuple[str, str], Figure] = {
        (f.entity.id, f.qualifier): f
        for f in picture.figures
        if f.attribute is Attribute.DATE and f.entity.kind in PLEDGERS
    }
    found = []
    for first, second, wrong in _ORDER:
        for (entity_id, event), figure in held.items():
            later = held.get((entity_id, second)) if event == first else None
            if later is not None and not _programme_step(figure, first):
                found += _pair(picture, figure, later, wrong)
    return found


def _programme_step(figure: Figure, event: str) -> bool:
    """Of a programme only its deadline is one: each of its projects is started, decided and paid for by itself."""
    return figure.entity.kind is EntityKind.PROGRAMME and event != "announce"


def _pair(picture: Picture, first: Figure, second: Figure, wrong: str) -> list[Conflict]:
    a, b = _days(first), _days(second)
    if a is None or b is None or a.start is None or b.end is None or (a.start - b.end).days <= _SPARE:
        return []
    ours, theirs = picture.of(first.sides[0]), picture.of(second.sides[0])
    if {v.claim.document for v in ours} & {v.claim.document for v in theirs}:
        return []
    text = f"{who(ours)} {'put' if plural(ours) else 'puts'} the {_called(first)} at {days(a)}, {who(theirs)} "
    text += f"{'put' if plural(theirs) else 'puts'} the {_called(second)} at {days(b)}: by these dates it {wrong}."
    return [conflict(first.entity, Attribute.DATE, ConflictKind.ARITHMETIC, (first.sides[0], second.sides[0]), text)]


def _days(figure: Figure) -> Interval | None:
    return figure.value.interval if isinstance(figure.value, DateValue) else None


def _called(figure: Figure) -> str:
    names = {"complete": "completion", "decide": "decision", "fund": "payment", "announce": "announcement"}
    return names.get(figure.qualifier, figure.qualifier)
