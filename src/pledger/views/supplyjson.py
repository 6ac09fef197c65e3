"""Supply for programs and spreadsheets: JSON, and tables of which the first can be read back by `pledger supply`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pledger.exposure.supply.bounds import Bounds
from pledger.exposure.supply.picture import Line, Measured, Picture, Seen
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.tabulated import line_row, measure_rows, risk_rows, share_rows
from pledger.exposure.supply.words import Commodity, Level, Market, Supplied
from pledger.vehicle.words import Source
from pledger.views.jsons import conflict_json
from pledger.views.supplywords import say_level, say_market
from pledger.views.web.answers import Cell, Sheet
from pledger.views.wording import say_conflict_kind

__all__ = ["line_json", "list_sheet", "picture_json", "sheets"]

Json = dict[str, Any]
_ROWS = (
    "commodity", "step", "measure", "grade", "importer", "country", "low", "high", "qualifier", "year", "source",
    "weak", "basis", "note", "figure", "claims",
)  # fmt: skip
_MEASURES = ("Market", "Words", "Measure", "Of", "Low", "High", "Unit", "Says")
_DIFFERING = ("Commodity", "Kind", "Says", "Checked against", "Id")
_LIST = (
    "Commodity", "Key", "Market", "HHI low", "HHI high", "Class", "Leader", "Leader low", "Leader high",
    "Leader certain", "Group low", "Group high", "Reliance low", "Reliance high", "Reliance year", "Reported shares",
)  # fmt: skip


def picture_json(its: Picture) -> Json:
    """All of a commodity: its markets with every word on each share, measures by their ends, levels, risk."""
    return _commodity(its.commodity) | {
        "importer": its.importer,
        "group": list(its.group),
        "markets": [_seen(seen) for seen in its.markets],
        "levels": [_level(level) for level in its.levels],
        "risks": [
            {
                "method": "GeoPolRisk",
                "importer": r.importer,
                "score": _ends(r.score),
                "import_risk": _ends(r.import_risk),
                "factor": _ends(r.factor),
                "dependence": _ends(r.dependence),
                "production": say_market(r.production),
                "imports": say_market(r.imports),
            }
            for r in its.risks
        ],
        "conflicts": [conflict_json(c) for c in its.conflicts],
        "agreements": [
            {"country": a.country, "figures": list(a.figures), "says": a.text, "reference": a.reference}
            for a in its.agreements
        ],
    }


def line_json(its: Line) -> Json:
    """A commodity in a list."""
    return _commodity(its.commodity) | {
        "market": _market(its.market) if its.market is not None else None,
        "measures": _measured(its.measured),
        "reliance": _level(its.reliance) if its.reliance is not None else None,
        "reported": its.reported,
    }


def _commodity(its: Commodity) -> Json:
    return {
        "key": its.key,
        "name": its.name,
        "names": list(its.names),
        "sectors": list(its.sectors),
        "about": its.about,
        "file": its.origin,
    }


def _market(its: Market) -> Json:
    return {
        "step": its.step.value,
        "measure": its.measure.value,
        "grade": its.grade,
        "importer": its.importer,
        "year": its.year,
    }


def _seen(its: Seen) -> Json:
    return _market(its.market) | {
        "shares": [_supplied(said) for said in its.market.shares],
        "reference": _measured(its.reference),
        "reported": _measured(its.reported),
    }


def _supplied(its: Supplied) -> Json:
    return {
        "country": its.country,
        "name": name_of(its.country),
        "low": its.low,
        "high": its.high,
        "qualifier": its.qualifier.value,
        "basis": its.basis.value,
        "year": its.year,
        "sources": [_source(s) for s in its.sources],
        "figure": its.figure,
        "claims": list(its.claims),
        "says": its.said,
    }


def _measured(its: Measured | None) -> Json | None:
    if its is None:
        return None
    return {
        "sound": its.index is not None,
        "readings": its.readings,
        "hhi": _ends(its.index),
        "class": its.level or None,
        "leader": {
            "country": its.leader.country,
            "share": _ends(its.leader.share),
            "certain": its.leader.certain,
        }
        if its.leader is not None
        else None,
        "group": _ends(its.group),
        "rest": _ends(its.rest),
    }


def _level(its: Level) -> Json:
    return {
        "country": its.country,
        "measure": its.measure.value,
        "step": its.step.value,
        "grade": its.grade,
        "low": its.low,
        "high": its.high,
        "qualifier": its.qualifier.value,
        "basis": its.basis.value,
        "year": its.year,
        "sources": [_source(s) for s in its.sources],
        "says": its.note,
    }


def _source(its: Source) -> Json:
    return {"where": its.where, "year": its.year, "weak": its.weak}


def _ends(its: Bounds | None) -> Json | None:
    return {"low": round(its.low, 10), "high": round(its.high, 10)} if its is not None else None


def sheets(pictures: Sequence[Picture]) -> tuple[Sheet, ...]:
    """Every row of commodities as a table that `pledger supply` reads back, and their measures."""
    rows = [row for its in pictures for row in _rows(its)]
    measures = [row for its in pictures for row in _measures(its, len(pictures) > 1)]
    differing: list[tuple[Cell, ...]] = [
        (its.commodity.name, say_conflict_kind(c.kind), c.explanation, c.reference, c.id)
        for its in pictures
        for c in its.conflicts
    ]
    differing += [
        (its.commodity.name, "agreement", a.text, a.reference, None) for its in pictures for a in its.agreements
    ]
    told = (Sheet("Supply", _ROWS, rows), Sheet("Measures", _MEASURES, measures))
    return (*told, Sheet("Reports", _DIFFERING, differing)) if differing else told


def _rows(its: Picture) -> Iterable[Sequence[Cell]]:
    for r in share_rows(its):
        yield (
            r.commodity, r.step, r.measure, r.grade, r.importer, r.country, r.low, r.high, r.qualifier,
            r.year or "undated", r.source, "yes" if r.weak else "no", r.basis, r.note, r.figure,
            " ".join(r.claims) or None,
        )  # fmt: skip


def _measures(its: Picture, named: bool) -> Iterable[Sequence[Cell]]:
    before = f"{its.commodity.name}: " if named else ""
    for r in measure_rows(its):
        yield f"{before}{say_market(r)}", r.words, r.metric, r.of, r.low, r.high, r.unit, r.says
    for level in its.levels:
        of = f"{before}{level.grade}, {level.year or 'undated'}"
        yield of, level.basis.value, level.measure.value, level.country, level.low, level.high, None, say_level(level)
    for r in risk_rows(its):
        yield f"{before}{say_market(r)}", r.words, r.metric, r.of, r.low, r.high, r.unit, r.says


def list_sheet(lines: Sequence[Line]) -> Sheet:
    """The list of commodities, a row for each."""
    rows: list[tuple[Cell, ...]] = []
    for its in lines:
        r = line_row(its)
        rows.append(
            (
                r.commodity, r.key, say_market(its.market) if its.market is not None else None, r.hhi_low, r.hhi_high,
                r.level, r.leader, r.leader_low, r.leader_high, r.leader_certain, r.group_low, r.group_high,
                r.reliance_low, r.reliance_high, r.reliance_year, r.reported,
            )
        )  # fmt: skip
    return Sheet("Commodities", _LIST, rows)
