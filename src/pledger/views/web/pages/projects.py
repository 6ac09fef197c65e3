"""The page of all projects: a map of where they are, and the list, sortable and filterable, the largest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pledger.ledger import Asked, Health, Ledger, Order
from pledger.ledger.agree import in_dollars
from pledger.model import Attribute, EntityKind, Money, Stage, Standing
from pledger.vehicle import sectors
from pledger.views.jsons import project_json
from pledger.views.maps import Mark, place_map
from pledger.views.overview import Project, attribute_of, overview, project_of
from pledger.views.places import Precision, Spot, locate
from pledger.views.plain import clean
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Cell, Chart, Sheet
from pledger.views.web.pages.figures import SIZE, one_of, page_number
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say, say_count, say_name, say_standing

__all__ = ["projects"]

_COLUMNS = (
    "Project", "Stage", "Low", "High", "Currency", "Standing", "Origins", "Id", "Sector", "Sponsors", "Place",
    "Latitude", "Longitude", "Health",
)  # fmt: skip
_MOST = 20_000
"""Figures up to which all projects are put together for one page."""
_SORTS = {"name": 0, "stage": 1, "amount": 3, "origins": 6, "sector": 8, "health": 13}
_GREATEST_FIRST = ("amount", "origins", "health")
_DOTS = 300
"""Projects on the map: the first of the list."""
_NOTE = "Places and towns: GeoNames, CC BY 4.0."


@dataclass(frozen=True, slots=True)
class Row:
    """A project as the list shows it."""

    project: Project
    cells: tuple[Cell, ...]
    sector: str
    """Its label."""
    health: Health | None
    spot: Spot | None
    """Where it is, where its place is known to the map."""


def projects(room: Room, state: State) -> Answer:
    """The projects that the filters leave, in the order asked for; of a large ledger a page at a time."""
    ledger = room.at(state)
    sort = state.get("sort") or "amount"
    column = _SORTS.get(sort.removeprefix("-"))
    if column is None:
        raise RequestError(f"sort={sort[:40]!r} is none of the columns: {', '.join(_SORTS)}")
    stage, standing = one_of(Stage, state, "stage"), one_of(Standing, state, "standing")
    labels = {one.key: one.label for one in sectors.known()} | {sectors.UNKNOWN: "not known"}
    if (sector := state.get("sector")) and sector not in labels:
        raise RequestError(f"sector={sector[:40]!r} is none of {', '.join(labels)}")
    number, last = page_number(state), 1
    if gather.counts(ledger).figures > _MOST:
        if sort.removeprefix("-") not in ("name", "amount"):
            raise RequestError("a ledger of this size is sorted by name or amount: sort=name or sort=amount")
        found, last = _some(ledger, state, stage, standing, number)
        rows = _rows(found, ledger.health_of(f for p in found for f in p.figures), labels)
    else:
        held = [p for p in overview(ledger).projects if _fits(p, state, stage, standing)]
        rows = _rows(held, {h.entity.id: h for h in ledger.health()}, labels)
        greatest = sort in _GREATEST_FIRST or (sort.startswith("-") and sort[1:] not in _GREATEST_FIRST)
        by_amount = sort.removeprefix("-") == "amount"
        rows.sort(key=lambda row: _order(_dollars(row.project) if by_amount else row.cells[column]), reverse=greatest)
    chart = _map(rows, state)
    return Answer(
        "projects.html.j2",
        "Projects",
        lambda: [_json(row) for row in rows],
        (Sheet("Projects", _COLUMNS, [row.cells for row in rows]),),
        {
            "rows": rows,
            "number": number,
            "last": last,
            "stages": [s.value for s in Stage],
            "standings": [s.value for s in Standing],
            "sectors": sorted(labels.items(), key=lambda item: item[1]),
            "map": chart,
            "placed": sum(row.spot is not None for row in rows[:_DOTS]),
        },
        source=say_count(len(rows), "project"),
        charts=(chart,) if chart else (),
    )


def _rows(found: Sequence[Project], healths: Mapping[str, Health], labels: Mapping[str, str]) -> list[Row]:
    return [_row(project, healths.get(project.entity.id), labels) for project in found]


def _row(project: Project, health: Health | None, labels: Mapping[str, str]) -> Row:
    amount = project.amount.value if project.amount and isinstance(project.amount.value, Money) else None
    sector = labels[_sector(project)]
    spot = _spot(project)
    cells: tuple[Cell, ...] = (
        say_name(clean(project.entity.name)),
        say(project.stage.value) if project.stage else None,
        amount.low if amount else None,
        amount.high if amount else None,
        amount.currency if amount else None,
        say_standing(project.amount.standing) if project.amount else None,
        len({o.name for s in project.amount.sides for o in s.origins}) if project.amount else 0,
        project.entity.id,
        sector,
        "; ".join(clean(say(figure.value)) for figure in project.sponsors) or None,
        clean(project.place) or None,
        round(spot.latitude, 3) if spot else None,
        round(spot.longitude, 3) if spot else None,
        round(health.score, 3) if health else None,
    )
    return Row(project, cells, sector, health, spot)


def _json(row: Row) -> dict[str, object]:
    spot = row.spot
    return project_json(row.project) | {
        "sector": _sector(row.project),
        "health": round(row.health.score, 4) if row.health else None,
        "spot": None if spot is None else {
            "latitude": round(spot.latitude, 4), "longitude": round(spot.longitude, 4),
            "precision": spot.precision.value,
        },
    }  # fmt: skip


def _sector(project: Project) -> str:
    """Key of the sector of its kind."""
    return sectors.sector_of_kind(attribute_of(project.entity, "project_kind") or "")


def _spot(project: Project) -> Spot | None:
    """Where it is: the most exact of what reports say of its place and of what it was told apart by."""
    said = [
        clean(say(side.value)) for f in project.figures if f.attribute is Attribute.LOCATION for side in f.sides[:1]
    ]
    found = [spot for words in (*said, project.place) if words and (spot := locate(words, _host(project)))]
    return min(found, key=lambda spot: list(Precision).index(spot.precision), default=None)


def _host(project: Project) -> str:
    """ISO code of the country in which its programme invests; empty where none is known."""
    return (attribute_of(project.entity, "programme") or "").partition(">")[2].strip("?")


def _map(rows: Sequence[Row], state: State) -> Chart | None:
    """The projects whose place is known, as dots that lead to their pages."""
    marks = []
    for row in rows[:_DOTS]:
        if row.spot is not None:
            amount = row.project.amount
            known = amount.value if amount and isinstance(amount.value, Money) else None
            dollars = (known.high or known.low or 0.0) if known and known.currency == "USD" else 0.0
            says = "; ".join(filter(None, (clean(row.project.place), say(known) if known else "")))
            address = state.to(f"/project/{row.project.entity.id}")
            marks.append(Mark(row.spot, str(row.cells[0]), says, dollars, address))
    if not marks:
        return None
    told = tuple(marks)
    title = "Where the projects are"
    return Chart("map", title, lambda width, id_: _drawn(told, width, id_, title), tuple(_WIDTHS), 1040, _NOTE)


_WIDTHS = ("wide", "middle", "narrow")


@lru_cache(maxsize=64)
def _drawn(marks: tuple[Mark, ...], width: int, name: str, title: str) -> str:
    told = f"{say_count(len(marks), 'project')} on a map; the list below has all of them"
    return place_map(marks, width, name, title, told)


def _fits(project: Project, state: State, stage: Stage | None, standing: Standing | None) -> bool:
    sponsors = " ".join(clean(say(side.value)) for f in project.sponsors for side in f.sides).casefold()
    return (
        state.get("q").casefold() in project.entity.name.casefold()
        and state.get("sponsor").casefold() in sponsors
        and state.get("sector") in ("", _sector(project))
        and stage in (None, project.rung)
        and (standing is None or (project.amount is not None and project.amount.standing is standing))
    )


def _some(
    ledger: Ledger, state: State, stage: Stage | None, standing: Standing | None, number: int
) -> tuple[list[Project], int]:
    """One page of the projects of a large ledger, and how many pages there are."""
    sort, sector = state.get("sort") or "amount", state.get("sector")
    asked = Asked(
        kinds=(EntityKind.PROJECT,),
        words=state.get("q"),
        standings=(standing,) if standing else (),
        stages=(stage,) if stage else (),
        sponsor=state.get("sponsor"),
        project_kinds=_kinds(ledger, ledger.version(), sector) if sector else (),
        order=Order.NAME if sort.endswith("name") else Order.AMOUNT,
        backwards=sort == "-name",
        limit=SIZE,
        offset=SIZE * (number - 1),
    )
    page = ledger.page_of_entities(asked)
    figures = gather.figures_by(ledger, [e.id for e in page.items])
    return [project_of(e, figures.get(e.id, ())) for e in page.items], max(1, -(-page.total // SIZE))


@lru_cache(maxsize=64)
def _kinds(ledger: Ledger, version: str, sector: str) -> tuple[str, ...]:
    """The kinds of project that belong to a sector, as this ledger has them; remembered while nothing is read."""
    del version
    its = sorted(kind for kind in ledger.project_kinds() if sectors.sector_of_kind(kind) == sector)
    return (*its, "") if sector == sectors.UNKNOWN else (*its, sector)


def _dollars(project: Project) -> float | None:
    """What sums of different currencies are put in order by."""
    value = project.amount.value if project.amount else None
    if not isinstance(value, Money):
        return None
    end = value.high if value.high is not None else value.low
    return in_dollars(end or 0.0, value.currency, None)


def _order(cell: Cell) -> tuple[bool, float, str]:
    number = float(cell) if isinstance(cell, int | float) else 0.0
    return (cell is not None, number, cell.casefold() if isinstance(cell, str) else "")
