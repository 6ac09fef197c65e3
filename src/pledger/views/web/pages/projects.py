"""The page of all projects: sortable and filterable, the largest first."""

from __future__ import annotations

from pledger.model import Money
from pledger.views.jsons import project_json
from pledger.views.overview import Project, overview
from pledger.views.plain import clean
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say, say_name, say_standing

__all__ = ["projects"]

_COLUMNS = ("Project", "Stage", "Low", "High", "Currency", "Standing", "Origins", "Id")
_SORTS = {"name": 0, "stage": 1, "amount": 3, "origins": 6}


def projects(room: Room, state: State) -> Answer:
    """All projects that the filters leave, in the order asked for."""
    view = overview(room.ledger.at(as_of=state.moment.as_of, known_on=state.moment.known_on))
    found = [p for p in view.projects if state.get("q").casefold() in p.entity.name.casefold()]
    rows = [(_row(project), project) for project in found]
    sort = state.get("sort") or "amount"
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise RequestError(f"sort={sort[:40]!r} is none of the columns: {', '.join(_SORTS)}")
    rows.sort(key=lambda r: _order(r[0][column]), reverse=sort in ("amount", "origins", "-name", "-stage"))
    return Answer(
        "projects.html.j2",
        "Projects",
        [project_json(project) for _, project in rows],
        (Sheet("Projects", _COLUMNS, [row for row, _ in rows]),),
        {"rows": rows},
    )


def _row(project: Project) -> tuple[Cell, ...]:
    amount = project.amount.value if project.amount and isinstance(project.amount.value, Money) else None
    return (
        say_name(clean(project.entity.name)),
        say(project.stage.value) if project.stage else None,
        amount.low if amount else None,
        amount.high if amount else None,
        amount.currency if amount else None,
        say_standing(project.amount.standing) if project.amount else None,
        len({o.name for s in project.amount.sides for o in s.origins}) if project.amount else 0,
        project.entity.id,
    )


def _order(cell: Cell) -> tuple[bool, float, str]:
    number = float(cell) if isinstance(cell, int | float) else 0.0
    return (cell is not None, number, cell.casefold() if isinstance(cell, str) else "")
