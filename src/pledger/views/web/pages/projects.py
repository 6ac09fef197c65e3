"""The page of all projects: sortable and filterable, the largest first."""

from __future__ import annotations

from pledger.ledger import Asked, Ledger, Order
from pledger.model import EntityKind, Money, Stage, Standing
from pledger.views.jsons import project_json
from pledger.views.overview import Project, overview, project_of
from pledger.views.plain import clean
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.pages.figures import SIZE, one_of, page_number
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say, say_name, say_standing

__all__ = ["projects"]

_COLUMNS = ("Project", "Stage", "Low", "High", "Currency", "Standing", "Origins", "Id")
_MOST = 20_000
"""Figures up to which all projects are put together for one page."""
_SORTS = {"name": 0, "stage": 1, "amount": 3, "origins": 6}


def projects(room: Room, state: State) -> Answer:
    """The projects that the filters leave, in the order asked for; of a large ledger a page at a time."""
    ledger = room.ledger.at(as_of=state.moment.as_of, known_on=state.moment.known_on)
    sort = state.get("sort") or "amount"
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise RequestError(f"sort={sort[:40]!r} is none of the columns: {', '.join(_SORTS)}")
    stage, standing = one_of(Stage, state, "stage"), one_of(Standing, state, "standing")
    number, last = page_number(state), 1
    if ledger.counts().figures > _MOST:
        if stage or state.get("sponsor") or sort.removeprefix("-") not in ("name", "amount"):
            words = "a ledger of this size is sorted by name or amount and filtered by name and standing: "
            raise RequestError(words + "`pledger show projects --json` has all of them")
        found, last = _some(ledger, state, standing, number)
        rows = [(_row(project), project) for project in found]
    else:
        held = (p for p in overview(ledger).projects if _fits(p, state, stage, standing))
        rows = [(_row(project), project) for project in held]
        rows.sort(key=lambda r: _order(r[0][column]), reverse=sort in ("amount", "origins", "-name", "-stage"))
    return Answer(
        "projects.html.j2",
        "Projects",
        lambda: [project_json(project) for _, project in rows],
        (Sheet("Projects", _COLUMNS, [row for row, _ in rows]),),
        {
            "rows": rows,
            "number": number,
            "last": last,
            "stages": [s.value for s in Stage],
            "standings": [s.value for s in Standing],
        },
    )


def _fits(project: Project, state: State, stage: Stage | None, standing: Standing | None) -> bool:
    sponsors = " ".join(clean(say(side.value)) for f in project.sponsors for side in f.sides).casefold()
    return (
        state.get("q").casefold() in project.entity.name.casefold()
        and state.get("sponsor").casefold() in sponsors
        and stage in (None, project.rung)
        and (standing is None or (project.amount is not None and project.amount.standing is standing))
    )


def _some(ledger: Ledger, state: State, standing: Standing | None, number: int) -> tuple[list[Project], int]:
    """One page of the projects of a large ledger, and how many pages there are."""
    sort = state.get("sort") or "amount"
    asked = Asked(
        kinds=(EntityKind.PROJECT,),
        words=state.get("q"),
        standings=(standing,) if standing else (),
        order=Order.NAME if sort.endswith("name") else Order.AMOUNT,
        backwards=sort == "-name",
        limit=SIZE,
        offset=SIZE * (number - 1),
    )
    page = ledger.page_of_entities(asked)
    figures = gather.figures_by(ledger, [e.id for e in page.items])
    return [project_of(e, figures.get(e.id, ())) for e in page.items], max(1, -(-page.total // SIZE))


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
