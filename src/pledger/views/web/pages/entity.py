"""The page of one thing, a project or a programme say: what is held of it, how sure, and who reported it when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pledger.ledger import Asked, Order
from pledger.ledger.health import health
from pledger.model import Attribute, Claim, Document, EntityKind, Figure, Money, Party
from pledger.views import charts
from pledger.views.cashflows import dollars, percent
from pledger.views.health import health_json
from pledger.views.jsons import conflict_json, document_json, entity_json, figure_json
from pledger.views.overview import attribute_of, origins, project_of
from pledger.views.plain import clean
from pledger.views.story import look
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Cell, Chart, Sheet
from pledger.views.web.serving import Room
from pledger.views.web.share import ProjectMoney, chart, project_money, sheet
from pledger.views.web.state import State
from pledger.views.wording import say, say_attribute, say_count, say_date, say_document, say_name, say_standing

__all__ = ["FIGURES", "entity_page", "figure_rows"]

FIGURES = ("Of", "What", "Value", "Low", "High", "Unit", "Standing", "Origins", "Documents", "Id")
_PARTIES = ("Role", "Name", "Standing", "Origins", "Figure")
_REPORTS = ("Title", "Publisher", "Reported", "Address", "Id")
_MOST = 400
_DOTS = 100
"""Reports that the timeline draws: the latest."""
_FIGURES = 150
"""Figures that are listed; the files that may be taken away have more."""
_SHOWN = 60
"""Documents that are listed below the timeline."""
_ORDER = (
    Attribute.AMOUNT, Attribute.STAGE, Attribute.DATE, Attribute.PARTY, Attribute.SHARE, Attribute.INSTRUMENT,
    Attribute.LOCATION, Attribute.KIND, Attribute.SECTOR, Attribute.OWNERSHIP, Attribute.CONDITION,
)  # fmt: skip


def entity_page(room: Room, state: State) -> Answer:
    """Everything that is held of one entity."""
    ledger, coming = room.near(state, lambda _: state.get("id"))
    its = gather.entity(ledger, state.get("id"))
    figures = ledger.page_of_figures(Asked(within=(its.id,), limit=_MOST))
    held = sorted(figures.items, key=lambda f: (_place(f), f.qualifier, f.id))
    conflicts = ledger.page_of_conflicts(Asked(within=(its.id,), order=Order.SEVERITY, limit=30))
    claims, documents = ledger.texts_behind(held)
    by_day = sorted(documents.values(), key=lambda d: (d.reported_on or dt.date.min, d.id), reverse=True)
    today = ledger.moment.as_of or ledger.moment.known_on or dt.datetime.now(dt.UTC).date()
    days = {
        key: (documents[c.document].echo_of or c.document, documents[c.document].reported_on)
        for key, c in claims.items()
    }
    rated = health(held, days, today)
    groups: dict[Attribute, list[Figure]] = defaultdict(list)
    for figure in held[:_FIGURES]:
        groups[figure.attribute].append(figure)
    name = say_name(clean(its.name))
    timeline = _timeline(by_day, claims, state, name)
    run = its.kind is EntityKind.PROJECT and coming is None
    money = project_money(room, ledger, state.moment, its) if run else None
    drawn = chart(money, name) if money else None
    parties = _parties(held)
    return Answer(
        "entity.html.j2",
        name,
        lambda: {
            "entity": entity_json(its),
            "figures": [figure_json(f) for f in held],
            "conflicts": [conflict_json(c) for c in conflicts.items],
            "documents": [document_json(d) for d in by_day],
            "health": health_json(rated[0]) if rated else None,
            "money": _money_json(money) if money else None,
        },
        (
            Sheet("Figures", FIGURES, lambda: figure_rows(held)),
            *((Sheet("Parties", _PARTIES, [row for row, _ in parties]),) if parties else ()),
            Sheet(
                "Reports", _REPORTS, [(d.title, say_document(d), d.reported_on, d.url or d.path, d.id) for d in by_day]
            ),
            *((sheet(money),) if money and money.years else ()),
        ),
        {
            "entity": its,
            "project": project_of(its, tuple(held)) if its.kind in (EntityKind.PROJECT, EntityKind.TRANCHE) else None,
            "groups": {attribute: its for attribute, its in groups.items() if attribute is not Attribute.PARTY},
            "total": figures.total,
            "conflicts": conflicts.items,
            "documents": by_day[:_SHOWN],
            "count": len(by_day),
            "health": rated[0] if rated else None,
            "timeline": timeline,
            "parties": parties,
            "money": money,
            "programme": attribute_of(its, "programme"),
            "drawn": drawn,
            "dollars": dollars,
            "percent": percent,
        },
        charts=tuple(one for one in (timeline, drawn) if one),
        coming=coming,
        lasting=not (money and money.coming),
        source=f"{name}: {say_count(len(by_day), 'document')}",
    )


def _parties(held: Sequence[Figure]) -> list[tuple[tuple[Cell, ...], Figure]]:
    """Who has which role, as a row of the table `_PARTIES` and the figure that says so; roles together."""
    found = [(figure.value, figure) for figure in held if isinstance(figure.value, Party)]
    found.sort(key=lambda item: (item[0].role, -item[1].documents, item[0].name))
    return [
        (
            (
                party.role.replace("_", " "),
                say_name(clean(party.name)),
                say_standing(figure.standing),
                len(origins([figure])),
                figure.id,
            ),
            figure,
        )
        for party, figure in found
    ]


def _money_json(money: ProjectMoney) -> dict[str, object]:
    return {
        "words": money.words or None,
        "coming": money.coming,
        "chance": money.chance if money.known else None,
        "cost": money.cost if money.known else None,
        "share": money.share if money.known else None,
        "called": money.called,
        "principal_back": money.back,
        "npv_pledging": money.worth,
        "central": money.central,
        "first_call": money.first or None,
        "last_call": money.last or None,
        "earns_from": money.done or None,
        "years": [{"year": one.year, "drawn": one.drawn, "cash": one.cash} for one in money.years],
    }


def figure_rows(figures: Sequence[Figure]) -> list[tuple[Cell, ...]]:
    """Figures as rows of the table `FIGURES`."""
    rows: list[tuple[Cell, ...]] = []
    for figure in figures:
        money = figure.value if isinstance(figure.value, Money) else None
        rows.append(
            (
                say_name(clean(figure.entity.name)),
                clean(say_attribute(figure.attribute, figure.qualifier)),
                clean(say(figure.value)),
                money.low if money else None,
                money.high if money else None,
                money.currency if money else None,
                say_standing(figure.standing),
                len(origins([figure])),
                figure.documents,
                figure.id,
            )
        )
    return rows


def _place(figure: Figure) -> int:
    return _ORDER.index(figure.attribute) if figure.attribute in _ORDER else len(_ORDER)


def _timeline(documents: Sequence[Document], claims: Mapping[str, Claim], state: State, name: str) -> Chart | None:
    """One dot a report, by day; None where none has a date."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims.values():
        said[claim.document].append(claim)
    dots = tuple(
        charts.Dot(
            d.reported_on,
            "Reports",
            look(d, said[d.id]),
            state.to(f"/article/{d.id[:16]}"),
            f"{clean(d.title or d.path)}. {clean(say_document(d))}, {say_date(d.reported_on)}",
        )
        for d in documents[:_DOTS]
        if d.reported_on
    )
    if not dots:
        return None
    return Chart("timeline", f"Reports on {name}", lambda width, id_: _drawn(dots, width, id_, name))


@lru_cache(maxsize=256)
def _drawn(dots: tuple[charts.Dot, ...], width: int, name: str, title: str) -> str:
    return charts.timeline(dots, (), width, name, f"Reports on {title}", say_count(len(dots), "report"))
