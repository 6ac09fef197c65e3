"""A portfolio's exposure as programs get it, by the names of `exposure/portfolio/words`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from pledger.exposure.portfolio.words import (
    NOT_ADVICE,
    Effect,
    Exposure,
    Group,
    Holding,
    Matched,
    Path,
    Project,
    Said,
    Touched,
)
from pledger.vehicle.words import Source
from pledger.views.exposurewords import counts, projects_of
from pledger.views.jsons import problem_json

__all__ = ["exposure_json"]

Json = dict[str, Any]


def exposure_json(its: Exposure) -> Json:
    """Everything, by the names of `exposure/portfolio/words`; amounts in their currency, sums in US dollars."""
    held = its.holdings
    return {
        "about": NOT_ADVICE,
        "as_of": its.as_of.isoformat(),
        "portfolio": {
            "source": held.source,
            "rows": len(held),
            "columns": dict(held.columns),
            "weights_sum": held.total,
            "normalised": held.normalised,
        },
        "counts": {str(verdict): count for verdict, count in counts(its).items()},
        "holdings": [_match_json(m) for m in its.matches.found],
        "unmatched": [_holding_json(held.at(n)) for n in its.matches.unmatched],
        "projects": [_project_json(p) for p in projects_of(its)],
        "paths": [_path_json(p) for p in its.exposed.paths],
        "total": _touched_json(its.exposed.total),
        "by_holding": _groups_json(its.exposed.by_holding),
        "by_sector": _groups_json(its.exposed.by_sector),
        "by_country": _groups_json(its.exposed.by_country),
        "by_programme": _groups_json(its.exposed.by_programme),
        "scenario": _scenario_json(its),
        "left_out": list(its.left_out),
        "problems": [problem_json(p) for p in held.problems],
    }


def _holding_json(holding: Holding) -> Json:
    return {
        "row": holding.row,
        "name": holding.name,
        "isin": holding.isin,
        "lei": holding.lei,
        "ticker": holding.ticker,
        "exchange": holding.exchange,
        "currency": holding.currency,
        "weight": holding.weight,
        "value": holding.value,
    }


def _match_json(match: Matched) -> Json:
    company = match.company
    return _holding_json(match.holding) | {
        "verdict": str(match.verdict),
        "how": str(match.how) if match.how else None,
        "sure": str(match.sure),
        "told": match.told,
        "perhaps": list(match.perhaps),
        "company": None
        if company is None
        else {
            "name": company.name,
            "country": company.country,
            "sector": company.sector,
            "sectors": list(company.sectors),
            "not": list(company.taken_for),
            "listings": [
                {
                    "isin": one.isin,
                    "ticker": one.ticker,
                    "mic": one.mic,
                    "since": _day(one.since),
                    "until": _day(one.until),
                    "note": one.note,
                    "source": _source_json(one.source),
                }
                for one in company.listings
            ],
        },
        "parties": [
            {
                "id": organisation.id,
                "name": organisation.name,
                "through": [
                    {
                        "owner": step.owned.owner,
                        "owned": step.owned.owned,
                        "low": step.owned.low,
                        "high": step.owned.high,
                        "kind": step.owned.kind,
                        "note": step.owned.note,
                        "figure": step.owned.figure,
                        "source": _source_json(step.owned.source),
                    }
                    for step in steps
                ],
            }
            for organisation, steps in match.organisations
        ],
    }


def _source_json(source: Source) -> Json:
    return {"where": source.where, "year": source.year, "weak": source.weak}


def _project_json(project: Project) -> Json:
    amount = project.amount
    return {
        "id": project.id,
        "name": project.name,
        "programme": project.programme,
        "sector": project.sector,
        "place": project.place,
        "amount": None
        if amount is None
        else {
            "low": amount.low,
            "high": amount.high,
            "unit": amount.currency,
            "qualifier": str(amount.qualifier),
            "value": {"low": amount.value[0], "high": amount.value[1]},
            "standing": str(amount.standing),
            "figure": amount.figure,
        },
        "stage": str(project.stage) if project.stage else None,
        "stage_figure": project.stage_figure,
        "chance": project.chance,
        "chance_sources": [_source_json(s) for s in project.chance_sources],
        "expected": list(project.expected) if project.expected else None,
        "sentences": [_said_json(s) for s in project.said],
    }


def _said_json(said: Said) -> Json:
    return {
        "figure": said.figure,
        "claim": said.claim,
        "sentence": said.sentence,
        "publisher": said.publisher,
        "title": said.title,
        "reported_on": _day(said.reported_on),
        "where": said.where,
        "document": said.document,
    }


def _path_json(path: Path) -> Json:
    role = path.role
    return {
        "row": path.row,
        "kind": str(path.kind),
        "told": path.told,
        "party": path.organisation or None,
        "role": None
        if role is None
        else {
            "role": role.role,
            "of": {"id": role.subject, "kind": role.subject_kind, "name": role.subject_name},
            "standing": str(role.standing),
            "support": role.support,
            "figure": role.figure,
            "sentences": [_said_json(s) for s in role.said],
        },
        "share": None if path.share is None else {"low": path.share[0], "high": path.share[1]},
        "projects": list(path.projects),
        "programme": {"key": path.programme, "name": path.programme_name},
        "sector": path.sector or None,
        "commodity": path.commodity or None,
        "sure": str(path.sure),
    }


def _touched_json(touched: Touched) -> Json:
    return {
        "projects": list(touched.projects),
        "low": touched.low,
        "high": touched.high,
        "expected_low": touched.expected_low,
        "expected_high": touched.expected_high,
        "without_amount": touched.without,
        "unit": "USD",
    }


def _groups_json(groups: Iterable[Group]) -> list[Json]:
    return [
        {"key": g.key, "label": g.label, "rows": list(g.rows), "weight": g.weight} | _touched_json(g.touched)
        for g in groups
    ]


def _scenario_json(its: Exposure) -> Json | None:
    if not its.scenario:
        return None
    return {"name": its.scenario, "label": its.scenario_label, "effects": [_effect_json(e) for e in its.effects]}


def _effect_json(effect: Effect) -> Json:
    def pair(values: tuple[Any, Any]) -> Json:
        return {"reported": values[0], "scenario": values[1]}

    return {
        "row": effect.row,
        "project": effect.project,
        "name": effect.project_name,
        "roles": list(effect.roles),
        "chance": pair(effect.chance),
        "drawn_by_deadline": pair(effect.drawn),
        "expected_by_deadline": pair(effect.expected),
        "drawn_in_all": pair(effect.in_all),
        "start": pair(effect.start),
        "told": effect.told,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
