"""A portfolio's exposure as programs and spreadsheets get it: JSON, tables, and the rows of its chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, overload

from pledger.exposure.portfolio.words import (
    NOT_ADVICE,
    Amount,
    Effect,
    Exposure,
    Group,
    Holding,
    Matched,
    Path,
    Project,
    Said,
    Touched,
    Verdict,
)
from pledger.model import Money
from pledger.vehicle.words import Source
from pledger.views.charts import Bar
from pledger.views.flowcharts import dollars
from pledger.views.jsons import problem_json
from pledger.views.plain import clean
from pledger.views.web.answers import Cell, Sheet
from pledger.views.wording import say, say_count, say_name, say_stage

__all__ = ["bars", "counts", "exposure_json", "projects_of", "say_amount", "say_share", "say_touched", "sheets"]

Json = dict[str, Any]
_BARS = 25
"""Holdings that the chart has room for."""
_LONG = 300
"""Letters of a cell of somebody's file that are shown."""


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


def counts(its: Exposure) -> dict[Verdict, int]:
    """Rows by what became of them, all verdicts in their order."""
    found = dict.fromkeys(Verdict, 0)
    for match in its.matches.found:
        found[match.verdict] += 1
    found[Verdict.UNMATCHED] = len(its.matches.unmatched)
    return found


def projects_of(its: Exposure) -> tuple[Project, ...]:
    """The projects that holdings have a role in, each once, the largest first."""
    found = {p.project.id: p.project for p in its.exposed.paths if p.project is not None}
    return tuple(sorted(found.values(), key=lambda p: (-_most(p.amount), p.name, p.id)))


def _most(amount: Amount | None) -> float:
    return 0.0 if amount is None else amount.high or amount.low or 0.0


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


def sheets(its: Exposure) -> tuple[Sheet, ...]:
    """The tables that are taken away: paths first, then holdings, sums and what the scenario changes."""
    labels = {m.holding.row: m for m in its.matches.found}
    exposed = its.exposed
    made = [
        Sheet("Paths", _PATHS, [_path_row(p, labels[p.row]) for p in exposed.paths]),
        Sheet("Holdings", _HOLDINGS, _Rows(its)),
        Sheet(
            "Sums",
            ("By", "Of", "Rows", "Weight", "Projects", "Low, USD", "High, USD", "Expected low", "Expected high"),
            [
                *(
                    _sum_row(by, group.label, len(group.rows), group.weight, group.touched)
                    for by, groups in (
                        ("holding", exposed.by_holding),
                        ("sector", exposed.by_sector),
                        ("country", exposed.by_country),
                        ("programme", exposed.by_programme),
                    )
                    for group in groups
                ),
                _sum_row("all", "every project once", len(exposed.by_holding), None, exposed.total),
            ],
        ),
    ]
    if its.scenario:
        made.append(Sheet("Scenario", _EFFECTS, [_effect_row(e, labels[e.row]) for e in its.effects]))
    about: list[Sequence[Cell]] = [(NOT_ADVICE,), *((words,) for words in its.left_out)]
    about += [(f"{p.where}: {p.why}; {p.mend}",) for p in its.holdings.problems]
    return (*made, Sheet("About", ("About",), about))


_PATHS = (
    "Row", "Holding", "Weight", "Kind", "Path", "Share low", "Share high", "Role", "Project", "Programme", "Low",
    "High", "Currency", "Stage", "Chance", "Match", "Role standing", "Sentence", "Said by", "On", "Where", "Figure",
    "Claim", "Project id",
)  # fmt: skip
_HOLDINGS = ("Row", "Name", "ISIN", "LEI", "Ticker", "Currency", "Weight", "Value", "Result", "By", "Sure", "Company",
             "Country", "Sector", "Parties", "Why", "Perhaps")  # fmt: skip
_EFFECTS = (
    "Row", "Holding", "Project", "Roles", "Chance as reported", "Chance under the scenario", "Drawn as reported",
    "Drawn under the scenario", "Drawn in all as reported", "Drawn in all under the scenario", "In words",
)  # fmt: skip


def _path_row(path: Path, match: Matched) -> tuple[Cell, ...]:
    project, role = path.project, path.role
    said = next(iter((*(role.said if role else ()), *(project.said if project else ()))), None)
    amount = project.amount if project else None
    share = path.share or (None, None)
    return (
        path.row,
        clean(match.holding.label)[:_LONG],
        match.holding.weight,
        str(path.kind),
        clean(path.told),
        share[0],
        share[1],
        role.role if role else None,
        say_name(clean(project.name)) if project else None,
        clean(path.programme_name),
        amount.low if amount else None,
        amount.high if amount else None,
        amount.currency if amount else None,
        say_stage(project.stage) if project and project.stage else None,
        project.chance if project else None,
        str(path.sure),
        str(role.standing) if role else None,
        clean(said.sentence) if said else None,
        clean(said.publisher) if said else None,
        said.reported_on if said else None,
        clean(said.where) if said else None,
        role.figure if role else None,
        said.claim if said else None,
        project.id if project else None,
    )


class _Rows(Sequence[Sequence[Cell]]):
    """The rows of the holdings, made when they are asked for: a page of a hundred thousand needs none of them."""

    def __init__(self, its: Exposure) -> None:
        self._its = its
        self._matched = {m.holding.row: m for m in its.matches.found}

    def __len__(self) -> int:
        return len(self._its.holdings)

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        match = self._matched.get(self._its.holdings.rows[at])
        return _holding_row(match or Matched(self._its.holdings.at(at), Verdict.UNMATCHED))


def _holding_row(match: Matched) -> tuple[Cell, ...]:
    holding, company = match.holding, match.company
    none = match.verdict is Verdict.UNMATCHED
    return (
        holding.row,
        clean(holding.name)[:_LONG],
        holding.isin,
        holding.lei,
        clean(holding.ticker),
        clean(holding.currency)[:10],
        holding.weight,
        holding.value,
        str(match.verdict),
        str(match.how) if match.how else None,
        None if none else str(match.sure),
        company.name if company else None,
        company.country if company else None,
        company.sector if company else None,
        ", ".join(clean(o.name) for o, _ in match.organisations),
        clean(match.told),
        ", ".join(clean(name) for name in match.perhaps),
    )


def _sum_row(by: str, label: str, rows: int, weight: float | None, its: Touched) -> tuple[Cell, ...]:
    return (
        by, clean(label), rows, weight, len(its.projects), its.low, its.high, its.expected_low, its.expected_high,
    )  # fmt: skip


def _effect_row(effect: Effect, match: Matched) -> tuple[Cell, ...]:
    return (
        effect.row,
        clean(match.holding.label)[:_LONG],
        say_name(clean(effect.project_name)),
        ", ".join(effect.roles),
        *effect.chance,
        *effect.drawn,
        *effect.in_all,
        effect.told,
    )


def say_amount(amount: Amount | None) -> str:
    """An amount as it is held, and the range of all reports where that is wider."""
    if amount is None:
        return "not reported"
    held = say(Money(*amount.value, amount.currency, amount.qualifier))
    inner = amount.value[0] if amount.value[0] is not None else amount.value[1]
    wider = amount.low is not None and inner is not None and amount.low < inner
    wider |= amount.high is not None and amount.value[1] is not None and amount.high > amount.value[1]
    if not wider or amount.currency != "USD" or amount.low is None or amount.high is None:
        return held
    return f"{held} (reported: {dollars(amount.low)} to {dollars(amount.high)})"


def say_touched(its: Touched) -> str:
    """What projects come to, in words: `$33bn to $133bn`."""
    if not its.projects:
        return "no project"
    if its.high <= 0:
        return "amounts not reported"
    said = dollars(its.high) if its.low == its.high else f"up to {dollars(its.high)}"
    if 0 < its.low < its.high:
        said = f"{dollars(its.low)} to {dollars(its.high)}"
    return said + (f", {say_count(its.without, 'amount')} not reported" if its.without else "")


def say_share(share: tuple[float | None, float | None] | None) -> str:
    """A share of ownership in words; empty where the holding is the party."""
    if share is None:
        return ""
    low, high = share
    if low is None and high is None:
        return "share not known"
    if low == high and low is not None:
        return f"{low:.0%}"
    if low is None:
        return f"up to {high:.0%}"
    return f"{low:.0%} or more" if high is None else f"{low:.0%} to {high:.0%}"


def bars(its: Exposure) -> tuple[Bar, ...]:
    """A bar for each holding that takes part in projects: from what is sure of their amounts to the most."""
    rows = []
    for group in its.exposed.by_holding[:_BARS]:
        weight = f", {group.weight:.1%} of the portfolio" if group.weight is not None else ""
        note = f"{say_count(len(group.touched.projects), 'project')}{weight}"
        told = group.touched.high > 0
        rows.append(
            Bar(
                say_name(clean(group.label)),
                note,
                say_touched(group.touched).partition(",")[0],
                group.touched.low if told else None,
                group.touched.high if told else None,
                None,
            )
        )
    return tuple(rows)
