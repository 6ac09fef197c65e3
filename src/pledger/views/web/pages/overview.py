"""The first page: what one programme has pledged and how far that has come, what is contested, what comes next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pledger.ledger import Asked, Detail, Ledger, Order, Page
from pledger.model import Attribute, Conflict, ConflictKind, DateValue, Entity, Figure, Standing
from pledger.views.jsons import conflict_json, figure_json, programme_json
from pledger.views.overview import Programme
from pledger.views.plain import clean
from pledger.views.story import headline_of
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Sheet
from pledger.views.web.drawing import ladder, ladder_rows
from pledger.views.web.serving import Room
from pledger.views.web.state import State
from pledger.views.wording import say_name

__all__ = ["coming", "overview_page"]

_CONTESTED, _CONFLICTS, _DATES = 8, 6, 6
_ADDED, _SAID = (Attribute.AMOUNT,), (Attribute.STAGE, Attribute.DATE)
"""What the page shows of a programme and its projects: what is added up, with its origins, and what it says once."""
_ERRORS = tuple(kind for kind in ConflictKind if kind is not ConflictKind.UPDATE)


def overview_page(room: Room, state: State) -> Answer:
    """The programme that the address names, else the one that most documents report on."""
    ledger, coming = room.near(state, lambda now: lead.id if (lead := gather.looked_at(now, state)) else None)
    lead = gather.looked_at(ledger, state)
    if lead is None:
        return Answer("empty.html.j2", "Nothing has been read yet", {"programmes": []})
    programme = gather.programme(ledger, lead, _ADDED, Detail.ORIGINS, _SAID)
    rows = ladder_rows(programme, lambda figure: state.to(f"/figure/{figure}"))
    ids = (lead.id, *(p.entity.id for p in (*programme.projects, *programme.tranches)))
    contested, conflicts = _disagreeing(ledger, ids, Detail.SIDES)
    dates = _next(ledger, programme)
    others = [e for e in gather.programmes(ledger) if e.id != lead.id]
    counts = gather.counts(ledger) if coming is None else None
    documents = counts.documents if counts else coming.documents if coming else 0
    drawn = ladder(programme, rows, "ladder")
    columns = ("Rung", "Low", "High", "As reported", "Note")
    return Answer(
        "overview.html.j2",
        say_name(clean(lead.name)),
        lambda: _data(ledger, lead, ids, others),
        (Sheet("Ladder", columns, [(r.label, r.low, r.high, r.said, r.note) for r in rows]),),
        {
            "programme": programme,
            "headline": headline_of(programme),
            "ladder": drawn,
            "counts": counts,
            "contested": contested,
            "conflicts": conflicts,
            "dates": dates,
            "others": [(key, name) for key, name in gather.named(ledger).items() if key != gather.key_of(lead)],
        },
        source=f"{say_name(clean(lead.name))}: {documents} reports",
        charts=(drawn,),
        coming=coming,
    )


def _disagreeing(ledger: Ledger, ids: tuple[str, ...], detail: Detail) -> tuple[Page[Figure], Page[Conflict]]:
    """The most reported of the contested figures of these entities, and the severest of their contradictions."""
    figures = Asked(standings=(Standing.CONTESTED,), within=ids, order=Order.DOCUMENTS, limit=_CONTESTED, detail=detail)
    conflicts = Asked(conflicts=_ERRORS, within=ids, order=Order.SEVERITY, limit=_CONFLICTS, detail=detail)
    return ledger.page_of_figures(figures), ledger.page_of_conflicts(conflicts)


def _next(ledger: Ledger, programme: Programme) -> list[tuple[dt.date, Figure]]:
    return coming(programme, ledger.moment.as_of or dt.datetime.now(dt.UTC).date())[:_DATES]


def _data(ledger: Ledger, lead: Entity, ids: tuple[str, ...], others: Sequence[Entity]) -> dict[str, Any]:
    """The JSON, which has all that the page only counts."""
    programme = gather.programme(ledger, lead)
    contested, conflicts = _disagreeing(ledger, ids, Detail.CLAIMS)
    return {
        "programme": programme_json(programme),
        "contested": [figure_json(f) for f in contested.items],
        "conflicts": [conflict_json(c) for c in conflicts.items],
        "dates": [{"day": d.isoformat(), "figure": figure_json(f)} for d, f in _next(ledger, programme)],
        "programmes": [{"id": e.id, "key": gather.key_of(e), "name": e.name} for e in (lead, *others)],
    }


def coming(programme: Programme, today: dt.date) -> list[tuple[dt.date, Figure]]:
    """Reported dates that have not passed, the next first: each with the last day on which it may still come."""
    found = []
    held = (*programme.figures, *(f for p in (*programme.projects, *programme.tranches) for f in p.figures))
    for figure in held:
        if figure.attribute is Attribute.DATE and isinstance(figure.value, DateValue):
            last = figure.value.interval.end or figure.value.interval.start
            if last is not None and last >= today:
                found.append((last, figure))
    return sorted(found, key=lambda item: (item[0], item[1].id))
