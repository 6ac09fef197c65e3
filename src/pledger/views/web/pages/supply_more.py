"""Sections of a commodity's page: what the ledger's projects change, and the months of a halt that is asked for."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache, partial

from pledger.exposure.supply.asked import month
from pledger.exposure.supply.case import Case, CaseError
from pledger.exposure.supply.effect import Change, changes
from pledger.exposure.supply.fan import month_of
from pledger.exposure.supply.halts import Compared, compared
from pledger.exposure.supply.picture import Picture
from pledger.exposure.supply.places import country, name_of
from pledger.exposure.supply.shock import Halt
from pledger.exposure.supply.supply import last_day, put_together
from pledger.exposure.supply.words import REST, Commodity
from pledger.ledger import Ledger
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.words import Exclusion
from pledger.views import supplychange, supplyshock
from pledger.views.web.answers import Chart
from pledger.views.web.pages.supplyparts import Part
from pledger.views.web.state import RequestError, State

__all__ = ["PARAMETERS", "halt_part", "projects_part"]

PARAMETERS = {
    "halt": "A supplier that stops its exports, by code or name",
    "cut": "100: all of its exports stop; 50: they are halved",
    "months": "For how many months, 1 to 60",
    "from": "From which month on, 2030-01; else from the month after the last report",
    "seed": "Equal seeds, equal answers",
}
_SCENARIOS = 10_000
_MOST_MONTHS = 60
_KEPT = 32


def projects_part(ledger: Ledger, state: State, its: Picture) -> Part | None:
    """What each project that would supply the commodity changes; None where the ledger has none."""
    del state
    found, left_out = _case(ledger, ledger.version(), its.commodity, its.importer)
    if isinstance(found, CaseError) or not (found.plants or left_out):
        return None
    moved = _changes(found)
    name = its.commodity.name
    charts = tuple(
        Chart(
            f"change-{number}",
            f"{one.plant.name}: {'the world’s production' if one.table.value == 'world' else 'supply'}",
            partial(_drawn_change, one, name),
        )
        for number, one in enumerate(moved, 1)
    )
    shown = [
        (one, _unbroken(supplychange.sentence(one, name)), supplychange.lines(one), supplychange.assumed(one), chart)
        for one, chart in zip(moved, charts, strict=True)
    ]
    return Part(
        "projects",
        "What a project would change",
        "supply-projects.html.j2",
        {"changes": supplychange.change_json(moved), "left_out": [[e.what, e.why, e.mend] for e in left_out]},
        {"shown": shown, "left_out": left_out},
        (supplychange.sheet(moved),) if moved else (),
        charts,
    )


def halt_part(ledger: Ledger, state: State, its: Picture) -> Part | None:
    """A form that asks what a halt of a supplier would do, and what it would do where one is asked for."""
    found, _ = _case(ledger, ledger.version(), its.commodity, its.importer)
    if isinstance(found, CaseError):
        return None
    suppliers = [
        code
        for code in dict.fromkeys(s.country for s in found.imports.shares)
        if code not in (REST, found.importer)
    ]  # fmt: skip
    form = {"suppliers": [(code, name_of(code)) for code in suppliers], "notes": found.notes}
    title, template = "If a supplier stops", "supply-halt.html.j2"
    halt = _halt(ledger, state, suppliers)
    if halt is None:
        return Part("halt", title, template, {"suppliers": suppliers}, form | {"found": None})
    seed = _whole(state, "seed", 0, 0, 2**63)
    both = _compared(found, halt, seed)
    name = its.commodity.name
    charts = (
        Chart("halt", f"{name_of(halt.supplier)}: what is missing by month", partial(_drawn_halt, both, name)),
        Chart("months", "Where use is met from, by month", partial(_drawn_months, both, name)),
    )
    context = {
        "found": both,
        "sentence": _unbroken(supplyshock.sentence(both, name)),
        "answers": supplyshock.lines(both),
        "openings": supplyshock.openings(both),
        "months": [(run.label, *supplyshock.months(run)) for run in both.runs],
        "grounds": supplyshock.grounds_lines(found),
        "words_of_months": supplyshock.MONTHS,
        "charts": charts,
    }
    sheets = (supplyshock.sheet(both),)
    return Part("halt", title, template, supplyshock.shock_json(both), form | context, sheets, charts)


@lru_cache(maxsize=_KEPT)
def _case(
    ledger: Ledger, version: str, commodity: Commodity, importer: str
) -> tuple[Case | CaseError, tuple[Exclusion, ...]]:
    """The case with the ledger's plants, remembered for as long as nothing is read or judged."""
    del version
    found, plants = put_together(ledger, commodity, importer)
    return found, plants.left_out


@lru_cache(maxsize=_KEPT)
def _changes(its: Case) -> tuple[Change, ...]:
    return changes(its, _SCENARIOS, 0)


@lru_cache(maxsize=_KEPT)
def _compared(its: Case, halt: Halt, seed: int) -> Compared:
    return compared(its, halt, _SCENARIOS, seed)


def _halt(ledger: Ledger, state: State, suppliers: list[str]) -> Halt | None:
    """The halt that the address asks for; a RequestError that says the mend."""
    asked = state.get("halt").strip()[:60]
    if not asked:
        return None
    supplier = country(asked)
    if supplier not in suppliers:
        listed = ", ".join(suppliers)
        raise RequestError(f"halt={asked!r} is no supplier that is named here: there are {listed}")
    months = _whole(state, "months", 12, 1, _MOST_MONTHS)
    return Halt(supplier, months, _begins(ledger, state), _whole(state, "cut", 100, 1, 100) / 100)


def _begins(ledger: Ledger, state: State) -> dt.date:
    """The month from which on; else the one after the last report, or after the day that is asked for."""
    said = state.get("from").strip()[:20]
    if not said:
        return month_of(last_day(ledger), 1)
    try:
        return month(said)
    except AskError:
        raise RequestError(f"from={said!r} is no month: write 2030-01") from None


def _whole(state: State, name: str, default: int, low: int, high: int) -> int:
    """A whole number of the address within its bounds."""
    said = state.get(name).strip()[:20]
    if not said:
        return default
    if not re.fullmatch(r"\d{1,19}", said) or not low <= int(said) <= high:
        raise RequestError(f"{name}={said!r} is no whole number from {low:,} to {high:,}")
    return int(said)


def _unbroken(said: str) -> str:
    """A sentence whose per cent signs stay with their numbers."""
    return said.replace(" %", "\u00a0%")


def _drawn_change(its: Change, commodity: str, width: int, name: str) -> str:
    return supplychange.chart(its, width, name, commodity)


def _drawn_halt(its: Compared, commodity: str, width: int, name: str) -> str:
    return supplyshock.chart(its, width, name, commodity)


def _drawn_months(its: Compared, commodity: str, width: int, name: str) -> str:
    return supplyshock.months_chart(its, its.runs[-1], width, name, commodity)
