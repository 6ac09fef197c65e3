"""The pages of supply: every commodity in a line, and one with its markets, every word on them, and its measures."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from functools import lru_cache, partial, wraps
from typing import Any

from pledger.exposure.supply.asked import countries
from pledger.exposure.supply.lists import methods
from pledger.exposure.supply.picture import Picture, Seen, line, lines, picture
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.reported import Joined, joined, reports
from pledger.exposure.supply.table import commodities
from pledger.exposure.supply.words import REST, Supplied
from pledger.ledger import Ledger
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.words import Basis
from pledger.views import sharecharts, supplywords
from pledger.views.sharecharts import Holder, Word
from pledger.views.supplyjson import line_json, list_sheet, picture_json, sheets
from pledger.views.supplywords import say_market, say_supplied
from pledger.views.web.answers import Answer, Chart
from pledger.views.web.pages.supply_more import PARAMETERS as FURTHER
from pledger.views.web.pages.supply_more import halt_part, projects_part
from pledger.views.web.pages.supplyparts import Part
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say_name

__all__ = ["FURTHER_PARAMETERS", "MORE", "PARAMETERS", "commodity_page", "supply_page"]

PARAMETERS = {
    "importer": "Whose imports are meant: a code or a name of a country; else the United States",
    "group": "Suppliers to be counted together, commas between them: CN,RU",
}
FURTHER_PARAMETERS = PARAMETERS | FURTHER
"""Those of one commodity's page."""
_LONGEST = 200


def _unbroken(said: Callable[..., str]) -> Callable[..., str]:
    """Words of `supplywords` with a per cent sign that stays with its number."""

    @wraps(said)
    def words(*args: Any, **options: Any) -> str:
        return said(*args, **options).replace(" %", "\u00a0%")

    return words


_WORDS = {name: _unbroken(getattr(supplywords, name)) for name in supplywords.__all__}
MORE: tuple[Callable[[Ledger, State, Picture], Part | None], ...] = (projects_part, halt_part)
"""In the order in which they are shown; None where one has nothing to tell."""


def supply_page(room: Room, state: State) -> Answer:
    """Every commodity: how concentrated the world's production is, who leads, and how far one country relies on it."""
    importer, group = _importer(state), _countries(state, "group")
    ledger = room.at(state)
    rows = lines(_joined(ledger, ledger.version()).commodities, importer, group)
    return Answer(
        "supply.html.j2",
        "Supply",
        {"importer": importer, "group": list(group), "commodities": [line_json(row) for row in rows]},
        (list_sheet(rows),),
        _WORDS
        | {
            "lines": rows,
            "importer": importer,
            "group": group,
            "hhi": methods("hhi"),
            "name_of": name_of,
            "reported": any(row.reported for row in rows),
        },
    )


def commodity_page(room: Room, state: State) -> Answer:
    """One commodity: its markets with every word and its source, what follows from them, and what would change it."""
    ledger = room.at(state)
    reported = _joined(ledger, ledger.version())
    known = {each.key: each for each in reported.commodities}
    key = state.get("id")
    if key not in known:
        near = difflib.get_close_matches(key[:_LONGEST], known, 1)
        mend = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
        raise RequestError(f"no commodity is called {key[:40]!r}: {mend}", 404)
    its = picture(known[key], _importer(state), _countries(state, "group"), reported)
    charts = {n: _chart(seen, n, state) for n, seen in enumerate(its.markets, 1) if len(seen.market.shares) > 1}
    parts = [part for make in MORE if (part := make(ledger, state, its)) is not None]
    name = say_name(its.commodity.name)
    return Answer(
        "supply-one.html.j2",
        f"Supply of {its.commodity.name}",
        picture_json(its) | {part.key: part.data for part in parts},
        (*sheets([its]), *(sheet for part in parts for sheet in part.sheets)),
        _WORDS
        | {
            "its": its,
            "name": name,
            "markets": [(n, seen, _rows(seen), charts.get(n)) for n, seen in enumerate(its.markets, 1)],
            "line": line(its.commodity, its.importer, its.group),
            "parts": parts,
            "methods": {chapter: methods(chapter) for chapter in ("hhi", "geopolrisk")},
            "name_of": name_of,
        },
        source=f"Supply of {its.commodity.name}",
        charts=(*charts.values(), *(chart for part in parts for chart in part.charts)),
    )


@lru_cache(maxsize=8)
def _joined(ledger: Ledger, version: str) -> Joined:
    """The bundled commodities with what the ledger's reports say; remembered while nothing is read or judged."""
    del version
    return joined(reports(ledger), commodities().values())


def _importer(state: State) -> str:
    found = _countries(state, "importer")
    if len(found) > 1:
        raise RequestError(f"importer={state.get('importer')[:40]!r} names {len(found)} countries: name one")
    return found[0] if found else "US"


def _countries(state: State, parameter: str) -> tuple[str, ...]:
    """The countries that a parameter names."""
    try:
        return countries(state.get(parameter)[:_LONGEST], parameter)
    except AskError as wrong:
        raise RequestError(str(wrong)) from wrong


def _rows(seen: Seen) -> list[Supplied]:
    """Words on a market, those on one supplier together, the largest first, all others last."""
    best: dict[str, float] = {}
    for said in seen.market.shares:
        best[said.country] = max(best.get(said.country, 0.0), said.low if said.low is not None else said.high or 0.0)
    return sorted(seen.market.shares, key=lambda s: (s.country == REST, -best[s.country], s.country))


def _chart(seen: Seen, number: int, state: State) -> Chart:
    """A market's words as bars."""
    by_country: dict[str, list[Supplied]] = {}
    for said in _rows(seen):
        by_country.setdefault(said.country, []).append(said)
    rows = tuple(
        Holder(
            say_name(name_of(code)),
            "; ".join(dict.fromkeys(say_supplied(said, seen.market) for said in words)),
            tuple(_word(said, state) for said in words),
        )
        for code, words in by_country.items()
    )
    title = say_name(say_market(seen.market))
    told = "; ".join(f"{row.name}: {row.said}" for row in rows)
    return Chart(f"market-{number}", title, partial(_drawn, rows, title, told))


def _drawn(rows: Sequence[Holder], title: str, told: str, width: int, name: str) -> str:
    return sharecharts.holders(rows, width, name, title, told)


def _word(said: Supplied, state: State) -> Word:
    weak = said.basis is Basis.REFERENCE and bool(said.sources) and all(s.weak for s in said.sources)
    href = state.to(f"/figure/{said.figure}") if said.figure else None
    return Word(said.low, said.high, "weak" if weak else said.basis.value, href)
