"""A portfolio's exposure as flat rows, for data frames and for files: paths, holdings, sums, what a scenario changes.

Weights and shares are fractions, amounts stand in `currency`, sums and what is drawn in US dollars.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from pledger.exposure.portfolio.words import Exposure, Matched, Path, Touched, Verdict
from pledger.model import Stage

__all__ = [
    "EffectRow",
    "HoldingRow",
    "HoldingRows",
    "PathRow",
    "SumRow",
    "effect_rows",
    "path_rows",
    "sum_rows",
]


@dataclass(frozen=True, slots=True)
class PathRow:
    """One way from a holding to a programme, with the first sentence behind it."""

    row: int
    holding: str
    weight: float | None
    kind: str
    """`role`, `sector` or `commodity`."""
    told: str
    share_low: float | None
    """What the holding's company owns of the party; None where it is the party."""
    share_high: float | None
    role: str | None
    project: str | None
    programme: str
    low: float | None
    """The project's amount by all reports on it."""
    high: float | None
    currency: str | None
    stage: Stage | None
    chance: float | None
    """Probability that the project is funded and built."""
    sure: str
    """How sure the match is."""
    standing: str | None
    """Of the role."""
    sentence: str | None
    publisher: str | None
    reported_on: dt.date | None
    where: str | None
    figure: str | None
    claim: str | None
    project_id: str | None


@dataclass(frozen=True, slots=True)
class HoldingRow:
    """One row of a portfolio with what became of it."""

    row: int
    name: str
    isin: str
    lei: str
    ticker: str
    currency: str
    weight: float | None
    value: float | None
    verdict: str
    how: str | None
    sure: str | None
    company: str | None
    country: str | None
    sector: str | None
    parties: tuple[str, ...]
    told: str
    perhaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SumRow:
    """What the projects of a holding, sector, country or programme come to, each project once; US dollars."""

    by: str
    of: str
    rows: int
    weight: float | None
    projects: int
    low: float
    high: float
    expected_low: float
    expected_high: float


@dataclass(frozen=True, slots=True)
class EffectRow:
    """What a scenario changes for one holding and project."""

    row: int
    holding: str
    project: str
    roles: tuple[str, ...]
    chance_reported: float
    chance_scenario: float
    drawn_reported: float
    """By the programme's deadline, if it is funded."""
    drawn_scenario: float
    in_all_reported: float
    in_all_scenario: float
    told: str


def path_rows(its: Exposure) -> Iterator[PathRow]:
    """Every path, in the order of the portfolio's rows."""
    matches = {m.holding.row: m for m in its.matches.found}
    for path in its.exposed.paths:
        yield _path(path, matches[path.row])


def _path(path: Path, match: Matched) -> PathRow:
    project, role = path.project, path.role
    said = next(iter((*(role.said if role else ()), *(project.said if project else ()))), None)
    amount = project.amount if project else None
    low, high = path.share or (None, None)
    return PathRow(
        row=path.row,
        holding=match.holding.label,
        weight=match.holding.weight,
        kind=str(path.kind),
        told=path.told,
        share_low=low,
        share_high=high,
        role=role.role if role else None,
        project=project.name if project else None,
        programme=path.programme_name,
        low=amount.low if amount else None,
        high=amount.high if amount else None,
        currency=amount.currency if amount else None,
        stage=project.stage if project else None,
        chance=project.chance if project else None,
        sure=str(path.sure),
        standing=str(role.standing) if role else None,
        sentence=said.sentence if said else None,
        publisher=said.publisher if said else None,
        reported_on=said.reported_on if said else None,
        where=said.where if said else None,
        figure=role.figure if role else None,
        claim=said.claim if said else None,
        project_id=project.id if project else None,
    )


class HoldingRows(Sequence[HoldingRow]):
    """The rows of a portfolio, made when they are asked for: a page of a hundred thousand needs none of them."""

    def __init__(self, its: Exposure) -> None:
        self._its = its
        self._matched = {m.holding.row: m for m in its.matches.found}

    def __len__(self) -> int:
        return len(self._its.holdings)

    @overload
    def __getitem__(self, at: int) -> HoldingRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[HoldingRow]: ...
    def __getitem__(self, at: int | slice) -> HoldingRow | Sequence[HoldingRow]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        match = self._matched.get(self._its.holdings.rows[at])
        return _holding(match or Matched(self._its.holdings.at(at), Verdict.UNMATCHED))


def _holding(match: Matched) -> HoldingRow:
    holding, company = match.holding, match.company
    return HoldingRow(
        row=holding.row,
        name=holding.name,
        isin=holding.isin,
        lei=holding.lei,
        ticker=holding.ticker,
        currency=holding.currency,
        weight=holding.weight,
        value=holding.value,
        verdict=str(match.verdict),
        how=str(match.how) if match.how else None,
        sure=None if match.verdict is Verdict.UNMATCHED else str(match.sure),
        company=company.name if company else None,
        country=company.country if company else None,
        sector=company.sector if company else None,
        parties=tuple(organisation.name for organisation, _ in match.organisations),
        told=match.told,
        perhaps=match.perhaps,
    )


def sum_rows(its: Exposure) -> Iterator[SumRow]:
    """A row for each group, and one for every project once."""
    exposed = its.exposed
    for by, groups in (
        ("holding", exposed.by_holding),
        ("sector", exposed.by_sector),
        ("country", exposed.by_country),
        ("programme", exposed.by_programme),
    ):
        for group in groups:
            yield _sum(by, group.label, len(group.rows), group.weight, group.touched)
    yield _sum("all", "every project once", len(exposed.by_holding), None, exposed.total)


def _sum(by: str, of: str, rows: int, weight: float | None, its: Touched) -> SumRow:
    return SumRow(by, of, rows, weight, len(its.projects), its.low, its.high, its.expected_low, its.expected_high)


def effect_rows(its: Exposure) -> Iterator[EffectRow]:
    """What the scenario changes, by row."""
    matches = {m.holding.row: m for m in its.matches.found}
    for e in its.effects:
        yield EffectRow(
            e.row, matches[e.row].holding.label, e.project_name, e.roles, *e.chance, *e.drawn, *e.in_all, e.told
        )
