"""Programmes side by side: how far each has come, and their terms clause by clause."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.vehicle import terms as clauses
from pledger.vehicle.terms import TermsError
from pledger.views.jsons import programme_json
from pledger.views.overview import Rung
from pledger.views.plain import clean
from pledger.views.terms import Row, compared_json, rows
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.drawing import ladder, ladder_rows
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say, say_name

__all__ = ["compare_page"]

_MOST = 4
_FIRST = ("JP>US", "KR>US")


def compare_page(room: Room, state: State) -> Answer:
    """The programmes that `with` names by key, commas between them; else the two whose terms are known best."""
    ledger = room.at(state)
    known = {gather.key_of(e): e for e in gather.programmes(ledger, 200)}
    asked = list(dict.fromkeys(k.strip() for k in state.get("with").split(",") if k.strip()))
    if unknown := [key for key in asked if key not in known]:
        raise RequestError(f"there is no programme {unknown[0][:40]!r} in this ledger", 404)
    keys = (asked or [k for k in _FIRST if k in known] or list(known)[:2])[:_MOST]
    found = [gather.programme(ledger, known[key]) for key in keys]
    terms = [its for key in keys if (its := _terms(key)) is not None]
    together = _together([(its.key, rows(its)) for its in terms])
    ladders = [
        ladder(p, ladder_rows(p, lambda f: state.to(f"/figure/{f}")), f"ladder-{n}") for n, p in enumerate(found, 1)
    ]
    rungs = [
        (rung.label, *(_amount(p.rungs[n]) for p in found)) for n, rung in enumerate(found[0].rungs if found else ())
    ]
    names = [say_name(clean(p.entity.name)) for p in found]
    return Answer(
        "compare.html.j2",
        "Programmes compared",
        {
            "programmes": [programme_json(p) for p in found],
            "terms": compared_json(terms) if terms else None,
            "known": sorted(known),
        },
        (
            Sheet("Ladder", ("Rung", *names), rungs),
            Sheet(
                "Terms",
                ("Clause", *(its.name for its in terms)),
                [(c, *(_said(r) for r in its)) for c, its in together],
            ),
        ),
        {
            "programmes": list(zip(found, ladders, strict=True)),
            "terms": terms,
            "clauses": together,
            "keys": keys,
            "known": list(gather.named(ledger, 200).items())[:40],
        },
        source=f"Programmes compared: {'; '.join(names)}",
        charts=tuple(ladders),
    )


def _terms(key: str) -> clauses.Terms | None:
    """The terms of a programme, where any are on file."""
    try:
        return clauses.terms(key)
    except TermsError:
        return None


def _together(held: Sequence[tuple[str, Sequence[Row]]]) -> list[tuple[str, list[Row | None]]]:
    """Each clause with the row of every programme, in the order of the first that has it."""
    by_name = [{row.clause: row for row in its} for _, its in held]
    names = dict.fromkeys(name for its in by_name for name in its)
    return [(name, [its.get(name) for its in by_name]) for name in names]


def _said(row: Row | None) -> Cell:
    return None if row is None else row.value or row.says


def _amount(rung: Rung) -> Cell:
    return say(rung.amount) if rung.amount else None
